"""Chance without state: numbers and smooth noise that depend on place and seed alone, the same on every machine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
HashArray = npt.NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)


def hashed(seed: int, *keys: Any) -> HashArray:
    """Return a 64-bit hash of integer keys (arrays of one shape): splitmix64, folded over the keys."""
    value = np.array(seed, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for key in keys:
            value = _mixed((value + _ODD) ^ np.asarray(key).astype(np.int64).view(np.uint64))
    return np.asarray(value, dtype=np.uint64)


def _mixed(value: Any) -> Any:
    value = (value ^ (value >> np.uint64(30))) * _MIX_A
    value = (value ^ (value >> np.uint64(27))) * _MIX_B
    return value ^ (value >> np.uint64(31))


def uniform(seed: int, *keys: Any) -> FloatArray:
    """Return numbers in [0, 1) that depend on the integer keys alone."""
    return (hashed(seed, *keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def smooth(easting: FloatArray, northing: FloatArray, scale_m: float, seed: int) -> FloatArray:
    """Return noise in [-1, 1] that changes over `scale_m` metres: random values on a lattice, interpolated smoothly."""
    east, north = np.asarray(easting) / scale_m, np.asarray(northing) / scale_m
    column, row = np.floor(east).astype(np.int64), np.floor(north).astype(np.int64)
    across, up = (part * part * (3.0 - 2.0 * part) for part in (east - column, north - row))
    corner = _corners(column, row, seed)
    south = _mean(corner(0, 0), corner(1, 0), across)
    top = _mean(corner(0, 1), corner(1, 1), across)
    return 2.0 * _mean(south, top, up) - 1.0


def _corners(column: IntArray, row: IntArray, seed: int) -> Callable[[int, int], FloatArray]:
    """Return what gives the random value at a corner of each place's cell, from a table where that is shorter."""
    if not column.size:
        return lambda _right, _above: np.zeros(column.shape)
    west, south = int(column.min()), int(row.min())
    wide, high = int(column.max()) - west + 2, int(row.max()) - south + 2
    if wide * high > column.size:
        return lambda right, above: uniform(seed, column + right, row + above)
    table = uniform(seed, *np.meshgrid(np.arange(west, west + wide), np.arange(south, south + high))).ravel()
    first = (row - south) * wide + (column - west)
    return lambda right, above: table[first + (right + above * wide)]


def _mean(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    return first + (second - first) * share


def rough(easting: FloatArray, northing: FloatArray, scale_m: float, seed: int, octaves: int = 4) -> FloatArray:
    """Return noise in about [-1, 1] with detail: octaves of `smooth`, each half as long and half as strong."""
    total = np.zeros(np.broadcast(easting, northing).shape)
    for octave in range(octaves):
        total += smooth(easting, northing, scale_m / 2**octave, seed + octave) / 2**octave
    return total / (2.0 - 2.0 ** (1 - octaves))
