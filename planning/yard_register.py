"""The register of yards as a Record: dossier, ground and recognition of each yard on a day, and what is to be asked.

Tables::

    yards.register       one row per yard: papers by state, completeness, what falls due next
    yards.by_operator    the same by operator
    yards.papers         one row per yard and kind of paper
    yards.reminders      the papers that an operator is to be asked for: the data of letters
    yards.ground         drawn area against the papers, and land that is not the yard's
    yards.touching       every road, neighbour and parcel that a yard may lie over
    yards.recognition    place and least area by the rule set of customs, before and after
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.states import CROSSED, INSIDE
from layers import functional_areas, gates, infrastructure, papers, parcels, yards, zone
from layers.conform import as_multi
from layers.workspace import Workspace
from planning.breakdown import by_unit, table_of
from planning.cadastre import NO_VALUE
from planning.context import Context
from planning.effect import software
from planning.footing import edits_sha256
from planning.law.case import Case
from planning.law.choice import rule_set_of
from planning.law.rule_set import RuleSet
from planning.law.yard_recognition import RECOGNITION, recognition_facts, recognition_table
from planning.law.yards import PAPERS
from planning.proposal import Proposal, established, propose
from planning.record import Column, Fact, Input, Record, Rules, Stamp, Table
from planning.scenario import all_edits, load
from planning.yard_ground import GROUND, LARGER, SMALLER, ground_of
from planning.yard_papers import COLUMNS, EXPIRED, EXPIRING, MISSING, PRESENT, STATES, dossier, unplaced
from planning.yard_touching import TOUCHING

WITHIN_DAYS = 90
# Asked for; what is missing is no data.
_ASKED_FOR = ("yards.on", "yards.within_days")
_ASKED = (zone.SCHEMA.name, yards.SCHEMA.name, papers.SCHEMA.name, parcels.SCHEMA.name, gates.SCHEMA.name)
_INPUTS = (*_ASKED, functional_areas.SCHEMA.name, infrastructure.SCHEMA.name)
_COMPARED = "yards of which both the drawn area and that of the paper are known"
GROUND_TABLE, TOUCHING_TABLE = "yards.ground", "yards.touching"
PAPERS_TABLE, REGISTER, OPERATORS, REMINDERS = "yards.papers", "yards.register", "yards.by_operator", "yards.reminders"
_RULE = "papers_of_yards"
_AS_IN_LAYER = "as in the layer"
_COUNTED = "kinds of papers by state on the day that is asked"
_VALID = (PRESENT, EXPIRING)

_PAPERS: Mapping[str, Column] = {
    **{state: Column("count", _COUNTED) for state in STATES},
    "complete": Column("share", "papers present or expiring / papers that are asked for"),
    "next_on": Column("date", "first last day of a paper that is still valid"),
}
ROWS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "operator": Column("text", _AS_IN_LAYER),
    "kind": Column("text", _AS_IN_LAYER),
    "gate": Column("text", _AS_IN_LAYER),
    "status": Column("text", _AS_IN_LAYER),
    **_PAPERS,
    "dossier": Column("text", _AS_IN_LAYER),
}
SUMS: Mapping[str, Column] = {
    "key": Column("text", "class of the rows"),
    "yards": Column("count", "yards of the operator"),
    **_PAPERS,
}


def yard_register(
    workspace: Workspace, on: date, within_days: int = WITHIN_DAYS, scenario: str | None = None
) -> Record:
    """Return the register of a project on a day.

    Parameters
    ----------
    on : papers issued after this day do not count
    within_days : a paper whose last day is so near is *expiring*
    scenario : the yards, functional areas and the zone as it proposes them; None for what is established

    Raises
    ------
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
    ScenarioUnknown, and what a scenario that cannot be applied raises
    """
    rules, proposal = rule_set_of(workspace), proposal_of(workspace, scenario)
    rows, words = yard_rows(workspace, proposal), paper_words(rules)
    on_file = workspace.read(papers.SCHEMA.name) if workspace.has(papers.SCHEMA.name) else None
    told, ground = dossier(rows, on_file, words, on, within_days), ground_of(workspace, rows, proposal)
    recognised = _recognised(workspace, proposal, rules)
    tables = {
        REGISTER: _register(rows, told),
        OPERATORS: _operators(rows, told),
        PAPERS_TABLE: Table(told, COLUMNS),
        REMINDERS: _reminders(told),
        GROUND_TABLE: Table(ground.rows, GROUND),
        TOUCHING_TABLE: Table(ground.touching, TOUCHING),
        **({} if recognised is None else {RECOGNITION: recognised}),
    }
    is_there = _is_there(workspace, proposal)
    facts = (
        *_facts(rows, told, on_file, words, on, within_days),
        *_ground_facts(ground.rows),
        *recognition_facts(recognised),
    )
    return Record(
        project=workspace.project.name,
        scenario=scenario or "",
        reason=load(workspace, scenario).reason if scenario else "",
        crs=workspace.project.crs,
        notice=workspace.project.notice,
        facts={one.key: one if is_there else _unknown(one) for one in facts},
        tables=tables,
        geometry={"yards": _shapes(rows)},
        inputs=tuple(_inputs(workspace, scenario)),
        rules=Rules(rules.id, rules.sha256),
        no_data=(*(one for one in _ASKED if not workspace.has(one)), *ground.no_data),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def proposal_of(workspace: Workspace, scenario: str | None) -> Proposal | None:
    """Return what a scenario proposes, or the layers as established; None in a project without a zone."""
    if scenario:
        return propose(workspace, scenario)
    return established(workspace) if workspace.has(zone.SCHEMA.name) else None


def _recognised(workspace: Workspace, proposal: Proposal | None, rules: RuleSet) -> Table | None:
    """Return the recognition of the yards; None without a zone, without yards, or without a clause on their place."""
    context = None if proposal is None else Context(workspace, proposal)
    if context is None or context.yards is None or proposal is None:
        return None
    rows = by_unit(context.yards, proposal.regions, context.accuracy_m)
    return recognition_table(Case(context, {"yards": table_of(rows)}, None), rules)


def paper_words(rules: RuleSet) -> Mapping[str, Sequence[str]]:
    """Return the words of sources by kind of paper; a rule set that asks for no papers finds none."""
    clause = next((one for one in rules.clauses if one.asks == _RULE), None)
    return clause.words if clause is not None else dict.fromkeys(PAPERS, ())


def yard_rows(workspace: Workspace, proposal: Proposal | None) -> GeoDataFrame:
    """Return the yards that there are, with ``key`` and ``name``; a repeated code gets ``#2`` …, no row is lost."""
    name = yards.SCHEMA.name
    if not _is_there(workspace, proposal):
        return GeoDataFrame({"key": [], "name": []}, geometry=[], crs=workspace.crs)
    rows = proposal.after[name] if proposal is not None and name in proposal.after else workspace.read(name)
    keys = rows["code"].fillna(NO_VALUE).astype(str)
    repeats = keys.groupby(keys).cumcount()
    keys = keys.where(repeats == 0, keys + "#" + (repeats + 1).astype(str))
    names = rows["name"].fillna(keys) if "name" in rows else keys
    told = rows.assign(key=keys.to_numpy(dtype=object), name=names.to_numpy(dtype=object))
    return told[~shapely.is_empty(told.geometry.values)].reset_index(drop=True)  # what a scenario gives up is gone


def _is_there(workspace: Workspace, proposal: Proposal | None) -> bool:
    """Tell whether anybody says where yards are: the project, or what a scenario proposes."""
    name = yards.SCHEMA.name
    return workspace.has(name) or (proposal is not None and name in proposal.after)


def _unknown(fact: Fact) -> Fact:
    """Return a count of yards of which nobody says whether there are any: no data, never zero."""
    return fact if fact.key in _ASKED_FOR else replace(fact, value=None)


def _register(rows: GeoDataFrame, told: DataFrame) -> Table:
    """Return one row per yard, those that lack most first."""
    counts = _counted(told, "yard").reindex(rows["key"])
    own = {name: _text(rows, name) for name in ("operator", "kind", "gate", "status", "dossier")}
    frame = DataFrame({"key": rows["key"].to_numpy(), "name": rows["name"].to_numpy(), **own})
    frame = frame.assign(**{name: counts[name].to_numpy() for name in _PAPERS})
    return Table(_worst_first(frame)[list(ROWS)], ROWS)


def _operators(rows: GeoDataFrame, told: DataFrame) -> Table:
    operators = DataFrame({"operator": _text(rows, "operator")})["operator"].fillna(NO_VALUE)
    counts = _counted(told.assign(operator=told["operator"].fillna(NO_VALUE)), "operator")
    counts = counts.assign(key=counts.index, yards=operators.value_counts().reindex(counts.index).astype(float))
    return Table(_worst_first(counts)[list(SUMS)], SUMS)


def _counted(told: DataFrame, by: str) -> DataFrame:
    """Return how many papers of each class are in each state, how complete that is, and what ends first."""
    counts = DataFrame({state: (told["paper_state"] == state).groupby(told[by]).sum() for state in STATES}).astype(
        float
    )
    unknown = told["paper_state"].isna().groupby(told[by]).any()
    valid = counts[list(_VALID)].sum(axis=1)
    ends = told["expires_on"].where(told["paper_state"].isin(_VALID))
    told_of = counts.assign(
        complete=valid / counts.sum(axis=1).replace(0, np.nan), next_on=ends.groupby(told[by]).min()
    )
    told_of["next_on"] = told_of["next_on"].astype(object).where(told_of["next_on"].notna(), None)
    return told_of.mask(unknown.reindex(told_of.index))


def _worst_first(frame: DataFrame) -> DataFrame:
    return frame.sort_values(["complete", "key"], kind="stable").reset_index(drop=True)


def _reminders(told: DataFrame) -> Table:
    """Return the papers that an operator is to be asked for: by operator and yard, what is missing first."""
    due = told[told["asked"] != ""]
    rank = due["paper_state"].map({state: place for place, state in enumerate((MISSING, EXPIRED))}).fillna(2)
    order = due.assign(rank=rank).sort_values(["operator", "yard", "rank", "paper"], kind="stable").index
    return Table(due.loc[order].reset_index(drop=True), COLUMNS)


def _facts(
    rows: GeoDataFrame,
    told: DataFrame,
    on_file: DataFrame | None,
    words: Mapping[str, Sequence[str]],
    on: date,
    within_days: int,
) -> Iterator[Fact]:
    yield Fact("yards.on", on.isoformat(), "date", "day that was asked")
    yield Fact("yards.within_days", within_days, "count", "days that were asked")
    yield Fact("yards.count", len(rows), "count", "rows of the yard layer")
    known = on_file is not None
    complete = told["paper_state"].isin(_VALID).groupby(told["yard"]).all()
    how = "yards whose papers are all present or expiring"
    yield Fact("yards.complete", int(complete.sum()) if known else None, "count", how)
    for state in STATES:
        count = int((told["paper_state"] == state).sum()) if known else None
        yield Fact(f"yards.papers.{state}", count, "count", _COUNTED)
    others = unplaced(on_file, list(rows["key"]), words) if on_file is not None else (None, None)
    yield Fact("yards.papers.other_kind", others[0], "count", "papers of yards of a kind that nobody asks for")
    yield Fact("yards.papers.no_yard", others[1], "count", "papers that name a yard which is not in the layer")


def _ground_facts(rows: DataFrame) -> Iterator[Fact]:
    for paper in ("lease", "licence"):
        found = rows[f"against_{paper}"]
        compared = int(found.notna().sum())
        yield Fact(f"yards.ground.{paper}.compared", compared, "count", _COMPARED)
        for against in (LARGER, SMALLER):
            count = int((found == against).sum()) if compared or rows.empty else None
            yield Fact(f"yards.ground.{paper}.{against}", count, "count", "yards by drawn area against the paper")
    asked = int(rows["over_parcels"].notna().sum())
    yield Fact("yards.ground.over_parcels.compared", asked, "count", "yards of which the leased parcels are known")
    for over in ("over_infrastructure", "over_neighbours", "over_parcels"):
        known = rows[over].notna().any()
        count = int(rows[over].isin((CROSSED, INSIDE)).sum())
        yield Fact(f"yards.ground.{over}", count if known else None, "count", "yards that surely lie over any of it")


def _shapes(rows: GeoDataFrame) -> GeoDataFrame:
    there = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    told = {"key": there["key"].to_numpy(dtype=object), "name": there["name"].to_numpy(dtype=object)}
    return GeoDataFrame(told, geometry=as_multi(there.geometry.values), crs=rows.crs)


def _inputs(workspace: Workspace, scenario: str | None) -> Iterator[Input]:
    if scenario:
        edits = all_edits(workspace, scenario)
        yield Input(f"scenario/{scenario}", len(edits), edits_sha256(edits))
    for name in _INPUTS:
        if workspace.has(name):
            entry = workspace.identity(name)
            yield Input(name, entry.rows, entry.sha256)


def _text(rows: DataFrame, name: str) -> Any:
    if name not in rows:
        return np.full(len(rows), None, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), None).to_numpy()
