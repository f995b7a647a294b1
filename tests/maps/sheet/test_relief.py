"""The relief under a sheet: in its place, pale, told on the sheet, and no burden to the file."""

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image
from pyproj import CRS
from rasterio import Affine

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.errors import LayerMissing
from layers.rasters import ELEVATION, raster_path
from layers.workspace import Workspace
from maps.relief import RELIEF, Relief, shadow
from maps.sheet.book import Wishes, book_of
from maps.sheet.page import TitleBlock
from maps.sheet.paper import Window
from maps.sheet.relief import relief_part
from planning.record import Record

_SUMMIT = (ORIGIN_EASTING + 210.0, ORIGIN_NORTHING + 130.0)
_CELL = 10.0


@pytest.fixture
def hill(tmp_path: Path) -> Relief:
    """Return one steep cone on level ground; half of the west is unknown."""
    path = tmp_path / "elevation.tif"
    rows, columns = np.mgrid[0:100, 0:100]
    east, north = ORIGIN_EASTING - 200 + (columns + 0.5) * _CELL, ORIGIN_NORTHING + 700 - (rows + 0.5) * _CELL
    heights = np.maximum(0, 300 - np.hypot(east - _SUMMIT[0], north - _SUMMIT[1])).astype(np.float32) + 100
    heights[:, :5] = -9999
    place = Affine(_CELL, 0, ORIGIN_EASTING - 200, 0, -_CELL, ORIGIN_NORTHING + 700)
    size = {"height": 100, "width": 100, "count": 1, "dtype": "float32", "nodata": -9999.0}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:9215", transform=place, **size) as file:
        file.write(heights, 1)
    return Relief(path, CRS("EPSG:9215"))


def _picture(part: str) -> np.ndarray:
    data = re.search(r"base64,([^\"]+)", part)
    assert data
    black, shadows = Image.open(io.BytesIO(base64.b64decode(data[1]))).split()
    assert not np.asarray(black).any()
    return np.asarray(shadows)


def test_a_known_summit_lands_in_its_place(hill: Relief) -> None:
    """Where the lit side turns into the dark one is the summit, to one cell of the model."""
    window = Window(ORIGIN_EASTING - 150, ORIGIN_NORTHING - 200, 5000, 160.0, 160.0)
    dots = _picture(relief_part(hill, window)).astype(int)
    rows, columns = dots.shape
    column = (_SUMMIT[0] - window.west) / window.metres_per_mm / window.width_mm * columns
    row = (window.bounds[3] - _SUMMIT[1]) / window.metres_per_mm / window.height_mm * rows
    cell = _CELL / window.metres_per_mm / window.height_mm * rows
    shown = np.argwhere(dots > dots.max() - 20)
    # The dark side is a quarter disc that opens to the south-east; its corner is the summit.
    corner = shown[np.argmin(shown.sum(axis=1))]
    assert np.abs(corner - (row, column)).max() < 2 * cell


def test_level_and_unknown_ground_has_no_shadow(hill: Relief) -> None:
    """The paper stays paper; nothing is darker than a third."""
    lit = np.array([[0, 181, 255, 1]], dtype=np.uint8)
    assert shadow(lit).tolist()[0][:3] == [0, 0, 0]
    assert 80 <= shadow(lit)[0, 3] <= 100
    window = Window(ORIGIN_EASTING - 5000, ORIGIN_NORTHING, 5000, 50.0, 50.0)
    assert (_picture(relief_part(hill, window)) == 0).all()


def test_without_heights_it_is_an_error(project: Workspace) -> None:
    """Asked for and not there: said, not left out."""
    with pytest.raises(LayerMissing):
        Relief.of(project)


def test_the_sheet_reads_back_and_says_what_lies_under_it(record: Record, hill: Relief, project: Workspace) -> None:
    """The ledger passes; the note stands on every map; the file grows by less than a megabyte a sheet."""
    hill.path.rename(raster_path(project, ELEVATION))
    relief = Relief.of(project)
    plain, shaded = (book_of(record, Wishes(only=("boundary",), relief=one), TitleBlock()) for one in (None, relief))
    assert (RELIEF.vi in shaded.pages[0].around, RELIEF.vi in plain.pages[0].around) == (True, False)
    assert b"<image" in shaded.pages[0].pictures["1-map.svg"]
    assert len(plain.pdf) < len(shaded.pdf) < len(plain.pdf) + 1_000_000
