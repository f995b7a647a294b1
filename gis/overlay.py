"""shares(fabric, cover): exact areas of every unit in every class."""

from dataclasses import dataclass

import numpy as np
from pandas import DataFrame, Series

from gis.cover import Cover, union
from gis.crs import require_same_crs
from gis.fabric import Fabric
from gis.gridded import GriddedLines, Ints
from gis.measure import MM2_PER_M2
from gis.ragged import Array, starts_of
from gis.windings import Windings, quantum_m2
from gis.wound import wound, wound_in

# Less than this is rounding of coordinates, not area: 2.4e6 m of northing have steps of 5e-10 m, and a double has 16
# digits for the area of a unit, of which a sum over its edges costs a few.
NOTHING_MM2 = 0.01
_NOTHING_OF_ALL = 1e-13


@dataclass(frozen=True, eq=False)
class Shares:
    """Areas of units in classes, one row per pair that shares area, ordered by unit and class, shape (r,) each.

    Attributes
    ----------
    unit : position in the fabric
    cover : position of the class
    area_mm2 : common area, positive
    """

    unit: Ints
    cover: Ints
    area_mm2: Ints


def shares(fabric: Fabric, cover: Cover) -> DataFrame:
    """Return the area of every unit of `fabric` in every class of `cover` that it meets.

    Returns
    -------
    DataFrame with one row per pair that shares area, sorted by unit and class position:
    ``unit`` (row position in the fabric), ``cover`` (class key), ``area_m2`` (a whole number of mm²).
    Where classes overlap, their common area counts in each.

    Raises
    ------
    CrsMixed
    """
    found = shares_mm2(fabric, cover)
    keys = Series(cover.keys).array.take(found.cover)
    return DataFrame({"unit": found.unit, "cover": keys, "area_m2": found.area_mm2 / MM2_PER_M2}, copy=False)


def shares_mm2(fabric: Fabric, cover: Cover) -> Shares:
    """Return the same as positions and whole mm², without a table.

    The shares of a unit are rounded by a running total: each lies within 1 mm² of the exact one, and where they
    cover the unit they sum to its area. Of a unit of more than 10 km² the 13 first digits are exact.

    Raises
    ------
    CrsMixed
    """
    require_same_crs(fabric, cover)
    return shares_in(fabric, GriddedLines.on(fabric.grid, cover.edges))


def shares_in(fabric: Fabric, lines: GriddedLines | None, layer: Ints | None = None) -> Shares:
    """Return the same for a cover whose lines lie ready on the grid of the fabric; None where they reach nothing.

    Parameters
    ----------
    layer : of each class, ascending, where the cover holds several layers: each gets the shares that it gets alone
    """
    found = wound_in(fabric, lines)
    return _merged(fabric, _whole(fabric, found.apart), _rounded(fabric, found.near, layer))


def dense_mm2(fabric: Fabric, cover: Cover, *, closing: bool = True) -> Ints:
    """Return the same as a full table of whole mm², shape (classes, units): for few classes.

    Parameters
    ----------
    closing : round by a running total; else each class alone, as if there were no other

    Raises
    ------
    CrsMixed
    """
    require_same_crs(fabric, cover)
    found = wound(fabric, cover.edges)
    dense = np.zeros((len(cover), len(fabric)), dtype=np.int64)
    layer = None if closing else np.arange(len(cover))
    for part in (_whole(fabric, found.apart), _rounded(fabric, found.near, layer)):
        dense[part.cover, part.unit] = part.area_mm2
    return dense


def net_mm2(fabric: Fabric, cover: Cover) -> Ints:
    """Return the area of every unit in any class of `cover`, mm², shape (n,): overlaps count once.

    What `shares` gives a unit in all classes is gross; its area without the net is outside every class.

    Raises
    ------
    CrsMixed
    """
    found = shares_mm2(fabric, union(cover))
    net = np.zeros(len(fabric), dtype=np.int64)
    net[found.unit] = found.area_mm2
    return net


def _merged(fabric: Fabric, apart: Shares, near: Shares) -> Shares:
    # No unit is in both, and each part keeps the classes of a unit together and in order.
    counts = np.bincount(apart.unit, minlength=len(fabric)) + np.bincount(near.unit, minlength=len(fabric))
    starts = starts_of(counts)
    unit = np.repeat(np.arange(len(fabric)), counts)
    cover, area_mm2 = np.empty_like(unit), np.empty_like(unit)
    for part in (apart, near):
        place = starts[part.unit] + _rank(part.unit)
        cover[place], area_mm2[place] = part.cover, part.area_mm2
    return Shares(unit, cover, area_mm2)


def _rank(unit: Array) -> Array:
    """Return how many rows of the same unit stand before each row; the rows of a unit stand together."""
    opens = np.diff(unit, prepend=-1) != 0
    if opens.all():
        return np.zeros(len(unit), dtype=np.int64)
    first = np.flatnonzero(opens)
    return np.arange(len(unit)) - np.repeat(first, np.diff(np.append(first, len(unit))))


def _whole(fabric: Fabric, apart: Windings) -> Shares:
    area_mm2 = fabric.area_mm2[apart.unit]
    if (area_mm2 > 0).all():
        return Shares(apart.unit, apart.cover, area_mm2)
    kept = area_mm2 > 0
    return Shares(apart.unit[kept], apart.cover[kept], area_mm2[kept])


def measured(fabric: Fabric, found: Windings) -> tuple[Array, Array]:
    """Return the areas of `found`, unrounded in mm², and of their units; a rounding of coordinates is no area."""
    whole = fabric.area_m2[found.unit] * MM2_PER_M2
    rest = found.quanta * quantum_m2(fabric.bounds[found.unit]) * MM2_PER_M2
    area = found.times * whole + rest
    nothing = NOTHING_MM2 + whole * _NOTHING_OF_ALL
    area[np.abs(area) < nothing] = 0.0
    full = np.abs(area - whole) < nothing
    area[full] = whole[full]
    return area, whole


def _rounded(fabric: Fabric, near: Windings, layer: Ints | None) -> Shares:
    area, whole = measured(fabric, near)
    some = area > 0
    unit, cover, area, whole = near.unit[some], near.cover[some], area[some], whole[some]
    apart = unit if layer is None else unit * (int(layer.max(initial=0)) + 1) + layer[cover]
    area_mm2 = _by_running_total(_rank(apart), area, whole)
    some = area_mm2 > 0
    return Shares(unit[some], cover[some], area_mm2[some])


def _by_running_total(rank: Array, area: Array, whole: Array) -> Ints:
    """Round the areas of each unit so that their sum is the rounded sum, or the unit where they cover it.

    Parameters
    ----------
    rank : place of each row within its unit
    area, whole : area of the row and of its unit, mm²
    """
    total = area.copy()
    for turn in range(1, int(rank.max(initial=0)) + 1):
        rows = np.flatnonzero(rank == turn)
        total[rows] += total[rows - 1]
    total = np.where(np.abs(total - whole) < NOTHING_MM2 + whole * _NOTHING_OF_ALL, whole, total)
    rounded = np.rint(total).astype(np.int64)
    return rounded - np.where(rank > 0, np.roll(rounded, 1), 0)
