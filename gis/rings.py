"""The rings of areas as one row of edges, with places on them and stretches from place to place."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import shapely

from gis.gridded import Floats, Ints
from gis.outlines import Outlines
from gis.ragged import Array, expand


@dataclass(frozen=True, eq=False)
class Rings:
    """Rings, edge after edge; a place is the number of an edge and the part of it that is behind.

    Attributes
    ----------
    x1, y1, x2, y2 : ends of the edges as the rings go, metres, shape (e,) each
    starts : first edge of every ring, and the end, shape (r + 1,)
    """

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    starts: Ints

    @classmethod
    def of(cls, outlines: Outlines) -> Self:
        """Take the rings of `outlines`."""
        return cls(*outlines.steps(), outlines.ring_starts - np.arange(len(outlines.ring_starts)))

    def __len__(self) -> int:
        """Return the number of edges."""
        return len(self.x1)

    def ring_of(self, edges: Ints) -> Ints:
        """Return the ring of each edge."""
        rings: Ints = np.searchsorted(self.starts, edges, side="right") - 1
        return rings

    def boxes(self) -> Floats:
        """Return the box of every ring, shape (r, 4)."""
        low = [np.minimum.reduceat(one, self.starts[:-1]) for one in (self.x1, self.y1)]
        high = [np.maximum.reduceat(one, self.starts[:-1]) for one in (self.x1, self.y1)]
        return np.stack([*low, *high], axis=1)

    def length_m(self, begins: Floats, ends: Floats) -> Floats:
        """Return the length of the stretches from place to place, metres."""
        behind_m = np.concatenate([[0.0], np.cumsum(np.hypot(self.x2 - self.x1, self.y2 - self.y1))])
        numbers = np.arange(len(behind_m))
        length_m: Floats = np.interp(ends, numbers, behind_m) - np.interp(begins, numbers, behind_m)
        return length_m

    def pieces(self, begins: Floats, ends: Floats) -> tuple[Array, Ints, Ints]:
        """Return the stretches from place to place as lines of one edge each, and the stretch and edge of each line."""
        first = np.floor(begins).astype(np.int64)
        stretch, edge = expand(first, np.ceil(ends).astype(np.int64) - first)
        one, other = np.maximum(begins[stretch] - edge, 0.0), np.minimum(ends[stretch] - edge, 1.0)
        some = one < other
        stretch, edge = stretch[some], edge[some]
        points = np.stack([self._points(edge, one[some]), self._points(edge, other[some])], axis=1)
        return np.asarray(shapely.linestrings(points)), stretch, edge

    def stretches(self, begins: Floats, ends: Floats) -> Array:
        """Return the lines from place to place, shape (n,); each lies on one ring and has a length."""
        first, last = np.floor(begins).astype(np.int64), np.ceil(ends).astype(np.int64) - 1
        stretch, edge = expand(first, last - first + 1)
        corners = last - first + 2
        coordinates = np.empty((len(edge) + len(begins), 2))
        # After the starts of its edges each stretch has the end of its last one.
        coordinates[np.arange(len(edge)) + stretch] = self._points(
            edge, np.where(edge == first[stretch], begins[stretch] - edge, 0.0)
        )
        coordinates[np.cumsum(corners) - 1] = self._points(last, ends - last)
        return np.asarray(shapely.linestrings(coordinates, indices=np.repeat(np.arange(len(begins)), corners)))

    def west_ends(self) -> Ints:
        """Return the edge that starts at the west end of each ring: of several ends at the southernmost."""
        order = np.lexsort((self.y1, self.x1, self.ring_of(np.arange(len(self)))))
        return np.asarray(order[self.starts[:-1]])

    def at(self, places: Floats) -> Floats:
        """Return the points at the places, shape (n, 2), metres."""
        edge = np.minimum(np.floor(places).astype(np.int64), len(self.x1) - 1)
        return self._points(edge, places - edge)

    def _points(self, edge: Ints, part: Floats) -> Floats:
        x, y = self.x1[edge], self.y1[edge]
        ends = np.stack([self.x2[edge], self.y2[edge]], axis=1)
        inner = np.stack([x + part * (self.x2[edge] - x), y + part * (self.y2[edge] - y)], axis=1)
        return np.where((part == 1.0)[:, np.newaxis], ends, inner)


def joined_runs(begins: Array, ends: Array) -> tuple[Array, Array]:
    """Return overlapping intervals as one, in order."""
    order = np.argsort(begins)
    begins, ends = begins[order], np.maximum.accumulate(ends[order])
    opens = np.ones(len(begins), dtype=np.bool_)
    opens[1:] = begins[1:] > ends[:-1]
    last = np.append(np.flatnonzero(opens)[1:], len(begins)) - 1
    return begins[opens], ends[last[last >= 0]]
