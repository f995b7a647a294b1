"""Four states of units against every class of a cover, each class with its own accuracy; asked of all units or of one.

The definition is that of `gis.states`. Nearly every unit is far from every line; what is near is asked by itself: the
part Q of a unit P that lies within the accuracy of an unbound stretch, and how much of Q lies in the class Z::

    least = |P ∩ Z| - |Q ∩ Z|        most = |P ∩ Z| + |Q| - |Q ∩ Z|

An answer is a function of the unit and of the lines near it, so one unit gets the same answer alone as among a million.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from gis.bound import SNAP_M, BoundLines
from gis.cover import Cover
from gis.crs import require_same_crs
from gis.fabric import THREADS, Fabric
from gis.gridded import Floats, GriddedLines, Ints
from gis.measure import to_mm2
from gis.overlay import Shares, shares_in
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE

# Segments of a quarter circle around a bend, as in `gis.states`.
_ARC = 16
_CHUNK = 1024
_NONE: Ints = np.zeros(0, dtype=np.int64)


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


@dataclass(frozen=True, eq=False)
class CoverLines:
    """The lines of a cover laid over a fabric, with the stretches that are not bound to units.

    Attributes
    ----------
    fabric, cover : as they were laid over each other
    layer : of each class, shape (k,), ascending; a cover may hold several layers, which do not know of each other
    accuracy_m : stated accuracy of the line of each class, shape (k,), metres; 0 takes it as exact
    snap_m : tolerance within which a line coincides with an edge of a unit
    lines : the lines on the grid of the fabric; None where they reach nothing of it
    owner, pieces : class and linestring of each unbound piece of a line with an accuracy, by class
    """

    fabric: Fabric
    cover: Cover
    layer: Ints
    accuracy_m: Floats
    snap_m: float
    lines: GriddedLines | None
    owner: Ints
    pieces: npt.NDArray[np.object_]

    @classmethod
    def over(
        cls, fabric: Fabric, cover: Cover, accuracy_m: Floats, layer: Ints | None = None, snap_m: float = SNAP_M
    ) -> "CoverLines":
        """Lay the classes of `cover` over `fabric`.

        Raises
        ------
        CrsMixed
        """
        require_same_crs(fabric, cover)
        lines = GriddedLines.on(fabric.grid, cover.edges)
        inexact = np.flatnonzero(accuracy_m > 0)
        owner, pieces = BoundLines.of(fabric, list(cover.geometries[inexact]), snap_m).unbound_pieces()
        one_layer = np.zeros(len(cover), dtype=np.int64)
        return cls(
            fabric, cover, one_layer if layer is None else layer, accuracy_m, snap_m, lines, inexact[owner], pieces
        )

    @cached_property
    def reaches(self) -> shapely.STRtree:
        """Index of the boxes of the pieces, each grown by its accuracy."""
        reach = self.accuracy_m[self.owner][:, np.newaxis] * np.array([-1.0, -1.0, 1.0, 1.0])
        return shapely.STRtree(shapely.box(*(shapely.bounds(self.pieces) + reach).T))

    def states(self, part: Fabric | None = None) -> ClassStates:
        """Return the states of all units, or of a part of the fabric: then `unit` counts within the part."""
        chosen = part or self.fabric
        found = shares_in(chosen, self.lines, self.layer)
        return self._told(chosen, found, self._near(chosen))

    def _near(self, chosen: Fabric) -> "_Near":
        """Return what of each unit lies within the accuracy of the unbound stretches of each class."""
        units = self._suspects(chosen)
        chunks = [units[start : start + _CHUNK] for start in range(0, len(units), _CHUNK)]
        if len(chunks) < 2:
            return _Near.joined([self._near_of(chosen, chunk) for chunk in chunks])
        with ThreadPoolExecutor(THREADS) as threads:
            return _Near.joined(list(threads.map(lambda chunk: self._near_of(chosen, chunk), chunks)))

    def _suspects(self, chosen: Fabric) -> Ints:
        """Return the units whose box is reached by a piece, asked block by block first."""
        units = chosen.blocks.units_of(self._reached(chosen.blocks.bounds))
        return np.sort(units[self._reached(chosen.bounds[units])])

    def _reached(self, boxes: Floats) -> Ints:
        found: Ints = np.unique(self.reaches.query(shapely.box(*boxes.T))[0]) if len(boxes) else _NONE
        return found

    def _near_of(self, chosen: Fabric, units: Ints) -> "_Near":
        shapes = chosen.drawn(units)
        one, owner, around = self._around(shapes)
        parts = Fabric.of_valid(shapely.intersection(shapes[one], around), chosen.crs, chosen.grid)
        return _Near(units[one], owner, parts.area_mm2, _own(shares_in(parts, self.lines, self.layer), owner))

    def _around(self, shapes: npt.NDArray[np.object_]) -> tuple[Ints, Ints, npt.NDArray[np.object_]]:
        """Return shape, class and buffer of the pieces of the class that the shape is within the accuracy of."""
        shape, piece = self.reaches.query(shapes)
        near = shapely.dwithin(shapes[shape], self.pieces[piece], self.accuracy_m[self.owner[piece]])
        shape, piece = shape[near], piece[near]
        order = np.lexsort((piece, shape))  # pieces are ordered by class
        shape, piece = shape[order], piece[order]
        owner = self.owner[piece]
        opens = np.flatnonzero((np.diff(shape, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0))
        if not len(opens):
            return _NONE, _NONE, self.pieces[:0]
        group = np.repeat(np.arange(len(opens)), np.diff(np.append(opens, len(shape))))
        stretches = shapely.line_merge(shapely.multilinestrings(self.pieces[piece], indices=group))
        around = shapely.buffer(stretches, self.accuracy_m[owner[opens]], quad_segs=_ARC)
        return shape[opens], owner[opens], around

    def _told(self, chosen: Fabric, found: Shares, near: "_Near") -> ClassStates:
        classes = max(len(self.cover), 1)
        pairs, near_pairs = found.unit * classes + found.cover, near.unit * classes + near.cover
        every = np.union1d(pairs, near_pairs)
        unit, cover = np.divmod(every, classes)
        area, least, most = (np.zeros(len(every), dtype=np.int64) for _ in range(3))
        area[np.searchsorted(every, pairs)] = found.area_mm2
        least += area
        most += area
        place = np.searchsorted(every, near_pairs)
        least[place] -= near.within_mm2
        most[place] += near.area_mm2 - near.within_mm2
        whole = chosen.area_mm2[unit]
        least, most = np.clip(least, 0, whole), np.clip(most, 0, whole)
        slack = to_mm2(chosen.length_m[unit] * self.snap_m)
        inside, outside = whole - least <= slack, most <= slack
        crossed = (least > slack) & (whole - most > slack)
        codes = [STATES.index(one) for one in (INSIDE, OUTSIDE, CROSSED, UNDECIDABLE)]
        state = np.select([inside, outside, crossed], codes[:3], codes[3]).astype(np.int8)
        return ClassStates(unit, cover, area, least, most, state)


@dataclass(frozen=True, eq=False)
class _Near:
    # What of a unit lies near the line of a class, and how much of that in the class, shape (r,) each.
    unit: Ints
    cover: Ints
    area_mm2: Ints
    within_mm2: Ints

    @classmethod
    def joined(cls, parts: "list[_Near]") -> "_Near":
        every = [cls(_NONE, _NONE, _NONE, _NONE), *parts]
        return cls(**{name: np.concatenate([getattr(part, name) for part in every]) for name in vars(every[0])})


def _own(found: Shares, owner: Ints) -> Ints:
    """Return the area of each unit in the class that it was asked for, shape of `owner`."""
    own = owner[found.unit] == found.cover
    area = np.zeros(len(owner), dtype=np.int64)
    area[found.unit[own]] = found.area_mm2[own]
    return area
