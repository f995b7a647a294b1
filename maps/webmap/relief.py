"""The shaded relief under the web map: a picture of shadows in the page, as sheets have it in theirs."""

import math

import numpy as np
from pyproj import Transformer
from rasterio import Affine
from rasterio.enums import Resampling
from rasterio.warp import reproject

from gis.language import Lang, Text
from gis.raster import opened
from maps.numerals import number_text
from maps.relief import Relief, png_of_shadows
from maps.webmap.backdrop import Backdrop, degrees_of
from planning.record import Record

# A page stays a file that can be sent: a million dots of pale grey are about a third of a megabyte.
PIXELS = 1_000_000
# How far beyond the zone the relief goes on, in parts of its width and height.
_MARGIN = 0.5
_WEB = "EPSG:3857"
_TITLE = Text(
    vi="Bóng địa hình (mô hình độ cao, ô {width} × {height} m)",
    en="Shaded relief (elevation model, {width} × {height} m)",
)
Bounds = tuple[float, float, float, float]


def relief_picture(relief: Relief, record: Record, lang: Lang, pixels: int = PIXELS) -> Backdrop:
    """Return the relief of the zone and its surroundings as a picture that lies under a map.

    Shaded in the plane of the project, by the cells of the model, or as fine as `pixels` let it.

    Parameters
    ----------
    pixels : at most, about

    Raises
    ------
    RasterUnreadable, RasterElsewhere
    """
    with opened(relief.path, relief.crs) as model:
        cell_m, bounds = model.cell_m, _around(record, tuple(model.dataset.bounds))
    west, south, east, north = bounds
    dot_m = max(*cell_m, math.sqrt((east - west) * (north - south) / pixels))
    shape = max(2, round((north - south) / dot_m)), max(2, round((east - west) / dot_m))
    shadows = relief.shadows(bounds, shape)
    box = Transformer.from_crs(relief.crs, _WEB, always_xy=True).transform_bounds(*bounds)
    warped = np.zeros(shape, dtype=np.uint8)
    reproject(
        shadows,
        warped,
        src_transform=_placed(bounds, shape),
        src_crs=relief.crs,
        dst_transform=_placed(box, shape),
        dst_crs=_WEB,
        resampling=Resampling.bilinear,
    )
    width, height = (number_text(side, "#,##0.##", lang) for side in cell_m)
    return Backdrop(_TITLE.to(lang, width=width, height=height), png_of_shadows(warped), degrees_of(box))


def _placed(bounds: Bounds, shape: tuple[int, int]) -> Affine:
    west, south, east, north = bounds
    return Affine((east - west) / shape[1], 0, west, 0, (south - north) / shape[0], north)


def _around(record: Record, model: Bounds) -> Bounds:
    """Return what a map shows of a model: the zone, or what else is drawn, with its surroundings."""
    drawn = [record.geometry[name] for name in ("base", "proposed") if name in record.geometry]
    boxes = [one.total_bounds for one in drawn or record.geometry.values() if len(one)]
    if not boxes:
        return model
    edges = np.array(boxes)
    (west, south), (east, north) = edges[:, :2].min(axis=0), edges[:, 2:].max(axis=0)
    across, up = _MARGIN * (east - west), _MARGIN * (north - south)
    around = (
        max(west - across, model[0]),
        max(south - up, model[1]),
        min(east + across, model[2]),
        min(north + up, model[3]),
    )
    return model if around[0] >= around[2] or around[1] >= around[3] else tuple(map(float, around))  # type: ignore[return-value]
