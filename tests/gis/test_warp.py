"""Rasters move by the registered transformation, as vectors do, and say so."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from geopandas import GeoDataFrame
from pyproj import CRS
from rasterio import Affine
from shapely import Point

from gis.crs import moved, operation
from gis.errors import CrsUnrelated, RasterUnreadable
from gis.warp import origin_of, warp

_WORKING = CRS("EPSG:9215")
_DEGREES = Affine(0.0003, 0, 106.7, 0, -0.0003, 21.9)


def _tile(path: Path, values, crs: str, place: Affine, **options) -> Path:
    values = np.asarray(values)
    size = {"height": values.shape[0], "width": values.shape[1], "count": 1, "dtype": values.dtype}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=place, **size, **options) as file:
        file.write(values, 1)
    return path


@pytest.mark.parametrize(
    ("code", "cell"), [("EPSG:4326", 0.0003), ("EPSG:32648", 30.0), ("EPSG:9210", 30.0), ("EPSG:3405", 30.0)]
)
def test_cells_lie_where_vectors_would(tmp_path: Path, code: str, cell: float) -> None:
    """A raster whose values are its own eastings says of every new cell where the registered transformation took it."""
    source = CRS(code)
    corner = moved(GeoDataFrame(geometry=[Point(106.7, 21.9)], crs="EPSG:4326"), source).geometry.iloc[0]
    place = Affine(cell, 0, corner.x, 0, -cell, corner.y)
    across = np.broadcast_to((np.arange(60) + 0.5) * cell, (60, 60)).astype(np.float64)
    path = _tile(tmp_path / "a.tif", across, code, place, nodata=-9999.0)
    origin = warp([path], _WORKING, tmp_path / "b.tif")
    with rasterio.open(tmp_path / "b.tif") as raster:
        values = raster.read(1)
        inside = np.argwhere(np.isfinite(values))
        inside = inside[(inside.min(axis=1) > 5) & (inside.max(axis=1) < 50)]
        points = [Point(raster.xy(row, column)) for row, column in inside]
        assert raster.crs.to_epsg() == 9215
    back = moved(GeoDataFrame(geometry=points, crs=_WORKING), source).geometry.x.to_numpy()
    metres = 104_000 if source.is_geographic else 1
    assert (
        np.abs((values[tuple(inside.T)] + corner.x - back) * metres).max() < 1.0
    )  # interpolation in cells of 30 m; without the datum it would be 200 m
    way = operation(source, _WORKING)
    assert (origin.crs, origin.operation, origin.accuracy_m) == (code, way.name, way.accuracy_m)


def test_tiles_become_one_and_the_first_one_counts(tmp_path: Path) -> None:
    """Where two tiles overlap, the first named is taken; what it has no value for comes from the other."""
    first = np.full((40, 40), 10, dtype=np.int16)
    first[:, 30:] = -1
    one = _tile(tmp_path / "1.tif", first, "EPSG:4326", _DEGREES, nodata=-1)
    beside = _DEGREES @ Affine.translation(20, 0)
    two = _tile(tmp_path / "2.tif", np.full((40, 40), 20, dtype=np.int16), "EPSG:4326", beside, nodata=-1)
    warp([one, two], _WORKING, tmp_path / "b.tif")
    with rasterio.open(tmp_path / "b.tif") as raster:
        row = raster.read(1)[raster.height // 2]
    known = row[np.isfinite(row)]
    assert (known[:20] == 10).all()
    assert (known[-20:] == 20).all()
    assert np.isfinite(row[5:-5]).all()


def test_classes_are_never_mixed(tmp_path: Path) -> None:
    """Between class 1 and class 9 there is no class 5; ground beyond the file is no data."""
    classes = np.ones((30, 30), dtype=np.uint8)
    classes[:, 15:] = 9
    origin = warp(
        [_tile(tmp_path / "a.tif", classes, "EPSG:4326", _DEGREES)], _WORKING, tmp_path / "b.tif", classes=True
    )
    with rasterio.open(tmp_path / "b.tif") as raster:
        values = raster.read(1, masked=True)
        assert origin_of(raster) == origin
    assert {*np.unique(values.compressed()).tolist()} == {1, 9}
    assert values.mask.any()


def test_scaled_heights_stay_scaled(tmp_path: Path) -> None:
    """Decimetres in whole numbers are decimetres after the move, and the file still says so."""
    path = _tile(tmp_path / "a.tif", np.full((30, 30), 3005, dtype=np.int16), "EPSG:4326", _DEGREES)
    with rasterio.open(path, "r+") as raster:
        raster.scales = (0.1,)
    warp([path], _WORKING, tmp_path / "b.tif")
    with rasterio.open(tmp_path / "b.tif") as raster:
        assert np.nanmax(raster.read(1)) * raster.scales[0] == pytest.approx(300.5)


def test_what_the_registry_cannot_move_is_refused(tmp_path: Path) -> None:
    """Hanoi 1972 has no registered way; tiles of two systems are no one raster."""
    values = np.zeros((4, 4), dtype=np.float32)
    here = Affine(30, 0, 640_000, 0, -30, 2_430_000)
    with pytest.raises(CrsUnrelated):
        warp([_tile(tmp_path / "a.tif", values, "EPSG:2045", here)], _WORKING, tmp_path / "o.tif")
    two = [_tile(tmp_path / f"{code}.tif", values, f"EPSG:{code}", here) for code in (32648, 3405)]
    with pytest.raises(RasterUnreadable):
        warp(two, _WORKING, tmp_path / "o.tif")
