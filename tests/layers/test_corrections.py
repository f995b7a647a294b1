"""Correction sheets: out, edited, back; what changed on both sides and what cannot be taken is listed by its cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gis.errors import FileError
from gis.formats.cells import address, cells_of
from layers.correction_sheet import META_SHEET, write_sheet
from layers.corrections import Corrections, apply_corrections, read_corrections
from layers.errors import FieldUnknown, SheetForeign
from layers.versions import history
from layers.workspace import Workspace

Edit = Callable[[Any, Callable[[str, str], Any]], None]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "phieu.xlsx"


def edited(path: Path, edit: Edit) -> None:
    """Open a sheet as an officer would, change it and save it; `cell(row key, field)` finds a cell."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}

    def cell(number: str, name: str) -> Any:
        row = next(one[0].row for one in page.iter_rows(min_row=3) if one[0].value == number)
        return page.cell(row, heads[name])

    edit(page, cell)
    book.save(path)


def back(workspace: Workspace, path: Path, edit: Edit, **wishes: bool) -> Corrections:
    edited(path, edit)
    return read_corrections(workspace, path, **wishes)


def test_a_sheet_that_nobody_touched_brings_nothing(land_office: Workspace, sheet: Path) -> None:
    """Every layer and table of the project goes out and comes back."""
    for layer in ("parcels", "papers", "constraints", "admin_units", "parcel_uses", "infrastructure"):
        write_sheet(land_office, layer, sheet, personal=True)
        edited(sheet, lambda page, cell: None)
        found = read_corrections(land_office, sheet)
        assert found.is_empty
        assert (found.conflicts, found.refused) == ((), ())
        assert apply_corrections(land_office, found, "x") is land_office


def test_changes_come_in_as_a_new_version(land_office: Workspace, sheet: Path) -> None:
    """Texts, numbers in Vietnamese digits, days as people write them; what is not in the sheet stays."""
    write_sheet(land_office, "parcels", sheet)

    def edit(page: Any, cell: Callable[[str, str], Any]) -> None:
        cell("1", "land_use").value = "CLN"
        cell("1", "measured_area_m2").value = "2.159,6"
        cell("1", "handover_date").value = "31/12/2024"
        cell("2", "origin_of_use").value = None

    found = back(land_office, sheet, edit)
    assert {(one.field, one.sheet) for one in found.changed} == {
        ("land_use", "CLN"),
        ("measured_area_m2", "2159.6"),
        ("handover_date", "2024-12-31"),
    }
    assert found.changed[0].place.startswith("Thửa đất!")
    before = land_office.read("parcels")
    after = apply_corrections(land_office, found, sheet.name)
    rows = after.read("parcels")
    assert rows.loc[0, ["land_use", "measured_area_m2", "handover_date"]].tolist() == ["CLN", 2159.6, "2024-12-31"]
    assert rows["owner"].tolist() == before["owner"].tolist()
    assert rows.geometry.equals(before.geometry)
    assert history(after.path, "parcels")[-1].why == "import"


def test_what_both_sides_changed_is_a_conflict(land_office: Workspace, sheet: Path) -> None:
    """The project stays, or the sheet wins when it is preferred; the same change on both sides is none."""
    write_sheet(land_office, "parcels", sheet)
    rows = land_office.read("parcels")
    rows.loc[0, "land_use"], rows.loc[1, "land_use"] = "HNK", "NTS"
    now = land_office.write({"parcels": rows})

    def edit(page: Any, cell: Callable[[str, str], Any]) -> None:
        cell("1", "land_use").value = "CLN"
        cell("2", "land_use").value = "NTS"

    found = back(now, sheet, edit)
    (conflict,) = found.conflicts
    assert (conflict.field, conflict.sheet, conflict.project) == ("land_use", "CLN", "HNK")
    assert found.is_empty
    assert found.exported_version == 1
    preferred = read_corrections(now, sheet, prefer_sheet=True)
    assert apply_corrections(now, preferred, "x").read("parcels").loc[0, "land_use"] == "CLN"


def test_cells_that_cannot_be_taken_are_refused_with_a_reason(land_office: Workspace, sheet: Path) -> None:
    """Each by its place; the other cells come in."""
    bad = (
        ("measured_area_m2", "1.234", "có thể hiểu là 1234 hoặc 1,234"),
        ("measured_area_m2", "nhiều", "không phải là số"),
        ("measured_area_m2", -5, "số âm"),
        ("measured_area_m2", "=1+1", "công thức"),
        ("land_use", "=1+1", "công thức"),
        ("handover_date", "31/02/2024", "không phải là ngày"),
        ("parcel_no", "99", "không sửa khóa"),
        ("commune", None, "không sửa khóa"),
    )
    write_sheet(land_office, "parcels", sheet)

    def edit(page: Any, cell: Callable[[str, str], Any]) -> None:
        for number, (name, value, _) in enumerate(bad, start=1):
            cell(str(number), name).value = value
        cell("9", "place_name").value = "Xứ đồng mới"

    found = back(land_office, sheet, edit)
    assert [one.field for one in found.refused] == [name for name, *_ in bad]
    for refused, (_, _, told) in zip(found.refused, bad, strict=True):
        assert told in refused.reason.to("vi")
        assert refused.place.startswith("Thửa đất!")
    assert [one.sheet for one in found.changed] == ["Xứ đồng mới"]


def test_papers_are_added_corrected_and_removed(land_office: Workspace, sheet: Path) -> None:
    """Rows of a table come and go; a row that is there, or without its key, is refused."""
    write_sheet(land_office, "papers", sheet)

    def edit(page: Any, cell: Callable[[str, str], Any]) -> None:
        heads = {one.value: one.column for one in page[1]}
        lines = (
            {
                "layer": "yards",
                "feature": "Y1",
                "kind": "giấy phép xây dựng",
                "number": "7/GP",
                "issued_on": "01/02/2024",
            },
            {"layer": "parcels", "feature": "06184/1/1", "kind": "giấy chứng nhận", "number": "GCN-1"},
            {"layer": "yards", "kind": "thuê đất"},
        )
        for row, line in enumerate(lines, start=page.max_row - 10):
            for name, value in line.items():
                page.cell(row, heads[name]).value = value
        cell("2", "issuer").value = "Sở"
        cell("1", "_delete").value = "X"

    found = back(land_office, sheet, edit)
    assert found.added == ("yards/Y1/giấy phép xây dựng/7/GP",)
    assert len(found.removed) == 1
    assert [one.sheet for one in found.changed] == ["Sở"]
    assert [one.reason.to("en").split(":")[0] for one in found.refused] == [
        "the row parcels/06184/1/1/giấy chứng nhận/GCN-1 is there already",
        "missing",
    ]
    rows = apply_corrections(land_office, found, "x").read("papers")
    assert rows["number"].tolist().count("7/GP") == 1
    assert rows.loc[rows["number"] == "7/GP", "issued_on"].item() == "2024-02-01"
    assert len(rows) == 2


def test_a_row_that_changed_meanwhile_is_not_removed(land_office: Workspace, sheet: Path) -> None:
    """Nor one that is gone; nor is a row taken that was copied twice."""
    write_sheet(land_office, "papers", sheet)
    rows = land_office.read("papers")
    rows.loc[0, "issuer"] = "Khác"
    now = land_office.write({"papers": rows.iloc[:1]})

    def edit(page: Any, cell: Callable[[str, str], Any]) -> None:
        cell("1", "_delete").value = "x"
        cell("2", "note").value = "thêm"
        page.append(["1", "parcels"])

    found = back(now, sheet, edit)
    assert found.removed == ()
    told = [one.reason.to("en") for one in found.refused]
    assert told[0].startswith("not removed: the project has changed issuer")
    assert told[1:] == ["the feature is not in the project any more", "the row is there twice; only the first counts"]


def test_features_with_shapes_are_not_added(land_office: Workspace, sheet: Path) -> None:
    """A row without a number in a layer is refused."""
    write_sheet(land_office, "constraints", sheet)
    found = back(land_office, sheet, lambda page, cell: page.append([None, "HC9", "Tên"]))
    assert found.is_empty
    assert found.refused[0].reason.to("en") == "features with shapes are not added by a sheet"


def test_no_value_becomes_a_formula(land_office: Workspace, sheet: Path) -> None:
    """A note that looks like one goes out as text and comes back as it is."""
    rows = land_office.read("papers")
    rows.loc[0, "note"] = '=HYPERLINK("http://x")'
    now = land_office.write({"papers": rows})
    write_sheet(now, "papers", sheet)
    assert {one.kind for cells in cells_of(sheet).values() for one in cells} <= {"text", "number"}
    assert read_corrections(now, sheet).is_empty


def test_personal_fields_only_when_asked(land_office: Workspace, sheet: Path) -> None:
    """Without them the sheet says so, and coming back takes none away."""
    told = write_sheet(land_office, "parcels", sheet)
    assert told.left_out == ("owner", "address")
    texts = {one.text for cells in cells_of(sheet).values() for one in cells}
    assert not [one for one in texts if "Nguyễn" in one]
    assert write_sheet(land_office, "parcels", sheet, personal=True).left_out == ()


def test_only_some_rows_go_out(land_office: Workspace, sheet: Path) -> None:
    """By the value of a field; an unknown one is an error."""
    assert write_sheet(land_office, "parcels", sheet, only={"commune": "06166"}).rows == 2
    found = back(land_office, sheet, lambda page, cell: None)
    assert found.is_empty
    with pytest.raises(FieldUnknown):
        write_sheet(land_office, "parcels", sheet, only={"xã": "1"})


def test_a_layer_edited_in_qgis_goes_out_as_it_is(land_office: Workspace, sheet: Path) -> None:
    """It is recorded first, so that the sheet has something to be held against."""
    rows = land_office.read("constraints")
    rows.assign(name="Đổi tên").to_file(land_office.file_of("constraints"), layer="constraints", driver="GPKG")
    now = Workspace.open(land_office.path)
    write_sheet(now, "constraints", sheet)
    again = Workspace.open(land_office.path)
    assert history(again.path, "constraints")[-1].why == "edited outside"
    assert read_corrections(again, sheet).is_empty


def test_foreign_sheets_are_refused(land_office: Workspace, project: Workspace, sheet: Path, tmp_path: Path) -> None:
    """Any other workbook, a sheet of another project, no workbook at all."""
    openpyxl.Workbook().save(sheet)
    with pytest.raises(SheetForeign):
        read_corrections(land_office, sheet)
    write_sheet(project, "parcels", sheet)
    with pytest.raises(SheetForeign):
        read_corrections(land_office, sheet)
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04nonsense")
    (tmp_path / "x.csv").write_text("a", encoding="utf-8")
    for path in (tmp_path / "x.xlsx", tmp_path / "x.csv", tmp_path / "gone.xlsx"):
        with pytest.raises(FileError):
            read_corrections(land_office, path)


def test_cells_are_told_with_place_and_kind(tmp_path: Path) -> None:
    """Texts, numbers, days, flags, formulas, errors."""
    book = openpyxl.Workbook()
    page = book.active
    page["B2"], page["C2"], page["D2"], page["E2"] = "chữ", 1.5, True, "=1+1"
    page["F2"].value, page["F2"].data_type = "#N/A", "e"
    book.create_sheet(META_SHEET)
    book.save(tmp_path / "x.xlsx")
    cells = cells_of(tmp_path / "x.xlsx")["Sheet"]
    assert [(address(one.row, one.column), one.kind, one.text) for one in cells] == [
        ("B2", "text", "chữ"),
        ("C2", "number", "1.5"),
        ("D2", "flag", "true"),
        ("E2", "formula", "=1+1"),
        ("F2", "error", "#N/A"),
    ]
