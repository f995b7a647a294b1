"""Yards: those that customs can recognise by where they stand and how large they are, before and after the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from pandas import DataFrame

from gis.language import Text
from gis.states import INSIDE, UNDECIDABLE
from layers.shared import Same
from planning.law.case import Case
from planning.law.figure import Figure
from planning.law.finding import CANNOT_TELL, MET, NEEDS_INPUT, NOT_MET, NOTHING, Finding, Relation, Verdict, needs
from planning.law.rule_set import Clause
from planning.law.wording import speaks_of, that_speak_of
from planning.record import Unit

_YARDS_WANTED = Text(vi="Cần lớp bến bãi (yards).", en="The layer of yards is needed.")
_PAPERS_WANTED = Text(vi="Cần bảng giấy tờ (papers) của bến bãi.", en="The papers of the yards are needed.")
_NO_SUCH = Text(vi="Không có bến bãi thuộc loại này.", en="There is no yard of this kind.")
_FAILING = Text(vi="Không đạt: {names}.", en="Not met: {names}.")
_OPEN = Text(vi="Chưa kết luận được: {names}.", en="Cannot tell: {names}.")
_ASKED = Text(vi="Cần bổ sung thông tin: {names}.", en="Needs input: {names}.")
_LOSING = Text(
    vi="Ra khỏi ranh giới và mất điều kiện về vị trí: {names}.", en="Leave the zone and lose their place: {names}."
)
_LEAVING = Text(
    vi="Ra khỏi ranh giới nhưng vẫn đủ gần khu vực cửa khẩu: {names}.",
    en="Leave the zone but stay near enough to a gate area: {names}.",
)


def place_of_yards(case: Case, clause: Clause) -> Finding:
    """Ask whether every yard stands in the proposed zone, or near enough to a gate area."""
    yards = case.placed_yards(clause)
    if yards is None:
        return needs(_YARDS_WANTED)
    outside = yards[(yards["state_proposed"] != INSIDE) & yards["distance_m"].notna()]
    figure = None
    if len(outside):
        farthest = outside.loc[outside["distance_m"].idxmax()]
        distance, margin = (Fraction(str(farthest[name])) for name in ("distance_m", "margin_m"))
        figure = Figure.between(distance, max(distance - margin, Fraction(0)), distance + margin, "m")
    verdicts = place_verdicts(yards, clause, "proposed")
    return _of_each(yards, verdicts, figure, "≤", clause.limit("distance_max"))


def recognition(case: Case, clause: Clause) -> Finding:
    """Ask whether the change takes any yard out of the place in which customs can recognise it."""
    yards, before = case.placed_yards(clause), case.placed_yards(clause, "base")
    if yards is None or before is None:
        return needs(_YARDS_WANTED)
    was, will_be = place_verdicts(before, clause, "base"), place_verdicts(yards, clause, "proposed")
    stays = np.all(case.standing_yards(yards["key"]), axis=0)  # a yard that is given up loses no recognition
    losing = stays & (was == MET) & (will_be == NOT_MET)
    perhaps = stays & (was != will_be) & np.isin(will_be, (CANNOT_TELL, NEEDS_INPUT))
    leaving = (yards["state_base"] == INSIDE).to_numpy() & (yards["state_proposed"] != INSIDE).to_numpy()
    figure = Figure.between(int(losing.sum()), int(losing.sum()), int((losing | perhaps).sum()), "count")
    verdict = NOT_MET if losing.any() else CANNOT_TELL if perhaps.any() else MET
    told = ((_LOSING, losing), (_OPEN, perhaps), (_LEAVING, leaving & (will_be == MET)))
    found = Finding(verdict, NOTHING, figure, "=", Fraction(0), drawn=True)
    return found.noting(*_named(yards, told))


def place_verdicts(yards: DataFrame, clause: Clause, side: str) -> Any:
    """Return a verdict for the place of every yard, before (``base``) or after (``proposed``), shape (n,)."""
    limit = float(clause.limit("distance_max"))
    state, margin = yards[f"state_{side}"].to_numpy(), yards["margin_m"].to_numpy()
    inside, near = state == INSIDE, yards["distance_m"].to_numpy() + margin <= limit
    far = yards["nearest_m"].to_numpy() - margin > limit
    unplaced = yards["nearest_m"].isna().to_numpy()
    return np.select([inside | near, unplaced, far & (state != UNDECIDABLE)], [MET, NEEDS_INPUT, NOT_MET], CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class _Class:
    # Yards whose kind speaks of `words`; what a yard is that is large enough, and one that is not.
    words: str
    threshold: str
    large: Verdict = MET
    small: Verdict = NOT_MET


_SITES = (
    _Class("concentrated", "concentrated_min"),
    _Class("express", "express_min"),
    _Class("postal", "postal_min"),
    _Class("site", "site_min"),
)
# A yard whose kind does not say what it is may be a customs site.
_PERHAPS_SITE = _Class("", "site_min", small=NEEDS_INPUT)
# The yard bounds the warehouse in it from above; the warehouse itself is in no layer.
_STATIONS = (_Class("station", "warehouse_min", large=NEEDS_INPUT),)
_BONDED = (_Class("bonded_yard", "yard_min"), _Class("bonded_warehouse", "site_min", large=NEEDS_INPUT))


# Classes of yards of the clauses on sizes, by the rule that asks; and what a yard without a telling kind may be.
SIZES: Mapping[str, tuple[tuple[_Class, ...], _Class | None]] = {
    "size_of_yards": (_SITES, _PERHAPS_SITE),
    "size_of_stations": (_STATIONS, None),
    "size_of_bonded": (_BONDED, None),
}


def size_of_yards(case: Case, clause: Clause) -> Finding:
    """Ask whether customs sites are large enough."""
    return _sizes(case, clause, *SIZES["size_of_yards"])


def size_of_stations(case: Case, clause: Clause) -> Finding:
    """Ask whether the yard of a container freight station can hold the warehouse that it needs."""
    return _sizes(case, clause, *SIZES["size_of_stations"])


def size_of_bonded(case: Case, clause: Clause) -> Finding:
    """Ask whether bonded warehouses and yards are large enough."""
    return _sizes(case, clause, *SIZES["size_of_bonded"])


def _sizes(case: Case, clause: Clause, classes: tuple[_Class, ...], other: _Class | None) -> Finding:
    """Return the verdict over all yards of the classes; those that speak of the words ``other`` are left to others."""
    every = case.yards()
    if every is None:
        return needs(_YARDS_WANTED)
    told, thresholds = _size_verdicts(every, clause, classes, other)
    chosen = thresholds != ""
    yards, verdicts = every[chosen].reset_index(drop=True), told[chosen]
    if not len(yards):
        return Finding(MET, _NO_SUCH)
    sized = thresholds[chosen]
    limits = np.array([float(clause.limit(one)) for one in sized])
    tightest = (yards["least_m2"] / limits).fillna(np.inf).idxmin()
    ends = [_exactly(yards[name].iloc[tightest]) for name in ("area_m2", "least_m2", "most_m2")]
    figure = None if ends[0] is None else Figure(ends[0], ends[1], ends[2], "m2")
    found = _of_each(yards, verdicts, figure, "≥", clause.limit(sized[int(tightest)]))
    return found.noting(clause.needs) if (verdicts == NEEDS_INPUT).any() else found


def size_verdicts(yards: DataFrame, clause: Clause) -> tuple[Any, Any]:
    """Return the verdict on the area of every yard by one clause on sizes, and the threshold that it was held to.

    Parameters
    ----------
    yards : as from `Case.yards`, shape (n,)

    Returns
    -------
    verdicts, names of thresholds : shape (n,) each; one of which the clause does not speak is met, without threshold
    """
    return _size_verdicts(yards, clause, *SIZES[clause.asks])


def _size_verdicts(
    yards: DataFrame, clause: Clause, classes: tuple[_Class, ...], other: _Class | None = None
) -> tuple[Any, Any]:
    kinds = yards["kind"].tolist()
    class_of = {kind: _class_of(kind, clause, classes, other) for kind in set(kinds)}
    asked = [class_of[kind] for kind in kinds]
    limits = np.array([np.nan if one is None else float(clause.limit(one.threshold)) for one in asked])
    verdicts = np.select(
        [np.isnan(limits), yards["least_m2"] >= limits, yards["most_m2"] < limits],
        [MET, [one.large if one else MET for one in asked], [one.small if one else MET for one in asked]],
        CANNOT_TELL,
    )
    return verdicts, np.array([one.threshold if one else "" for one in asked], dtype=object)


def _exactly(value: float) -> Fraction | None:
    return None if np.isnan(value) else Fraction(str(value))


def _class_of(kind: Any, clause: Clause, classes: tuple[_Class, ...], other: _Class | None) -> _Class | None:
    told = kind if isinstance(kind, str) else ""
    if speaks_of(told, clause.words.get("other", ())):
        return None
    return next((one for one in classes if speaks_of(told, clause.words[one.words])), other)


# Kinds of papers in the file of an enterprise yard; the words for them are the clause's.
PAPERS = ("investment", "lease", "construction", "fire", "environment", "customs")


def papers_of_yards(case: Case, clause: Clause) -> Finding:
    """Ask whether every yard has a paper of each kind on file; whether they are still valid depends on the day."""
    yards, papers = case.yards(), case.context.papers
    if yards is None or papers is None:
        return needs(_YARDS_WANTED if yards is None else _PAPERS_WANTED)
    holders = [_holders(Same(papers), tuple(clause.words[kind])) for kind in PAPERS]
    complete = np.array([all(key in some for some in holders) for key in yards["key"]], dtype=np.bool_)
    lacking = int((~complete).sum())
    figure = Figure.exact(lacking, "count")
    found = Finding(NOT_MET if lacking else MET, NOTHING, figure, "=", Fraction(0))
    return found.noting(*_named(yards, ((_FAILING, ~complete),)))


@lru_cache(maxsize=16)
def _holders(papers: Same, words: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the yards that have a paper of which the kind speaks of the words."""
    rows = papers.frame
    chosen = (rows["layer"] == "yards").to_numpy() & that_speak_of(rows["kind"], words)
    return frozenset(rows["feature"][chosen])


def _of_each(
    yards: DataFrame, verdicts: Any, figure: Figure | None, relation: Relation, threshold: Fraction
) -> Finding:
    """Return the verdict over all yards, naming those that do not meet it."""
    order: tuple[Verdict, ...] = (NOT_MET, NEEDS_INPUT, CANNOT_TELL)
    verdict = next((one for one in order if (verdicts == one).any()), MET)
    told = ((_FAILING, verdicts == NOT_MET), (_OPEN, verdicts == CANNOT_TELL), (_ASKED, verdicts == NEEDS_INPUT))
    unit: Unit = "m" if relation == "≤" else "m2"
    found = Finding(verdict, NOTHING, figure, relation, threshold, unit=unit)
    return replace(found, drawn=relation == "≤").noting(*_named(yards, told))


def _named(yards: DataFrame, told: Iterable[tuple[Text, Any]]) -> list[Text]:
    return [text.filled(names=", ".join(map(str, yards["key"][chosen]))) for text, chosen in told if chosen.any()]
