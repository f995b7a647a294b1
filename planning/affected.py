"""Parcels, yards and gates that a scenario touches: a row each."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoSeries
from pandas import DataFrame

from gis.states import INSIDE, OUTSIDE, UNDECIDABLE
from planning.breakdown import COLUMNS
from planning.context import PARCEL_FIELDS, Units
from planning.proposal import Regions
from planning.record import Column, Table

_AS_IN_LAYER = Column("text", "as in the layer")


def parcel_table(rows: DataFrame, parcels: Units) -> Table:
    """Return the breakdown `rows` of all parcels with what the layer says of each; no personal field."""
    fields = {
        name: Column("m2" if name.endswith("_m2") else "text", "as in the layer")
        for name in PARCEL_FIELDS
        if name in parcels.before
    }
    told = rows.drop(columns="name").assign(**{name: parcels.before[name].array for name in fields})
    columns = {
        "key": COLUMNS["key"],
        **fields,
        **{name: COLUMNS[name] for name in COLUMNS if name in told and name != "key"},
    }
    return Table(told[list(columns)], columns)


def yard_table(rows: DataFrame, yards: Units, gates: Units | None) -> Table:
    """Return the breakdown `rows` of all yards with operator and nearest gate."""
    places = pd.concat([yards.after, yards.before]).drop_duplicates("key").set_index("key").reindex(rows["key"])
    gate, distance_m = nearest_gates(places.geometry, gates)
    operator = places["operator"].to_numpy() if "operator" in places else None
    columns = {
        **COLUMNS,
        "operator": _AS_IN_LAYER,
        "nearest_gate": Column("text", "name of the gate nearest to the outline of the yard"),
        "gate_distance_m": Column("m", "straight distance on the grid from the outline of the yard to the gate"),
    }
    return Table(rows.assign(operator=operator, nearest_gate=gate, gate_distance_m=distance_m)[list(columns)], columns)


def nearest_gates(shapes: GeoSeries, gates: Units | None) -> tuple[Any, Any]:
    """Return name of and distance (m, to the mm) to the gate nearest to each shape; no data without gates or shape."""
    names = np.full(len(shapes), None, dtype=object)
    distances_m = np.full(len(shapes), np.nan)
    if gates is not None:
        placed = np.flatnonzero(~(shapes.isna() | shapes.is_empty))
        found, distance = gates.before.sindex.nearest(shapes.values[placed], return_all=False, return_distance=True)
        names[placed[found[0]]] = gates.before["name"].to_numpy()[found[1]]
        distances_m[placed[found[0]]] = np.round(distance, 3)
    return names, distances_m


def gate_table(gates: Units, regions: Regions, accuracy_m: float) -> Table:
    """Return the state of every gate before and after."""
    how = "inside or outside; undecidable nearer to the line than its accuracy"
    points = gates.before.geometry.values
    rows = DataFrame(
        {
            "key": gates.before["key"],
            "name": gates.before["name"],
            "kind": gates.before.get("kind"),
            "state_base": point_states(points, regions.base, accuracy_m),
            "state_proposed": point_states(points, regions.proposed, accuracy_m),
        }
    )
    columns = {"key": COLUMNS["key"], "name": COLUMNS["name"], "kind": _AS_IN_LAYER}
    return Table(rows, {**columns, "state_base": Column("state", how), "state_proposed": Column("state", how)})


def point_states(points: Any, zone: Any, accuracy_m: float) -> Any:
    """Return inside, outside or undecidable for every point, shape (n,).

    Parameters
    ----------
    points : shapely points; one without a place is undecidable
    zone : shapely (multi)polygon
    accuracy_m : a point nearer to the line than this cannot be told; 0 takes the line as exact
    """
    near = shapely.distance(points, shapely.boundary(zone)) <= accuracy_m
    lost = shapely.is_missing(points) | shapely.is_empty(points)
    inside = shapely.intersects(zone, points)
    return np.select([lost | (near & (accuracy_m > 0)), inside], [UNDECIDABLE, INSIDE], OUTSIDE)
