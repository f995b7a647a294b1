"""Sites: where yards and investment projects stand: plots along the roads, none on another, none in a river."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely import Polygon

from layers.demo.courses import course, of_kind
from layers.demo.noise import FloatArray, uniform
from layers.demo.place import place
from layers.demo.settlement import surveyed_land
from layers.demo.shapes import plot

# Along which road yards and projects stand, from and to how many metres, how many, their least and greatest size.
_YARD_STRETCHES = (
    ("QL1A", 300, 2_900, 9, 120, 420),
    ("DTT", 700, 4_100, 9, 110, 380),
    ("QL4A", 600, 4_200, 3, 120, 330),
    ("QL1B", 1_900, 5_200, 3, 120, 330),
    ("QL1A", 16_600, 20_500, 3, 160, 480),
    ("DCM", 8_600, 11_400, 3, 120, 300),
)
_PROJECT_STRETCHES = (
    ("QL1A", 3_200, 12_500, 7, 140, 520),
    ("QL4B", 1_500, 7_800, 4, 140, 460),
    ("DTD", 2_000, 11_500, 3, 120, 380),
    ("DHD", 1_800, 9_000, 3, 120, 420),
    ("QL1A", 20_600, 24_000, 3, 200, 600),
    ("DBL", 1_500, 7_500, 2, 120, 300),
    ("QL4A", 4_600, 9_500, 2, 120, 380),
)
CLEARANCE_M = 8.0
# Where a stretch has no room for all, so many places are tried.
_ATTEMPTS = 400


@dataclass(frozen=True, eq=False)
class Site:
    """A plot of land in one hand.

    Attributes
    ----------
    kind : yard or project
    number : from 1 within its kind
    road : code of the road that it stands on
    """

    kind: str
    number: int
    road: str
    shape: Polygon


@cache
def sites(seed: int) -> tuple[Site, ...]:
    """Return the yards, then the projects."""
    allowed = shapely.difference(shapely.buffer(surveyed_land(), -15.0), corridors())
    taken: list[Polygon] = []
    found = [
        *_placed("yard", _YARD_STRETCHES, allowed, taken, seed),
        *_placed("project", _PROJECT_STRETCHES, allowed, taken, seed + 500),
    ]
    return tuple(found)


@cache
def corridors() -> Polygon:
    """Return the land of roads, railway and waters, as one area."""
    lines = of_kind("national_road", "provincial_road", "railway", "river", "stream")
    return shapely.union_all(
        [shapely.buffer(one.line, one.width_m / 2, quad_segs=4, cap_style="flat") for one in lines], grid_size=0.001
    )


def _placed(
    kind: str,
    stretches: tuple[tuple[str, int, int, int, int, int], ...],
    allowed: Polygon,
    taken: list[Polygon],
    seed: int,
) -> Iterator[Site]:
    number = 0
    for turn, (road, start, end, count, least, most) in enumerate(stretches):
        standing = 0
        for attempt in range(_ATTEMPTS):
            if standing == count:
                break
            shape = _beside(
                road, start, end, least, most, uniform(seed, np.full(6, turn), np.full(6, attempt), np.arange(6))
            )
            if _free(shape, kind, allowed, taken):
                number, standing = number + 1, standing + 1
                taken.append(shape)
                yield Site(kind, number, road, shape)


def _beside(road: str, start: float, end: float, least: float, most: float, chance: FloatArray) -> Polygon:
    line, width = course(road).line, course(road).width_m
    along = start + (min(end, line.length - 30.0) - start) * chance[0]
    here, ahead = (np.array(shapely.get_coordinates(line.interpolate(place_m))[0]) for place_m in (along, along + 20.0))
    front = (ahead - here) / np.hypot(*(ahead - here)) * (1 if chance[1] < 0.5 else -1)
    length_m = least + (most - least) * chance[2] ** 1.6
    depth_m = max(70.0, length_m * (0.5 + 0.5 * chance[3]))
    middle = here + np.array([-front[1], front[0]]) * (width / 2 + CLEARANCE_M + depth_m / 2 + 14.0 * chance[4])
    return plot(middle, front, length_m, depth_m)


def _free(shape: Polygon, kind: str, allowed: Polygon, taken: list[Polygon]) -> bool:
    if not allowed.covers(shape) or any(shape.distance(other) < CLEARANCE_M for other in taken):
        return False
    in_one_commune = bool(shapely.covers(place().shapes, shape).any())
    return in_one_commune and (kind == "project" or shape.distance(place().land.boundary) > 60.0)
