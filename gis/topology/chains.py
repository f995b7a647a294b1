"""Chains: steps that follow one another, laid end to end as lines, without a loop over the steps."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.ragged import Array


def chains(starts: Array, ends: Array) -> npt.NDArray[np.object_]:
    """Return directed steps as lines that run from fork to fork; a ring without a fork is one line.

    Parameters
    ----------
    starts, ends : easting and northing of both ends of each step, shape (k, 2)

    Examples
    --------
    >>> steps = np.array([[0, 0], [1, 0], [1, 1], [0, 0]], dtype=np.float64)
    >>> [line.wkt for line in chains(steps[:-1], steps[1:])]
    ['LINESTRING (0 0, 1 0, 1 1, 0 0)']
    """
    if not len(starts):
        return np.zeros(0, dtype=object)
    first, place = _ranked(_before(starts, ends))
    order = np.lexsort((place, first))
    opens = np.flatnonzero(np.diff(first[order], prepend=-1) != 0)
    lengths = np.diff(np.append(opens, len(order)))
    # Every chain has one point more than it has steps: the end of its last.
    last = np.cumsum(lengths) - 1
    points = np.insert(starts[order], last + 1, ends[order[last]], axis=0)
    return np.asarray(shapely.linestrings(points, indices=np.repeat(np.arange(len(lengths)), lengths + 1)))


def hashed(values: Array) -> npt.NDArray[np.uint64]:
    """Return one number for each row of doubles; equal rows have equal numbers, others nearly always different ones."""
    bits = np.ascontiguousarray(values + 0.0).view(np.uint64)  # + 0.0: no negative zeros
    mixed = np.zeros(len(values), dtype=np.uint64)
    for column in range(values.shape[1]):
        mixed = (mixed ^ bits[:, column]) * _ODD[column]
        mixed ^= mixed >> np.uint64(29)
    return mixed


_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)


def _before(starts: Array, ends: Array) -> Array:
    """Return the step before each one, itself where it is the first after a fork or an end."""
    node = np.unique(hashed(np.concatenate([starts, ends])), return_inverse=True)[1]
    start, end = node[: len(starts)], node[len(starts) :]
    plain = (np.bincount(start, minlength=node.max() + 1) == 1) & (np.bincount(end, minlength=node.max() + 1) == 1)
    into = np.zeros(node.max() + 1, dtype=np.int64)
    into[end] = np.arange(len(end))
    return np.where(plain[start], into[start], np.arange(len(start)))


def _ranked(before: Array) -> tuple[Array, Array]:
    """Return the first step of the chain of each step, and how many steps lie between: jumps that double."""
    itself = np.arange(len(before))
    far, least = _jumped(before, itself)
    in_ring = before[far] != far
    before = np.where(in_ring & (least == itself), itself, before)  # a ring is opened at its least step
    place = (before != itself).astype(np.int64)
    first: Array = before
    while True:
        beyond = first[first]
        if (beyond == first).all():
            return first, place
        place, first = place + place[first], beyond


def _jumped(before: Array, least: Array) -> tuple[Array, Array]:
    """Return where more jumps than there are steps lead from each step, and the least step on the way."""
    far: Any = before
    for _ in range(len(before).bit_length()):
        beyond, lesser = far[far], np.minimum(least, least[far])
        if (beyond == far).all() and (lesser == least).all():
            break
        far, least = beyond, lesser
    return far, least
