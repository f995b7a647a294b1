"""Yards that a scenario re-plans, before beside after: area, distance to the nearest gate, papers."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pandas import DataFrame, Series

from gis.measure import MM2_PER_M2, areas_mm2, to_m2
from layers import papers
from layers.shared import Same, rows_once
from layers.workspace import Workspace
from planning.affected import nearest_gates
from planning.context import Units
from planning.record import Column, Fact, Table

NAME = "yards_replanned"
NEW, GIVEN_UP, RESHAPED, CHANGED = CHANGES = ("new", "given_up", "reshaped", "changed")

_AREA = "planar grid area of the yard"
_GATE = "name of the gate nearest to the outline of the yard"
_DISTANCE = "straight distance on the grid from the outline of the yard to the gate"
_AS_IN_LAYER = "as in the layer"
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "change": Column("text", "what the scenario does to the yard"),
    "area_before_m2": Column("m2", _AREA),
    "area_after_m2": Column("m2", _AREA),
    "difference_m2": Column("m2", "area_after_m2 less area_before_m2"),
    "gate_before": Column("text", _GATE),
    "gate_distance_before_m": Column("m", _DISTANCE),
    "gate_after": Column("text", _GATE),
    "gate_distance_after_m": Column("m", _DISTANCE),
    "papers": Column("count", "rows of the papers table that belong to the yard"),
    "paper_kinds": Column("text", "kinds of those papers"),
    "dossier": Column("text", _AS_IN_LAYER),
    "licensed_area_m2": Column("m2", _AS_IN_LAYER),
    "beyond_licence_m2": Column("m2", "area_after_m2 less licensed_area_m2"),
}
_SUMMED = ("area_before_m2", "area_after_m2", "difference_m2")


def replanned_yards(yards: Units, gates: Units | None, workspace: Workspace) -> Table:
    """Return the yards that are not after the scenario what they were before it.

    Parameters
    ----------
    yards : before and after
    gates : points; None where there is no such layer
    workspace : whose papers count
    """
    before, after = _rows(yards.before), _rows(yards.after)
    keys = pd.Index([*before.index, *after.index]).unique()
    change = _changes(before, after, keys)
    changed = np.flatnonzero(change != "")
    keys, change = keys[changed], change[changed]
    there, then = after.reindex(keys), before.reindex(keys)
    told = DataFrame({"key": keys, "name": there["name"].fillna(then["name"]).array, "change": change})
    told = told.assign(**_measured("before", then, gates), **_measured("after", there, gates))
    told["difference_m2"] = _less(told["area_after_m2"], told["area_before_m2"])
    told["papers"], told["paper_kinds"] = _papers(workspace, keys)
    told["dossier"] = np.array(_said(there, then, "dossier"), dtype=object)
    told["licensed_area_m2"] = np.array(_said(there, then, "licensed_area_m2"), dtype=np.float64)
    told["beyond_licence_m2"] = _less(told["area_after_m2"], told["licensed_area_m2"])
    return Table(told[list(_COLUMNS)], _COLUMNS)


def replanning_facts(table: Table) -> Iterator[Fact]:
    """Yield how many yards are new, given up, reshaped and changed, and the areas of all."""
    rows = table.frame
    for change in CHANGES:
        yield Fact(
            f"{NAME}.{change}", int((rows["change"] == change).sum()), "count", "yards by what the scenario does"
        )
    for name in _SUMMED:
        total = int(np.rint(rows[name].to_numpy() * MM2_PER_M2).sum())
        yield Fact(f"{NAME}.total.{name}", to_m2(total), "m2", "sum of the rows")


def _rows(rows: GeoDataFrame) -> DataFrame:
    """Return the yards by key, without those whose shape was taken away."""
    there = ~(rows.geometry.isna() | rows.geometry.is_empty)
    return DataFrame(rows[there]).set_index("key")


def _changes(before: DataFrame, after: DataFrame, keys: pd.Index) -> npt.NDArray[np.object_]:
    """Return what the scenario does to each yard, shape (n,); an empty text where it does nothing."""
    stood, stands = before.index.get_indexer(keys), after.index.get_indexer(keys)
    both = np.flatnonzero((stood >= 0) & (stands >= 0))
    then, there = before.take(stood[both]), after.take(stands[both])
    shapes = [np.asarray(rows["geometry"].values, dtype=object) for rows in (then, there)]
    fields = [name for name in before.columns if name != "geometry"]
    retold = np.logical_or.reduce([_differ(then[name], there.get(name)) for name in fields])
    change = np.select([stood < 0, stands < 0], [NEW, GIVEN_UP], "").astype(object)
    change[both] = np.select([~shapely.equals(*shapes), retold], [RESHAPED, CHANGED], "")
    return change


def _differ(then: Series, there: Series | None) -> npt.NDArray[np.bool_]:
    """Tell which values are not what they were, shape (n,); nothing is as good as no such field."""
    old = then.to_numpy(dtype=object)
    new = np.full(len(then), None, dtype=object) if there is None else there.to_numpy(dtype=object)
    nothing, still_nothing = pd.isna(old), pd.isna(new)
    return np.asarray((nothing != still_nothing) | (~nothing & ~still_nothing & (old != new)), dtype=np.bool_)


def _measured(side: str, rows: DataFrame, gates: Units | None) -> dict[str, Any]:
    shapes = np.asarray(rows["geometry"].values, dtype=object)
    gate, distance_m = nearest_gates(GeoSeries(shapes), gates)
    area_m2 = areas_mm2(shapes) / MM2_PER_M2
    return {f"area_{side}_m2": area_m2, f"gate_{side}": gate, f"gate_distance_{side}_m": distance_m}


def _said(there: DataFrame, then: DataFrame, field: str) -> list[Any]:
    """Return what the layer says of each yard after the scenario, else before it; None where it says nothing."""
    both = [rows[field] if field in rows else Series(None, index=rows.index, dtype=object) for rows in (there, then)]
    return [next((one for one in pair if not pd.isna(one)), None) for pair in zip(*both, strict=True)]


def _less(area_m2: Series, other_m2: Series) -> Series:
    return ((area_m2 - other_m2) * MM2_PER_M2).round() / MM2_PER_M2


def _papers(workspace: Workspace, keys: pd.Index) -> tuple[Any, Any]:
    """Return how many papers each yard has and of which kinds; no data where the project holds no papers."""
    if not workspace.has(papers.SCHEMA.name):
        return np.full(len(keys), np.nan), np.full(len(keys), None, dtype=object)
    found = _kinds_of_papers(Same(rows_once(workspace, papers.SCHEMA.name)))
    kinds = [found.get(key, ()) for key in keys]
    told = ["; ".join(dict.fromkeys(kind for kind in some if not pd.isna(kind))) if some else None for some in kinds]
    return np.array([len(some) for some in kinds], dtype=np.int64), np.array(told, dtype=object)


@lru_cache(maxsize=2)
def _kinds_of_papers(papers: Same) -> dict[str, list[str]]:
    """Return the kind of every paper of each yard, by its key."""
    rows = papers.frame
    found: dict[str, list[str]] = {}
    for key, kind in rows.loc[(rows["layer"] == "yards").to_numpy(), ["feature", "kind"]].itertuples(index=False):
        found.setdefault(key, []).append(kind)
    return found
