"""Knots: where outlines meet but for the rounding of coordinates they are tied together, so that they can be cut."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines
from gis.ragged import Array
from gis.repair.corners import STRAIGHT_M, places


@dataclass(frozen=True, eq=False)
class Knots:
    """Corners of some outlines, and which of them are one.

    Attributes
    ----------
    place : every corner as one number, ascending, shape (k,)
    knot : the corner that stands for it, no further than a rounding away, shape (k,)
    """

    place: npt.NDArray[np.complex128]
    knot: npt.NDArray[np.complex128]

    @classmethod
    def of(cls, coordinates: Any) -> Self:
        """Tie corners, shape (c, 2)."""
        place = np.unique(places(coordinates))
        points = _points(place)
        one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=STRAIGHT_M)
        knot = np.arange(len(place))
        apart = one != other
        while apart.any():
            before = knot.copy()
            np.minimum.at(knot, one[apart], before[other[apart]])
            if (knot == before).all():
                break
        return cls(place, place[knot])

    def tied(self, placed: Array) -> npt.NDArray[np.complex128]:
        """Return the corners that stand for `placed`; a corner that is not known stands for itself."""
        at = np.searchsorted(self.place, placed).clip(max=len(self.place) - 1)
        return np.where(self.place[at] == placed, self.knot[at], placed)


def tied_lines(units: Any, knots: Knots) -> npt.NDArray[np.object_]:
    """Return the edges of shapely (multi)polygons between knots, with the knots that lie on them, shape (e,)."""
    x1, y1, x2, y2 = Outlines.of(units).steps()
    ends = np.stack([knots.tied(x1 + 1j * y1), knots.tied(x2 + 1j * y2)])
    ends = np.unique(ends[:, ends[0] != ends[1]], axis=1)
    edges = shapely.linestrings(np.stack([ends.real, ends.imag], axis=-1).transpose(1, 0, 2))
    middle = np.unique(knots.knot)
    point, edge = shapely.STRtree(edges).query(_points(middle), predicate="dwithin", distance=STRAIGHT_M)
    between = (middle[point] != ends[0, edge]) & (middle[point] != ends[1, edge])
    along = ends[1, edge] - ends[0, edge]
    part = ((middle[point] - ends[0, edge]) * along.conj()).real / np.abs(along) ** 2
    between &= (part > 0) & (part < 1)
    return _lines(ends, edge[between], part[between], middle[point[between]])


def _lines(ends: Array, edge: Array, part: Array, middle: Array) -> npt.NDArray[np.object_]:
    number = np.arange(ends.shape[1])
    owner = np.concatenate([number, edge, number])
    travelled = np.concatenate([np.zeros(len(number)), part, np.ones(len(number))])
    corner = np.concatenate([ends[0], middle, ends[1]])
    order = np.lexsort((travelled, owner))
    lines = shapely.linestrings(corner[order].real, corner[order].imag, indices=owner[order])
    return np.asarray(lines, dtype=object)


def _points(placed: Array) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.points(placed.real, placed.imag), dtype=object)
