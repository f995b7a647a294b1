"""Pieces of land between two lines, cut across where the answer changes along one of their sides."""

import numpy as np
import shapely

from gis.between import Shapes
from gis.graded_side import GradedSide
from gis.line import Ints

# A gate reaches over the sides of its piece by so much, so that it surely cuts them.
_OVER_M = 1e-5


def cut_across(pieces: Shapes, sides: tuple[GradedSide, GradedSide]) -> tuple[Shapes, Ints]:
    """Return the parts of the pieces and, for each part, the position of its piece; nothing is lost between them."""
    gates, gated = _gates(sides)
    if not len(gates):
        return pieces, np.arange(len(pieces))
    wanted, group = np.unique(gated, return_inverse=True)
    lines = shapely.multilinestrings(gates, indices=group)
    noded = shapely.union(shapely.boundary(pieces[wanted]), lines)
    parts, owner = shapely.get_parts(shapely.polygonize(noded[:, np.newaxis]), return_index=True)
    inner = shapely.intersects(pieces[wanted][owner], shapely.point_on_surface(parts))
    kept = np.setdiff1d(np.arange(len(pieces)), wanted)
    return np.concatenate([pieces[kept], parts[inner]]), np.concatenate([kept, wanted[owner[inner]]])


def _gates(sides: tuple[GradedSide, GradedSide]) -> tuple[Shapes, Ints]:
    """Return shortest lines from where the grade changes across to the other side, and their pieces, in order."""
    found = [_gates_from(side, opposite) for side, opposite in (sides, sides[::-1])]
    gates, piece = (np.concatenate(every) for every in zip(*found, strict=True))
    some = np.flatnonzero(shapely.length(gates) > 0)
    order = some[np.argsort(piece[some], kind="stable")]
    return gates[order], piece[order]


def _gates_from(side: GradedSide, opposite: GradedSide) -> tuple[Shapes, Ints]:
    one, other = side.neighbours()
    changes = other[side.grade[one] != side.grade[other]]
    piece = side.edges.piece[changes]
    across = np.isin(piece, opposite.edges.piece)
    changes, piece = changes[across], piece[across]
    wanted, number = np.unique(piece, return_inverse=True)
    place, segment = side.edges.begin[changes], side.segment[changes]
    points = shapely.points(side.course.points(segment, place - segment))
    return _prolonged(shapely.shortest_line(points, _lines_of(opposite, wanted)[number])), piece


def _lines_of(side: GradedSide, pieces: Ints) -> Shapes:
    edges = side.edges.of(pieces)
    order = np.argsort(edges.piece, kind="stable")
    lines = side.course.stretches(edges.begin[order], edges.end[order])
    found: Shapes = np.full(len(pieces), None, dtype=object)
    shapely.multilinestrings(lines, indices=edges.piece[order], out=found)
    return found


def _prolonged(lines: Shapes) -> Shapes:
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    way = ends[:, 1] - ends[:, 0]
    length = np.hypot(way[:, 0], way[:, 1])[:, np.newaxis]
    step = np.divide(way * _OVER_M, length, out=np.zeros_like(way), where=length > 0)
    longer = np.stack([ends[:, 0] - step, ends[:, 1] + step], axis=1)
    return np.asarray(shapely.linestrings(np.where(length[..., np.newaxis] > 0, longer, ends)), dtype=object)
