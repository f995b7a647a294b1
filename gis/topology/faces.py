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
from gis.topology.chains import chains, hashed

# A point nearer to an outline than corners are rounded tells nothing; then others are tried, towards corners.
_NEAR_M = 1e-6
_TRIES = 6
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
        geometries : (multi)polygons, shape (n,); missing, empty and invalid ones are left out
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
        tree, faces = shapely.STRtree(both), _cut_along(chains(*_unshared(Outlines.of(both).edges())))
        depth, grounded = _lying_over(tree, faces, len(units))
        return cls(require_planar(crs), units, excluded, tree, faces, depth, grounded)


def _usable(geometries: Any) -> npt.NDArray[np.object_]:
    """Return `geometries` with None in place of what is not valid, has no area or cannot be placed."""
    slices: list[Array] = [geometries[start : start + _SLICE] for start in range(0, len(geometries), _SLICE)]
    with ThreadPoolExecutor(THREADS) as threads:
        valid = np.concatenate([np.zeros(0, dtype=np.bool_), *threads.map(shapely.is_valid, slices)])
    shapes = np.array(geometries, dtype=object)
    shapes[~valid] = None
    shapes = areal(shapes)
    shapes[~(shapely.area(shapes) > 0)] = None
    return shapes


def _unshared(edges: Edges) -> tuple[Array, Array]:
    """Return the steps over which the number of units changes, each once: where they start and end, shape (k, 2) each.

    More units lie on the left of a step than on its right, so that steps around a region follow one another.
    """
    upright = edges.left_x == edges.right_x
    left, right = _ends(edges, upright)
    order = np.argsort(hashed(np.hstack([left, right])), kind="stable")
    left, right = left[order], right[order]
    # Were two edges of one hash mixed, one would be kept that cancels: no harm, only another cut.
    opens = np.ones(len(order), dtype=np.bool_)
    opens[1:] = ((left[1:] != left[:-1]) | (right[1:] != right[:-1])).any(axis=1)
    first = np.flatnonzero(opens)
    more = np.add.reduceat(np.where(upright, edges.rising, edges.below)[order], first) if len(first) else first
    first, rightwards = first[more != 0], (more < 0)[more != 0][:, np.newaxis]
    left, right = left[first], right[first]
    return np.where(rightwards, left, right), np.where(rightwards, right, left)


def _ends(edges: Edges, upright: Array) -> tuple[Array, Array]:
    """Return the left and the right end of edges; of upright ones the lower and the upper, whichever way they run."""
    turned = upright & (edges.left_y > edges.right_y)
    low, high = np.where(turned, edges.right_y, edges.left_y), np.where(turned, edges.left_y, edges.right_y)
    return np.stack([edges.left_x, low], axis=1), np.stack([edges.right_x, high], axis=1)


def _cut_along(lines: Any) -> npt.NDArray[np.object_]:
    """Return the bounded faces of the plane cut along lines."""
    noded = shapely.get_parts(shapely.union_all(lines))
    return np.asarray(shapely.get_parts(shapely.polygonize(noded)), dtype=object)


def _lying_over(tree: shapely.STRtree, faces: Any, units: int) -> tuple[Array, Array]:
    """Return how many of the first `units` of the tree lie over each face, and whether any of the others does."""
    depth, grounded = np.zeros(len(faces), dtype=np.int64), np.zeros(len(faces), dtype=np.bool_)
    asked, points = np.arange(len(faces)), shapely.point_on_surface(faces)
    for attempt in range(_TRIES):
        at, over = tree.query(points, predicate="dwithin", distance=_NEAR_M)
        away = shapely.distance(shapely.boundary(tree.geometries[over]), points[at]) > _NEAR_M
        told = np.bincount(at[~away], minlength=len(points)) == 0
        count = np.bincount(at[over < units], minlength=len(points))
        depth[asked[told]] = count[told]
        grounded[asked[told]] = (np.bincount(at[over >= units], minlength=len(points)) > 0)[told]
        asked = asked[~told]
        if not len(asked):
            return depth, grounded
        points = _other_points(faces[asked], attempt)
    depth[asked], grounded[asked] = _by_area(tree, faces[asked], units)
    return depth, grounded


def _other_points(faces: Any, attempt: int) -> npt.NDArray[np.object_]:
    """Return a point inside of each face, another one in every attempt."""
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    counts = shapely.get_num_coordinates(faces)
    corner = np.cumsum(counts) - counts + (attempt * 7) % counts
    part = _GOLDEN ** (1 + attempt % 4)
    moved = shapely.points(inner + part * (shapely.get_coordinates(faces)[corner] - inner))
    # Behind a bend of the outline the point may be outside: what lies over it is not what lies over the face.
    points: npt.NDArray[np.object_] = np.where(shapely.contains_properly(faces, moved), moved, shapely.points(inner))
    return points


def _by_area(tree: shapely.STRtree, faces: Any, units: int) -> tuple[Array, Array]:
    """Return the same by the area that the faces share with what lies over them: of faces too narrow for a point."""
    face, over = tree.query(faces)
    shared = shapely.area(shapely.intersection(faces[face], tree.geometries[over]))
    by_units = np.bincount(face, weights=np.where(over < units, shared, 0.0), minlength=len(faces))
    by_ground = np.bincount(face, weights=np.where(over < units, 0.0, shared), minlength=len(faces))
    area = shapely.area(faces)
    return np.rint(by_units / area).astype(np.int64), by_ground > area / 2
