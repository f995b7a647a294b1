"""Cover: few large polygons, a class each (zone, communes, functional areas, constraints)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.crs import require_planar
from gis.fabric import require_valid
from gis.outlines import Edges, Outlines, areal


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
