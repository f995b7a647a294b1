"""Slices: sparse units cut upright, so that most of a unit is asked as a whole, and the rest about what is near it.

A road of three thousand corners has a box of twenty kilometres, and all that lies in the box would be near it. Cut part
by part and every few edges it is as many small units, most of them with nothing near. What the slices of a unit have in
a class adds up in whole quanta of the unit.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from gis.gridded import Floats, Ints
from gis.near import Asked
from gis.outlines import Edges, Outlines
from gis.ragged import Array, expand, ordered, starts_of
from gis.windings import Windings, quantum_m2

# A unit that fills no more than this of its box, with more corners than this, is cut: of others nearly all lies near.
_SPARSE = 0.125
_MANY_CORNERS = 64
_EDGES_PER_SLICE = 16


def are_sparse(outlines: Outlines, bounds: Floats, area_m2: Floats) -> Array:
    """Return which units are better asked in slices, shape (n,)."""
    box_m2 = (bounds[:, 2] - bounds[:, 0]) * (bounds[:, 3] - bounds[:, 1])
    sparse: Array = (outlines.corners() > _MANY_CORNERS) & (area_m2 < _SPARSE * box_m2)
    return sparse


@dataclass(frozen=True, eq=False)
class Slices:
    """The slices of n units, shape (s,) each, ordered by unit.

    How a unit is cut depends on the unit alone: it gets the same answer whatever else is asked. Its edges are not cut,
    for their new corners could not be written exactly: of an edge a slice counts what lies between its sides.

    Attributes
    ----------
    unit : position of the unit in the selection
    bounds : box of what the slice holds, shape (s, 4)
    edges : edges of the unit that reach into each slice, no upright ones; ``edges.unit`` is the slice, ascending
    quantum_m2 : of the unit
    """

    unit: Ints
    bounds: Floats
    edges: Edges
    quantum_m2: Floats

    @classmethod
    def of(cls, outlines: Outlines, bounds: Floats) -> Self:
        """Cut units with known boxes, shape (n, 4)."""
        edges, part = outlines.edges(), outlines.parts_of_edges()
        level = np.flatnonzero(edges.below)
        edges, part = edges.take(level), part[level]
        cuts = _Cuts.of(edges, part)
        edge, cut = cuts.reached(edges)
        opens = np.flatnonzero(np.diff(cut, prepend=-1))
        number = np.repeat(np.arange(len(opens)), np.diff(np.append(opens, len(cut))))
        unit, (west, east) = edges.unit[edge[opens]], cuts.sides(cut[opens])
        edges = edges.take(edge)
        low, high = _heights(edges, west[number], east[number])
        boxes = np.stack([west, np.minimum.reduceat(low, opens), east, np.maximum.reduceat(high, opens)], axis=1)
        return cls(unit, boxes, Edges(**{**vars(edges), "unit": number}), quantum_m2(bounds)[unit])

    def __len__(self) -> int:
        """Return the number of slices."""
        return len(self.unit)

    def asked(self, chosen: Ints) -> Asked:
        """Return the chosen slices, ascending, to be asked about the lines near them; `unit` is the slice."""
        starts = starts_of(np.bincount(self.edges.unit, minlength=len(self)))
        number, edge = expand(starts[chosen], starts[chosen + 1] - starts[chosen])
        edges = Edges(**{**vars(self.edges.take(edge)), "unit": number})
        return Asked(chosen, self.bounds[chosen], edges, self.quantum_m2[chosen])

    def together(self, found: Windings) -> Windings:
        """Return what was found of the slices as what it is of the units."""
        # Times of the whole unit are those of its first slice, and every other one differs by what it holds.
        times = np.where(self._opens[found.unit], found.times, 0)
        quanta = found.quanta + found.times * self._quanta[found.unit]
        return Windings.summed(self.unit[found.unit], found.cover, times, quanta)

    @cached_property
    def _opens(self) -> Array:
        opens: Array = np.diff(self.unit, prepend=-1) != 0
        return opens

    @cached_property
    def _quanta(self) -> Ints:
        """Return the area of each slice; of the first of a unit how much less it is than the unit."""
        edges, box = self.edges, self.bounds[self.edges.unit]
        west, east = np.maximum(edges.left_x, box[:, 0]), np.minimum(edges.right_x, box[:, 2])
        middle = (west - edges.left_x + (east - edges.left_x)) / 2
        height = edges.left_y - box[:, 1] + middle * edges.slope
        area = np.bincount(edges.unit, weights=edges.below * (east - west) * height, minlength=len(self))
        quanta = np.rint(area / self.quantum_m2).astype(np.int64)
        first = np.flatnonzero(self._opens)
        quanta[first] -= np.add.reduceat(quanta, first)
        return quanta


@dataclass(frozen=True, eq=False)
class _Cuts:
    # Parts of units with the part of each of their edges, their ends, and into how many slices of equal width each is
    # cut; slices are counted over all parts.
    part: Ints
    west: Floats
    east: Floats
    count: Ints

    @classmethod
    def of(cls, edges: Edges, part: Ints) -> Self:
        opens = np.flatnonzero(np.diff(part, prepend=-1))
        counts = np.diff(np.append(opens, len(part)))
        count = 1 << np.ceil(np.log2(np.maximum(counts / _EDGES_PER_SLICE, 1.0))).astype(np.int64)
        west, east = np.minimum.reduceat(edges.left_x, opens), np.maximum.reduceat(edges.right_x, opens)
        return cls(np.repeat(np.arange(len(opens)), counts), west, east, count)

    @cached_property
    def _starts(self) -> Ints:
        return starts_of(self.count)

    @cached_property
    def _width(self) -> Floats:
        width: Floats = (self.east - self.west) / self.count
        return width

    def reached(self, edges: Edges) -> tuple[Ints, Ints]:
        """Return (edge, slice) of every slice that an edge reaches, ordered by slice."""
        west, width, last = self.west[self.part], self._width[self.part], self.count[self.part] - 1
        begin = ((edges.left_x - west) / width).astype(np.int64).clip(0, last)
        end = ((edges.right_x - west) / width).astype(np.int64).clip(begin, last)
        edge, place = expand(begin, end - begin + 1)
        cut = self._starts[self.part[edge]] + place
        order = ordered(cut)
        return edge[order], cut[order]

    def sides(self, cut: Ints) -> tuple[Floats, Floats]:
        """Return the eastings between which slices count; two neighbours have one in common."""
        part = np.searchsorted(self._starts, cut, side="right") - 1
        place, west, width = cut - self._starts[part], self.west[part], self._width[part]
        east = np.where(place + 1 == self.count[part], self.east[part], west + (place + 1) * width)
        return west + place * width, east


def _heights(edges: Edges, west: Floats, east: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest northing of edges between two eastings each."""
    one = np.where(edges.left_x < west, edges.left_y + (west - edges.left_x) * edges.slope, edges.left_y)
    other = np.where(edges.right_x > east, edges.left_y + (east - edges.left_x) * edges.slope, edges.right_y)
    return np.minimum(one, other), np.maximum(one, other)
