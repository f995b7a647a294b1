"""The register of idle and late land as a Record: projects, parcels of which something is written, sums by investor.

Tables::

    projects.idle              one row per project or parcel: condition, since when, by which law, what is missing
    projects.by_condition      how many, and how much land, by condition
    projects.by_investor       the same by investor
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.measure import MM2_PER_M2, areas_mm2
from layers import events, parcels, projects
from layers.conform import as_multi
from layers.ledger import NAME as LEDGER
from layers.withheld import withheld
from layers.workspace import Workspace
from planning import marks
from planning.cadastre import NO_VALUE, Cadastre
from planning.effect import software
from planning.findings import Finding
from planning.idle_land import CONDITIONS, Judged, columns_of, judge
from planning.idle_rules import crop_of, rules_sha256
from planning.land_history import history_of
from planning.marks import Marks
from planning.parcel_desk import Lines
from planning.record import Column, Fact, Input, Record, Rules, Stamp, Table

RULE = "LD-01"
WITHIN_DAYS = 90
_ASKED_FOR = ("projects.on", "projects.within_days")
_AS_IN_LAYER = "as in the layer"
_JUDGED = "terms of the law, handover, schedule, observations, extensions and force majeure"
_TEXT, _DAY = Column("text", _JUDGED), Column("date", _JUDGED)
_MONTHS = Column("count", "whole calendar months")
ROWS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "layer": Column("text", "layer that was asked"),
    "code": Column("text", _AS_IN_LAYER),
    "name": Column("text", _AS_IN_LAYER),
    "investor": Column("text", _AS_IN_LAYER),
    "area_m2": Column("m2", "planar grid area of the unit"),
    "condition": _TEXT,
    "met_on": _DAY,
    "next_on": _DAY,
    "extended_until": _DAY,
    "idle_condition": _TEXT,
    "idle_since": _DAY,
    "seen_on": _DAY,
    "seen": _TEXT,
    "idle_months": _MONTHS,
    "idle_term_months": _MONTHS,
    "late_condition": _TEXT,
    "milestone": _TEXT,
    "due_on": _DAY,
    "late_months": _MONTHS,
    "late_term_months": _MONTHS,
    "missing": _TEXT,
    "law": Column("text", "law in force when the condition is met"),
    "law_at_handover": Column("text", "law in force at the handover"),
    "confidence": Column("text", "how sure the terms of the law are"),
    "document": Column("text", _AS_IN_LAYER),
    "finding": Column("text", "name of the finding, for a word of an officer"),
    **marks.COLUMNS,
}
SUMS: Mapping[str, Column] = {
    "key": Column("text", "class of the rows"),
    "cases": Column("count", "projects and parcels"),
    "area_m2": Column("m2", "sum of the areas"),
    "met": Column("count", "projects and parcels that meet the time condition, extensions over"),
    "due": Column("count", "projects and parcels with something falling due"),
}


def idle_register(workspace: Workspace, on: date, within_days: int = WITHIN_DAYS) -> Record:
    """Return the register of a project on a day.

    Parameters
    ----------
    on : events after this day do not count
    within_days : what falls due until so many days later is told apart
    """
    told = Marks.of(workspace)
    rows = [*_judged_projects(workspace, on, told), *_judged_parcels(workspace, on, told)]
    frame = _frame(rows)
    last = (on + timedelta(days=within_days)).isoformat()
    due = frame["next_on"].notna() & (frame["next_on"] <= last)
    project, missing = workspace.project, tuple(_missing(workspace))
    facts = _facts(frame, due, on, within_days)
    return Record(
        project=project.name,
        scenario="",
        reason="",
        crs=project.crs,
        notice=project.notice,
        facts={one.key: _unknown_if_zero(one) if missing else one for one in facts},
        tables={
            "projects.by_condition": _sums(frame, due, "condition"),
            "projects.by_investor": _sums(frame, due, "investor"),
            "projects.idle": Table(frame[list(ROWS)], ROWS),
        },
        geometry={"projects": _shapes(workspace, frame)},
        inputs=tuple(_inputs(workspace, told)),
        rules=Rules("idle_land", rules_sha256()),
        no_data=missing,
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def _missing(workspace: Workspace) -> Iterator[str]:
    """Yield the layers of which there may be land that nobody counts; parcels only where events may name any."""
    yield from (one for one in (projects.SCHEMA.name, events.SCHEMA.name) if not workspace.has(one))
    if workspace.has(parcels.SCHEMA.name):
        return
    if not workspace.has(events.SCHEMA.name) or (_events(workspace).frame["layer"] == parcels.SCHEMA.name).any():
        yield parcels.SCHEMA.name


def _unknown_if_zero(fact: Fact) -> Fact:
    """Return a count to which a layer that is missing could add: of none at all it is no data."""
    return replace(fact, value=None) if fact.value == 0 and fact.key not in _ASKED_FOR else fact


def _judged_projects(workspace: Workspace, on: date, told: Marks) -> Iterator[Mapping[str, Any]]:
    if not workspace.has(projects.SCHEMA.name):
        return
    rows, happened = workspace.read(projects.SCHEMA.name), _events(workspace)
    areas = areas_mm2(rows.geometry.values) / MM2_PER_M2
    for row, area in zip(rows.drop(columns="geometry").to_dict(orient="records"), areas, strict=True):
        plain = {name: None if pd.isna(value) else value for name, value in row.items()}
        code = str(plain["code"])
        judged = judge(history_of(plain, happened.of(projects.SCHEMA.name, code), on), on)
        yield _row(projects.SCHEMA.name, code, plain, area, judged, told)


def _judged_parcels(workspace: Workspace, on: date, told: Marks) -> Iterator[Mapping[str, Any]]:
    """Yield the parcels of which an event is written; of the others nobody knows more than their handover.

    Defence and security land is none of them.
    """
    happened = _events(workspace)
    frame = happened.frame
    keys = frame["feature"][frame["layer"] == parcels.SCHEMA.name].unique() if len(frame) else []
    if not len(keys) or not workspace.has(parcels.SCHEMA.name):
        return
    cadastre = Cadastre.open(workspace)
    there = np.flatnonzero(cadastre.written_keys.isin(keys))
    for position in there:
        row, code = cadastre.row(int(position)), str(cadastre.written_keys.iloc[position])
        if withheld(DataFrame([row]))[0]:
            continue
        history = history_of(row, happened.of(parcels.SCHEMA.name, code), on)
        area = cadastre.fabric.area_mm2[position] / MM2_PER_M2
        judged = judge(history, on, crop_of(row.get("land_use")))
        yield _row(parcels.SCHEMA.name, code, {**row, "investor": row.get("owner_class")}, area, judged, told)


def _row(
    layer: str, code: str, plain: Mapping[str, Any], area: float, judged: Judged, told: Marks
) -> Mapping[str, Any]:
    finding = Finding(RULE, layer, code, value=judged.condition)
    return {
        "key": f"{layer}/{code}",
        "layer": layer,
        "code": code,
        "name": plain.get("name"),
        "investor": plain.get("investor"),
        "area_m2": area or None,
        **columns_of(judged),
        "confidence": judged.regime.confidence if judged.regime else None,
        "document": plain.get("document"),
        "finding": finding.ref,
        **told.columns_of(finding),
    }


def _frame(rows: list[Mapping[str, Any]]) -> DataFrame:
    columns: dict[str, Any] = {}
    for name, column in ROWS.items():
        cells = [row[name] for row in rows]
        is_number = column.unit in ("m2", "count")
        plain = [np.nan if cell is None else cell for cell in cells] if is_number else cells
        columns[name] = np.array(plain, dtype=np.float64 if is_number else object)
    frame = DataFrame(columns, copy=False)
    rank = frame["condition"].map({one: place for place, one in enumerate(CONDITIONS)})
    order = frame.assign(rank=rank, since=frame["met_on"].fillna("9999")).sort_values(["rank", "since", "key"]).index
    return frame.loc[order].reset_index(drop=True)


def _facts(frame: DataFrame, due: Any, on: date, within_days: int) -> Iterator[Fact]:
    yield Fact("projects.on", on.isoformat(), "date", "day that was asked")
    for condition in CONDITIONS:
        yield Fact(f"projects.{condition}", int((frame["condition"] == condition).sum()), "count", _JUDGED)
    yield Fact("projects.due", int(due.sum()), "count", f"something falls due within {within_days} days")
    yield Fact("projects.within_days", within_days, "count", "days that were asked")
    open_ = frame["law_at_handover"].notna() & (frame["law"] != frame["law_at_handover"])
    how = "handed over under another law: transition not checked"
    yield Fact("projects.transition", int(open_.sum()), "count", how)


def _sums(frame: DataFrame, due: Any, by: str) -> Table:
    key = frame[by].where(frame[by].notna(), NO_VALUE)
    met = frame["condition"].isin(("met", "met_after_extension"))
    counted = {"cases": 1.0, "area_m2": frame["area_m2"], "met": met.astype(float), "due": due.astype(float)}
    sums = DataFrame({"key": key, **counted}).groupby("key", sort=True).sum().reset_index()
    return Table(sums.assign(area_m2=sums["area_m2"].round(6))[list(SUMS)], SUMS)


def _shapes(workspace: Workspace, frame: DataFrame) -> GeoDataFrame:
    """Return the projects and parcels that have a shape, each with its condition."""
    keys: list[str] = []
    shapes: list[Any] = []
    if workspace.has(projects.SCHEMA.name):
        rows = workspace.read(projects.SCHEMA.name)
        keys += [f"{projects.SCHEMA.name}/{code}" for code in rows["code"]]
        shapes += list(rows.geometry)
    codes = frame.loc[frame["layer"] == parcels.SCHEMA.name, "code"]
    if len(codes):
        cadastre = Cadastre.open(workspace)
        there = np.flatnonzero(cadastre.written_keys.isin(codes) & (cadastre.fabric.area_mm2 > 0))
        keys += [f"{parcels.SCHEMA.name}/{code}" for code in cadastre.written_keys.iloc[there]]
        shapes += list(cadastre.fabric.drawn(there))
    told = GeoDataFrame({"key": np.array(keys, dtype=object)}, geometry=shapes, crs=workspace.crs)
    told = told[~(told.geometry.isna() | told.geometry.is_empty)].reset_index(drop=True)
    conditions = told["key"].map(frame.set_index("key")["condition"].to_dict()).to_numpy(dtype=object)
    return told.assign(condition=conditions).set_geometry(as_multi(told.geometry.values))[
        ["key", "condition", "geometry"]
    ]


def _events(workspace: Workspace) -> Lines:
    key = ("layer", "feature")
    frame = workspace.read(events.SCHEMA.name) if workspace.has(events.SCHEMA.name) else DataFrame(columns=list(key))
    return Lines(frame, key)


def _inputs(workspace: Workspace, told: Marks) -> Iterator[Input]:
    for name in (projects.SCHEMA.name, parcels.SCHEMA.name, events.SCHEMA.name):
        if workspace.has(name):
            entry = workspace.identity(name)
            yield Input(name, entry.rows, entry.sha256)
    if told.ledger.lines:
        yield Input(LEDGER, told.ledger.head.lines, told.ledger.head.sha256)
