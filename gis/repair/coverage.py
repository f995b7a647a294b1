"""Overlaps and gaps: contested ground goes to one unit; nothing but the units beside it is looked at."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.ragged import Array
from gis.repair.account import REPAIRS, account, exceptions_of
from gis.repair.case import Case
from gis.repair.claims import Contest
from gis.repair.corners import STRAIGHT_M
from gis.repair.listing import EDGES, Exceptions, Mended
from gis.repair.pieces import Holding
from gis.repair.redraw import redrawn
from gis.repair.refusals import by_part, refusals
from gis.repair.strays import without_strays
from gis.repair.units import Units
from gis.topology.defects import MISMATCH, SLIVER_GAP, SLIVER_OVERLAP, Defects


def fitted(units: Units, found: Defects, tree: shapely.STRtree, kinds: tuple[str, ...]) -> Mended:
    """Give contested ground to one unit each, as far as the limits allow.

    Parameters
    ----------
    found : overlaps and gaps of the units
    tree : index of the shapes, and of other ground after them
    kinds : of `gis.repair.listing`; what is of another kind stays as it is without a word
    """
    found = by_part(found)
    # Neighbours that meet but for the rounding of coordinates meet.
    found = found.take((found.kind != MISMATCH) | (found.width_m > STRAIGHT_M))
    wanted = np.isin([REPAIRS[kind] for kind in found.kind], kinds)
    reason = refusals(units, found, tree)
    refused = exceptions_of(found.take(wanted & (reason != "")), reason[wanted & (reason != "")])
    mended = wanted & (reason == "")
    if not mended.any():
        return Mended.nothing(refused)
    settled = _settled(Case.of(units, found, mended, tree), tie=EDGES in kinds)
    return replace(settled, exceptions=Exceptions.joined([refused, settled.exceptions]))


def _settled(case: Case, *, tie: bool) -> Mended:
    """Decide, draw, and decide again without the cells of units that cannot be drawn so.

    Units that neither gain nor lose ground get the corners that are new on their outlines if `tie` says so.
    """
    given_up = _concern(case, ~_adds_up(case, case.pieces.claims, case.units.shapes))
    while True:
        holding = _held(case, ~given_up)
        shapes = _drawn(case, holding, tie=tie)
        widths = case.units.limits.overlap_width_m
        holding = without_strays(case.units.shapes, shapes, case.pieces, holding, widths)
        shapes = _drawn(case, holding, tie=tie)
        lost = ~(shapely.is_valid(shapes) & _adds_up(case, holding, shapes)) | shapely.is_empty(shapes)
        concerned = _concern(case, lost) & ~given_up
        if not concerned.any():
            # A unit that cannot be drawn though nothing of it is decided stays what it was.
            return account(case, holding, np.where(lost, case.units.shapes, shapes), given_up)
        given_up |= concerned


def _adds_up(case: Case, holding: Holding, shapes: Any) -> Array:
    """Tell which shapes are the sum of the pieces that are held."""
    total = np.bincount(holding.unit, case.pieces.area_m2[holding.piece], minlength=len(shapes))
    adds_up: Array = np.abs(total - shapely.area(shapes)) <= STRAIGHT_M * shapely.length(shapes)
    return adds_up


def _concern(case: Case, units: Array) -> Array:
    """Tell which cells are part of the ground of one of these units, or beside it."""
    pieces = case.pieces
    theirs = np.zeros(len(pieces.shape), dtype=np.bool_)
    theirs[pieces.claims.piece[units[pieces.claims.unit]]] = True
    theirs[pieces.second[theirs[pieces.first]]] = True
    return theirs[case.cells]


def _held(case: Case, chosen: Array) -> Holding:
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


def _drawn(case: Case, holding: Holding, *, tie: bool) -> npt.NDArray[np.object_]:
    return redrawn(case.units.shapes, case.pieces, holding, case.decided(holding), tie=tie)
