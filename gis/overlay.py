"""shares(fabric, cover): exact areas of every unit in every class."""

import numpy as np
import shapely
from pandas import DataFrame

from gis.cover import Cover
from gis.crs import require_same_crs
from gis.fabric import Fabric
from gis.measure import MM2_PER_M2, areas_mm2


def shares(fabric: Fabric, cover: Cover) -> DataFrame:
    """Return the area of every unit of `fabric` in every class of `cover` that it meets.

    Returns
    -------
    DataFrame with one row per pair that shares area, sorted by unit and class position:
    ``unit`` (row position in the fabric), ``cover`` (class key), ``area_m2`` (a whole number of mm²).
    Where classes overlap, their common area counts in each.

    Raises
    ------
    CrsMixed
    """
    require_same_crs(fabric, cover)
    units, classes = _pairs_that_meet(fabric, cover)
    area_mm2 = areas_mm2(shapely.intersection(fabric.geometries[units], cover.geometries[classes]))
    shared = area_mm2 > 0
    return DataFrame(
        {
            "unit": units[shared],
            "cover": cover.keys[classes[shared]],
            "area_m2": area_mm2[shared] / MM2_PER_M2,
        }
    )


def _pairs_that_meet(fabric: Fabric, cover: Cover) -> tuple[np.ndarray, np.ndarray]:
    classes, units = fabric.tree.query(cover.geometries, predicate="intersects")
    order = np.lexsort((classes, units))
    return units[order], classes[order]
