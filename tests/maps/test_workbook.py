"""The workbook: facts in cells, sums that are formulas, and text that stays text."""

import re
from dataclasses import replace
from itertools import chain

import openpyxl
import pytest

from maps.formatter import NO_DATA, fact_text, in_unit, reading_unit
from maps.labels import sheet_name, table_order
from maps.testing import HOSTILE, PAYLOADS, hostile
from maps.workbook import write_workbook
from planning.errors import FactUnknown
from planning.record import Record

NAMES_ROW, HEAD_ROW = 4, 5


def sheets(record, folder, lang="vi", *, formulas=False):
    path = folder / "bang.xlsx"
    write_workbook(record, path, lang)
    return openpyxl.load_workbook(path, data_only=not formulas)


def keyed_cells(sheet):
    """Yield (fact key, cell) as the module says they can be led back."""
    if sheet.title in ("Tổng hợp", "Summary"):
        yield from ((row[0].value, row[2]) for row in sheet.iter_rows(min_row=HEAD_ROW + 1) if row[0].value)
        return
    names = [cell.value for cell in sheet[NAMES_ROW]]
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1):
        if row[0].value:
            yield from ((row[0].value + name, cell) for name, cell in zip(names, row, strict=True) if name)
        elif sheet.row_dimensions[row[0].row].hidden:
            yield from ((cell.value, sheet.cell(cell.row - 1, cell.column)) for cell in row if cell.value)


def test_every_fact_stands_in_its_cell(record: Record, tmp_path):
    """All scalar facts and all cells of all tables, each found by its key, with the Record's value."""
    found = dict(chain.from_iterable(map(keyed_cells, sheets(record, tmp_path))))
    assert set(record.facts) <= set(found)
    assert len(found) == len(record.facts) + sum(table.frame.size for table in record.tables.values())
    for key, cell in found.items():
        fact = record.fact(key)
        wanted = in_unit(fact.value, fact.unit, reading_unit(key, fact.unit))
        if isinstance(wanted, float | int):
            assert cell.value == pytest.approx(wanted, rel=1e-12), key
        else:
            nothing = "–" if key.startswith("criteria") else NO_DATA.to("vi")  # a verdict may have nothing to compare
            assert (cell.value or "") == (nothing if wanted is None else fact_text(fact, "vi")), key


def test_sums_are_formulas_over_the_rows(record: Record, tmp_path):
    """A reader who changes a row sees the sum follow; the residual is whole zone less sum."""
    stored = sheets(record, tmp_path)
    book = sheets(record, tmp_path, formulas=True)
    sheet, values = book["Khu chức năng"], stored["Khu chức năng"]
    sums = {key: cell for key, cell in keyed_cells(sheet) if ".total." in key}
    assert len(sums) == 6
    for key, cell in sums.items():
        first, last = re.fullmatch(r"=SUM\(([A-Z]+\d+):([A-Z]+\d+)\)", cell.value).groups()
        added = sum(row[0].value for row in values[f"{first}:{last}"])
        assert added == pytest.approx(record.value(key) / 10_000)
        assert values[cell.coordinate].value == record.value(key) / 10_000
    residual = next(cell for key, cell in keyed_cells(sheet) if key.endswith("residual_m2.base"))
    assert re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", residual.value)
    whole, total = residual.value.removeprefix("=").split("-")
    assert sheet[total].value.startswith("=SUM")
    assert values[whole].value == record.value("area_m2.base") / 10_000


def test_hostile_text_stays_text(record: Record, tmp_path):
    """A formula in any field is a string cell; the only formulas are our own closing rows."""
    book = sheets(hostile(record, PAYLOADS[10]), tmp_path, formulas=True)
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.match(r"=(SUM\(|[A-Z]+\d+-)", cell.value) for cell in formulas)
    assert book["Tổng hợp"]["B1"].value == PAYLOADS[10]
    assert not any(sheet._hyperlinks for sheet in book)


def test_hostile_text_reads_back_equal(record: Record, tmp_path):
    """Whatever was written in a name is what the cell holds."""
    book = sheets(hostile(record, HOSTILE), tmp_path)
    assert book["Tổng hợp"]["B1"].value == HOSTILE
    assert [sheet["B3"].value for sheet in book] == [HOSTILE] * len(book.sheetnames)


def test_sheets_follow_the_reading_order_with_notice_and_frozen_head(record: Record, tmp_path):
    """Each sheet says on its top whose it is and that it is no legal paper."""
    book = sheets(record, tmp_path)
    assert book.sheetnames == ["Tổng hợp", *(sheet_name(name, "vi") for name in table_order(record))]
    for sheet in book:
        assert sheet["B3"].value == record.notice
        assert sheet.freeze_panes.endswith(str(HEAD_ROW + 1))
        assert sheet.column_dimensions["A"].hidden
    assert book["ĐVHC từ 01-07-2025"]["F5"].value == "Hiện hành (ha)"
    assert book["Thửa đất"].row_dimensions[NAMES_ROW].hidden


def test_numbers_have_the_decimals_of_their_unit(record: Record, tmp_path):
    """Hectares with two, square metres of parcels with one, shares as percent."""
    book = sheets(record, tmp_path)
    found = dict(chain.from_iterable(map(keyed_cells, book)))
    parcel = record.tables["parcels"].frame["key"].iloc[0]
    shapes = {
        key: found[key].number_format
        for key in ("area_m2.base", f"parcels[{parcel}].unit_m2", "share_of_declared.gross")
    }
    assert [re.sub(r"^\[.*?\]", "", shape) for shape in shapes.values()] == ["#,##0.00", "#,##0.0", "#,##0.00%"]


def test_bare_project_lists_what_is_missing(bare_record: Record, tmp_path):
    """Missing layers stand on the first sheet."""
    book = sheets(bare_record, tmp_path)
    texts = [row[1].value for row in book["Tổng hợp"].iter_rows() if row[2].value == "không có số liệu"]
    assert {"Thửa đất", "Bến bãi", "Cửa khẩu", "Độ chính xác của ranh giới khu"} <= set(texts)


def test_english(record: Record, tmp_path):
    """The same workbook in English."""
    book = sheets(record, tmp_path, "en")
    assert book.sheetnames[0] == "Summary"
    assert book["Functional areas"]["F5"].value == "Established (ha)"


def test_the_old_workbook_stays_when_the_new_one_fails(record: Record, tmp_path):
    """A failed run leaves the file that was there, and no other."""
    path = tmp_path / "out" / "bang.xlsx"
    path.parent.mkdir()
    path.write_text("old")
    facts = {key: fact for key, fact in record.facts.items() if key != "area_m2.kept"}
    with pytest.raises(FactUnknown):
        write_workbook(replace(record, facts=facts), path)
    assert [one.read_text() for one in path.parent.iterdir()] == ["old"]
