"""Which procedure a change needs: none, adjustment, expansion; by every way to read the clauses, never one silently.

The texts that were reached leave open whether a change is counted net or gross, whether the limit of ten percent also
binds a reduction, and what the list of districts means since there are none. Each reading is asked and shown.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import shapely
from pandas import DataFrame

from gis.bound import SNAP_M
from gis.language import LANGUAGES, Text
from planning.cadastre import NO_VALUE
from planning.law.case import Case
from planning.law.change import Change
from planning.law.districts import Districts
from planning.law.figure import Figure, metres
from planning.law.finding import (
    CANNOT_TELL,
    MET,
    NEEDS_INPUT,
    NOT_MET,
    NOTHING,
    UNBOUNDED,
    Finding,
    Reading,
    Verdict,
    agreed,
    all_of,
    at_most,
    joined,
    needs,
    none_of,
)
from planning.law.rule_set import Clause, RuleSet, in_unit_of
from planning.record import Column, Table

NO_CHANGE, NO_PROCEDURE, ADJUSTMENT, REDUCTION, EXPANSION, UNSETTLED = PROCEDURES = (
    "no_change",
    "no_procedure",
    "adjustment",
    "reduction",
    "expansion",
    "unsettled",
)
NET = Text(vi="tăng ròng (đưa vào trừ đưa ra)", en="net change (added less removed)")
GROSS = Text(vi="tổng biến động (đưa vào cộng đưa ra)", en="gross change (added and removed)")
ADDED = Text(vi="phần đưa vào, không trừ phần đưa ra", en="what is added, nothing taken off")
FORMER = Text(vi="danh sách huyện cũ", en="list of former districts")
NO_DISTRICTS = Text(vi="không còn huyện nên danh sách không đổi", en="no districts, so their list cannot change")

_DECLARE = Text(
    vi="Lớp ranh giới chưa ghi diện tích theo quyết định (declared_area_ha).",
    en="The zone layer does not state the declared area (declared_area_ha).",
)
_DISTRICTS_WANTED = Text(
    vi="Cần danh mục đơn vị hành chính trước ngày bỏ cấp huyện, có cột huyện (parent).",
    en="Units of a vintage from before the end of districts are needed, with their district (parent).",
)
_READINGS_DIFFER = Text(vi="Các cách hiểu cho kết quả khác nhau.", en="The readings differ.")


def within_plan_tolerance(case: Case, clause: Clause) -> Finding:
    """Ask whether the change is so small that the approval of the plan covers it: a share and an area, both."""
    change = case.change
    if change.declared is None:
        return needs(_DECLARE, abs(change.gross))
    limit = min(change.declared * clause.limit("share_max"), in_unit_of(clause.thresholds["area_max"], "m2"))
    readings = tuple(
        _reading(key, title, at_most(figure, limit, drawn=True), change)
        for key, title, figure in (("net", NET, abs(change.net)), ("gross", GROSS, change.gross))
    )
    return _by_readings(readings, readings[1].finding)


def adjustment(case: Case, clause: Clause) -> Finding:
    """Ask whether the change is an adjustment: not above a share of the zone, and the same list of districts."""
    change = case.change
    if change.declared is None:
        return needs(_DECLARE, abs(change.gross))
    areas, districts = _area_readings(change, clause), _district_readings(case, clause)
    verdict = agreed(
        all_of((area.finding.verdict, district.finding.verdict)) for area in areas for district in districts
    )
    whole = areas[1].finding
    why = [reading.finding.note for reading in districts]
    differ = _READINGS_DIFFER if verdict == CANNOT_TELL and whole.verdict != CANNOT_TELL else NOTHING
    return replace(whole, verdict=verdict, readings=(*areas, *districts)).noting(*why, differ)


def _area_readings(change: Change, clause: Clause) -> tuple[Reading, Reading]:
    declared, limit = change.declared or Fraction(1), clause.limit("share_max")
    net, gross = (at_most(abs(one).of(declared), limit, drawn=True) for one in (change.net, change.gross))
    return _reading("net", NET, net, change), _reading("gross", GROSS, gross, change)


def _district_readings(case: Case, clause: Clause) -> tuple[Reading, Reading]:
    former = _districts_unchanged(case, clause)
    today = Finding(MET, NOTHING, Figure.exact(0, "count"), "=", Fraction(0))
    return Reading("former_districts", FORMER, former), Reading("no_districts", NO_DISTRICTS, today)


def grounds(case: Case, clause: Clause) -> Finding:
    """Ask for a ground of adjustment: the zone shrinks, or grows within a share of it; else plans that require it."""
    change = case.change
    if change.declared is None:
        return needs(_DECLARE, change.net)
    limit = clause.limit("share_max")
    readings = tuple(
        _reading(key, title, _ground(figure.of(change.declared), limit, clause), change)
        for key, title, figure in (("net", NET, change.net), ("added", ADDED, change.added))
    )
    return _by_readings(readings, readings[1].finding)


def _ground(growth: Figure, limit: Fraction, clause: Clause) -> Finding:
    found = at_most(growth, limit, drawn=True)
    return found if found.verdict != NOT_MET else replace(found, verdict=NEEDS_INPUT, note=clause.needs)


def adjacent_land(case: Case, clause: Clause) -> Finding:
    """Ask whether what is added touches the zone; land farther off needs proof that it can share infrastructure."""
    regions = case.context.proposal.regions
    if regions.added.is_empty:
        return Finding(MET, _NOTHING_ADDED)
    parts = shapely.get_parts(regions.added)
    apart = metres(float(shapely.distance(parts, regions.base).max()))
    accuracy = case.context.accuracy_m
    touches = apart <= metres(SNAP_M)
    doubt = not touches and apart <= metres(accuracy)
    figure = Figure.between(apart, 0 if touches or doubt else apart, 0 if touches else apart, "m")
    found = at_most(figure, clause.limit("distance_max"), drawn=True)
    return found if found.verdict != NOT_MET else replace(found, verdict=NEEDS_INPUT, note=clause.needs)


_NOTHING_ADDED = Text(vi="Không đưa thêm đất vào khu.", en="No land is added.")


def new_districts(case: Case, clause: Clause) -> Finding:
    """Ask whether the list of former districts stays the same."""
    return _districts_unchanged(case, clause)


def both_district_readings(case: Case, clause: Clause) -> Finding:
    """Ask whether it matters which way the list of districts is read."""
    former = _districts_unchanged(case, clause)
    verdict: Verdict = agreed((former.verdict, MET))
    note = _READINGS_DIFFER if verdict == CANNOT_TELL else NOTHING
    today = Finding(MET, NOTHING, Figure.exact(0, "count"), "=", Fraction(0))
    readings = Reading("former_districts", FORMER, former), Reading("no_districts", NO_DISTRICTS, today)
    return replace(former, verdict=verdict, readings=readings).noting(note)


def _districts_unchanged(case: Case, clause: Clause) -> Finding:
    day = str(clause.thresholds["districts_until"].value)
    districts = case.districts(day)
    if districts is None:
        return needs(_DISTRICTS_WANTED)
    sure = len(districts.entering) + len(districts.leaving)
    figure = Figure.between(sure, sure, sure + len(districts.doubtful), "count")
    if not case.change.is_bounded:
        figure = replace(figure, low=Fraction(0), high=None)
    return replace(none_of(figure), note=joined(_told(districts), NOTHING if case.change.is_bounded else UNBOUNDED))


_ENTERING = Text(vi="Thêm: {names}.", en="Entering: {names}.")
_LEAVING = Text(vi="Bớt: {names}.", en="Leaving: {names}.")
_DOUBTFUL = Text(
    vi="Chưa xác định được ở độ chính xác của ranh giới: {names}.",
    en="Undecidable at the accuracy of the line: {names}.",
)


def _told(districts: Districts) -> Text:
    groups = ((_ENTERING, districts.entering), (_LEAVING, districts.leaving), (_DOUBTFUL, districts.doubtful))
    said = [_named(text, names) for text, names in groups if names]
    return joined(*said, *([_PREDECESSORS] if districts.by_predecessors and said else []))


_PREDECESSORS = Text(
    vi="Theo danh sách huyện cũ của các đơn vị hiện nay.", en="By the districts that today's units came of."
)
_NOWHERE = Text(
    vi="đất ngoài các đơn vị hành chính của dự án", en="land outside the administrative units of the project"
)


def _named(text: Text, names: tuple[str, ...]) -> Text:
    told = {lang: ", ".join(_NOWHERE.to(lang) if name == NO_VALUE else name for name in names) for lang in LANGUAGES}
    return Text(vi=text.vi.format(names=told["vi"]), en=text.en.format(names=told["en"]))


def _reading(key: str, title: Text, finding: Finding, change: Change) -> Reading:
    """Return a reading with its figure as a share of the declared and of the drawn area."""
    figure = finding.figure
    if figure is None or not change.declared:
        return Reading(key, title, finding)
    area = figure if figure.unit == "m2" else _times(figure, change.declared)
    return Reading(key, title, finding, area.of(change.declared), area.of(change.base.value))


def _times(share: Figure, whole: Fraction) -> Figure:
    ends = [None if end is None else end * whole for end in (share.low, share.high)]
    return Figure(share.value * whole, ends[0], ends[1], "m2")


def _by_readings(readings: tuple[Reading, ...], shown: Finding) -> Finding:
    """Return what all readings share, with the figure of the one that is shown."""
    verdict = agreed(one.finding.verdict for one in readings)
    differ = len({one.finding.verdict for one in readings}) > 1
    return replace(shown, verdict=verdict, readings=readings).noting(_READINGS_DIFFER if differ else NOTHING)


# How the three clauses are asked of the whole procedure; another decree asks them with its own thresholds.
TOLERANCE, LIMIT, GROUND = "within_plan_tolerance", "adjustment", "grounds"
_ASK = {TOLERANCE: within_plan_tolerance, LIMIT: adjustment, GROUND: grounds}
_PROCEDURE_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "the reading: clause on the limit, how the change is counted, how districts are read"),
    "limit": Column("state", "whether the limit binds a reduction too, or only growth"),
    "counted": Column("state", "how the change is counted"),
    "districts": Column("state", "how the list of districts is read"),
    "procedure": Column("state", "what the clauses make of the change by this reading"),
}


def procedures(case: Case, rules: RuleSet) -> Table | None:
    """Return the procedure by every reading; None where the rule set or the zone does not say enough."""
    clauses = {clause.asks: clause for clause in rules.clauses if clause.asks in (TOLERANCE, LIMIT, GROUND)}
    if len(clauses) < 3 or case.change.declared is None:
        return None
    asked = {name: _ASK[name](case, clause) for name, clause in clauses.items()}
    rows = [
        {"limit": limit, "counted": counted, "districts": districts}
        for limit in ("all_changes", "growth_only")
        for counted in ("net", "gross")
        for districts in ("former_districts", "no_districts")
    ]
    found = [_procedure(case.change, asked, **row) for row in rows]
    frame = DataFrame(rows).assign(key=["/".join(row.values()) for row in rows], procedure=found)
    return Table(frame[list(_PROCEDURE_COLUMNS)], _PROCEDURE_COLUMNS)


def common_procedure(table: Table | None) -> str:
    """Return the procedure that all readings share; where they differ, or one is open, it cannot be told."""
    found = set() if table is None else set(pd.Series(table.frame["procedure"]))
    return found.pop() if len(found) == 1 else CANNOT_TELL


def _procedure(change: Change, asked: Mapping[str, Finding], limit: str, counted: str, districts: str) -> str:
    shrinks = change.added.value == 0
    if change.is_none:
        return NO_CHANGE
    small = _verdict_of(asked[TOLERANCE], counted)
    if small != NOT_MET:
        return NO_PROCEDURE if small == MET else CANNOT_TELL
    if limit == "growth_only" and shrinks:
        return REDUCTION
    decided = all_of((_within(asked, limit, counted), _verdict_of(asked[LIMIT], districts)))
    if decided == NOT_MET:
        return UNSETTLED if shrinks else EXPANSION
    return CANNOT_TELL if decided != MET else REDUCTION if shrinks else ADJUSTMENT


def _within(asked: Mapping[str, Finding], limit: str, counted: str) -> Verdict:
    if limit == "all_changes":
        return _verdict_of(asked[LIMIT], counted)
    growth = _verdict_of(asked[GROUND], "net" if counted == "net" else "added")
    # Growth above the limit leaves another ground open, which no clause makes an adjustment.
    return NOT_MET if growth == NEEDS_INPUT else growth


def _verdict_of(finding: Finding, key: str) -> Verdict:
    return next(one.finding.verdict for one in finding.readings if one.key == key)
