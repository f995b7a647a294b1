"""Rows of slots along aisles in one direction: which stretches of each strip are free, and how many slots fit.

Everything here lies in a frame that is turned so that rows run along u and stand side by side along v::

    v │ ▯▯▯▯▯▯▯▯   row that opens down to the aisle
      │ ════════   aisle
      │ ▯▯▯▯▯▯▯▯   row that opens up to it
      └──────── u  and the same again, back to back
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
# Stretches (start, end) along u, ascending, apart from each other.
Stretches = list[tuple[float, float]]
# Strips stay so far inside of themselves: turning leaves rounding along edges that coincide.
EPS_M = 0.001
_NOTHING_M2 = 1e-6


@dataclass(frozen=True, slots=True)
class Pattern:
    """Measures of rows and aisles, metres.

    Attributes
    ----------
    slot_length_m, slot_width_m : of a slot, across and along the row
    aisle_m : width of an aisle: the room to turn into a slot
    lane_m : width of a lane between aisles: the room to turn from one into the other
    """

    slot_length_m: float
    slot_width_m: float
    aisle_m: float
    lane_m: float

    @property
    def period_m(self) -> float:
        """From one aisle to the next."""
        return self.aisle_m + 2 * self.slot_length_m


@dataclass(frozen=True, eq=False)
class Rows:
    """All strips of one pattern over one ground.

    Attributes
    ----------
    pattern : its measures
    aisle_v : lower edge of each aisle, shape (n,)
    aisles : free stretches of each aisle
    above, below : stretches of the row above and of the row below each aisle in which slots may stand: free themselves,
        with the whole aisle free before them
    passages : free stretches of the strip between each aisle and the next, shape (n - 1,)
    """

    pattern: Pattern
    aisle_v: Floats
    aisles: list[Stretches]
    above: list[Stretches]
    below: list[Stretches]
    passages: list[Stretches]

    @classmethod
    def of(cls, pattern: Pattern, drivable: Any, standable: Any, start_v: float) -> "Rows":
        """Lay the pattern over the ground.

        Parameters
        ----------
        drivable, standable : where vehicles may drive, and stand; (multi)polygons, turned
        start_v : lower edge of one of the aisles; the others follow from it
        """
        west, south, east, north = shapely.bounds(drivable)
        first = np.ceil((south - pattern.aisle_m - pattern.slot_length_m - start_v) / pattern.period_m)
        last = np.floor((north + pattern.slot_length_m - start_v) / pattern.period_m)
        v = start_v + np.arange(first, last + 1) * pattern.period_m
        top, slot = v + pattern.aisle_m, pattern.slot_length_m

        def free(ground: Any, low: Floats, high: Floats) -> list[Stretches]:
            return free_stretches(ground, low, high, float(west), float(east))

        aisles = free(drivable, v, top)
        above, below = free(standable, top, top + slot), free(standable, v - slot, v)
        passages = free(drivable, top[:-1], v[1:])
        above, below = (
            [common(row, aisle) for row, aisle in zip(rows, aisles, strict=True)] for rows in (above, below)
        )
        return cls(pattern, v, aisles, above, below, passages)

    @property
    def count(self) -> int:
        """How many slots fit, before any lane is kept free between the aisles."""
        return sum(fitting(one, self.pattern.slot_width_m) for row in (*self.above, *self.below) for one in row)


def free_stretches(ground: Any, low: Floats, high: Floats, west: float, east: float) -> list[Stretches]:
    """Return for each strip between `low` and `high` the stretches over whose whole height the ground reaches."""
    if not len(low):
        return []
    strips = shapely.box(west - 1, low + EPS_M, east + 1, high - EPS_M)
    parts, owner = shapely.get_parts(shapely.difference(strips, ground), return_index=True)
    land = shapely.area(parts) > _NOTHING_M2
    bounds, owner = shapely.bounds(parts[land]), owner[land]
    return [_gaps(bounds[owner == strip][:, [0, 2]], west - 1, east + 1) for strip in range(len(low))]


def _gaps(blocked: Floats, west: float, east: float) -> Stretches:
    """Return what blocked stretches, shape (n, 2), leave free between `west` and `east`."""
    free, here = [], west
    for start, end in blocked[np.argsort(blocked[:, 0])].tolist():
        if start > here + EPS_M:
            free.append((here + EPS_M, start - EPS_M))
        here = max(here, end)
    return [*free, (here + EPS_M, east - EPS_M)] if east > here + 2 * EPS_M else free


def common(first: Stretches, second: Stretches) -> Stretches:
    """Return the stretches that two lists share."""
    every = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return sorted((start, end) for start, end in every if end - start > EPS_M)


def without(stretches: Stretches, taken: Stretches) -> Stretches:
    """Return the stretches without those that are taken.

    Examples
    --------
    >>> without([(0.0, 10.0)], [(3.0, 4.0), (9.0, 12.0)])
    [(0.0, 3.0), (4.0, 9.0)]
    """
    left = stretches
    for start, end in taken:
        pieces = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b))]
        left = [(a, b) for a, b in pieces if b - a > EPS_M]
    return left


def fitting(stretch: tuple[float, float], width_m: float) -> int:
    """Return how many slots of a width fit into a stretch."""
    return int((stretch[1] - stretch[0] + EPS_M / 2) // width_m)


def slots_in(stretches: Stretches, width_m: float) -> Floats:
    """Return the left edges of the slots that fit into stretches."""
    starts = [start + np.arange(fitting((start, end), width_m)) * width_m for start, end in stretches]
    return np.concatenate([np.zeros(0), *starts])
