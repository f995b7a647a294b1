"""Rasters at the door of a question: one band, in the system of a project, missing cells told as such."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from pyproj import CRS
from rasterio.enums import MaskFlags
from rasterio.errors import RasterioError
from rasterio.windows import Window

from gis.crs import crs_name
from gis.errors import RasterElsewhere, RasterUnreadable
from gis.warp import Origin, origin_of

# What GDAL may keep of a raster: a row of tiles of a wide one. Of itself it takes a twentieth of the machine.
_KEPT_BYTES = 256 * 2**20
FloatArray = npt.NDArray[np.float32]


@dataclass(eq=False)
class Raster:
    """An open raster in the system of a project.

    Attributes
    ----------
    dataset : rasterio's
    crs : that of the project
    origin : where its cells come from; None: they stand as they came
    cell_m : width and height of a cell
    """

    dataset: Any
    crs: CRS
    origin: Origin | None

    @property
    def cell_m(self) -> tuple[float, float]:
        """Width and height of a cell."""
        return self.dataset.transform.a, -self.dataset.transform.e

    def padded(self, column: int, row: int, width: int, height: int) -> FloatArray:
        """Return the values of a window and of one cell around it, NaN where there is none; shape (h + 2, w + 2)."""
        return self._read(column - 1, row - 1, width + 2, height + 2)

    def _read(self, column: int, row: int, width: int, height: int) -> FloatArray:
        values = np.full((height, width), np.nan, dtype=np.float32)
        left, top = max(column, 0), max(row, 0)
        right, bottom = min(column + width, self.dataset.width), min(row + height, self.dataset.height)
        if right > left and bottom > top:
            window = Window(left, top, right - left, bottom - top)
            there = values[top - row : bottom - row, left - column : right - column]
            there[...] = self.dataset.read(1, window=window)
            if (self.dataset.scales[0], self.dataset.offsets[0]) != (1, 0):
                there *= self.dataset.scales[0]
                there += self.dataset.offsets[0]
            # An infinite height is none, as the import counts it.
            unknown = ~np.isfinite(there)
            if MaskFlags.all_valid not in self.dataset.mask_flag_enums[0]:
                unknown |= self.dataset.read_masks(1, window=window) == 0
            np.copyto(there, np.float32(np.nan), where=unknown)
        return values


@contextmanager
def opened(path: Path, crs: CRS) -> Iterator[Raster]:
    """Open a GeoTIFF of one band, which is in the system of the project: `gis.warp` brings it there, with its words.

    Raises
    ------
    RasterElsewhere
        It is in another system.
    RasterUnreadable
        It is no GeoTIFF, is turned, or states no system.
    """
    try:
        with rasterio.Env(GDAL_CACHEMAX=_KEPT_BYTES), rasterio.open(path, driver="GTiff") as file:
            if file.crs is None:
                raise RasterUnreadable(path=path, reason="CRS")
            own = CRS.from_user_input(file.crs.to_wkt())
            if not own.equals(crs, ignore_axis_order=True):
                raise RasterElsewhere(path=path, found=crs_name(own), working=crs_name(crs))
            if file.transform.b or file.transform.d or file.transform.e > 0:
                raise RasterUnreadable(path=path, reason=str(file.transform.to_gdal()))
            yield Raster(file, crs, origin_of(file))
    except RasterioError as error:
        raise RasterUnreadable(path=path, reason=error) from error
