"""Lines as flat arrays of segments, places along them, and where one runs near another: exact, without sampling."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines, areal
from gis.ragged import expand

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Line:
    """Rings of a line, segment after segment; a *place* is the number of a segment and the part of it that is behind.

    Attributes
    ----------
    x1, y1, x2, y2 : start and end of every segment, metres, shape (k,)
    """

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats

    def __len__(self) -> int:
        """Return the number of segments."""
        return len(self.x1)

    def take(self, segments: Ints) -> "Line":
        """Return some segments, in that order."""
        return Line(*(getattr(self, name)[segments] for name in ("x1", "y1", "x2", "y2")))

    @cached_property
    def lengths_m(self) -> Floats:
        """Length of every segment."""
        return np.hypot(self.x2 - self.x1, self.y2 - self.y1)

    @cached_property
    def segments(self) -> npt.NDArray[np.object_]:
        """Every segment as a shapely linestring."""
        starts, ends = np.stack([self.x1, self.y1], axis=1), np.stack([self.x2, self.y2], axis=1)
        return np.asarray(shapely.linestrings(np.stack([starts, ends], axis=1)), dtype=object)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the segments."""
        return shapely.STRtree(self.segments)

    def travelled(self, places: Floats) -> Floats:
        """Return metres from the start of the first ring."""
        metres: Floats = np.interp(places, np.arange(len(self) + 1), self._travelled)
        return metres

    @cached_property
    def _travelled(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(self.lengths_m)])

    def points(self, segment: Ints, part: Floats) -> Floats:
        """Return easting and northing at parts of segments, shape (n, 2)."""
        x, y = self.x1[segment], self.y1[segment]
        ends = np.stack([self.x2[segment], self.y2[segment]], axis=1)
        inner = np.stack([x + part * (self.x2[segment] - x), y + part * (self.y2[segment] - y)], axis=1)
        return np.where((part == 1.0)[:, np.newaxis], ends, inner)

    def between(self, begins: Floats, ends: Floats) -> Any:
        """Return the stretches from place to place, as (multi)linestring."""
        first = np.floor(begins).astype(np.int64)
        stretch, segment = expand(first, np.ceil(ends).astype(np.int64) - first)
        one, other = np.maximum(begins[stretch] - segment, 0.0), np.minimum(ends[stretch] - segment, 1.0)
        some = one < other
        starts, stops = (self.points(segment[some], part[some]) for part in (one, other))
        pieces = shapely.linestrings(np.stack([starts, stops], axis=1))
        return shapely.line_merge(shapely.MultiLineString(list(pieces)))

    def stretches(self, begins: Floats, ends: Floats) -> npt.NDArray[np.object_]:
        """Return the line from place to place, shape (n,); both on one ring, the second after the first."""
        first, last = np.floor(begins).astype(np.int64), np.ceil(ends).astype(np.int64) - 1
        owner, segment = expand(first, last - first + 1)
        starts = self.points(segment, np.where(segment == first[owner], begins[owner] - segment, 0.0))
        stops = self.points(last, ends - last)
        # After the starts of its segments each stretch has the end of its last one.
        order = np.argsort(np.concatenate([owner, np.arange(len(begins))]), kind="stable")
        coordinates, owners = (
            np.concatenate([starts, stops])[order],
            np.concatenate([owner, np.arange(len(begins))])[order],
        )
        return np.asarray(shapely.linestrings(coordinates, indices=owners), dtype=object)


@dataclass(frozen=True, eq=False)
class Course(Line):
    """The rings of an area.

    Attributes
    ----------
    ring_starts : first segment of every ring, and the end, shape (r + 1,)
    """

    ring_starts: Ints

    @classmethod
    def of(cls, area: Any) -> Self:
        """Take the boundary of a (multi)polygon, ring after ring, each with the area on its left."""
        plain = shapely.remove_repeated_points(areal(np.array([area], dtype=object)))
        outlines = Outlines.of(shapely.orient_polygons(plain))
        rings = np.arange(len(outlines.ring_starts))
        return cls(*outlines.steps(), ring_starts=outlines.ring_starts - rings)

    @cached_property
    def ring(self) -> Ints:
        """Number of the ring of every segment."""
        return np.repeat(np.arange(len(self.ring_starts) - 1), np.diff(self.ring_starts))

    @cached_property
    def preceding(self) -> Ints:
        """Number of the segment that every segment goes on from."""
        preceding = np.empty(len(self), dtype=np.int64)
        preceding[self.following] = np.arange(len(self))
        return preceding

    def starting_at(self, points: Floats) -> Ints:
        """Return the segment that starts at each point, shape (n, 2); -1 where the point is no corner of the line."""
        corners, order = self._corners
        wanted = points[:, 0] + 1j * points[:, 1]
        found = order[np.minimum(np.searchsorted(corners, wanted), len(order) - 1)]
        is_corner = (self.x1[found] == points[:, 0]) & (self.y1[found] == points[:, 1])
        return np.where(is_corner, found, -1)

    @cached_property
    def _corners(self) -> tuple[npt.NDArray[np.complex128], Ints]:
        corners = self.x1 + 1j * self.y1
        order = np.argsort(corners)
        return corners[order], order

    @cached_property
    def following(self) -> Ints:
        """Number of the segment that goes on from every segment."""
        following = np.arange(1, len(self) + 1)
        following[self.ring_starts[1:] - 1] = self.ring_starts[:-1]
        return following


def within(line: Line, other: Line, reach_m: Any) -> tuple[Floats, Floats]:
    """Return from where to where each segment is within reach of its counterpart, in parts; nowhere: inf to -inf.

    What lies within a distance of a segment is convex: a rectangle and a disc at either end.

    Parameters
    ----------
    line, other : as many segments each, paired by position
    reach_m : distance, one for all or shape (k,)
    """
    run, rise = other.x2 - other.x1, other.y2 - other.y1
    length = np.hypot(run, rise)
    with np.errstate(divide="ignore", invalid="ignore"):
        east, north = np.where(length > 0, run / length, 1.0), np.where(length > 0, rise / length, 0.0)
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    x, y = line.x1 - other.x1, line.y1 - other.y1
    forward, forward_step = x * east + y * north, dx * east + dy * north
    across, across_step = y * east - x * north, dy * east - dx * north
    strips = _between(forward, forward_step, 0.0, length), _between(across, across_step, -reach_m, reach_m)
    begin, end = np.maximum(strips[0][0], strips[1][0]), np.minimum(strips[0][1], strips[1][1])
    begin, end = np.where(begin <= end, begin, np.inf), np.where(begin <= end, end, -np.inf)
    for corner in (0.0, length):
        first, last = _in_disc(forward - corner, across, forward_step, across_step, reach_m)
        begin, end = np.minimum(begin, first), np.maximum(end, last)
    return np.maximum(begin, 0.0), np.minimum(end, 1.0)


def _between(start: Floats, step: Floats, low: Any, high: Any) -> tuple[Floats, Floats]:
    # Where low <= start + t * step <= high.
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / step, (high - start) / step
    held = np.where((low <= start) & (start <= high), np.inf, -np.inf)
    first = np.where(step == 0, -held, np.minimum(one, other))
    last = np.where(step == 0, held, np.maximum(one, other))
    return first, last


def _in_disc(x: Floats, y: Floats, dx: Floats, dy: Floats, radius: Any) -> tuple[Floats, Floats]:
    # Where (x + t dx, y + t dy) lies within radius of the origin.
    square = dx * dx + dy * dy
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = -(x * dx + y * dy) / square
        apart = (x * dy - y * dx) ** 2 / square
        half = np.sqrt(np.maximum(radius * radius - apart, 0.0) / square)
    meets = (square > 0) & (apart <= radius * radius)
    return np.where(meets, middle - half, np.inf), np.where(meets, middle + half, -np.inf)
