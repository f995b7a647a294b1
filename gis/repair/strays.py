"""Strays: narrow bits that are cut off from their unit when the ground between goes to another one."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.ragged import Array
from gis.repair.pieces import Holding, Pieces


def without_strays(before: Any, after: Any, pieces: Pieces, holding: Holding, width_m: Array) -> Holding:
    """Return the holding in which every narrow bit that came off went to the unit with the longest common edge.

    Parameters
    ----------
    before, after : the units as they were and as they are drawn from `holding`, shape (n,)
    width_m : what is wider stays a part of its unit, metres, shape (n,)
    """
    torn = np.flatnonzero(shapely.get_num_geometries(after) > shapely.get_num_geometries(before))
    bits = [_came_off(before[unit], after[unit], width_m[unit]) for unit in torn]
    if not sum(map(len, bits)):
        return holding
    loose, bit = _pieces_of(pieces, holding, np.concatenate(bits), np.repeat(torn, [len(one) for one in bits]))
    taker = _longest_beside(pieces, holding, loose, bit)
    return holding.given(loose[taker >= 0], taker[taker >= 0])


def _came_off(before: Any, after: Any, width_m: float) -> npt.NDArray[np.object_]:
    """Return the narrow parts of a unit that are not the largest left of a former part."""
    parts = shapely.get_parts(after)
    parts = parts[np.argsort(-shapely.area(parts))]
    former = shapely.STRtree(shapely.get_parts(before)).query(shapely.point_on_surface(parts), predicate="intersects")
    _, largest = np.unique(former[1], return_index=True)
    off = np.setdiff1d(former[0], former[0][largest])
    narrow = shapely.is_empty(shapely.buffer(parts[off], -width_m / 2, join_style="mitre"))
    return np.asarray(parts[off[narrow]], dtype=object)


def _pieces_of(pieces: Pieces, holding: Holding, bits: Any, units: Array) -> tuple[Array, Array]:
    """Return the pieces that lie in a bit of the one unit that holds them, and that bit."""
    point, bit = shapely.STRtree(bits).query(shapely.point_on_surface(pieces.shape), predicate="intersects")
    holders = np.bincount(holding.piece, minlength=len(pieces.shape))
    own = (holding.holder(len(pieces.shape))[point] == units[bit]) & (holders[point] == 1)
    return point[own], bit[own]


def _longest_beside(pieces: Pieces, holding: Holding, loose: Array, bit: Array) -> Array:
    """Return for every loose piece the unit with the longest common edge with its bit, -1 where there is none."""
    bit_of = np.full(len(pieces.shape), -1, dtype=np.int64)
    bit_of[loose] = bit
    holder = holding.holder(len(pieces.shape))[pieces.second]
    border = (bit_of[pieces.first] >= 0) & (bit_of[pieces.second] < 0) & (holder >= 0)
    pair, place = np.unique(np.stack([bit_of[pieces.first], holder])[:, border], axis=1, return_inverse=True)
    length = np.bincount(place.ravel(), pieces.length_m[border], minlength=pair.shape[1])
    order = np.argsort(length, kind="stable")
    taker = np.full(bit.max(initial=0) + 1, -1, dtype=np.int64)
    taker[pair[0, order]] = pair[1, order]
    return taker[bit]
