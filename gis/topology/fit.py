"""How units fit together: where two cover the same ground, and where none covers what lies between them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.cover import Cover
from gis.fabric import Fabric
from gis.measure import areas_mm2, to_mm2
from gis.overlay import shares_mm2
from gis.ragged import Array
from gis.topology.defects import (
    CONTAINED,
    DUPLICATE,
    GAP,
    HOLE,
    MISMATCH,
    OVERLAP,
    SLIVER_GAP,
    SLIVER_OVERLAP,
    Defects,
    mean_width_m,
)
from gis.topology.faces import Faces

# Narrower than this is the rounding of coordinates: a corner written to the millimetre beside a straight edge.
NOISE_M = 0.001
# Where two lines cross, the corner of a face is a rounding away from both.
_NEAR_M = 1e-6


def overlaps(faces: Faces, tolerance_m: Any = 0.0, noise_m: float = NOISE_M) -> Defects:
    """Return every pair of units that cover the same ground, one defect a pair.

    A ``duplicate`` is a pair of one shape, ``contained`` a unit within another, a ``sliver_overlap`` no wider on
    average than the tolerance, everything else an ``overlap``. The area is that of the whole pair, exact to 1 mm².

    Parameters
    ----------
    tolerance_m : accuracy of the outlines, metres, one for all units or one each; of a pair the larger counts
    noise_m : mean width up to which a common strip is none
    """
    suspects = _covering(faces, faces.shape[(faces.depth > 1) & (mean_width_m(faces.shape) > noise_m)])
    first, second, area_mm2 = _pairs(faces, suspects)
    common = _areal(shapely.intersection(faces.units[first], faces.units[second]), noise_m)
    there = ~shapely.is_empty(common)
    first, second, area_mm2, common = first[there], second[there], area_mm2[there], common[there]
    found = Defects.areal(OVERLAP, np.stack([first, second], axis=1), common, area_mm2)
    kind = _kind_of_pair(faces, (first, second), found, _of_each(tolerance_m, faces), noise_m)
    return found.named(kind)


def gaps(faces: Faces, tolerance_m: Any = 0.0, noise_m: float = NOISE_M) -> Defects:
    """Return every piece of ground that units enclose and none covers.

    A ``sliver_gap`` is no wider on average than the tolerance, a ``hole`` lies within one unit and touches neither
    another nor the ground, everything else is a ``gap``. What an invalid unit may cover is not called a gap.

    Parameters
    ----------
    tolerance_m, noise_m : as in `overlaps`
    """
    shapes = faces.shape[(faces.depth == 0) & ~faces.grounded & (mean_width_m(faces.shape) > noise_m)]
    shapes = shapes[~_may_be_covered(faces, shapes)]
    beside, on_ground = _along(faces, shapes)
    found = Defects.areal(GAP, beside, shapes)
    tolerance = _of_each(tolerance_m, faces)
    widest = np.array([tolerance[units].max(initial=0.0) for units in beside])
    alone = (np.diff(found.starts) == 1) & ~on_ground
    return found.named(np.select([alone, found.width_m <= widest], [HOLE, SLIVER_GAP], GAP))


def mismatches(faces: Faces, noise_m: float = NOISE_M) -> Defects:
    """Return where neighbours do not meet exactly: gaps and overlaps too narrow to be any, ground left aside.

    Nothing is wrong with an area there, but the edges of the neighbours are not the same and part when one is moved.
    """
    # Less than a square millimetre is no place that anybody finds.
    some = (areas_mm2(faces.shape) > 0) & (mean_width_m(faces.shape) <= noise_m)
    shapes = faces.shape[some & (faces.depth != 1) & ~faces.grounded]
    beside, on_ground = _along(faces, shapes)
    return Defects.areal(MISMATCH, beside, shapes).take(~on_ground)


def _covering(faces: Faces, shapes: Any) -> Array:
    over = np.unique(faces.tree.query(shapes, predicate="intersects")[1])
    return over[over < len(faces.units)]


def _pairs(faces: Faces, suspects: Array) -> tuple[Array, Array, Array]:
    """Return the pairs of suspects that share area, and how much, in mm²."""
    shapes = faces.units[suspects]
    fabric = Fabric.of_valid(shapes, faces.crs)
    shared = shares_mm2(fabric, Cover.of_valid(np.arange(len(shapes)).astype(object), shapes, faces.crs))
    once = shared.unit < shared.cover
    return suspects[shared.unit[once]], suspects[shared.cover[once]], shared.area_mm2[once]


def _kind_of_pair(
    faces: Faces, pair: tuple[Array, Array], found: Defects, tolerance: Array, noise_m: float
) -> npt.NDArray[np.object_]:
    first, second = (_whole(faces.units[units], found.area_mm2, noise_m) for units in pair)
    narrow = found.width_m <= np.maximum(tolerance[pair[0]], tolerance[pair[1]])
    chosen = np.select([first & second, first | second, narrow], [0, 1, 2], 3)
    kinds: npt.NDArray[np.object_] = np.array([DUPLICATE, CONTAINED, SLIVER_OVERLAP, OVERLAP], dtype=object)[chosen]
    return kinds


def _whole(units: Any, area_mm2: Array, noise_m: float) -> Array:
    """Tell which units the area covers, but for a strip along their outline that is noise."""
    whole: Array = to_mm2(shapely.area(units)) - area_mm2 <= to_mm2(shapely.length(units) * noise_m)
    return whole


def _areal(shapes: Any, noise_m: float) -> npt.NDArray[np.object_]:
    """Return the parts of each shape that are wider than noise."""
    parts, row = shapely.get_parts(shapes, return_index=True)
    wide = (shapely.get_dimensions(parts) == 2) & (mean_width_m(parts) > noise_m)
    kept = np.full(len(shapes), shapely.Polygon(), dtype=object)
    if wide.any():
        rows, place = np.unique(row[wide], return_inverse=True)
        kept[rows] = shapely.multipolygons(parts[wide], indices=place)
    return kept


def _may_be_covered(faces: Faces, shapes: Any) -> Array:
    """Tell which shapes lie where an invalid unit may be."""
    hulls = shapely.convex_hull(faces.excluded)
    beside = np.zeros(len(shapes), dtype=np.bool_)
    beside[shapely.STRtree(hulls).query(shapes, predicate="intersects")[0]] = True
    return beside


def _along(faces: Faces, shapes: Any) -> tuple[list[Array], Array]:
    """Return the units along which the outline of each shape runs, in ascending order, and whether ground does."""
    middles, shape = _middles(shapes)
    at, other = faces.near(middles, _NEAR_M)
    is_unit = other < len(faces.units)
    pairs = np.unique(np.stack([shape[at], other], axis=1)[is_unit], axis=0)
    on_ground = np.bincount(shape[at[~is_unit]], minlength=len(shapes)) > 0
    cuts = np.searchsorted(pairs[:, 0], np.arange(1, len(shapes)))
    return np.split(pairs[:, 1], cuts)[: len(shapes)], on_ground


def _middles(shapes: Any) -> tuple[Array, Array]:
    """Return the middle of every edge of the shapes, shape (k, 2), and which shape it is of."""
    rings, owner = shapely.get_rings(shapes, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.flatnonzero(np.diff(ring) == 0)
    return (corners[edge] + corners[edge + 1]) / 2, owner[ring[edge]]


def _of_each(tolerance_m: Any, faces: Faces) -> npt.NDArray[np.float64]:
    return np.broadcast_to(np.asarray(tolerance_m, dtype=np.float64), (len(faces.units),))
