"""Where along one line another line lies within reach, and how far it is: exact intervals, not samples."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from gis.line import Course, Floats, Ints, within
from gis.rings import joined_runs


@dataclass(frozen=True, eq=False)
class Runs:
    """Intervals of places along a course, apart from each other and in order.

    Attributes
    ----------
    course : the line
    begins, ends : places, shape (r,)
    """

    course: Course
    begins: Floats
    ends: Floats

    def hold(self, places: Floats) -> npt.NDArray[np.bool_]:
        """Tell which places lie in one of the intervals."""
        if not len(self.begins):
            return np.zeros(len(places), dtype=np.bool_)
        run = np.searchsorted(self.begins, places, side="right") - 1
        inside: npt.NDArray[np.bool_] = (run >= 0) & (places <= self.ends[run])
        return inside

    @cached_property
    def knots(self) -> Floats:
        """Return the places where an interval begins or ends, in order."""
        return np.stack([self.begins, self.ends], axis=1).ravel()


@dataclass(frozen=True, eq=False)
class Nearness:
    """One line as it is seen from another.

    Attributes
    ----------
    course : the line along which distances are told
    other : the line to which they are told
    """

    course: Course
    other: Course

    @cached_property
    def corners(self) -> tuple[Floats, Ints]:
        """For the start of every segment the distance to `other`, and its nearest segment, shape (k,) each."""
        return self.of(np.stack([self.course.x1, self.course.y1], axis=1))

    @cached_property
    def is_shared(self) -> npt.NDArray[np.bool_]:
        """Which segments `other` has too, whichever way it runs, shape (k,)."""
        start = self.other.starting_at(np.stack([self.course.x1, self.course.y1], axis=1))
        end = start[self.course.following]
        follows = (self.other.following[start] == end) | (self.other.following[end] == start)
        shared: npt.NDArray[np.bool_] = (start >= 0) & (end >= 0) & follows
        return shared

    def of(self, points: Floats) -> tuple[Floats, Ints]:
        """Return for points, shape (n, 2), the distance to `other` and its nearest segment, shape (n,) each."""
        nearest = self.other.starting_at(points)
        distance_m = np.zeros(len(points))
        asked = np.flatnonzero(nearest < 0)
        (_, found), distance = self.other.tree.query_nearest(
            shapely.points(points[asked]), all_matches=False, return_distance=True
        )
        nearest[asked], distance_m[asked] = found, distance
        return distance_m, nearest

    def runs(self, reach_m: Floats) -> Runs:
        """Return where along `course` the line `other` is within reach.

        What both lines share is near whatever the reach. The distance to a line changes by no more than the way that
        was gone, so that the distances of two corners decide most other segments; what is left is cut by what lies
        within reach of each segment of `other`.

        Parameters
        ----------
        reach_m : distance for every segment of `course`, shape (k,); inf is always within reach
        """
        course, (apart_m, _) = self.course, self.corners
        mean_m, half_m = (apart_m + apart_m[course.following]) / 2, course.lengths_m / 2
        inside = (mean_m + half_m <= reach_m) | (self.is_shared & (reach_m >= 0))
        whole, open_ = np.flatnonzero(inside), np.flatnonzero(~inside & (mean_m - half_m <= reach_m))
        asked, found = self.other.tree.query(course.segments[open_], predicate="dwithin", distance=reach_m[open_])
        segment = open_[asked]
        begin, end = within(course.take(segment), self.other.take(found), reach_m[segment])
        some = begin <= end
        begins = np.concatenate([whole, segment[some] + begin[some]])
        ends = np.concatenate([whole + 1.0, segment[some] + end[some]])
        return Runs(course, *joined_runs(begins, ends))
