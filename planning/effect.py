"""analyse(): what one scenario does to the zone, its units, parcels, yards and gates, as a Record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd

from gis.cores import threads
from gis.measure import area_mm2
from gis.states import CROSSED, STATES
from layers.land_use import land_uses
from layers.parcels import SCHEMA as PARCELS_SCHEMA
from layers.rasters import raster_sha256, rasters_of
from layers.withheld import withheld, withheld_values
from layers.workspace import Workspace
from planning.affected import gate_table, parcel_table, yard_table
from planning.balance.tables import balance
from planning.breakdown import by_class, by_kind, by_unit, closing_facts, table_of
from planning.cadastre import NO_VALUE
from planning.context import INPUTS, Context, OpenedParcels
from planning.crosswalk import NAME as CROSSWALK
from planning.drawing import draws_parcels, shapes
from planning.edit_effects import NAME as EDITS
from planning.edit_effects import edit_facts, edit_table
from planning.errors import LayersMoved
from planning.footing import edits_sha256
from planning.form import form
from planning.law.judgement import judge_scenario
from planning.markers import marker_counts, marker_tables
from planning.movement import NAME as MOVEMENT
from planning.movement import Movement, movement
from planning.planned_parcels import planned_parcels
from planning.proposal import REGIONS, propose
from planning.record import Fact, Input, Record, Stamp, Table
from planning.replanned_yards import NAME as REPLANNED
from planning.replanned_yards import replanned_yards, replanning_facts
from planning.robustness import ROBUSTNESS, first_flip, robustness
from planning.scenario import all_edits, changed_footings, load
from planning.tallies import TALLIES, tally_table
from planning.terrain_names import Terrain
from planning.told_parcels import ToldParcels
from planning.vintages import vintage_facts, vintage_tables
from planning.zone_facts import area_facts, declared_facts, hole_facts, stated_facts


def analyse(workspace: Workspace, name: str, parcels: OpenedParcels | None = None) -> Record:
    """Compute the effect of a scenario on everything that the project holds.

    Layers that are missing are listed in `Record.no_data`; their facts are *no data*, never zero.

    Parameters
    ----------
    parcels : those of the workspace, where several scenarios are analysed in a row

    Raises
    ------
    ScenarioUnknown, LayerMissing (no zone), GeometryInvalid and those of `planning.proposal.propose`
    RuleSetUnknown, RuleSetWrong, RuleSetNotInForce
        A failing rule of a good set raises nothing: its verdict is *cannot tell*.
    LayersMoved
        Somebody saved a layer in the meantime.
    """
    scenario, read = load(workspace, name), inputs(workspace, name)
    context = Context(workspace, propose(workspace, name), _opened(workspace, parcels, read))
    areas_mm2 = {region: area_mm2(getattr(context.proposal.regions, region)) for region in REGIONS}
    moved, footings = movement(context), changed_footings(workspace, name, context.rows)
    with threads(0 if context.parcels is None else len(context.parcels.before)) as beside:
        asked = dict(_tables(context))
        finishing = beside.submit(_finished, context, asked)
        planned = planned_parcels(context, asked)
        balancing = beside.submit(balance, context, asked, planned)  # asks for whole columns of parcels, like the law
        law = judge_scenario(context, asked, planned)
        ground, (shape_tables, shape_facts) = _terrain(context), form(context)
        balanced, tables = balancing.result(), finishing.result()
    tables |= _plan_tables(context, moved, footings)
    told = _facts(context, areas_mm2, tables, asked.get("parcels"))
    every = (*told, *moved.facts(areas_mm2), *balanced.facts, *law.facts, *ground.facts, *shape_facts)
    tables = {**tables, TALLIES: tally_table(tables), **balanced.tables, **law.tables}
    tables |= {**ground.tables, **shape_tables, ROBUSTNESS: robustness(law.tables, context.stated_accuracy_m)}
    geometry = shapes(context, read, _crossed(asked), {MOVEMENT: moved.drawn()})
    every = (*every, first_flip(tables[ROBUSTNESS]))
    if inputs(workspace, name) != read:
        raise LayersMoved(scenario=name)
    return Record(
        project=workspace.project.name,
        scenario=name,
        reason=scenario.reason,
        crs=workspace.project.crs,
        notice=workspace.project.notice,
        facts={fact.key: fact for fact in every},
        tables=tables,
        geometry=geometry,
        inputs=read,
        rules=law.rules,
        no_data=context.no_data,
        not_drawn=() if draws_parcels(context) else ("parcels",),
        stamp=Stamp(datetime.now(UTC).astimezone().isoformat(timespec="seconds"), software()),
    )


def _opened(workspace: Workspace, parcels: OpenedParcels | None, read: Sequence[Input]) -> OpenedParcels:
    """Return the parcels that were opened for an earlier scenario, unless somebody has saved the layer since."""
    stands = next((one.sha256 for one in read if one.layer == PARCELS_SCHEMA.name), None)
    return parcels if parcels is not None and parcels.identity == stands else OpenedParcels(workspace)


def inputs(workspace: Workspace, name: str) -> tuple[Input, ...]:
    """Return what goes into the analysis of a scenario, as it stands now: its edits and every layer."""
    edits = all_edits(workspace, name)
    layers = [(layer, workspace.identity(layer)) for layer in INPUTS if workspace.has(layer)]
    return (
        *(Input(layer, entry.rows, entry.sha256) for layer, entry in layers),
        *(Input(raster.name, 1, raster_sha256(workspace, raster)) for raster in rasters_of(workspace)),
        Input(f"scenario/{name}", len(edits), edits_sha256(edits)),
    )


@cache
def software() -> str:
    """Return name and version of the program that computes."""
    return f"mocgioi {version('mocgioi')}"


def _terrain(context: Context) -> Terrain:
    """Return what rasters say of the ground; without any, nothing is loaded or computed."""
    rasters = rasters_of(context.workspace)
    if not rasters:
        return Terrain()
    return import_module("planning.terrain").terrain(context, rasters)  # type: ignore[no-any-return]


def _plan_tables(context: Context, moved: Movement, changed_since: Mapping[str, Sequence[str]]) -> dict[str, Table]:
    """Return what the plan itself says: its edits, the stretches of its boundary, the yards that it re-plans."""
    tables = {EDITS: edit_table(context.proposal.changes, changed_since), MOVEMENT: moved.table()}
    if context.yards is not None and not context.yards.changes_nothing:
        tables[REPLANNED] = replanned_yards(context.yards, context.gates, context.workspace)
    return tables


def _tables(context: Context) -> Iterator[tuple[str, Table]]:
    regions, accuracy_m, workspace = context.proposal.regions, context.accuracy_m, context.workspace
    units_rows = {units.layer: by_unit(units, regions, accuracy_m, workspace) for units in context.vintages}
    for layer, rows in units_rows.items():
        yield f"by.{layer}", table_of(rows)
    yield from vintage_tables(context, units_rows)
    if context.functional_areas is not None:
        areas = by_unit(context.functional_areas, regions, accuracy_m, workspace)
        yield f"by.{context.functional_areas.layer}", table_of(areas)
    if context.parcels is not None:
        rows = by_unit(context.parcels, regions, accuracy_m, workspace)
        if "land_use" in context.parcels.before:
            codes = context.parcels.before["land_use"].fillna(NO_VALUE)
            titles = {code: use.title.vi for code, use in land_uses().items()}
            yield "by.land_use", table_of(by_class(rows, codes, titles))
        yield "parcels", parcel_table(rows, context.parcels)
    if context.constraints is not None:
        yield "by.constraints", table_of(by_kind(context.constraints, regions, accuracy_m, workspace))
    if context.yards is not None:
        rows = by_unit(context.yards, regions, accuracy_m, workspace)
        yield "yards", yard_table(rows, context.yards, context.gates)
    yield from marker_tables(context)
    if context.gates is not None:
        yield "gates", gate_table(context.gates, regions, accuracy_m)


def _crossed(tables: Mapping[str, Table]) -> npt.NDArray[np.bool_] | None:
    if "parcels" not in tables:
        return None
    return np.asarray(tables["parcels"].frame["state_proposed"] == CROSSED, dtype=np.bool_)


def _finished(context: Context, asked: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables as they are told; that of many parcels with its identity and its file, which take long."""
    tables = {name: _released(name, table, context.told_parcels) for name, table in asked.items()}
    if "parcels" in tables:
        tables["parcels"].described, tables["parcels"].file
    return tables


def _released(name: str, table: Table, told: ToldParcels | None) -> Table:
    """Return a table without the rows of defence and security land; the residual of its sums holds their area."""
    if name == "parcels" and told is not None:
        computed = table.frame[[column for column in table.columns if column not in told.frame]]
        computed = computed if told.kept.all() else computed[told.kept].reset_index(drop=True)
        return Table(pd.concat([told.frame, computed], axis=1)[list(table.columns)], table.columns, told.stored)
    by_key = name in ("by.land_use", "by.constraints")
    held = withheld_values(table.frame["key"]) if by_key else withheld(table.frame)
    return Table(table.frame[~held].reset_index(drop=True), table.columns) if held.any() else table


def _facts(
    context: Context, areas_mm2: Mapping[str, int], tables: Mapping[str, Table], every_parcel: Table | None
) -> Iterator[Fact]:
    yield from stated_facts(context.zone, context.stated_accuracy_m)
    declared = list(declared_facts(context.zone, areas_mm2["base"]))
    yield from declared
    declared_m2 = declared[0].value
    yield from area_facts(areas_mm2, declared_m2 if isinstance(declared_m2, float) else None)
    yield from hole_facts(context)
    for name, table in tables.items():
        if name.startswith(("by.", CROSSWALK)):
            yield from closing_facts(name, table.frame, areas_mm2)
    yield from marker_counts(tables)
    yield from vintage_facts(context, tables)
    yield from edit_facts(tables[EDITS])
    if REPLANNED in tables:
        yield from replanning_facts(tables[REPLANNED])
    yield from _parcel_counts(every_parcel)
    for units in (context.constraints, context.parcels):
        count = 0 if units is None else int(units.withheld_after.sum())
        if units is not None and count:
            yield Fact(f"withheld.{units.layer}", count, "count", "defence and security land: counted, not drawn")


def _parcel_counts(parcels: Table | None) -> Iterator[Fact]:
    counts = None if parcels is None else parcels.frame["state_proposed"].value_counts()
    yield Fact("parcels.count", None if parcels is None else len(parcels.frame), "count", "rows of the parcel layer")
    for state in STATES:
        how = "parcels by state against the proposed boundary"
        yield Fact(f"parcels.{state}", None if counts is None else int(counts.get(state, 0)), "count", how)
