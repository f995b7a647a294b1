"""warped(): a georeferenced picture as a web map shows it; runs in the reading process, never in that of the user."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gis.formats.png import png_of_rgba

_WEB = "EPSG:3857"
# Outside these shares of its values a band of more than 8 bits is black or white.
_SPREAD = (2, 98)

Bands = npt.NDArray[np.uint8]


def warped(path: Path, out: Path, crs: str | None, pixels: int) -> dict[str, Any]:
    """Write a GeoTIFF as a PNG in the projection of web maps and return its size, system and box in metres of it.

    Parameters
    ----------
    crs : of a file that states none, or the wrong one
    pixels : at most
    """
    import rasterio  # noqa: PLC0415 -- only for this format
    from rasterio.enums import Resampling  # noqa: PLC0415
    from rasterio.vrt import WarpedVRT  # noqa: PLC0415
    from rasterio.warp import calculate_default_transform  # noqa: PLC0415

    # What lies beside the file is no part of it: neither another place nor another mask of it.
    alone = rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_PAM_ENABLED=False)
    with alone, rasterio.open(path, driver="GTiff") as source:
        system = crs or source.crs
        if not system:
            return {"picture": None}
        palette = source.count == 1 and _palette(source)
        size = calculate_default_transform(system, _WEB, source.width, source.height, *source.bounds)
        shrink = max(1.0, math.sqrt(size[1] * size[2] / pixels))
        width, height = max(1, round(size[1] / shrink)), max(1, round(size[2] / shrink))
        transform = size[0] @ size[0].scale(size[1] / width, size[2] / height)
        how = Resampling.nearest if palette is not None and palette is not False else Resampling.average
        with WarpedVRT(
            source,
            src_crs=system,
            crs=_WEB,
            transform=transform,
            width=width,
            height=height,
            resampling=how,
            add_alpha=source.count in (1, 3),
        ) as seen:
            bands, mask = seen.read(), seen.dataset_mask()
        picture = _rgba(bands, mask, palette if isinstance(palette, np.ndarray) else None)
        west, north = transform @ (0, 0)
        east, south = transform @ (width, height)
    out.write_bytes(png_of_rgba(np.moveaxis(picture, 0, -1)))
    return {"picture": [west, south, east, north]}


def _palette(source: Any) -> npt.NDArray[np.uint8] | None:
    try:
        table = source.colormap(1)
    except ValueError:
        return None
    return np.array([table.get(place, (0, 0, 0, 0)) for place in range(256)], dtype=np.uint8)


def _rgba(bands: npt.NDArray[Any], mask: Bands, palette: Bands | None) -> Bands:
    if palette is not None:
        colours: Bands = np.moveaxis(palette[bands[0]], -1, 0).copy()
        colours[3] = np.minimum(colours[3], mask)
        return colours
    grey = len(bands) < 3
    shown = np.stack([_byte(band, mask) for band in (bands[:1] if grey else bands[:3])])
    picture: Bands = np.concatenate([np.repeat(shown, 3, axis=0) if grey else shown, mask[np.newaxis]])
    return picture


def _byte(band: npt.NDArray[Any], mask: Bands) -> Bands:
    if band.dtype == np.uint8:
        return np.asarray(band, dtype=np.uint8)
    seen = band[mask > 0].astype(float)
    low, high = np.nanpercentile(seen, _SPREAD) if seen.size else (0.0, 1.0)
    scaled = (np.nan_to_num(band.astype(float), nan=low) - low) / max(high - low, 1e-12)
    return np.asarray(np.clip(scaled * 255, 0, 255), dtype=np.uint8)
