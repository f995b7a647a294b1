"""Flat: the shapes of a large layer as flat arrays in the world of Web Mercator."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from gis.crs import WGS84
from gis.outlines import Outlines
from gis.ragged import expand, starts_of

# As the vector-tile specification numbers them.
Kind = Literal[1, 2, 3]
POINT: Literal[1] = 1
LINE: Literal[2] = 2
AREA: Literal[3] = 3

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Flat:
    """Features of one kind, their rings (lines, points) laid end to end.

    Attributes
    ----------
    kind : points, lines or areas
    world : shape (m, 2), x to the east and y to the south, 0 to 1 over the whole world; rings are closed
    ring_starts : first vertex of every ring, and the end, shape (r + 1,)
    is_shell : True for an outer ring, shape (r,)
    unit_starts : first ring of every feature, and the end, shape (n + 1,); no feature is without a ring
    row : row of the layer that each feature is, shape (n,)
    """

    kind: Kind
    world: npt.NDArray[np.float64]
    ring_starts: Ints
    is_shell: npt.NDArray[np.bool_]
    unit_starts: Ints
    row: Ints

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self.row)

    def take(self, units: Ints) -> "Flat":
        """Return the features `units` alone."""
        counts = np.diff(self.unit_starts)[units]
        _, rings = expand(self.unit_starts[units], counts)
        lengths = self.ring_starts[rings + 1] - self.ring_starts[rings]
        _, points = expand(self.ring_starts[rings], lengths)
        return Flat(
            self.kind, self.world[points], starts_of(lengths), self.is_shell[rings], starts_of(counts), self.row[units]
        )

    def renumbered(self, position: Ints) -> "Flat":
        """Return the same features as other rows: row i becomes ``position[i]``."""
        return replace(self, row=position[self.row])

    @property
    def vertex_starts(self) -> Ints:
        """First vertex of every feature, and the end, shape (n + 1,)."""
        return self.ring_starts[self.unit_starts]

    @cached_property
    def boxes(self) -> npt.NDArray[np.float64]:
        """West, north, east, south of every feature in the world's units, shape (n, 4)."""
        starts = self.vertex_starts[:-1]
        least, most = np.minimum.reduceat(self.world, starts), np.maximum.reduceat(self.world, starts)
        return np.hstack([least, most])

    @cached_property
    def areas(self) -> npt.NDArray[np.float64]:
        """Area of every feature in the world's units squared, shape (n,)."""
        x, y = (self.world - self.world.mean(axis=0)).T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        cross[self.ring_starts[1:-1] - 1] = 0  # from one ring to the next
        rings = np.abs(np.add.reduceat(np.append(cross, 0), self.ring_starts[:-1]))
        area: npt.NDArray[np.float64] = (
            np.add.reduceat(np.where(self.is_shell, rings, -rings), self.unit_starts[:-1]) / 2
        )
        return area


def flat_layers(shapes: npt.NDArray[np.object_], crs: CRS) -> tuple[Flat, ...]:
    """Return the features of a layer by kind: areas, lines, points, those that there are.

    Parameters
    ----------
    shapes : shapely geometry of every row; null and empty ones are in none of the results
    crs : of the shapes
    """
    to_wgs84 = Transformer.from_crs(crs, WGS84, always_xy=True)
    dimension = shapely.get_dimensions(shapes)
    found = []
    for dimensions, of in ((2, _areas), (1, _lines), (0, _points)):
        rows = np.flatnonzero((dimension == dimensions) & ~shapely.is_empty(shapes))
        if len(rows):
            found.append(of(shapes[rows], rows, to_wgs84))
    return tuple(found)


def flat_areas(outlines: Outlines, crs: CRS) -> Flat:
    """Return the outlines of a fabric, whose coordinates are in `crs`; a unit without an outline is left out."""
    counts = np.diff(outlines.unit_starts)
    rows = np.flatnonzero(counts)
    world = _world(outlines.coordinates, Transformer.from_crs(crs, WGS84, always_xy=True))
    return Flat(AREA, world, outlines.ring_starts, outlines.is_shell, starts_of(counts[rows]), rows)


def _areas(shapes: Any, rows: Ints, to_wgs84: Transformer) -> Flat:
    rings = Outlines.of(shapes)
    return Flat(AREA, _world(rings.coordinates, to_wgs84), rings.ring_starts, rings.is_shell, rings.unit_starts, rows)


def _lines(shapes: Any, rows: Ints, to_wgs84: Transformer) -> Flat:
    lines, owner = shapely.get_parts(shapes, return_index=True)
    counts, lengths = np.bincount(owner, minlength=len(shapes)), shapely.get_num_coordinates(lines)
    world = _world(shapely.get_coordinates(lines), to_wgs84)
    return Flat(LINE, world, starts_of(lengths), np.ones(len(lines), bool), starts_of(counts), rows)


def _points(shapes: Any, rows: Ints, to_wgs84: Transformer) -> Flat:
    places, ones = shapely.get_coordinates(shapes), np.ones(len(rows), np.int64)
    lengths = shapely.get_num_coordinates(shapes)
    return Flat(POINT, _world(places, to_wgs84), starts_of(lengths), np.ones(len(rows), bool), starts_of(ones), rows)


def _world(coordinates: npt.NDArray[np.float64], to_wgs84: Transformer) -> npt.NDArray[np.float64]:
    longitude, latitude = to_wgs84.transform(coordinates[:, 0], coordinates[:, 1])
    return to_world(longitude, latitude)


def to_world(longitude: Any, latitude: Any) -> npt.NDArray[np.float64]:
    """Return places in the world's units, shape (n, 2).

    Examples
    --------
    >>> to_world(np.array([0.0]), np.array([0.0])).tolist()
    [[0.5, 0.5]]
    """
    height = np.arctanh(np.sin(np.radians(latitude)))
    return np.column_stack([np.asarray(longitude) / 360 + 0.5, 0.5 - height / (2 * np.pi)])


def to_degrees(world: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return longitude and latitude of places in the world's units, shape (n, 2)."""
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * world[:, 1]))))
    return np.column_stack([(world[:, 0] - 0.5) * 360, latitude])
