"""The account of a case: who gains and who loses which ground, and what stays as it is."""

from typing import Any

import numpy as np

from gis.measure import areas_mm2
from gis.ragged import Array
from gis.repair.case import Case
from gis.repair.listing import (
    EDGES,
    GAP,
    NOBODY_BESIDE,
    OVERLAP,
    SLIVER,
    TOO_MUCH,
    UNSTABLE,
    WAITS,
    Changes,
    Exceptions,
    Mended,
)
from gis.repair.pieces import Holding
from gis.topology.defects import GAPS, MISMATCH, OVERLAPS, SLIVER_GAP, SLIVER_OVERLAP, Defects

# Kind of repair by kind of defect.
REPAIRS = {
    **dict.fromkeys(OVERLAPS, OVERLAP),
    **dict.fromkeys(GAPS, GAP),
    **dict.fromkeys((SLIVER_OVERLAP, SLIVER_GAP), SLIVER),
    MISMATCH: EDGES,
}


def account(case: Case, holding: Holding, shapes: Any, given_up: Array) -> Mended:
    """Return what changed and what was left.

    Parameters
    ----------
    shapes : the units of the case as they are drawn from `holding`
    given_up : cells that could not be drawn otherwise, shape of ``case.cells``
    """
    changed = np.flatnonzero(shapes != case.units.shapes)
    left = np.flatnonzero(~np.isin(case.cells, case.decided(holding)))
    depth = case.pieces.depth[case.cells]
    why = np.where(given_up, UNSTABLE, np.where(depth > 1, TOO_MUCH, NOBODY_BESIDE)).astype(object)
    lost = np.setdiff1d(np.arange(len(case.found)), case.defect)
    defect, first = np.unique(np.concatenate([case.defect[left], lost]), return_index=True)
    why = np.concatenate([why[left], np.where(case.waits[lost], WAITS, UNSTABLE)])
    return Mended(
        unit=case.here[changed],
        shape=shapes[changed],
        changes=_changes(case, holding, shapes),
        exceptions=exceptions_of(case.found.take(defect), why[first]),
    )


def _changes(case: Case, holding: Holding, shapes: Any) -> Changes:
    """Return a row per piece that a unit gains or loses, and one of every unit where only corners change."""
    pieces, claims = case.pieces, case.pieces.claims
    lost, gained = claims.without(holding), holding.without(claims)
    to, back = holding.holder(len(pieces.shape))[lost.piece], claims.holder(len(pieces.shape))[gained.piece]
    piece, unit = np.concatenate([lost.piece, gained.piece]), np.concatenate([lost.unit, gained.unit])
    kind = np.full(len(pieces.shape), SLIVER, dtype=object)
    kind[case.cells] = [REPAIRS[one] for one in case.found.kind[case.defect]]
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


def exceptions_of(found: Defects, reason: Any) -> Exceptions:
    """Return defects as exceptions, with the first two units of each."""
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
