"""What an officer hands on comes back as it was; what a format cannot hold is said."""

from pathlib import Path

import openpyxl
import pytest
from pyproj import CRS

from gis.pattern import Pattern
from gis.testing import drawn
from layers.errors import ExportRefused
from layers.export import export_layer
from layers.identity import rows_sha256
from layers.inspection import inspect_layers
from layers.intake import import_files
from layers.wishes import Wishes
from layers.workspace import Workspace

KEY = ("commune", "sheet_no", "parcel_no")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    rows = drawn("aab\naab\nccd", key="parcel_no").assign(
        commune="06184",
        sheet_no="12",
        place_name="Đồng Đăng",
        owner="Người minh họa",
        measured_area_m2=[400.1, 200.2, 200.3, 100.4],
    )
    return Workspace.create(tmp_path / "p", "Thử", "EPSG:9215").write({"parcels": rows})


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".tab", ".geojson"])
def test_a_layer_goes_out_and_comes_back(workspace: Workspace, tmp_path: Path, suffix: str) -> None:
    """The same rows, in other projects and formats; shapes within the grid of the format."""
    done = export_layer(workspace, "parcels", tmp_path / f"x{suffix}", personal=True)
    other = Workspace.create(tmp_path / "q", "Khác", "EPSG:9215")
    wishes = Wishes(crs=CRS.from_epsg(9215) if suffix == ".tab" else None)
    back, _ = import_files(other, [tmp_path / f"x{suffix}"], "parcels", wishes)
    ours, theirs = workspace.read("parcels"), back.read("parcels").rename(columns={v: k for k, v in done.names.items()})
    theirs = theirs.sort_values("parcel_no", ignore_index=True)
    assert theirs[list(KEY)].equals(ours[list(KEY)])
    assert theirs["place_name"].tolist() == ["Đồng Đăng"] * 4
    assert (theirs.geometry.hausdorff_distance(ours.geometry) < 1e-3).all()
    if suffix == ".gpkg":
        assert rows_sha256(theirs, KEY) == rows_sha256(ours, KEY)


def test_a_drawing_goes_out_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    """Outlines and labels: areas and numbers survive, attributes do not, and that is said."""
    done = export_layer(workspace, "parcels", tmp_path / "x.dxf")
    assert "10" in done.notes[0].en
    other = Workspace.create(tmp_path / "q", "Khác", "EPSG:9215")
    wishes = Wishes(crs=other.crs, label=Pattern("{parcel_no}"), values={"commune": "06184", "sheet_no": "12"})
    back, _ = import_files(other, [tmp_path / "x.dxf"], "parcels", wishes)
    rows = back.read("parcels").sort_values("parcel_no", ignore_index=True)
    assert rows["parcel_no"].tolist() == ["a", "b", "c", "d"]
    assert rows.area.tolist() == pytest.approx([400.0, 200.0, 200.0, 100.0])


def test_a_workbook_holds_texts_not_formulas(workspace: Workspace, tmp_path: Path) -> None:
    """A name that looks like a formula stays a name; owners stay at home unless asked for."""
    rows = workspace.read("parcels").assign(place_name='=HYPERLINK("http://x","y")')
    workspace = workspace.write({"parcels": rows})
    done = export_layer(workspace, "parcels", tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    cell = sheet[2][heads.index("place_name")]
    assert (cell.data_type, cell.value[:5]) == ("s", "=HYPE")
    assert "owner" not in heads
    assert done.left_out == ("owner",)
    assert export_layer(workspace, "parcels", tmp_path / "y.xlsx", personal=True).left_out == ()


def test_an_unknown_format_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """With the list of those there are; nothing is left behind."""
    with pytest.raises(ExportRefused, match=r"\.tab"):
        export_layer(workspace, "parcels", tmp_path / "x.pdf")
    assert not list(tmp_path.glob(".mocgioi-*"))


def test_inspection_tells_the_command(tmp_path: Path) -> None:
    """Encoding with a sample, meanings by alias, what only a person knows as a question."""
    rows = drawn("ab", key="SHTHUA").assign(SHBANDO="12", TENCHU=["NguyÔn V¨n An", "TrÇn ThÞ B×nh"], shape_area=1.0)
    rows.to_file(tmp_path / "to 12.gpkg")
    found = inspect_layers(tmp_path / "to 12.gpkg")[0]
    assert found.suspected == "parcels"
    assert found.meanings == {"SHTHUA": "parcel_no", "SHBANDO": "sheet_no", "TENCHU": "owner"}
    assert found.encodings["TENCHU"].readings[0].samples == ("Nguyễn Văn An", "Trần Thị Bình")
    assert found.command.endswith("--as parcels --encoding auto --set 'commune=?'")
    (tmp_path / "moc.csv").write_text("so;Y;X\n1;440000;2420000\n", encoding="utf-8")
    assert "--coordinates X,Y" in inspect_layers(tmp_path / "moc.csv")[0].command


def test_inspection_tells_broken_records_and_unclear_numbers(tmp_path: Path) -> None:
    """A damaged shape, and an area that could be two numbers: both told before anything is imported."""
    path = tmp_path / "06184_to12.shp"
    rows = drawn("ab", key="SHTHUA").assign(DIENTICH=["1.200", "2.500"])
    rows.to_file(path)
    path.write_bytes(path.read_bytes()[:250])
    found = inspect_layers(path)[0]
    assert [row for row, _ in found.broken] == [2]
    assert found.command.endswith("--from-name '{commune}_to{sheet_no}' --decimal '?' --quarantine")
    assert len(found.notes) == 2
