"""A boundary moves, the totals follow: the same whole numbers as a fresh start, whatever the order of moves.

How often a unit lies inside is linear in the edges of the boundary and kept in whole numbers. So a move asks only about
the edges that it adds and those that it takes away, and adds the answer to what is known.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Self

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries

from gis.bound import SNAP_M
from gis.boundary import Boundary, opposite
from gis.cores import threads
from gis.cover import Cover
from gis.crs import require_same_crs
from gis.fabric import Fabric, require_valid
from gis.gridded import Ints
from gis.measure import MM2_PER_M2, to_mm2
from gis.outlines import Edges
from gis.overlay import measured, shares_mm2
from gis.ragged import Array
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE
from gis.windings import Windings
from gis.wound import wound

# Moves that can be undone.
UNDO_DEPTH = 100
# A yard without an outline is taken as a square of this side around its point.
POINT_M = 0.01
_SLICE = 1024
_INSIDE, _OUTSIDE, _CROSSED, _UNDECIDABLE = (STATES.index(state) for state in (INSIDE, OUTSIDE, CROSSED, UNDECIDABLE))


@dataclass(frozen=True)
class Totals:
    """What a boundary holds; compared with ``==``, whole numbers only.

    Attributes
    ----------
    area_mm2 : area of the units inside
    inside, outside, crossed, undecidable : number of units by state; *undecidable* are those without area
    covers : for each cover (key, mm² of the units inside) of every class, in the order of its rows
    yards : state of every yard
    """

    area_mm2: int
    inside: int
    outside: int
    crossed: int
    undecidable: int
    covers: tuple[tuple[tuple[Any, int], ...], ...]
    yards: tuple[str, ...]

    @property
    def area_m2(self) -> float:
        """Area of the units inside, m²."""
        return self.area_mm2 / MM2_PER_M2


class BoundaryDrag:
    """A fabric and a boundary that moves over it.

    Parameters
    ----------
    fabric : units
    boundary : shapely (multi)polygon in the CRS of the fabric, or a layer of one row
    covers : covers of the fabric whose classes are summed inside the boundary
    yards : layer of points or polygons whose states are told, or None

    Raises
    ------
    CrsMixed, GeometryInvalid
    """

    def __init__(self, fabric: Fabric, boundary: Any, covers: Sequence[Cover] = (), yards: Any = None) -> None:
        require_same_crs(fabric, *covers, *([] if yards is None else [yards]))
        self._start(_Ground.of(fabric, covers, yards), boundary)

    def restarted(self, boundary: Any) -> "BoundaryDrag":
        """Return a fresh start on `boundary` that shares what does not depend on a boundary."""
        fresh = object.__new__(BoundaryDrag)
        fresh._start(self._ground, boundary)
        return fresh

    def _start(self, ground: "_Ground", boundary: Any) -> None:
        self._ground = ground
        self._units = _Track.over(ground.fabric, ground.fabric.area_mm2)
        self._pieces = _Track.over(ground.pieces, ground.piece_mm2)
        self._yards = _Track.over(ground.yards, ground.yards.area_mm2)
        self._class_mm2 = np.zeros(len(ground.keys), dtype=np.int64)
        self._moves: deque[tuple[Boundary, Edges]] = deque(maxlen=UNDO_DEPTH)
        self._boundary = Boundary.checked(self._area(boundary))
        self._apply(self._boundary.edges)

    @property
    def boundary(self) -> Any:
        """The boundary as it stands: shapely (multi)polygon."""
        return self._boundary.area

    @property
    def totals(self) -> Totals:
        """What the boundary holds now."""
        inside, outside, crossed, undecidable = self._units.counts.tolist()
        rows = list(zip(self._ground.keys, self._class_mm2.tolist(), strict=True))
        return Totals(
            area_mm2=self._units.sum_mm2,
            inside=inside,
            outside=outside,
            crossed=crossed,
            undecidable=undecidable,
            covers=tuple(tuple(rows[start:stop]) for start, stop in pairwise(self._ground.key_starts)),
            yards=tuple(STATES[state] for state in self._yards.states(np.arange(len(self._ground.yards))).tolist()),
        )

    def move(self, new_boundary: Any) -> Totals:
        """Replace the boundary and return what it holds; a boundary that is refused changes nothing.

        Raises
        ------
        CrsMixed, GeometryInvalid
        """
        moved, change = self._boundary.moved(self._area(new_boundary))
        self._moves.append((self._boundary, change))
        self._boundary = moved
        self._apply(change)
        return self.totals

    def undo(self) -> Totals:
        """Take the last move back; the last hundred can be. Where there is none, nothing happens."""
        if self._moves:
            self._boundary, change = self._moves.pop()
            self._apply(opposite(change))
        return self.totals

    def _area(self, boundary: Any) -> Any:
        if not isinstance(boundary, GeoDataFrame | GeoSeries):
            return boundary
        require_same_crs(self._ground.fabric, boundary)
        return shapely.union_all(boundary.geometry.values)

    def _apply(self, change: Edges) -> None:
        units, gained = self._units.follow(change)
        for whole_in in self._ground.whole_in:
            classes = whole_in[units]
            known = classes >= 0
            np.add.at(self._class_mm2, classes[known], gained[known])
        pieces, gained = self._pieces.follow(change)
        np.add.at(self._class_mm2, self._ground.piece_in[pieces], gained)
        self._yards.follow(change)


@dataclass(frozen=True, eq=False)
class _Ground:
    # What does not depend on the boundary. The classes of all covers stand in one row, cover after cover.
    # `whole_in` holds for each cover the class in which a unit lies as a whole, -1 where it is cut or in none;
    # of units that are cut, `pieces` are the parts and `piece_in` their classes.
    fabric: Fabric
    keys: list[Any]
    key_starts: tuple[int, ...]
    whole_in: tuple[Ints, ...]
    pieces: Fabric
    piece_in: Ints
    piece_mm2: Ints
    yards: Fabric

    @classmethod
    def of(cls, fabric: Fabric, covers: Sequence[Cover], yards: Any) -> Self:
        starts = (0, *accumulate(len(cover) for cover in covers))
        divided = [_divided(fabric, cover) for cover in covers]
        nothing = np.zeros(0, dtype=np.int64)
        return cls(
            fabric=fabric,
            keys=[key for cover in covers for key in cover.keys],
            key_starts=starts,
            whole_in=tuple(
                np.where(whole >= 0, whole + start, -1)
                for (whole, _, _, _), start in zip(divided, starts, strict=False)
            ),
            pieces=Fabric.of_valid(
                np.concatenate([np.zeros(0, dtype=object), *(shapes for _, shapes, _, _ in divided)]), fabric.crs
            ),
            piece_in=np.concatenate(
                [nothing, *(kind + start for (_, _, kind, _), start in zip(divided, starts, strict=False))]
            ),
            piece_mm2=np.concatenate([nothing, *(mm2 for _, _, _, mm2 in divided)]),
            yards=_outlined(yards, fabric),
        )


def _divided(fabric: Fabric, cover: Cover) -> tuple[Ints, Array, Ints, Ints]:
    """Return the class in which each unit lies as a whole or -1, and shape, class and area of the parts of the rest."""
    found = shares_mm2(fabric, cover)
    whole = found.area_mm2 == fabric.area_mm2[found.unit]
    rows = np.bincount(found.unit, minlength=len(fabric))
    whole &= rows[found.unit] == 1
    whole_in = np.full(len(fabric), -1, dtype=np.int64)
    whole_in[found.unit[whole]] = found.cover[whole]
    unit, kind, area_mm2 = found.unit[~whole], found.cover[~whole], found.area_mm2[~whole]
    shapes = _intersected(fabric.drawn(unit), cover.geometries[kind])
    return whole_in, shapes, kind, area_mm2


def _intersected(first: Array, second: Array) -> Array:
    spans = [slice(start, start + _SLICE) for start in range(0, len(first), _SLICE)]
    with threads(len(first)) as beside:
        parts = beside.map(lambda span: shapely.intersection(first[span], second[span]), spans)
        return np.concatenate([np.zeros(0, dtype=object), *parts])


def _outlined(yards: Any, fabric: Fabric) -> Fabric:
    if yards is None:
        return Fabric.of_valid(np.zeros(0, dtype=object), fabric.crs)
    shapes = np.asarray(yards.geometry.values, dtype=object)
    points = shapely.get_dimensions(shapes) == 0
    squares = shapely.buffer(shapes[points], POINT_M / 2, cap_style="square")
    shapes = shapes.copy()
    shapes[points] = squares
    require_valid(shapes, np.arange(len(shapes)), layer="yards")
    return Fabric.of_valid(shapes, fabric.crs)


@dataclass(eq=False)
class _Track:
    # How often each unit lies inside, and its area there, as the boundary stands.
    fabric: Fabric
    whole_mm2: Ints
    slack_mm2: Ints
    times: Ints
    quanta: Ints
    inside_mm2: Ints
    counts: Ints
    sum_mm2: int

    @classmethod
    def over(cls, fabric: Fabric, whole_mm2: Ints) -> Self:
        times, quanta, inside_mm2 = np.zeros((3, len(fabric)), dtype=np.int64)
        slack_mm2 = to_mm2(fabric.length_m * SNAP_M)
        counts = np.zeros(len(STATES), dtype=np.int64)
        track = cls(fabric, whole_mm2, slack_mm2, times, quanta, inside_mm2, counts, sum_mm2=0)
        counts += track.counted(np.arange(len(fabric)))
        return track

    def follow(self, change: Edges) -> tuple[Ints, Ints]:
        """Take the change of a boundary in; return units that it reaches and the mm² they gained."""
        found = wound(self.fabric, change)
        rows = Windings.joined([found.apart, found.near])
        units = rows.unit
        self.times[units] += rows.times
        self.quanta[units] += rows.quanta
        before, counted = self.inside_mm2[units], self.counted(units)
        self.inside_mm2[units] = self._settled(units)
        self.counts += self.counted(units) - counted
        gained: Ints = self.inside_mm2[units] - before
        self.sum_mm2 += int(gained.sum())
        return units, gained

    def _settled(self, units: Ints) -> Ints:
        # A function of the unit and its windings alone.
        held = Windings(units, np.zeros_like(units), self.times[units], self.quanta[units])
        area, whole = measured(self.fabric, held)
        whole_mm2 = self.whole_mm2[units]
        return np.where(area == whole, whole_mm2, np.minimum(to_mm2(area / MM2_PER_M2), whole_mm2))

    def states(self, units: Ints) -> Ints:
        """Return the states of units as positions in STATES."""
        inside, whole, slack = self.inside_mm2[units], self.whole_mm2[units], self.slack_mm2[units]
        tests = [whole <= 0, whole - inside <= slack, inside <= slack]
        state: Ints = np.select(tests, [_UNDECIDABLE, _INSIDE, _OUTSIDE], _CROSSED).astype(np.int64)
        return state

    def counted(self, units: Ints) -> Ints:
        """Return how many of `units` are in each state."""
        counted: Ints = np.bincount(self.states(units), minlength=len(STATES))
        return counted
