"""The form of an area: its parts and its holes, and which holes are only slivers between edges that should meet."""

from dataclasses import dataclass
from functools import lru_cache
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


@lru_cache(maxsize=4)
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


@dataclass(frozen=True, slots=True)
class Neck:
    """Land that is narrower than a limit and joins parts that are wider.

    Attributes
    ----------
    area_mm2 : of the narrow land
    easting, northing : a point within it
    """

    area_mm2: int
    easting: float
    northing: float


@lru_cache(maxsize=4)  # the established zone is asked by every scenario
def necks(area: Any, width_m: float) -> tuple[Neck, ...]:
    """Return the necks of a (multi)polygon, from west to east.

    The area is narrowed by half the width from all sides and widened again; what is lost is narrow, and a neck where
    it touches two of the parts that are left. Corners within a hundredth of the width are left out of account.

    Parameters
    ----------
    area : shapely (multi)polygon, planar metres
    width_m : land narrower than this is narrow

    Notes
    -----
    Opening of an area: J. Serra, Image Analysis and Mathematical Morphology (1982).
    """
    plain = shapely.make_valid(shapely.simplify(area, width_m / 100), method="structure", keep_collapsed=False)
    core = shapely.buffer(plain, -width_m / 2, quad_segs=4)
    wide = shapely.get_parts(shapely.buffer(shapely.get_parts(core), width_m / 2, quad_segs=4))
    if len(wide) < 2:
        return ()
    narrow = shapely.get_parts(shapely.difference(plain, shapely.union_all(wide)))
    piece, _ = shapely.STRtree(wide).query(narrow, predicate="dwithin", distance=width_m / 100)
    joining = narrow[np.bincount(piece, minlength=len(narrow)) > 1]
    points = shapely.point_on_surface(joining)
    found = [
        Neck(int(size), float(point.x), float(point.y)) for size, point in zip(areas_mm2(joining), points, strict=True)
    ]
    return tuple(sorted(found, key=lambda neck: (neck.easting, neck.northing)))


def outline_m(area: Any) -> float:
    """Return the length of the outer rings of a (multi)polygon; holes are not counted."""
    return float(shapely.length(shapely.get_exterior_ring(shapely.get_parts(area))).sum())


def compactness(area: Any) -> float | None:
    """Return 4π·area / outline²: 1 for a circle, near 0 for a thread; None for no land (Polsby and Popper, 1991)."""
    outline = outline_m(area)
    return 4 * np.pi * float(shapely.area(area)) / outline**2 if outline else None
