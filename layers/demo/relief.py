"""Relief: the invented elevation of the demo as a GeoTIFF."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio import Affine

from layers.demo.place import CRS, INVENTED
from layers.demo.terrain import elevation

# The zone and what surrounds it, to Chi Ma.
_WEST, _SOUTH, _EAST, _NORTH = 432_000, 2_399_000, 487_000, 2_441_000
CELL_M = 50


def write_relief(path: Path) -> None:
    """Write the elevation in decimetres above sea level, 16-bit whole numbers, one cell every 50 m."""
    easting = np.arange(_WEST + CELL_M / 2, _EAST, CELL_M)
    northing = np.arange(_NORTH - CELL_M / 2, _SOUTH, -CELL_M)
    heights = np.rint(10.0 * elevation(*np.meshgrid(easting, northing))).astype(np.int16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=len(easting),
        height=len(northing),
        count=1,
        dtype="int16",
        crs=CRS,
        transform=Affine(CELL_M, 0, _WEST, 0, -CELL_M, _NORTH),
        compress="deflate",
        predictor=2,
        tiled=True,
    ) as raster:
        raster.write(heights, 1)
        raster.scales = (0.1,)
        raster.units = ("metre",)
        raster.update_tags(NOTICE=f"{INVENTED}, không có giá trị pháp lý", UNIT="0.1 m")
