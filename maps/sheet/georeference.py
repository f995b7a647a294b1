"""A PDF that knows where its maps lie: each map page says which part of the ground it shows (ISO 32000-2, 12.10).

GIS programs place such a page by themselves; other readers see no difference.
"""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Page, Pdf
from pyproj import CRS, Transformer

from maps.sheet.page import Page as SheetPage
from maps.sheet.paper import Bounds

_POINTS_PER_MM = 72 / 25.4
# Corners of the frame, as parts of its width and height: lower left, upper left, upper right, lower right.
_CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


def georeferenced(pdf: bytes, pages: Sequence[SheetPage], crs: CRS) -> bytes:
    """Return the PDF with the place of every map page in it; `crs` is that of the windows, EPSG, planar."""
    result = BytesIO()
    with Pdf.open(BytesIO(pdf)) as document:
        for page, printed in zip(pages, document.pages, strict=True):
            if page.window is not None:
                printed.obj.VP = document.make_indirect(Array([viewport(page, printed, page.window, crs)]))
        document.save(result, deterministic_id=True)
    return result.getvalue()


def viewport(page: SheetPage, printed: Page, window: Bounds, crs: CRS) -> Dictionary:
    """Return what a printed map page says of the ground that it shows."""
    layout = page.layout
    left_mm, top_mm = page.map_corner_mm
    left, top = left_mm * _POINTS_PER_MM, float(printed.mediabox[3]) - top_mm * _POINTS_PER_MM
    width, height = (layout["map"][side] * _POINTS_PER_MM for side in ("width", "height"))
    return Dictionary(
        Type=Name.Viewport,
        Name=page.key,
        BBox=Array([left, top - height, left + width, top]),
        Measure=Dictionary(
            Type=Name.Measure,
            Subtype=Name.GEO,
            Bounds=Array([part for corner in _CORNERS for part in corner]),
            LPTS=Array([part for corner in _CORNERS for part in corner]),
            GPTS=Array(_ground(window, crs)),
            GCS=Dictionary(Type=Name.PROJCS, EPSG=crs.to_epsg(), WKT=crs.to_wkt("WKT1_GDAL")),
        ),
    )


def _ground(window: Bounds, crs: CRS) -> list[Decimal]:
    """Return latitude and longitude of the corners on the datum of the CRS itself: no shift of datum."""
    west, south, east, north = window
    degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    places = [(west + x * (east - west), south + y * (north - south)) for x, y in _CORNERS]
    # A plain number is written with six places, which would be five centimetres.
    return [Decimal(f"{value:.10f}") for place in places for value in reversed(degrees.transform(*place))]
