"""Faces: the plane cut along every edge that two neighbours do not share, and how many units lie over each piece.

An edge that two units share, one on each side, changes nothing in how many units lie over the ground, and neither do
such edges in any number. Left over are the outlines of what is covered and the faults: cut along them, the plane falls
into faces over each of which the same number of units lies. Over a face of a coverage lies one, over an overlap more,
over a gap none. Nothing else is examined, which is why a million parcels take seconds.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from gis.crs import require_planar
from gis.fabric import THREADS
from gis.outlines import Edges, Outlines, areal
from gis.ragged import Array

# A point of a face that lies on an outline tells nothing; then others are tried, from it towards corners of the face.
_TRIES = 12
_GOLDEN = 0.381966
_SLICE = 1 << 14


@dataclass(frozen=True, eq=False)
class Faces:
    """What lies how often over the ground.

    Attributes
    ----------
    crs : planar CRS in metres
    units : valid polygons that are asked about, shape (n,); those that are not valid are None
    excluded : shapes that are there and not valid, shape (e,): nobody can tell what they cover
    tree : index of `units` and, after them, of the ground
    shape : bounded faces, shape (f,)
    depth : how many units lie over each, shape (f,)
    grounded : whether ground lies under it, shape (f,)
    """

    crs: CRS
    units: npt.NDArray[np.object_]
    excluded: npt.NDArray[np.object_]
    tree: shapely.STRtree
    shape: npt.NDArray[np.object_]
    depth: npt.NDArray[np.int64]
    grounded: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, geometries: Any, crs: CRS, ground: Any = ()) -> Self:
        """Cut the plane along the outlines of `geometries` and of the `ground` between them.

        Parameters
        ----------
        geometries : shapely (multi)polygons in metres, shape (n,); those that are missing, empty or invalid are left out
        crs : their planar CRS in metres
        ground : areas that are no units and yet no gaps (roads, waters), shape (g,), in the same CRS

        Raises
        ------
        CrsNotPlanar
        """
        given = np.asarray(geometries, dtype=object)
        units = _usable(given)
        excluded = given[shapely.is_missing(units) & ~shapely.is_missing(given) & ~shapely.is_empty(given)]
        land = _usable(np.asarray(ground, dtype=object).reshape(-1))
        both = np.concatenate([units, land[~shapely.is_missing(land)]])
        tree, faces = shapely.STRtree(both), _cut_along(_unshared(Outlines.of(both).edges()))
        depth, grounded = _lying_over(tree, faces, len(units))
        return cls(require_planar(crs), units, excluded, tree, faces, depth, grounded)


def _usable(geometries: Any) -> npt.NDArray[np.object_]:
    """Return `geometries` with None in place of what is not valid, has no area or cannot be placed."""
    slices = [geometries[start : start + _SLICE] for start in range(0, len(geometries), _SLICE)]
    with ThreadPoolExecutor(THREADS) as threads:
        valid = np.concatenate([np.zeros(0, dtype=np.bool_), *threads.map(shapely.is_valid, slices)])
    shapes = areal(np.where(valid, geometries, None))
    return np.where(shapely.area(shapes) > 0, shapes, None)


def _unshared(edges: Edges) -> Array:
    """Return the ends of edges over which the number of units changes, shape (k, 2, 2), each once."""
    side = np.where(edges.left_x == edges.right_x, edges.rising, edges.below)
    ends = np.stack([edges.left_x, edges.left_y, edges.right_x, edges.right_y], axis=1) + 0.0  # no negative zeros
    ends[edges.left_x == edges.right_x] = _upwards(ends[edges.left_x == edges.right_x])
    order = np.argsort(_hashed(ends), kind="stable")
    ends = ends[order]
    # Two edges of one hash are told apart by their ends; were they mixed, an edge would be kept that cancels: no harm.
    opens = np.append(True, (ends[1:] != ends[:-1]).any(axis=1)) if len(ends) else np.zeros(0, dtype=np.bool_)
    first = np.flatnonzero(opens)
    if not len(first):
        return np.zeros((0, 2, 2))
    changes = np.add.reduceat(side[order], first) != 0
    return ends[first[changes]].reshape(-1, 2, 2)


def _upwards(ends: Array) -> Array:
    """Return upright edges from their lower end to their upper."""
    turned: Array = np.where((ends[:, 1] > ends[:, 3])[:, np.newaxis], ends[:, [2, 3, 0, 1]], ends)
    return turned


def _hashed(ends: Array) -> Array:
    bits = np.ascontiguousarray(ends).view(np.uint64)
    mixed = np.zeros(len(ends), dtype=np.uint64)
    for column, odd in enumerate((0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)):
        mixed = (mixed ^ bits[:, column]) * np.uint64(odd)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _cut_along(ends: Array) -> npt.NDArray[np.object_]:
    """Return the bounded faces of the plane cut along straight edges."""
    lines = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends))) if len(ends) else None
    noded = shapely.get_parts(shapely.union_all([lines]))
    return np.asarray(shapely.get_parts(shapely.polygonize(noded)), dtype=object)


def _lying_over(tree: shapely.STRtree, faces: Any, units: int) -> tuple[Array, Array]:
    """Return how many of the first `units` of the tree lie over each face, and whether any of the others does."""
    depth, grounded = np.zeros(len(faces), dtype=np.int64), np.zeros(len(faces), dtype=np.bool_)
    asked, points = np.arange(len(faces)), shapely.point_on_surface(faces)
    for attempt in range(_TRIES):
        at, over = tree.query(points, predicate="intersects")
        within = shapely.contains(tree.geometries[over], points[at])
        on_outline = np.bincount(at[~within], minlength=len(points)) > 0
        is_unit = over < units
        count = np.bincount(at[within & is_unit], minlength=len(points))
        some_ground = np.bincount(at[within & ~is_unit], minlength=len(points)) > 0
        told = ~on_outline
        depth[asked[told]], grounded[asked[told]] = count[told], some_ground[told]
        if told.all():
            return depth, grounded
        asked = asked[on_outline]
        points = _other_points(faces[asked], attempt)
    for face in asked:
        depth[face], grounded[face] = _by_area(tree, faces[face], units)
    return depth, grounded


def _other_points(faces: Any, attempt: int) -> npt.NDArray[np.object_]:
    """Return a point inside of each face, another one in every attempt."""
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    counts = shapely.get_num_coordinates(faces)
    corner = np.cumsum(counts) - counts + (attempt * 7) % counts
    part = _GOLDEN ** (1 + attempt % 4)
    moved = shapely.points(inner + part * (shapely.get_coordinates(faces)[corner] - inner))
    # Behind a bend of the outline the point may be outside: what lies over it is not what lies over the face.
    return np.where(shapely.contains_properly(faces, moved), moved, shapely.points(inner))


def _by_area(tree: shapely.STRtree, face: Any, units: int) -> tuple[int, bool]:
    over = tree.query(face)
    shared = shapely.area(shapely.intersection(tree.geometries[over], face)) / face.area
    return round(float(shared[over < units].sum())), bool(shared[over >= units].sum() > 0.5)
