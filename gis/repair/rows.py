"""Rows that stand twice in a layer: the same values and the same shape."""

from typing import Any

import numpy as np
import shapely

from gis.measure import to_mm2
from gis.ragged import Array
from gis.repair.listing import REPEATED_ROW, Changes, Exceptions, Mended


def repeated_rows(shapes: Any, likeness: Array) -> Mended:
    """Return the rows that repeat an earlier one; the first of them stays.

    Parameters
    ----------
    shapes : shapely geometry, shape (n,)
    likeness : a number for each row, the same for rows whose values are all the same, shape (n,)
    """
    _, which, times = np.unique(likeness, return_inverse=True, return_counts=True)
    alike = np.flatnonzero(times[which] > 1)
    drawn = shapely.to_wkb(shapely.normalize(shapes[alike]))
    first: dict[tuple[int, bytes | None], int] = {}
    rows = zip(alike.tolist(), which[alike].tolist(), drawn, strict=True)
    stays = np.array([first.setdefault((number, shape), row) for row, number, shape in rows], dtype=np.int64)
    unit, other = alike[stays != alike], stays[stays != alike]
    gone = np.full(len(unit), None, dtype=object)
    return Mended(unit, gone, _changes(shapes[unit], unit, other), Exceptions.none())


def _changes(shapes: Any, unit: Array, other: Array) -> Changes:
    area, bounds = shapely.area(shapes), shapely.bounds(shapes)
    return Changes(
        unit=unit,
        kind=np.full(len(unit), REPEATED_ROW, dtype=object),
        other=other,
        before_mm2=to_mm2(np.where(np.isfinite(area), area, 0.0)),
        after_mm2=np.zeros(len(unit), dtype=np.int64),
        even_odd_mm2=np.full(len(unit), -1),
        easting=(bounds[:, 0] + bounds[:, 2]) / 2,
        northing=(bounds[:, 1] + bounds[:, 3]) / 2,
        shape=shapes,
    )
