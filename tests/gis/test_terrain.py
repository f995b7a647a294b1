"""What a raster says of areas: to the part of a cell, missing ground told apart, equal to exactextract's own."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from exactextract import exact_extract
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as some
from pyproj import CRS
from rasterio import Affine
from shapely import box

from gis.errors import RasterElsewhere, RasterUnreadable
from gis.measure import areas_mm2
from gis.raster import opened
from gis.relief import shade, slope_percent
from gis.terrain import Question, zonal
from gis.testing import examples

_CRS = CRS("EPSG:9215")
_WEST, _NORTH, _CELL = 440_000.0, 2_420_000.0, 10.0


def _tif(path: Path, values, *, crs="EPSG:9215", nodata=-9999, scale=1.0, transform=None) -> Path:
    values = np.asarray(values)
    place = {"crs": crs, "transform": transform or Affine(_CELL, 0, _WEST, 0, -_CELL, _NORTH)}
    size = {"height": values.shape[0], "width": values.shape[1], "count": 1, "dtype": values.dtype}
    with rasterio.open(path, "w", driver="GTiff", nodata=nodata, **size, **place) as raster:
        raster.write(values, 1)
        raster.scales = (scale,)
    return path


def _box(west, south, east, north):
    """Return a box in cells from the north-western corner, rows downwards."""
    return box(_WEST + west * _CELL, _NORTH - north * _CELL, _WEST + east * _CELL, _NORTH - south * _CELL)


def _ask(path: Path, zones, *questions: Question):
    with opened(path, _CRS) as raster:
        return zonal(raster, np.array(zones, dtype=object), questions)


_HEIGHT = Question("height", "value", (100.0, 200.0))


def test_missing_cells_are_no_zero(tmp_path: Path) -> None:
    """A cell without a value, and ground beyond the raster, are an area of their own; the rest closes with it."""
    path = _tif(tmp_path / "h.tif", np.array([[50, 150], [250, -9999]], dtype=np.int16))
    found = _ask(
        path, [_box(0, 0, 2, 2), _box(-1, 0, 1, 1), _box(5, 5, 6, 6), shapely.Polygon(), _box(1, 1, 2, 2)], _HEIGHT
    )
    height = found["height"]
    m2 = height.area_mm2 // 1_000_000
    assert m2.tolist() == [[100, 100, 100], [100, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert (height.missing_mm2 // 1_000_000).tolist() == [100, 100, 100, 0, 100]
    assert height.statistics["mean"].tolist()[:2] == [150.0, 50.0]
    assert height.statistics["mean"].isna().tolist()[2:] == [True, True, True]


@pytest.mark.parametrize("mask", [None, [[255, 0], [255, 255]]])
def test_missing_cells_however_they_are_told(tmp_path: Path, mask) -> None:
    """Without a number for them: as none in the cells themselves, and in a mask of the file, which has the last word."""
    path = _tif(tmp_path / "h.tif", np.array([[50, 50], [np.nan, 50]], dtype=np.float32), nodata=None)
    if mask:
        with rasterio.open(path, "r+") as raster:
            raster.write_mask(np.array(mask, dtype=np.uint8))
    height = _ask(path, [_box(0, 0, 2, 2)], _HEIGHT)["height"]
    assert (height.missing_mm2 // 1_000_000).tolist() == [200 if mask else 100]


def test_zones_that_are_not_on_the_raster(tmp_path: Path) -> None:
    """Alone, on any side, and beside its last cells: all their ground is missing."""
    path = _tif(tmp_path / "h.tif", np.full((2, 2), 50, dtype=np.int16))
    for zone in (_box(5, 0, 6, 1), _box(0, 5, 1, 6), _box(-3, -3, -1, -1), _box(2, 0, 3, 2)):
        height = _ask(path, [zone], _HEIGHT)["height"]
        assert (height.area_mm2.sum(), height.missing_mm2.tolist()) == (0, areas_mm2([zone]).tolist())


def test_zones_that_overlap_are_asked_each_by_itself(tmp_path: Path) -> None:
    """However many share their cells, down to the last cell of the raster."""
    heights = np.random.default_rng(2).uniform(0, 300, (9, 9)).astype(np.float32)
    path = _tif(tmp_path / "h.tif", heights)
    zones = [_box(0, 0, 9, 9), _box(2, 2, 9, 9), _box(0, 0, 9, 9), _box(1, 3, 8.5, 9)]
    together = _ask(path, zones, _HEIGHT)["height"]
    for row, zone in enumerate(zones):
        alone = _ask(path, [zone], _HEIGHT)["height"]
        assert together.area_mm2[row].tolist() == alone.area_mm2[0].tolist()
        np.testing.assert_allclose(together.statistics.iloc[row], alone.statistics.iloc[0], rtol=1e-12)
    assert together.statistics.iloc[1].tolist()[::2] == [heights[2:, 2:].min(), heights[2:, 2:].max()]


def test_scaled_whole_numbers(tmp_path: Path) -> None:
    """Decimetres in whole numbers are metres as the file says."""
    path = _tif(tmp_path / "h.tif", np.full((3, 3), 1505, dtype=np.int16), scale=0.1)
    assert _ask(path, [_box(0, 0, 3, 3)], _HEIGHT)["height"].statistics["mean"].iloc[0] == pytest.approx(150.5)


def test_an_edge_belongs_to_the_class_above(tmp_path: Path) -> None:
    """Exactly 100 is not below 100."""
    path = _tif(tmp_path / "h.tif", np.array([[99.99, 100.0, 200.0]], dtype=np.float32))
    assert (_ask(path, [_box(0, 0, 3, 1)], _HEIGHT)["height"].area_mm2 // 1_000_000).tolist() == [[100, 100, 100]]


@settings(max_examples=examples(25))
@given(some.integers(0, 10_000), some.sampled_from([2, 5, 512]))
def test_equal_to_exactextract_and_closing(tmp_path_factory: pytest.TempPathFactory, seed: int, side: int) -> None:
    """Stars at any angle over cells of which some are missing: its statistics, and areas that close to the mm²."""
    generator = np.random.default_rng(seed)
    heights = generator.uniform(0, 300, (12, 15)).astype(np.float32)
    heights[generator.random(heights.shape) < 0.2] = -9999
    path = _tif(tmp_path_factory.mktemp("r") / "h.tif", heights)
    angle = np.linspace(0, 2 * np.pi, 11, endpoint=False)
    reach = generator.uniform(5, 70, (4, 11, 1)) * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    centre = generator.uniform((_WEST, _NORTH - 120), (_WEST + 150, _NORTH), (4, 1, 2))
    zones = shapely.polygons(centre + reach)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gis.terrain.SIDE", side)
        height = _ask(path, zones, _HEIGHT)["height"]
    frame = GeoDataFrame(geometry=zones, crs=_CRS)
    theirs = exact_extract(str(path), frame, ["min", "mean", "max", "count"], output="pandas")
    np.testing.assert_array_equal(height.statistics[["least", "most"]], theirs[["min", "max"]].astype(float))
    np.testing.assert_allclose(height.statistics["mean"], theirs["mean"].astype(float), rtol=1e-7)
    assert (height.area_mm2.sum(axis=1) + height.missing_mm2).tolist() == areas_mm2(zones).tolist()
    np.testing.assert_allclose(height.area_mm2.sum(axis=1) / 1e8, theirs["count"], rtol=1e-5, atol=1e-6)


def test_an_infinite_height_is_none(tmp_path: Path) -> None:
    """In a block that is summed whole as at an edge: missing ground, no sum and no class."""
    heights = np.full((32, 32), np.inf, dtype=np.float32)
    heights[3, 5] = 150.0
    found = _ask(_tif(tmp_path / "h.tif", heights), [_box(0, 0, 32, 32), _box(0, 0, 32, 31.5)], _HEIGHT)["height"]
    assert found.statistics.to_numpy().tolist() == [[150.0] * 3] * 2
    assert (found.area_mm2 // 1_000_000).tolist() == [[0, 100, 0]] * 2
    assert (found.missing_mm2 // 1_000_000).tolist() == [32 * 32 * 100 - 100, 320 * 315 - 100]


def test_slope_of_a_plane() -> None:
    """A plane that rises 3 m on 10 m eastwards and 4 m northwards has a slope of 50 percent everywhere."""
    row, column = np.mgrid[0:6, 0:7].astype(np.float32)
    plane = 3 * column - 4 * row
    assert slope_percent(plane, (10.0, 10.0)) == pytest.approx(np.full((4, 5), 50.0))
    plane[2, 2] = np.nan
    assert np.isnan(slope_percent(plane, (10.0, 10.0))).sum() == 9


def test_slopes_need_their_neighbours(tmp_path: Path) -> None:
    """At the edge of the raster, and beside a missing cell, the slope is not known; heights are."""
    path = _tif(tmp_path / "h.tif", np.zeros((4, 4), dtype=np.float32))
    found = _ask(path, [_box(0, 0, 4, 4)], _HEIGHT, Question("slope", "slope", (15.0,)))
    assert found["height"].missing_mm2.tolist() == [0]
    assert (found["slope"].area_mm2 // 1_000_000).tolist() == [[400, 0]]
    assert (found["slope"].missing_mm2 // 1_000_000).tolist() == [1200]


def test_classes_are_what_the_raster_names(tmp_path: Path) -> None:
    """Numbers of a hazard map are classes, whichever they are, and one that is missing is none of them."""
    path = _tif(tmp_path / "flood.tif", np.array([[3, 3, 9], [1, 255, 9]], dtype=np.uint8), nodata=255)
    found = _ask(path, [_box(0, 0, 3, 2), _box(0, 0, 2, 1)], Question("flood", "class"))["flood"]
    assert found.classes.tolist() == [1, 3, 9]
    assert (found.area_mm2 // 1_000_000).tolist() == [[100, 200, 200], [0, 200, 0]]
    assert (found.missing_mm2 // 1_000_000).tolist() == [100, 0]


@pytest.mark.parametrize("side", [12, 8, 128])
def test_a_large_zone_is_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side) -> None:
    """However little is read at a time, slopes at the seams included, the answer is the same."""
    heights = np.random.default_rng(1).uniform(0, 300, (40, 40)).astype(np.float32)
    path = _tif(tmp_path / "h.tif", heights)
    zone, asked = [_box(1.5, 2.5, 38, 39)], (_HEIGHT, Question("slope", "slope", (100.0, 500.0)))
    whole = _ask(path, zone, *asked)
    monkeypatch.setattr("gis.terrain.SIDE", side)
    pieces = _ask(path, zone, *asked)
    for name in whole:
        np.testing.assert_allclose(pieces[name].area_mm2, whole[name].area_mm2, atol=1)
        np.testing.assert_allclose(pieces[name].statistics, whole[name].statistics, rtol=1e-9)


def test_another_system_is_refused_in_words(tmp_path: Path) -> None:
    """Degrees are not asked as if they were metres, nor moved by whatever way GDAL likes."""
    place = Affine(0.0005, 0, 106.6, 0, -0.0005, 21.95)
    path = _tif(tmp_path / "h.tif", np.full((20, 20), 300.0, dtype=np.float32), crs="EPSG:4326", transform=place)
    with pytest.raises(RasterElsewhere, match="EPSG:4326"), opened(path, _CRS):
        pass


@pytest.mark.parametrize("content", [b"", b"<VRTDataset/>", b"II*\x00broken"])
def test_what_is_no_geotiff_is_an_error(tmp_path: Path, content: bytes) -> None:
    """One clear error, whatever the bytes."""
    path = tmp_path / "h.tif"
    path.write_bytes(content)
    with pytest.raises(RasterUnreadable), opened(path, _CRS):
        pass


def test_shade() -> None:
    """Flat ground is evenly lit, a slope to the north-west brighter than one to the south-east, nothing is nothing."""
    row, column = np.mgrid[0:5, 0:5].astype(np.float32)
    flat, bright, dark = (shade(4 * rise * (row + column), (10.0, 10.0))[1, 1] for rise in (0, 1, -1))
    assert dark < flat < bright
    assert shade(np.full((3, 3), np.nan, dtype=np.float32), (10.0, 10.0)).tolist() == [[0]]
