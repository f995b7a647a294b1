"""Areas between two vintages of administrative units: old unit × new unit × what the scenario makes of the land."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame

from gis.cover import Cover, product
from gis.measure import MM2_PER_M2, IntArray
from gis.overlay import Shares, shares_mm2
from planning.breakdown import AREAS, COLUMNS
from planning.context import Units
from planning.proposal import Regions
from planning.record import Column, Table

NAME = "crosswalk."
# Where the word that two units belong together comes from.
LIST_AND_SHAPES, SHAPES_ONLY, SLIVER, LIST_ONLY = EVIDENCE = ("list_and_shapes", "shapes_only", "sliver", "list_only")
_PARTS = ("kept", "added", "removed")

_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "code of the older unit > code of the newer unit"),
    "old_code": Column("text", "key of the layer"),
    "old_name": Column("text", "name as in the layer"),
    "old_parent": Column("text", "as in the layer"),
    "new_code": Column("text", "key of the layer"),
    "new_name": Column("text", "name as in the layer"),
    "unit_m2": Column("m2", "planar grid area that the two units have in common, to 1 mm²"),
    **{name: COLUMNS[name] for name in AREAS if name != "unit_m2"},
    "share_of_old": Column("share", "unit_m2 / area of the older unit"),
    "share_of_new": Column("share", "unit_m2 / area of the newer unit"),
    "listed": Column("text", "as in the list of predecessors"),
    "evidence": Column("text", "list of predecessors, shapes, or both"),
}


def crosswalk(old: Units, new: Units, regions: Regions, pairs: DataFrame, accuracy_m: float = 0.0) -> DataFrame:
    """Return one row per pair of units that have land in common or that the list names, as the columns of the table.

    Parameters
    ----------
    old, new : two vintages
    regions : the zone before and after
    pairs : what the list tells, as from `planning.lineage.lineage`
    accuracy_m : how far apart outlines of the two vintages may lie where they are one; common land that the list does
        not know and that a strip of this width along the older unit can explain is a sliver

    Raises
    ------
    GeometryInvalid
    """
    fabric, (cover, whole) = old.fabric_before, _in_common(old, new)
    parts = _parts_mm2(old, new, cover, regions)
    rows = DataFrame({"old": whole.unit, "new": whole.cover, "unit_m2": whole.area_mm2})
    rows = rows.merge(parts, how="left", on=["old", "new"]).fillna(dict.fromkeys(_PARTS, 0))
    rows["base_m2"], rows["proposed_m2"] = rows["kept"] + rows["removed"], rows["kept"] + rows["added"]
    rows = rows.rename(columns={part: f"{part}_m2" for part in _PARTS})
    rows["share_of_old"] = _share(rows["unit_m2"].to_numpy(), fabric.area_mm2[rows["old"]])
    rows["share_of_new"] = _share(rows["unit_m2"].to_numpy(), new.fabric_before.area_mm2[rows["new"]])
    rows[list(AREAS)] = rows[list(AREAS)] / MM2_PER_M2
    rows["thin"] = rows["unit_m2"].to_numpy() <= accuracy_m * fabric.length_m[rows["old"]]
    rows["old"], rows["new"] = old.before["key"].to_numpy()[rows["old"]], new.before["key"].to_numpy()[rows["new"]]
    return _told(_with_list(rows, pairs), old, new)


def crosswalk_table(rows: DataFrame) -> Table:
    """Return the rows as a table of the Record."""
    return Table(rows, _COLUMNS)


@lru_cache(maxsize=4)
def _in_common(old: Units, new: Units) -> tuple[Cover, Shares]:
    """Return the newer units as a cover, and the land that each older one has in them: the same for many scenarios."""
    cover = Cover.from_frame(new.before, key="key")
    return cover, shares_mm2(old.fabric_before, cover)


def _parts_mm2(old: Units, new: Units, cover: Cover, regions: Regions) -> DataFrame:
    """Return how much of each pair is kept, added and removed: one pass over the product of both covers."""
    shapes = np.array([getattr(regions, part) for part in _PARTS], dtype=object)
    classes = product(cover, Cover.of_valid(np.array(_PARTS, dtype=object), shapes, cover.crs))
    found: Shares = shares_mm2(old.fabric_before, classes)
    place = {key: number for number, key in enumerate(new.before["key"])}
    number, part = (np.array([key[side] for key in classes.keys], dtype=object) for side in (0, 1))
    rows = DataFrame(
        {
            "old": found.unit,
            "new": np.array([place[key] for key in number], dtype=np.int64)[found.cover],
            "part": part[found.cover],
            "area": found.area_mm2,
        }
    )
    wide = rows.pivot_table(index=["old", "new"], columns="part", values="area", aggfunc="sum", fill_value=0)
    return wide.reindex(columns=list(_PARTS), fill_value=0).reset_index()


def _with_list(rows: DataFrame, pairs: DataFrame) -> DataFrame:
    """Add what the list says, and the pairs that it alone knows."""
    listed = pairs.rename(columns={"part": "listed"})[["old", "new", "listed"]]
    rows = rows.merge(listed, how="outer", on=["old", "new"])
    seen, named = rows["unit_m2"].notna(), rows["listed"].notna()
    sliver = seen & (rows["thin"] == True)  # noqa: E712 -- missing where only the list knows the pair
    rows["evidence"] = np.select([seen & named, sliver, seen], [LIST_AND_SHAPES, SLIVER, SHAPES_ONLY], LIST_ONLY)
    return rows.fillna(dict.fromkeys((*AREAS, "share_of_old", "share_of_new"), 0.0))


def _told(rows: DataFrame, old: Units, new: Units) -> DataFrame:
    """Return the rows with names, in the order of both vintages."""
    before, since = old.before.set_index("key"), new.before.set_index("key")
    parents = before["parent"] if "parent" in before else pd.Series(None, index=before.index, dtype=object)
    rows = rows.assign(
        key=rows["old"] + ">" + rows["new"],
        old_code=rows["old"],
        new_code=rows["new"],
        old_name=before["name"].reindex(rows["old"]).to_numpy(),
        new_name=since["name"].reindex(rows["new"]).to_numpy(),
        old_parent=parents.reindex(rows["old"]).to_numpy(),
    )
    return rows.sort_values(["old", "new"], ignore_index=True)[list(_COLUMNS)]


def _share(area: IntArray, whole: IntArray) -> npt.NDArray[np.float64]:
    share: npt.NDArray[np.float64] = np.divide(area, whole, out=np.full(len(area), np.nan), where=whole > 0)
    return share
