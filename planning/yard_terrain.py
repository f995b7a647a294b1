"""The ground under yards: mean height and slope from the elevation model of the project, where it has one."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import shapely
from rasterio.windows import Window

from layers.elevation import NAME
from layers.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Terrain:
    """Mean height (m) and mean slope (rise over run) under each shape, shape (n,); NaN where there is no data."""

    height_m: npt.NDArray[np.float64]
    slope: npt.NDArray[np.float64]


def terrain_of(workspace: Workspace, shapes: Any) -> Terrain:
    """Return what the elevation model says of shapes; all NaN in a project without one.

    A cell counts where its middle lies in the shape; slopes are central differences between cells.
    """
    height, slope = np.full((2, len(shapes)), np.nan)
    path = workspace.path / "layers" / f"{NAME}.tif"
    if path.is_file():
        with rasterio.open(path, driver="GTiff") as model:
            for place, shape in enumerate(shapes):
                if shape is not None and not shapely.is_empty(shape):
                    height[place], slope[place] = _under(model, shape)
    return Terrain(height, slope)


def _under(model: Any, shape: Any) -> tuple[float, float]:
    """Return mean height and slope of the cells whose middles lie in a shape; north is up in the model."""
    place, (west, south, east, north) = model.transform, shapely.bounds(shape).tolist()
    first, top = floor((west - place.c) / place.a) - 1, floor((north - place.f) / place.e) - 1
    last, bottom = ceil((east - place.c) / place.a) + 1, ceil((south - place.f) / place.e) + 1
    first, top, last, bottom = max(first, 0), max(top, 0), min(last, model.width), min(bottom, model.height)
    if last - first < 2 or bottom - top < 2:
        return np.nan, np.nan
    window = Window(first, top, last - first, bottom - top)
    heights = model.read(1, window=window, masked=True).astype(np.float64).filled(np.nan)
    down, across = np.gradient(heights, abs(place.e), abs(place.a))
    easting = place.c + (np.arange(first, last) + 0.5) * place.a
    northing = place.f + (np.arange(top, bottom) + 0.5) * place.e
    inside = shapely.contains_xy(shape, *np.meshgrid(easting, northing))
    known = inside & np.isfinite(heights + down + across)
    if not known.any():
        return np.nan, np.nan
    return float(heights[known].mean()), float(np.hypot(down, across)[known].mean())
