"""Redraw: units from the pieces that they hold, with the corners that they had and no others than are needed."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines
from gis.ragged import Array
from gis.repair.corners import places, turns, units_of, with_corners
from gis.repair.knots import Knots
from gis.repair.pieces import Holding, Pieces


def redrawn(units: Any, pieces: Pieces, holding: Holding, decided: Array, *, tie: bool) -> npt.NDArray[np.object_]:
    """Return the units drawn from what they hold; one that is drawn by the same corners is the same object, shape (n,).

    Parameters
    ----------
    units : shapely (multi)polygons from whose outlines the pieces were cut, shape (n,)
    decided : positions of the pieces that were given to somebody; only their corners can be new to a unit
    tie : whether a unit that holds what it held gets the corners that are new on its outline
    """
    before = Outlines.of(units)
    outlines = _untied(Outlines.of(_united(pieces, holding, len(units))), before, pieces.knots)
    is_own = np.isin(*_corners_of_units(outlines, before))
    of_decided = np.isin(places(outlines.coordinates), places(shapely.get_coordinates(pieces.shape[decided])))
    drawn = with_corners(outlines, is_own | turns(outlines) | (of_decided & _is_needed(outlines, is_own)))
    same = _same_pieces(pieces, holding, len(units))
    if tie:
        same &= _same_corners(drawn, before)
    return np.where(same, units, drawn.polygons())


def _united(pieces: Pieces, holding: Holding, count: int) -> npt.NDArray[np.object_]:
    order = np.argsort(holding.unit, kind="stable")
    cuts = np.searchsorted(holding.unit[order], np.arange(1, count))
    held = np.split(pieces.shape[holding.piece[order]], cuts)
    united = [one[0] if len(one) == 1 else shapely.coverage_union_all(one) for one in held]
    return np.array(united, dtype=object)


def _untied(outlines: Outlines, before: Outlines, knots: Knots) -> Outlines:
    """Return the outlines with the corners that each unit itself had where it had some other one of the same place."""
    own, here = (knots.tied(places(one.coordinates)) for one in (before, outlines))
    known = np.unique(np.concatenate([own, here]))
    key = units_of(before) * len(known) + np.searchsorted(known, own)
    key, first = np.unique(key, return_index=True)
    asked = units_of(outlines) * len(known) + np.searchsorted(known, here)
    at = np.searchsorted(key, asked).clip(max=len(key) - 1)
    had = (key[at] == asked)[:, np.newaxis]
    return replace(outlines, coordinates=np.where(had, before.coordinates[first[at]], outlines.coordinates))


def _is_needed(outlines: Outlines, is_own: Array) -> Array:
    """Tell which corners are where three or more lines meet, or belong to a unit that had them before."""
    edges = outlines.edges()
    ends = np.stack([edges.left_x, edges.left_y, edges.right_x, edges.right_y], axis=1)
    upright = (ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3])
    ends[upright] = ends[upright][:, [2, 3, 0, 1]]
    once = np.unique(ends, axis=0)
    place, lines = np.unique(places(once.reshape(-1, 2)), return_counts=True)
    corners = places(outlines.coordinates)
    meeting = np.isin(corners, place[lines > 2])
    needed: Array = meeting | np.isin(corners, corners[is_own])
    return needed


def _same_corners(one: Outlines, other: Outlines) -> Array:
    """Tell which units have the same corners in both, however their rings begin and run."""
    (here, there), count = _corners_of_units(one, other), len(one)
    strange = [np.bincount(units_of(one)[~np.isin(here, there)], minlength=count)]
    strange.append(np.bincount(units_of(other)[~np.isin(there, here)], minlength=count))
    counts = [np.bincount(units_of(outlines), minlength=count) for outlines in (one, other)]
    same: Array = (counts[0] == counts[1]) & (strange[0] == 0) & (strange[1] == 0)
    return same


def _same_pieces(pieces: Pieces, holding: Holding, count: int) -> Array:
    same = np.ones(count, dtype=np.bool_)
    same[pieces.claims.without(holding).unit] = False
    same[holding.without(pieces.claims).unit] = False
    return same


def _corners_of_units(one: Outlines, other: Outlines) -> tuple[Array, Array]:
    """Return a number for every corner of every unit, the same for the same corner of the same unit."""
    placed = [places(outlines.coordinates) for outlines in (one, other)]
    known = np.unique(np.concatenate(placed))
    first, second = (
        units_of(outlines) * len(known) + np.searchsorted(known, found)
        for outlines, found in zip((one, other), placed, strict=True)
    )
    return first, second
