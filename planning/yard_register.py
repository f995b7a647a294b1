"""The register of yards as a Record: the dossier of each yard on a day, by yard and operator, and what is to be asked.

Tables::

    yards.register       one row per yard: papers by state, completeness, what falls due next
    yards.by_operator    the same by operator
    yards.papers         one row per yard and kind of paper
    yards.reminders      the papers that an operator is to be asked for: the data of letters
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers import papers, yards
from layers.conform import as_multi
from layers.workspace import Workspace
from planning.cadastre import NO_VALUE
from planning.effect import software
from planning.law.choice import rule_set_of
from planning.law.rule_set import RuleSet
from planning.law.yards import PAPERS
from planning.record import Column, Fact, Input, Record, Rules, Stamp, Table
from planning.yard_papers import COLUMNS, EXPIRED, EXPIRING, MISSING, PRESENT, STATES, dossier, unplaced

WITHIN_DAYS = 90
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


def yard_register(workspace: Workspace, on: date, within_days: int = WITHIN_DAYS) -> Record:
    """Return the register of a project on a day.

    Parameters
    ----------
    on : papers issued after this day do not count
    within_days : a paper whose last day is so near is *expiring*

    Raises
    ------
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
    """
    rules, rows = rule_set_of(workspace), _yards(workspace)
    on_file = workspace.read(papers.SCHEMA.name) if workspace.has(papers.SCHEMA.name) else None
    told = dossier(rows, on_file, paper_words(rules), on, within_days)
    tables = {
        REGISTER: _register(rows, told),
        OPERATORS: _operators(rows, told),
        PAPERS_TABLE: Table(told, COLUMNS),
        REMINDERS: _reminders(told),
    }
    project = workspace.project
    return Record(
        project=project.name,
        scenario="",
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={one.key: one for one in _facts(rows, told, on_file, paper_words(rules), on, within_days)},
        tables=tables,
        geometry={"yards": _shapes(rows)},
        inputs=tuple(_inputs(workspace)),
        rules=Rules(rules.id, rules.sha256),
        no_data=tuple(one for one in (yards.SCHEMA.name, papers.SCHEMA.name) if not workspace.has(one)),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def paper_words(rules: RuleSet) -> Mapping[str, Sequence[str]]:
    """Return the words of sources by kind of paper; a rule set that asks for no papers finds none."""
    clause = next((one for one in rules.clauses if one.asks == _RULE), None)
    return clause.words if clause is not None else dict.fromkeys(PAPERS, ())


def _yards(workspace: Workspace) -> GeoDataFrame:
    """Return the yards with ``key`` and ``name``; a repeated code gets ``#2`` …, no row is lost."""
    if not workspace.has(yards.SCHEMA.name):
        return GeoDataFrame({"key": [], "name": []}, geometry=[], crs=workspace.crs)
    rows = workspace.read(yards.SCHEMA.name).reset_index(drop=True)
    keys = rows["code"].fillna(NO_VALUE).astype(str)
    repeats = keys.groupby(keys).cumcount()
    keys = keys.where(repeats == 0, keys + "#" + (repeats + 1).astype(str))
    names = rows["name"].fillna(keys) if "name" in rows else keys
    return rows.assign(key=keys.to_numpy(dtype=object), name=names.to_numpy(dtype=object))


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


def _shapes(rows: GeoDataFrame) -> GeoDataFrame:
    there = rows[~(rows.geometry.isna() | rows.geometry.is_empty)]
    told = {"key": there["key"].to_numpy(dtype=object), "name": there["name"].to_numpy(dtype=object)}
    return GeoDataFrame(told, geometry=as_multi(there.geometry.values), crs=rows.crs)


def _inputs(workspace: Workspace) -> Iterator[Input]:
    for name in (yards.SCHEMA.name, papers.SCHEMA.name):
        if workspace.has(name):
            entry = workspace.identity(name)
            yield Input(name, entry.rows, entry.sha256)


def _text(rows: DataFrame, name: str) -> Any:
    if name not in rows:
        return np.full(len(rows), None, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), None).to_numpy()
