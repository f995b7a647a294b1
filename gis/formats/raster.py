"""GeoTIFF: what its header says, and what its heights are. Runs in the reading process."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.windows import Window

from gis.formats.arrow import TooMuch

_STRIP_ROWS = 256


def raster_layer(path: Path, most_cells: int, *, whole: bool) -> dict[str, Any]:
    """Return name, size, system and bands of a GeoTIFF; with `whole` its heights, otherwise its last row is read.

    Raises
    ------
    TooMuch
        More than `most_cells`.
    """
    # What lies beside the file is no part of it: neither another place nor another mask of it.
    alone = rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_PAM_ENABLED=False)
    with alone, rasterio.open(path, driver="GTiff") as raster:
        layer = {
            "name": path.stem,
            "rows": raster.width * raster.height,
            "geometry": f"Raster {raster.width} × {raster.height}",
            "crs": raster.crs.to_wkt() if raster.crs else None,
            "bounds": list(raster.bounds),
            "cell": list(raster.res),
            "fields": [[f"band {place}", kind] for place, kind in enumerate(raster.dtypes, start=1)],
        }
        if raster.width * raster.height > most_cells:
            raise TooMuch(f"{raster.width} × {raster.height}")
        if whole:
            return {**layer, "heights": _heights(raster)}
        raster.read(1, window=Window(0, raster.height - 1, raster.width, 1))
        return layer


def _heights(raster: Any) -> dict[str, Any]:
    """Return the lowest and the highest cell of the first band, the cells without a height, and the identity of all."""
    digest = hashlib.sha256(f"{raster.shape} {tuple(raster.transform)} {raster.nodata} {raster.dtypes}".encode())
    least, most, without = np.inf, -np.inf, 0
    for top in range(0, raster.height, _STRIP_ROWS):
        window = Window(0, top, raster.width, min(_STRIP_ROWS, raster.height - top))
        cells = raster.read(1, window=window, masked=True)
        digest.update(np.ascontiguousarray(cells.data.astype(cells.dtype.newbyteorder("<"))).tobytes())
        there = cells.compressed()
        there = there[np.isfinite(there)]
        without += cells.size - len(there)
        if len(there):  # whole numbers have no infinity to begin from
            least, most = min(least, float(there.min())), max(most, float(there.max()))
    known = without < raster.width * raster.height
    return {
        "least_m": float(least) if known else None,
        "most_m": float(most) if known else None,
        "without": int(without),
        "sha256": digest.hexdigest(),
    }
