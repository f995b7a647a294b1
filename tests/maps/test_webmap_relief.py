"""The relief under the web map: in its place, no burden to the page, told, and nothing that the guard minds."""

import base64
import io
import re
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image
from playwright.sync_api import expect
from pyproj import Transformer
from rasterio import Affine

from desk.cli.app import main
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.errors import LayerMissing
from layers.rasters import ELEVATION, raster_path
from layers.workspace import Workspace
from maps.guard.reading import read_page
from maps.release import release_map
from maps.relief import Relief
from maps.webmap.page import map_page
from maps.webmap.relief import relief_picture
from maps.webmap.settings import Wishes
from planning.record import Record

SUMMIT = (ORIGIN_EASTING + 210.0, ORIGIN_NORTHING + 130.0)
CELL = 5.0
SIDE = 300


@pytest.fixture
def hilly(project: Workspace) -> Workspace:
    """Return the small project with one steep cone on level ground."""
    west, north = ORIGIN_EASTING - 400, ORIGIN_NORTHING + 900
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    reach = np.hypot(west + (columns + 0.5) * CELL - SUMMIT[0], north - (rows + 0.5) * CELL - SUMMIT[1])
    heights = np.maximum(0, 300 - reach).astype(np.float32) + 100
    size = {"height": SIDE, "width": SIDE, "count": 1, "dtype": "float32"}
    place = Affine(CELL, 0, west, 0, -CELL, north)
    with rasterio.open(
        raster_path(project, ELEVATION), "w", driver="GTiff", crs=project.crs, transform=place, **size
    ) as file:
        file.write(heights, 1)
    return project


def shadows(png: bytes) -> np.ndarray:
    black, dark = Image.open(io.BytesIO(png)).split()
    assert not np.asarray(black).any()
    return np.asarray(dark).astype(int)


def test_a_known_summit_lands_in_its_place(hilly: Workspace, record: Record) -> None:
    """The dark side is a disc's south-east quarter, whose corner is the summit in degrees, to two cells; the rest is bare."""
    picture = relief_picture(Relief.of(hilly), record, "vi")
    dark = shadows(picture.png)
    west, south, east, north = picture.box
    lng, lat = Transformer.from_crs(9215, 4326, always_xy=True).transform(*SUMMIT)
    rows, columns = dark.shape
    at = np.array([(north - lat) / (north - south) * rows, (lng - west) / (east - west) * columns])
    shown = np.argwhere(dark > dark.max() - 20)
    assert np.abs(shown[np.argmin(shown.sum(axis=1))] - at).max() < 3
    assert dark[:10].max() == 0
    assert 60 < dark.max() <= 96


def test_the_picture_is_of_the_zone_and_of_few_dots(hilly: Workspace, record: Record) -> None:
    """A model that is finer or larger than a page can carry is shaded coarser, and no farther than around the zone."""
    whole, few = (relief_picture(Relief.of(hilly), record, "vi", pixels) for pixels in (1_000_000, 900))
    assert shadows(few.png).size < 1_200 < shadows(whole.png).size < SIDE * SIDE
    assert whole.box == pytest.approx(few.box, abs=5e-4)
    zone = record.geometry["proposed"].to_crs(4326).total_bounds
    assert (zone[0] > whole.box[0], zone[3] < whole.box[3]) == (True, True)
    assert len(whole.png) < 40_000


def test_what_lies_under_the_map_is_told_with_its_cells(hilly: Workspace, record: Record) -> None:
    """As on a sheet, and how fine it is; in both languages."""
    told = {lang: relief_picture(Relief.of(hilly), record, lang).title for lang in ("vi", "en")}
    assert told == {
        "vi": "Bóng địa hình (mô hình độ cao, ô 5 × 5 m)",
        "en": "Shaded relief (elevation model, 5 × 5 m)",
    }


def test_the_page_carries_it_and_the_guard_lets_it_out(hilly: Workspace, record: Record, tmp_path: Path) -> None:
    """One file; a picture of that name that the page does not declare stays a breach."""
    page = map_page(record, wishes=Wishes(relief=Relief.of(hilly)))
    assert page.side == ()
    assert read_page(page.html, page.side).pictures == ("relief",)
    (packed,) = re.findall(r'MocGioi\.chunk\("relief","([^"]+)"\)', page.html)
    assert base64.b64decode(packed).startswith(b"\x89PNG")
    release_map(record, hilly, tmp_path / "map.html", wishes=Wishes(relief=Relief.of(hilly)))
    assert 'chunk("relief"' not in map_page(record).html


def test_the_command_draws_it_or_says_what_is_missing(
    hilly: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--hillshade`, as with sheets; without a model of heights it is an error and no map."""
    words = ["-p", str(hilly.path), "map", "--layers", "yards", "--hillshade", "--out"]
    with pytest.raises(SystemExit) as end:
        main([*words, str(tmp_path / "map.html")])
    assert not end.value.code
    assert 'chunk("relief"' in (tmp_path / "map.html").read_text(encoding="utf-8")
    raster_path(hilly, ELEVATION).unlink()
    with pytest.raises(SystemExit) as end:
        main([*words, str(tmp_path / "none.html")])
    assert end.value.code == 1
    assert not (tmp_path / "none.html").exists()
    capsys.readouterr()
    with pytest.raises(LayerMissing):
        Relief.of(hilly)


@pytest.mark.browser
@pytest.mark.parametrize(
    "embedded", [900_000, pytest.param(0, marks=pytest.mark.slow)], ids=["in the page", "beside it"]
)
def test_it_lies_over_the_ground_and_under_everything_else(
    offline, hilly: Workspace, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: int
) -> None:
    """Offline; the legend names it, its slider pales it in both maps of a comparison."""
    monkeypatch.setattr("maps.webmap.page.EMBEDDED_MAX", embedded)
    path = tmp_path / "map.html"
    release_map(record, hilly, path, wishes=Wishes(relief=Relief.of(hilly)))
    with offline() as opened:
        page = opened.go(path)
        title = "Bóng địa hình (mô hình độ cao, ô 5 × 5 m)"
        expect(page.locator(".mg-legend-row", has_text=title)).to_have_count(1)
        expect(page.locator(".leaflet-mg-relief-pane img")).to_have_count(1)
        storeys = page.evaluate(
            "[...document.querySelectorAll('.leaflet-pane')].filter((one) => one.querySelector('svg path, img'))"
            ".map((one) => [Number(getComputedStyle(one).zIndex), Boolean(one.querySelector('img'))]).sort()"
        )
        (own,) = [storey for storey, is_picture in storeys if is_picture and storey > 400]
        assert own == 412
        assert any(400 < storey < own for storey, _ in storeys)
        page.locator("[data-tool=compare]").click()
        page.get_by_label(f"{title}: độ đậm").fill("30")
        shown = page.locator(".leaflet-mg-relief-pane img").evaluate_all("all => all.map((one) => one.style.opacity)")
        assert shown == ["0.3", "0.3"]
        beside = [] if embedded else [one.as_uri() for one in path.with_suffix(".files").rglob("relief.js")]
        assert (opened.complaints, opened.requests) == ([], [path.as_uri(), *beside])
