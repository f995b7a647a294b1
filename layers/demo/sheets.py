"""Sheets and numbers: a grid of map sheets by scale in each commune, numbered from the north-west, parcels in zigzag.

Sheet numbers run from 1 in each commune and parcel numbers from 1 in each sheet, in zigzag from the north
(TT 25/2014/TT-BTNMT, Art. 16.6). The width of a sheet at each scale is that of a usual sheet frame.
"""

from dataclasses import dataclass

import numpy as np

from layers.demo.land_uses import FOREST, TOWN, VILLAGE
from layers.demo.noise import FloatArray, IntArray

# Scale, width of a sheet in metres, error of a boundary point in metres (TT 25/2014/TT-BTNMT, Art. 7.4).
SCALES = ((500, 250.0, 0.07), (1000, 500.0, 0.15), (2000, 1000.0, 0.30), (10000, 6000.0, 3.0))
_ROWS_IN_ZIGZAG = 12


@dataclass(frozen=True, eq=False)
class Numbering:
    """Sheet and parcel numbers from 1, and which of SCALES, shape (n,) each."""

    sheet: IntArray
    parcel: IntArray
    scale: IntArray


def numbered(commune: IntArray, easting: FloatArray, northing: FloatArray, setting: IntArray) -> Numbering:
    """Return sheet and parcel numbers of lots at these places."""
    scale = np.select([setting == TOWN, setting == VILLAGE, setting == FOREST], [0, 1, 3], 2)
    width = np.array([one[1] for one in SCALES])[scale]
    column, row = np.floor(easting / width).astype(np.int64), np.floor(-northing / width).astype(np.int64)
    sheet, first = _sheets(commune, scale, row, column)
    return Numbering(sheet, _parcels(first, easting, northing, width), scale)


def _sheets(commune: IntArray, scale: IntArray, row: IntArray, column: IntArray) -> tuple[IntArray, IntArray]:
    """Return the sheet number within the commune, and a number that is the sheet's own; small scales come first."""
    keys = np.column_stack([commune, -scale, row, column])
    order = np.lexsort(keys.T[::-1])
    new = np.append(True, (np.diff(keys[order], axis=0) != 0).any(axis=1))
    own = np.empty(len(keys), dtype=np.int64)
    own[order] = np.cumsum(new) - 1
    first_of_commune = np.full(int(commune.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first_of_commune, commune, own)
    return own - first_of_commune[commune] + 1, own


def _parcels(sheet: IntArray, easting: FloatArray, northing: FloatArray, width: FloatArray) -> IntArray:
    band = np.floor(-northing / (width / _ROWS_IN_ZIGZAG)).astype(np.int64)
    along = np.where(band % 2 == 0, easting, -easting)
    order = np.lexsort((northing, along, band, sheet))
    starts = np.flatnonzero(np.append(True, np.diff(sheet[order]) != 0))
    number = np.empty(len(sheet), dtype=np.int64)
    number[order] = np.arange(len(sheet)) - np.repeat(starts, np.diff(np.append(starts, len(sheet)))) + 1
    return number
