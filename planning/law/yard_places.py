"""Where yards stand, before and after, how far from the gate areas, and how large they are."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame

from gis.measure import MM2_PER_M2, areas_mm2
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
    sides = (context.yards.after, context.yards.before)
    every = pd.concat(sides if side == "proposed" else sides[::-1]).drop_duplicates("key").set_index("key")
    yards = every.reindex(rows["key"])
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
    known, unknown, accuracies = [], [], [0.0]
    for units, words in ((context.gates, clause.words["gate"]), (context.functional_areas, clause.words["gate_area"])):
        if units is None:
            continue
        rows = units.after if side == "proposed" else units.before
        kind = rows["kind"] if "kind" in rows else pd.Series(None, index=rows.index, dtype=object)
        chosen = that_speak_of(kind, words)
        known += list(rows.geometry.values[chosen])
        unknown += list(rows.geometry.values[kind.isna().to_numpy()]) if _are_gates(units) else []
        accuracies += list(_stated_accuracy(rows)[chosen])
    return shapely.union_all(known), shapely.union_all(unknown), float(max(accuracies))


def _are_gates(units: Units) -> bool:
    # A functional area without a kind is most likely no gate area; a gate without one is a gate.
    return units.layer == "gates"


def _distances(shapes: Any, places: Any) -> Any:
    """Return the distance to the nearest place, to the mm; NaN for a missing shape and where there is no place."""
    return np.round(shapely.distance(shapes, places), 3)


def _stated_accuracy(rows: DataFrame) -> Any:
    stated = rows["accuracy_m"] if "accuracy_m" in rows else pd.Series(0.0, index=rows.index)
    return pd.to_numeric(stated, errors="coerce").fillna(0.0).to_numpy()
