"""Each change and each exception of a repair as one sentence, and a proposal as the JSON answer."""

import math
from collections.abc import Mapping
from typing import Any

from gis.language import Lang, Text
from gis.measure import to_m2
from gis.repair.listing import (
    EDGES,
    GAP,
    NO_AREA,
    NO_PLACE,
    NO_SHAPE,
    NOBODY_BESIDE,
    OVERLAP,
    REPEATED_ROW,
    SAME_SHAPE,
    SLIVER,
    SPIKE,
    TOO_MUCH,
    TOO_WIDE,
    UNSTABLE,
    VALIDITY,
    WAITS,
    WITHIN,
)
from gis.topology.defects import GAPS
from layers.mend import LOST_SHAPE, Proposal
from maps.findings.sentences import records
from maps.numerals import number_text

KIND_TITLES: Mapping[str, Text] = {
    REPEATED_ROW: Text(vi="Dòng lặp lại y hệt", en="Row that repeats another"),
    VALIDITY: Text(vi="Hình không hợp lệ", en="Invalid shape"),
    SPIKE: Text(vi="Gai nhọn", en="Needle"),
    SLIVER: Text(vi="Dải hẹp trong sai số", en="Strip within the accuracy"),
    OVERLAP: Text(vi="Chồng lấn", en="Overlap"),
    GAP: Text(vi="Khoảng hở", en="Gap"),
    EDGES: Text(vi="Đỉnh của ranh chung", en="Corners of a shared line"),
    LOST_SHAPE: Text(vi="Hình bị thiếu", en="Missing shape"),
}
_GAINS = Text(vi="{feature}: nhận {area} đất chưa thuộc ai.", en="{feature}: gains {area} that were nobody's.")
_TAKES = Text(vi="{feature}: nhận {area} bị tách rời khỏi {other}.", en="{feature}: gains {area} cut off from {other}.")
_LOSES = Text(
    vi="{feature}: bớt {area}, phần này thuộc về {other}.", en="{feature}: loses {area}, which {other} keeps."
)
_CHANGES: Mapping[str, Text] = {
    REPEATED_ROW: Text(
        vi="{feature}: bỏ dòng lặp lại, giống dòng trước từ hình đến thuộc tính.",
        en="{feature}: the row goes, it repeats an earlier one in shape and values.",
    ),
    VALIDITY: Text(
        vi="{feature}: đọc hình theo cấu trúc được {after} (như đang lưu {before}).",
        en="{feature}: by its structure the shape has {after} (as stored {before}).",
    ),
    SPIKE: Text(vi="{feature}: cắt gai nhọn, {difference}.", en="{feature}: a needle is cut off, {difference}."),
    EDGES: Text(
        vi="{feature}: thêm hoặc bớt đỉnh cho trùng ranh chung, {difference}.",
        en="{feature}: corners come or go so that the line is shared, {difference}.",
    ),
    LOST_SHAPE: Text(
        vi="{feature}: nhận lại hình từ chỗ trống {after}, đúng bằng diện tích đo đạc.",
        en="{feature}: gets back its shape, open ground of {after} as was measured.",
    ),
}
_TWO_READINGS = Text(
    vi="{feature}: đọc hình theo cấu trúc được {after}, theo chẵn–lẻ {even_odd} (như đang lưu {before}).",
    en="{feature}: by its structure the shape has {after}, by even and odd {even_odd} (as stored {before}).",
)
_OVERLAP_WIDE = Text(
    vi="{feature} và {other} chồng nhau {area}, rộng trung bình {width}, quá mức được tự sửa. Hãy xác định ranh, hoặc cho phép bằng --overlap-width.",
    en="{feature} and {other} overlap by {area}, {width} wide on average, more than is mended by itself. Find the true line, or allow it with --overlap-width.",
)
_GAP_WIDE = Text(
    vi="Khoảng hở {area} cạnh {feature}, rộng trung bình {width}, quá mức được tự lấp. Hãy vẽ đối tượng còn thiếu, hoặc cho phép bằng --gap-width.",
    en="The gap of {area} beside {feature}, {width} wide on average, is wider than is closed by itself. Draw what is missing, or allow it with --gap-width.",
)
REASON_TITLES: Mapping[str, Text] = {
    NO_SHAPE: Text(vi="Không có hình", en="No shape"),
    NO_AREA: Text(vi="Hình không có diện tích", en="Shape without area"),
    NO_PLACE: Text(vi="Tọa độ không phải là số", en="Coordinates that are no numbers"),
    SAME_SHAPE: Text(vi="Hai đối tượng cùng một hình", en="Two features of one shape"),
    WITHIN: Text(vi="Nằm trọn trong nhau", en="One within another"),
    TOO_WIDE: Text(vi="Rộng quá mức được tự sửa", en="Wider than is mended by itself"),
    TOO_MUCH: Text(vi="Một bên mất quá nửa", en="One would lose most of itself"),
    NOBODY_BESIDE: Text(vi="Không ai giáp đủ dài", en="Nobody is beside it"),
    WAITS: Text(vi="Chờ lỗi khác", en="Waits for another fault"),
    UNSTABLE: Text(vi="Vẽ lại không được", en="Cannot be drawn anew"),
}
_EXCEPTIONS: Mapping[str, Text] = {
    NO_SHAPE: Text(vi="{feature} không có hình. Hãy nhập lại hình.", en="{feature} has no shape. Import it again."),
    NO_AREA: Text(
        vi="Hình của {feature} không có diện tích (chỉ là đường hoặc điểm). Hãy vẽ lại.",
        en="The shape of {feature} has no area (a line or a point). Draw it anew.",
    ),
    NO_PLACE: Text(
        vi="{feature} có tọa độ không phải là số. Hãy nhập lại từ bản gốc.",
        en="{feature} has coordinates that are no numbers. Import it again from the original.",
    ),
    SAME_SHAPE: Text(
        vi="{feature} và {other} cùng một hình ({area}) nhưng thuộc tính khác nhau. Hãy giữ một bên và xóa bên kia.",
        en="{feature} and {other} are of one shape ({area}) and differ in their values. Keep one and delete the other.",
    ),
    WITHIN: Text(
        vi="{feature} và {other}: một bên nằm trọn trong bên kia ({area}). Hãy khoét phần đó, hoặc xóa bên thừa.",
        en="{feature} and {other}: one lies within the other ({area}). Cut it out, or delete what is too much.",
    ),
    TOO_MUCH: Text(
        vi="Sửa chỗ chồng lấn {area} giữa {feature} và {other} thì một bên mất quá nửa. Hãy xem lại hai hình.",
        en="Mending the overlap of {area} between {feature} and {other} would take most of one. Look at both shapes.",
    ),
    NOBODY_BESIDE: Text(
        vi="Khoảng hở {area} cạnh {feature} không giáp ai đủ dài. Hãy vẽ đối tượng còn thiếu.",
        en="Nobody is beside the gap of {area} near {feature}. Draw what is missing.",
    ),
    WAITS: Text(
        vi="Chỗ {area} giữa {feature} và {other} nằm trong một lỗi phải do người quyết định. Hãy sửa lỗi đó rồi chạy lại.",
        en="The {area} between {feature} and {other} lie in a fault that people have to decide. Mend that one and run again.",
    ),
    UNSTABLE: Text(
        vi="Chỗ {area} giữa {feature} và {other} vẽ lại thì hình hỏng, nên để nguyên. Hãy sửa bằng tay.",
        en="Drawn anew, the {area} between {feature} and {other} would spoil a shape; they stay. Mend them by hand.",
    ),
}
_NOBODY = Text(vi="đất xung quanh", en="the ground around it")


def change_sentences(proposal: Proposal, lang: Lang) -> list[str]:
    """Return what every change does."""
    return [_change(row, lang) for row in records(proposal.changes)]


def exception_sentences(proposal: Proposal, lang: Lang) -> list[str]:
    """Return why everything that stays as it is does, and what to do about it."""
    return [_exception(row, lang) for row in records(proposal.exceptions)]


def area_text(area_mm2: int, lang: Lang, *, signed: bool = False) -> str:
    """Return an area in m²: with one decimal, below a square metre with what there is."""
    area_m2 = to_m2(area_mm2)
    return f"{number_text(area_m2, '#,##0.0' if abs(area_m2) >= 1 else '#,##0.0#####', lang, signed=signed)} m²"


def json_answer(proposal: Proposal, lang: Lang, version: int | None = None) -> dict[str, Any]:
    """Return a proposal as the JSON answer of ``mocgioi repair``.

    Parameters
    ----------
    version : number of the version that was written; None where nothing was
    """
    limits = proposal.limits
    widest = {name: float(width.max(initial=0.0)) for name, width in vars(limits).items()}
    told = zip(records(proposal.changes), change_sentences(proposal, lang), strict=True)
    left = zip(records(proposal.exceptions), exception_sentences(proposal, lang), strict=True)
    return {
        "layer": proposal.layer,
        "rows": proposal.planned.rows,
        "sha256": proposal.planned.sha256,
        "limits": widest,
        "changes": [{**_change_object(row), "message": message} for row, message in told],
        "units": [_unit_object(row) for row in records(proposal.units)],
        "exceptions": [{**_exception_object(row), "message": message} for row, message in left],
        "totals": {
            kind: {"changes": count, "gained_m2": gained, "lost_m2": lost}
            for kind, count, gained, lost in totals(proposal)
        },
        "applied": version is not None,
        "version": version,
    }


def totals(proposal: Proposal) -> list[tuple[str, int, float, float]]:
    """Return kind, number of changes, m² gained and m² lost, in the order of `KIND_TITLES`."""
    difference = proposal.changes["after_mm2"] - proposal.changes["before_mm2"]
    found = []
    for kind in KIND_TITLES:
        some = difference[(proposal.changes["kind"] == kind).to_numpy()]
        if len(some):
            found.append((kind, len(some), to_m2(int(some[some > 0].sum())), to_m2(int(-some[some < 0].sum()))))
    return found


def _change(row: Mapping[str, Any], lang: Lang) -> str:
    difference = row["after_mm2"] - row["before_mm2"]
    if row["kind"] in (SLIVER, OVERLAP, GAP):
        text = _LOSES if difference < 0 else _TAKES if row["other"] else _GAINS
    else:
        differ = row["kind"] == VALIDITY and row["even_odd_mm2"] != row["after_mm2"]
        text = _TWO_READINGS if differ else _CHANGES[row["kind"]]
    return text.to(
        lang,
        feature=row["feature"] or "–",
        other=row["other"] or _NOBODY.to(lang),
        area=area_text(abs(difference), lang),
        difference=area_text(difference, lang, signed=True),
        before=area_text(row["before_mm2"], lang),
        after=area_text(row["after_mm2"], lang),
        even_odd=area_text(max(row["even_odd_mm2"], 0), lang),
    )


def _exception(row: Mapping[str, Any], lang: Lang) -> str:
    wide = _GAP_WIDE if row["kind"] in GAPS else _OVERLAP_WIDE
    text = wide if row["reason"] == TOO_WIDE else _EXCEPTIONS[row["reason"]]
    width = row["width_m"] if math.isfinite(row["width_m"]) else 0.0
    return text.to(
        lang,
        feature=row["feature"] or "–",
        other=row["other"] or _NOBODY.to(lang),
        area=area_text(row["area_mm2"], lang),
        width=f"{number_text(width, '#,##0.0##', lang)} m",
    )


def _change_object(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "feature": row["feature"],
        "kind": row["kind"],
        "other": row["other"] or None,
        "before_m2": to_m2(row["before_mm2"]),
        "after_m2": to_m2(row["after_mm2"]),
        "difference_m2": to_m2(row["after_mm2"] - row["before_mm2"]),
        "even_odd_m2": to_m2(row["even_odd_mm2"]) if row["even_odd_mm2"] >= 0 else None,
        "point": _point(row),
    }


def _unit_object(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "feature": row["feature"],
        "before_m2": to_m2(row["before_mm2"]),
        "after_m2": to_m2(row["after_mm2"]),
        "difference_m2": to_m2(row["after_mm2"] - row["before_mm2"]),
        "stated_m2": to_m2(row["stated_mm2"]) if row["stated_mm2"] >= 0 else None,
        "far": bool(row["far"]),
    }


def _exception_object(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "feature": row["feature"],
        "other": row["other"] or None,
        "kind": row["kind"],
        "reason": row["reason"],
        "area_m2": to_m2(row["area_mm2"]) if row["area_mm2"] else None,
        "width_m": row["width_m"] if math.isfinite(row["width_m"]) else None,
        "point": _point(row),
    }


def _point(row: Mapping[str, Any]) -> list[float] | None:
    easting, northing = row["easting"], row["northing"]
    return [round(easting, 3), round(northing, 3)] if math.isfinite(easting) else None
