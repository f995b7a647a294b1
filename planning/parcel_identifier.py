"""The national identifier of a parcel, computed as *provisional*: 12 characters of GeoHash of a point of the parcel.

The identifier is the GeoHash of the feature point after VN-2000 → WGS 84 (CV 5840/BNNMT-QLĐĐ of 21/8/2025, quoted by
the press). Which point that is no source that was reached says: here it is a point inside the parcel. Twelve
characters are some centimetres, the transformation is known to a metre: what is computed here can differ from the
official identifier in its last characters, so an official one is never overwritten, and how far the characters are sure
stands beside it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from pyproj.transformer import AreaOfInterest, Transformer, TransformerGroup

from gis.crs import WGS84

LENGTH = 12
POINT = "a point inside the parcel (which point is official is not known)"
_LETTERS = np.array(list("0123456789bcdefghjkmnpqrstuvwxyz"))
_BITS = 5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Provisional:
    """Provisional identifiers, shape (n,) each; empty text and NaN for a parcel without a shape.

    Attributes
    ----------
    identifier : twelve characters
    sure : how many of the first characters hold whatever the transformation is off, within its accuracy
    easting, northing : the point, in the project's system
    longitude, latitude : the same in WGS 84, degrees
    transform, accuracy_m : the transformation that was used; None where the registry states no accuracy
    """

    identifier: npt.NDArray[np.str_]
    sure: npt.NDArray[np.int64]
    easting: Floats
    northing: Floats
    longitude: Floats
    latitude: Floats
    transform: str
    accuracy_m: float | None


def provisional(shapes: Any, crs: CRS) -> Provisional:
    """Return the provisional identifier of every shape, shape (n,)."""
    transformer = _transformer(crs)
    accuracy_m = transformer.accuracy if transformer.accuracy >= 0 else None
    placed = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    points = shapely.point_on_surface(np.asarray(shapes, dtype=object)[placed])
    easting, northing = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    easting[placed], northing[placed] = shapely.get_x(points), shapely.get_y(points)
    reach = accuracy_m or 0.0
    around = [(0.0, 0.0), *((east, north) for east in (-reach, reach) for north in (-reach, reach))]
    found = [transformer.transform(easting[placed] + east, northing[placed] + north) for east, north in around]
    codes = [geohash(longitude, latitude) for longitude, latitude in found]
    letters = [np.array([list(one) for one in some], dtype="U1").reshape(-1, LENGTH) for some in codes]
    alike = np.logical_and.reduce([one == letters[0] for one in letters])
    identifier, sure = np.full(len(easting), "", dtype=f"U{LENGTH}"), np.zeros(len(easting), dtype=np.int64)
    identifier[placed] = codes[0]
    sure[placed] = np.cumprod(alike, axis=1).sum(axis=1)
    longitude, latitude = np.full(len(easting), np.nan), np.full(len(easting), np.nan)
    longitude[placed], latitude[placed] = found[0]
    return Provisional(identifier, sure, easting, northing, longitude, latitude, transformer.description, accuracy_m)


@cache
def _transformer(crs: CRS) -> Transformer:
    """Return the best transformation to WGS 84 in the area of use of a system."""
    area = crs.area_of_use
    interest = AreaOfInterest(area.west, area.south, area.east, area.north) if area else None
    return TransformerGroup(crs, WGS84, always_xy=True, area_of_interest=interest).transformers[0]


def geohash(longitude: Any, latitude: Any, length: int = LENGTH) -> npt.NDArray[np.str_]:
    """Return the GeoHash of places in degrees, shape (n,): bits of longitude and latitude in turn, longitude first.

    Examples
    --------
    >>> geohash([10.40744], [57.64911], 11).tolist()
    ['u4pruydqqvj']
    """
    bits = length * _BITS
    east = _bits((np.asarray(longitude, dtype=np.float64) + 180.0) / 360.0, (bits + 1) // 2)
    north = _bits((np.asarray(latitude, dtype=np.float64) + 90.0) / 180.0, bits // 2)
    turns = np.empty((len(east), bits), dtype=np.int64)
    turns[:, 0::2], turns[:, 1::2] = east, north
    numbers = turns.reshape(-1, length, _BITS) @ (1 << np.arange(_BITS)[::-1])
    return np.array(["".join(one) for one in _LETTERS[numbers]], dtype=f"U{length}")


def _bits(part: Floats, count: int) -> npt.NDArray[np.int64]:
    """Return the first binary digits of numbers from 0 to 1, shape (n, count)."""
    whole = np.minimum((part * (1 << count)).astype(np.int64), (1 << count) - 1)
    return (whole[:, np.newaxis] >> np.arange(count)[::-1]) & 1
