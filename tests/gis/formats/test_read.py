"""The safe door: only known formats, only their own driver, nothing half-read."""

import json
from pathlib import Path

import pytest

from gis.errors import CrsMissing, FileDamaged, FileMissing, FileRefused, LayerAmbiguous, LayerEmpty, LayerNotInFile
from gis.formats.read import inspect, read
from gis.formats.write import write_gpkg
from gis.testing import drawn


@pytest.fixture
def two_layers(tmp_path: Path) -> Path:
    path = tmp_path / "hai-lop.gpkg"
    write_gpkg(drawn("ab"), path, "một")
    write_gpkg(drawn("abc"), path, "hai", append=True)
    return path


def test_a_geopackage_is_read_back_as_it_was_written(two_layers: Path) -> None:
    """Rows, names and system come back."""
    frame = read(two_layers, "hai")
    assert frame["name"].tolist() == ["a", "b", "c"]
    assert frame.crs.to_epsg() == 9215
    assert [(one.name, one.rows) for one in inspect(two_layers)] == [("một", 2), ("hai", 3)]


def test_several_layers_need_a_choice(two_layers: Path) -> None:
    """No layer is picked silently."""
    with pytest.raises(LayerAmbiguous, match="một, hai"):
        read(two_layers)
    with pytest.raises(LayerNotInFile, match="ba"):
        read(two_layers, "ba")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(FileMissing, match=r"khong-co\.gpkg"):
        read(tmp_path / "khong-co.gpkg")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.vrt", "<OGRVRTDataSource/>"),
        (
            "x.geojson",
            "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>",
        ),
        ("x.gpkg", "not a database"),
        ("x.shp", "SQLite format 3\0"),
        ("x.exe", "MZ"),
    ],
)
def test_what_is_not_what_it_says_is_refused(tmp_path: Path, name: str, content: str) -> None:
    """A suffix names one driver and the first bytes must be that driver's: a VRT called .geojson reads nothing."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused):
        read(path)


def test_a_truncated_geopackage_is_an_error(two_layers: Path) -> None:
    """Half a file gives no rows at all."""
    whole = two_layers.read_bytes()
    two_layers.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(FileDamaged):
        read(two_layers, "hai")


def test_an_empty_layer_is_told(tmp_path: Path) -> None:
    """A layer without a row is a mistake, not a result."""
    path = tmp_path / "trong.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    with pytest.raises(LayerEmpty):
        read(path)


def test_a_file_without_system_asks_for_one(tmp_path: Path) -> None:
    """A shapefile without .prj is not guessed at."""
    path = tmp_path / "x.shp"
    drawn("ab").to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(CrsMissing, match=r"--crs"):
        read(path)
