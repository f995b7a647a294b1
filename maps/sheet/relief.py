"""The shaded relief as a part of the map of a sheet."""

import base64

from maps.relief import RELIEF_COLOUR, Relief, png_of_shadows
from maps.sheet.paper import Window
from maps.style import Look

# Side of a dot of the picture: fine enough for soft shades, and a sheet of A3 stays far below a megabyte.
_DOT_MM = 0.35
RELIEF_LOOK = Look("relief", "", fill=RELIEF_COLOUR, opacity=1.0)


def relief_part(relief: Relief, window: Window) -> str:
    """Return the picture of a window as one part of its SVG."""
    rows, columns = (max(2, round(side / _DOT_MM)) for side in (window.height_mm, window.width_mm))
    data = base64.b64encode(png_of_shadows(relief.shadows(window.bounds, (rows, columns)))).decode()
    size = f'width="{window.width_mm}" height="{window.height_mm}" preserveAspectRatio="none"'
    return f'<image x="0" y="0" {size} href="data:image/png;base64,{data}"/>'
