"""Administrative units: what of them the zone cuts, and whether the lists of a vintage are whole."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import numpy as np
from pandas import DataFrame

from gis.language import Text
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from layers.admin_units import layer_of_vintage
from layers.shared import Same
from planning.context import Units
from planning.law.case import Case
from planning.law.change import accuracy_of
from planning.law.figure import Figure
from planning.law.finding import (
    CANNOT_TELL,
    MET,
    NEEDS_INPUT,
    NOT_MET,
    NOTHING,
    UNBOUNDED,
    Finding,
    Reading,
    all_of,
    needs,
    none_of,
)
from planning.law.rule_set import Clause

_UNITS_WANTED = Text(vi="Cần lớp đơn vị hành chính.", en="Administrative units are needed.")
_VINTAGE_WANTED = Text(
    vi="Cần danh mục đơn vị hành chính có hiệu lực từ ngày này.", en="Units of the vintage of that day are needed."
)
_CUT = Text(vi="Bị ranh giới cắt: {names}.", en="Cut by the boundary: {names}.")
_PERHAPS = Text(vi="Chưa xác định được ở độ chính xác này: {names}.", en="Undecidable at this accuracy: {names}.")
_WHOLE = Text(
    vi="Ranh giới vẽ gồm toàn đơn vị nguyên vẹn, trong khi danh sách ghi có đơn vị chỉ một phần.",
    en="The drawn zone is made of whole units, while the list has units that are in it in part only.",
)


def below_communes(case: Case, clause: Clause) -> Finding:
    """Count the communes that the proposed boundary cuts: there it follows hamlets, whose list is needed."""
    found = _cut(case, "proposed")
    if found is None:
        return needs(_UNITS_WANTED)
    figure, note = found
    verdict = NEEDS_INPUT if figure.value else CANNOT_TELL if figure.high else MET
    cut = Finding(verdict, note, figure, drawn=True).noting(clause.needs if figure.value else NOTHING)
    return _known(case, cut)


def parts_of_communes(case: Case, clause: Clause) -> Finding:
    """Ask whether the established zone is drawn with parts of communes, as its list has it."""
    found = _cut(case, "base")
    if found is None:
        return needs(_UNITS_WANTED)
    figure, note = found
    least = clause.limit("cut_min")
    if figure.value >= least:
        return _known(case, Finding(MET, note, figure, "≥", least, drawn=True))
    verdict = NOT_MET if figure.high is not None and figure.high < least else CANNOT_TELL
    short = Finding(verdict, note, figure, "≥", least, drawn=True).noting(_WHOLE if verdict == NOT_MET else NOTHING)
    return _known(case, short)


def _known(case: Case, found: Finding) -> Finding:
    """Return what was found of the drawn line; a count along a line of which nobody states how far it is off is open.

    A line from units of another year runs a little beside the units of today: all of them look cut.
    """
    if found.verdict not in (MET, NOT_MET) or accuracy_of(case.context) is not None:
        return found
    told = found.note if found.verdict == MET else NOTHING
    return replace(found, verdict=CANNOT_TELL, note=told).noting(UNBOUNDED)


def _cut(case: Case, side: str) -> tuple[Figure, Text] | None:
    """Return how many communes of the oldest vintage one side of the zone cuts, and which."""
    if not case.context.vintages:
        return None
    rows = case.tables[f"by.{case.context.vintages[0].layer}"].frame
    state = rows[f"state_{side}"].astype(object).to_numpy()
    cut, perhaps = state == CROSSED, state == UNDECIDABLE
    figure = Figure.between(int(cut.sum()), int(cut.sum()), int((cut | perhaps).sum()), "count")
    told = [
        text.filled(names=", ".join(rows["name"][chosen]))
        for text, chosen in ((_CUT, cut), (_PERHAPS, perhaps))
        if chosen.any()
    ]
    return figure, Text(vi=" ".join(one.vi for one in told), en=" ".join(one.en for one in told))


_INCOMPLETE = Text(
    vi="Danh mục trong dự án chưa đủ; phần thuộc khu phải đủ.",
    en="The vintage of the project is not complete; the part in the zone has to be.",
)
_DISTRICTS_THERE = Text(vi="Danh mục vẫn còn cấp huyện.", en="The vintage still has districts.")


def units_of_province(case: Case, clause: Clause) -> Finding:
    """Ask whether the vintage holds the units of the province, and no district."""
    units = _vintage_from(case, clause)
    if units is None:
        return needs(_VINTAGE_WANTED)
    rows, wanted = units.before, clause.limit("units")
    kinds = rows["kind"] if "kind" in rows else rows["name"]
    figure = Figure.exact(len(rows), "count")
    found = Finding(MET, NOTHING, figure, "=", wanted)
    if kinds.astype(str).str.casefold().str.startswith("huyện").any():
        return replace(found, verdict=NOT_MET, note=_DISTRICTS_THERE)
    if len(rows) == wanted:
        return found
    return replace(found, verdict=NEEDS_INPUT if len(rows) < wanted else NOT_MET, note=_INCOMPLETE)


_REUSED = Text(vi="mã được dùng lại dưới tên khác", en="codes that are used again under another name")
_UNDATED = Text(vi="thửa đất có mã xã không ghi ngày hiệu lực", en="parcels whose commune code has no day")
_DAY_WANTED = Text(
    vi="Thửa đất cần ngày hiệu lực của mã xã (valid_from).",
    en="Parcels need the day from which their commune code is valid (valid_from).",
)


def dated_codes(case: Case, clause: Clause) -> Finding:
    """Ask whether every commune code stands with its day: a code alone names several communes."""
    if not case.context.vintages:
        return needs(_UNITS_WANTED)
    reused = Figure.exact(_reused(tuple(Same(units.before) for units in case.context.vintages)), "count")
    readings = [Reading("reused", _REUSED, Finding(MET, NOTHING, reused))]
    if case.books is not None:
        days = case.books.field("valid_from")
        undated = len(case.books) if days is None else int(days.isna().sum())
        found = none_of(Figure.exact(undated, "count"))
        found = replace(found, verdict=NEEDS_INPUT, note=_DAY_WANTED) if undated else found
        readings.append(Reading("undated", _UNDATED, found))
    shown = readings[-1].finding
    return replace(shown, verdict=all_of(one.finding.verdict for one in readings), readings=tuple(readings))


@lru_cache(maxsize=4)
def _reused(vintages: tuple[Same, ...]) -> int:
    """Return how many codes of the newest vintage an older one gives to a unit of another name."""
    *older, newest = [dict(zip(one.frame["key"], one.frame["name"], strict=True)) for one in vintages]
    return sum(any(names.get(code, name) != name for names in older) for code, name in newest.items())


_IN = Text(vi="đơn vị có đất trong khu hiện hành", en="units with land in the established zone")
_PARTLY = Text(vi="trong đó chỉ một phần", en="of which in part only")


def units_of_zone(case: Case, clause: Clause) -> Finding:
    """Compare the units in which the established zone lies, and those in part, with the list."""
    units = _vintage_from(case, clause)
    if units is None:
        return needs(_VINTAGE_WANTED)
    rows = case.tables[f"by.{units.layer}"].frame
    state = rows["state_base"].astype(object).to_numpy()
    perhaps = int((state == UNDECIDABLE).sum())
    there = int(np.isin(state, (INSIDE, CROSSED)).sum())
    counts = {"units": (_IN, there), "cut": (_PARTLY, int((state == CROSSED).sum()))}
    figures = {key: Figure.between(count, count, count + perhaps, "count") for key, (_, count) in counts.items()}
    readings = tuple(
        Reading(key, title, _known(case, _equal(figures[key], clause.limit(key)))) for key, (title, _) in counts.items()
    )
    verdict = all_of(one.finding.verdict for one in readings)
    return replace(readings[0].finding, verdict=verdict, readings=readings).noting(_undecided(rows))


def _equal(figure: Figure, wanted: Fraction) -> Finding:
    exact = figure.low == figure.high
    possible = figure.low is not None and figure.high is not None and figure.low <= wanted <= figure.high
    verdict = (MET if exact else CANNOT_TELL) if possible else NOT_MET
    return Finding(verdict, NOTHING, figure, "=", wanted, drawn=True)


def _undecided(rows: DataFrame) -> Text:
    names = rows["name"][(rows["state_base"] == UNDECIDABLE).to_numpy()]
    return _PERHAPS.filled(names=", ".join(names)) if len(names) else NOTHING


def _vintage_from(case: Case, clause: Clause) -> Units | None:
    """Return the units valid from the day that the clause names; None where the project has none."""
    layer = layer_of_vintage(str(clause.thresholds["valid_from"].value))
    return next((units for units in case.context.vintages if units.layer == layer), None)
