"""A picture under the map: an office's own, brought in through the safe door, or the relief of the project."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyproj import CRS

from gis.crs import crs_name
from gis.formats.reader import picture_of
from maps.tiles.flat import to_degrees

# A screen shows no more of a scanned plan at once.
PIXELS = 2_000_000
_WORLD_M = 40_075_016.685578488


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A PNG in the projection of web maps.

    Attributes
    ----------
    title : of what it shows, or the name of the file that it came from
    box : west, south, east, north in degrees
    """

    title: str
    png: bytes
    box: tuple[float, float, float, float]


def backdrop_of(path: Path, crs: CRS | None = None) -> Backdrop:
    """Read a GeoTIFF as a backdrop.

    Parameters
    ----------
    crs : of a file that states none, or the wrong one

    Raises
    ------
    Those of `gis.formats.reader.picture_of`
    """
    png, box = picture_of(path, crs_name(crs) if crs else None, PIXELS)
    return Backdrop(path.name, png, degrees_of(box))


def degrees_of(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return a box of the projection of web maps, m, in degrees: west, south, east, north."""
    west, south, east, north = box
    corners = to_degrees(np.array([[west, -south], [east, -north]]) / _WORLD_M + 0.5)
    return (*corners[0].tolist(), *corners[1].tolist())
