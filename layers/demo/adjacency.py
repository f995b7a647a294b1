"""Adjacency: which polygons of a coverage share an edge, told from their vertices alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.demo.noise import FloatArray, IntArray

_MM = 1000.0
_ORIGIN = (400_000.0, 2_380_000.0)
_SPAN = 1 << 28


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Pairs of polygons that share an edge, each pair in both orders, the longest edge of a polygon first.

    Attributes
    ----------
    first, second : positions, shape (n,), sorted by `first`
    length_m : length that they share
    """

    first: IntArray
    second: IntArray
    length_m: FloatArray

    def of(self, one: int) -> IntArray:
        """Return the neighbours of one polygon, the one with the longest common edge first."""
        start, end = np.searchsorted(self.first, [one, one + 1])
        return self.second[start:end]


def neighbours(polygons: npt.NDArray[np.object_]) -> Neighbours:
    """Return which polygons share edges; their vertices are whole millimetres and the same on both sides."""
    low, high, owner, length = _segments(polygons)
    order = np.lexsort((high, low))
    same = (np.diff(low[order]) == 0) & (np.diff(high[order]) == 0)
    one, other, shared = owner[order[:-1]][same], owner[order[1:]][same], length[order[:-1]][same]
    return _summed(np.concatenate([one, other]), np.concatenate([other, one]), np.tile(shared, 2))


def point_keys(coordinates: FloatArray) -> IntArray:
    """Return one whole number for each place, exact to the millimetre."""
    east, north = (np.rint((coordinates[:, axis] - _ORIGIN[axis]) * _MM).astype(np.int64) for axis in (0, 1))
    return np.asarray(north * _SPAN + east)


def _segments(polygons: npt.NDArray[np.object_]) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    keys = point_keys(coordinates)
    within = np.flatnonzero(np.diff(ring) == 0)
    low, high = np.minimum(keys[within], keys[within + 1]), np.maximum(keys[within], keys[within + 1])
    length = np.hypot(*(coordinates[within + 1] - coordinates[within]).T)
    return low, high, polygon[ring[within]], length


def _summed(first: IntArray, second: IntArray, length: FloatArray) -> Neighbours:
    order = np.lexsort((second, first))
    first, second, length = first[order], second[order], length[order]
    if not len(first):
        return Neighbours(first, second, length)
    starts = np.flatnonzero(np.append(True, (np.diff(first) != 0) | (np.diff(second) != 0)))
    total: Any = np.add.reduceat(length, starts)
    first, second = first[starts], second[starts]
    longest = np.lexsort((second, -np.round(total, 3), first))
    return Neighbours(first[longest], second[longest], total[longest])
