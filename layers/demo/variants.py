"""Variants: the changes that the demo proposes, each a name, a reason and a list of edits, as plain values."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from geopandas import GeoDataFrame
from shapely import Geometry

from layers.demo.courses import course
from layers.demo.functional_areas import functional_areas
from layers.demo.gates import gates
from layers.demo.place import CRS, OLD_VINTAGE, place, zone_shape
from layers.demo.shapes import blob
from layers.demo.yards import yards

Kind = Literal["add_units", "remove_units", "add_polygon", "cut_polygon", "replace_boundary"]
Target = Literal["zone", "functional_areas", "yards"]


@dataclass(frozen=True, eq=False)
class VariantEdit:
    """One change of one layer.

    Attributes
    ----------
    units, vintage : codes of administrative units, where the kind asks for units
    features : shapes with the fields of the target layer, where it asks for shapes
    accuracy_m : of the shapes, invented like them
    """

    kind: Kind
    target: Target
    reason: str
    units: tuple[str, ...] = ()
    vintage: str | None = None
    features: GeoDataFrame | None = None
    accuracy_m: float = 25.0


@dataclass(frozen=True, eq=False)
class Variant:
    """A proposal: invented, like everything in the demo."""

    name: str
    reason: str
    edits: tuple[VariantEdit, ...]


def variants(seed: int = 2018) -> tuple[Variant, ...]:
    """Return an extension, a reduction, a mixed change and a re-planning of the yards."""
    return (_extension(), _reduction(seed), _mixed(), _yards(seed))


def _extension() -> Variant:
    return Variant(
        "mo-rong-chi-ma",
        "Minh họa: mở rộng ra khu vực cửa khẩu Chi Ma, thêm xã Yên Khoái và xã Tú Mịch",
        (VariantEdit("add_units", "zone", "thêm hai xã có cửa khẩu Chi Ma", ("06541", "06547"), OLD_VINTAGE),),
    )


def _reduction(seed: int) -> Variant:
    return Variant(
        "thu-hep-phia-nam",
        "Minh họa: đưa phần đất rừng phía nam ra khỏi khu kinh tế",
        (
            VariantEdit("remove_units", "zone", "đưa phần xã Vân An ra khỏi ranh giới", ("06469",), OLD_VINTAGE),
            VariantEdit(
                "cut_polygon", "zone", "bớt vùng đồi rừng phía tây xã Quảng Lạc", features=_zone_part(_hills())
            ),
            VariantEdit(
                "cut_polygon",
                "zone",
                "bớt dải đất đến một bãi xa cửa khẩu: bãi ấy mất điều kiện hải quan công nhận (minh họa)",
                features=_zone_part(_strip_to_a_yard(seed)),
            ),
        ),
    )


def _mixed() -> Variant:
    return Variant(
        "dieu-chinh-hon-hop",
        "Minh họa: bỏ vùng lõm Song Giáp, nắn ranh giới theo sông và bớt đất rừng ở phía đông bắc",
        (
            VariantEdit("add_units", "zone", "khép kín vùng lõm Song Giáp", ("2091317",), OLD_VINTAGE),
            VariantEdit(
                "add_polygon",
                "zone",
                "thêm dải đất dọc Quốc lộ 4B đến hết khu dân cư",
                features=_zone_part(_roadside()),
            ),
            VariantEdit(
                "cut_polygon", "zone", "bớt vùng núi phía đông bắc xã Thạch Đạn", features=_zone_part(_mountain())
            ),
        ),
    )


def _yards(seed: int) -> Variant:
    return Variant(
        "sap-xep-ben-bai",
        "Minh họa: sắp xếp lại bến bãi: bỏ bãi nhỏ sát cửa khẩu, lập bãi tập trung trong khu trung chuyển",
        (
            VariantEdit(
                "cut_polygon", "yards", "chấm dứt các bãi nhỏ hơn 1,5 ha sát cửa khẩu", features=_small_yards(seed)
            ),
            VariantEdit("add_polygon", "yards", "lập hai bãi tập trung trong khu trung chuyển", features=_new_yards()),
            VariantEdit(
                "add_polygon",
                "functional_areas",
                "lập khu dịch vụ hậu cần phía đông khu chế xuất",
                features=_service_area(),
            ),
        ),
    )


def _zone_part(shape: Geometry) -> GeoDataFrame:
    return GeoDataFrame({"name": ["Phần điều chỉnh (minh họa)"]}, geometry=[shape], crs=CRS)


def _hills() -> Geometry:
    return shapely.intersection(
        blob(444_600.0, 2_414_600.0, 520.0, 1.8, 150.0), place().shape_of("05989"), grid_size=0.001
    )


def _strip_to_a_yard(seed: int) -> Geometry:
    """Return a strip from the line of the zone to the yard in it that is farthest from any gate, the yard included."""
    zone, shapes = zone_shape(), yards(seed).geometry.values
    within = shapes[shapely.contains(zone, shapes)]
    yard = within[shapely.distance(within, gates().union_all()).argmax()]
    half_width_m = shapely.minimum_bounding_radius(yard) + 150.0
    strip = shapely.buffer(
        shapely.shortest_line(shapely.centroid(yard), shapely.boundary(zone)), half_width_m, quad_segs=4
    )
    return shapely.intersection(strip, zone, grid_size=0.001)


def _mountain() -> Geometry:
    return shapely.intersection(blob(451_900.0, 2_426_800.0, 430.0, 1.5, 20.0), zone_shape(), grid_size=0.001)


def _roadside() -> Geometry:
    """Return a strip along the 4B road beyond the zone, about three kilometres long."""
    strip = shapely.buffer(course("QL4B").line, 420.0, quad_segs=4)
    beyond = shapely.intersection(strip, shapely.box(455_000.0, 2_408_000.0, 461_000.0, 2_416_000.0))
    parts = shapely.get_parts(shapely.difference(beyond, zone_shape(), grid_size=0.001))
    return parts[shapely.area(parts).argmax()]


def _small_yards(seed: int) -> GeoDataFrame:
    every = yards(seed)
    return every[every.area < 15_000.0].reset_index(drop=True)


def _new_yards() -> GeoDataFrame:
    transit = functional_areas().set_index("code").geometry["TC"]
    west, south, east, north = shapely.buffer(transit, -40.0).bounds
    middle = (west + east) / 2.0
    halves = [shapely.box(west, south, middle - 15.0, north), shapely.box(middle + 15.0, south, east, north)]
    shapes = shapely.intersection(shapely.buffer(transit, -40.0), np.array(halves), grid_size=0.001)
    rows = {
        "code": ["BM01", "BM02"],
        "name": ["Bãi tập trung phía tây (minh họa)", "Bãi tập trung phía đông (minh họa)"],
        "operator": ["Công ty Bến bãi Minh Họa 20", "Công ty Bến bãi Minh Họa 21"],
        "kind": ["bãi trung chuyển"] * 2,
        "status": ["quy hoạch"] * 2,
    }
    return GeoDataFrame(rows, geometry=shapes, crs=CRS)


def _service_area() -> GeoDataFrame:
    free = shapely.difference(place().land, functional_areas().union_all())
    shape = shapely.intersection(blob(446_900.0, 2_425_300.0, 110.0, 1.4, 140.0), free, grid_size=0.001)
    rows = {
        "code": ["HC"],
        "name": ["Khu dịch vụ hậu cần (minh họa)"],
        "kind": ["logistics"],
        "planned_use": ["dịch vụ hậu cần"],
        "phase": ["2045"],
        "document": ["Dữ liệu minh họa"],
    }
    return GeoDataFrame(rows, geometry=[shape], crs=CRS)
