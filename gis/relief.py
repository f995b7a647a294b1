"""The form of the ground from heights: slopes, and the relief as a picture lit from the north-west."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
from pyproj import CRS
from rasterio import Affine
from rasterio.enums import Resampling
from rasterio.warp import reproject

from gis.raster import FloatArray, opened


def slope_percent(heights: FloatArray, cell_m: tuple[float, float]) -> FloatArray:
    """Return the steepest slope in percent of all but the outermost cells, shape (h - 2, w - 2); NaN where unknown.

    Source: B. K. P. Horn, Hill shading and the reflectance map, Proceedings of the IEEE 69 (1981).
    """
    east, north = _gradient(heights, cell_m)
    east *= east
    north *= north
    east += north
    slope: FloatArray = np.sqrt(east, out=east)
    slope *= 100
    return slope


def _gradient(z: FloatArray, cell_m: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    width, height = (np.float32(8 * size) for size in cell_m)
    down = z[:-2] + z[2:]
    down += 2 * z[1:-1]
    across = z[:, :-2] + z[:, 2:]
    across += 2 * z[:, 1:-1]
    east, north = down[:, 2:] - down[:, :-2], across[:-2] - across[2:]
    east /= width
    north /= height
    east[np.isnan(z[1:-1, 1:-1])] = np.nan  # the cell itself has no weight, and has to be there
    return east, north


def shade(heights: FloatArray, cell_m: tuple[float, float], *, exaggeration: float = 1.5) -> npt.NDArray[np.uint8]:
    """Return the relief lit from the north-west at 45°, 1 (dark) … 255, 0 where unknown; shape (h - 2, w - 2)."""
    east, north = (exaggeration * one for one in _gradient(heights, cell_m))
    light = (1 + (east - north) / np.sqrt(2)) / np.sqrt(2) / np.sqrt(1 + east**2 + north**2)
    lit = 1 + 254 * np.clip(light, 0, 1)
    return np.where(np.isnan(lit), 0, np.rint(np.nan_to_num(lit))).astype(np.uint8)


def shade_within(
    path: Path, crs: CRS, bounds: tuple[float, float, float, float], shape: tuple[int, int]
) -> npt.NDArray[np.uint8]:
    """Return the shaded relief of a box, 1 (dark) … 255, 0 where nothing is known.

    Parameters
    ----------
    bounds : west, south, east, north in the system of the project, m
    shape : rows and columns of the picture

    Raises
    ------
    RasterElsewhere, RasterUnreadable
    """
    west, south, east, north = bounds
    rows, columns = shape
    width, height = (east - west) / columns, (north - south) / rows
    heights = np.full((rows + 2, columns + 2), np.nan, dtype=np.float32)
    with opened(path, crs) as raster:
        is_finer = max(raster.cell_m) < min(width, height)
        reproject(
            rasterio.band(raster.dataset, 1),
            heights,
            dst_transform=Affine(width, 0, west - width, 0, -height, north + height),
            dst_crs=raster.dataset.crs,
            dst_nodata=np.nan,
            resampling=Resampling.average if is_finer else Resampling.cubic_spline,
        )
        heights = heights * np.float32(raster.dataset.scales[0])
    return shade(heights, (width, height))


def write_hillshade(path: Path, crs: CRS, out: Path) -> None:
    """Write the shaded relief of an elevation model as a grey GeoTIFF picture; 0 where nothing is known.

    Raises
    ------
    RasterUnreadable
    """
    with opened(path, crs) as raster:
        size = {"width": raster.dataset.width, "height": raster.dataset.height, "count": 1, "dtype": "uint8"}
        profile = {"crs": crs.to_wkt(), "transform": raster.dataset.transform, "nodata": 0, "compress": "deflate"}
        with rasterio.open(out, "w", driver="GTiff", tiled=True, **size, **profile) as picture:
            for _, window in picture.block_windows(1):
                padded = raster.padded(window.col_off, window.row_off, window.width, window.height)
                picture.write(shade(padded, raster.cell_m), 1, window=window)
