"""A backdrop: an office's own georeferenced picture under the map, brought in through the safe door."""

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
    title : name of the file that it came from
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
    png, (west, south, east, north) = picture_of(path, crs_name(crs) if crs else None, PIXELS)
    corners = to_degrees(np.array([[west, -south], [east, -north]]) / _WORLD_M + 0.5)
    return Backdrop(path.name, png, (*corners[0].tolist(), *corners[1].tolist()))
