"""Outlines: the rings of many polygons as flat arrays, and their edges with the interior on a known side."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.ragged import Array, expand, starts_of

_POLYGON, _MULTIPOLYGON, _COLLECTION = 3, 6, 7


@dataclass(frozen=True, eq=False)
class Outlines:
    """Rings of n units, laid end to end.

    Attributes
    ----------
    coordinates : easting and northing, shape (m, 2), metres; every ring closed and of at least one edge
    ring_starts : first coordinate of every ring, and the end, shape (r + 1,)
    is_shell : True for the outer ring of a polygon, False for a hole, shape (r,); a shell opens a new polygon
    unit_starts : first ring of every unit, and the end, shape (n + 1,)
    """

    coordinates: npt.NDArray[np.float64]
    ring_starts: npt.NDArray[np.int64]
    is_shell: npt.NDArray[np.bool_]
    unit_starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, geometries: Any) -> Self:
        """Take the rings of shapely geometries, shape (n,); null, empty and arealess ones have none."""
        parts, units = _polygons(np.asarray(geometries, dtype=object))
        if shapely.get_num_interior_rings(parts).any():
            rings, part_of = shapely.get_rings(parts, return_index=True)
            filled = ~shapely.is_empty(rings)
            rings, part_of = rings[filled], part_of[filled]
            is_shell = np.diff(part_of, prepend=-1) != 0
            units = units[part_of]
        else:
            rings, is_shell = parts, np.ones(len(parts), dtype=np.bool_)
        counts = np.bincount(units, minlength=len(geometries))
        lengths = shapely.get_num_coordinates(rings)
        return cls(shapely.get_coordinates(rings), starts_of(lengths), is_shell, starts_of(counts))

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.unit_starts) - 1

    def corners(self) -> npt.NDArray[np.int64]:
        """Return the number of coordinates of every unit."""
        corners: npt.NDArray[np.int64] = np.diff(self.ring_starts[self.unit_starts])
        return corners

    def take(self, units: Array) -> "Outlines":
        """Return the outlines of `units` alone, in that order."""
        ring_counts = np.diff(self.unit_starts)[units] if len(units) > len(self) // 8 else self._ring_counts(units)
        _, rings = expand(self.unit_starts[units], ring_counts)
        lengths = self.ring_starts[rings + 1] - self.ring_starts[rings]
        _, points = expand(self.ring_starts[rings], lengths)
        return Outlines(self.coordinates[points], starts_of(lengths), self.is_shell[rings], starts_of(ring_counts))

    def _ring_counts(self, units: Array) -> Array:
        counts: Array = self.unit_starts[units + 1] - self.unit_starts[units]
        return counts

    def polygons(self) -> npt.NDArray[np.object_]:
        """Return the units as shapely (multi)polygons, shape (n,); a unit without rings is an empty polygon."""
        out = np.full(len(self), shapely.Polygon(), dtype=object)
        if not len(self.is_shell):
            return out
        rings: Array = np.asarray(shapely.linearrings(self.coordinates, indices=_owners(self.ring_starts)))
        parts: Array = np.asarray(shapely.polygons(rings, indices=np.cumsum(self.is_shell) - 1))
        unit_of_part = _owners(self.unit_starts)[self.is_shell]
        part_counts = np.bincount(unit_of_part, minlength=len(self))
        single = part_counts[unit_of_part] == 1
        out[unit_of_part[single]] = parts[single]
        if not single.all():
            several, member = np.unique(unit_of_part[~single], return_inverse=True)
            out[several] = shapely.multipolygons(parts[~single], indices=member)
        return out

    def edges(self) -> "Edges":
        """Return all edges, each from left to right, with the side on which the interior lies."""
        x1, y1, x2, y2 = self.steps()
        edge_counts = np.diff(self.ring_starts) - 1
        rings = np.repeat(np.arange(len(edge_counts)), edge_counts)
        turn = self._turn(rings, edge_counts, (x1, y1, x2, y2))
        forward = x1 <= x2
        return Edges(
            unit=_owners(self.unit_starts)[rings],
            left_x=np.where(forward, x1, x2),
            left_y=np.where(forward, y1, y2),
            right_x=np.where(forward, x2, x1),
            right_y=np.where(forward, y2, y1),
            below=(np.sign(x2 - x1) * turn).astype(np.int64),
            rising=(np.sign(y2 - y1) * turn).astype(np.int64),
        )

    def parts_of_edges(self) -> npt.NDArray[np.int64]:
        """Return the polygon of every edge, counted over all units; a hole is of the polygon that it is cut out of."""
        parts: npt.NDArray[np.int64] = np.repeat(np.cumsum(self.is_shell) - 1, np.diff(self.ring_starts) - 1)
        return parts

    def steps(self) -> tuple[Array, Array, Array, Array]:
        """Return easting and northing of the start and of the end of every edge, as the rings go, shape (k,) each."""
        is_start = np.ones(len(self.coordinates), dtype=np.bool_)
        is_start[self.ring_starts[1:] - 1] = False
        first = np.flatnonzero(is_start)
        x, y = np.ascontiguousarray(self.coordinates[:, 0]), np.ascontiguousarray(self.coordinates[:, 1])
        return x[first], y[first], x[first + 1], y[first + 1]

    def _turn(self, rings: Array, edge_counts: Array, ends: tuple[Array, Array, Array, Array]) -> Array:
        # +1 where the ring as written keeps the interior of its polygon on the right hand, -1 where on the left.
        x1, y1, x2, y2 = ends
        base = np.repeat(self.ring_starts[:-1], edge_counts)
        from_x, from_y = self.coordinates[base, 0], self.coordinates[base, 1]
        twice = (x1 - from_x) * (y2 - from_y) - (x2 - from_x) * (y1 - from_y)
        clockwise = np.bincount(rings, weights=twice, minlength=len(edge_counts)) < 0
        turn: Array = np.where(clockwise == self.is_shell, 1.0, -1.0)[rings]
        return turn


@dataclass(frozen=True, eq=False)
class Edges:
    """Edges of many units, each written from its left end to its right end, shape (k,) each.

    The same edge of two neighbours is so the same four numbers, whatever the direction in which it was drawn.

    Attributes
    ----------
    unit : position of the unit or class that the edge bounds
    left_x, left_y, right_x, right_y : ends, metres
    below : +1 where the interior lies below the edge, -1 where above, 0 for an upright edge
    rising : +1 where a step to the right over the edge leads inside, -1 where outside, 0 for a level edge
    """

    unit: npt.NDArray[np.int64]
    left_x: npt.NDArray[np.float64]
    left_y: npt.NDArray[np.float64]
    right_x: npt.NDArray[np.float64]
    right_y: npt.NDArray[np.float64]
    below: npt.NDArray[np.int64]
    rising: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of edges."""
        return len(self.unit)

    @property
    def slope(self) -> npt.NDArray[np.float64]:
        """Rise over run of every edge; there are no upright ones among them."""
        slope: npt.NDArray[np.float64] = (self.right_y - self.left_y) / (self.right_x - self.left_x)
        return slope

    def take(self, chosen: Array) -> "Edges":
        """Return the edges of an index or a mask."""
        return Edges(**{name: values[chosen] for name, values in vars(self).items()})


def areal(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return `geometries` with every collection replaced by the union of its polygons, which may overlap."""
    collections = np.flatnonzero(shapely.get_type_id(geometries) == _COLLECTION)
    if not len(collections):
        return geometries
    replaced = geometries.copy()
    for row in collections:
        replaced[row] = shapely.union_all(_polygons(geometries[row : row + 1])[0])
    return replaced


def _owners(starts: Array) -> Array:
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _polygons(geometries: Array) -> tuple[Array, Array]:
    """Return every polygon with area and the row to which it belongs."""
    kinds = shapely.get_type_id(geometries)
    rows = np.arange(len(geometries))
    if (kinds == _POLYGON).all():
        filled = shapely.get_num_coordinates(geometries) > 0
        return (geometries, rows) if filled.all() else (geometries[filled], rows[filled])
    parts, rows = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) >= _MULTIPOLYGON).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        rows = rows[inner]
    kept = (shapely.get_type_id(parts) == _POLYGON) & ~shapely.is_empty(parts)
    return parts[kept], rows[kept]
