"""Import: columns find their fields, nothing unsaid happens, everything comes in or nothing does."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import pytest
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import LineString, Point, Polygon, force_3d

from gis.errors import EncodingUnknown, LayerAmbiguous, NothingSound, RecordsBroken, TextUnicodeAlready
from gis.pattern import Pattern
from gis.testing import drawn
from layers.catalog import LAYERS, TABLES
from layers.columns import ColumnMap, aliases, guess_column_map, read_column_map
from layers.errors import (
    ColumnsFileWrong,
    DateWrong,
    EncodingUnconfirmed,
    GeometryWrong,
    KeyEmpty,
    KeyFieldMissing,
    KeyRepeated,
    LayerPresent,
    LayerUnknown,
    NothingToJoin,
    PatternNotMatched,
    ShapesMissing,
    ValueRefused,
    VintageMissing,
)
from layers.intake import import_files
from layers.texts import parse_encoding
from layers.wishes import Wishes
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


def test_no_alias_is_a_guess() -> None:
    """Each names a field that its layer has; ids of units, old numbers and computed areas are taken for nothing."""
    schemas = {one.name: one for one in (*LAYERS, *TABLES)}
    for alias in aliases():
        of_it = schemas.values() if alias.layer == "*" else [schemas[alias.layer]]
        assert any(schema.field(alias.field) for schema in of_it), alias
    theirs = DataFrame(columns=["KVHCID", "DTSD", "SOTOCU", "SHTHUATAM", "shape_area", "MDSD2003", "THUAID"])
    assert guess_column_map(theirs, schemas["parcels"]).columns == {}


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
    four, _ = import_files(one, [other], "yards", Wishes(presence="append"))
    assert len(four.read("yards")) == 4
    assert import_files(four, [other], "yards", Wishes(presence="replace"))[0].read("yards")["code"].tolist() == [
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


def test_a_table_of_markers_becomes_an_outline(workspace: Workspace, tmp_path: Path) -> None:
    """X is northing, Y easting, because the user says so; without the word nothing is guessed."""
    table = tmp_path / "moc.csv"
    rows = ("so_hieu;X;Y", "M1;2.420.000,50;440000", "M2;2420000,50;440100", "M3;2420100.5;440100")
    table.write_text("\n".join(rows), encoding="utf-8")
    said = Wishes(values={"name": "Khu"}, coordinates=("X", "Y"), crs=workspace.crs)
    with pytest.raises(ShapesMissing):
        import_files(workspace, [table], "zone", Wishes(values={"name": "Khu"}, crs=workspace.crs))
    after, _ = import_files(workspace, [table], "zone", said)
    assert after.read("zone").area.tolist() == [5000.0]
    assert after.read("zone").total_bounds.tolist() == [440_000.0, 2_420_000.5, 440_100.0, 2_420_100.5]


def test_attributes_join_by_key(workspace: Workspace, tmp_path: Path) -> None:
    """An XLSX of attributes goes to the features that are there; a key that is not there refuses all of it."""
    one, _ = import_files(workspace, [saved(drawn("ab", key="code"), tmp_path)], "yards", Wishes())
    path = tmp_path / "bai.xlsx"
    book = openpyxl.Workbook()
    for row in (["code", "operator", "licensed_area_m2"], ["b", "Công ty B", 1200.5]):
        book.active.append(row)
    book.save(path)
    with pytest.raises(ShapesMissing, match="--join"):
        import_files(one, [path], "yards", Wishes(presence="replace"))
    two, report = import_files(one, [path], "yards", Wishes(join=True))
    rows = two.read("yards")
    assert rows["operator"].tolist() == [None, "Công ty B"] or rows["operator"].isna().tolist() == [True, False]
    assert rows["licensed_area_m2"].tolist()[1] == 1200.5
    assert report.rows == 2
    book.active["A2"] = "z"
    book.save(path)
    with pytest.raises(NothingToJoin):
        import_files(two, [path], "yards", Wishes(join=True))


def test_papers_come_from_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    """A table of its own, keyed to the features of a layer; a second sheet must be named."""
    path = tmp_path / "giay-to.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Giấy tờ"
    for row in (
        ["layer", "feature", "kind", "number", "issued_on"],
        ["yards", "B1", "thuê đất", "12/HĐ", date(2020, 5, 17)],
    ):
        book.active.append(row)
    book.save(path)
    after, _ = import_files(workspace, [path], "papers", Wishes())
    (row,) = after.read("papers").to_dict("records")
    assert (row["feature"], row["number"], row["issued_on"]) == ("B1", "12/HĐ", "2020-05-17")
    book.create_sheet("Khác").append(["a"])
    book.save(path)
    with pytest.raises(LayerAmbiguous, match="Giấy tờ, Khác"):
        import_files(after, [path], "papers", Wishes(presence="replace"))


def test_names_are_names_and_no_sql(workspace: Workspace, tmp_path: Path) -> None:
    """A column, a layer and a value that look like SQL come in as they are written, and do nothing."""
    evil = 'a"; DROP TABLE yards; --'
    rows = drawn("ab", key="code").assign(**{evil: ["' OR 1=1; --", "{{7*7}}"]})
    path = tmp_path / "x.gpkg"
    rows.to_file(path, layer=evil)
    one, _ = import_files(workspace, [saved(drawn("xyz", key="code"), tmp_path, "y.gpkg")], "yards", Wishes())
    after, _ = import_files(one, [path], "yards", Wishes(layer=evil, presence="append"))
    assert len(after.read("yards")) == 5
    assert after.read("yards")[evil].dropna().tolist() == ["' OR 1=1; --", "{{7*7}}"]
    with pytest.raises(LayerUnknown):
        import_files(after, [path], "yards; DROP TABLE yards", Wishes())


def test_broken_records_stay_out_only_if_the_user_says_so(workspace: Workspace, tmp_path: Path) -> None:
    """A value that is no number and a key that is missing: refused; with --quarantine put aside with the reason."""
    rows = drawn("abcd", key="code").assign(licensed_area_m2=["1", "rộng", "3", "4"])
    rows.loc[2, "code"] = None
    path = saved(rows, tmp_path)
    with pytest.raises(ValueRefused):
        import_files(workspace, [path], "yards", Wishes())
    after, report = import_files(workspace, [path], "yards", Wishes(quarantine=True))
    assert after.read("yards")["code"].tolist() == ["a", "d"]
    note = next(one for one in report.files[0].notes if one.code == "quarantined")
    assert note.rows == 2
    aside = pyogrio.read_dataframe(next((after.path / "quarantine").glob("*.gpkg")))
    assert "licensed_area_m2" in aside["quarantine_reason"][0]
    assert "code" in aside["quarantine_reason"][1]


def test_an_import_of_broken_records_alone_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """With nothing left to come in no layer is made, and none is emptied."""
    path = saved(drawn("ab", key="code").assign(licensed_area_m2="rộng"), tmp_path)
    with pytest.raises(NothingSound, match="all 2 records"):
        import_files(workspace, [path], "yards", Wishes(quarantine=True))
    assert not workspace.has("yards")


def test_records_that_cannot_be_read_are_put_aside_with_their_place(workspace: Workspace, tmp_path: Path) -> None:
    """A shape that the driver cannot read and a value that does not fit: both aside, each with its row and reason."""
    path = tmp_path / "x.shp"
    rows = drawn("abcd", key="code").assign(lic=["1", "rộng", "3", "4"], operator="Công ty")
    rows.to_file(path, encoding="utf-8")
    shapes = bytearray(path.read_bytes())
    place = 2 * int.from_bytes(path.with_suffix(".shx").read_bytes()[116:120], "big")  # the third record
    shapes[place + 44 : place + 48] = (9999).to_bytes(4, "little")
    path.write_bytes(bytes(shapes))
    columns = ColumnMap({"code": "code", "operator": "operator", "licensed_area_m2": "lic"})
    with pytest.raises(RecordsBroken, match=r"1 of 4.*3: .*9999"):
        import_files(workspace, [path], "yards", Wishes(columns=columns))
    after, report = import_files(workspace, [path], "yards", Wishes(columns=columns, quarantine=True))
    assert after.read("yards")["code"].tolist() == ["a", "d"]
    assert [one.rows for one in report.files[0].notes if one.code == "quarantined"] == [2]
    aside = pyogrio.read_dataframe(next((after.path / "quarantine").glob("*.gpkg")))
    assert aside[["code", "licensed_area_m2", "quarantine_row"]].to_numpy().tolist() == [
        ["b", "rộng", 2],
        ["c", "3", 3],
    ]
    assert "9999" in aside["quarantine_reason"][1]


def test_a_place_that_is_no_number_is_put_aside_or_refuses_an_outline(workspace: Workspace, tmp_path: Path) -> None:
    """Of points the others come in; an outline that lacks a corner would be another outline."""
    table = tmp_path / "x.csv"
    corners = ("code,X,Y", "1,2420000,440000", "2,2420000,440100", "3,?,440100", "4,2420100,440000")
    table.write_text("\n".join(corners), encoding="utf-8")
    said = {"coordinates": ("X", "Y"), "crs": workspace.crs, "quarantine": True}
    after, report = import_files(workspace, [table], "gates", Wishes(**said))
    assert len(after.read("gates")) == 3
    assert [one.rows for one in report.files[0].notes] == [1]
    with pytest.raises(RecordsBroken, match=r"3: X = \?"):
        import_files(workspace, [table], "zone", Wishes(values={"name": "Khu"}, **said))


def test_legacy_texts_wait_for_a_word(workspace: Workspace, tmp_path: Path) -> None:
    """TCVN3 is recognised, shown and converted once it is confirmed; the original is kept; twice is refused."""
    rows = drawn("ab", key="code").assign(name=["§ång §¨ng", "T©n Thanh"])
    path = saved(rows, tmp_path)
    with pytest.raises(EncodingUnconfirmed, match="tcvn3 100%: “Đồng Đăng”"):
        import_files(workspace, [path], "yards", Wishes())
    after, report = import_files(workspace, [path], "yards", Wishes(encoding=parse_encoding(["auto"])))
    assert after.read("yards")["name"].tolist() == ["Đồng Đăng", "Tân Thanh"]
    assert report.files[0].notes[0].code == "text-converted"
    kept = pd.read_parquet(next((after.path / "originals").glob("yards-*.parquet")))
    assert kept["name"].tolist() == ["§ång §¨ng", "T©n Thanh"]
    again = saved(after.read("yards"), tmp_path, "y.gpkg")
    with pytest.raises(TextUnicodeAlready):
        import_files(after, [again], "yards", Wishes(encoding=parse_encoding(["name=tcvn3"]), presence="replace"))
    with pytest.raises(EncodingUnknown):
        parse_encoding(["ebcdic"])


def test_texts_that_are_not_vietnamese_are_told(workspace: Workspace, tmp_path: Path) -> None:
    """Text that went through the wrong charset stays as it is, and the report shows one value of it."""
    rows = drawn("ab", key="code").assign(name=["Ńoŕng Ńaęng", "Phuů Xaů"], operator="Công ty Đồng Đăng")
    _, report = import_files(workspace, [saved(rows, tmp_path)], "yards", Wishes())
    assert [(one.code, "Ńoŕng Ńaęng" in one.text.vi) for one in report.files[0].notes] == [
        ("text-not-vietnamese", True)
    ]


def test_sheets_tell_commune_and_number_in_their_names(workspace: Workspace, tmp_path: Path) -> None:
    """--from-name fills the key; a name of another form is refused."""
    folder = tmp_path / "to"
    folder.mkdir()
    for sheet in ("12", "13"):
        saved(drawn("ab", key="parcel_no"), folder, f"06184_to{sheet}.gpkg")
    wishes = Wishes(from_name=Pattern("{commune}_to{sheet_no}"))
    after, _ = import_files(workspace, [folder], "parcels", wishes)
    assert sorted(after.read("parcels")["sheet_no"]) == ["12", "12", "13", "13"]
    saved(drawn("ab", key="parcel_no"), folder, "khac.gpkg")
    with pytest.raises(PatternNotMatched, match="khac"):
        import_files(after, [folder], "parcels", Wishes(from_name=wishes.from_name, presence="replace"))
