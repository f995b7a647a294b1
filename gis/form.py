"""The form of an area: its parts and its holes, and which holes are only slivers between edges that should meet."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from gis.measure import areas_mm2


@dataclass(frozen=True, slots=True)
class Holes:
    """Holes of an area, in all and those that are slivers, with their areas in mm²."""

    count: int
    area_mm2: int
    sliver_count: int
    sliver_area_mm2: int


def holes(area: Any, sliver_width_m: float) -> Holes:
    """Count the holes of a (multi)polygon.

    Parameters
    ----------
    area : shapely (multi)polygon, planar metres
    sliver_width_m : a hole whose mean width (twice its area over its perimeter) is below this is a sliver
    """
    parts = shapely.get_parts(area)
    rings = [ring for part in parts for ring in part.interiors]
    shapes = np.array([shapely.Polygon(ring) for ring in rings], dtype=object)
    sizes = areas_mm2(shapes)
    mean_width_m = 2 * shapely.area(shapes) / np.maximum(shapely.length(shapes), 1e-9)
    sliver = mean_width_m < sliver_width_m
    return Holes(len(rings), int(sizes.sum()), int(sliver.sum()), int(sizes[sliver].sum()))
