"""Areas of many small polygons under the lines near them: one integral, without a single intersection.

The indicator of an area Z along a vertical is a sum over its edges: with the class of a cell's upper left corner
known, walk from there to the right along the top and then down to a point, and add what every edge that is crossed
changes. So the area of a unit P in Z is::

    |P ∩ Z| = w·|P| + Σ ±|P ∩ {right of a crossing of the top}| + Σ ±|P ∩ {below an edge f}|

and each term is a sum over the edges e of P of the integral of ``min(e(x), f(x))``. Nothing here branches on which
side of a line a point lies: where edges touch, coincide or run through corners, the terms go to the same limit from
both sides, so there is no degenerate case, no tolerance and no sliver. Coordinates are taken from the unit's own
corner, which is exact for doubles of like size; a term is kept as a whole number of a quantum that depends on the
unit alone, so that terms add up in any order to the same sum and may be taken back.
"""

from dataclasses import dataclass, replace

import numpy as np

from gis.gridded import Floats, GriddedLines, Ints
from gis.outlines import Edges
from gis.ragged import expand, ordered, starts_of
from gis.windings import Windings

# A unit with more edges than this is cut into slabs.
_EDGES_PER_SLAB = 8


@dataclass(frozen=True, eq=False)
class Asked:
    """Units, or slices of units, that are asked about the lines near them, shape (n,) each.

    Attributes
    ----------
    unit : what they are called in the answer, ascending
    bounds : box, shape (n, 4); what edges have beside it does not count
    edges : edges of all of them, ordered by unit; ``edges.unit`` counts within this selection
    quantum_m2 : areas are told in whole numbers of it
    """

    unit: Ints
    bounds: Floats
    edges: Edges
    quantum_m2: Floats


def windings(asked: Asked, lines: GriddedLines) -> Windings:
    """Return the windings of units that have lines near them, ordered by unit and class."""
    west, _, east, north = lines.grid.cells_of(asked.bounds)
    whole = [_at_corner(lines, west, north), _left_of(asked, lines, west, east, north)]
    above, crossing = _under_crossings(asked, lines, west, east, north)
    beside, edge = _under_pieces(asked, lines)
    strips = _Strips.joined([above, beside])
    quanta = _quanta(asked, strips)
    one, side = lines.sides.of(edge)
    parts = [
        (above.unit, lines.crossings.unit[crossing], lines.crossings.step[crossing] * quanta[: len(crossing)]),
        (beside.unit[one], lines.sides.unit[side], lines.sides.below[side] * quanta[len(crossing) :][one]),
    ]
    rows = [(unit, cover, times, np.zeros_like(times)) for unit, cover, times in whole]
    rows += [(unit, cover, np.zeros_like(share), share) for unit, cover, share in parts]
    found = Windings.summed(*(np.concatenate(column) for column in zip(*rows, strict=True)))
    return replace(found, unit=asked.unit[found.unit])


@dataclass(frozen=True, eq=False)
class _Strips:
    # What lies below an edge between two eastings, for each unit near it.
    # Left end, slope and eastings are counted from the lower left corner of the unit's box.
    unit: Ints
    west: Floats
    east: Floats
    left_x: Floats
    left_y: Floats
    slope: Floats

    @classmethod
    def joined(cls, parts: "list[_Strips]") -> "_Strips":
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})


def _at_corner(lines: GriddedLines, west: Ints, north: Ints) -> tuple[Ints, Ints, Ints]:
    corners = lines.corners
    unit, entry = corners.listed(corners.runs_of(north * lines.grid.columns + west))
    return unit, corners.unit[entry], corners.winding[entry]


def _left_of(asked: Asked, lines: GriddedLines, west: Ints, east: Ints, north: Ints) -> tuple[Ints, Ints, Ints]:
    # A crossing left of the unit counts for the whole of it.
    unit, entry = lines.crossings_above(west, east, north)
    kept = lines.crossings.x[entry] <= asked.bounds[unit, 0]
    unit, entry = unit[kept], entry[kept]
    return unit, lines.crossings.unit[entry], lines.crossings.step[entry]


def _under_crossings(asked: Asked, lines: GriddedLines, west: Ints, east: Ints, north: Ints) -> tuple[_Strips, Ints]:
    # A crossing above the unit counts for what lies right of it: below a level line at the top of the box.
    unit, entry = lines.crossings_above(west, east, north)
    x = lines.crossings.x[entry]
    kept = (x > asked.bounds[unit, 0]) & (x < asked.bounds[unit, 2])
    unit, entry, x = unit[kept], entry[kept], x[kept]
    box = asked.bounds[unit]
    zero = np.zeros(len(unit))
    strips = _Strips(
        unit=unit,
        west=x - box[:, 0],
        east=box[:, 2] - box[:, 0],
        left_x=zero,
        left_y=box[:, 3] - box[:, 1],
        slope=zero,
    )
    return strips, entry


def _under_pieces(asked: Asked, lines: GriddedLines) -> tuple[_Strips, Ints]:
    pieces, edges = lines.pieces, lines.edges
    unit, piece = lines.pieces_near(asked.bounds)
    box = asked.bounds[unit]
    edge = pieces.edge[piece]
    kept = (pieces.west[piece] < box[:, 2]) & (pieces.east[piece] > box[:, 0]) & (pieces.top[piece] > box[:, 1])
    kept &= edges.left_x[edge] < edges.right_x[edge]
    unit, piece, edge, box = unit[kept], piece[kept], edge[kept], box[kept]
    rise, run = edges.right_y[edge] - edges.left_y[edge], edges.right_x[edge] - edges.left_x[edge]
    strips = _Strips(
        unit=unit,
        west=np.maximum(pieces.west[piece] - box[:, 0], 0.0),
        east=np.minimum(pieces.east[piece], box[:, 2]) - box[:, 0],
        left_x=edges.left_x[edge] - box[:, 0],
        left_y=edges.left_y[edge] - box[:, 1],
        slope=rise / run,
    )
    return strips, edge


@dataclass(frozen=True, eq=False)
class _Slabs:
    # Upright slabs that a unit with many edges is cut into, so that an edge meets only the strips beside it.
    # How many depends on the unit alone: a term is the same whatever else is asked.
    count: Ints
    start: Ints
    width: Floats

    @classmethod
    def of(cls, asked: Asked, edges: Edges) -> "_Slabs":
        many = np.bincount(edges.unit, minlength=len(asked.unit)) / _EDGES_PER_SLAB
        count = (1 << np.ceil(np.log2(np.maximum(many, 1.0))).astype(np.int64)).astype(np.int64)
        return cls(count, starts_of(count), (asked.bounds[:, 2] - asked.bounds[:, 0]) / count)

    def spread(self, unit: Ints, west: Floats, east: Floats) -> tuple[Ints, Ints]:
        """Return what lies in which slab: its position, once per slab, and the number of the slab."""
        first = np.clip((west / self.width[unit]).astype(np.int64), 0, self.count[unit] - 1)
        last = np.clip((east / self.width[unit]).astype(np.int64), first, self.count[unit] - 1)
        place, slab = expand(first, last - first + 1)
        return place, self.start[unit[place]] + slab

    def sides(self, unit: Ints, slab: Ints) -> tuple[Floats, Floats]:
        """Return the eastings between which a slab counts; the outer ones are open."""
        place = slab - self.start[unit]
        west = np.where(place == 0, -np.inf, place * self.width[unit])
        east = np.where(place == self.count[unit] - 1, np.inf, (place + 1) * self.width[unit])
        return west, east


def _quanta(asked: Asked, strips: _Strips) -> Ints:
    """Return the share of the unit below each strip, in quanta of the unit."""
    edges = asked.edges.take(asked.edges.below != 0)
    corner = asked.bounds[edges.unit]
    left, right = edges.left_x - corner[:, 0], edges.right_x - corner[:, 0]
    foot = edges.left_y - corner[:, 1]
    slope = edges.slope
    strip, edge, west, width = _met(_Slabs.of(asked, edges), edges.unit, left, right, strips)
    shares = _below_both(
        (foot[edge] + (west - left[edge]) * slope[edge], slope[edge]),
        (strips.left_y[strip] + (west - strips.left_x[strip]) * strips.slope[strip], strips.slope[strip]),
        width,
    )
    shares *= edges.below[edge]
    area = np.bincount(strip, weights=shares, minlength=len(strips.unit))
    quanta: Ints = np.rint(area / asked.quantum_m2[strips.unit]).astype(np.int64)
    return quanta


def _met(slabs: _Slabs, unit: Ints, left: Floats, right: Floats, strips: _Strips) -> tuple[Ints, Ints, Floats, Floats]:
    """Return where edges and strips of the same unit share eastings: strip, edge, their west end and width."""
    edge_of, slab = slabs.spread(unit, left, right)
    if (np.diff(slab) < 0).any():
        order = ordered(slab)
        edge_of, slab = edge_of[order], slab[order]
    counts = np.bincount(slab, minlength=int(slabs.count.sum()))
    strip_of, slab = slabs.spread(strips.unit, strips.west, strips.east)
    first, last = slabs.sides(strips.unit[strip_of], slab)
    first, last = np.maximum(first, strips.west[strip_of]), np.minimum(last, strips.east[strip_of])
    part, place = expand(starts_of(counts)[slab], counts[slab])
    edge = edge_of[place]
    west = np.maximum(left[edge], first[part])
    width = np.minimum(right[edge], last[part])
    width -= west
    meets = width > 0
    return strip_of[part[meets]], edge[meets], west[meets], width[meets]


def _below_both(first: tuple[Floats, Floats], second: tuple[Floats, Floats], width: Floats) -> Floats:
    """Return the integral of the lower of two lines over `width`; a line is its height at the west and its slope."""
    height, slope = first
    west = second[0] - height
    east = west + (second[1] - slope) * width
    low, high = np.minimum(west, east), np.maximum(west, east)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(high > 0, low / (low - high), 1.0)
    dip = (np.minimum(low, 0.0) * np.where(low < 0, reach, 0.0)) + np.where(high < 0, high, 0.0)
    below: Floats = width * (height + 0.5 * (slope * width + dip))
    return below
