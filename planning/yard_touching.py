"""What yards lie over: roads and waters, neighbours, parcels; each pair with its area, interval and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame

from gis.bound import SNAP_M
from gis.class_states import CoverLines
from gis.fabric import Fabric
from gis.measure import MM2_PER_M2, to_mm2
from gis.states import OUTSIDE, STATES
from layers import parcels
from layers.withheld import withheld
from planning.cadastre import Cadastre
from planning.parcel_layers import CheckedLayer
from planning.record import Column

_AS_IN_LAYER = "as in the layer"
# What a parcel is to the yard that touches it, by the papers of the yard.
LEASED, NOT_LEASED, NOT_TOLD = "leased", "not_leased", "not_told"

TOUCHING: Mapping[str, Column] = {
    "key": Column("text", "yard, layer and feature"),
    "yard": Column("text", "key of the yard"),
    "layer": Column("text", "layer that was asked"),
    "feature": Column("text", "key of the feature in its layer"),
    "feature_name": Column("text", "name as in the layer"),
    "feature_kind": Column("text", _AS_IN_LAYER),
    "relation": Column("text", "what the papers of the yard say of the parcel"),
    "state": Column("state", "the feature against the outline of the yard, within the accuracy of both"),
    "area_m2": Column("m2", "common area as drawn"),
    "area_min_m2": Column("m2", "common area at least, within the accuracy of both lines"),
    "area_max_m2": Column("m2", "common area at most, within the accuracy of both lines"),
}


@dataclass(frozen=True, eq=False)
class Others:
    """What yards may lie over: areas of one layer.

    Attributes
    ----------
    fabric : the areas, shape (n,)
    key, name, kind : of each, shape (n,)
    accuracy_m : the worst that is stated
    """

    layer: str
    fabric: Fabric
    key: Any
    name: Any
    kind: Any
    accuracy_m: float


def areas_of(layer: CheckedLayer) -> Others:
    """Return the areas of a layer."""
    at, told = layer.areas, layer.told
    fabric = Fabric.of_valid(layer.shapes[at], layer.rows.crs)
    key, name, kind = (told[one][at] for one in ("key", "name", "kind"))
    return Others(layer.name, fabric, key, name, kind, _worst(layer.accuracy_m[at]))


def parcels_near(cadastre: Cadastre, own: CheckedLayer) -> Others:
    """Return the parcels whose boxes meet that of a yard, without defence land; no other is looked at again."""
    whole, boxes = cadastre.fabric, shapely.bounds(own.shapes[own.areas])
    west, south, east, north = (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)) if len(boxes) else (np.inf,) * 4
    bounds = whole.bounds
    around = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    near = np.flatnonzero(around)
    found, _ = shapely.STRtree(shapely.box(*boxes.T)).query(shapely.box(*bounds[near].T))
    near = near[np.unique(found)]
    told = cadastre.fields(("land_use", "legal_use", "planned_use", "accuracy_m")).iloc[near]
    shown = ~withheld(told)
    chosen, stated = near[shown], pd.to_numeric(told["accuracy_m"], errors="coerce").to_numpy()[shown]
    keys = cadastre.written_keys.iloc[chosen].to_numpy(dtype=object)
    nothing = np.full(len(chosen), None, dtype=object)
    return Others(parcels.SCHEMA.name, whole.part(chosen), keys, keys, nothing, _worst(stated[~np.isnan(stated)]))


def touched(own: CheckedLayer, others: Others) -> DataFrame:
    """Return the pairs of a yard and a feature that it may lie over, columns `TOUCHING`; no yard touches itself."""
    lines = CoverLines.over(others.fabric, own.cover, own.accuracy_m[own.areas] + others.accuracy_m)
    found = lines.states()
    yard, feature = np.asarray(own.cover.keys, dtype=object)[found.cover], others.key[found.unit]
    kept = found.state != STATES.index(OUTSIDE)
    if others.layer == own.name:
        kept &= yard != feature
    found, yard, feature = found.taken(kept), yard[kept], feature[kept]
    # Within the snapping tolerance along the outline there is no land.
    slack = to_mm2(others.fabric.length_m[found.unit] * SNAP_M)
    least = np.where(found.least_mm2 > slack, found.least_mm2, 0)
    frame = DataFrame(
        {
            "key": _numbered(yard + "/" + np.full(len(yard), others.layer, dtype=object) + "/" + feature),
            "yard": yard,
            "layer": np.full(len(yard), others.layer, dtype=object),
            "feature": feature,
            "feature_name": others.name[found.unit],
            "feature_kind": others.kind[found.unit],
            "relation": np.full(len(yard), "", dtype=object),
            "state": np.array(STATES, dtype=object)[found.state],
            "area_m2": found.area_mm2 / MM2_PER_M2,
            "area_min_m2": least / MM2_PER_M2,
            "area_max_m2": found.most_mm2 / MM2_PER_M2,
        }
    )
    return frame[list(TOUCHING)]


def _numbered(keys: Any) -> Any:
    told = pd.Series(keys, dtype=object)
    repeat = told.groupby(told).cumcount()
    return told.where(repeat == 0, told + "#" + (repeat + 1).astype(str)).to_numpy(dtype=object)


def _worst(accuracy_m: Any) -> float:
    return float(np.max(accuracy_m, initial=0.0))
