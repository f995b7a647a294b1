"""Cover: few large polygons, a class each (zone, communes, functional areas, constraints)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.crs import require_planar, require_same_crs
from gis.fabric import require_valid
from gis.outlines import Edges, Outlines, areal

# So that no unit at the edge of a layer sticks out of what is called the rest.
_MARGIN_M = 1_000.0


@dataclass(frozen=True, eq=False)
class Cover:
    """Few large polygons, a class each; they may overlap.

    Attributes
    ----------
    keys : class of each polygon, shape (n,)
    geometries : array of shapely (multi)polygons, shape (n,)
    crs : planar CRS in metres
    """

    keys: npt.NDArray[np.object_]
    geometries: npt.NDArray[np.object_]
    crs: CRS

    @classmethod
    def from_frame(cls, frame: GeoDataFrame, key: str = "name") -> Self:
        """Take the geometry of `frame` and the classes of its column `key`.

        Raises
        ------
        CrsNotPlanar, GeometryInvalid
        """
        crs = require_planar(frame.crs)
        keys = np.asarray(frame[key], dtype=object)
        geometries = np.asarray(frame.geometry.values, dtype=object)
        require_valid(geometries, keys, layer=key)
        return cls.of_valid(keys, geometries, crs)

    @classmethod
    def of_valid(cls, keys: npt.NDArray[np.object_], geometries: npt.NDArray[np.object_], crs: CRS) -> Self:
        """Take geometries that are known to be valid, shape (n,), and their classes."""
        return cls(keys, areal(geometries), crs)

    def __len__(self) -> int:
        """Return the number of classes."""
        return len(self.keys)

    @cached_property
    def edges(self) -> Edges:
        """Edges of all classes; ``edges.unit`` is the position of the class."""
        return Outlines.of(self.geometries).edges()


def product(*covers: Cover) -> Cover:
    """Return the classes that one class of each cover have in common: commune × functional area × in or out.

    A key is the tuple of the keys; combinations without common area are left out. What lies outside one of the covers
    lies outside the product: see `with_rest`.

    Raises
    ------
    CrsMixed
    """
    require_same_crs(*covers)
    first, *others = covers
    keys, geometries = [(key,) for key in first.keys], first.geometries
    for other in others:
        left, right = shapely.STRtree(other.geometries).query(geometries, predicate="intersects")
        common = areal(np.asarray(shapely.intersection(geometries[left], other.geometries[right]), dtype=object))
        kept = np.flatnonzero(shapely.area(common) > 0)
        order = kept[np.lexsort((right[kept], left[kept]))]
        keys, geometries = [(*keys[left[row]], other.keys[right[row]]) for row in order], common[order]
    return Cover.of_valid(_objects(keys), geometries, first.crs)


def union(cover: Cover, key: Any = "net") -> Cover:
    """Return one class `key` of all that `cover` covers; overlaps are there once."""
    return Cover.of_valid(_objects([key]), _objects([shapely.union_all(cover.geometries)]), cover.crs)


def dissolved(cover: Cover) -> Cover:
    """Return `cover` with the polygons of each key united, in the order in which the keys appear."""
    position = {key: number for number, key in enumerate(dict.fromkeys(cover.keys))}
    owner = np.array([position[key] for key in cover.keys], dtype=np.int64)
    united = [shapely.union_all(cover.geometries[owner == number]) for number in position.values()]
    return Cover.of_valid(_objects(list(position)), _objects(united), cover.crs)


def with_rest(cover: Cover, bounds: Any, key: Any) -> Cover:
    """Return `cover` and a class `key` of what no class covers, out to a margin around the box `bounds`."""
    west, south, east, north = bounds
    around = shapely.box(west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M)
    rest = shapely.difference(around, shapely.union_all(cover.geometries))
    return Cover.of_valid(_objects([*cover.keys, key]), _objects([*cover.geometries, rest]), cover.crs)


def _objects(values: list[Any]) -> npt.NDArray[np.object_]:
    # An array of the values as they are: NumPy would spread tuples over a second axis.
    objects = np.empty(len(values), dtype=object)
    for position, value in enumerate(values):
        objects[position] = value
    return objects
