"""Ragged arrays: lists of different length, laid end to end in one array and walked without a loop."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def starts_of(counts: Array) -> Array:
    """Return where each list starts, and at last where all end, shape (n + 1,)."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def expand(starts: Array, counts: Array) -> tuple[Array, Array]:
    """Return (list, position) of every element of the lists ``starts[i] … starts[i] + counts[i] - 1``.

    Examples
    --------
    >>> [part.tolist() for part in expand(np.array([7, 3]), np.array([2, 3]))]
    [[0, 0, 1, 1, 1], [7, 8, 3, 4, 5]]
    """
    if (counts == 1).all():
        return np.arange(len(counts)), starts
    owners = np.repeat(np.arange(len(counts)), counts)
    positions = np.arange(len(owners))
    positions += np.repeat(starts - (np.cumsum(counts) - counts), counts)
    return owners, positions
