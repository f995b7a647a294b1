"""Where yards stand, before and after, how far from the gate areas, and how large they are."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.measure import MM2_PER_M2, areas_mm2
from layers.shared import Same
from planning.context import Context, Units
from planning.law.rule_set import Clause
from planning.law.wording import that_speak_of
from planning.record import Table

Side = Literal["base", "proposed"]


def yard_rows(context: Context, tables: Mapping[str, Table], side: Side = "proposed") -> DataFrame | None:
    """Return one row per yard before or after; None without such a layer.

    Parameters
    ----------
    side : whose shapes, kinds and areas are told; a yard that this side does not have is told as on the other one

    Returns
    -------
    DataFrame with ``key``, ``name``, ``kind``, ``state_base``, ``state_proposed``, ``area_m2`` as drawn, ``least_m2``
    and ``most_m2`` (drawn and licensed area, and the stated accuracy of the outline), ``accuracy_m``, ``shape``.
    """
    if context.yards is None:
        return None
    rows = tables["yards"].frame
    yards = _of_both(context.yards, side, rows["key"])
    accuracy_m = _stated_accuracy(yards)
    return DataFrame(
        {
            **{name: rows[name].astype(object).to_numpy() for name in ("key", "name", "state_base", "state_proposed")},
            "kind": yards["kind"].to_numpy() if "kind" in yards else np.full(len(rows), None, dtype=object),
            **_sizes(yards, accuracy_m),
            "accuracy_m": accuracy_m,
            "shape": np.asarray(yards.geometry.values, dtype=object),
        }
    )


def _of_both(units: Units, side: Side, keys: Any) -> GeoDataFrame:
    """Return the yards of both sides in the order of `keys`, each as it is on one of them if it is there."""
    here, there = (units.after, units.before) if side == "proposed" else (units.before, units.after)
    if here is not there:
        here = pd.concat([here, there[~there["key"].isin(here["key"])]], ignore_index=True)
    return here.take(pd.Index(here["key"]).get_indexer(keys))


def with_distances(yards: DataFrame, context: Context, clause: Clause, side: Side = "proposed") -> DataFrame:
    """Return the yards with their distance to the gate areas.

    Parameters
    ----------
    clause : its words ``gate`` and ``gate_area`` name the kinds of gates and of functional areas that are gate areas

    Returns
    -------
    DataFrame, beside the columns of `yard_rows`: ``distance_m`` to the nearest gate or gate area of a known kind (NaN
    without one), ``nearest_m`` also counting gates whose kind nobody states, ``margin_m`` of both ends.
    """
    known, unknown, accuracy_m = _gates(context, clause, side)
    distance_m = _distances(yards["shape"], known)
    return yards.assign(
        distance_m=distance_m,
        nearest_m=np.fmin(distance_m, _distances(yards["shape"], unknown)),
        margin_m=yards["accuracy_m"] + accuracy_m,
    )


def standing(yards: Units, keys: Any) -> tuple[Any, Any]:
    """Tell which of the yards there are before and after, shape (n,) each; one whose shape was taken away is gone."""
    return _there(yards.before, keys), _there(yards.after, keys)


def _there(rows: DataFrame, keys: Any) -> Any:
    shapes = rows["geometry"].to_numpy(dtype=object)
    return pd.Series(keys).isin(rows["key"][~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]).to_numpy()


def _sizes(yards: DataFrame, accuracy_m: Any) -> dict[str, Any]:
    shapes = np.asarray(yards.geometry.values, dtype=object)
    drawn_m2 = areas_mm2(shapes) / MM2_PER_M2
    drawn_m2 = np.where(drawn_m2 > 0, drawn_m2, np.nan)
    margin_m2 = accuracy_m * shapely.length(shapes)
    licensed_m2 = yards["licensed_area_m2"].to_numpy() if "licensed_area_m2" in yards else np.full(len(yards), np.nan)
    return {
        "area_m2": drawn_m2,
        "least_m2": np.fmin(drawn_m2 - margin_m2, licensed_m2),
        "most_m2": np.fmax(drawn_m2 + margin_m2, licensed_m2),
    }


def _gates(context: Context, clause: Clause, side: Side) -> tuple[Any, Any, float]:
    """Return gates and gate areas of a known kind, gates of no stated kind, and how far they may be off."""
    layers = ((context.gates, clause.words["gate"]), (context.functional_areas, clause.words["gate_area"]))
    return _places(
        tuple(
            (Same(units.after if side == "proposed" else units.before), tuple(words), _are_gates(units))
            for units, words in layers
            if units is not None
        )
    )


def _are_gates(units: Units) -> bool:
    # A functional area without a kind is most likely no gate area; a gate without one is a gate.
    return units.layer == "gates"


@lru_cache(maxsize=4)
def _places(layers: tuple[tuple[Same, tuple[str, ...], bool], ...]) -> tuple[Any, Any, float]:
    """Return the same of layers, each with the words for its gates, and whether one without a kind is a gate."""
    known, unknown, accuracies = [], [], [0.0]
    for same, words, are_gates in layers:
        rows = same.frame
        kind = rows["kind"] if "kind" in rows else pd.Series(None, index=rows.index, dtype=object)
        chosen = that_speak_of(kind, words)
        known += list(rows.geometry.values[chosen])
        unknown += list(rows.geometry.values[kind.isna().to_numpy()]) if are_gates else []
        accuracies += list(_stated_accuracy(rows)[chosen])
    return shapely.union_all(known), shapely.union_all(unknown), float(max(accuracies))


def _distances(shapes: Any, places: Any) -> Any:
    """Return the distance to the nearest place, to the mm; NaN for a missing shape and where there is no place."""
    return np.round(shapely.distance(shapes, places), 3)


def _stated_accuracy(rows: DataFrame) -> Any:
    stated = rows["accuracy_m"] if "accuracy_m" in rows else pd.Series(0.0, index=rows.index)
    return pd.to_numeric(stated, errors="coerce").fillna(0.0).to_numpy()
