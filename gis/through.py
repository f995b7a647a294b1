"""Bound stretches that run through the inside of a unit: bound to others, they are as good as unbound for it.

In a coverage there are none. Where units overlap, the edge of one may lie inside another, which knows the line there
only to its accuracy.
"""

from typing import Any

import numpy as np
import shapely

from gis.bound import BoundLines
from gis.fabric import Fabric
from gis.gridded import Floats, Ints
from gis.ragged import expand, ordered
from gis.rings import joined_runs

Stretches = tuple[Ints, Floats, Floats]


def through_stretches(fabric: Fabric, bound: BoundLines) -> tuple[Ints, Ints, Any]:
    """Return the units through whose inside bound stretches run, the area whose line it is, and those stretches.

    A point of the line is inside a unit where it lies in it and is not near one of its own edges.

    Parameters
    ----------
    fabric : units
    bound : lines over these units

    Returns
    -------
    positions of units and areas, ascending, and multilinestrings, shape (m,) each
    """
    if not len(bound.begins):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
    unit, begins, ends = _bound_parts(bound, *_inside(fabric, bound, *_free_of_edges(fabric, bound)))
    pieces, stretch, edge = bound.rings.pieces(begins, ends)
    pairs, member = np.unique(bound.area[edge] * len(fabric) + unit[stretch], return_inverse=True)
    order = ordered(member)
    area, unit = np.divmod(pairs, len(fabric))
    return unit, area, np.atleast_1d(shapely.multilinestrings(pieces[order], indices=member[order]))


def _free_of_edges(fabric: Fabric, bound: BoundLines) -> Stretches:
    """Return stretches that are near no edge of a unit: each lies in it as a whole, or outside.

    Of rings that come near an edge of the unit: what is between. Of others: those that its box has room for.
    """
    starts, along = bound.rings.starts, bound.along
    rings = len(starts) - 1
    group, member = np.unique(along.unit * rings + bound.rings.ring_of(along.edge), return_inverse=True)
    unit, ring = np.divmod(group, rings)
    between = _between(member, along.begins, along.ends, starts[ring], starts[ring + 1])
    roomy_unit, roomy_ring = _rings_in_boxes(fabric, bound)
    alone = ~np.isin(roomy_unit * rings + roomy_ring, group)
    roomy_unit, roomy_ring = roomy_unit[alone], roomy_ring[alone]
    return (
        np.concatenate([unit[between[0]], roomy_unit]),
        np.concatenate([between[1], starts[roomy_ring].astype(np.float64)]),
        np.concatenate([between[2], starts[roomy_ring + 1].astype(np.float64)]),
    )


def _between(member: Ints, begins: Floats, ends: Floats, first: Ints, last: Ints) -> Stretches:
    """Return (group, begin, end) of what the intervals of each group leave between `first` and `last`."""
    count = len(first)
    # Ranks instead of places: groups can then be told apart by whole numbers.
    places, rank = np.unique(np.concatenate([begins, ends, first, last]), return_inverse=True)
    begin_rank, end_rank, first_rank, last_rank = np.split(rank, np.cumsum([len(begins), len(ends), count]))
    owner = np.concatenate([member, np.arange(count), np.arange(count)]) * len(places)
    opens, closes = joined_runs(
        owner + np.concatenate([begin_rank, first_rank, last_rank]),
        owner + np.concatenate([end_rank, first_rank, last_rank]),
    )
    group = opens // len(places)
    inner = np.flatnonzero(group[1:] == group[:-1])
    return group[inner], places[closes[inner] % len(places)], places[opens[inner + 1] % len(places)]


def _rings_in_boxes(fabric: Fabric, bound: BoundLines) -> tuple[Ints, Ints]:
    """Return (unit, ring) of every ring that the box of a unit has room for."""
    units, rings = bound.along.asked, bound.rings.boxes()
    boxes = fabric.bounds[units]
    largest = (boxes[:, 2:] - boxes[:, :2]).max(axis=0, initial=0.0)
    small = np.flatnonzero((rings[:, 2:] - rings[:, :2] <= largest).all(axis=1))
    small = small[np.argsort(rings[small, 0])]
    # A box has room for rings that begin east of its west side: in order of those, they are a short list.
    first = np.searchsorted(rings[small, 0], boxes[:, 0], side="left")
    last = np.searchsorted(rings[small, 0], boxes[:, 2], side="right")
    one, ring = expand(first, last - first)
    ring = small[ring]
    room = (boxes[one, 1] <= rings[ring, 1]) & (boxes[one, 2:] >= rings[ring, 2:]).all(axis=1)
    return units[one[room]], ring[room]


def _inside(fabric: Fabric, bound: BoundLines, unit: Ints, begins: Floats, ends: Floats) -> Stretches:
    """Return the stretches that lie in their unit; each lies in it as a whole, so that one point tells."""
    points = bound.rings.at((begins + ends) / 2)
    box = fabric.bounds[unit]
    near = np.flatnonzero((box[:, :2] < points).all(axis=1) & (box[:, 2:] > points).all(axis=1))
    units, member = np.unique(unit[near], return_inverse=True)
    shapes = fabric.drawn(units)
    shapely.prepare(shapes)
    inside = near[shapely.contains_xy(shapes[member], points[near])]
    return unit[inside], begins[inside], ends[inside]


def _bound_parts(bound: BoundLines, unit: Ints, begins: Floats, ends: Floats) -> Stretches:
    """Return what of the stretches is bound; a crossing is not."""
    first = np.searchsorted(bound.ends, begins, side="right")
    last = np.searchsorted(bound.begins, ends, side="left")
    stretch, run = expand(first, np.maximum(last - first, 0))
    begins, ends = np.maximum(begins[stretch], bound.begins[run]), np.minimum(ends[stretch], bound.ends[run])
    kept = bound.rings.length_m(begins, ends) > bound.least_m
    return unit[stretch][kept], begins[kept], ends[kept]
