"""A plan of yards, before beside after: area, slots, papers, gate, distance, terrain; who is moved; what it can hold.

Tables::

    yards.plan         one row per yard before or after
    yards.plan_gates   sums by the gate that is nearest
    yards.moved        operators whose yards are given up
    yards.demand       published figures of traffic, and how much of each the slots are: a comparison, no forecast
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.language import Text
from gis.measure import MM2_PER_M2, areas_mm2
from layers import gates, papers, yard_parts, yards, zone
from layers.elevation import NAME as ELEVATION
from layers.workspace import Workspace
from planning.cadastre import NO_VALUE
from planning.context import Context
from planning.effect import software
from planning.footing import edits_sha256
from planning.law.choice import rule_set_of
from planning.proposal import Proposal, propose
from planning.record import Column, Fact, Input, Record, Rules, Stamp, Table
from planning.replanned_yards import GIVEN_UP, NEW, RESHAPED
from planning.scenario import all_edits, load
from planning.yard_capacity import UPPER, layouts, slots_of
from planning.yard_gates import DISTANCE, SERVED, served_gates
from planning.yard_layout import DesignVehicle
from planning.yard_papers import EXPIRING, PRESENT, dossier
from planning.yard_register import WITHIN_DAYS, paper_words, yard_rows
from planning.yard_terrain import terrain_of

PLAN, BY_GATE, MOVED, DEMAND = "yards.plan", "yards.plan_gates", "yards.moved", "yards.demand"
UNCHANGED = "unchanged"
CHANGES = (UNCHANGED, RESHAPED, GIVEN_UP, NEW)
_SIDES = ("before", "after")
_AS_IN_LAYER = "as in the layer"
_SLOTS = "layout with most slots that can be reached, of those that were tried"
_SUM = "sum of the yards"
_OF_SIDE: Mapping[str, Column] = {
    "area_{}_m2": Column("m2", "planar grid area of the yard"),
    "slots_{}": Column("count", _SLOTS),
    "slots_upper_{}": UPPER,
    "gate_{}": SERVED,
    "gate_distance_{}_m": DISTANCE,
    "height_{}_m": Column("m", "mean height under the yard, by the elevation model"),
    "slope_{}": Column("share", "mean slope under the yard, rise over run, by the elevation model"),
}
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "operator": Column("text", _AS_IN_LAYER),
    "change": Column("text", "what the scenario does to the yard"),
    "complete": Column("share", "papers present or expiring / papers that are asked for"),
    **{name.format(side): column for name, column in _OF_SIDE.items() for side in _SIDES},
}
_SUMS: Mapping[str, Column] = {
    "key": Column("text", "class of the rows"),
    **{f"yards_{side}": Column("count", _SUM) for side in _SIDES},
    **{f"area_{side}_m2": Column("m2", _SUM) for side in _SIDES},
    **{f"slots_{side}": Column("count", _SUM) for side in _SIDES},
    **{f"slots_upper_{side}": UPPER for side in _SIDES},
}
_SUMMED = ("area_{}_m2", "slots_{}", "slots_upper_{}")
_DEMAND: Mapping[str, Column] = {
    "key": Column("text", "name of the figure"),
    "figure": Column("words", "what was published"),
    "vehicles": Column("count", "as published"),
    "held_before": Column("share", "slots before / vehicles"),
    "held_after": Column("share", "slots after / vehicles"),
    "source": Column("text", "where the figure was read"),
    "confidence": Column("text", "how the figure is known"),
}


def yard_plan(workspace: Workspace, scenario: str, on: date, vehicle: DesignVehicle | None = None) -> Record:
    """Return what a scenario makes of the yards.

    Raises
    ------
    ScenarioUnknown, and what a scenario that cannot be applied raises
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
    """
    rules, proposal = rule_set_of(workspace), propose(workspace, scenario)
    before, after = yard_rows(workspace, _as_before(proposal)), yard_rows(workspace, proposal)
    told = _told(workspace, before, after, Context(workspace, proposal), vehicle or DesignVehicle())
    told["complete"] = _completeness(workspace, told, on)
    tables = {
        PLAN: Table(told[list(COLUMNS)], COLUMNS),
        BY_GATE: _by_gate(told),
        MOVED: _moved(told),
        DEMAND: _demand(told),
    }
    return Record(
        project=workspace.project.name,
        scenario=scenario,
        reason=load(workspace, scenario).reason,
        crs=workspace.project.crs,
        notice=workspace.project.notice,
        facts={one.key: one for one in _facts(tables, on)},
        tables=tables,
        geometry={"yards": _shapes(after)},
        inputs=tuple(_inputs(workspace, scenario)),
        rules=Rules(rules.id, rules.sha256),
        no_data=tuple(_missing(workspace)),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def _as_before(proposal: Proposal) -> Proposal:
    """Return the proposal with its yards as they were before it."""
    return replace(proposal, after=proposal.before)


def _told(
    workspace: Workspace, before: GeoDataFrame, after: GeoDataFrame, context: Context, vehicle: DesignVehicle
) -> DataFrame:
    keys = pd.Index([*before["key"], *after["key"]]).unique()
    sides = {"before": before.set_index("key").reindex(keys), "after": after.set_index("key").reindex(keys)}
    shapes = {side: np.asarray(rows.geometry.values, dtype=object) for side, rows in sides.items()}
    same = shapely.equals(shapes["before"], shapes["after"])
    names = {name: _either(sides, name) for name in ("name", "operator")}
    told = DataFrame({"key": keys.to_numpy(dtype=object), **names, "change": _changes(shapes, same)})
    slots = {side: np.full((2, len(keys)), np.nan) for side in _SIDES}
    for side in _SIDES:
        # What stays as it is has the layout that it had.
        asked = ~shapely.is_missing(shapes[side]) & ~(same & (side == "after"))
        rows = GeoDataFrame({"key": keys[asked]}, geometry=shapes[side][asked], crs=workspace.crs)
        slots[side][:, asked] = slots_of(layouts(workspace, rows, vehicle))
    slots["after"] = np.where(same, slots["before"], slots["after"])
    for side in _SIDES:
        gate, distance_m = served_gates(sides[side], context.gates)
        terrain, area_m2 = terrain_of(workspace, shapes[side]), areas_mm2(shapes[side]) / MM2_PER_M2
        values = (
            np.where(area_m2 > 0, area_m2, np.nan),
            *slots[side],
            gate,
            distance_m,
            terrain.height_m,
            terrain.slope,
        )
        told = told.assign(**{name.format(side): value for name, value in zip(_OF_SIDE, values, strict=True)})
    return told


def _either(sides: Mapping[str, GeoDataFrame], name: str) -> Any:
    there = [rows[name] if name in rows else pd.Series(None, index=rows.index, dtype=object) for rows in sides.values()]
    return there[1].where(there[1].notna(), there[0]).astype(object).to_numpy()


def _changes(shapes: Mapping[str, Any], same: Any) -> Any:
    missing = [shapely.is_missing(shapes[side]) for side in _SIDES]
    return np.select([missing[0], missing[1], same], [NEW, GIVEN_UP, UNCHANGED], RESHAPED).astype(object)


def _completeness(workspace: Workspace, told: DataFrame, on: date) -> Any:
    on_file = workspace.read(papers.SCHEMA.name) if workspace.has(papers.SCHEMA.name) else None
    rows = dossier(told[["key", "name", "operator"]], on_file, paper_words(rule_set_of(workspace)), on, WITHIN_DAYS)
    if on_file is None:
        return np.full(len(told), np.nan)
    valid = rows["paper_state"].isin((PRESENT, EXPIRING)).groupby(rows["yard"]).mean()
    return valid.reindex(told["key"]).to_numpy()


def _by_gate(told: DataFrame) -> Table:
    sums = []
    for side in _SIDES:
        there = told[told[f"area_{side}_m2"].notna()]
        gate = there[f"gate_{side}"].fillna(NO_VALUE)
        columns = {f"yards_{side}": 1.0, **{one: there[one] for one in (name.format(side) for name in _SUMMED)}}
        sums.append(DataFrame({"gate": gate, **columns}).groupby("gate").sum())
    table = pd.concat(sums, axis=1).fillna(0.0)
    for side in _SIDES:
        table[f"area_{side}_m2"] = table[f"area_{side}_m2"].round(6)
    return Table(table.assign(key=table.index).sort_values("key").reset_index(drop=True)[list(_SUMS)], _SUMS)


def _moved(told: DataFrame) -> Table:
    """Return the operators of yards that are given up, with all that they have before and after."""
    operator = told["operator"].fillna(NO_VALUE)
    columns = {
        **{f"yards_{side}": told[f"area_{side}_m2"].notna().astype(float) for side in _SIDES},
        **{one: told[one].fillna(0.0) for side in _SIDES for one in (name.format(side) for name in _SUMMED)},
    }
    sums = DataFrame({"operator": operator, **columns}).groupby("operator").sum().round(6)
    chosen = sums[sums.index.isin(operator[told["change"] == GIVEN_UP])]
    return Table(chosen.assign(key=chosen.index).sort_index().reset_index(drop=True)[list(_SUMS)], _SUMS)


def _demand(told: DataFrame) -> Table:
    with (files("planning") / "data" / "yard_demand.csv").open(encoding="utf-8") as file:
        rows = pd.read_csv(file)
    rows["figure"] = [Text(*both).both() for both in zip(rows["title_vi"], rows["title_en"], strict=True)]
    rows["vehicles"] = rows["vehicles"].astype(float)
    for side in _SIDES:
        rows[f"held_{side}"] = told[f"slots_{side}"].sum() / rows["vehicles"]
    return Table(rows[list(_DEMAND)].astype(dict.fromkeys(("key", "figure", "source", "confidence"), object)), _DEMAND)


def _facts(tables: Mapping[str, Table], on: date) -> Iterator[Fact]:
    rows = tables[PLAN].frame
    yield Fact("yards.on", on.isoformat(), "date", "day that was asked")
    for change in CHANGES:
        yield Fact(
            f"yards.plan.{change}", int((rows["change"] == change).sum()), "count", "yards by what the scenario does"
        )
    for side in _SIDES:
        yield Fact(f"yards.plan.yards_{side}", int(rows[f"area_{side}_m2"].notna().sum()), "count", _SUM)
        total_mm2 = int(np.rint(rows[f"area_{side}_m2"].fillna(0.0) * MM2_PER_M2).sum())
        yield Fact(f"yards.plan.area_{side}_m2", total_mm2 / MM2_PER_M2, "m2", _SUM)
        yield Fact(f"yards.plan.slots_{side}", int(rows[f"slots_{side}"].fillna(0.0).sum()), "count", _SUM)
        upper = int(rows[f"slots_upper_{side}"].fillna(0.0).sum())
        yield Fact(f"yards.plan.slots_upper_{side}", upper, "count", UPPER.how)
    yield Fact("yards.plan.moved", len(tables[MOVED].frame), "count", "operators of yards that are given up")


def _shapes(rows: GeoDataFrame) -> GeoDataFrame:
    told = {name: rows[name].to_numpy(dtype=object) for name in ("key", "name")}
    return GeoDataFrame(told, geometry=rows.geometry.values, crs=rows.crs)


def _inputs(workspace: Workspace, scenario: str) -> Iterator[Input]:
    edits = all_edits(workspace, scenario)
    yield Input(f"scenario/{scenario}", len(edits), edits_sha256(edits))
    for layer in (zone, yards, yard_parts, papers, gates):
        name = layer.SCHEMA.name
        if workspace.has(name):
            entry = workspace.identity(name)
            yield Input(name, entry.rows, entry.sha256)


def _missing(workspace: Workspace) -> Iterator[str]:
    yield from (
        layer.SCHEMA.name for layer in (yards, yard_parts, papers, gates) if not workspace.has(layer.SCHEMA.name)
    )
    if not (workspace.path / "layers" / f"{ELEVATION}.tif").is_file():
        yield ELEVATION
