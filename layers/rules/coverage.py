"""Rules of coverage: units that share ground, ground between units that is nobody's, shapes drawn twice."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame

from gis.language import Text
from gis.topology.defects import CONTAINED, DUPLICATE, GAP, OVERLAP, SLIVER_GAP, SLIVER_OVERLAP
from layers.rules.asked import GROUND, Asked
from layers.rules.fitting import COVERAGE_LAYERS, COVERAGES, OPEN_GROUND, fit_of
from layers.rules.geometry import of_defects
from layers.rules.rule import OTHERS_JOINED, Rule, found, nothing, places_of

_COMPLETE = tuple(one.layer for one in COVERAGES if one.complete)
# Features of these layers may lie over one another, but hardly the same one twice.
_FREE = ("gates", "constraints", "infrastructure", "yard_parts")


def _overlapping(kind: str) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        return of_defects(asked, layer, fit_of(asked, layer).overlaps.of(kind))

    return find


def _open(kind: str) -> Callable[[Asked, str], DataFrame]:
    def find(asked: Asked, layer: str) -> DataFrame:
        return of_defects(asked, layer, fit_of(asked, layer).gaps.of(kind))

    return find


def _mismatch(asked: Asked, layer: str) -> DataFrame:
    return of_defects(asked, layer, fit_of(asked, layer).mismatches)


def _repeated(asked: Asked, layer: str) -> DataFrame:
    """Return features of one kind and the same shape, one finding for each shape that is there more than once."""
    rows, shapes = asked.rows(layer), asked.sound(layer)
    there = np.flatnonzero(~shapely.is_missing(shapes))
    if not len(there):
        return nothing()
    drawn = pd.Series(shapely.to_wkb(shapely.normalize(shapes[there])))
    kind = rows["kind"].to_numpy()[there] if "kind" in rows else np.zeros(len(there))
    groups = [
        there[group]
        for group in DataFrame({"drawn": drawn, "kind": kind}).groupby(["drawn", "kind"], dropna=False).indices.values()
    ]
    groups = [group for group in groups if len(group) > 1]
    if not groups:
        return nothing()
    keys, first = asked.keys(layer), shapes[[group[0] for group in groups]]
    return found(
        feature=np.array([keys[group[0]] for group in groups], dtype=object),
        others=np.array([OTHERS_JOINED.join(keys[group[1:]]) for group in groups], dtype=object),
        shape=first,
        **places_of(first),
    )


COVERAGE: tuple[Rule, ...] = (
    Rule(
        "coverage.overlap",
        "error",
        COVERAGE_LAYERS,
        Text("Chồng lấn", "Overlap"),
        Text(
            vi="{feature} và {others} chồng lên nhau {area}, rộng trung bình {width}. Hãy xác định ranh đúng và sửa cho hai bên chung một đường.",
            en="{feature} and {others} overlap by {area}, {width} wide on average. Find the true line and let both share it.",
        ),
        _overlapping(OVERLAP),
    ),
    Rule(
        "coverage.contained",
        "error",
        COVERAGE_LAYERS,
        Text("Nằm trọn trong nhau", "One within another"),
        Text(
            vi="{feature} và {others}: một bên nằm trọn trong bên kia ({area}). Hãy khoét phần đó ra khỏi bên ngoài, hoặc xóa bên thừa.",
            en="{feature} and {others}: one lies wholly within the other ({area}). Cut it out of the outer one, or delete what is too much.",
        ),
        _overlapping(CONTAINED),
    ),
    Rule(
        "coverage.duplicate",
        "error",
        COVERAGE_LAYERS,
        Text("Trùng hình", "Same shape twice"),
        Text(
            vi="{feature} và {others} có cùng một hình ({area}). Hãy giữ một bên và xóa bên kia.",
            en="{feature} and {others} have the same shape ({area}). Keep one and delete the other.",
        ),
        _overlapping(DUPLICATE),
    ),
    Rule(
        "coverage.sliver_overlap",
        "warning",
        COVERAGE_LAYERS,
        Text("Chồng lấn dải hẹp", "Sliver overlap"),
        Text(
            vi="{feature} và {others} chồng lên nhau một dải rộng {width} ({area}), trong sai số của bản vẽ. Hãy bắt dính hai ranh làm một.",
            en="{feature} and {others} overlap by a strip {width} wide ({area}), within the accuracy of the drawing. Snap both lines to one.",
        ),
        _overlapping(SLIVER_OVERLAP),
    ),
    Rule(
        "coverage.gap",
        "error",
        _COMPLETE,
        Text("Khoảng hở", "Gap"),
        Text(
            vi="Giữa {feature} và {others} có {area} không thuộc đối tượng nào. Hãy xác định đất này của ai, rồi khép ranh hoặc vẽ thêm đối tượng.",
            en="Between {feature} and {others} {area} belong to nobody. Find out whose land it is, and close the line or draw what is missing.",
        ),
        _open(GAP),
    ),
    Rule(
        "coverage.sliver_gap",
        "warning",
        _COMPLETE,
        Text("Khe hở hẹp", "Sliver gap"),
        Text(
            vi="Giữa {feature} và {others} có khe hở rộng {width} ({area}), trong sai số của bản vẽ. Hãy bắt dính hai ranh làm một.",
            en="Between {feature} and {others} a gap {width} wide ({area}) is open, within the accuracy of the drawing. Snap both lines to one.",
        ),
        _open(SLIVER_GAP),
    ),
    Rule(
        "coverage.open_ground",
        "note",
        tuple(GROUND),
        Text("Chỗ trống chưa rõ là gì", "Open ground, not known what"),
        Text(
            vi="Giữa {feature} và {others} có {area} không thuộc thửa nào, và dự án chưa có vùng đường, sông suối để đối chiếu. Hãy nhập lớp infrastructure dạng vùng.",
            en="Between {feature} and {others} {area} belong to no parcel, and the project has no areas of roads and waters to compare with. Import infrastructure as areas.",
        ),
        _open(OPEN_GROUND),
    ),
    Rule(
        "coverage.mismatch",
        "note",
        _COMPLETE,
        Text("Đỉnh chung không trùng", "Shared corners differ"),
        Text(
            vi="{feature} và {others} không chung đỉnh: lệch nhau chưa tới 1 mm. Diện tích không đổi, nhưng hãy bắt dính đỉnh trước khi dịch ranh.",
            en="{feature} and {others} do not share their corners: less than 1 mm apart. No area is at stake, but snap them before a line is moved.",
        ),
        _mismatch,
    ),
    Rule(
        "coverage.repeated",
        "warning",
        _FREE,
        Text("Vẽ hai lần", "Drawn twice"),
        Text(
            vi="{feature} và {others} cùng loại và cùng một hình. Hãy xóa đối tượng thừa.",
            en="{feature} and {others} are of one kind and one shape. Delete what is too much.",
        ),
        _repeated,
    ),
)
