"""Areas of the change by unit: how much of each commune, functional area, parcel … is kept, added, removed.

Every table closes: its rows sum to its total, and what the zone has beyond the rows is the residual, a fact of
its own. All sums are of whole square millimetres.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.cover import Cover
from gis.fabric import Fabric
from gis.measure import MM2_PER_M2, IntArray, to_m2, to_mm2
from gis.overlay import dense_mm2
from gis.states import (
    CROSSED,
    INSIDE,
    OUTSIDE,
    STATES,
    UNDECIDABLE,
    Uncertain,
    states,
    states_within,
    uncertain_of_each,
)
from layers.workspace import Workspace
from planning.cadastre import NO_VALUE
from planning.context import Units
from planning.established_line import uncertain_of_both
from planning.proposal import REGIONS, Regions
from planning.record import Column, Fact, Table

AREAS = ("unit_m2", *(f"{region}_m2" for region in REGIONS))

_AREA = "planar grid area of the overlay in the project's CRS, rounded to 1 mm² per unit"
_STATE = "four states against the line, by its stated accuracy"
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "unit_m2": Column("m2", "planar grid area of the unit"),
    **{f"{region}_m2": Column("m2", _AREA) for region in REGIONS},
    "share_base": Column("share", "base_m2 / area of the unit before"),
    "share_proposed": Column("share", "proposed_m2 / unit_m2"),
    "share_proposed_min": Column("share", "share that is inside whatever the error of the line, within its accuracy"),
    "share_proposed_max": Column("share", "share that may be inside, within the accuracy of the line"),
    "state_base": Column("state", _STATE),
    "state_proposed": Column("state", _STATE),
}
GROSS = Column("m2", "sum of the areas, overlaps counted each time")


def by_unit(units: Units, regions: Regions, accuracy_m: float, workspace: Workspace | None = None) -> DataFrame:
    """Return areas and states of every unit, as the columns `COLUMNS`.

    Parameters
    ----------
    units : one layer before and after
    regions : the zone before and after
    accuracy_m : stated accuracy of its line; 0 takes it as exact
    workspace : where what no scenario changes is kept

    Raises
    ------
    GeometryInvalid
    """
    if units.changes_nothing:
        keys, names = units.before["key"], units.before["name"]
        areas = _areas_mm2(units.fabric_before, regions)
        inside_mm2 = np.stack([areas["base_m2"], areas["proposed_m2"]])
        then, now = states_within(units.fabric_before, inside_mm2, _uncertain(units, regions, accuracy_m, workspace))
    else:
        keys, names = _keys_and_names(units)
        areas = _changed_areas_mm2(units, pd.Index(keys), regions)
        then = states(units.fabric_before, regions.base, accuracy_m).set_axis(units.before["key"]).reindex(keys)
        now = states(units.fabric_after, regions.proposed, accuracy_m).set_axis(units.after["key"]).reindex(keys)
    before, after = areas["before_m2"], areas["unit_m2"]
    # A unit without a shape has no data, which is not an area of zero; one whose shape was taken away is gone.
    known, gone = (before > 0) | (after > 0), (before > 0) & (after == 0)
    state = now["state"].fillna(OUTSIDE)
    return DataFrame(
        {
            "key": keys.array,
            "name": names.array,
            **{column: np.where(known, areas[column] / MM2_PER_M2, np.nan) for column in AREAS},
            "share_base": _share(areas["base_m2"], before),
            "share_proposed": _share(areas["proposed_m2"], areas["unit_m2"]),
            "share_proposed_min": now["share_min"].to_numpy(),
            "share_proposed_max": now["share_max"].to_numpy(),
            # A unit that one side does not have is outside there.
            "state_base": then["state"].fillna(OUTSIDE).array,
            "state_proposed": state.mask(gone, OUTSIDE).array if gone.any() else state.array,
        }
    )


def _uncertain(units: Units, regions: Regions, accuracy_m: float, workspace: Workspace | None) -> list[Uncertain]:
    if workspace is None or accuracy_m <= 0:
        return uncertain_of_each(units.fabric_before, [regions.base, regions.proposed], accuracy_m)
    return uncertain_of_both(workspace, units, regions, accuracy_m)


def _keys_and_names(units: Units) -> tuple[Series, Series]:
    """Return the keys of both sides, those from before first, and the newer name of each."""
    keys = pd.concat([units.before["key"], units.after["key"]]).drop_duplicates()
    names = pd.concat([units.after, units.before])[["key", "name"]].drop_duplicates("key").set_index("key")["name"]
    return keys, names.reindex(keys)


def by_class(units: DataFrame, classes: Series, titles: Mapping[str, str]) -> DataFrame:
    """Return the sums of `units` (as from `by_unit`) by class; a class is what its units are.

    Parameters
    ----------
    units : one row per unit, shape (n,)
    classes : class of each unit, shape (n,)
    titles : name by class, where it has one
    """
    group, names = pd.factorize(classes, sort=True)
    in_mm2 = DataFrame({column: to_mm2(units[column].fillna(0)) for column in AREAS})
    sums = in_mm2.groupby(group).sum().set_axis(names)
    table = DataFrame({"key": sums.index, "name": [titles.get(key, key) for key in sums.index]})
    for column in AREAS:
        table[column] = sums[column].to_numpy() / MM2_PER_M2
    for region in ("base", "proposed"):
        some = dict(zip(STATES, _some_by_state(group, len(names), units[f"state_{region}"]), strict=True))
        cut = some[CROSSED] | (some[INSIDE] & some[OUTSIDE])
        table[f"share_{region}"] = _share(sums[f"{region}_m2"], sums["unit_m2"])
        table[f"state_{region}"] = np.select(
            [cut, some[UNDECIDABLE], some[INSIDE]], [CROSSED, UNDECIDABLE, INSIDE], OUTSIDE
        )
    return table[[name for name in COLUMNS if name in table]]


def _some_by_state(group: Any, groups: int, state: Series) -> npt.NDArray[np.bool_]:
    """Return which groups have a unit of each state, shape (states, groups)."""
    codes = pd.Categorical(state, categories=STATES).codes.astype(np.int64)
    counts = np.bincount(codes * groups + group, minlength=groups * len(STATES))
    return counts.reshape(len(STATES), groups) > 0


def by_kind(units: Units, regions: Regions, accuracy_m: float, workspace: Workspace | None = None) -> DataFrame:
    """Return one row per kind, net of overlaps within the kind; ``gross_m2`` counts an overlap each time."""
    united, gross_mm2 = _united(units)
    table = by_unit(united, regions, accuracy_m, workspace)
    return table.assign(gross_m2=gross_mm2.reindex(table["key"]).to_numpy() / MM2_PER_M2)


@lru_cache(maxsize=2)
def _united(units: Units) -> tuple[Units, Series]:
    """Return the land of each kind, and its area with overlaps counted each time: the same for many scenarios."""
    each = units.fabric_before  # checked before anything is joined
    kinds = (units.before["kind"] if "kind" in units.before else units.before["key"]).fillna(NO_VALUE).to_numpy()
    shapes = units.before.geometry.groupby(kinds).agg(lambda some: shapely.union_all(some.values))
    rows = GeoDataFrame({"key": shapes.index, "name": shapes.index}, geometry=shapes.to_numpy(), crs=units.before.crs)
    return Units(units.layer, rows, rows), Series(each.area_mm2).groupby(kinds).sum()


def table_of(rows: DataFrame) -> Table:
    """Return the rows of a breakdown as a table of the Record."""
    return Table(rows, {name: {**COLUMNS, "gross_m2": GROSS}[name] for name in rows.columns})


def closing_facts(name: str, rows: DataFrame, areas_mm2: Mapping[str, int]) -> Iterator[Fact]:
    """Yield total and residual of the area columns: what the rows sum to, and what the zone has beyond them.

    Parameters
    ----------
    name : of the table
    rows : its rows
    areas_mm2 : area of each region of the zone
    """
    for column in AREAS:
        total = int(to_mm2(rows[column].fillna(0)).sum())
        yield Fact(f"{name}.total.{column}", to_m2(total), "m2", "sum of the rows")
        region = column.removesuffix("_m2")
        if region in areas_mm2:
            how = f"area_m2.{region} less the sum of the rows"
            yield Fact(f"{name}.residual_m2.{region}", to_m2(areas_mm2[region] - total), "m2", how)
    if rows["unit_m2"].isna().any():
        how = "rows whose shape is missing or empty: no data"
        yield Fact(f"{name}.without_shape", int(rows["unit_m2"].isna().sum()), "count", how)
    if "gross_m2" in rows:
        yield Fact(f"{name}.gross_m2", to_m2(int(to_mm2(rows["gross_m2"]).sum())), "m2", GROSS.how)


def _areas_mm2(fabric: Fabric, regions: Regions) -> dict[str, Any]:
    kept, added, removed = _inside_mm2(fabric, regions.kept, regions.added, regions.removed)
    return {
        "before_m2": fabric.area_mm2,
        "unit_m2": fabric.area_mm2,
        "base_m2": kept + removed,
        "proposed_m2": kept + added,
        "kept_m2": kept,
        "added_m2": added,
        "removed_m2": removed,
    }


def _changed_areas_mm2(units: Units, keys: pd.Index, regions: Regions) -> dict[str, Any]:
    """Return the areas where the units themselves change: each side is measured in its own zone."""
    old, new = (frame.set_index("key").geometry.reindex(keys) for frame in (units.before, units.after))
    base, proposed, kept = (
        _inside_mm2(Fabric.from_frame(GeoDataFrame(geometry=shapes.to_numpy(), crs=old.crs)), region)[0]
        for shapes, region in (
            (old, regions.base),
            (new, regions.proposed),
            (old.intersection(new, align=False), regions.kept),
        )
    )
    return {
        "before_m2": to_mm2(old.area.fillna(0)),
        "unit_m2": to_mm2(np.where(new.isna(), old.area.fillna(0), new.area.fillna(0))),
        "base_m2": base,
        "proposed_m2": proposed,
        "kept_m2": kept,
        "added_m2": proposed - kept,
        "removed_m2": base - kept,
    }


def _inside_mm2(fabric: Fabric, *areas: Any) -> IntArray:
    """Return what of each unit lies in each of the areas, in mm², shape (areas, units)."""
    cover = Cover.of_valid(np.arange(len(areas)).astype(object), np.array(areas, dtype=object), fabric.crs)
    return dense_mm2(fabric, cover)


def _share(part: Any, whole: Any) -> Any:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.asarray(whole) > 0, np.asarray(part) / np.asarray(whole), np.nan)
