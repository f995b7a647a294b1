"""The shaded relief under the line work of maps and sheets: pale, so that lines and letters stay what one reads.

It is a picture of shadows, black that is seen through: the colour of the ground below stays what it is.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from pyproj import CRS

from gis.crs import parse_crs
from gis.language import Text
from gis.relief import shade_within
from layers.errors import LayerMissing
from layers.rasters import ELEVATION, raster_path
from layers.workspace import Workspace

# The darkest shadow of 255, in steps that the eye does not see and a file is small with; level ground has none.
_DARKEST, _STEP = 96, 4
_LEVEL = round(1 + 254 / np.sqrt(2))
RELIEF = Text(vi="Bóng địa hình (mô hình độ cao)", en="Shaded relief (elevation model)")
RELIEF_COLOUR = "#d4d4d4"
Shadows = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Relief:
    """The relief of a project.

    Attributes
    ----------
    path : elevation model
    crs : of the project
    """

    path: Path
    crs: CRS

    @classmethod
    def of(cls, workspace: Workspace) -> "Relief":
        """Return the relief of a project; raise LayerMissing where it has no elevation model."""
        path = raster_path(workspace, ELEVATION)
        if not path.is_file():
            raise LayerMissing(layer=ELEVATION.name)
        return cls(path, parse_crs(workspace.project.crs))

    def shadows(self, bounds: tuple[float, float, float, float], shape: tuple[int, int]) -> Shadows:
        """Return the shadows of a box: how much of black of 255 lies over each dot.

        Parameters
        ----------
        bounds : west, south, east, north in the system of the project, m
        shape : rows and columns
        """
        return shadow(shade_within(self.path, self.crs, bounds, shape))


def shadow(lit: Shadows) -> Shadows:
    """Return how much of black lies over the ground: none where it is level, lit or unknown, at most a third."""
    dark = (_LEVEL - lit.astype(np.float32)) * _DARKEST / _LEVEL
    stepped = np.round(np.clip(dark, 0, _DARKEST) / _STEP) * _STEP
    return np.where(lit == 0, 0, stepped).astype(np.uint8)


def png_of_shadows(shadows: Shadows) -> bytes:
    """Return shadows, shape (rows, columns), as a PNG of black that is seen through."""
    content, rows, columns = io.BytesIO(), *shadows.shape
    Image.merge("LA", (Image.new("L", (columns, rows)), Image.fromarray(shadows))).save(content, "PNG", optimize=True)
    return content.getvalue()
