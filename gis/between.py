"""The land between two boundaries: its pieces, and which stretches of either line each of them has for its sides."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.line import Course, Floats, Ints
from gis.nearness import Nearness
from gis.outlines import Outlines
from gis.ragged import expand

Shapes = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]

# Coordinates of two million metres have steps of 5e-10 m: an overlay writes a crossing that far off the line.
ROUNDING_M = 1e-8
# What is farther off than this lies on another line.
_ON_M = 1e-5


@dataclass(frozen=True, eq=False)
class Sides:
    """The edges of pieces of land that run along one boundary, each on one segment of it.

    Attributes
    ----------
    piece : position of the piece, shape (n,)
    begin, end : places along the boundary, begin < end, shape (n,)
    """

    piece: Ints
    begin: Floats
    end: Floats

    def of(self, pieces: Ints) -> "Sides":
        """Return the edges of some pieces, in the numbering of `pieces`."""
        number = np.full(max(int(self.piece.max(initial=-1)), int(pieces.max(initial=-1))) + 1, -1)
        number[pieces] = np.arange(len(pieces))
        kept = number[self.piece] >= 0
        return Sides(number[self.piece[kept]], self.begin[kept], self.end[kept])

    def take(self, edges: Ints) -> "Sides":
        """Return some of the edges."""
        return Sides(self.piece[edges], self.begin[edges], self.end[edges])

    def cut_at(self, places: Floats) -> "Sides":
        """Return the edges cut at places along the boundary, in their order along it."""
        knots = np.concatenate([[-np.inf], np.unique(places), [np.inf]])
        low = np.searchsorted(knots, self.begin, side="right") - 1
        edge, knot = expand(low, np.searchsorted(knots, self.end, side="left") - low)
        begin, end = np.maximum(self.begin[edge], knots[knot]), np.minimum(self.end[edge], knots[knot + 1])
        order = np.argsort(begin, kind="stable")
        return Sides(self.piece[edge][order], begin[order], end[order])


def pieces_of(area: Any) -> Shapes:
    """Return the polygons of an overlay that have a width; what is narrower than rounding is no land."""
    parts = np.asarray(shapely.get_parts(area), dtype=object)
    wide = 2 * shapely.area(parts) > ROUNDING_M * shapely.length(parts)
    kept: Shapes = parts[wide]
    return kept


def sides_along(pieces: Shapes, added: Mask, base: Nearness, proposed: Nearness) -> tuple[Sides, Sides]:
    """Return the edges of pieces of land along the old and along the new boundary.

    Land that was added has the new line with it on the left, and the old one with it on the right; for land that was
    removed it is the other way round. That tells the lines apart where they coincide. An edge on both, where the zone
    changes its side, counts to the line that its land comes from; one on neither was drawn to cut a piece.

    Parameters
    ----------
    pieces : polygons, shape (n,)
    added : whether each was added to the zone or removed from it, shape (n,)
    base, proposed : each boundary as it is seen from the other one
    """
    outlines = Outlines.of(shapely.orient_polygons(pieces))
    edges = np.stack(outlines.steps(), axis=1)
    piece = np.repeat(np.arange(len(pieces)), np.diff(outlines.unit_starts))
    piece = np.repeat(piece, np.diff(outlines.ring_starts) - 1)
    gained = added[piece]
    (old, off_old), (new, off_new) = _segments_of(edges, base, proposed), _segments_of(edges, proposed, base)
    off_old[_onward(edges, base.course, old) == gained] = np.inf
    off_new[_onward(edges, proposed.course, new) != gained] = np.inf
    on_old, on_new = off_old <= off_new + ROUNDING_M, off_new <= off_old + ROUNDING_M
    on_old &= np.isfinite(off_old) & ~(on_new & gained)
    on_new &= np.isfinite(off_new) & ~(on_old & ~gained)
    return (
        _placed(piece[on_old], edges[on_old], base.course, old[on_old]),
        _placed(piece[on_new], edges[on_new], proposed.course, new[on_new]),
    )


def _onward(edges: Floats, course: Course, segment: Ints) -> Mask:
    """Tell which edges go the way of their segments."""
    line = course.take(segment)
    onward: Mask = (edges[:, 2] - edges[:, 0]) * (line.x2 - line.x1) + (edges[:, 3] - edges[:, 1]) * (
        line.y2 - line.y1
    ) > 0
    return onward


def _placed(piece: Ints, edges: Floats, course: Course, segment: Ints) -> Sides:
    one, other = (segment + _part(edges[:, ends], course, segment) for ends in (slice(0, 2), slice(2, 4)))
    begin, end = np.minimum(one, other), np.maximum(one, other)
    some = end > begin
    return Sides(piece[some], begin[some], end[some])


def _part(points: Floats, course: Course, segment: Ints) -> Floats:
    """Return which part of its segment lies behind each point; a corner is a corner, not a rounding before it."""
    line, length = course.take(segment), course.lengths_m[segment]
    along = ((points[:, 0] - line.x1) * (line.x2 - line.x1) + (points[:, 1] - line.y1) * (line.y2 - line.y1)) / length
    slack = 10 * ROUNDING_M
    part: Floats = np.where(along < slack, 0.0, np.where(length - along < slack, 1.0, along / length))
    return part


def _segments_of(edges: Floats, near: Nearness, back: Nearness) -> tuple[Ints, Floats]:
    """Return the segment that each edge lies on, and how far its middle is off it; inf where it lies on none.

    Most edges have a corner of the line for an end, so that only two segments come into question, or a corner of the
    other line that lies off this one.
    """
    course, middle = near.course, (edges[:, :2] + edges[:, 2:]) / 2
    segment, off = np.zeros(len(edges), dtype=np.int64), np.full(len(edges), np.inf)
    elsewhere = np.zeros(len(edges), dtype=np.bool_)
    for end in (slice(0, 2), slice(2, 4)):
        corner = course.starting_at(edges[:, end])
        known = np.flatnonzero(corner >= 0)
        for candidate in (corner[known], course.preceding[corner[known]]):
            distance = _off(middle[known], course, candidate)
            better = distance < off[known]
            segment[known[better]], off[known[better]] = candidate[better], distance[better]
        other = back.course.starting_at(edges[:, end])
        elsewhere |= (other >= 0) & (back.corners[0][other] > _ON_M)
    off[off > _ON_M] = np.inf
    lost = np.flatnonzero(np.isinf(off) & ~elsewhere)
    (which, nearest), distance = course.tree.query_nearest(
        shapely.points(middle[lost]), max_distance=_ON_M, all_matches=False, return_distance=True
    )
    segment[lost[which]], off[lost[which]] = nearest, distance
    return segment, off


def _off(points: Floats, course: Course, segment: Ints) -> Floats:
    line = course.take(segment)
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    part = ((points[:, 0] - line.x1) * dx + (points[:, 1] - line.y1) * dy) / (dx * dx + dy * dy)
    part = np.clip(part, 0.0, 1.0)
    off: Floats = np.hypot(points[:, 0] - line.x1 - part * dx, points[:, 1] - line.y1 - part * dy)
    return off
