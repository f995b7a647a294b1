"""A case: the defects that are mended, the units around them, and the ground under these cut into pieces."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines
from gis.ragged import Array
from gis.repair.corners import STRAIGHT_M
from gis.repair.pieces import Holding, Pieces
from gis.repair.refusals import owed_to
from gis.repair.units import Units
from gis.topology.defects import GAPS, MISMATCH, OVERLAPS, Defects
from gis.topology.fit import NOISE_M


@dataclass(frozen=True, eq=False)
class Case:
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
        owed = owed_to(units, accepted)
        owed = np.where(owed < 0, -1, np.searchsorted(here, owed))
        waits = np.bincount(_within(accepted, refused), minlength=len(accepted)) > 0
        return cls(here, around, accepted, owed, pieces, cells, defect, waits)

    def decided(self, holding: Holding) -> Array:
        """Return the pieces that changed hands, or were left to one of several."""
        claims = self.pieces.claims
        return np.unique(np.concatenate([claims.without(holding).piece, holding.without(claims).piece]))


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
