"""Changing the outline of an area: a drawn line takes the place of a stretch of it, a corner moves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.ops import substring

from gis.errors import CornerUnknown, LineOffBoundary, OutlineSpoilt, StretchAmbiguous
from gis.measure import areas_mm2

# The stretch that a line replaces has to enclose so much less with it than the other way around the ring.
_CLEARLY_LESS = 0.5
_NAMED_DECIMALS = 3


@dataclass(frozen=True, eq=False)
class _Attached:
    # A line whose ends lie on a ring, at places along it (metres); which polygon and which of its rings.
    line: Any
    start_m: float
    end_m: float
    part: int
    ring: int


def replace_stretch(area: Any, line: Any, reach_m: float) -> Any:
    """Return `area` with `line` in place of the stretch of its outline between the ends of the line.

    Of the two ways around the ring the one that encloses less with the line is replaced.

    Parameters
    ----------
    area : valid (multi)polygon, planar metres
    line : linestring; its ends lie on one ring of the area within `reach_m`, or it crosses a ring twice

    Raises
    ------
    LineOffBoundary
        The line neither begins and ends at a ring nor crosses one.
    StretchAmbiguous
        Both ways around enclose about the same.
    OutlineSpoilt
        The new outline would cross itself.
    """
    parts = shapely.get_parts(area)
    attached = _attached(parts, line, reach_m)
    polygon = parts[attached.part]
    rings = [polygon.exterior, *polygon.interiors]
    rings[attached.ring] = _new_ring(rings[attached.ring], attached)
    shells = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    _require_simple(shells[attached.ring])
    changed = shapely.difference(shells[0], shapely.union_all(shells[1:]))
    return shapely.union_all([changed, *(part for place, part in enumerate(parts) if place != attached.part)])


def move_corners(area: Any, starts: Any, ends: Any, reach_m: float) -> Any:
    """Return `area` with its corners nearest to `starts` moved to `ends`.

    A corner that several rings have in one place moves in all of them.

    Parameters
    ----------
    area : valid (multi)polygon, planar metres
    starts, ends : easting and northing, shape (n, 2)
    reach_m : a start may lie so far off its corner

    Raises
    ------
    CornerUnknown, OutlineSpoilt
    """
    corners = shapely.get_coordinates(area)
    moved = corners.copy()
    for start, end in zip(starts, ends, strict=True):
        away_m = np.hypot(*(corners - start).T)
        nearest = int(np.argmin(away_m)) if len(away_m) else -1
        if nearest < 0 or away_m[nearest] > reach_m:
            found_m = float(away_m[nearest]) if nearest >= 0 else float("nan")
            raise CornerUnknown(place=_told(start), distance=f"{found_m:.2f}", reach=f"{reach_m:g}")
        moved[(corners == corners[nearest]).all(axis=1)] = end
    changed = shapely.transform(area, lambda _: moved)
    _require_simple(changed)
    return changed


def has_corner(shapes: Any, place: Any, reach_m: float) -> Any:
    """Tell which shapes, shape (n,), have a corner within `reach_m` of a place (easting, northing)."""
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    near = np.zeros(len(shapes), dtype=np.bool_)
    near[owner[np.hypot(*(corners - place).T) <= reach_m]] = True
    return near


def _require_simple(shape: Any) -> None:
    if not shapely.is_valid(shape):
        raise OutlineSpoilt(reason=shapely.is_valid_reason(shape))


def _attached(parts: Any, line: Any, reach_m: float) -> _Attached:
    """Find the ring that the ends of the line lie on, or that it crosses; the nearest one counts."""
    found = []
    for part, polygon in enumerate(parts):
        for ring, outline in enumerate([polygon.exterior, *polygon.interiors]):
            bound = shapely.LineString(outline)
            off_m = max(shapely.distance(bound, shapely.get_point(line, end)) for end in (0, -1))
            trimmed = line if off_m <= reach_m else _between_crossings(line, bound)
            if trimmed is not None:
                start_m, end_m = (
                    float(shapely.line_locate_point(bound, shapely.get_point(trimmed, end))) for end in (0, -1)
                )
                found.append((off_m, _Attached(trimmed, start_m, end_m, part, ring)))
    near = min(found, key=lambda one: one[0], default=None)
    if near is None or near[1].start_m == near[1].end_m:
        off_m = float(shapely.distance(shapely.boundary(shapely.multipolygons(parts)), shapely.get_point(line, 0)))
        raise LineOffBoundary(
            place=_told(shapely.get_coordinates(line)[0]), distance=f"{off_m:.2f}", reach=f"{reach_m:g}"
        )
    return near[1]


def _between_crossings(line: Any, ring: Any) -> Any:
    """Return the line from where it first meets the ring to where it last does; None unless it meets it twice."""
    places = shapely.line_locate_point(line, shapely.points(shapely.get_coordinates(shapely.intersection(line, ring))))
    if len(places) < 2 or np.ptp(places) == 0:
        return None
    return substring(line, float(places.min()), float(places.max()))


def _new_ring(ring: Any, attached: _Attached) -> Any:
    """Return the ring with the line in place of the stretch between its ends."""
    bound = shapely.LineString(ring)
    ends = shapely.get_coordinates(shapely.line_interpolate_point(bound, [attached.start_m, attached.end_m]))
    line = shapely.get_coordinates(attached.line)
    line[[0, -1]] = ends
    there = _around(bound, attached.start_m, attached.end_m)
    back = _around(bound, attached.end_m, attached.start_m)
    # Replacing one way around leaves the other: the line and the way that stays make the ring.
    ways = (np.concatenate([line, back[1:]]), np.concatenate([line, there[::-1][1:]]))
    changes = [_change_mm2(ring, way) for way in ways]
    less, more = sorted(changes)
    if less > _CLEARLY_LESS * more:
        raise StretchAmbiguous(place=_told(line[0]))
    return shapely.LinearRing(ways[int(np.argmin(changes))])


def _around(bound: Any, start_m: float, end_m: float) -> Any:
    """Return the corners of the ring from one place on to the other, past its start if need be."""
    if start_m <= end_m:
        return shapely.get_coordinates(substring(bound, start_m, end_m))
    first = shapely.get_coordinates(substring(bound, start_m, bound.length))
    second = shapely.get_coordinates(substring(bound, 0.0, end_m))
    return np.concatenate([first, second[1:]])


def _change_mm2(ring: Any, way: Any) -> int:
    before, after = shapely.Polygon(ring), shapely.make_valid(shapely.Polygon(way), method="structure")
    return int(areas_mm2([shapely.symmetric_difference(before, after)])[0])


def _told(place: Any) -> str:
    east, north = (f"{value:.{_NAMED_DECIMALS}f}" for value in place)
    return f"E {east}, N {north}"
