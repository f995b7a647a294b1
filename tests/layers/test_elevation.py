"""The elevation model: one band, in the system and the place of the project, with its heights in the report."""

from pathlib import Path

import numpy as np
import pytest
import rasterio

from gis.errors import CrsMissing, CrsUnrelated, FileDamaged, FileRefused
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.elevation import import_raster
from layers.errors import LayerPresent, RasterWrong
from layers.workspace import Workspace

HERE = rasterio.Affine(10, 0, ORIGIN_EASTING, 0, -10, ORIGIN_NORTHING)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")


def model(
    path: Path,
    heights: list[list[float]],
    *,
    crs: str | None = "EPSG:9215",
    bands: int = 1,
    place: rasterio.Affine = HERE,
) -> Path:
    """Write heights as a GeoTIFF; -9999 is no height."""
    cells = np.array([heights] * bands, dtype="float32")
    options = {"count": bands, "height": cells.shape[1], "width": cells.shape[2], "dtype": "float32", "nodata": -9999}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=place, **options) as raster:
        raster.write(cells)
    return path


def test_heights_are_told_and_kept_as_they_came(workspace: Workspace, tmp_path: Path) -> None:
    """Lowest, highest, cells without; another height is another identity."""
    path = model(tmp_path / "a.tif", [[300.5, -9999, 1200.25], [10, 20, float("nan")]])
    told = import_raster(workspace, path)
    assert (told.least_m, told.most_m, told.without, told.crs) == (10.0, 1200.25, 2, "EPSG:9215")
    assert (workspace.path / "layers" / "elevation.tif").read_bytes() == path.read_bytes()
    with pytest.raises(LayerPresent):
        import_raster(workspace, path)
    other = model(tmp_path / "b.tif", [[300.5, -9999, 1200.25], [10, 20.001, float("nan")]])
    assert import_raster(workspace, other, replace=True).sha256 != told.sha256
    assert import_raster(workspace, model(tmp_path / "c.tif", [[-9999.0]]), replace=True).least_m is None


def test_what_is_no_model_of_this_project_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """Two bands, no system, no way from its system, another place, another file under its name, a file that is cut."""
    heights = [[1.0, 2.0]]
    with pytest.raises(RasterWrong, match="one band"):
        import_raster(workspace, model(tmp_path / "a.tif", heights, bands=2))
    with pytest.raises(CrsMissing):
        import_raster(workspace, model(tmp_path / "b.tif", heights, crs=None))
    with pytest.raises(CrsUnrelated):
        import_raster(workspace, model(tmp_path / "c.tif", heights, crs="EPSG:2044"))
    here, utm = model(tmp_path / "g.tif", heights), rasterio.Affine(10, 0, 690_000, 0, -10, 2_420_000)
    with pytest.raises(RasterWrong, match="one system"):
        import_raster(workspace, [here, model(tmp_path / "h.tif", heights, crs="EPSG:3405", place=utm)])
    far = rasterio.Affine(10, 0, 440_000, 0, -10, 100)
    with pytest.raises(RasterWrong, match="area of use"):
        import_raster(workspace, model(tmp_path / "d.tif", heights, place=far))
    (tmp_path / "e.tif").write_text(f"<VRTDataset><SourceFilename>{tmp_path / 'a.tif'}</SourceFilename></VRTDataset>")
    with pytest.raises(FileRefused):
        import_raster(workspace, tmp_path / "e.tif")
    cut = model(tmp_path / "f.tif", [[float(one) for one in range(100)]] * 100)
    cut.write_bytes(cut.read_bytes()[:20_000])
    with pytest.raises(FileDamaged):
        import_raster(workspace, cut)
    assert not (workspace.path / "layers" / "elevation.tif").exists()


def test_what_lies_beside_a_model_is_no_part_of_it(workspace: Workspace, tmp_path: Path) -> None:
    """A world file or a mask next to it would put it elsewhere, or hide its heights."""
    path = model(tmp_path / "a.tif", [[1.0, 2.0]])
    before = import_raster(workspace, path)
    (tmp_path / "a.tfw").write_text("1\n0\n0\n-1\n500000\n2500000\n")
    (tmp_path / "a.tif.aux.xml").write_text("<PAMDataset><Metadata><MDI key='x'>y</MDI></Metadata></PAMDataset>")
    assert import_raster(workspace, path, replace=True) == before


def test_a_tile_in_degrees_comes_in_and_says_how(workspace: Workspace, tmp_path: Path) -> None:
    """Whole numbers in WGS 84, as elevation tiles come: system, cell, transformation and accuracy are told."""
    degrees = rasterio.Affine(1 / 3600, 0, 106.7, 0, -1 / 3600, 21.9)
    path = tmp_path / "n21.tif"
    options = {"count": 1, "height": 40, "width": 40, "dtype": "int16", "nodata": -32768}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:4326", transform=degrees, **options) as raster:
        raster.write(np.full((1, 40, 40), 300, dtype=np.int16))
    told = import_raster(workspace, path)
    assert (told.least_m, told.most_m, told.crs) == (300.0, 300.0, "EPSG:9215")
    assert told.origin is not None
    assert (told.origin.crs, told.origin.accuracy_m, told.origin.resampling) == ("EPSG:4326", 1.0, "bilinear")
    assert told.cell_m == pytest.approx((29.8, 29.8), abs=0.2)
    assert {one.name for one in (workspace.path / "layers").glob("*.tif")} == {"elevation.tif"}
