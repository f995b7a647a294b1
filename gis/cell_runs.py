"""What a raster holds in runs of its cells, however many of them overlap: how many of a kind, and what they make up."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gis.gridded import Ints
from gis.ragged import Array

_WORD = 64


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of cells.

    Attributes
    ----------
    start, stop : first cell, and the end, ``start < stop``, shape (r,); ordered by start, so that what lies between two
        runs is gone through once
    """

    start: Ints
    stop: Ints

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self.start)

    def counts(self, of_kind: npt.NDArray[np.bool_]) -> Ints:
        """Return how many cells of each run are of a kind.

        The cells are bits: those before a cell are those up to the end of its word, less those from it on.

        Examples
        --------
        >>> Runs(np.array([0, 1]), np.array([4, 3])).counts(np.array([True, False, True, True])).tolist()
        [3, 1]
        """
        bits = np.zeros((of_kind.size // _WORD + 1) * _WORD // 8, dtype=np.uint8)
        packed = np.packbits(of_kind, bitorder="little")
        bits[: len(packed)] = packed
        words = bits.view("<u8")
        behind = np.cumsum(np.bitwise_count(words), dtype=np.int64)
        word, bit = self._ends
        first, end = behind[word] - np.bitwise_count(words[word] >> bit)
        counts: Ints = end - first
        return counts

    @cached_property
    def _ends(self) -> tuple[Ints, npt.NDArray[np.uint64]]:
        # Word of the first cell and of the end, and the bit in it, shape (2, r) each.
        word, bit = np.divmod(np.stack([self.start, self.stop]), _WORD)
        return word, bit.astype(np.uint64)

    def reduced(self, ufunc: Any, values: Array) -> Array:
        """Return what `ufunc` makes of the values of each run; behind those of the cells stands one that is in none.

        Examples
        --------
        >>> Runs(np.array([0, 1]), np.array([2, 4])).reduced(np.maximum, np.array([3, 1, 2, 5, 0])).tolist()
        [3, 5]
        """
        found: Array = ufunc.reduceat(values, np.column_stack([self.start, self.stop]).ravel())[::2]
        return found
