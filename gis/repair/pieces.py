"""Pieces: the ground under a few units, cut along all of their outlines, and which units lie over each piece."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines
from gis.ragged import Array
from gis.repair.knots import Knots, tied_lines


@dataclass(frozen=True, eq=False)
class Holding:
    """Which unit holds which piece, shape (h,) each."""

    piece: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]

    def without(self, other: "Holding") -> "Holding":
        """Return what is held here and not there."""
        most = 1 + max(self.unit.max(initial=0), other.unit.max(initial=0))
        kept = ~np.isin(self.piece * most + self.unit, other.piece * most + other.unit)
        return Holding(self.piece[kept], self.unit[kept])

    def given(self, pieces: Array, units: Array) -> "Holding":
        """Return the holding after each of `pieces` went to one unit alone."""
        kept = ~np.isin(self.piece, pieces)
        return Holding(np.concatenate([self.piece[kept], pieces]), np.concatenate([self.unit[kept], units]))

    def holder(self, count: int) -> Array:
        """Return a unit that holds each of `count` pieces, -1 where none does."""
        holder = np.full(count, -1, dtype=np.int64)
        holder[self.piece] = self.unit
        return holder


@dataclass(frozen=True, eq=False)
class Pieces:
    """Ground between outlines.

    Attributes
    ----------
    shape, area_m2 : bounded pieces of the plane, shape (p,)
    claims : which units lie over each piece, in ascending order of piece and unit
    knots : which corners of the units became one
    first, second, length_m : pieces that share edges, every pair in both orders, and how long, shape (b,)
    """

    shape: npt.NDArray[np.object_]
    area_m2: npt.NDArray[np.float64]
    claims: Holding
    knots: Knots
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    length_m: npt.NDArray[np.float64]

    @classmethod
    def of(cls, units: Any, lines: Any = ()) -> Self:
        """Cut the ground under valid shapely (multi)polygons, shape (n,), and along other lines.

        The corners of the pieces are those of the units, bit for bit but for those that are tied to others of the same
        place; where outlines cross, a corner is added.
        """
        knots = Knots.of(shapely.get_coordinates(units))
        outlines = np.concatenate([tied_lines(units, knots), np.asarray(lines, dtype=object)])
        noded = shapely.get_parts(shapely.union_all(outlines))
        shapes = np.asarray(shapely.get_parts(shapely.polygonize(noded)), dtype=object)
        piece, unit = shapely.STRtree(units).query(shapely.point_on_surface(shapes), predicate="within")
        order = np.lexsort((unit, piece))
        held = Holding(piece[order], unit[order])
        return cls(shapes, shapely.area(shapes), held, knots, *_side_by_side(shapes))

    @property
    def depth(self) -> Array:
        """How many units lie over each piece, shape (p,)."""
        return np.bincount(self.claims.piece, minlength=len(self.shape))


def _side_by_side(shapes: Any) -> tuple[Array, Array, Array]:
    edges = Outlines.of(shapes).edges()
    ends = np.stack([edges.left_x, edges.right_x, edges.left_y, edges.right_y])
    # An upright edge is written in the order in which it was drawn.
    upright = (ends[0] == ends[1]) & (ends[2] > ends[3])
    ends[2:, upright] = ends[:1:-1, upright]
    order = np.lexsort(ends)
    ends, owner = ends[:, order], edges.unit[order]
    same = np.flatnonzero((ends[:, 1:] == ends[:, :-1]).all(axis=0))
    one, other = owner[same], owner[same + 1]
    length = np.hypot(ends[1] - ends[0], ends[3] - ends[2])[same]
    count = len(shapes)
    pair, place = np.unique(np.concatenate([one * count + other, other * count + one]), return_inverse=True)
    total = np.bincount(place, weights=np.tile(length, 2), minlength=len(pair))
    return pair // count, pair % count, total
