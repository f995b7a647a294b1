"""Blocks: neighbouring units in groups of one size, so that most of them are asked together."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gis.grid import Grid
from gis.ragged import Array

BLOCK_UNITS = 32


@dataclass(frozen=True, eq=False)
class Blocks:
    """Units with a place, along a space-filling curve, cut into blocks.

    Attributes
    ----------
    order : position of the units along the curve, shape (m,); units without a box are left out
    bounds : box of every block of 32 of them, shape (ceil(m / 32), 4), metres
    """

    order: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.float64]

    @classmethod
    def of(cls, bounds: Array, grid: Grid) -> Self:
        """Order the boxes `bounds`, shape (n, 4), along a Morton curve over the cells of `grid`."""
        placed = np.flatnonzero(np.isfinite(bounds[:, 0]))
        boxes = bounds if len(placed) == len(bounds) else bounds[placed]
        column = grid.columns_of((boxes[:, 0] + boxes[:, 2]) / 2)
        row = grid.rows_of((boxes[:, 1] + boxes[:, 3]) / 2)
        curve = np.argsort(_interleaved(column) | _interleaved(row) << 1, kind="stable")
        starts = np.arange(0, len(placed), BLOCK_UNITS)
        if not len(starts):
            return cls(placed, np.zeros((0, 4)))
        boxes = boxes[curve]
        low, high = np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)
        return cls(placed[curve], np.hstack([low, high]))

    def units_of(self, blocks: Array) -> npt.NDArray[np.int64]:
        """Return the units of `blocks`, ascending, block after block."""
        full = len(self.order) // BLOCK_UNITS
        whole = self.order[: full * BLOCK_UNITS].reshape(full, BLOCK_UNITS)
        if not len(blocks) or blocks[-1] < full:
            return whole[blocks].ravel()
        return np.concatenate([whole[blocks[:-1]].ravel(), self.order[full * BLOCK_UNITS :]])


def _interleaved(numbers: Array) -> Array:
    # The low 32 bits, moved to the even places.
    spread = numbers.astype(np.int64)
    for shift, mask in _SPREAD:
        spread = (spread | spread << shift) & mask
    return spread


_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
