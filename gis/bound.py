"""Which stretches of a line are bound: they run along edges of units, and are as exact as those."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.cores import threads
from gis.fabric import Fabric
from gis.gridded import Floats, GriddedLines, Ints, told_once
from gis.line import Line, within
from gis.outlines import Edges, Outlines, areal
from gis.ragged import Array, expand
from gis.rings import Rings, joined_runs

# Two vertices nearer than this are one corner that was written by two programs.
SNAP_M = 0.001
# A line that crosses an edge at a right angle is near it for two tolerances: that is not running along it.
_CROSSING = 4.0
# A place on an edge is told to this part of it: so it is the same number whatever edges stand before it.
_PARTS = 2.0**30
_CHUNK = 1024


def unbound_stretches(fabric: Fabric, zone: Any, snap_m: float = SNAP_M) -> Any:
    """Return the stretches of the line of `zone` that do not run along edges of the units, as (multi)linestring.

    A point of the line is bound where it lies within `snap_m` of an edge of any unit of the fabric: so are edges that
    share both corners, a corner of one on a straight edge of the other, and edges that overlap in part. A stretch of at
    most four tolerances is a crossing, and stays unbound.

    Parameters
    ----------
    fabric : units
    zone : shapely (multi)polygon in the CRS of the fabric
    snap_m : tolerance, metres
    """
    return BoundLines.of(fabric, Outlines.of(areal(np.array([zone], dtype=object))), snap_m).unbound()[0]


def unbound_pieces(fabric: Fabric, outlines: Outlines, snap_m: float = SNAP_M) -> tuple[Ints, npt.NDArray[np.object_]]:
    """Return the same of several areas, edge by edge: the area of each piece, ascending, and the piece as linestring.

    Parameters
    ----------
    outlines : of the areas; neighbours may share edges, whose pieces come once for each
    """
    return BoundLines.of(fabric, outlines, snap_m).unbound_pieces()


@dataclass(frozen=True, eq=False)
class BoundLines:
    """The lines of areas, and where they run along edges of units.

    Attributes
    ----------
    rings : of all areas
    area : of every edge of the rings, shape (e,)
    areas : how many there are
    along : where the rings are near edges of each unit, as intervals that may overlap
    begins, ends : the stretches that are bound, in order, shape (b,) each
    least_m : a stretch that is no longer than this is a crossing, metres
    """

    rings: Rings
    area: Ints
    areas: int
    along: "Along"
    begins: Floats
    ends: Floats
    least_m: float

    @classmethod
    def of(cls, fabric: Fabric, outlines: Outlines, snap_m: float) -> Self:
        """Lay the lines of areas over the units; areas may share edges."""
        rings, edges, least_m = Rings.of(outlines), outlines.edges(), _CROSSING * snap_m
        along = _near_edges(fabric, edges, rings.x1 <= rings.x2, snap_m)
        begins, ends = _runs(rings, along)
        kept = _around_m(rings, begins, ends) > least_m
        return cls(rings, edges.unit, len(outlines), along, begins[kept], ends[kept], least_m)

    def unbound_pieces(self) -> tuple[Ints, npt.NDArray[np.object_]]:
        """Return what is left of the lines, edge by edge: the area of each piece, ascending, and its linestring."""
        pieces, _, edge = self.rings.pieces(*self._left())
        return self.area[edge], pieces

    def unbound(self) -> npt.NDArray[np.object_]:
        """Return what is left of the line of each area, as (multi)linestrings, shape (areas,).

        A ring of which all is left begins at its west end: what is made of it is the same wherever its drawing began.
        """
        begins, ends = self._left()
        cuts = np.union1d(self.rings.starts, self.rings.west_ends()).astype(np.float64)
        first = np.searchsorted(cuts, begins, side="right")
        _, cut = expand(first, np.searchsorted(cuts, ends, side="left") - first)
        begins, ends = np.sort(np.append(begins, cuts[cut])), np.sort(np.append(ends, cuts[cut]))
        left = np.full(self.areas, shapely.MultiLineString(), dtype=object)
        present, member = np.unique(self.area[np.floor(begins).astype(np.int64)], return_inverse=True)
        stretches = self.rings.stretches(begins, ends)
        left[present] = shapely.line_merge(shapely.multilinestrings(stretches, indices=member))
        return left

    def _left(self) -> tuple[Floats, Floats]:
        begins, ends = np.append(0.0, self.ends), np.append(self.begins, float(len(self.rings)))
        some = begins < ends
        return begins[some], ends[some]


@dataclass(frozen=True, eq=False)
class Along:
    """Intervals of rings, each near an edge of a unit, shape (k,) each; a place is the number of an edge and a part.

    Attributes
    ----------
    unit : whose edge it is
    edge : the edge of the rings
    begins, ends : from place to place on it
    asked : units with a piece of a ring in a cell of their box; of all others no edge is near a ring
    """

    unit: Ints
    edge: Ints
    begins: Floats
    ends: Floats
    asked: Ints


def _runs(rings: Rings, along: Along) -> tuple[Floats, Floats]:
    """Return the intervals joined, in order; where a ring ends and the next one begins they stay apart."""
    apart = rings.ring_of(along.edge)
    begins, ends = joined_runs(along.begins + apart, along.ends + apart)
    apart = np.searchsorted(rings.starts + np.arange(len(rings.starts)), begins, side="right") - 1
    return begins - apart, ends - apart


def _around_m(rings: Rings, begins: Floats, ends: Floats) -> Floats:
    """Return the length of every run, metres; one that goes on around the start of its ring is as long as its parts."""
    length_m = rings.length_m(begins, ends)
    opens, closes = np.isin(begins, rings.starts[:-1]), np.isin(ends, rings.starts[1:])
    first, last = rings.ring_of(begins[opens].astype(np.int64)), rings.ring_of(ends[closes].astype(np.int64) - 1)
    _, one, other = np.intersect1d(first, last, return_indices=True)
    one, other = np.flatnonzero(opens)[one], np.flatnonzero(closes)[other]
    around_m = length_m.copy()
    around_m[one] += np.where(one == other, 0.0, length_m[other])
    around_m[other] = around_m[one]
    return around_m


def _near_edges(fabric: Fabric, edges: Edges, forward: Array, snap_m: float) -> Along:
    """Return the intervals of the line near edges of units."""
    once, sides = told_once(edges)
    lines = GriddedLines.on(fabric.grid, once)
    nothing = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0)
    asked = nothing[0] if lines is None else _reached(fabric, lines, snap_m)
    found = [] if lines is None else _near_units(fabric, lines, asked, snap_m)
    unit, edge, begin, end = (np.concatenate(parts) for parts in zip(nothing, *found, strict=True))
    place, side = sides.of(edge)
    edge, begin, end = sides.edge[side], begin[place], end[place]
    onward, base = forward[edge], edge.astype(np.float64)
    begins, ends = base + np.where(onward, begin, 1.0 - end), base + np.where(onward, end, 1.0 - begin)
    return Along(unit[place], edge, begins, ends, asked)


def _reached(fabric: Fabric, lines: GriddedLines, snap_m: float) -> Ints:
    """Return the units with a piece of the lines in a cell of their box."""
    reach = np.array([-snap_m, -snap_m, snap_m, snap_m])
    blocks = np.flatnonzero(lines.grid.meets(fabric.blocks.bounds + reach))
    units = fabric.blocks.units_of(blocks[lines.lie_near(fabric.blocks.bounds[blocks] + reach)])
    return units[lines.lie_near(fabric.bounds[units] + reach)]


def _near_units(
    fabric: Fabric, lines: GriddedLines, units: Ints, snap_m: float
) -> list[tuple[Ints, Ints, Floats, Floats]]:
    chunks = [units[start : start + _CHUNK] for start in range(0, len(units), _CHUNK)]
    with threads(len(units)) as beside:
        return list(beside.map(lambda chunk: _near_some(fabric, lines, chunk, snap_m), chunks))


def _near_some(fabric: Fabric, lines: GriddedLines, units: Ints, snap_m: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Return (unit, edge of the lines, begin, end) of every stretch near an edge of a unit, in parts of the edge."""
    sides = fabric.outlines(units).edges()
    boxes = np.stack([sides.left_x, _lowest(sides), sides.right_x, _highest(sides)], axis=1)
    boxes += np.array([-snap_m, -snap_m, snap_m, snap_m])
    reached = np.flatnonzero(lines.grid.meets(boxes))
    one, piece = lines.pieces_near(boxes[reached])
    side, edge = reached[one], lines.pieces.edge[piece]
    meets = _boxes_meet(lines.edges, edge, sides, side, snap_m)
    edge, side = edge[meets], side[meets]
    begin, end = within(_line(lines.edges.take(edge)), _line(sides.take(side)), snap_m)
    some = begin <= end
    begin, end = (np.rint(part[some] * _PARTS) / _PARTS for part in (begin, end))
    return units[sides.unit[side[some]]], edge[some], begin, end


def _line(edges: Edges) -> Line:
    return Line(edges.left_x, edges.left_y, edges.right_x, edges.right_y)


def _boxes_meet(first: Edges, one: Ints, second: Edges, other: Ints, snap_m: float) -> npt.NDArray[np.bool_]:
    meet = (first.left_x[one] <= second.right_x[other] + snap_m) & (first.right_x[one] >= second.left_x[other] - snap_m)
    low, high = (_lowest(edges) for edges in (first, second)), (_highest(edges) for edges in (first, second))
    (first_low, second_low), (first_high, second_high) = low, high
    meet &= (first_low[one] <= second_high[other] + snap_m) & (first_high[one] >= second_low[other] - snap_m)
    return meet


def _lowest(edges: Edges) -> Floats:
    return np.minimum(edges.left_y, edges.right_y)


def _highest(edges: Edges) -> Floats:
    return np.maximum(edges.left_y, edges.right_y)
