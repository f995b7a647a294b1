"""Recognition of every yard by customs, before and after: by place and by area, and what the change makes of it.

The area of a yard that the scenario cuts, the gate area that it is near, and the line of the zone may all change; each
is asked on its own, so that whatever is *lost* is told even where the other could not be decided.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pandas import DataFrame

from planning.law.case import Case
from planning.law.finding import CANNOT_TELL, MET, NEEDS_INPUT, NOT_MET
from planning.law.rule_set import RuleSet
from planning.law.yard_places import Side
from planning.law.yards import SIZES, place_verdicts, size_verdicts
from planning.record import Column, Fact, Table

RECOGNITION = "yards.recognition"
# What becomes of the recognition of a yard.
LOST, AT_RISK, GAINED, KEPT, NOT_RECOGNISED, OPEN, CLOSED, NEW = CHANGES = (
    *("lost", "at_risk", "gained", "kept", "not_recognised", "open"),
    *("closed", "new"),
)
# A person has to hear of these.
BROKEN = (LOST, AT_RISK)
_COUNTED = "yards by what the scenario makes of their recognition"
_SIDES: tuple[Side, Side] = ("base", "proposed")

_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "recognition": Column("text", "what becomes of place and least area of the yard"),
    "place_base": Column("state", "place in the established zone, or near enough to a gate area"),
    "place_proposed": Column("state", "place in the proposed zone, or near enough to a gate area"),
    "size_base": Column("state", "least area for its kind, as established"),
    "size_proposed": Column("state", "least area for its kind, as proposed"),
    "least_area_m2": Column("m2", "least area that the rule set demands of its kind; none for other kinds"),
    "gate_area_m": Column("m", "straight distance on the grid to the nearest gate area, or gate"),
    "distance_max_m": Column("m", "farthest from a gate area that the rule set allows out of the zone"),
}


def recognition_table(case: Case, rules: RuleSet) -> Table | None:
    """Return what becomes of the recognition of every yard; None without a clause on its place, or without yards."""
    clause = next((one for one in rules.clauses if one.asks == "place_of_yards"), None)
    placed = {} if clause is None else {side: case.placed_yards(clause, side) for side in _SIDES}
    base, proposed = placed.get("base"), placed.get("proposed")
    if clause is None or base is None or proposed is None:
        return None
    places = (place_verdicts(base, clause, "base"), place_verdicts(proposed, clause, "proposed"))
    sized = _sizes(proposed, rules)
    sizes = (sized if base is proposed else _sizes(base, rules), sized)
    frame = proposed.assign(
        place_base=places[0],
        place_proposed=places[1],
        size_base=sizes[0][0],
        size_proposed=sizes[1][0],
        least_area_m2=sizes[1][1],
        recognition=_changes(case, proposed["key"], places, (sizes[0][0], sizes[1][0])),
        gate_area_m=proposed["distance_m"],
        distance_max_m=float(clause.limit("distance_max")),
    )
    return Table(frame[list(_COLUMNS)], _COLUMNS)


def recognition_facts(table: Table | None) -> Iterator[Fact]:
    """Yield how many yards lose or gain their recognition, or may lose it."""
    if table is not None:
        for change in (*BROKEN, GAINED):
            count = int((table.frame["recognition"] == change).sum())
            yield Fact(f"{RECOGNITION}.{change}", count, "count", _COUNTED)


def broken(table: Table) -> DataFrame:
    """Return the rows of the yards that lose their recognition, or may lose it, the lost ones first."""
    rows = table.frame[table.frame["recognition"].isin(BROKEN)]
    order = rows["recognition"].map({change: place for place, change in enumerate(BROKEN)})
    return rows.iloc[np.argsort(order.to_numpy(), kind="stable")]


def _sizes(yards: DataFrame, rules: RuleSet) -> tuple[Any, Any]:
    """Return the verdict over all clauses on sizes, and the least area that was demanded, shape (n,) each."""
    verdicts, least_m2 = np.full(len(yards), MET, dtype=object), np.full(len(yards), np.nan)
    for clause in (one for one in rules.clauses if one.asks in SIZES):
        told, thresholds = size_verdicts(yards, clause)
        limits = np.array([float(clause.limit(name)) if name else np.nan for name in thresholds])
        least_m2 = np.fmax(least_m2, limits)
        verdicts = _worse(verdicts, told)
    return verdicts, least_m2


def _changes(case: Case, keys: Any, places: tuple[Any, Any], sizes: tuple[Any, Any]) -> Any:
    was, will_be = case.standing_yards(keys)
    pairs = (places, sizes)
    lost = np.any([(before == MET) & (after == NOT_MET) for before, after in pairs], axis=0)
    risk = np.any([(before == MET) & np.isin(after, (CANNOT_TELL, NEEDS_INPUT)) for before, after in pairs], axis=0)
    before, after = (_worse(places[side], sizes[side]) for side in (0, 1))
    tests = [was & ~will_be, ~was & will_be, lost, risk, (before != MET) & (after == MET), after == MET]
    return np.select(
        [*tests, after == NOT_MET], [CLOSED, NEW, LOST, AT_RISK, GAINED, KEPT, NOT_RECOGNISED], OPEN
    ).astype(object)


def _worse(first: Any, second: Any) -> Any:
    """Return the verdict of two demands that must both be met, as `planning.law.finding.all_of`, shape (n,)."""
    either = [(first == one) | (second == one) for one in (NOT_MET, NEEDS_INPUT, CANNOT_TELL)]
    return np.select(either, [NOT_MET, NEEDS_INPUT, CANNOT_TELL], MET).astype(object)
