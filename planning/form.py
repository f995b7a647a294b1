"""The form of the zone before and after: parts, necks, compactness, outline, the border it shares, distances to gates.

Holes are told by `planning.zone_facts.hole_facts`, slivers of thinned sources apart from real ones.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from pandas import DataFrame

from gis.bound import SNAP_M
from gis.form import Neck, compactness, necks, outline_m
from gis.measure import to_m2
from planning.context import Context
from planning.law.border import border_of
from planning.record import Column, Fact, Table

NECKS, GATE_DISTANCES = "form.necks", "form.gates"
# Land narrower than this joins two parts only on the map; a choice of ours, told with the facts.
NECK_WIDTH_M = 500.0
# What the border is called among the infrastructure; the words of the rules on the border area.
_BORDER = ("border", "biên giới")
_SIDES = ("base", "proposed")

_NECK = "land narrower than the limit that joins wider parts: lost when the zone is narrowed and widened again"
_STRAIGHT = "straight distance on the grid to the zone, 0 inside: {}"
NECK_COLUMNS = {
    "key": Column("text", "side/number, from west to east"),
    "area_m2": Column("m2", _NECK),
    "northing_m": Column("coordinate", "a point within the neck"),
    "easting_m": Column("coordinate", "a point within the neck"),
}
GATE_COLUMNS = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "distance_base_m": Column("m", _STRAIGHT.format("established")),
    "distance_proposed_m": Column("m", _STRAIGHT.format("proposed")),
}


def form(context: Context) -> tuple[dict[str, Table], tuple[Fact, ...]]:
    """Return tables and facts of the form of the zone on both sides of the change."""
    zones = {side: getattr(context.proposal.regions, side) for side in _SIDES}
    found = {"base": necks(zones["base"], NECK_WIDTH_M)}
    same = zones["base"].equals_exact(zones["proposed"], 0)
    found["proposed"] = found["base"] if same else necks(zones["proposed"], NECK_WIDTH_M)
    tables = {NECKS: _neck_table(found)}
    if context.gates is not None:
        tables[GATE_DISTANCES] = _gate_table(context, zones)
    border = _border(context)
    facts = [fact for side in _SIDES for fact in _facts(side, zones[side], len(found[side]), border)]
    limit = Fact("zone.neck_width_m", NECK_WIDTH_M, "m", "limit of what is narrow; a choice of the program")
    return tables, (*facts, limit)


def _facts(side: str, zone: Any, neck_count: int, border: Any) -> Iterator[Fact]:
    parts = shapely.get_parts(zone)
    sizes = shapely.area(parts)
    yield Fact(f"zone.parts.{side}", len(parts), "count", "separate parts of the drawn zone")
    largest = float(sizes.max() / sizes.sum()) if len(parts) else None
    yield Fact(f"zone.largest_part.{side}", largest, "share", "area of the largest part / area of the zone")
    yield Fact(f"zone.outline_m.{side}", round(outline_m(zone), 3), "m", "length of the outer rings, holes not counted")
    yield Fact(f"zone.compactness.{side}", compactness(zone), "ratio", "4π · area / outline²: 1 is a circle")
    yield Fact(f"zone.necks.{side}", neck_count, "count", _NECK)
    how = "length of the outline within the accuracy of its line of the national border among the infrastructure"
    shared = None if border is None else round(_along(zone, border), 3)
    yield Fact(f"zone.border_m.{side}", shared, "m", how)


def _border(context: Context) -> Any:
    """Return the ground within the accuracy of the border; None where the project has no border."""
    border = border_of(context, _BORDER)
    if border is None:
        return None
    reach, regions = max(context.accuracy_m, SNAP_M), context.proposal.regions
    west, south, east, north = shapely.total_bounds([regions.base, regions.proposed])
    near = shapely.clip_by_rect(border.line, west - reach, south - reach, east + reach, north + reach)
    return shapely.buffer(near, reach, quad_segs=4)


def _along(zone: Any, border: Any) -> float:
    rings = shapely.get_exterior_ring(shapely.get_parts(zone))
    return float(shapely.length(shapely.intersection(rings, border)).sum())


def _neck_table(found: dict[str, tuple[Neck, ...]]) -> Table:
    rows = [
        (f"{side}/{number}", to_m2(neck.area_mm2), round(neck.northing, 3), round(neck.easting, 3))
        for side, some in found.items()
        for number, neck in enumerate(some, start=1)
    ]
    return Table(DataFrame(rows, columns=list(NECK_COLUMNS)), NECK_COLUMNS)


def _gate_table(context: Context, zones: dict[str, Any]) -> Table:
    gates = context.gates
    assert gates is not None
    points = gates.before.geometry.values
    rows = {"key": gates.before["key"], "name": gates.before["name"]}
    distances = {f"distance_{side}_m": np.round(shapely.distance(points, zone), 3) for side, zone in zones.items()}
    return Table(DataFrame({**rows, **distances}), GATE_COLUMNS)
