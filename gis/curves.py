"""Arcs as chords: circular strings, and what is made of them, become lines and polygons near to them.

GeoPackage and FileGDB hold arcs, areas of grid cells are measured on straight edges. The arc of three points is the
circle through them (ISO 13249-3 and OGC 06-104r4: the first and the last are its ends; where both are one point it is a
full circle and the second lies opposite). Both directions of one arc give the same corners, so that neighbours which
share it still do.
"""

import struct
from dataclasses import dataclass
from math import acos, atan2, ceil, hypot, pi
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

# How far a chord may lie from its arc: far below what is surveyed, far above what is computed.
TOLERANCE_M = 0.001
_DEEPEST = 8
# Corners of one arc lie on its circle within this, and there are at least so many.
_ROUNDNESS_M, _LEAST_OF_AN_ARC = 1e-6, 8
_CURVED = (8, 9, 10, 11, 12)
_POINT, _LINE, _POLYGON, _ARCS, _CHAIN, _CURVED_POLYGON = 1, 2, 3, 8, 9, 10
_COLLECTED = {
    4: shapely.MultiPoint,
    5: shapely.MultiLineString,
    6: shapely.MultiPolygon,
    7: shapely.GeometryCollection,
    11: shapely.MultiLineString,
    12: shapely.MultiPolygon,
}
Corners = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Straightened:
    """A shape without arcs, in two dimensions, and whether it had arcs, heights that are not zero, or measures."""

    shape: Any
    has_arcs: bool
    has_heights: bool
    has_measures: bool


def has_arcs(head: bytes) -> bool:
    """Tell from the first five bytes of a WKB whether it may hold arcs; a collection may.

    Examples
    --------
    >>> has_arcs(bytes([1, 10, 0, 0, 0])), has_arcs(bytes([1, 3, 0, 0, 0]))
    (True, False)
    """
    return len(head) == 5 and _kind(_code(head))[0] in (*_CURVED, 7)


def straightened(wkb: bytes, tolerance: float = TOLERANCE_M) -> Straightened:
    """Return the shape of a WKB with each arc as chords.

    Parameters
    ----------
    wkb : ISO or extended WKB
    tolerance : distance of a chord from its arc, in the unit of the coordinates

    Raises
    ------
    ValueError
        No WKB, or one that is cut.
    """
    walk = _Walk(wkb, tolerance)
    try:
        shape = walk.shape()
    except (struct.error, shapely.errors.ShapelyError) as error:
        raise ValueError(str(error)) from error
    return Straightened(shape, walk.has_arcs, walk.has_heights, walk.has_measures)


def chords(start: Corners, middle: Corners, end: Corners, tolerance: float) -> Corners:
    """Return the corners of an arc from its `start` to its `end`, both among them, shape (n, 2).

    Examples
    --------
    >>> import numpy as np
    >>> chords(np.array([0.0, 0.0]), np.array([1.0, 1.0]), np.array([2.0, 0.0]), tolerance=0.3).round(6).tolist()
    [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]
    """
    if tuple(end) < tuple(start):
        return chords(end, middle, start, tolerance)[::-1]
    centre = (start + middle) / 2 if tuple(start) == tuple(end) else _centre(start, middle, end)
    if centre is None:
        return np.array([start, middle, end])
    radius = hypot(*(start - centre))
    first, sweep = _angles(start - centre, middle - centre, end - centre)
    step = 2 * acos(max(1 - tolerance / radius, 0.0)) if radius > 0 else pi
    count = max(ceil(abs(sweep) / step), 2)
    turned = first + sweep * np.arange(1, count) / count
    inner = centre + radius * np.column_stack([np.cos(turned), np.sin(turned)])
    return np.vstack([start, inner, end])


def finer_arc(corners: Corners, tolerance: float) -> Corners | None:
    """Return the corners of an arc that a driver drew too coarsely; None where they do not lie on one circle."""
    quarter, half = len(corners) // 4, len(corners) // 2
    if len(corners) < _LEAST_OF_AN_ARC:
        return None
    centre = _centre(corners[0], corners[quarter], corners[half])
    if centre is None:
        return None
    away = np.hypot(*(corners - centre).T)
    if np.ptp(away) > _ROUNDNESS_M:
        return None
    first = chords(corners[0], corners[quarter], corners[half], tolerance)
    second = chords(corners[half], corners[half + quarter], corners[-1], tolerance)
    return np.vstack([first, second[1:]])


def _centre(start: Corners, middle: Corners, end: Corners) -> Corners | None:
    """Return the centre of the circle through three points, None where they lie on a line."""
    one, two = middle - start, end - start
    twice = 2 * (one[0] * two[1] - one[1] * two[0])
    if abs(twice) <= 1e-12 * (one @ one + two @ two):
        return None
    up = np.array([two[1] * (one @ one) - one[1] * (two @ two), one[0] * (two @ two) - two[0] * (one @ one)])
    centre: Corners = start + up / twice
    return centre


def _angles(start: Corners, middle: Corners, end: Corners) -> tuple[float, float]:
    """Return where the arc starts and how far it turns, positive to the left."""
    first, through, last = (atan2(one[1], one[0]) for one in (start, middle, end))
    if tuple(start) == tuple(end):
        return first, 2 * pi
    to_the_left = (last - first) % (2 * pi)
    return first, to_the_left if (through - first) % (2 * pi) <= to_the_left else to_the_left - 2 * pi


@dataclass
class _Walk:
    """Reads one WKB from its start to its end; counts that are larger than what is there end it."""

    wkb: bytes
    tolerance: float
    has_arcs: bool = False
    has_heights: bool = False
    has_measures: bool = False
    _at: int = 0
    _depth: int = 0
    _z: bool = False
    _m: bool = False

    def shape(self) -> Any:
        """Return the geometry that starts here."""
        kind, order, width = self._head()
        if kind == _POINT:
            corners = self._corners(1, order, width)
            return shapely.Point(corners[0]) if np.isfinite(corners).all() else shapely.Point()
        if kind in (_LINE, _ARCS, _CHAIN):
            return shapely.LineString(self._line(kind, order, width))
        if kind in (_POLYGON, _CURVED_POLYGON):
            rings = self._rings(kind, order, width)
            return shapely.Polygon(rings[0], rings[1:]) if rings else shapely.Polygon()
        if kind not in _COLLECTED:
            raise ValueError(f"WKB type {kind}")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        parts = [self.shape() for _ in range(self._count(order, 5))]
        self._depth -= 1
        return _COLLECTED[kind](parts)

    def _rings(self, kind: int, order: str, width: int) -> list[Corners]:
        count = self._count(order, 4)
        if kind == _POLYGON:
            return [self._corners(self._count(order, 8 * width), order, width) for _ in range(count)]
        return [self._line(*self._head()) for _ in range(count)]

    def _line(self, kind: int, order: str, width: int) -> Corners:
        if kind == _CHAIN:
            parts = [self._line(*self._head()) for _ in range(self._count(order, 5))]
            return np.vstack([*parts[:1], *(one[1:] for one in parts[1:])]) if parts else np.empty((0, 2))
        if kind not in (_LINE, _ARCS):
            raise ValueError(f"WKB type {kind} in a line")
        corners = self._corners(self._count(order, 8 * width), order, width)
        return corners if kind == _LINE or not len(corners) else self._arcs(corners)

    def _arcs(self, corners: Corners) -> Corners:
        if len(corners) < 3 or len(corners) % 2 == 0 or not np.isfinite(corners).all():
            raise ValueError(f"an arc has three points, not {len(corners)}")
        self.has_arcs = True
        triples = [corners[place : place + 3] for place in range(0, len(corners) - 2, 2)]
        arcs = [chords(start, middle, end, self.tolerance) for start, middle, end in triples]
        return np.vstack([arcs[0], *(one[1:] for one in arcs[1:])])

    def _head(self) -> tuple[int, str, int]:
        """Return kind, byte order and numbers per corner of the geometry that starts here."""
        head = self.wkb[self._at : self._at + 5]
        if len(head) < 5:
            raise ValueError("cut")
        code = _code(head)
        self._at += 9 if code & 0x20000000 else 5
        kind, self._z, self._m = _kind(code)
        return kind, "<" if head[0] == 1 else ">", 2 + self._z + self._m

    def _count(self, order: str, least_bytes: int) -> int:
        (count,) = struct.unpack_from(f"{order}I", self.wkb, self._at)
        self._at += 4
        if count * least_bytes > len(self.wkb) - self._at:
            raise ValueError(f"{count} parts do not fit")
        return int(count)

    def _corners(self, count: int, order: str, width: int) -> Corners:
        flat = np.frombuffer(self.wkb, dtype=f"{order}f8", count=count * width, offset=self._at)
        self._at += 8 * count * width
        numbers = flat.reshape(-1, width).astype(np.float64)
        if self._z:
            self.has_heights |= bool((np.isfinite(numbers[:, 2]) & (numbers[:, 2] != 0)).any())
        if self._m:
            self.has_measures |= bool(np.isfinite(numbers[:, -1]).any())
        return numbers[:, :2]


def _code(head: bytes) -> int:
    return int.from_bytes(head[1:5], "little" if head[0] == 1 else "big")


def _kind(code: int) -> tuple[int, bool, bool]:
    """Return the kind in two dimensions, and whether there are heights and measures."""
    kind, thousands = code % 1000 if code < 4000 else (code & 0xFFFF) % 1000, (code & 0xFFFF) // 1000
    return kind, bool(code & 0x80000000) or thousands in (1, 3), bool(code & 0x40000000) or thousands in (2, 3)
