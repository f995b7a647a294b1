"""All tables of the balance for the Record; what the project lacks is not there, and never zero."""

from collections.abc import Mapping
from dataclasses import dataclass

from gis.measure import area_mm2
from planning.balance import land_use, plan
from planning.balance.closing import closing_facts, code_facts
from planning.balance.land_use import SIDES, in_codes_of_2024, use_areas
from planning.balance.transition import to_planned_areas, to_planned_codes
from planning.balance.uses import use_lines
from planning.context import Context
from planning.planned_land import PlannedLand
from planning.planned_parcels import inside_mm2
from planning.record import Fact, Table


@dataclass(frozen=True, eq=False)
class Balance:
    """Tables of the balance and the facts that close them."""

    tables: dict[str, Table]
    facts: tuple[Fact, ...]


def balance(context: Context, tables: Mapping[str, Table], planned: PlannedLand | None) -> Balance:
    """Return the tables of the balance and the facts that close them.

    Parameters
    ----------
    tables : of the Record so far
    planned : parcels in the plan

    Raises
    ------
    GeometryInvalid
        A functional area has no area that can be relied on.
    """
    made = {**_of_plan(context), **_of_parcels(context, tables, planned)}
    closed = {name: table for name, table in made.items() if "base_percent" in table.columns}
    facts = [fact for name, table in closed.items() for fact in closing_facts(name, table)]
    return Balance(made, (*facts, *code_facts(made.get("balance.land_use"))))


def _of_plan(context: Context) -> dict[str, Table]:
    if context.plan is None:
        return {}
    return {
        "balance.functional_areas": plan.by_functional_area(context.plan),
        "balance.horizons": plan.by_horizon(context.plan),
    }


def _of_parcels(context: Context, tables: Mapping[str, Table], planned: PlannedLand | None) -> dict[str, Table]:
    if context.parcels is None:
        return {}
    parcels, inside = context.parcels.before, inside_mm2(tables)
    zone_mm2 = {side: area_mm2(getattr(context.proposal.regions, side)) for side in SIDES}
    written, to_come = context.parcel_texts("land_use"), context.parcel_texts("planned_use")
    if written is None:
        return {}
    lines = use_lines(written, parcels["key"], context.parcel_uses)
    areas = use_areas(lines, inside, zone_mm2)
    made = {
        "balance.groups": land_use.by_group(areas),
        "balance.land_use": land_use.by_code(areas),
        "balance.land_use_2024": land_use.by_code(in_codes_of_2024(areas)),
        "balance.overlays": land_use.overlays(written, inside, zone_mm2),
    }
    if planned is not None:
        made["balance.transition"] = to_planned_areas(lines, planned)
    if to_come is not None:
        made["balance.transition_codes"] = to_planned_codes(lines, to_come, inside)
    return made
