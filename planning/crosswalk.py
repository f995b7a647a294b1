"""Areas between two vintages of administrative units: old unit × new unit × what the scenario makes of the land."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from gis.cover import Cover, product
from gis.fabric import Fabric
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
    kept, added, removed = _parts_mm2(fabric, cover, whole, regions)
    parts_mm2 = (whole.area_mm2, kept + removed, kept + added, kept, added, removed)
    figures = {
        **{name: area / MM2_PER_M2 for name, area in zip(AREAS, parts_mm2, strict=True)},
        "share_of_old": _share(whole.area_mm2, fabric.area_mm2[whole.unit]),
        "share_of_new": _share(whole.area_mm2, new.fabric_before.area_mm2[whole.cover]),
    }
    codes = [units.before["key"].to_numpy(dtype=object) for units in (old, new)]
    seen = list(zip(codes[0][whole.unit], codes[1][whole.cover], strict=True))
    thin = whole.area_mm2 <= accuracy_m * fabric.length_m[whole.unit]
    listed = dict(zip(zip(pairs["old"], pairs["new"], strict=True), pairs["part"], strict=True))
    unseen = [pair for pair in listed if pair not in set(seen)]
    evidence = [
        LIST_AND_SHAPES if pair in listed else SLIVER if narrow else SHAPES_ONLY
        for pair, narrow in zip(seen, thin.tolist(), strict=True)
    ]
    every = [*seen, *unseen]
    columns = {
        **_named(every, old, new),
        **{name: np.append(figure, np.zeros(len(unseen))) for name, figure in figures.items()},
        "listed": np.array([listed.get(pair) for pair in every], dtype=object),
        "evidence": np.array([*evidence, *[LIST_ONLY] * len(unseen)], dtype=object),
    }
    order = np.array(sorted(range(len(every)), key=every.__getitem__), dtype=np.int64)
    return DataFrame({name: columns[name][order] for name in _COLUMNS})


def crosswalk_table(rows: DataFrame) -> Table:
    """Return the rows as a table of the Record."""
    return Table(rows, _COLUMNS)


@lru_cache(maxsize=4)
def _in_common(old: Units, new: Units) -> tuple[Cover, Shares]:
    """Return the newer units as a cover of their positions, and the land that each older one has in them."""
    named = Cover.from_frame(new.before, key="key")
    cover = Cover(np.arange(len(named)).astype(object), named.geometries, named.crs)
    return cover, shares_mm2(old.fabric_before, cover)


def _parts_mm2(fabric: Fabric, cover: Cover, whole: Shares, regions: Regions) -> IntArray:
    """Return how much of each pair in `whole` is kept, added and removed, shape (3, n): one pass over both covers."""
    shapes = np.array([getattr(regions, part) for part in _PARTS], dtype=object)
    classes = product(cover, Cover.of_valid(np.arange(len(_PARTS)).astype(object), shapes, cover.crs))
    found = shares_mm2(fabric, classes)
    newer, part = np.array(classes.keys.tolist(), dtype=np.int64).reshape(-1, 2)[found.cover].T
    place_of = {pair: place for place, pair in enumerate((whole.unit * len(cover) + whole.cover).tolist())}
    place = np.array([place_of.get(pair, -1) for pair in (found.unit * len(cover) + newer).tolist()], dtype=np.int64)
    known = place >= 0
    parts_mm2 = np.zeros((len(_PARTS), len(place_of)), dtype=np.int64)
    np.add.at(parts_mm2, (part[known], place[known]), found.area_mm2[known])
    return parts_mm2


def _named(pairs: Sequence[tuple[str, str]], old: Units, new: Units) -> dict[str, npt.NDArray[np.object_]]:
    """Return codes and names of the pairs."""
    before, since = (dict(zip(units.before["key"], units.before["name"], strict=True)) for units in (old, new))
    parents = dict(zip(old.before["key"], old.before["parent"], strict=True)) if "parent" in old.before else {}
    told = {
        "key": [f"{older}>{newer}" for older, newer in pairs],
        "old_code": [older for older, _ in pairs],
        "old_name": [before.get(older) for older, _ in pairs],
        "old_parent": [parents.get(older) for older, _ in pairs],
        "new_code": [newer for _, newer in pairs],
        "new_name": [since.get(newer) for _, newer in pairs],
    }
    return {name: np.array(values, dtype=object) for name, values in told.items()}


def _share(area: IntArray, whole: IntArray) -> npt.NDArray[np.float64]:
    share: npt.NDArray[np.float64] = np.divide(area, whole, out=np.zeros(len(area)), where=whole > 0)
    return share
