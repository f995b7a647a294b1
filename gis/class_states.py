"""Four states of units against every class of a cover, each class with its own accuracy; asked of all units or of one.

The definition is that of `gis.states`. With B what lies within the accuracy of the unbound stretches of the line of a
class Z, the cover asked is Z, B and B ∩ Z of every class at once, in one pass of the kernel::

    least = |P ∩ Z| - |P ∩ B ∩ Z|        most = |P ∩ Z| + |P ∩ B| - |P ∩ B ∩ Z|

An answer is a function of the unit and of the lines near it, so one unit gets the same answer alone as among a million.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.bound import SNAP_M, BoundLines
from gis.cores import threads
from gis.cover import Cover
from gis.crs import require_same_crs
from gis.fabric import Fabric
from gis.gridded import Floats, GriddedLines, Ints
from gis.measure import to_mm2
from gis.outlines import Outlines, areal
from gis.overlay import Shares, shares_in
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE
from gis.through import through_stretches

# Segments of a quarter circle around a bend, as in `gis.states`.
_ARC = 16
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class ClassStates:
    """Pairs of a unit and a class that it may meet, ordered by unit and class, shape (r,) each; all others are outside.

    Attributes
    ----------
    unit, cover : position of the unit in the fabric and of the class in the cover
    area_mm2 : common area as drawn
    least_mm2, most_mm2 : common area at least and at most, within the accuracy of the line
    state : position in `gis.states.STATES`; a pair may turn out to be *outside* within the snapping tolerance
    """

    unit: Ints
    cover: Ints
    area_mm2: Ints
    least_mm2: Ints
    most_mm2: Ints
    state: npt.NDArray[np.int8]

    def taken(self, chosen: npt.NDArray[np.bool_]) -> "ClassStates":
        """Return the chosen pairs."""
        return ClassStates(**{name: values[chosen] for name, values in vars(self).items()})


@dataclass(frozen=True, eq=False)
class CoverLines:
    """The lines of a cover laid over a fabric, and what lies within their accuracy.

    Attributes
    ----------
    fabric, cover : as they were laid over each other
    snap_m : tolerance within which a line coincides with an edge of a unit
    fuzzy : classes whose line has an unbound stretch with an accuracy, shape (f,)
    lines : on the grid of the fabric the lines of the k classes, of the f areas near their lines, and of the f areas
        that those share with their class; None where they reach nothing
    layer : which of these k + 2 f know of each other: shares within one layer close
    opened : what bound stretches that run through the inside of units leave open there
    """

    fabric: Fabric
    cover: Cover
    snap_m: float
    fuzzy: Ints
    lines: GriddedLines | None
    layer: Ints
    opened: "_Opened"

    @classmethod
    def over(
        cls, fabric: Fabric, cover: Cover, accuracy_m: Floats, layer: Ints | None = None, snap_m: float = SNAP_M
    ) -> "CoverLines":
        """Lay the classes of `cover` over `fabric`.

        Parameters
        ----------
        accuracy_m : stated accuracy of the line of each class, shape (k,), metres; 0 takes it as exact
        layer : of each class, ascending, where the cover holds several layers; each gets what it gets alone

        Raises
        ------
        CrsMixed
        """
        require_same_crs(fabric, cover)
        inexact = np.flatnonzero(accuracy_m > 0)
        bound = BoundLines.of(fabric, Outlines.of(cover.geometries[inexact]), snap_m)
        # The areas near the lines are drawn by shapely alone, without the interpreter: beside them there is time.
        with threads(len(fabric)) as beside:
            through = beside.submit(through_stretches, fabric, bound)
            fuzzy, around, inner = _around(bound, inexact, accuracy_m, cover, beside)
            unit, area, stretches = through.result()
        every = np.concatenate([cover.geometries, around, inner])
        stacked = Cover.of_valid(np.arange(len(every)).astype(object), every, cover.crs)
        own = np.zeros(len(cover), dtype=np.int64) if layer is None else layer
        apart = int(own.max(initial=0)) + 1 + np.arange(2 * len(fuzzy))
        lines, none = GriddedLines.on(fabric.grid, stacked.edges), np.zeros(0, dtype=np.int64)
        laid = cls(fabric, cover, snap_m, fuzzy, lines, np.concatenate([own, apart]), _Opened(none, none, none))
        reach = shapely.buffer(stretches, accuracy_m[inexact[area]], quad_segs=_ARC)
        return replace(laid, opened=laid._opened_by(unit, inexact[area], reach))

    def states(self, units: Ints | None = None) -> ClassStates:
        """Return the states of all units, or of some (positions in the fabric): then `unit` counts among those."""
        chosen = self.fabric if units is None else self.fabric.part(units)
        pair, area, near, both = self._areas(chosen)
        unit, cover = np.divmod(pair, self._classes)
        less, more = self.opened.of(pair if units is None else units[unit] * self._classes + cover)
        return _stated(chosen, unit, cover, (area, area - both - less, area + near - both + more), self.snap_m)

    @property
    def _classes(self) -> int:
        return max(len(self.cover), 1)

    def _areas(self, chosen: Fabric) -> tuple[Ints, Ints, Ints, Ints]:
        """Return pairs of unit and class, and of each its area in the class, near its line, and in both."""
        found = list(self._told_apart(shares_in(chosen, self.lines, self.layer)))
        pairs = [unit * self._classes + cover for unit, cover, _ in found]
        every = _either(pairs[0], pairs[1])
        area, near, both = np.zeros((3, len(every)), dtype=np.int64)
        for values, pair, (_, _, area_mm2) in zip((area, near, both), pairs, found, strict=True):
            values[np.searchsorted(every, pair)] = area_mm2
        return every, area, near, both

    def _opened_by(self, unit: Ints, cover: Ints, reach: npt.NDArray[np.object_]) -> "_Opened":
        """Return what the areas `reach`, of a unit and a class each, leave open beyond the line of the class."""
        reached = Fabric.of_valid(
            areal(np.asarray(shapely.intersection(self.fabric.drawn(unit), reach))), self.fabric.crs, self.fabric.grid
        )
        pair, area, near, both = self._areas(reached)
        asked = np.arange(len(unit)) * self._classes + cover
        inside, around, common = np.zeros((3, len(unit)), dtype=np.int64)
        own = np.isin(pair, asked)
        for values, all_areas in ((inside, area), (around, near), (common, both)):
            values[pair[own] // self._classes] = all_areas[own]
        pairs = unit * self._classes + cover
        order = np.argsort(pairs)
        less, more = inside - common, reached.area_mm2 - inside - around + common
        return _Opened(pairs[order], less[order], more[order])

    def _told_apart(self, found: Shares) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield unit, class and area of the pairs: in the class, near its line, in the class near its line."""
        count, fuzzy = len(self.cover), len(self.fuzzy)
        starts = (0, count, count + fuzzy, count + 2 * fuzzy)
        for first, last, classes in zip(starts, starts[1:], (np.arange(count), self.fuzzy, self.fuzzy), strict=False):
            own = (found.cover >= first) & (found.cover < last)
            yield found.unit[own], classes[found.cover[own] - first], found.area_mm2[own]


@dataclass(frozen=True, eq=False)
class _Opened:
    # Of pairs of unit and class, ascending, what of their common area and what beyond it nobody knows.
    pair: Ints
    less_mm2: Ints
    more_mm2: Ints

    def of(self, pairs: Ints) -> tuple[Ints, Ints]:
        place = np.searchsorted(self.pair, pairs)
        known = np.append(self.pair, -1)[place] == pairs
        less, more = (np.append(values, 0)[place] * known for values in (self.less_mm2, self.more_mm2))
        return less, more


def _either(first: Ints, second: Ints) -> Ints:
    """Return the numbers of two ascending lists, each once: runs are merged, where a search by hashes sorts anew."""
    both = np.sort(np.concatenate([first, second]), kind="stable")
    either: Ints = both[np.diff(both, prepend=-1) != 0]
    return either


def _around(
    bound: BoundLines, inexact: Ints, accuracy_m: Floats, cover: Cover, beside: Executor
) -> tuple[Ints, Shapes, Shapes]:
    """Return the classes of `inexact` with an unbound line, what lies near that, and what of it lies in the class."""
    stretches = bound.unbound()
    some = ~shapely.is_empty(stretches)
    fuzzy = inexact[some]

    def near(stretch: Any, reach_m: float, area: Any) -> tuple[Any, Any]:
        around = shapely.buffer(stretch, reach_m, quad_segs=_ARC)
        return around, shapely.intersection(around, area)

    # A class each: the line of a zone may have more corners than all others together.
    found = list(beside.map(near, stretches[some], accuracy_m[fuzzy], cover.geometries[fuzzy]))
    around, inner = np.array(found, dtype=object).reshape(-1, 2).T
    return fuzzy, around, inner


def _stated(fabric: Fabric, unit: Ints, cover: Ints, areas: tuple[Ints, Ints, Ints], snap_m: float) -> ClassStates:
    whole = fabric.area_mm2[unit]
    area = areas[0]
    least, most = (np.clip(one, 0, whole) for one in areas[1:])
    # An edge within the snapping tolerance leaves a sliver no wider than it along the unit's own edge.
    slack = to_mm2(fabric.length_m[unit] * snap_m)
    inside, outside = whole - least <= slack, most <= slack
    crossed = (least > slack) & (whole - most > slack)
    codes = [STATES.index(one) for one in (INSIDE, OUTSIDE, CROSSED, UNDECIDABLE)]
    state = np.select([inside, outside, crossed], codes[:3], codes[3]).astype(np.int8)
    return ClassStates(unit, cover, area, least, most, state)
