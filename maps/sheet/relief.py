"""The shaded relief under the line work of a sheet: pale, so that lines and letters stay what one reads.

It is a picture of shadows, black that is seen through: the colour of the ground below stays what it is.
"""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from pyproj import CRS

from gis.crs import parse_crs
from gis.language import Text
from gis.relief import shade_within
from layers.errors import LayerMissing
from layers.rasters import ELEVATION, raster_path
from layers.workspace import Workspace
from maps.sheet.paper import Window
from maps.style import Look

# Side of a dot of the picture: fine enough for soft shades, and a sheet of A3 stays far below a megabyte.
_DOT_MM = 0.35
# The darkest shadow of 255, in steps that the eye does not see and a file is small with; level ground has none.
_DARKEST, _STEP = 96, 4
_LEVEL = round(1 + 254 / np.sqrt(2))
RELIEF = Text(vi="Bóng địa hình (mô hình độ cao)", en="Shaded relief (elevation model)")
RELIEF_LOOK = Look("relief", "", fill="#d4d4d4", opacity=1.0)


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

    def part(self, window: Window) -> str:
        """Return the picture of a window as one part of its SVG."""
        rows, columns = (max(2, round(side / _DOT_MM)) for side in (window.height_mm, window.width_mm))
        lit = shade_within(self.path, self.crs, window.bounds, (rows, columns))
        content = io.BytesIO()
        Image.merge("LA", (Image.new("L", (columns, rows)), Image.fromarray(shadow(lit)))).save(
            content, "PNG", optimize=True
        )
        data = base64.b64encode(content.getvalue()).decode()
        size = f'width="{window.width_mm}" height="{window.height_mm}" preserveAspectRatio="none"'
        return f'<image x="0" y="0" {size} href="data:image/png;base64,{data}"/>'


def shadow(lit: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return how much of black lies over the ground: none where it is level, lit or unknown, at most a third."""
    dark = (_LEVEL - lit.astype(np.float32)) * _DARKEST / _LEVEL
    stepped = np.round(np.clip(dark, 0, _DARKEST) / _STEP) * _STEP
    return np.where(lit == 0, 0, stepped).astype(np.uint8)
