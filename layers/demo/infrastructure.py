"""Infrastructure: the courses as lines, the land that roads and waters take, stations and works; all invented."""

from typing import Any

import shapely
from geopandas import GeoDataFrame
from shapely import Geometry, Polygon

from layers.demo.courses import Course, courses
from layers.demo.place import CRS, INVENTED
from layers.demo.settlement import surveyed_land
from layers.demo.tables import demo_table


def infrastructure() -> GeoDataFrame:
    """Return lines, the areas beside which parcels end, and points."""
    rows = [*_lines(), *_areas(), *_points()]
    return GeoDataFrame(rows, crs=CRS)


def _lines() -> list[dict[str, Any]]:
    return [_row(one, one.code, one.kind, one.line) for one in courses()]


def _areas() -> list[dict[str, Any]]:
    """Return the land of each course that is no other course's, so that the areas can be summed."""
    rows, taken = [], Polygon()
    for one in (course for course in courses() if course.width_m):
        strip: Geometry = shapely.buffer(one.line, one.width_m / 2, quad_segs=4, cap_style="flat")
        own = shapely.intersection(shapely.difference(strip, taken), surveyed_land(), grid_size=0.001)
        taken = shapely.union(taken, strip)
        if own.area > 1.0:
            rows.append(_row(one, f"{one.code}-D", f"{one.kind}_area", own))
    return rows


def _row(one: Course, code: str, kind: str, geometry: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": one.name,
        "kind": kind,
        "condition": one.condition or None,
        "owner_unit": one.owner_unit or None,
        "width_m": one.width_m or None,
        "document": INVENTED,
        "confidence": one.confidence,
        "geometry": geometry,
    }


def _points() -> list[dict[str, Any]]:
    rows = demo_table("demo_facilities").to_dict("records")
    return [
        {
            **{name: row[name] for name in ("code", "name", "kind", "condition", "owner_unit", "confidence")},
            "document": INVENTED,
            "geometry": shapely.Point(float(row["easting"]), float(row["northing"])),
        }
        for row in rows
    ]
