"""A proposal of repair as a file: XLSX, a GeoPackage that QGIS opens with symbols, or JSON, by its suffix."""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.language import Lang, Text
from gis.measure import to_m2
from layers.conform import as_multi
from layers.mend import Proposal
from maps.errors import ProposalFormatUnknown
from maps.findings.sentences import layer_title, records
from maps.findings.symbols import categorised
from maps.lists import Listed, write_lists
from maps.mending.sentences import (
    KIND_TITLES,
    REASON_TITLES,
    change_sentences,
    exception_sentences,
    json_answer,
    totals,
)
from maps.numerals import number_text
from maps.styled import Styled, write_styled
from maps.whole_file import whole_file

CHANGES, EXCEPTIONS, REPAIRED = "changes", "exceptions", "repaired"
_TITLE = Text(vi="Đề nghị sửa: {layer}", en="Proposed repair: {layer}")
_SUMMARY = Text(vi="Tổng hợp", en="Summary")
_CHANGES = Text(vi="Thay đổi", en="Changes")
_UNITS = Text(vi="Đối tượng", en="Features")
_EXCEPTIONS = Text(vi="Để lại cho người", en="Left to people")
_KIND, _FEATURE = Text(vi="Loại", en="Kind"), Text(vi="Đối tượng", en="Feature")
_OTHER, _WHAT = Text(vi="Đối tượng liên quan", en="Other"), Text(vi="Thay đổi gì", en="What changes")
_BEFORE, _AFTER = Text(vi="Trước (m²)", en="Before (m²)"), Text(vi="Sau (m²)", en="After (m²)")
_DIFFERENCE = Text(vi="Chênh (m²)", en="Difference (m²)")
_STATED = Text(vi="Diện tích đo đạc (m²)", en="Measured (m²)")
_FAR = Text(vi="Đổi quá 0,5 %", en="Changes by more than 0.5 %")
_COUNT, _GAINED, _LOST = (
    Text(vi="Số lượng", en="Count"),
    Text(vi="Thêm (m²)", en="Gained (m²)"),
    Text(vi="Bớt (m²)", en="Lost (m²)"),
)
_WHY, _DO = Text(vi="Vì sao", en="Why"), Text(vi="Phải làm gì", en="What to do")
_AREA, _WIDTH = Text(vi="Diện tích (m²)", en="Area (m²)"), Text(vi="Bề rộng (m)", en="Width (m)")
_NORTH, _EAST = Text(vi="X – Bắc (m)", en="Northing (m)"), Text(vi="Y – Đông (m)", en="Easting (m)")
_REPAIRED = Text(vi="hình sau khi sửa", en="as it would be")
_YES = Text(vi="có", en="yes")
_MM2, _METRES = "#,##0.0#####", "#,##0.0##"
# Apart for every kind of colour vision; ground that is gained green, lost orange, only corners grey.
_COLOURS = {"gained": "#1b7f4c", "lost": "#d95f02", "corners": "#7a7a7a"}
_COLOUR_TITLES = {
    "gained": Text(vi="nhận thêm", en="gained"),
    "lost": Text(vi="bớt đi", en="lost"),
    "corners": Text(vi="chỉ đổi đỉnh", en="corners only"),
}
_LEFT = "#b00020"


def write_proposal(proposal: Proposal, path: Path, lang: Lang = "vi") -> None:
    """Write a proposal in the format of the suffix; a file that is there is replaced whole or not at all.

    Raises
    ------
    ProposalFormatUnknown
    """
    writer_of(path)(proposal, path, lang)


def writer_of(path: Path) -> "Callable[[Proposal, Path, Lang], None]":
    """Return what writes files of that suffix; raise ProposalFormatUnknown, listing those there are."""
    if path.suffix.lower() not in _WRITERS:
        raise ProposalFormatUnknown(path=path, formats=", ".join(_WRITERS))
    return _WRITERS[path.suffix.lower()]


def summary(proposal: Proposal, lang: Lang) -> list[tuple[str, str, str, str]]:
    """Return title, number, m² gained and lost of every kind of change, as people read them."""
    return [
        (
            KIND_TITLES[kind].to(lang),
            number_text(count, "#,##0", lang),
            number_text(gained, "#,##0.0", lang),
            number_text(lost, "#,##0.0", lang),
        )
        for kind, count, gained, lost in totals(proposal)
    ]


def _xlsx(proposal: Proposal, path: Path, lang: Lang) -> None:
    title = _TITLE.to(lang, layer=layer_title(proposal.layer, lang))
    sheets = (
        (_SUMMARY, (_KIND, _COUNT, _GAINED, _LOST), (32, 12, 18, 18), summary(proposal, lang)),
        (_CHANGES, _CHANGE_HEADS, (28, 24, 24, 80, 18, 18, 18, 16, 16), _change_rows(proposal, lang)),
        (
            _UNITS,
            (_FEATURE, _BEFORE, _AFTER, _DIFFERENCE, _STATED, _FAR),
            (24, 18, 18, 18, 22, 24),
            _units(proposal, lang),
        ),
        (_EXCEPTIONS, _EXCEPTION_HEADS, (30, 24, 24, 90, 18, 14, 16, 16), _exception_rows(proposal, lang)),
    )
    write_lists(
        [
            Listed(name.to(lang), title, [one.to(lang) for one in heads], widths, rows)
            for name, heads, widths, rows in sheets
        ],
        path,
    )


_CHANGE_HEADS = (_KIND, _FEATURE, _OTHER, _WHAT, _BEFORE, _AFTER, _DIFFERENCE, _NORTH, _EAST)
_EXCEPTION_HEADS = (_WHY, _FEATURE, _OTHER, _DO, _AREA, _WIDTH, _NORTH, _EAST)


def _change_rows(proposal: Proposal, lang: Lang) -> list[tuple[str, ...]]:
    told = zip(records(proposal.changes), change_sentences(proposal, lang), strict=True)
    return [
        (
            KIND_TITLES[row["kind"]].to(lang),
            row["feature"],
            row["other"],
            sentence,
            *(_square(row[name], lang) for name in ("before_mm2", "after_mm2")),
            _square(row["after_mm2"] - row["before_mm2"], lang, signed=True),
            *(_metres(row[name], lang) for name in ("northing", "easting")),
        )
        for row, sentence in told
    ]


def _units(proposal: Proposal, lang: Lang) -> list[tuple[str, ...]]:
    return [
        (
            row["feature"],
            *(_square(row[name], lang) for name in ("before_mm2", "after_mm2")),
            _square(row["after_mm2"] - row["before_mm2"], lang, signed=True),
            _square(row["stated_mm2"], lang) if row["stated_mm2"] >= 0 else "",
            _YES.to(lang) if row["far"] else "",
        )
        for row in records(proposal.units)
    ]


def _exception_rows(proposal: Proposal, lang: Lang) -> list[tuple[str, ...]]:
    told = zip(records(proposal.exceptions), exception_sentences(proposal, lang), strict=True)
    return [
        (
            REASON_TITLES[row["reason"]].to(lang),
            row["feature"],
            row["other"],
            sentence,
            _square(row["area_mm2"], lang) if row["area_mm2"] else "",
            *(_metres(row[name], lang) for name in ("width_m", "northing", "easting")),
        )
        for row, sentence in told
    ]


def _gpkg(proposal: Proposal, path: Path, lang: Lang) -> None:
    """Write the ground that changes hands, what is left to people, and the features as they would be."""
    title = _TITLE.to(lang, layer=layer_title(proposal.layer, lang))
    colours = [(name, _COLOUR_TITLES[name].to(lang), colour) for name, colour in _COLOURS.items()]
    reasons = [(reason, text.to(lang), _LEFT) for reason, text in REASON_TITLES.items()]
    layers = (
        Styled(CHANGES, _drawn_changes(proposal, lang), categorised("effect", colours, "area")),
        Styled(EXCEPTIONS, _drawn_exceptions(proposal, lang), categorised("reason", reasons, "area")),
        Styled(
            REPAIRED, _repaired(proposal), categorised("effect", [(REPAIRED, _REPAIRED.to(lang), "#4d7ea8")], "area")
        ),
    )
    write_styled(layers, path, title)


def _drawn_changes(proposal: Proposal, lang: Lang) -> GeoDataFrame:
    changes = proposal.changes
    difference = (changes["after_mm2"] - changes["before_mm2"]).to_numpy()
    effect = np.select([difference > 0, difference < 0], ["gained", "lost"], "corners")
    kept = changes[["feature", "kind", "other"]].astype(str)
    columns = kept.assign(
        effect=effect, difference_m2=[to_m2(one) for one in difference], message=change_sentences(proposal, lang)
    )
    return GeoDataFrame(columns, geometry=_placed(changes), crs=changes.crs)


def _drawn_exceptions(proposal: Proposal, lang: Lang) -> GeoDataFrame:
    left = proposal.exceptions
    kept = left[["feature", "kind", "other", "reason"]].astype(str)
    columns = kept.assign(
        area_m2=[to_m2(one) for one in left["area_mm2"]],
        width_m=left["width_m"].to_numpy(dtype=np.float64),
        message=exception_sentences(proposal, lang),
    )
    return GeoDataFrame(columns, geometry=_placed(left), crs=left.crs)


def _repaired(proposal: Proposal) -> GeoDataFrame:
    rows = proposal.repaired
    shapes = as_multi(rows.geometry.values)
    return GeoDataFrame({"feature": rows["feature"], "effect": REPAIRED}, geometry=shapes, crs=rows.crs)


def _placed(rows: GeoDataFrame) -> Any:
    """Return the ground of each row; of one that has none a square metre around its place, or nothing."""
    shapes = np.array(rows.geometry.values, dtype=object)
    bare = shapely.is_missing(shapes) & np.isfinite(rows["easting"].to_numpy())
    places = shapely.points(rows["easting"].to_numpy()[bare], rows["northing"].to_numpy()[bare])
    shapes[bare] = shapely.buffer(places, 0.5, cap_style="square")
    return as_multi(shapes)


def _json(proposal: Proposal, path: Path, lang: Lang) -> None:
    with whole_file(path) as beside:
        written = json.dumps(json_answer(proposal, lang), ensure_ascii=False, indent=1, allow_nan=False)
        beside.write_text(written + "\n", encoding="utf-8")


def _square(area_mm2: int, lang: Lang, *, signed: bool = False) -> str:
    return number_text(to_m2(area_mm2), _MM2, lang, signed=signed)


def _metres(number: float, lang: Lang) -> str:
    return number_text(number, _METRES, lang) if math.isfinite(number) else ""


_WRITERS: Mapping[str, Callable[[Proposal, Path, Lang], None]] = {".xlsx": _xlsx, ".gpkg": _gpkg, ".json": _json}
