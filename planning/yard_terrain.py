"""The ground under yards: mean height and slope from the elevation model of the project, where it has one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gis.raster import opened
from gis.terrain import Question, zonal
from layers.rasters import ELEVATION, raster_path
from layers.workspace import Workspace

_QUESTIONS = (Question("height", "value"), Question("slope", "slope"))


@dataclass(frozen=True, eq=False)
class Terrain:
    """Mean height (m) and mean slope (rise over run) under each shape, shape (n,); NaN where there is no data."""

    height_m: npt.NDArray[np.float64]
    slope: npt.NDArray[np.float64]


def terrain_of(workspace: Workspace, shapes: Any) -> Terrain:
    """Return what the elevation model says of shapes, as the table of terrain has it; all NaN without a model.

    Parameters
    ----------
    shapes : shapely polygons; missing or empty ones have no ground

    Raises
    ------
    RasterElsewhere, RasterUnreadable
    """
    path = raster_path(workspace, ELEVATION)
    if not path.is_file():
        return Terrain(*np.full((2, len(shapes)), np.nan))
    with opened(path, workspace.crs) as raster:
        found = zonal(raster, np.array(shapes, dtype=object), _QUESTIONS)
    height, slope = (found[one.name].statistics["mean"].to_numpy() for one in _QUESTIONS)
    return Terrain(height, slope / 100)
