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
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.cover import Cover
from gis.fabric import Fabric
from gis.measure import MM2_PER_M2, to_mm2
from gis.overlay import shares

INSIDE, OUTSIDE, CROSSED, UNDECIDABLE = STATES = ("inside", "outside", "crossed", "undecidable")
# Two vertices nearer than this are one corner that was written by two programs.
SNAP_M = 0.001


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
    DataFrame of n rows: ``state``, ``share``, ``share_min``, ``share_max`` (0 to 1; NaN and *undecidable* for a
    unit without area).
    """
    fuzzy = shapely.buffer(unbound_stretches(fabric, zone, snap_m), accuracy_m) if accuracy_m > 0 else shapely.Polygon()
    parts = {"core": zone - fuzzy, "fringe": shapely.intersection(zone, fuzzy), "beyond": fuzzy - zone}
    core, fringe, beyond = (_area_in(fabric, part) for part in parts.values())
    # An edge within the snapping tolerance leaves a sliver no wider than it along the unit's own edge.
    slack = to_mm2(shapely.length(fabric.geometries) * snap_m) if len(fabric) else np.zeros(0, np.int64)
    area = fabric.area_mm2
    least, most = core, core + fringe + beyond
    inside = area - least <= slack
    outside = most <= slack
    crossed = (least > slack) & (area - most > slack)
    state = np.select([area <= 0, inside, outside, crossed], [UNDECIDABLE, INSIDE, OUTSIDE, CROSSED], UNDECIDABLE)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, share_min, share_max = ((mm2 / area).clip(0, 1) for mm2 in (core + fringe, least, most))
    return DataFrame({"state": state, "share": share, "share_min": share_min, "share_max": share_max})


def unbound_stretches(fabric: Fabric, zone: Any, snap_m: float = SNAP_M) -> Any:
    """Return the stretches of the line of `zone` that do not run along edges of the units, as (multi)linestring."""
    line = shapely.boundary(zone)
    near = fabric.tree.query(line, predicate="dwithin", distance=snap_m)
    edges = shapely.union_all(shapely.boundary(fabric.geometries[near]))
    return line - shapely.buffer(edges, snap_m) if len(near) else line


def _area_in(fabric: Fabric, part: Any) -> np.ndarray:
    cover = Cover.from_frame(GeoDataFrame({"name": ["part"]}, geometry=[part], crs=fabric.crs))
    found = shares(fabric, cover)
    area_mm2 = np.zeros(len(fabric), dtype=np.int64)
    area_mm2[found["unit"]] = np.rint(found["area_m2"] * MM2_PER_M2).astype(np.int64)
    return area_mm2
