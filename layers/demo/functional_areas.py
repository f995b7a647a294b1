"""Functional areas: the transit zone between its roads, the others as invented outlines of the sourced areas."""

from functools import cache
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from shapely import Geometry, Polygon

from gis.measure import M2_PER_HA
from layers.demo.courses import course
from layers.demo.place import CRS, place
from layers.demo.shapes import blob, within
from layers.demo.tables import demo_table

_FLAGS = {"1": True, "0": False, "": None}


@cache
def functional_areas() -> GeoDataFrame:
    """Return the functional areas; none overlaps another. Not to be changed by the caller."""
    rows = demo_table("demo_functional_areas").to_dict("records")
    taken: list[Any] = []
    for row in rows:
        taken.append(_shape(row, shapely.union_all(taken)))
    return GeoDataFrame([_attributes(row) for row in rows], geometry=taken, crs=CRS)


def _shape(row: dict[Any, Any], taken: Geometry) -> Any:
    area_ha = float(row["area_ha"])
    if row["code"] == "TC":
        return transit_zone(area_ha)
    outline = blob(float(row["easting"]), float(row["northing"]), area_ha, float(row["stretch"]), float(row["azimuth"]))
    return within(outline, area_ha, shapely.difference(place().land, taken))


def _attributes(row: dict[Any, Any]) -> dict[str, Any]:
    texts = {name: row[name] for name in ("code", "name", "kind", "planned_use", "phase", "document", "confidence")}
    flags = {name: _FLAGS[row[name]] for name in ("managed_by_board", "in_master_plan")}
    return {**texts, **flags, "declared_area_ha": float(row["area_ha"])}


def transit_zone(area_ha: float) -> Any:
    """Return the land south of the 1B road, between the railway and the 1A road, as far south as the area goes."""
    railway, road, north = course("RW").line, course("QL1A").line, course("QL1B").line
    between = shapely.make_valid(Polygon([*railway.coords, *list(road.coords)[::-1]]), method="structure")
    strips = shapely.union_all(
        [shapely.buffer(course(code).line, course(code).width_m / 2 + 6.0) for code in ("RW", "QL1A", "QL1B")]
    )
    crossing = shapely.intersection(railway, north)
    top = float(np.max(shapely.get_coordinates(crossing)[:, 1])) + 400.0
    free = shapely.difference(between, strips)
    for bottom in np.arange(top - 700.0, top - 4_000.0, -5.0):
        part = _below_road(
            shapely.intersection(free, shapely.box(440_000, bottom, 447_000, top), grid_size=0.001), bottom
        )
        if part.area >= area_ha * M2_PER_HA:
            return part
    msg = "the strip is too short for that area"
    raise ValueError(msg)


def _below_road(land: Geometry, bottom: float) -> Any:
    parts = shapely.get_parts(land)
    return parts[np.abs(shapely.bounds(parts)[:, 1] - bottom).argmin()] if len(parts) else Polygon()
