"""Capacity from geometry: the layouts of yards as a Record, with the measures that they rest on, to be drawn.

What is stated (capacity in the layer) stands beside what fits. Areas of roads and waters that a yard lies over are
obstacles; other parts of yards are those of the layer ``yard_parts``. Where no entry is known the layout may be entered
anywhere, which is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.measure import MM2_PER_M2, area_mm2, areas_mm2
from layers import gates, infrastructure, yard_parts, yards, zone
from layers.conform import as_multi
from layers.withheld import withheld
from layers.workspace import Workspace
from layers.yard_parts import ENTRY, LANE, OBSTACLE
from planning.context import Context
from planning.effect import software
from planning.errors import FeatureUnknown
from planning.footing import edits_sha256
from planning.law.choice import rules_of
from planning.proposal import REGIONS, established, propose
from planning.record import Column, Fact, Input, Record, Stamp, Table
from planning.scenario import all_edits, load
from planning.yard_gates import SERVED, served_gates
from planning.yard_layout import DesignVehicle, YardGround, YardLayout, lay_out
from planning.yard_register import yard_rows
from planning.zone_facts import area_facts, declared_facts, hole_facts, stated_facts

CAPACITY = "yards.capacity"
SLOTS, AISLES, LANES, PARTS = "yard_slots", "yard_aisles", "yard_lanes", "yard_parts"
_AS_IN_LAYER = "as in the layer"
_LAID = "layout with most slots that can be reached, of those that were tried"
# Less of a road in a yard is the width of a line.
_LEAST_OBSTACLE_M2 = 1.0
UPPER = Column(
    "count", "slots of yards of which no entry is known: an upper bound, not to be set equal with the others"
)
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "operator": Column("text", _AS_IN_LAYER),
    "gate": SERVED,
    "gate_stated": Column("text", _AS_IN_LAYER),
    "area_m2": Column("m2", "planar grid area of the yard"),
    "slots": Column("count", _LAID),
    "slots_upper": UPPER,
    "slots_per_ha": Column("ratio", "slots / area_m2"),
    "capacity_vehicles": Column("count", _AS_IN_LAYER),
    "slots_less_stated": Column("count", "slots less capacity_vehicles"),
    "slots_m2": Column("m2", "area of the slots"),
    "direction_deg": Column("degree", "direction of the rows, counter-clockwise from grid east"),
    "obstacles": Column("count", "obstacles in the yard: parts of it, areas of roads and waters"),
    "kept_lanes": Column("count", "lanes that stay free"),
    "entries": Column("count", "entries that are known; without one the layout may be entered anywhere"),
    "entries_joined": Column("count", "entries that lead to an aisle"),
}
_NEEDED = (yards.SCHEMA.name, yard_parts.SCHEMA.name, gates.SCHEMA.name)
_DRAWN = (infrastructure.SCHEMA.name, yards.SCHEMA.name, gates.SCHEMA.name)


def yard_capacity(
    workspace: Workspace, keys: Sequence[str] = (), scenario: str | None = None, vehicle: DesignVehicle | None = None
) -> Record:
    """Return the layouts of yards.

    Parameters
    ----------
    keys : codes of yards; empty for all
    scenario : the yards as it proposes them; None for those that are established
    vehicle : what has to fit

    Raises
    ------
    FeatureUnknown
        There is no yard of that code.
    LayerMissing (no zone), ScenarioUnknown and what a scenario that cannot be applied raises
    """
    vehicle = vehicle or DesignVehicle()
    proposal = propose(workspace, scenario) if scenario else established(workspace)
    context, rows = Context(workspace, proposal), _chosen(yard_rows(workspace, proposal), keys)
    laid = layouts(workspace, rows, vehicle)
    table = Table(_told(rows, laid, served_gates(rows, context.gates)[0]), COLUMNS)
    facts = (*_zone_facts(context), *_facts(table, vehicle))
    return Record(
        project=workspace.project.name,
        scenario=scenario or "",
        reason=load(workspace, scenario).reason if scenario else "",
        crs=workspace.project.crs,
        notice=workspace.project.notice,
        facts={one.key: one for one in facts},
        tables={CAPACITY: table},
        geometry=dict(_geometry(context, workspace, rows, laid)),
        inputs=tuple(_inputs(workspace, scenario)),
        rules=rules_of(workspace),
        no_data=tuple(one for one in _NEEDED if not workspace.has(one)),
        stamp=Stamp(datetime.now(tz=UTC).isoformat(timespec="seconds"), software()),
    )


def layouts(workspace: Workspace, rows: GeoDataFrame, vehicle: DesignVehicle) -> list[tuple[YardGround, YardLayout]]:
    """Return ground and layout of every yard, shape (n,)."""
    parts = workspace.read(yard_parts.SCHEMA.name) if workspace.has(yard_parts.SCHEMA.name) else None
    built = workspace.read(infrastructure.SCHEMA.name) if workspace.has(infrastructure.SCHEMA.name) else None
    roads = np.zeros(0, dtype=object) if built is None else _areas(built.geometry.values)
    tree = shapely.STRtree(roads)
    grounds = [
        _ground(shape, None if parts is None else parts[parts["yard"] == code], roads[tree.query(shape, "intersects")])
        for code, shape in zip(rows["key"], rows.geometry.values, strict=True)
    ]
    return [(ground, lay_out(ground, vehicle)) for ground in grounds]


def _ground(outline: Any, parts: GeoDataFrame | None, roads: Any) -> YardGround:
    over = shapely.intersection(roads, outline)
    roads = over[shapely.area(over) > _LEAST_OBSTACLE_M2]
    if parts is None or not len(parts):
        return YardGround(outline, [*roads])
    shapes, kind = np.asarray(parts.geometry.values, dtype=object), parts["kind"].to_numpy()
    entries = shapes[kind == ENTRY]
    fence = shapely.boundary(outline)
    at = [shapely.shortest_line(fence, one) for one in shapely.point_on_surface(entries)]
    return YardGround(
        outline,
        obstacles=[*roads, *shapes[kind == OBSTACLE]],
        lanes=[*_areas(shapes[kind == LANE])],
        entries=[shapely.get_point(line, 0) for line in at],
    )


def _areas(shapes: Any) -> Any:
    shapes = np.asarray(shapes, dtype=object)
    return shapes[(shapely.get_dimensions(shapes) == 2) & shapely.is_valid(shapes)]


def _chosen(rows: GeoDataFrame, keys: Sequence[str]) -> GeoDataFrame:
    missing = [key for key in keys if key not in set(rows["key"])]
    if missing:
        raise FeatureUnknown(layer=yards.SCHEMA.name, key=", ".join(missing))
    there = rows[rows["key"].isin(list(keys))] if keys else rows
    drawn = ~(there.geometry.isna() | there.geometry.is_empty) & shapely.is_valid(there.geometry.values)
    return there[drawn].reset_index(drop=True)


def slots_of(laid: Sequence[tuple[YardGround, YardLayout]]) -> tuple[Any, Any]:
    """Return slots of every yard, and those of them that are only an upper bound, shape (n,) each."""
    slots = np.array([len(layout) for _, layout in laid], dtype=np.float64)
    return slots, slots * np.array([not len(ground.entries) for ground, _ in laid], dtype=np.float64)


def _told(rows: GeoDataFrame, laid: Sequence[tuple[YardGround, YardLayout]], gate: Any) -> DataFrame:
    area_m2 = areas_mm2(rows.geometry.values) / MM2_PER_M2
    slots, upper = slots_of(laid)
    stated = pd.to_numeric(pd.Series(_field(rows, "capacity_vehicles")), errors="coerce").to_numpy(dtype=np.float64)
    counts = {
        name: np.array([float(len(getattr(ground, of))) for ground, _ in laid], dtype=np.float64)
        for name, of in (("obstacles", "obstacles"), ("kept_lanes", "lanes"), ("entries", "entries"))
    }
    told = {
        **{name: _field(rows, name) for name in ("key", "name", "operator")},
        "gate": gate,
        "gate_stated": _field(rows, "gate"),
        "area_m2": area_m2,
        "slots": slots,
        "slots_upper": upper,
        "slots_per_ha": slots / area_m2 * 10_000,
        "capacity_vehicles": stated,
        "slots_less_stated": slots - stated,
        "slots_m2": [round(float(shapely.area(layout.slots).sum()), 6) for _, layout in laid],
        "direction_deg": [round(layout.direction_deg, 6) for _, layout in laid],
        **counts,
        "entries_joined": np.array([float(layout.entries_joined) for _, layout in laid], dtype=np.float64),
    }
    return DataFrame(told)[list(COLUMNS)]


def _zone_facts(context: Context) -> Iterator[Fact]:
    yield from stated_facts(context.zone, context.stated_accuracy_m)
    areas = {region: area_mm2(getattr(context.proposal.regions, region)) for region in REGIONS}
    declared = list(declared_facts(context.zone, areas["base"]))
    yield from declared
    yield from area_facts(areas, declared[0].value if isinstance(declared[0].value, float) else None)
    yield from hole_facts(context)


def _facts(table: Table, vehicle: DesignVehicle) -> Iterator[Fact]:
    yield Fact("yards.capacity.yards", len(table.frame), "count", "yards that were laid out")
    yield Fact("yards.capacity.slots", int(table.frame["slots"].sum()), "count", "sum of the rows")
    yield Fact("yards.capacity.slots_upper", int(table.frame["slots_upper"].sum()), "count", UPPER.how)
    entered = int((table.frame["entries"] == 0).sum())
    yield Fact("yards.capacity.no_entry", entered, "count", "yards of which no entry is known: entered anywhere")
    how = "parameter of the layout: an assumption unless somebody stated it"
    for one in fields(vehicle):
        yield Fact(f"yards.vehicle.{one.name}", getattr(vehicle, one.name), "coordinate", how)
    yield Fact("yards.vehicle.lane_m", round(vehicle.lane_m, 6), "coordinate", "outer_radius_m - inner_radius_m / √2")


def _geometry(
    context: Context, workspace: Workspace, rows: GeoDataFrame, laid: Sequence[tuple[YardGround, YardLayout]]
) -> Iterator[tuple[str, GeoDataFrame]]:
    crs = workspace.crs
    for region in REGIONS:
        shape = getattr(context.proposal.regions, region)
        shapes = [] if shape.is_empty else [shape]
        yield region, GeoDataFrame({"key": [region] * len(shapes)}, geometry=shapes, crs=crs)
    for units in (*context.vintages[-1:], context.infrastructure, context.yards, context.gates):
        if units is not None:
            yield units.layer, _shown(units.after)
    for name, of in ((AISLES, "aisles"), (LANES, "lanes"), (SLOTS, "slots")):
        some = [(key, getattr(layout, of)) for key, (_, layout) in zip(rows["key"], laid, strict=True)]
        there = [(key, shapes) for key, shapes in some if len(shapes)]
        told = {"key": [key for key, _ in there], "name": [""] * len(there)}
        yield name, GeoDataFrame(told, geometry=[shapely.multipolygons(shapes) for _, shapes in there], crs=crs)
    if workspace.has(PARTS):
        yield PARTS, _shown(workspace.read(PARTS).assign(key=lambda one: one["code"]))


def _shown(rows: DataFrame) -> GeoDataFrame:
    frame = GeoDataFrame(rows)
    frame = frame[~withheld(frame) & ~(frame.geometry.isna() | frame.geometry.is_empty)]
    drawn = frame[[*(one for one in ("key", "name", "kind", "document") if one in frame), "geometry"]].reset_index(
        drop=True
    )
    return drawn.set_geometry(as_multi(drawn.geometry.values))


def _inputs(workspace: Workspace, scenario: str | None) -> Iterator[Input]:
    if scenario:
        edits = all_edits(workspace, scenario)
        yield Input(f"scenario/{scenario}", len(edits), edits_sha256(edits))
    for name in (zone.SCHEMA.name, *_DRAWN, yard_parts.SCHEMA.name):
        if workspace.has(name):
            entry = workspace.identity(name)
            yield Input(name, entry.rows, entry.sha256)


def _field(rows: DataFrame, name: str) -> Any:
    if name not in rows:
        return np.full(len(rows), None, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), None).to_numpy()
