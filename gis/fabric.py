"""Fabric: many small polygons (parcels, communes), checked and indexed once, then asked again and again."""

from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis import shelf
from gis.blocks import Blocks
from gis.cores import threads
from gis.crs import require_planar
from gis.errors import GeometryInvalid
from gis.grid import Grid
from gis.measure import IntArray, to_mm2
from gis.outlines import Outlines, areal
from gis.ragged import Array

_SLICE = 1 << 14
# Raised with every change of what is saved or of what it means.
_LAYOUT = 1
_MEASURES = ("bounds", "area_m2", "length_m")
_OUTLINES = ("coordinates", "ring_starts", "is_shell", "unit_starts")


@dataclass(frozen=True, eq=False)
class Fabric:
    """Many small polygons, indexed once.

    Attributes
    ----------
    crs : planar CRS in metres
    bounds : box of every unit, shape (n, 4), metres; NaN for null and empty geometry
    area_m2 : planar area of every unit, shape (n,), unrounded
    length_m : length of its outline, shape (n,)
    grid : cells of about the size of a unit; a function of the fabric alone
    blocks : neighbours together
    source : what the units are drawn from: shapely geometries, or the outlines of a saved fabric
    """

    crs: CRS
    bounds: npt.NDArray[np.float64]
    area_m2: npt.NDArray[np.float64]
    length_m: npt.NDArray[np.float64]
    grid: Grid
    blocks: Blocks
    source: "npt.NDArray[np.object_] | Outlines"

    @classmethod
    def from_frame(cls, frame: GeoDataFrame) -> Self:
        """Take the geometry of `frame`; a unit is known by its row position.

        Every geometry is checked here, on two threads: more than half of the time that this takes.

        Raises
        ------
        CrsNotPlanar
        GeometryInvalid
            Naming the first row whose area could not be relied on.
        """
        crs = require_planar(frame.crs)
        geometries = np.asarray(frame.geometry.values, dtype=object)
        require_valid(geometries, np.arange(len(geometries)), layer="fabric")
        return cls.of_valid(geometries, crs)

    @classmethod
    def of_valid(cls, geometries: npt.NDArray[np.object_], crs: CRS, grid: Grid | None = None) -> Self:
        """Take geometries that are known to be valid, shape (n,); null and empty ones keep their row.

        On the `grid` of another fabric they get the answers that they would get there.
        """
        geometries = areal(geometries)
        bounds = np.concatenate([np.zeros((0, 4)), *_in_slices(shapely.bounds, geometries)])
        area_m2, length_m = (
            np.nan_to_num(np.concatenate([np.zeros(0), *_in_slices(measure, geometries)]))
            for measure in (shapely.area, shapely.length)
        )
        grid = grid or Grid.over(bounds, shapely.get_num_coordinates(geometries))
        return cls(crs, bounds, area_m2, length_m, grid, Blocks.of(bounds, grid), geometries)

    def part(self, units: Array) -> "Fabric":
        """Return the fabric of `units` alone, in that order; each gets the answers that it gets among all."""
        bounds, source = self.bounds[units], self.drawn(units)
        blocks = Blocks.of(bounds, self.grid)
        return Fabric(self.crs, bounds, self.area_m2[units], self.length_m[units], self.grid, blocks, source)

    def save(self, folder: Path, identity: str = "") -> None:
        """Keep the fabric in `folder`, to be opened without the layer that it was built from.

        Parameters
        ----------
        identity : what the fabric stands for, such as the hash of its layer; `open` has to name the same
        """
        outlines = self.source if isinstance(self.source, Outlines) else Outlines.of(self.source)
        arrays = {name: getattr(self, name) for name in _MEASURES}
        arrays |= {name: getattr(outlines, name) for name in _OUTLINES}
        arrays |= {"order": self.blocks.order, "block_bounds": self.blocks.bounds}
        arrays["grid"] = np.array([self.grid.column, self.grid.row, self.grid.columns, self.grid.rows])
        arrays["cell_m"] = np.array([self.grid.cell_m])
        shelf.put(folder, arrays, _about(identity, self.crs))

    @classmethod
    def open(cls, folder: Path, crs: CRS, identity: str = "") -> Self:
        """Open a saved fabric by memory map; its geometry was checked when it was built and is decoded when asked for.

        Null and empty geometry comes back as empty.

        Raises
        ------
        CacheUnusable
            Missing, damaged in any byte, or made for another identity, system or version.
        """
        arrays = shelf.take(folder, _about(identity, crs))
        grid = Grid(float(arrays["cell_m"][0]), *(int(number) for number in arrays["grid"]))
        outlines = Outlines(**{name: arrays[name] for name in _OUTLINES})
        blocks = Blocks(arrays["order"], arrays["block_bounds"])
        return cls(crs, arrays["bounds"], arrays["area_m2"], arrays["length_m"], grid, blocks, outlines)

    def __len__(self) -> int:
        """Return the number of units, null and empty ones included."""
        return len(self.area_m2)

    @cached_property
    def geometries(self) -> npt.NDArray[np.object_]:
        """Units as shapely (multi)polygons, shape (n,); of a saved fabric they are decoded when first asked for."""
        return self.source.polygons() if isinstance(self.source, Outlines) else self.source

    @cached_property
    def area_mm2(self) -> IntArray:
        """Planar area of every unit in mm², shape (n,)."""
        return to_mm2(self.area_m2)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the bounding boxes."""
        return shapely.STRtree(self.geometries)

    def drawn(self, units: Array) -> npt.NDArray[np.object_]:
        """Return `units` as shapely (multi)polygons, without decoding the others."""
        return self.source.take(units).polygons() if isinstance(self.source, Outlines) else self.source[units]

    def outlines(self, units: Array) -> Outlines:
        """Return the rings of `units`."""
        return self.source.take(units) if isinstance(self.source, Outlines) else Outlines.of(self.source[units])


def _about(identity: str, crs: CRS) -> dict[str, Any]:
    # Areas are those of one GEOS, and the arrays those of one layout.
    return {"layout": _LAYOUT, "geos": shapely.geos_version_string, "crs": crs.to_wkt(), "identity": identity}


def require_valid(geometries: Any, names: Any, layer: str) -> None:
    """Raise GeometryInvalid, naming the first of `names`, unless every geometry is valid (null and empty are)."""
    valid = np.concatenate([np.zeros(0, dtype=np.bool_), *_in_slices(shapely.is_valid, geometries)])
    suspects = np.flatnonzero(~valid)
    bad = suspects[~shapely.is_missing(geometries[suspects])]
    if len(bad):
        first = bad[0]
        reason = shapely.is_valid_reason(geometries[first])
        raise GeometryInvalid(layer=layer, rows=len(bad), example=names[first], reason=reason)


def _in_slices(function: Any, geometries: Any) -> list[Array]:
    slices = [geometries[start : start + _SLICE] for start in range(0, len(geometries), _SLICE)]
    with threads(len(geometries)) as beside:
        return list(beside.map(partial(function), slices))
