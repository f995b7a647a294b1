"""Constraints of every kind, invented, with accuracies from a decimetre to fifty metres; some overlap."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from shapely import Geometry, Polygon

from layers.demo.courses import course, of_kind
from layers.demo.fields import Function
from layers.demo.noise import FloatArray, uniform
from layers.demo.place import CRS, INVENTED, place
from layers.demo.settlement import settlement, surveyed_land
from layers.demo.shapes import blob
from layers.demo.terrain import elevation, steepness, valleys

Row = tuple[str, str, str, float, Any]
_POWER_LINE = ((4357, 24180), (4398, 24212), (4441, 24243), (4466, 24286), (4490, 24318))
_SECOND_POWER_LINE = ((4458, 24020), (4492, 24085), (4524, 24122), (4570, 24155))


def constraints(seed: int) -> GeoDataFrame:
    """Return the constraints, clipped to the surveyed land."""
    every = [*_along_lines(), *_on_hills(seed), *_in_valleys(seed), *_points(seed)]
    land = shapely.buffer(surveyed_land(), 0.0)
    rows = [_row(number, one) for number, one in enumerate(every, start=1)]
    clipped = shapely.intersection(np.array([one[4] for one in every], dtype=object), land, grid_size=0.001)
    frame = GeoDataFrame(rows, geometry=clipped, crs=CRS)
    return frame[frame.area > 1.0].reset_index(drop=True)


def _row(number: int, one: Row) -> dict[str, Any]:
    name, kind, document, accuracy_m, _ = one
    return {
        "code": f"HC{number:02d}",
        "name": name,
        "kind": kind,
        "document": document,
        "accuracy_m": accuracy_m,
        "sensitive": kind == "defence",
    }


def _along_lines() -> Iterator[Row]:
    belt = shapely.intersection(shapely.buffer(course("BG").line, 500.0), place().land)
    yield "Vành đai biên giới (minh họa)", "border_belt", f"{INVENTED}; chưa có quyết định của tỉnh", 10.0, belt
    for code, width_m in (("QL1A", 29.0), ("QL1B", 20.0), ("QL4A", 20.0), ("QL4B", 21.0)):
        yield (
            f"Hành lang an toàn {course(code).name} (minh họa)",
            "road_corridor",
            INVENTED,
            1.0,
            shapely.buffer(course(code).line, width_m),
        )
    yield (
        "Hành lang an toàn đường sắt (minh họa)",
        "railway_corridor",
        INVENTED,
        1.0,
        shapely.buffer(course("RW").line, 21.0),
    )
    yield (
        "Hành lang bảo vệ sông Kỳ Cùng (minh họa)",
        "river_corridor",
        INVENTED,
        5.0,
        shapely.buffer(course("KC").line, 55.0),
    )
    yield "Vùng ngập lũ sông Kỳ Cùng (minh họa)", "flood", INVENTED, 50.0, _flood()
    for number, points in enumerate((_POWER_LINE, _SECOND_POWER_LINE), start=1):
        line = shapely.linestrings(np.array(points, dtype=float) * 100.0)
        yield (
            f"Hành lang lưới điện 110 kV số {number} (minh họa)",
            "power_corridor",
            INVENTED,
            2.0,
            shapely.buffer(line, 15.0),
        )
    for one in of_kind("stream"):
        yield f"Hành lang bảo vệ {one.name} (minh họa)", "river_corridor", INVENTED, 5.0, shapely.buffer(one.line, 17.0)


def _flood() -> Geometry:
    points = shapely.get_coordinates(shapely.segmentize(course("KC").line, 300.0))
    width = 90.0 + 190.0 * uniform(5, np.arange(len(points)))
    return shapely.union_all(shapely.buffer(shapely.points(points), width))


def _on_hills(seed: int) -> Iterator[Row]:
    for number, shape in enumerate(_blobs(seed + 1, 9, (160, 900), elevation, apart_m=3_800.0), start=1):
        yield f"Rừng phòng hộ số {number} (minh họa)", "protective_forest", INVENTED, 20.0, shape
    for number, shape in enumerate(_blobs(seed + 2, 4, (15, 60), steepness(), apart_m=4_000.0), start=1):
        yield f"Khu vực nguy cơ sạt lở số {number} (minh họa)", "landslide", INVENTED, 30.0, shape
    for number, shape in enumerate(_blobs(seed + 3, 3, (10, 35), elevation, apart_m=6_000.0), start=1):
        yield f"Đất quốc phòng số {number} (minh họa)", "defence", INVENTED, 1.0, shape


def _in_valleys(seed: int) -> Iterator[Row]:
    def paddy(easting: FloatArray, northing: FloatArray) -> FloatArray:
        built = settlement(seed)
        return np.asarray(
            -valleys()(easting, northing) / 400.0
            - 20.0 * steepness()(easting, northing)
            - 30.0 * built.urban(easting, northing)
        )

    for number, shape in enumerate(_blobs(seed + 4, 9, (30, 140), paddy, apart_m=2_600.0), start=1):
        yield f"Vùng đất chuyên trồng lúa số {number} (minh họa)", "rice_land", INVENTED, 5.0, shape
    for number, shape in enumerate(_blobs(seed + 5, 3, (8, 25), paddy, apart_m=5_000.0), start=1):
        yield f"Vùng bảo hộ nguồn nước sinh hoạt số {number} (minh họa)", "water_source", INVENTED, 5.0, shape


def _points(seed: int) -> Iterator[Row]:
    for number, shape in enumerate(_blobs(seed + 6, 5, (1, 9), settlement(seed).urban, apart_m=700.0), start=1):
        yield f"Khu vực bảo vệ di tích số {number} (minh họa)", "heritage", INVENTED, 0.1, shape
    for number, shape in enumerate(_blobs(seed + 7, 4, (2, 7), settlement(seed).rural, apart_m=3_000.0), start=1):
        yield f"Khoảng cách ly bãi rác, nghĩa trang số {number} (minh họa)", "isolation", INVENTED, 2.0, shape


def _blobs(seed: int, count: int, size_ha: tuple[float, float], wanted: Function, apart_m: float) -> list[Polygon]:
    """Return outlines where `wanted` is highest, each as far from the others as said."""
    west, south, east, north = surveyed_land().bounds
    tries = np.arange(900)
    easting, northing = (
        west + (east - west) * uniform(seed, tries),
        south + (north - south) * uniform(seed + 1000, tries),
    )
    there = shapely.contains_xy(surveyed_land(), easting, northing)
    order = np.argsort(np.where(there, -np.round(wanted(easting, northing), 6), np.inf), kind="stable")
    chosen: list[int] = []
    for one in order[: there.sum()]:
        if len(chosen) < count and all(
            np.hypot(easting[one] - easting[other], northing[one] - northing[other]) > apart_m for other in chosen
        ):
            chosen.append(int(one))
    least, most = size_ha
    chance = uniform(seed + 2000, np.array(chosen), np.arange(len(chosen)))
    return [
        blob(easting[i], northing[i], round(least + (most - least) * c, 1), 1.0 + c, 180.0 * c)
        for i, c in zip(chosen, chance, strict=True)
    ]
