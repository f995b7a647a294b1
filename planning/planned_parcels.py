"""The parcels of an analysis in the plan: asked once, for the balance and for the law."""

from collections.abc import Mapping

from gis.measure import IntArray, to_mm2
from planning.context import Context
from planning.planned_land import PlannedLand, planned_land
from planning.record import Table


def planned_parcels(context: Context, tables: Mapping[str, Table]) -> PlannedLand | None:
    """Return the parcels in the plan; None without parcels or functional areas.

    Parameters
    ----------
    tables : of the Record so far, with that of the parcels

    Raises
    ------
    GeometryInvalid
        A functional area has no area that can be relied on.
    """
    if context.parcels is None or context.plan is None:
        return None
    return planned_land(context.parcels.fabric_before, inside_mm2(tables), context.plan)


def inside_mm2(tables: Mapping[str, Table]) -> dict[str, IntArray]:
    """Return the area of every parcel inside the zone, by side, from the table of the parcels."""
    frame = tables["parcels"].frame
    return {side: to_mm2(frame[f"{side}_m2"].fillna(0)) for side in ("base", "proposed")}
