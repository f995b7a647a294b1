"""A boundary under the hand: its edges, what a move changes of them, and whether it is still valid."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.errors import GeometryInvalid
from gis.outlines import Edges, Outlines, areal
from gis.ragged import Array

# A move of more edges than this is checked as a whole: it costs no more.
_FEW = 64
_ENDS = ("left_x", "left_y", "right_x", "right_y")


@dataclass(frozen=True, eq=False)
class Boundary:
    """A valid area and its edges.

    Attributes
    ----------
    area : shapely (multi)polygon
    edges : its edges, all of class 0
    ring : the ring of each edge, shape (k,)
    """

    area: Any
    edges: Edges
    ring: npt.NDArray[np.int64]

    @classmethod
    def of(cls, area: Any) -> Self:
        """Take a (multi)polygon that is known to be valid."""
        outlines = Outlines.of(areal(np.array([area], dtype=object)))
        ring = np.repeat(np.arange(len(outlines.is_shell)), np.diff(outlines.ring_starts) - 1)
        return cls(area, outlines.edges(), ring)

    @classmethod
    def checked(cls, area: Any) -> Self:
        """Take a (multi)polygon; raise GeometryInvalid where its area could not be relied on."""
        _require_valid(area)
        return cls.of(area)

    def moved(self, area: Any) -> "tuple[Boundary, Edges]":
        """Return the boundary of `area` and its change against this one.

        The change holds the new edges, and with opposite sign the old ones that are gone. Where it is small, validity
        is decided by what lies near it.

        Raises
        ------
        GeometryInvalid
        """
        new = Boundary.of(area)
        gone, come = _differing(self, new)
        if not _surely_valid(self, new, gone, come):
            _require_valid(area)
        return new, _joined(opposite(self.edges.take(gone)), new.edges.take(come))


def opposite(edges: Edges) -> Edges:
    """Return `edges` with their interior on the other side: adding them takes the edges back."""
    return Edges(**{**vars(edges), "below": -edges.below, "rising": -edges.rising})


def _require_valid(area: Any) -> None:
    if not shapely.is_valid(area):
        raise GeometryInvalid(layer="boundary", rows=1, example=0, reason=shapely.is_valid_reason(area))


def _joined(first: Edges, second: Edges) -> Edges:
    return Edges(**{name: np.concatenate([values, getattr(second, name)]) for name, values in vars(first).items()})


def _differing(old: Boundary, new: Boundary) -> tuple[Array, Array]:
    """Return the edges of `old` that are gone and those of `new` that have come."""
    names = [*_ENDS, "below", "rising"]
    first, second = [[getattr(one.edges, name) for name in names] for one in (old, new)]
    head = _equal_at_start(first, second)
    tail = _equal_at_start([values[head:][::-1] for values in first], [values[head:][::-1] for values in second])
    gone, come = np.arange(head, len(old.edges) - tail), np.arange(head, len(new.edges) - tail)
    if len(gone) + len(come) <= _FEW:
        return gone, come
    return _uncommon(np.stack(first, axis=1), np.stack(second, axis=1), gone, come)


def _equal_at_start(first: list[Array], second: list[Array]) -> int:
    length = min(len(first[0]), len(second[0]))
    equal = np.ones(length, dtype=np.bool_)
    for one, other in zip(first, second, strict=True):
        equal &= one[:length] == other[:length]
    return length if equal.all() else int(np.argmin(equal))


def _uncommon(first: Array, second: Array, gone: Array, come: Array) -> tuple[Array, Array]:
    # The same edge may stand elsewhere in the ring: a ring that starts at another corner has not changed.
    rows = np.concatenate([first[gone], second[come]])
    _, kind = np.unique(rows, axis=0, return_inverse=True)
    sign = np.where(np.arange(len(rows)) < len(gone), 1, -1)
    differs = np.bincount(kind.ravel(), weights=sign)[kind.ravel()] != 0
    return gone[differs[: len(gone)]], come[differs[len(gone) :]]


def _surely_valid(old: Boundary, new: Boundary, gone: Array, come: Array) -> bool:
    """Return True where the new edges clearly meet nothing but their neighbours; False: not clear."""
    if not len(gone) + len(come):
        return True
    if not len(old.ring) or not len(new.ring):
        return False
    rings = np.concatenate([old.ring[gone], new.ring[come]])
    if len(gone) + len(come) > _FEW or not len(come) or old.ring[-1] != new.ring[-1] or (rings != rings[0]).any():
        return False
    if new.ring[-1] > 0 and _others_near(new, _box(old, gone), _box(new, come), rings[0]):
        return False
    near = _within(new.edges, *_box(new, come))
    ends = np.stack([getattr(new.edges, name)[near] for name in _ENDS], axis=1)
    return all(_meets_neighbours_only(ends, place) for place in np.searchsorted(near, come))


def _within(edges: Edges, low: Array, high: Array) -> Array:
    """Return the edges whose boxes meet a box."""
    rows = np.flatnonzero((edges.left_x <= high[0]) & (edges.right_x >= low[0]))
    left, right = edges.left_y[rows], edges.right_y[rows]
    met: Array = rows[(np.minimum(left, right) <= high[1]) & (np.maximum(left, right) >= low[1])]
    return met


def _box(boundary: Boundary, chosen: Array) -> tuple[Array, Array]:
    edges = boundary.edges.take(chosen)
    if not len(chosen):
        return np.full(2, np.inf), np.full(2, -np.inf)
    x, y = np.concatenate([edges.left_x, edges.right_x]), np.concatenate([edges.left_y, edges.right_y])
    return np.array([x.min(), y.min()]), np.array([x.max(), y.max()])


def _others_near(new: Boundary, gone: tuple[Array, Array], come: tuple[Array, Array], ring: int) -> bool:
    # A ring within reach of the move may have come to lie on its other side.
    near = _within(new.edges, np.minimum(gone[0], come[0]), np.maximum(gone[1], come[1]))
    return bool((new.ring[near] != ring).any())


def _meets_neighbours_only(ends: Array, edge: int) -> bool:
    here = ends[edge]
    low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    near = (ends[:, 0] <= here[2]) & (ends[:, 2] >= here[0])
    near &= (low <= max(here[1], here[3])) & (high >= min(here[1], here[3]))
    near[edge] = False
    others = ends[near]
    joints = [(others[:, side] == point).all(axis=1) for point in (here[:2], here[2:]) for side in (_LEFT, _RIGHT)]
    if (joints[0] | joints[1]).sum() != 1 or (joints[2] | joints[3]).sum() != 1:
        return False
    touching = np.logical_or.reduce(joints)
    beside = _apart(here, others) | _apart_from_each(here, others)
    return bool((beside | touching).all() and _turns(here, others[touching]).all())


_LEFT, _RIGHT = slice(0, 2), slice(2, 4)


def _side(line: Array, points: Array) -> Array:
    """Return on which side of lines points lie: positive, negative, or 0 where rounding could decide."""
    run, rise = line[..., 2] - line[..., 0], line[..., 3] - line[..., 1]
    east, north = points[..., 0] - line[..., 0], points[..., 1] - line[..., 1]
    turn = run * north - rise * east
    sure = np.abs(turn) > 1e-12 * (np.abs(run * north) + np.abs(rise * east))
    return np.where(sure, np.sign(turn), 0.0)


def _apart(here: Array, others: Array) -> Array:
    apart: Array = _side(here, others[:, _LEFT]) * _side(here, others[:, _RIGHT]) > 0
    return apart


def _apart_from_each(here: Array, others: Array) -> Array:
    apart: Array = _side(others, here[_LEFT]) * _side(others, here[_RIGHT]) > 0
    return apart


def _turns(here: Array, others: Array) -> Array:
    # A neighbour may go on straight but not come back over the edge: its far end has to lie off the edge's line.
    turns: Array = (_side(here, others[:, _LEFT]) != 0) | (_side(here, others[:, _RIGHT]) != 0)
    return turns
