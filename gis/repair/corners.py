"""Corners of outlines: which of them turn, and outlines without those that are not wanted."""

from typing import Any

import numpy as np
import numpy.typing as npt

from gis.outlines import Outlines
from gis.ragged import Array, starts_of

# Where two outlines cross, the crossing is written as the nearest numbers: this far from both, at most.
STRAIGHT_M = 1e-6


def places(coordinates: Any) -> npt.NDArray[np.complex128]:
    """Return every corner as one number, so that corners can be looked up."""
    placed: npt.NDArray[np.complex128] = coordinates[:, 0] + 1j * coordinates[:, 1]
    return placed


def units_of(outlines: Outlines) -> Array:
    """Return the unit of every corner."""
    rings = np.repeat(np.arange(len(outlines)), np.diff(outlines.unit_starts))
    return np.repeat(rings, np.diff(outlines.ring_starts))


def beside(outlines: Outlines) -> tuple[Array, Array]:
    """Return where the corner before and the corner after each corner stand, round the ring."""
    starts, ends = outlines.ring_starts[:-1], outlines.ring_starts[1:] - 1
    count = len(outlines.coordinates)
    before, after = np.arange(-1, count - 1), np.arange(1, count + 1)
    before[starts], after[ends] = ends - 1, starts + 1
    return before, after


def turns(outlines: Outlines, straight_m: float = STRAIGHT_M) -> npt.NDArray[np.bool_]:
    """Tell which corners lie further than that from the line between the corner before and the corner after."""
    before, after = beside(outlines)
    here = outlines.coordinates
    back, forth = here[before] - here, here[after] - here
    across = np.abs(back[:, 0] * forth[:, 1] - back[:, 1] * forth[:, 0])
    straight = (back * forth).sum(axis=1) < 0
    turning: npt.NDArray[np.bool_] = ~straight | (across > straight_m * np.hypot(*(forth - back).T))
    return turning


def with_corners(outlines: Outlines, kept: Array) -> Outlines:
    """Return outlines of the chosen corners alone; a ring of which fewer than three are chosen stays as it is."""
    ring = np.repeat(np.arange(len(outlines.is_shell)), np.diff(outlines.ring_starts))
    opening = np.ones(len(ring), dtype=np.bool_)
    opening[outlines.ring_starts[1:] - 1] = False
    kept = kept & opening
    few = np.bincount(ring[kept], minlength=len(outlines.is_shell)) < 3
    kept |= few[ring] & opening
    rows, counts = np.flatnonzero(kept), np.bincount(ring[kept], minlength=len(outlines.is_shell))
    # Every ring is closed again by its first corner.
    starts = starts_of(counts)
    closed = np.insert(rows, starts[1:], rows[starts[:-1]])
    return Outlines(outlines.coordinates[closed], starts_of(counts + 1), outlines.is_shell, outlines.unit_starts)
