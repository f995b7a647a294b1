"""What stands in the yards: a house by the fence, a gate to the road, in large yards a lane for the fire brigade."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from shapely import Polygon

from layers.demo.courses import course
from layers.demo.place import CRS, INVENTED
from layers.demo.sites import Site, sites
from layers.demo.yards import code_of
from layers.yard_parts import ENTRY, LANE, OBSTACLE

_HOUSE_M, _AWAY_M, _LANE_M, _LARGE_M2 = (34.0, 14.0), 6.0, 7.0, 40_000.0
# A gate stands in the middle of a side at least so long.
_GATE_SIDE_M = 25.0


def yard_parts(seed: int) -> GeoDataFrame:
    """Return the parts of all yards."""
    rows = [row for site in sites(seed) if site.kind == "yard" for row in _parts(site)]
    return GeoDataFrame(rows, crs=CRS)


def _parts(site: Site) -> Iterator[dict[str, Any]]:
    code, (corner, along, deep) = code_of(site), _frame(site.shape)
    length, depth = float(np.hypot(*along)), float(np.hypot(*deep))
    right, up = along / length, deep / depth
    start = corner + right * _AWAY_M + up * _AWAY_M
    yield _row(code, OBSTACLE, "Nhà điều hành (minh họa)", _block(start, right * _HOUSE_M[0], up * _HOUSE_M[1]))
    road = course(site.road).line
    sides = shapely.get_coordinates(site.shape.exterior)
    middles = shapely.points((sides[1:] + sides[:-1]) / 2)
    long = np.hypot(*np.diff(sides, axis=0).T) > _GATE_SIDE_M
    gate = shapely.get_coordinates(middles[long][shapely.distance(middles[long], road).argmin()])[0]
    yield _row(code, ENTRY, "Cổng (minh họa)", shapely.Point(np.round(gate, 3)))
    if site.shape.area > _LARGE_M2:
        middle = corner + along / 2 - right * _LANE_M / 2
        lane = shapely.intersection(_block(middle, right * _LANE_M, deep), site.shape, grid_size=0.001)
        yield _row(code, LANE, "Lối chữa cháy (minh họa)", lane)


def _frame(shape: Polygon) -> tuple[Any, Any, Any]:
    """Return a corner of the box around a plot, turned with it, and its two sides, the longer first."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    first, second = corners[1] - corners[0], corners[3] - corners[0]
    return (corners[0], *((first, second) if np.hypot(*first) >= np.hypot(*second) else (second, first)))


def _block(corner: Any, along: Any, deep: Any) -> Polygon:
    return shapely.Polygon(np.round([corner, corner + along, corner + along + deep, corner + deep], 3))


def _row(yard: str, kind: str, name: str, shape: Any) -> dict[str, Any]:
    code = f"{yard}-{kind}"
    return {"code": code, "yard": yard, "kind": kind, "name": name, "document": INVENTED, "geometry": shape}
