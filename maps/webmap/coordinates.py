"""grid_of(): polynomials that turn a place on the screen into coordinates of the project, with the error they make."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from gis.crs import WGS84

# What a screen can point at is coarser; a sketch is converted by PROJ when it is read.
LARGEST_ERROR_M = 0.001
_DEGREES = range(4, 13)
_NODES = 26
# Beyond the zone a planner still looks around.
_MARGIN_DEGREES = 0.3

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Coordinates by longitude and latitude within a box.

    Attributes
    ----------
    name : of the coordinate system
    box : west, south, east, north in degrees; beyond it the polynomials say nothing
    degree : of the polynomials
    easting, northing : coefficients of u^i v^j, by i, then by j, with i + j up to the degree; u and v run from -1 to 1
    error_m : the largest difference to PROJ on a grid between the nodes
    """

    name: str
    box: tuple[float, float, float, float]
    degree: int
    easting: tuple[float, ...]
    northing: tuple[float, ...]
    error_m: float

    def at(self, longitude: Array, latitude: Array) -> Array:
        """Return easting and northing of places, shape (n, 2): what the page computes."""
        terms = _terms(*_scaled(self.box, longitude, latitude), self.degree)
        return np.column_stack([terms @ np.array(self.easting), terms @ np.array(self.northing)])


@lru_cache(maxsize=8)  # the maps of one zone, its scenarios in either language, mostly ask for the same box
def grid_of(crs: CRS, box: tuple[float, float, float, float]) -> Grid:
    """Return the polynomials for a box of degrees and its surroundings: the lowest degree that is good enough.

    A transverse Mercator projection and a datum shift are smooth, so that few terms meet PROJ to a millimetre; the
    projection itself, with its datum shift, would be PROJ written a second time.
    """
    west, south, east, north = box
    wide = (west - _MARGIN_DEGREES, south - _MARGIN_DEGREES, east + _MARGIN_DEGREES, north + _MARGIN_DEGREES)
    nodes, between = np.cos(np.pi * (np.arange(_NODES) + 0.5) / _NODES), np.linspace(-1, 1, 2 * _NODES + 1)
    known, wanted = _places(crs, wide, nodes)
    tried, truth = _places(crs, wide, between)
    for degree in _DEGREES:
        solved: Any = np.linalg.lstsq(_terms(known[:, 0], known[:, 1], degree), wanted, rcond=None)[0]
        error_m = float(np.abs(_terms(tried[:, 0], tried[:, 1], degree) @ solved - truth).max())
        if error_m <= LARGEST_ERROR_M:
            break
    easting, northing = (tuple(map(float, one)) for one in solved.T)
    return Grid(crs.name, wide, degree, easting, northing, error_m)


def _places(crs: CRS, box: tuple[float, float, float, float], steps: Array) -> tuple[Array, Array]:
    """Return a grid of places in u and v, and their coordinates by PROJ."""
    u, v = (one.ravel() for one in np.meshgrid(steps, steps))
    west, south, east, north = box
    longitude, latitude = west + (u + 1) / 2 * (east - west), south + (v + 1) / 2 * (north - south)
    transformer = Transformer.from_crs(WGS84, crs, always_xy=True)
    return np.column_stack([u, v]), np.column_stack(transformer.transform(longitude, latitude))


def _scaled(box: tuple[float, float, float, float], longitude: Array, latitude: Array) -> tuple[Array, Array]:
    west, south, east, north = box
    return (2 * longitude - west - east) / (east - west), (2 * latitude - south - north) / (north - south)


def _terms(u: Array, v: Array, degree: int) -> Array:
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return np.column_stack([u**i * v**j for i, j in powers])
