"""Overlaps and gaps: contested ground goes to one unit; nothing but the units beside it is looked at."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.measure import areas_mm2
from gis.outlines import Outlines
from gis.ragged import Array
from gis.repair.claims import Contest
from gis.repair.corners import STRAIGHT_M
from gis.repair.limits import Limits
from gis.repair.listing import (
    EDGES,
    GAP,
    NOBODY_BESIDE,
    OVERLAP,
    SAME_SHAPE,
    SLIVER,
    TOO_MUCH,
    TOO_WIDE,
    UNSTABLE,
    WAITS,
    WITHIN,
    Changes,
    Exceptions,
    Mended,
)
from gis.repair.pieces import Holding, Pieces
from gis.repair.redraw import redrawn
from gis.repair.strays import without_strays
from gis.topology.defects import CONTAINED, DUPLICATE, GAPS, MISMATCH, OVERLAPS, SLIVER_GAP, SLIVER_OVERLAP, Defects
from gis.topology.fit import NOISE_M

# Kind of repair by kind of defect.
_REPAIRS = {
    **dict.fromkeys(OVERLAPS, OVERLAP),
    **dict.fromkeys(GAPS, GAP),
    **dict.fromkeys((SLIVER_OVERLAP, SLIVER_GAP), SLIVER),
    MISMATCH: EDGES,
}


@dataclass(frozen=True, eq=False)
class Units:
    """All units of a layer, and what is known of each; columns of shape (n,).

    Attributes
    ----------
    shapes : valid shapely (multi)polygons, None where there is none
    limits : how far a repair may go
    stated_m2 : area by the papers, NaN where it is not known
    hulls : convex hull of the shape before it was made valid, None of one that was valid
    """

    shapes: npt.NDArray[np.object_]
    limits: Limits
    stated_m2: npt.NDArray[np.float64]
    hulls: npt.NDArray[np.object_]

    def take(self, units: Array) -> "Units":
        """Return these units alone."""
        return Units(self.shapes[units], self.limits.take(units), self.stated_m2[units], self.hulls[units])


def fitted(units: Units, found: Defects, tree: shapely.STRtree, kinds: tuple[str, ...]) -> Mended:
    """Give contested ground to one unit each, as far as the limits allow.

    Parameters
    ----------
    found : overlaps and gaps of the units
    tree : index of the shapes, and of other ground after them
    kinds : of `gis.repair.listing`; what is of another kind stays as it is without a word
    """
    found = _by_part(found)
    # Neighbours that meet but for the rounding of coordinates meet.
    found = found.take((found.kind != MISMATCH) | (found.width_m > STRAIGHT_M))
    wanted = np.isin([_REPAIRS[kind] for kind in found.kind], kinds)
    reason = _refusals(units, found, tree)
    refused = _exceptions(found.take(wanted & (reason != "")), reason[wanted & (reason != "")])
    mended = wanted & (reason == "")
    if not mended.any():
        return Mended.nothing(refused)
    settled = _settled(_Case.of(units, found, mended, tree), tie=EDGES in kinds)
    return replace(settled, exceptions=Exceptions.joined([refused, settled.exceptions]))


def _by_part(found: Defects) -> Defects:
    """Return a defect for each place where two units overlap: a wide one says nothing of a narrow one elsewhere."""
    parts, defect = shapely.get_parts(found.shape, return_index=True)
    if len(parts) == len(found):
        return found
    exploded = found.take(defect)
    again = Defects.areal("", [exploded.units_of(one) for one in range(len(exploded))], parts)
    return again.named(exploded.kind)


def _refusals(units: Units, found: Defects, tree: shapely.STRtree) -> npt.NDArray[np.object_]:
    """Return why a defect is left to people, an empty text where it is not."""
    kind = found.kind.astype(str)
    gap, overlap = (_largest(width, found, tree) for width in (units.limits.gap_width_m, units.limits.overlap_width_m))
    wide = _wider(found.shape, np.where(np.isin(kind, GAPS), gap, overlap)) & (_owed(units, found) < 0)
    chosen: npt.NDArray[np.object_] = np.select(
        [kind == DUPLICATE, kind == CONTAINED, wide], [SAME_SHAPE, WITHIN, TOO_WIDE], ""
    ).astype(object)
    return chosen


def _largest(values: Array, found: Defects, tree: shapely.STRtree) -> Array:
    """Return the largest value of the units that each defect meets."""
    defect, unit = tree.query(found.shape, predicate="dwithin", distance=NOISE_M)
    is_unit = unit < len(values)
    largest = np.zeros(len(found))
    np.maximum.at(largest, defect[is_unit], values[unit[is_unit]])
    return largest


def _wider(shapes: Any, width_m: Array) -> Array:
    """Tell which areas are wider than that anywhere: a circle of that width lies in them."""
    wider: Array = ~shapely.is_empty(shapely.buffer(shapes, -width_m / 2, join_style="mitre"))
    return wider


def _owed(units: Units, found: Defects) -> Array:
    """Return the mended unit that a gap beside it was part of, -1 where none: the gap lies in the hull it had."""
    owed = np.full(len(found), -1, dtype=np.int64)
    defect = np.repeat(np.arange(len(found)), np.diff(found.starts))
    beside = np.isin(found.kind.astype(str), GAPS)[defect] & ~shapely.is_missing(units.hulls[found.unit])
    defect, unit = defect[beside], found.unit[beside]
    within = shapely.covers(units.hulls[unit], shapely.buffer(found.shape[defect], -STRAIGHT_M))
    owed[defect[within]] = unit[within]
    return owed


@dataclass(frozen=True, eq=False)
class _Case:
    """The units around the defects that are mended, and the ground under them.

    Attributes
    ----------
    here : positions of these units in the layer, ascending
    units : these units
    found : the defects that are mended; units are positions in the layer
    owed : position in `here` of the unit that a gap belongs to, -1 where none, shape of `found`
    pieces : the ground
    cells, defect : contested pieces, and the defect that each is part of
    waits : whether a defect that is mended has no cell because all of it lies in one that is refused
    """

    here: npt.NDArray[np.int64]
    units: Units
    found: Defects
    owed: npt.NDArray[np.int64]
    pieces: Pieces
    cells: npt.NDArray[np.int64]
    defect: npt.NDArray[np.int64]
    waits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, units: Units, found: Defects, mended: Array, tree: shapely.STRtree) -> Self:
        """Cut the ground where defects are mended; what also lies in one that is refused is not contested."""
        refused, accepted = found.take(~mended), found.take(mended)
        beside = np.unique(tree.query(accepted.shape, predicate="dwithin", distance=NOISE_M)[1])
        here = beside[beside < len(units.shapes)]
        around = units.take(here)
        pieces = Pieces.of(around.shapes, _ground_beside(accepted, tree, len(units.shapes)))
        cells, defect = _cells(pieces, accepted, refused)
        owed = np.searchsorted(here, _owed(units, accepted))
        owed = np.where(_owed(units, accepted) < 0, -1, owed)
        waits = np.bincount(_within(accepted, refused), minlength=len(accepted)) > 0
        return cls(here, around, accepted, owed, pieces, cells, defect, waits)


def _ground_beside(found: Defects, tree: shapely.STRtree, units: int) -> Array:
    """Return the edges of the ground that gaps may border on, shape (e,)."""
    gap_shapes = found.shape[np.isin(found.kind.astype(str), GAPS)]
    met = np.unique(tree.query(gap_shapes, predicate="dwithin", distance=NOISE_M)[1])
    steps = Outlines.of(tree.geometries[met[met >= units]]).steps()
    edges = shapely.linestrings(np.stack(steps, axis=1).reshape(-1, 2, 2))
    beside = np.unique(shapely.STRtree(edges).query(gap_shapes, predicate="dwithin", distance=STRAIGHT_M)[1])
    return np.asarray(edges[beside], dtype=object)


def _cells(pieces: Pieces, accepted: Defects, refused: Defects) -> tuple[Array, Array]:
    """Return the pieces that are part of an accepted defect and of no refused overlap, and that defect."""
    contested = np.flatnonzero(pieces.depth != 1)
    points = shapely.point_on_surface(pieces.shape[contested])
    point, defect = shapely.STRtree(accepted.shape).query(points, predicate="intersects")
    kind = accepted.kind.astype(str)[defect]
    fits = (kind == MISMATCH) | (np.isin(kind, GAPS) == (pieces.depth[contested[point]] == 0))
    point, first = np.unique(point[fits], return_index=True)
    defect = defect[fits][first]
    free = ~np.isin(point, shapely.STRtree(_overlaps(refused)).query(points, predicate="intersects")[0])
    return contested[point[free]], defect[free]


def _within(accepted: Defects, refused: Defects) -> Array:
    """Return the accepted defects that meet a refused overlap."""
    meeting: Array = shapely.STRtree(_overlaps(refused)).query(accepted.shape, predicate="intersects")[0]
    return meeting


def _overlaps(found: Defects) -> npt.NDArray[np.object_]:
    overlapping: npt.NDArray[np.object_] = found.shape[np.isin(found.kind.astype(str), OVERLAPS)]
    return overlapping


def _settled(case: _Case, *, tie: bool) -> Mended:
    """Decide, draw, and decide again without the cells of units that cannot be drawn so.

    Units that neither gain nor lose ground get the corners that are new on their outlines if `tie` says so.
    """
    given_up = np.zeros(len(case.cells), dtype=np.bool_)
    lost = ~_adds_up(case, case.pieces.claims, case.units.shapes)
    while True:
        given_up |= _concern(case, lost)
        holding = _held(case, ~given_up)
        shapes = _drawn(case, holding, tie=tie)
        widths = case.units.limits.overlap_width_m
        holding = without_strays(case.units.shapes, shapes, case.pieces, holding, widths)
        shapes = _drawn(case, holding, tie=tie)
        lost = ~(shapely.is_valid(shapes) & _adds_up(case, holding, shapes)) | shapely.is_empty(shapes)
        if not lost.any():
            return _told(case, holding, shapes, given_up)


def _adds_up(case: _Case, holding: Holding, shapes: Any) -> Array:
    """Tell which shapes are the sum of the pieces that are held."""
    total = np.bincount(holding.unit, case.pieces.area_m2[holding.piece], minlength=len(shapes))
    adds_up: Array = np.abs(total - shapely.area(shapes)) <= STRAIGHT_M * shapely.length(shapes)
    return adds_up


def _concern(case: _Case, units: Array) -> Array:
    """Tell which cells are part of the ground of one of these units, or beside it."""
    pieces = case.pieces
    theirs = np.zeros(len(pieces.shape), dtype=np.bool_)
    theirs[pieces.claims.piece[units[pieces.claims.unit]]] = True
    theirs[pieces.second[theirs[pieces.first]]] = True
    return theirs[case.cells]


def _held(case: _Case, chosen: Array) -> Holding:
    """Return who holds what after the chosen cells are decided: the winner its cells, everybody else what it held."""
    narrow = np.isin(case.found.kind[case.defect].astype(str), (SLIVER_GAP, SLIVER_OVERLAP, MISMATCH))
    contest = Contest(
        pieces=case.pieces,
        cells=case.cells[chosen],
        narrow=narrow[chosen],
        owed=case.owed[case.defect][chosen],
        area_m2=shapely.area(case.units.shapes),
        stated_m2=case.units.stated_m2,
        tolerance_m=case.units.limits.tolerance_m,
    )
    winners = contest.winners()
    return case.pieces.claims.given(contest.cells[winners >= 0], winners[winners >= 0])


def _drawn(case: _Case, holding: Holding, *, tie: bool) -> npt.NDArray[np.object_]:
    return redrawn(case.units.shapes, case.pieces, holding, _decided(case, holding), tie=tie)


def _decided(case: _Case, holding: Holding) -> Array:
    """Return the pieces that changed hands, or were left to one of several."""
    claims = case.pieces.claims
    return np.unique(np.concatenate([claims.without(holding).piece, holding.without(claims).piece]))


def _told(case: _Case, holding: Holding, shapes: Any, given_up: Array) -> Mended:
    changed = np.flatnonzero(shapes != case.units.shapes)
    left = np.flatnonzero(~np.isin(case.cells, _decided(case, holding)))
    depth = case.pieces.depth[case.cells]
    why = np.where(given_up, UNSTABLE, np.where(depth > 1, TOO_MUCH, NOBODY_BESIDE)).astype(object)
    lost = np.setdiff1d(np.arange(len(case.found)), case.defect)
    defect, first = np.unique(np.concatenate([case.defect[left], lost]), return_index=True)
    why = np.concatenate([why[left], np.where(case.waits[lost], WAITS, UNSTABLE)])
    return Mended(
        unit=case.here[changed],
        shape=shapes[changed],
        changes=_changes(case, holding, shapes),
        exceptions=_exceptions(case.found.take(defect), why[first]),
    )


def _changes(case: _Case, holding: Holding, shapes: Any) -> Changes:
    """Return a row per piece that a unit gains or loses, and one of every unit where only corners change."""
    pieces, claims = case.pieces, case.pieces.claims
    lost, gained = claims.without(holding), holding.without(claims)
    to, back = holding.holder(len(pieces.shape))[lost.piece], claims.holder(len(pieces.shape))[gained.piece]
    piece, unit = np.concatenate([lost.piece, gained.piece]), np.concatenate([lost.unit, gained.unit])
    kind = np.full(len(pieces.shape), SLIVER, dtype=object)
    kind[case.cells] = [_REPAIRS[one] for one in case.found.kind[case.defect]]
    shape, sign = pieces.shape[piece], np.repeat([-1, 1], [len(lost.piece), len(gained.piece)])
    rest = np.flatnonzero((shapes != case.units.shapes) & ~np.isin(np.arange(len(shapes)), unit))
    gone = np.full(len(rest), None, dtype=object)
    was, becomes = areas_mm2(case.units.shapes), areas_mm2(shapes)
    every = np.concatenate([unit, rest])
    return Changes.chained(
        unit=every,
        kind=np.concatenate([kind[piece], np.full(len(rest), EDGES, dtype=object)]),
        other=np.concatenate([to, back, np.full(len(rest), -1)]),
        gain_mm2=np.concatenate([sign * areas_mm2(shape), np.zeros(len(rest), dtype=np.int64)]),
        shape=np.concatenate([shape, gone]),
        at=np.concatenate([shape, shapes[rest]]),
        was_mm2=was[every],
        becomes_mm2=becomes[every],
    ).renumbered(case.here)


def _exceptions(found: Defects, reason: Any) -> Exceptions:
    counts = np.diff(found.starts)
    padded = np.append(found.unit, -1)
    return Exceptions(
        unit=np.where(counts > 0, padded[np.minimum(found.starts[:-1], len(found.unit))], -1),
        other=np.where(counts > 1, padded[np.minimum(found.starts[:-1] + 1, len(found.unit))], -1),
        kind=found.kind,
        reason=np.asarray(reason, dtype=object),
        area_mm2=found.area_mm2,
        width_m=found.width_m,
        easting=found.easting,
        northing=found.northing,
        shape=found.shape,
    )
