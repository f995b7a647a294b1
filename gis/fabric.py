"""Fabric: many small polygons (parcels, communes), checked and indexed once, then asked again and again."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.crs import require_planar
from gis.errors import GeometryInvalid
from gis.measure import IntArray, areas_mm2


@dataclass(frozen=True, eq=False)
class Fabric:
    """Many small polygons, indexed once.

    Attributes
    ----------
    geometries : array of shapely (multi)polygons, shape (n,), null and empty ones kept in their row
    crs : planar CRS in metres
    """

    geometries: npt.NDArray[np.object_]
    crs: CRS

    @classmethod
    def from_frame(cls, frame: GeoDataFrame) -> Self:
        """Take the geometry of `frame`; a unit is known by its row position.

        Raises
        ------
        CrsNotPlanar
        GeometryInvalid
            Naming the first row whose area could not be relied on.
        """
        crs = require_planar(frame.crs)
        geometries = np.asarray(frame.geometry.values, dtype=object)
        require_valid(geometries, np.arange(len(geometries)), layer="fabric")
        return cls(geometries, crs)

    def __len__(self) -> int:
        """Return the number of units, null and empty ones included."""
        return len(self.geometries)

    @cached_property
    def area_mm2(self) -> IntArray:
        """Planar area of every unit in mm², shape (n,)."""
        return areas_mm2(self.geometries)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the bounding boxes."""
        return shapely.STRtree(self.geometries)


def require_valid(geometries: Any, names: Any, layer: str) -> None:
    """Raise GeometryInvalid, naming the first of `names`, unless every geometry is valid (null and empty are)."""
    bad = np.flatnonzero(~(shapely.is_valid(geometries) | shapely.is_missing(geometries)))
    if len(bad):
        first = bad[0]
        reason = shapely.is_valid_reason(geometries[first])
        raise GeometryInvalid(layer=layer, rows=len(bad), example=names[first], reason=reason)
