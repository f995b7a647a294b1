"""One way to measure and to round: planar area in whole square millimetres, summed as integers.

Integers add up in any order to the same sum, so a total does not depend on how the work was split, and two
answers can be compared with ``==``. Square metres are shown from them, never summed themselves.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

MM2_PER_M2 = 1_000_000
M2_PER_HA = 10_000

IntArray = npt.NDArray[np.int64]


def to_mm2(area_m2: npt.ArrayLike) -> IntArray:
    """Round areas in m² to whole square millimetres (half to even).

    Exact up to 9,007 km² (2⁵³ mm²); NaN raises ValueError, because *no data* has no area.
    """
    scaled = np.rint(np.asarray(area_m2, dtype=np.float64) * MM2_PER_M2)
    if not np.isfinite(scaled).all():
        raise ValueError("an area that is not a finite number cannot be rounded to mm²")
    return scaled.astype(np.int64)


def to_m2(area_mm2: int) -> float:
    """Return an integer area in mm² as m²: the nearest double, so that it prints with at most six decimals."""
    return int(area_mm2) / MM2_PER_M2


def areas_mm2(geometries: npt.ArrayLike) -> IntArray:
    """Return planar areas in mm², 0 for null and empty geometry.

    Parameters
    ----------
    geometries : array of shapely geometry, shape (n,), in a planar CRS in metres
    """
    return to_mm2(np.nan_to_num(shapely.area(geometries)))


def area_mm2(geometry: Any) -> int:
    """Return the planar area of one geometry in mm²."""
    return int(areas_mm2([geometry])[0])
