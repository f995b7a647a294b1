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
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from gis.errors import RasterUnreadable

FloatArray = npt.NDArray[np.float32]


@dataclass(eq=False)
class Raster:
    """An open raster in the system of a project.

    Attributes
    ----------
    dataset : rasterio's, warped where the file is in another system
    crs : of the cells as they are asked, that of the project
    file_crs : of the file, as text
    cell_m : width and height of a cell
    is_warped : values were resampled from the file's own cells
    """

    dataset: Any
    crs: CRS
    file_crs: str
    is_warped: bool

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
            read = self.dataset.read(1, window=Window(left, top, right - left, bottom - top), masked=True)
            there = read.astype(np.float32).filled(np.nan) * self.dataset.scales[0] + self.dataset.offsets[0]
            values[top - row : bottom - row, left - column : right - column] = there
        return values


@contextmanager
def opened(path: Path, crs: CRS, *, classes: bool = False) -> Iterator[Raster]:
    """Open a GeoTIFF of one band in the system of a project.

    Parameters
    ----------
    classes : its numbers name classes, so that resampling never mixes them

    Raises
    ------
    RasterUnreadable
        It is no GeoTIFF, is turned, or states no system.
    """
    try:
        with rasterio.open(path, driver="GTiff") as file:
            if file.crs is None:
                raise RasterUnreadable(path=path, reason="CRS")
            own = CRS.from_user_input(file.crs.to_wkt())
            if own.equals(crs, ignore_axis_order=True):
                if file.transform.b or file.transform.d or file.transform.e > 0:
                    raise RasterUnreadable(path=path, reason=str(file.transform.to_gdal()))
                yield Raster(file, crs, own.to_string(), is_warped=False)
                return
            how = Resampling.nearest if classes else Resampling.bilinear
            with WarpedVRT(file, crs=crs.to_wkt(), resampling=how) as warped:
                yield Raster(warped, crs, own.to_string(), is_warped=True)
    except RasterioError as error:
        raise RasterUnreadable(path=path, reason=error) from error
