"""The place: communes of both vintages with their real names and official areas, and the zone that they make up."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import Geometry, LineString, Polygon

from gis.measure import M2_PER_HA
from layers.demo.courses import course, swayed
from layers.demo.noise import FloatArray
from layers.demo.power_diagram import PowerDiagram, fitted
from layers.demo.tables import demo_table

CRS = "EPSG:9215"
INVENTED = "Dữ liệu minh họa"
OLD_VINTAGE, NEW_VINTAGE = "2009-04-01", "2025-07-01"
DECLARED_ZONE_HA = 39_400.0
# Area of Vân An that the declared area leaves when every other listed commune is whole; the line itself is unknown.
PART_OF_VAN_AN_HA = 2_400.0

_WEST, _SOUTH = 424_000.0, 2_392_000.0
_FILLING_M = 5_500.0


@dataclass(frozen=True, eq=False)
class Place:
    """Communes as they are drawn.

    Attributes
    ----------
    communes : the table of communes, one row each
    shapes : polygons in the same order, a coverage
    land : everything on this side of the border line
    """

    communes: DataFrame
    shapes: npt.NDArray[np.object_]
    land: Polygon

    def shape_of(self, *codes: str) -> Any:
        """Return the union of the communes with these codes (of the older vintage)."""
        return shapely.coverage_union_all(self.shapes[self.communes["code"].isin(codes)])

    @property
    def in_zone(self) -> npt.NDArray[np.bool_]:
        """Which communes the decision lists whole."""
        return np.asarray(self.communes["in_zone"] == "whole")

    @property
    def official(self) -> npt.NDArray[np.bool_]:
        """Which communes have an official area and a real label point."""
        return np.asarray(self.communes["area_confidence"] == "census 2009")


@cache
def place() -> Place:
    """Return the place; it does not depend on the seed, because it is no invention."""
    communes, cells, land = demo_table("demo_communes"), demo_table("demo_cells"), _land()
    sites = cells[["easting", "northing"]].to_numpy(dtype=float)
    diagram = PowerDiagram(sites, cells["weight_m2"].to_numpy(dtype=float), land)
    return Place(communes, _natural(diagram)[: len(communes)], land)


def fitted_cells() -> DataFrame:
    """Return what ``demo_cells.csv`` holds, fitted anew: the communes in their order, then the land around."""
    communes, land = demo_table("demo_communes"), _land()
    labels = communes[["easting", "northing"]].to_numpy(dtype=float)
    area_m2 = communes["area_ha"].to_numpy(dtype=float) * M2_PER_HA
    filling = _filling(labels, area_m2, land)
    areas = np.concatenate([area_m2, np.full(len(filling), np.nan)])
    diagram = fitted(np.vstack([labels, filling]), areas, land)
    columns = {
        "code": [*communes["code"], *[""] * len(filling)],
        "easting": diagram.sites[:, 0].astype(np.int64),
        "northing": diagram.sites[:, 1].astype(np.int64),
        "weight_m2": diagram.weights.astype(np.int64),
    }
    return DataFrame(columns).astype(str)


def _land() -> Polygon:
    """Return the rectangle of the demo up to the border line."""
    border = shapely.get_coordinates(course("BG").line)
    east, north = border[-1, 0], border[0, 1]
    return Polygon([(_WEST, north), *border, (east, _SOUTH), (_WEST, _SOUTH)])


def _filling(labels: FloatArray, area_m2: FloatArray, land: Polygon) -> FloatArray:
    """Return points for the land around, which is not drawn: a grid that keeps its distance from the communes."""
    west, south, east, north = land.bounds
    rows = np.arange(south, north, _FILLING_M)
    grid = np.array(
        [
            [e + (0.5 * _FILLING_M if i % 2 else 0.0), n]
            for i, n in enumerate(rows)
            for e in np.arange(west, east, _FILLING_M)
        ]
    )
    away = np.hypot(grid[:, None, 0] - labels[:, 0], grid[:, None, 1] - labels[:, 1]) - np.sqrt(area_m2 / np.pi)
    return np.asarray(grid[(away.min(axis=1) > 1_800.0) & shapely.contains_xy(land, grid)])


def _natural(diagram: PowerDiagram) -> npt.NDArray[np.object_]:
    """Return the cells with their straight lines made to wander, each by as much to one side as to the other."""
    rings = shapely.boundary(diagram.cells[~shapely.is_empty(diagram.cells)])
    linework = shapely.line_merge(shapely.union_all(rings, grid_size=0.5))
    arcs = [_wandering(arc, diagram.domain) for arc in shapely.get_parts(linework)]
    noded = shapely.union_all(arcs, grid_size=0.001)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return _by_site(faces, diagram)


def _wandering(arc: LineString, domain: Polygon) -> LineString:
    points = shapely.get_coordinates(shapely.segmentize(arc, 110.0))
    on_edge = shapely.distance(shapely.points(points), domain.boundary) < 1.0
    if on_edge.mean() > 0.5 or len(points) < 5:
        return arc
    sway = min(190.0, 0.11 * arc.length)
    moved = swayed(points, sway, max(250.0, min(1_100.0, arc.length / 2.0)))
    return LineString(_balanced(points, moved))


def _balanced(points: FloatArray, moved: FloatArray) -> FloatArray:
    """Take away the mean of the sideways moves, so that the areas on both sides stay what they were."""
    along = (points[-1] - points[0]) / np.hypot(*(points[-1] - points[0]))
    side = np.array([-along[1], along[0]])
    bump = np.sin(np.linspace(0.0, np.pi, len(points))) ** 2
    surplus = ((moved - points) @ side).sum() / bump.sum()
    return np.asarray(moved - surplus * bump[:, None] * side)


def _by_site(faces: npt.NDArray[np.object_], diagram: PowerDiagram) -> npt.NDArray[np.object_]:
    centres = shapely.get_coordinates(shapely.point_on_surface(faces))
    power = ((centres[:, None, :] - diagram.sites) ** 2).sum(axis=2) - diagram.weights
    owner = power.argmin(axis=1)
    by_size = np.lexsort((-shapely.area(faces), owner))
    stray = by_size[1:][
        np.diff(owner[by_size]) == 0
    ]  # cut off by a bend of the border: the neighbour's, not an exclave
    power[stray, owner[stray]] = np.inf
    owner[stray] = power[stray].argmin(axis=1)
    return np.array([shapely.coverage_union_all(faces[owner == site]) for site in range(len(diagram.sites))])


def admin_units(the_place: Place) -> GeoDataFrame:
    """Return both vintages: the communes of the table, and those that they were merged into."""
    return GeoDataFrame(_merged_rows(the_place) + _old_rows(the_place), crs=CRS)


def _old_rows(the_place: Place) -> list[dict[str, Any]]:
    rows = []
    for row, shape in zip(the_place.communes.to_dict("records"), the_place.shapes, strict=True):
        known = row["area_confidence"] != "invented"
        rows.append(
            {
                **{name: row[name] for name in ("code", "code_system", "name")},
                "parent": row["district"],
                "kind": _kind(row["name"]),
                "declared_area_ha": float(row["area_ha"]) if known else None,
                "valid_from": OLD_VINTAGE,
                "valid_to": "2025-06-30",
                "document": f"{INVENTED}. {row['source']}",
                "confidence": f"area: {row['area_confidence']}; place: {row['place_confidence']}; shape: invented",
                "geometry": shape,
            }
        )
    return rows


def zone_units(the_place: Place) -> DataFrame:
    """Return the communes that the decision names, each wholly or in part."""
    named = the_place.communes[the_place.communes["in_zone"] != "no"]
    return DataFrame(
        {
            "code": named["code"],
            "name": named["name"],
            "parent": named["district"],
            "valid_from": OLD_VINTAGE,
            "part": named["in_zone"],
            "document": "Danh sách xã theo QĐ 138/2008/QĐ-TTg, QĐ 1009/QĐ-TTg (nguồn thứ cấp)",
        }
    )


def _merged_rows(the_place: Place) -> list[dict[str, Any]]:
    units = demo_table("demo_units_2025").to_dict("records")
    return [
        {
            "code": unit["code"],
            "code_system": "danh mục thống kê 2025",
            "name": unit["name"],
            "parent": "Tỉnh Lạng Sơn",
            "kind": _kind(unit["name"]),
            "declared_area_ha": None,
            "valid_from": NEW_VINTAGE,
            "valid_to": None,
            "document": f"{INVENTED}. {unit['source']}",
            "confidence": unit["confidence"],
            "geometry": shapely.coverage_union_all(the_place.shapes[the_place.communes["code_2025"] == unit["code"]]),
        }
        for unit in units
    ]


def _kind(name: str) -> str:
    return next(kind for kind in ("thị trấn", "phường", "xã") if name.casefold().startswith(kind))


@cache
def zone_shape() -> Geometry:
    """Return the zone: the listed communes whole, and the northern part of Vân An up to an invented line."""
    the_place = place()
    van_an = the_place.shapes[the_place.communes["in_zone"] == "part"][0]
    whole = the_place.shapes[the_place.in_zone]
    return shapely.union_all([*whole, _northern_part(van_an, PART_OF_VAN_AN_HA)], grid_size=0.001)


def _northern_part(commune: Polygon, area_ha: float) -> Geometry:
    """Return what lies north of a wandering line that leaves about `area_ha` there."""
    west, south, east, north = commune.bounds

    def part(northing: float) -> Geometry:
        return shapely.intersection(commune, _north_of(northing, west, east, north), grid_size=0.001)

    northings = np.arange(south, north, 20.0).tolist()
    # The farther north the line, the less it leaves.
    first = bisect_left(northings, -area_ha * M2_PER_HA, key=lambda northing: -float(part(northing).area))
    return max(shapely.get_parts(part(northings[first])), key=lambda piece: float(piece.area))


def _north_of(northing: float, west: float, east: float, north: float) -> Polygon:
    line = shapely.get_coordinates(
        shapely.segmentize(LineString([(west - 900, northing - 500), (east + 900, northing + 500)]), 100.0)
    )
    return Polygon([*np.round(swayed(line, 180.0, 900.0), 3), (east + 900, north + 900), (west - 900, north + 900)])


def zone() -> GeoDataFrame:
    """Return the zone's layer: approximate, because no source gives the line through Vân An."""
    row = {
        "name": "Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn",
        "declared_area_ha": DECLARED_ZONE_HA,
        "status": "approximate",
        "document": f"{INVENTED}; diện tích và danh sách xã theo QĐ 138/2008/QĐ-TTg, QĐ 1009/QĐ-TTg (nguồn thứ cấp)",
        "source_scale": "1:25.000",
        "accuracy_m": 25.0,
        "valid_from": "2008-10-14",
    }
    return GeoDataFrame([row], geometry=[zone_shape()], crs=CRS)
