"""Rules of geometry: each class of invalid shape, shapes that are missing, needles."""

from collections.abc import Callable

import numpy as np
import shapely
from pandas import DataFrame

from gis.language import Text
from gis.topology.defects import EMPTY, Defects
from layers.catalog import LAYERS
from layers.rules.asked import Asked
from layers.rules.fitting import COVERAGE_LAYERS, fit_of
from layers.rules.rule import OTHERS_JOINED, Rule, found, nothing, places_of

_ALL = tuple(schema.name for schema in LAYERS)
_AREAS = tuple(schema.name for schema in LAYERS if schema.geometry == "polygon")


def of_defects(asked: Asked, layer: str, defects: Defects) -> DataFrame:
    """Return defects as findings: the first unit is the feature, the others follow."""
    if not len(defects):
        return nothing()
    units = np.unique(defects.unit)
    names = dict(zip(units.tolist(), asked.keys(layer, units), strict=True))
    keys = [[names[unit] for unit in defects.units_of(row).tolist()] for row in range(len(defects))]
    return found(
        feature=np.array([one[0] if one else "" for one in keys], dtype=object),
        others=np.array([OTHERS_JOINED.join(one[1:]) for one in keys], dtype=object),
        area_mm2=defects.area_mm2,
        width_m=defects.width_m,
        easting=defects.easting,
        northing=defects.northing,
        shape=defects.shape,
    )


def _of_class(kind: str) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        return of_defects(asked, layer, asked.invalid(layer).of(kind))

    return find


def _missing(asked: Asked, layer: str) -> DataFrame:
    rows = asked.missing(layer)
    rows = rows[~np.isin(rows, asked.invalid(layer).of(EMPTY).unit)]
    easting, northing, area_mm2 = np.full(len(rows), np.nan), np.full(len(rows), np.nan), np.zeros(len(rows), np.int64)
    shape = np.full(len(rows), None, dtype=object)
    if layer in COVERAGE_LAYERS and len(rows):
        fit = fit_of(asked, layer)
        _, at, one = np.intersect1d(rows, fit.shapeless, return_indices=True)
        easting[at], northing[at] = fit.ground.easting[one], fit.ground.northing[one]
        area_mm2[at], shape[at] = fit.ground.area_mm2[one], fit.ground.shape[one]
    keys = asked.keys(layer, rows)
    return found(feature=keys, easting=easting, northing=northing, area_mm2=area_mm2, shape=shape)


def _wrong_type(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    return found(feature=asked.keys(layer, reading.wrong_type)) if reading is not None else nothing()


def _unclosed(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    if reading is None:
        return nothing()
    shapes = asked.shapes(layer)[reading.unclosed]
    return found(feature=asked.keys(layer, reading.unclosed), shape=shapes, **places_of(shapely.boundary(shapes)))


def _spike(asked: Asked, layer: str) -> DataFrame:
    return of_defects(asked, layer, asked.needles(layer))


def _invalidity(kind: str, title: Text, cause: Text) -> Rule:
    message = Text(
        vi=f"{{feature}}: hình không hợp lệ, {cause.vi}. Hãy vẽ lại ranh tại đây, hoặc xem đề xuất bằng mocgioi repair.",
        en=f"{{feature}}: the shape is invalid, {cause.en}. Redraw the outline here, or see what mocgioi repair proposes.",
    )
    return Rule(f"geometry.{kind}", "error", _ALL, title, message, _of_class(kind))


_CLASSES = (
    (
        "self_intersection",
        Text("Ranh tự cắt", "Outline crosses itself"),
        Text("ranh tự cắt chính nó", "its outline crosses itself"),
    ),
    (
        "ring_self_intersection",
        Text("Vòng ranh tự chạm", "Ring touches itself"),
        Text("một vòng ranh chạm chính nó tại một điểm", "a ring of its outline touches itself at a point"),
    ),
    (
        "hole_outside_shell",
        Text("Lỗ nằm ngoài ranh", "Hole outside its shell"),
        Text("có lỗ nằm ngoài ranh ngoài", "a hole lies outside of the outer ring"),
    ),
    (
        "nested_holes",
        Text("Lỗ trong lỗ", "Hole within a hole"),
        Text("có lỗ nằm trong lỗ khác", "a hole lies within another hole"),
    ),
    (
        "nested_shells",
        Text("Phần trong phần", "Part within a part"),
        Text("có phần nằm trong phần khác", "a part lies within another part"),
    ),
    (
        "disconnected_interior",
        Text("Phần trong bị chia cắt", "Interior is cut apart"),
        Text("phần bên trong bị các lỗ chia cắt", "its holes cut the interior apart"),
    ),
    (
        "too_few_points",
        Text("Quá ít đỉnh", "Too few corners"),
        Text("một vòng ranh có chưa đủ ba đỉnh khác nhau", "a ring has fewer than three different corners"),
    ),
    (
        "duplicate_rings",
        Text("Vòng ranh lặp", "Ring drawn twice"),
        Text("một vòng ranh được vẽ hai lần", "a ring is drawn twice"),
    ),
    (
        "invalid_coordinate",
        Text("Tọa độ không phải là số", "Coordinate is no number"),
        Text("có tọa độ không phải là số", "a coordinate is not a number"),
    ),
    (
        "otherwise_invalid",
        Text("Hình không hợp lệ", "Shape is invalid"),
        Text("không dùng được làm vùng", "it cannot be used as an area"),
    ),
)

GEOMETRY: tuple[Rule, ...] = (
    Rule(
        "geometry.missing",
        "error",
        _ALL,
        Text("Không có hình", "No shape"),
        Text(
            vi="{feature}: không có hình. Hãy vẽ hình, hoặc xóa dòng này nếu thửa không còn.",
            en="{feature}: there is no shape. Draw it, or delete the row if it is no more.",
        ),
        _missing,
        placed=Text(
            vi="{feature}: không có hình; chỗ trống tại đây có diện tích vừa khớp ({area}). Hãy vẽ hình vào chỗ này.",
            en="{feature}: there is no shape; the ground left open here has just its area ({area}). Draw it here.",
        ),
    ),
    Rule(
        "geometry.empty",
        "error",
        _ALL,
        Text("Hình rỗng", "Empty shape"),
        Text(vi="{feature}: hình rỗng. Hãy vẽ lại hình.", en="{feature}: the shape is empty. Draw it again."),
        _of_class(EMPTY),
    ),
    Rule(
        "geometry.wrong_type",
        "error",
        _ALL,
        Text("Sai loại hình", "Wrong kind of shape"),
        Text(
            vi="{feature}: hình không thuộc loại của lớp này (vùng, đường hay điểm). Hãy chuyển sang lớp khác hoặc vẽ lại.",
            en="{feature}: the shape is not of this layer's kind (area, line or point). Move it to another layer or redraw it.",
        ),
        _wrong_type,
    ),
    Rule(
        "geometry.unclosed_ring",
        "error",
        _ALL,
        Text("Ranh không khép kín", "Outline is not closed"),
        Text(
            vi="{feature}: ranh không khép kín, phần mềm khác có thể không đọc được. Hãy khép ranh lại rồi lưu lớp.",
            en="{feature}: the outline is not closed, and other programs may not read it. Close it and save the layer.",
        ),
        _unclosed,
    ),
    *(_invalidity(*one) for one in _CLASSES),
    Rule(
        "geometry.spike",
        "warning",
        _AREAS,
        Text("Gai nhọn", "Spike"),
        Text(
            vi="{feature}: ranh có gai nhọn rộng {width}, hẹp hơn độ chính xác của bản vẽ. Hãy bỏ đỉnh thừa tại đây.",
            en="{feature}: the outline has a spike {width} wide, narrower than the drawing is accurate. Remove the corner here.",
        ),
        _spike,
    ),
)
