"""Faces: the plane cut along every edge that two neighbours do not share, and how many units lie over each piece.

An edge that two units share, one on each side, changes nothing in how many units lie over the ground, and neither do
such edges in any number. Left over are the outlines of what is covered and the faults: cut along them, the plane falls
into faces over each of which the same number of units lies. Over a face of a coverage lies one, over an overlap more,
over a gap none. Nothing else is examined, which is why a million parcels take seconds.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from gis.crs import require_planar
from gis.outlines import Edges, Outlines, areal
from gis.ragged import Array
from gis.topology.chains import chains, hashed
from gis.topology.validity import are_valid

# A point nearer to an outline than corners are rounded tells nothing; then others are tried, towards corners.
_NEAR_M = 1e-6
_TRIES = 6
_GOLDEN = 0.381966


@dataclass(frozen=True, eq=False)
class Faces:
    """What lies how often over the ground.

    Attributes
    ----------
    crs : planar CRS in metres
    units : valid polygons that are asked about, shape (n,); None in place of those that are not valid
    excluded : shapes that are there and not valid, shape (e,): nobody can tell what they cover
    tree : index of `units` and, after them, of the ground between them
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
        given, land = np.asarray(geometries, dtype=object), np.asarray(ground, dtype=object).reshape(-1)
        valid, units = are_valid(given), given.copy()
        units[~valid] = None
        return cls.of_valid(units, crs, land[are_valid(land)], given[~valid])

    @classmethod
    def of_valid(cls, units: Any, crs: CRS, ground: Any = (), excluded: Any = ()) -> Self:
        """Take what is known to be valid; `excluded` are the shapes in whose place `units` has None."""
        shapes, land = _areas(units), _areas(ground)
        both = np.concatenate([shapes, land])
        tree, faces = shapely.STRtree(both), _cut_along(chains(*_unshared(Outlines.of(both).edges())))
        left_out = np.asarray(excluded, dtype=object).reshape(-1)
        left_out = left_out[~(shapely.is_missing(left_out) | shapely.is_empty(left_out))]
        depth, grounded = _times_covered(tree, faces, len(shapes))
        return cls(require_planar(crs), shapes, left_out, tree, faces, depth, grounded > 0)

    def near(self, points: Array, distance_m: float) -> tuple[Array, Array]:
        """Return (point, position in the tree) of what lies within a distance of points, shape (k, 2)."""
        at, other = _reached(self.tree, points, distance_m)
        close = shapely.dwithin(_ready(self.tree, other), shapely.points(points[at]), distance_m)
        return at[close], other[close]


def _areas(geometries: Any) -> npt.NDArray[np.object_]:
    """Return `geometries` as polygons, with None in place of what has no area."""
    shapes = areal(np.array(geometries, dtype=object).reshape(-1))
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


def _times_covered(tree: shapely.STRtree, faces: Any, units: int) -> tuple[Array, Array]:
    """Return how many of the first `units` of the tree lie over each face, and how many of the others."""
    times, asked = np.zeros((2, len(faces)), dtype=np.int64), np.arange(len(faces))
    points = shapely.get_coordinates(shapely.point_on_surface(faces))
    for attempt in range(_TRIES):
        count, told = _over_points(tree, points, units)
        times[:, asked[told]] = count[:, told]
        asked = asked[~told]
        if not len(asked):
            return times[0], times[1]
        points = _other_points(faces[asked], attempt)
    times[:, asked] = _by_area(tree, faces[asked], units)
    return times[0], times[1]


def _over_points(tree: shapely.STRtree, points: Array, units: int) -> tuple[Array, Array]:
    """Return how many units and how many others lie over each point, and whether it is clear of all their outlines."""
    at, over = _reached(tree, points, _NEAR_M)
    inside = shapely.contains_xy(_ready(tree, over), *points[at].T)
    near = shapely.dwithin(_ready(tree, over, outlines=True), shapely.points(points[at]), _NEAR_M)
    count = [np.bincount(at[inside & which], minlength=len(points)) for which in (over < units, over >= units)]
    return np.array(count), np.bincount(at[near], minlength=len(points)) == 0


def _reached(tree: shapely.STRtree, points: Array, distance_m: float) -> tuple[Array, Array]:
    """Return (point, position in the tree) where the box of a shape comes near to a point."""
    at, over = tree.query(shapely.box(*(points - distance_m).T, *(points + distance_m).T))
    return at, over


def _ready(tree: shapely.STRtree, positions: Array, *, outlines: bool = False) -> npt.NDArray[np.object_]:
    """Return shapes of the tree, or their outlines, made ready to be asked often: a road has thousands of corners."""
    met, place = np.unique(positions, return_inverse=True)
    shapes = shapely.boundary(tree.geometries[met]) if outlines else tree.geometries[met]
    shapely.prepare(shapes)
    ready: npt.NDArray[np.object_] = shapes[place]
    return ready


def _other_points(faces: Any, attempt: int) -> npt.NDArray[np.float64]:
    """Return a point inside of each face, another one in every attempt."""
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    counts = shapely.get_num_coordinates(faces)
    corner = np.cumsum(counts) - counts + (attempt * 7) % counts
    part = _GOLDEN ** (1 + attempt % 4)
    moved = inner + part * (shapely.get_coordinates(faces)[corner] - inner)
    # Behind a bend of the outline the point may be outside: what lies over it is not what lies over the face.
    within = shapely.contains_properly(faces, shapely.points(moved))
    points: npt.NDArray[np.float64] = np.where(within[:, np.newaxis], moved, inner)
    return points


def _by_area(tree: shapely.STRtree, faces: Any, units: int) -> npt.NDArray[np.int64]:
    """Return the same by the area that faces share with what lies over them: of faces too narrow for a point."""
    face, over = tree.query(faces)
    shared = shapely.area(shapely.intersection(faces[face], tree.geometries[over]))
    of_units, of_others = np.where(over < units, shared, 0.0), np.where(over < units, 0.0, shared)
    times = [np.bincount(face, weights=each, minlength=len(faces)) for each in (of_units, of_others)]
    whole: npt.NDArray[np.int64] = np.rint(np.array(times) / shapely.area(faces)).astype(np.int64)
    return whole
