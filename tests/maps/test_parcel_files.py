"""Parcels as files: every row there, no formula from user text, no owner unless asked, and the Record named."""

from pathlib import Path

import geopandas
import openpyxl
import pandas as pd
import pyogrio
import pytest

from layers.workspace import Workspace
from maps.errors import ListFormatUnknown
from maps.parcel_files import write_parcels
from planning import scenario as scenarios
from planning.affected_parcels import affected_parcels
from planning.edits import AddUnits
from planning.parcel_desk import ParcelDesk
from planning.parcel_list import parcel_list


def test_a_geopackage_holds_parcels_pairs_and_what_they_are(land_office: Workspace, tmp_path: Path) -> None:
    """Shapes where there are some, a table of pairs, and where the numbers come from."""
    rows = land_office.read("parcels")
    rows.loc[0, "geometry"] = None
    record = parcel_list(ParcelDesk.open(land_office.write({"parcels": rows})), shapes=True)
    path = tmp_path / "thua.gpkg"
    assert write_parcels(record, path) == (path,)
    parcels = pyogrio.read_dataframe(path, layer="parcels")
    assert len(parcels) == 8
    assert parcels.geometry.isna().sum() == 1
    assert parcels.set_index("key")["zone_state"]["06184@2009-04-01/1/1"] == "inside"
    pairs = pyogrio.read_dataframe(path, layer="parcels_layers")
    assert len(pairs) == len(record.tables["parcels.layers"].frame)
    about = dict(pyogrio.read_dataframe(path, layer="about").to_numpy())
    assert about["Mã hồ sơ kết quả"] == record.id
    assert about["Dữ liệu cá nhân"] == "không kèm"
    assert "Nguyễn" not in path.read_bytes().decode("utf-8", "ignore")


def test_parquet_is_geoparquet_with_its_tables_beside(land_office: Workspace, tmp_path: Path) -> None:
    """One file per table."""
    record = parcel_list(ParcelDesk.open(land_office), shapes=True, personal=True)
    files = write_parcels(record, tmp_path / "thua.parquet", "en")
    assert {path.name for path in files} == {
        *("thua.parquet", "thua-parcels_layers.parquet", "thua-parcels_by_layer.parquet", "thua-about.parquet")
    }
    parcels = geopandas.read_parquet(tmp_path / "thua.parquet")
    assert (parcels.crs.to_epsg(), parcels["owner"].notna().all()) == (9215, True)
    assert dict(pd.read_parquet(tmp_path / "thua-about.parquet").to_numpy())["Personal data"] == "shown, as asked"


def test_a_workbook_has_text_cells_numbers_and_keys(land_office: Workspace, tmp_path: Path) -> None:
    """A land user called like a formula stays a text; codes of ours are words; column A leads back to the fact."""
    rows = land_office.read("parcels")
    rows.loc[:, "place_name"] = '=HYPERLINK("http://x","y")'
    rows.loc[:, "owner"] = "=1+1"
    record = parcel_list(ParcelDesk.open(land_office.write({"parcels": rows})), personal=True)
    write_parcels(record, tmp_path / "thua.xlsx")
    book = openpyxl.load_workbook(tmp_path / "thua.xlsx")
    sheet = book["Thửa đất"]
    heads = [cell.value for cell in sheet[1]]
    row = list(sheet[2])
    assert {cell.data_type for line in book["Thửa đất"] for cell in line} <= {"s", "n"}
    assert row[heads.index("Xứ đồng")].value == '=HYPERLINK("http://x","y")'
    assert row[heads.index("Người sử dụng đất")].value == "=1+1"
    state = row[heads.index("Ranh giới khu kinh tế: trạng thái")].value
    assert state in ("nằm trong", "nằm ngoài")
    key = row[0].value
    place = heads.index("Diện tích đo đạc (m²)")
    assert record.value(f"{key}measured_area_m2") == row[place].value
    assert book["Thửa theo từng lớp"].max_row == len(record.tables["parcels.by_layer"].frame) + 1


def test_affected_parcels_are_written_too(land_office: Workspace, tmp_path: Path) -> None:
    """The same three formats, with the sums."""
    scenarios.add(land_office, scenarios.Scenario("x", (AddUnits(("06136",), "2009-04-01"),)))
    record = affected_parcels(ParcelDesk.open(land_office, "x"), shapes=True)
    for name in ("a.gpkg", "a.xlsx", "a.parquet"):
        assert write_parcels(record, tmp_path / name)
    assert len(pyogrio.read_dataframe(tmp_path / "a.gpkg", layer="parcels")) == record.value("parcels.affected.count")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    told = [cell.value for cell in book["Theo loại đất hiện trạng"]["B"]]
    assert told[-1] == "Toàn bộ thay đổi của khu"


def test_an_unknown_format_is_refused_and_an_old_file_stays(land_office: Workspace, tmp_path: Path) -> None:
    """Nothing is written."""
    with pytest.raises(ListFormatUnknown):
        write_parcels(parcel_list(ParcelDesk.open(land_office)), tmp_path / "x.pdf")
    assert list(tmp_path.glob("x*")) == []
