"""The ground of yards against their papers: drawn, leased and licensed area, and land that is not theirs.

What a yard touches is told by the kernel's four states: an outline that only runs along a road or a neighbour touches
nothing, one that reaches over it within the accuracy of both lines is undecidable. Parcels that the papers lease are
named in the field ``parcels``; where nobody names them, parcels that the outline cuts are counted, and that is all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame

from gis.measure import MM2_PER_M2, areas_mm2
from gis.states import CROSSED, INSIDE, OUTSIDE, UNDECIDABLE
from gis.text import nfc
from layers import infrastructure, parcels, yards
from layers.workspace import Workspace
from planning.cadastre import Cadastre
from planning.parcel_layers import CheckedLayer, checked_layer
from planning.proposal import Proposal
from planning.record import Column
from planning.yard_touching import LEASED, NOT_LEASED, NOT_TOLD, TOUCHING, areas_of, parcels_near, touched

# Areas of papers are rounded to 0.1 m² (LD-05).
_ROUNDING_M2 = 0.05
# How the drawn area stands against that of a paper.
AGREES, LARGER, SMALLER = "agrees", "larger", "smaller"
_SEPARATOR = ";"
_AS_IN_LAYER = "as in the layer"
_AGAINST = "drawn area against that of the paper, within its rounding and the stated accuracy of the outline"
_OVER = "whether the yard lies over any of it: four states within the accuracy of both lines"
_OVER_M2 = "area of the yard over any of it, as drawn"

GROUND: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "operator": Column("text", _AS_IN_LAYER),
    "area_m2": Column("m2", "planar grid area of the yard"),
    "leased_area_m2": Column("m2", _AS_IN_LAYER),
    "drawn_less_leased_m2": Column("m2", "area_m2 less leased_area_m2"),
    "against_lease": Column("text", _AGAINST),
    "licensed_area_m2": Column("m2", _AS_IN_LAYER),
    "drawn_less_licensed_m2": Column("m2", "area_m2 less licensed_area_m2"),
    "against_licence": Column("text", _AGAINST),
    "over_infrastructure": Column("state", _OVER),
    "over_infrastructure_m2": Column("m2", _OVER_M2),
    "over_neighbours": Column("state", _OVER),
    "over_neighbours_m2": Column("m2", _OVER_M2),
    "over_parcels": Column("state", "whether the yard lies over parcels that its papers do not lease"),
    "over_parcels_m2": Column("m2", "area of the yard over parcels that its papers do not lease, as drawn"),
    "cut_parcels": Column("count", "parcels of which a part is surely in the yard and a part surely not"),
    "unknown_parcels": Column("text", "leased parcels that the parcel layer does not have"),
}
_LAYERS = {infrastructure.SCHEMA.name: "over_infrastructure", yards.SCHEMA.name: "over_neighbours"}


@dataclass(frozen=True, eq=False)
class Ground:
    """The ground of yards.

    Attributes
    ----------
    rows : one per yard, columns `GROUND`
    touching : one per yard and feature that it may lie over, columns `TOUCHING`
    no_data : layers and accuracies that nobody supplied
    """

    rows: DataFrame
    touching: DataFrame
    no_data: tuple[str, ...]


def ground_of(workspace: Workspace, rows: DataFrame, proposal: Proposal | None = None) -> Ground:
    """Return what the yards stand on.

    Parameters
    ----------
    rows : yards with ``key``, ``name`` and their fields, as the proposal has them; shape (n,)
    proposal : what a scenario proposes; None for the layers as established
    """
    own = checked_layer(workspace, yards.SCHEMA.name, proposal)
    if own is None:
        return Ground(DataFrame(columns=list(GROUND)), DataFrame(columns=list(TOUCHING)), ())
    built, leased = checked_layer(workspace, infrastructure.SCHEMA.name), _leased(rows)
    found = [touched(own, areas_of(one)) for one in (built, own) if one is not None]
    unknown = dict.fromkeys(rows["key"])
    if workspace.has(parcels.SCHEMA.name):
        cadastre = Cadastre.open(workspace)
        found.append(_related(touched(own, parcels_near(cadastre, own)), leased))
        known = set(cadastre.written_keys) if leased else set()
        unknown |= {key: "; ".join(sorted(keys - known)) for key, keys in leased.items()}
    touching = pd.concat([one for one in found if len(one)] or found[:1], ignore_index=True)
    told = DataFrame({"key": rows["key"].to_numpy(dtype=object), "name": rows["name"].to_numpy(dtype=object)})
    told = told.assign(operator=_field(rows, "operator"), **_areas(rows, own))
    for layer, column in _LAYERS.items():
        there = layer == yards.SCHEMA.name or built is not None
        told = told.assign(**_over(touching[touching["layer"] == layer], told, column, known=np.full(len(told), there)))
    listed = told["key"].isin(list(leased)).to_numpy()
    foreign = touching[touching["relation"] == NOT_LEASED]
    told = told.assign(**_over(foreign, told, "over_parcels", known=listed & workspace.has(parcels.SCHEMA.name)))
    told["cut_parcels"] = _cut(touching, told) if workspace.has(parcels.SCHEMA.name) else np.nan
    told["unknown_parcels"] = [unknown[key] for key in told["key"]]
    return Ground(told[list(GROUND)], touching, _missing(own, built))


def _areas(rows: DataFrame, own: CheckedLayer) -> dict[str, Any]:
    """Return the drawn area, and how it stands against the papers."""
    at = pd.Index(own.rows["key"]).get_indexer(rows["key"])
    shapes = own.shapes[at]
    area_m2 = areas_mm2(shapes) / MM2_PER_M2
    area_m2 = np.where(area_m2 > 0, area_m2, np.nan)
    margin_m2 = _ROUNDING_M2 + own.accuracy_m[at] * np.nan_to_num(shapely.length(shapes))
    told: dict[str, Any] = {"area_m2": area_m2}
    for paper, field in (("lease", "leased_area_m2"), ("licence", "licensed_area_m2")):
        stated_m2 = pd.to_numeric(pd.Series(_field(rows, field)), errors="coerce").to_numpy(dtype=np.float64)
        less_m2 = np.round((area_m2 - stated_m2) * MM2_PER_M2) / MM2_PER_M2
        against = np.select([less_m2 > margin_m2, less_m2 < -margin_m2], [LARGER, SMALLER], AGREES).astype(object)
        against[np.isnan(less_m2)] = None
        name = field.removesuffix("_area_m2")
        told |= {field: stated_m2, f"drawn_less_{name}_m2": less_m2, f"against_{paper}": against}
    return told


def _over(pairs: DataFrame, told: DataFrame, column: str, known: Any) -> dict[str, Any]:
    """Return state and area of what each yard lies over; no data where that is not known.

    Overlaps of the features with each other count each time: roads that cross are two claims on the land.
    """
    sums = pairs.groupby("yard")[["area_m2", "area_min_m2", "area_max_m2"]].sum().reindex(told["key"]).fillna(0.0)
    area, least, most = (sums[name].to_numpy() for name in sums)
    whole = told["area_m2"].to_numpy()
    state = np.select([least >= whole - _ROUNDING_M2, least > 0, most > 0], [INSIDE, CROSSED, UNDECIDABLE], OUTSIDE)
    known = known & ~np.isnan(whole)
    told_state = state.astype(object)
    told_state[~known] = None
    return {column: told_state, f"{column}_m2": np.where(known, area, np.nan)}


def _cut(touching: DataFrame, told: DataFrame) -> Any:
    cut = touching[(touching["layer"] == parcels.SCHEMA.name) & (touching["state"] == CROSSED)]
    return cut.groupby("yard").size().reindex(told["key"]).fillna(0).to_numpy(dtype=np.float64)


def _leased(rows: DataFrame) -> Mapping[str, frozenset[str]]:
    """Return the parcels that the papers of each yard lease; a yard that names none is not there."""
    named = zip(rows["key"], _field(rows, "parcels"), strict=True)
    split = {key: nfc(text).split(_SEPARATOR) for key, text in named if isinstance(text, str)}
    lists = {key: frozenset(one.strip() for one in parts if one.strip()) for key, parts in split.items()}
    return {key: keys for key, keys in lists.items() if keys}


def _related(touching: DataFrame, leased: Mapping[str, frozenset[str]]) -> DataFrame:
    relation = [
        NOT_TOLD if yard not in leased else LEASED if feature in leased[yard] else NOT_LEASED
        for yard, feature in zip(touching["yard"], touching["feature"], strict=True)
    ]
    return touching.assign(relation=np.array(relation, dtype=object))


def _field(rows: DataFrame, name: str) -> Any:
    if name not in rows:
        return np.full(len(rows), None, dtype=object)
    return rows[name].astype(object).where(rows[name].notna(), None).to_numpy()


def _missing(own: CheckedLayer, built: CheckedLayer | None) -> tuple[str, ...]:
    accuracy = ("yards.accuracy_m",) if own.rows["accuracy_m"].isna().any() else ()
    return (*(() if built is not None else (infrastructure.SCHEMA.name,)), *accuracy)
