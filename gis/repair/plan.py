"""The plan of a repair: what is proposed for a layer, step after step until nothing is left to do; pure."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from gis.outlines import areal
from gis.ragged import Array
from gis.repair.coverage import fitted
from gis.repair.left import told_anew
from gis.repair.limits import Limits
from gis.repair.listing import (
    EDGES,
    GAP,
    KINDS,
    OVERLAP,
    REPEATED_ROW,
    SLIVER,
    SPIKE,
    VALIDITY,
    Changes,
    Exceptions,
    Mended,
)
from gis.repair.rows import repeated_rows
from gis.repair.shapes import made_valid, without_needles
from gis.repair.units import Units
from gis.topology.defects import GAPS, HOLE, MISMATCH, Defects
from gis.topology.faces import Faces
from gis.topology.fit import NOISE_M, gaps, mismatches, overlaps

_COVERAGE = (SLIVER, OVERLAP, GAP, EDGES)
# Every round settles ground that was contested; what would still move after so many is left as it is.
_ROUNDS = 8
# Ground is cut off so far from the units that are looked at again.
_BEYOND_M = 10.0


@dataclass(frozen=True, eq=False)
class Repair:
    """What is proposed for a layer; nothing is changed until somebody takes it.

    Attributes
    ----------
    unit : row positions of the units that change, in ascending order, shape (k,)
    shape : what their shapes become; None of a row that goes, shape (k,)
    changes : every change with its area
    exceptions : what stays as it is, and why
    """

    unit: npt.NDArray[np.int64]
    shape: npt.NDArray[np.object_]
    changes: Changes
    exceptions: Exceptions

    @property
    def dropped(self) -> npt.NDArray[np.int64]:
        """Row positions of the rows that go."""
        rows: npt.NDArray[np.int64] = self.changes.unit[self.changes.kind == REPEATED_ROW]
        return rows

    def applied(self, shapes: Any) -> npt.NDArray[np.object_]:
        """Return the shapes of the layer after the repair, shape (n,); None of a row that goes."""
        after = np.array(shapes, dtype=object)
        after[self.unit] = self.shape
        return after


def proposed(
    shapes: Any,
    crs: CRS,
    limits: Limits,
    *,
    kinds: tuple[str, ...] = KINDS,
    ground: Any = (),
    stated_m2: Any = None,
    likeness: Any = None,
    complete: bool = True,
    holes: bool = True,
) -> Repair:
    """Return the repair of a layer of areas. Of what it returns, nothing is left to repair.

    Parameters
    ----------
    shapes : shapely (multi)polygons, shape (n,); missing and empty ones stay so
    crs : their planar CRS in metres
    limits : how far to go
    kinds : what to repair, of `gis.repair.listing.KINDS`
    ground : valid areas between the units that are no gaps, shape (g,)
    stated_m2 : area of each unit by its papers, NaN where it is not known, shape (n,)
    likeness : a number for each row; rows of the same number differ in nothing but perhaps their shape, shape (n,)
    complete : what units enclose belongs to one of them; else nothing is a gap
    holes : what one unit encloses belongs to it

    Raises
    ------
    CrsNotPlanar
    """
    drawn = np.array(shapes, dtype=object)
    stated = np.full(len(drawn), np.nan) if stated_m2 is None else np.asarray(stated_m2, dtype=np.float64)
    open_kinds = (*(() if complete else (*GAPS, MISMATCH)), *(() if holes else (HOLE,)))
    work = _Work(drawn, crs, limits, kinds, np.asarray(ground, dtype=object), stated, open_kinds)
    if REPEATED_ROW in kinds and likeness is not None:
        work.take(repeated_rows(drawn, np.asarray(likeness)))
    work.read_invalid()
    suspects = np.arange(len(drawn))
    for _ in range(_ROUNDS):
        suspects = work.fit(suspects)
        if not len(suspects):
            break
    return work.repair(np.array(shapes, dtype=object))


@dataclass(eq=False)
class _Work:
    """The layer while it is mended, and what was done."""

    shapes: npt.NDArray[np.object_]
    crs: CRS
    limits: Limits
    kinds: tuple[str, ...]
    ground: npt.NDArray[np.object_]
    stated_m2: npt.NDArray[np.float64]
    open_kinds: tuple[str, ...]
    done: list[Mended] = field(default_factory=list)
    left: Exceptions = field(default_factory=Exceptions.none)
    hulls: npt.NDArray[np.object_] = field(init=False)
    usable: npt.NDArray[np.bool_] = field(init=False)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the shapes as they were, and of the ground after them."""
        return shapely.STRtree(np.concatenate([self._sound(np.arange(len(self.shapes))), self.ground]))

    def take(self, mended: Mended) -> None:
        """Take what a step proposes."""
        self.shapes[mended.unit] = mended.shape
        self.done.append(mended)

    def read_invalid(self) -> None:
        """Make invalid shapes valid, and remember where each of them may have been."""
        mended = made_valid(self.shapes)
        self.hulls = np.full(len(self.shapes), None, dtype=object)
        self.usable = np.ones(len(self.shapes), dtype=np.bool_)
        self.usable[mended.exceptions.unit] = False
        dropped = np.concatenate([np.zeros(0, dtype=np.int64), *(one.unit for one in self.done)])
        self.left = mended.exceptions.take(~np.isin(mended.exceptions.unit, dropped))
        if VALIDITY in self.kinds:
            self.hulls[mended.unit] = shapely.convex_hull(self.shapes[mended.unit])
            self.take(mended)
        else:
            self.usable[mended.unit] = False

    def fit(self, suspects: Array) -> Array:
        """Mend needles, overlaps and gaps among the suspects; return the units that are to be looked at again."""
        everything = len(suspects) == len(self.shapes)
        touched = [self._without_needles(suspects)] if SPIKE in self.kinds else []
        if set(_COVERAGE) & set(self.kinds):
            touched.append(self._fitted(suspects, everything=everything))
        again = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *touched]))
        return self._around(again) if len(again) else again

    def _without_needles(self, suspects: Array) -> Array:
        found = without_needles(self._sound(suspects), self.limits.tolerance_m[suspects], self.ground)
        self.take(_renumbered(found, suspects))
        return suspects[found.unit]

    def _sound(self, units: Array) -> npt.NDArray[np.object_]:
        """Return the shapes of units, None in place of those that are not valid."""
        shapes = self.shapes[units]
        shapes[~self.usable[units]] = None
        return shapes

    def _fitted(self, suspects: Array, *, everything: bool) -> Array:
        ground = self.ground if everything else self._ground_near(suspects)
        unsound = self.shapes[suspects[~self.usable[suspects]]]
        faces = Faces.of_valid(self._sound(suspects), self.crs, ground, unsound)
        tolerance_m = self.limits.tolerance_m[suspects]
        found = Defects.joined([overlaps(faces, tolerance_m), gaps(faces, tolerance_m), mismatches(faces)])
        found = found.take(~np.isin(found.kind.astype(str), self.open_kinds))
        if not everything:
            found = self._of_suspects(found, suspects)
        units = Units(faces.units, self.limits.take(suspects), self.stated_m2[suspects], self.hulls[suspects])
        fit = _renumbered(fitted(units, found, faces.tree, self.kinds), suspects)
        self.left = told_anew(self.left, fit.exceptions, suspects, self.shapes[suspects])
        self.take(fit)
        return fit.unit

    def _of_suspects(self, found: Defects, suspects: Array) -> Defects:
        """Return the defects that no other unit reaches into: a gap may be where it lies."""
        inner = shapely.buffer(found.shape, -NOISE_M)
        inner = np.where(shapely.is_empty(inner), found.shape, inner)
        defect, unit = self.tree.query(inner, predicate="intersects")
        others = ~np.isin(unit, suspects) & (unit < len(self.shapes))
        is_gap = np.isin(found.kind.astype(str), GAPS)
        filled = np.bincount(defect[others], minlength=len(found)) > 0
        return found.take(~(is_gap & filled))

    def _ground_near(self, suspects: Array) -> Any:
        """Return the ground around the suspects, as far as it may matter to them."""
        bounds = shapely.bounds(self.shapes[suspects]) + np.array([-_BEYOND_M, -_BEYOND_M, _BEYOND_M, _BEYOND_M])
        around = shapely.union_all(shapely.box(*bounds[np.isfinite(bounds).all(axis=1)].T))
        met = np.unique(self.tree.query(around, predicate="intersects"))
        return areal(shapely.intersection(self.tree.geometries[met[met >= len(self.shapes)]], around))

    def _around(self, touched: Array) -> Array:
        """Return the touched units and whoever is near enough to share a gap with them."""
        width = float(self.limits.gap_width_m[touched].max(initial=0.0))
        there = self.shapes[touched]
        near = self.tree.query(there[~shapely.is_missing(there)], predicate="dwithin", distance=width)[1]
        near = near[near < len(self.shapes)]
        return np.union1d(near, touched)

    def repair(self, before: Any) -> Repair:
        """Return what was done as one repair."""
        unit = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(one.unit for one in self.done)]))
        changed = np.array(
            [now is not then for now, then in zip(self.shapes[unit], before[unit], strict=True)], dtype=np.bool_
        )
        changes = Changes.joined(one.changes for one in self.done)
        dropped = np.isin(unit, changes.unit[changes.kind == REPEATED_ROW])
        return Repair(unit[changed | dropped], self.shapes[unit[changed | dropped]], changes, self.left)


def _renumbered(mended: Mended, units: Array) -> Mended:
    changes, exceptions = mended.changes.renumbered(units), mended.exceptions.renumbered(units)
    return Mended(units[mended.unit], mended.shape, changes, exceptions)
