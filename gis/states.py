"""Four states of a unit against a line of stated accuracy: inside, outside, crossed, or undecidable.

Stretches of the line that run along edges of the units themselves are *bound* to them and exact. With B the
buffer by the accuracy of the remaining stretches, Z the area and P the unit::

    share_min = |P ∩ (Z − B)| / |P|        share_max = |P ∩ (Z ∪ B)| / |P|

Inside: share_min = 1. Outside: share_max = 0. Crossed: share_min > 0 and share_max < 1. Otherwise nobody can
tell at this accuracy.
"""

from typing import Any

import numpy as np
import shapely
from pandas import Categorical, DataFrame

from gis.bound import SNAP_M, unbound_stretches
from gis.cover import Cover
from gis.fabric import Fabric, require_valid
from gis.gridded import Ints
from gis.measure import to_mm2
from gis.overlay import shares_mm2

# Segments of a quarter circle around a bend: they stay within 0.12 % of the accuracy.
_ARC = 16
INSIDE, OUTSIDE, CROSSED, UNDECIDABLE = STATES = ("inside", "outside", "crossed", "undecidable")


def states(fabric: Fabric, zone: Any, accuracy_m: float, snap_m: float = SNAP_M) -> DataFrame:
    """Return the state of every unit against the area `zone`, whose line is known to `accuracy_m`.

    Parameters
    ----------
    fabric : units, shape (n,)
    zone : shapely (multi)polygon in the CRS of the fabric
    accuracy_m : stated accuracy of the line, metres; 0 takes it as exact
    snap_m : tolerance within which the line coincides with an edge of a unit, metres

    Returns
    -------
    DataFrame of n rows: ``state`` (categorical, of `STATES`), ``share``, ``share_min``, ``share_max`` (0 to 1; NaN and
    *undecidable* for a unit without area).

    Raises
    ------
    GeometryInvalid
    """
    require_valid(np.array([zone], dtype=object), ["zone"], layer="zone")
    core, fringe, beyond = _areas_in(fabric, _told_apart(fabric, zone, accuracy_m, snap_m))
    # An edge within the snapping tolerance leaves a sliver no wider than it along the unit's own edge.
    slack = to_mm2(fabric.length_m * snap_m)
    area = fabric.area_mm2
    least, most = core, core + fringe + beyond
    inside = area - least <= slack
    outside = most <= slack
    crossed = (least > slack) & (area - most > slack)
    told = np.select([area <= 0, inside, outside, crossed], [3, 0, 1, 2], 3)
    state = Categorical.from_codes(told, STATES)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, share_min, share_max = ((mm2 / area).clip(0, 1) for mm2 in (core + fringe, least, most))
    return DataFrame({"state": state, "share": share, "share_min": share_min, "share_max": share_max})


def _told_apart(fabric: Fabric, zone: Any, accuracy_m: float, snap_m: float) -> Cover:
    """Return what is inside for sure, what is inside and what is outside near an unbound stretch of the line."""
    fuzzy = shapely.Polygon()
    if accuracy_m > 0:
        fuzzy = shapely.buffer(unbound_stretches(fabric, zone, snap_m), accuracy_m, quad_segs=_ARC)
    parts = [shapely.difference(zone, fuzzy), shapely.intersection(zone, fuzzy), shapely.difference(fuzzy, zone)]
    return Cover.of_valid(np.arange(3).astype(object), np.array(parts, dtype=object), fabric.crs)


def _areas_in(fabric: Fabric, cover: Cover) -> Ints:
    found = shares_mm2(fabric, cover)
    area_mm2 = np.zeros((len(cover), len(fabric)), dtype=np.int64)
    area_mm2[found.cover, found.unit] = found.area_mm2
    return area_mm2
