"""One boundary against another: which of its edges agree with the other line, which differ, and which leave it open."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gis.between import Sides
from gis.line import Course, Floats, Ints
from gis.nearness import Nearness
from gis.ragged import components

# Lines that are nearer than this are one line, written by two programs.
_COINCIDE_M = 1e-7
AGREES, OPEN, DIFFERS = 0, 1, 2
# Less than this is rounding at the place where a line was cut.
TOUCH_M = 0.001
# A stretch shorter than so many tolerances, next to one that lies farther off, is how a line leaves another.
FLANK = 4.0


@dataclass(frozen=True, eq=False)
class Tolerance:
    """How far apart two drawings of one line may lie, for every segment of a course, shape (k,).

    Attributes
    ----------
    agree_m : up to here they agree
    differ_m : beyond this they are two lines; inf where nobody can say
    """

    agree_m: Floats
    differ_m: Floats


def tolerance_at(near: Nearness, tolerance: Tolerance) -> Tolerance:
    """Return for the segments of a course the tolerance of the segments of the other line that lie nearest."""
    every = tolerance.agree_m, tolerance.differ_m
    if all((one == one[0]).all() for one in every):
        return Tolerance(*(np.full(len(near.course), one[0]) for one in every))
    return Tolerance(*(one[near.corners[1]] for one in every))


@dataclass(frozen=True, eq=False)
class GradedSide:
    """One boundary, what it is measured by, and the edges of pieces of land along it, in their order.

    Attributes
    ----------
    near : this boundary, and the one that it is measured against
    tolerance : of the segments of `course`
    edges : of pieces of land
    grade : of every edge: agrees, open, differs
    """

    near: Nearness
    tolerance: Tolerance
    edges: Sides
    grade: Ints

    @property
    def course(self) -> Course:
        """The boundary."""
        return self.near.course

    @property
    def segment(self) -> Ints:
        """Segment of the course that each edge lies on."""
        return np.floor(self.edges.begin).astype(np.int64)

    @property
    def length_m(self) -> Floats:
        """Length of each edge."""
        return self.course.travelled(self.edges.end) - self.course.travelled(self.edges.begin)

    @property
    def agree_m(self) -> Floats:
        """Tolerance at each edge."""
        return self.tolerance.agree_m[self.segment]

    def followers(self) -> tuple[Ints, Ints, Floats]:
        """Return every edge, the next one on its ring, and the metres between them; after the last comes the first."""
        edge = np.arange(len(self.grade))
        if not len(edge):
            return edge, edge, np.zeros(0)
        ring = self.course.ring[self.segment]
        last = np.append(ring[1:] != ring[:-1], True)
        following = edge + 1
        following[last] = np.flatnonzero(np.append(True, last[:-1]))
        around_m = np.diff(self.course.travelled(self.course.ring_starts.astype(np.float64)))[ring]
        since_m, until_m = self.course.travelled(self.edges.begin), self.course.travelled(self.edges.end)
        return edge, following, since_m[following] - until_m + np.where(last, around_m, 0.0)

    def neighbours(self) -> tuple[Ints, Ints]:
        """Return the pairs of edges that follow each other without a gap as sides of the same piece."""
        one, other, gap_m = self.followers()
        kept = (self.edges.piece[one] == self.edges.piece[other]) & (np.abs(gap_m) < TOUCH_M)
        return one[kept], other[kept]

    def with_edges(self, along: Sides) -> "GradedSide":
        """Return the side with other edges along the same line, which keep the grades that it has."""
        edges = along.cut_at(np.concatenate([self.edges.begin, self.edges.end]))
        middle = (edges.begin + edges.end) / 2
        before = np.maximum(np.searchsorted(self.edges.begin, middle, side="right") - 1, 0)
        there = np.flatnonzero(middle <= self.edges.end[before]) if len(self.grade) else np.zeros(0, dtype=np.int64)
        return replace(self, edges=edges.take(there), grade=self.grade[before[there]])


def graded_side(near: Nearness, back: Nearness, tolerance: Tolerance, along: Sides) -> GradedSide:
    """Cut the edges where the answer changes, and grade them; what is too short to be told apart is not.

    Parameters
    ----------
    near, back : the boundary as it is seen from the other one, and the other way round
    tolerance : of the segments of the boundary
    along : edges of pieces of land
    """
    agree, differ = near.runs(tolerance.agree_m), near.runs(tolerance.differ_m)
    along = _apart(near, back, along)
    edges = along.cut_at(np.concatenate([agree.knots, differ.knots]))
    middle = (edges.begin + edges.end) / 2
    grade = np.where(agree.hold(middle), AGREES, np.where(differ.hold(middle), OPEN, DIFFERS))
    return _settled(GradedSide(near, tolerance, edges, grade))


def _apart(near: Nearness, back: Nearness, along: Sides) -> Sides:
    """Return the edges without those where the lines coincide and have the zone on the same side.

    An overlay that puts a crossing on an edge turns the rest of that edge by a rounding, and leaves land of no width
    between it and the edge as it was.
    """
    touched = _touched(near, back)
    if not touched[np.floor(along.begin).astype(np.int64)].any():
        return along
    runs = near.runs(np.where(touched, _COINCIDE_M, -np.inf))
    edges = along.cut_at(runs.knots)
    middle = (edges.begin + edges.end) / 2
    asked = np.flatnonzero(runs.hold(middle))
    segment = np.floor(edges.begin[asked]).astype(np.int64)
    _, facing = near.of(near.course.points(segment, middle[asked] - segment))
    here, there = near.course.take(segment), near.other.take(facing)
    same = (here.x2 - here.x1) * (there.x2 - there.x1) + (here.y2 - here.y1) * (there.y2 - there.y1) > 0
    return edges.take(np.setdiff1d(np.arange(len(middle)), asked[same]))


def _touched(near: Nearness, back: Nearness) -> npt.NDArray[np.bool_]:
    """Tell which segments have a corner of either line on them: without one they cannot run along the other line."""
    touched = np.zeros(len(near.course), dtype=np.bool_)
    own = np.flatnonzero(near.corners[0] <= _COINCIDE_M)
    others = back.corners[0] <= _COINCIDE_M
    touched[own] = touched[near.course.preceding[own]] = touched[back.corners[1][others]] = True
    return touched


def _settled(side: GradedSide) -> GradedSide:
    """Give a stretch that is too short to be told from its neighbour the grade of the farther neighbour."""
    one, other = side.neighbours()
    with np.errstate(divide="ignore"):
        tolerances = side.length_m / side.agree_m
    grade = side.grade
    for level in (AGREES, OPEN):
        same = grade[one] == grade[other]
        group = components(len(grade), one[same], other[same])
        size = np.bincount(group, weights=tolerances)
        farther = np.full(len(size), -1)
        for first, second in ((one, other), (other, one)):
            np.maximum.at(farther, group[first[~same]], grade[second[~same]])
        raised = ((size < FLANK) & (farther > level))[group]
        grade = np.where((grade == level) & raised, farther[group], grade)
    return replace(side, grade=grade)
