"""Import: columns find their fields, nothing unsaid happens, everything comes in or nothing does."""

from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, Point, Polygon, force_3d

from gis.testing import drawn
from layers.columns import read_column_map
from layers.errors import (
    ColumnsFileWrong,
    DateWrong,
    GeometryWrong,
    KeyEmpty,
    KeyFieldMissing,
    KeyRepeated,
    LayerPresent,
    ValueRefused,
    VintageMissing,
)
from layers.intake import Wishes, import_files
from layers.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")


def saved(frame: GeoDataFrame, folder: Path, name: str = "x.gpkg") -> Path:
    frame.to_file(folder / name)
    return folder / name


def test_columns_of_practice_become_canonical(workspace: Workspace, tmp_path: Path) -> None:
    """SHBANDO, SHTHUA, DIENTICH … are read under their known names; shape_area is never an area of record."""
    source = drawn("ab", key="SHTHUA").assign(
        SHBANDO=["12", "12"], MaXa="06184", DIENTICH=[100.1, 99.9], shape_area=[1.0, 2.0]
    )
    after, report = import_files(workspace, [saved(source, tmp_path)], "parcels", Wishes(vintage="2025-07-01"))
    rows = after.read("parcels")
    assert rows[["commune", "sheet_no", "parcel_no", "valid_from"]].to_numpy().tolist() == [
        ["06184", "12", "a", "2025-07-01"],
        ["06184", "12", "b", "2025-07-01"],
    ]
    assert rows["measured_area_m2"].tolist() == [100.1, 99.9]
    assert report.files[0].columns["measured_area_m2"] == "DIENTICH"
    assert "shape_area" in report.files[0].kept
    assert "legal_area_m2" not in rows


def test_a_column_map_renames_and_recodes(workspace: Workspace, tmp_path: Path) -> None:
    """--columns names fields and translates codes."""
    map_file = tmp_path / "map.toml"
    map_file.write_text('[columns]\ncode = "so"\nkind = "l"\n[values.kind]\n"1" = "kho"\n', encoding="utf-8")
    source = saved(drawn("ab", key="so").assign(l=["1", "2"]), tmp_path)
    after, _ = import_files(workspace, [source], "yards", Wishes(columns=read_column_map(map_file)))
    assert after.read("yards")["kind"].tolist() == ["kho", "2"]


@pytest.mark.parametrize("content", ["[columns", "x = 1", "[columns]\ncode = 3", '[columns]\ncode = "khong_co"'])
def test_a_wrong_column_map_is_told(workspace: Workspace, tmp_path: Path, content: str) -> None:
    """Broken TOML, no table, a number for a name, a column that is not there."""
    map_file = tmp_path / "map.toml"
    map_file.write_text(content, encoding="utf-8")
    source = saved(drawn("ab", key="so"), tmp_path)
    with pytest.raises(ColumnsFileWrong):
        import_files(workspace, [source], "yards", Wishes(columns=read_column_map(map_file)))


def test_vintages_add_up_and_do_not_overwrite(workspace: Workspace, tmp_path: Path) -> None:
    """Units of another day append; the same day again must say what becomes of the old ones."""
    source = saved(drawn("ab", key="code"), tmp_path)
    with pytest.raises(VintageMissing, match="--vintage"):
        import_files(workspace, [source], "admin_units", Wishes())
    with pytest.raises(DateWrong):
        import_files(workspace, [source], "admin_units", Wishes(vintage="1/7/2025"))
    one, _ = import_files(workspace, [source], "admin_units", Wishes(vintage="2009-04-01"))
    two, _ = import_files(one, [source], "admin_units", Wishes(vintage="2025-07-01"))
    assert two.vintages() == ("2009-04-01", "2025-07-01")
    with pytest.raises(LayerPresent):
        import_files(two, [source], "admin_units", Wishes(vintage="2025-07-01"))
    three, report = import_files(two, [source], "admin_units", Wishes(vintage="2025-07-01", presence="replace"))
    assert report.rows == len(three.read("admin_units")) == 4


def test_present_rows_stay_unless_the_user_says_so(workspace: Workspace, tmp_path: Path) -> None:
    """--append adds, --replace replaces, neither is an error."""
    source = saved(drawn("ab", key="code"), tmp_path)
    other = saved(drawn("cd", key="code"), tmp_path, "y.gpkg")
    one, _ = import_files(workspace, [source], "yards", Wishes())
    with pytest.raises(LayerPresent, match="2 features"):
        import_files(one, [other], "yards", Wishes())
    assert len(import_files(one, [other], "yards", Wishes(presence="append"))[0].read("yards")) == 4
    assert import_files(one, [other], "yards", Wishes(presence="replace"))[0].read("yards")["code"].tolist() == [
        "c",
        "d",
    ]


def test_keys_are_there_and_unique(workspace: Workspace, tmp_path: Path) -> None:
    """A layer of named things takes no row without a name and no name twice; parcels may repeat, and are counted."""
    with pytest.raises(KeyFieldMissing, match="name"):
        import_files(workspace, [saved(drawn("ab"), tmp_path)], "yards", Wishes())
    with pytest.raises(KeyEmpty):
        import_files(workspace, [saved(drawn("ab").assign(code=["1", None]), tmp_path)], "yards", Wishes())
    twice = saved(drawn("ab").assign(code="1", commune="c", sheet_no="1", parcel_no="7"), tmp_path)
    with pytest.raises(KeyRepeated):
        import_files(workspace, [twice], "yards", Wishes())
    _, report = import_files(workspace, [twice], "parcels", Wishes())
    assert report.repeated_keys == 1


def test_values_that_do_not_fit_are_refused_with_their_row(workspace: Workspace, tmp_path: Path) -> None:
    """A word in a number field stops the import and is named; nothing was written."""
    source = saved(drawn("ab", key="code").assign(licensed_area_m2=["12.5", "rộng"]), tmp_path)
    with pytest.raises(ValueRefused, match=r"rộng.*row 2"):
        import_files(workspace, [source], "yards", Wishes())
    assert not workspace.has("yards")


def test_lines_are_no_parcels(workspace: Workspace, tmp_path: Path) -> None:
    """The geometry of a layer is checked at the door."""
    lines = GeoDataFrame(
        {"code": ["a"]}, geometry=[LineString([(440_000, 2_420_000), (440_100, 2_420_000)])], crs="EPSG:9215"
    )
    with pytest.raises(GeometryWrong, match="LineString"):
        import_files(workspace, [saved(lines, tmp_path)], "yards", Wishes())


def test_heights_null_and_invalid_shapes_are_reported(workspace: Workspace, tmp_path: Path) -> None:
    """Z is dropped and said; a null shape keeps its row; an invalid one is named."""
    e, n = 440_000.0, 2_420_000.0
    bow_tie = Polygon([(e, n), (e + 10, n + 10), (e + 10, n), (e, n + 10)])
    square = force_3d(drawn("a").geometry[0], 12.0)
    source = GeoDataFrame({"code": ["z", "null", "bow"]}, geometry=[square, None, bow_tie], crs="EPSG:9215")
    after, report = import_files(workspace, [saved(source, tmp_path)], "yards", Wishes())
    file = report.files[0]
    assert (file.flattened, file.without_geometry, file.invalid, file.invalid_keys) == (1, 1, 1, ("bow",))
    assert after.read("yards").geometry.has_z.sum() == 0


def test_a_folder_comes_in_as_one(workspace: Workspace, tmp_path: Path) -> None:
    """All accepted files of a folder, sorted, in one commit; --set fills what they do not say."""
    folder = tmp_path / "to-ban-do"
    folder.mkdir()
    saved(drawn("a", key="parcel_no"), folder, "01.gpkg")
    saved(drawn("b", key="parcel_no"), folder, "02.gpkg")
    (folder / "doc.txt").write_text("x", encoding="utf-8")
    wishes = Wishes(values={"commune": "06184", "sheet_no": "1"})
    after, report = import_files(workspace, [folder], "parcels", wishes)
    assert [file.file for file in report.files] == ["01.gpkg", "02.gpkg"]
    assert len(after.read("parcels")) == 2
    assert [source.file for source in after.project.layers["parcels"].sources] == ["01.gpkg", "02.gpkg"]


def test_points_keep_their_place_through_wgs84(workspace: Workspace, tmp_path: Path) -> None:
    """A file in degrees lands where the registered operation puts it, and the report names that operation."""
    gate = GeoDataFrame({"code": ["g"]}, geometry=[Point(106.71222, 21.97639)], crs="EPSG:4326")
    after, report = import_files(workspace, [saved(gate, tmp_path)], "gates", Wishes())
    back = after.read("gates").to_crs(4326).geometry[0]
    assert back.distance(gate.geometry[0]) < 2e-8  # 2 mm: the inverse of a 7-parameter shift is itself approximate
    assert report.files[0].operation_accuracy_m == 1.0
