"""write_workbook(): the facts of one Record as an Excel workbook, with sums that are real formulas.

Each number can be led back to its fact. On the first sheet the hidden column A holds the key. On the sheet of a
table the hidden column A and the hidden row of column names give the two halves of it; under the closing rows
stand hidden rows with their whole keys.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from gis.language import Lang, Text
from maps.cells import Cells, Inks, write_column, write_fact, write_sum
from maps.formatter import NO_DATA, SYMBOLS, head_text, reading_unit
from maps.labels import (
    RESIDUAL,
    ROUNDING,
    TOTAL,
    WHOLE_ZONE,
    column_title,
    fact_title,
    how_text,
    missing_title,
    sections,
    sheet_name,
    table_order,
    table_title,
)
from maps.numerals import moment_text
from maps.reading import in_zone_first
from maps.whole_file import whole_file
from maps.workbook_layout import LINE_HEIGHT, column_width, head_height, lines, rooms, set_height, set_page
from planning.breakdown import AREAS
from planning.proposal import REGIONS
from planning.record import Column, Fact, Record, Table

SUMMARY = Text(vi="Tổng hợp", en="Summary")
_SCENARIO = Text(vi="Phương án: {scenario}", en="Scenario: {scenario}")
_HEADS = (
    Text(vi="Chỉ tiêu", en="Figure"),
    Text(vi="Giá trị", en="Value"),
    Text(vi="Đơn vị tính", en="Unit"),
    Text(vi="Cách tính", en="How it was made"),
)
_ORDINAL = Text(vi="STT", en="No.")
_MISSING = Text(vi="Lớp chưa có trong dự án", en="Layers that the project does not hold")
_ABOUT = Text(vi="Về bảng này", en="About this workbook")
_RECORD = Text(vi="Mã hồ sơ kết quả", en="Record")
_CREATED = Text(vi="Lập lúc", en="Computed on")
_SOFTWARE = Text(vi="Phần mềm", en="Software")
_CRS = Text(vi="Hệ tọa độ", en="Coordinate system")
_SIDES = ("base", "proposed")
_TOTAL_AT = Text(vi="Cộng đến {horizon}", en="Sum up to {horizon}")
_ROUNDING_AT = Text(vi="Lệch khi làm tròn riêng, đến {horizon}", en="Residual of rounding, up to {horizon}")
_PAGE = Text(vi="Trang", en="Page")

_SUMMARY_WIDTHS = (48, 32, 12, 98)
_ORDINAL_WIDTH = 6
# How much more of the small type stands on a line: that of how a figure was made.
_SMALL_MORE = 1.15
# How much wider bold letters are.
_BOLD = 1.1
# Title, project, notice, hidden column names, headings.
_NAMES_ROW, _HEAD_ROW = 3, 4
# Hidden key, ordinal number, then the columns of the table.
_FIRST_COLUMN = 2
# The same as they are called in a spreadsheet, for whoever leads a number back to its fact.
KEY_COLUMN, VALUE_COLUMN, NAMES_ROW = "A", "C", _NAMES_ROW + 1


@dataclass(frozen=True, eq=False)
class _Context:
    record: Record
    inks: Inks
    lang: Lang


def write_workbook(record: Record, path: Path, lang: Lang = "vi") -> None:
    """Write the facts and tables of a Record as XLSX; a file that is there is replaced whole or not at all."""
    with whole_file(path) as beside:
        beside.write_bytes(workbook_of(record, lang))


def workbook_of(record: Record, lang: Lang = "vi") -> bytes:
    """Return the facts and tables of a Record as XLSX."""
    with _workbook(record, lang) as (context, content):
        _write_summary(context.inks.book.add_worksheet(SUMMARY.to(lang)), context)
        for name in table_order(record):
            _add_table(name, context)
    return content.getvalue()


def write_table_workbook(record: Record, name: str, path: Path, lang: Lang = "vi") -> None:
    """Write one table of a Record as XLSX."""
    with whole_file(path) as beside:
        with _workbook(record, lang) as (context, content):
            _add_table(name, context)
        beside.write_bytes(content.getvalue())


@contextmanager
def _workbook(record: Record, lang: Lang) -> Iterator[tuple[_Context, BytesIO]]:
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(_properties(record))
    yield _Context(record, Inks(book, {}), lang), content
    book.close()


def _add_table(name: str, context: _Context) -> None:
    sheet = context.inks.book.add_worksheet(sheet_name(name, context.lang))
    _write_table(sheet, name, context.record.tables[name], context)


def _properties(record: Record) -> dict[str, object]:
    try:
        created = {"created": datetime.fromisoformat(record.stamp.created)}
    except ValueError:
        created = {}
    return {"title": record.project, "subject": record.scenario, "comments": record.id, **created}


def _write_summary(sheet: Worksheet, context: _Context) -> None:
    record, inks, lang = context.record, context.inks, context.lang
    _write_heading(sheet, record.project, context)
    for column, head in enumerate(_HEADS, start=1):
        sheet.write_string(_HEAD_ROW, column, head.to(lang), inks.of("header"))
    row = _HEAD_ROW + 1
    for section in sections(record, lang):
        row = _write_section(sheet, row, section.title, context)
        for key in section.keys:
            _write_summary_fact(sheet, row, record.fact(key), context)
            row += 1
    for title, told in ((_MISSING, _missing(context)), (_ABOUT, _about(context))):
        row = _write_section(sheet, row, title.to(lang), context) if told else row
        for line in told:
            _write_texts(sheet, row, line, context)
            row += 1
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for column, width in enumerate(_SUMMARY_WIDTHS, start=1):
        sheet.set_column(column, column, width)
    _set_page(sheet, context, 2, _SUMMARY_WIDTHS)


def _write_summary_fact(sheet: Worksheet, row: int, fact: Fact, context: _Context) -> None:
    inks, lang = context.inks, context.lang
    unit = reading_unit(fact.key, fact.unit)
    symbol = "" if unit == "share" else SYMBOLS.get(unit, "")  # a percentage carries its own
    sheet.write_string(row, 0, fact.key, inks.of("hidden"))
    sheet.write_string(row, 1, fact_title(fact.key, lang), inks.of("body"))
    value = write_fact(sheet, row, 2, fact, inks, lang)
    sheet.write_string(row, 3, symbol, inks.of("centred"))
    sheet.write_string(row, 4, how_text(fact, lang), inks.of("how"))
    widths = _SUMMARY_WIDTHS[1], _SUMMARY_WIDTHS[3] * _SMALL_MORE
    set_height(sheet, row, zip((value, how_text(fact, lang)), widths, strict=True))


def _write_section(sheet: Worksheet, row: int, title: str, context: _Context) -> int:
    for column in range(1, 5):
        sheet.write_string(row, column, title if column == 1 else "", context.inks.of("section"))
    return row + 1


def _write_texts(sheet: Worksheet, row: int, texts: Sequence[str], context: _Context) -> None:
    for column in range(1, 5):
        text = texts[column - 1] if column <= len(texts) else ""
        sheet.write_string(row, column, text, context.inks.of("body"))
    set_height(sheet, row, zip(texts, _SUMMARY_WIDTHS, strict=False))


def _missing(context: _Context) -> list[tuple[str, ...]]:
    lang = context.lang
    return [(missing_title(name, lang), NO_DATA.to(lang)) for name in context.record.no_data]


def _about(context: _Context) -> list[tuple[str, ...]]:
    record, lang = context.record, context.lang
    return [
        (_RECORD.to(lang), record.id[:16], "", record.id),
        (_CREATED.to(lang), moment_text(record.stamp.created, lang)),
        (_SOFTWARE.to(lang), record.stamp.software),
        (_CRS.to(lang), record.crs),
        *((missing_title(one.layer, lang), "", "", f"SHA-256 {one.sha256}") for one in record.inputs),
    ]


def _write_heading(sheet: Worksheet, title: str, context: _Context) -> None:
    record, inks = context.record, context.inks
    scenario = _SCENARIO.to(context.lang, scenario=record.scenario) if record.scenario else ""
    told = (scenario, record.reason) if title == record.project else (record.project, scenario)
    sheet.write_string(0, 1, title, inks.of("title"))
    sheet.write_string(1, 1, " – ".join(part for part in told if part), inks.of("subtitle"))
    sheet.write_string(2, 1, record.notice, inks.of("notice"))


def _write_table(sheet: Worksheet, name: str, table: Table, context: _Context) -> None:
    _write_heading(sheet, table_title(name, context.lang), context)
    heads = _write_columns(sheet, name, table.columns, context)
    last, widths = _write_rows(sheet, name, table, heads, context)
    columns = list(table.columns)
    sheet.set_row(_HEAD_ROW, head_height(heads, widths))
    sheet.autofilter(_HEAD_ROW, _FIRST_COLUMN, last, _FIRST_COLUMN + len(columns) - 1)
    row = last + 1
    for title, cells in closing(name, table, context.record):
        set_height(sheet, row, [(title.to(context.lang), widths[_titled_at(columns)] / _BOLD)])
        row = _write_closing(sheet, row, title.to(context.lang), columns, cells, context)
    frozen = _FIRST_COLUMN + 1 + columns.index("name") if "name" in columns else _FIRST_COLUMN + 1
    _set_page(sheet, context, frozen, [_ORDINAL_WIDTH, *widths])


def _write_columns(sheet: Worksheet, name: str, columns: Mapping[str, Column], context: _Context) -> list[str]:
    """Write the headings, and return those of the columns of the table."""
    inks, lang = context.inks, context.lang
    sheet.set_row(_NAMES_ROW, None, None, {"hidden": True})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, _ORDINAL_WIDTH)
    sheet.write_string(_HEAD_ROW, 1, _ORDINAL.to(lang), inks.of("header"))
    heads = [
        head_text(column_title(column, lang, name), reading_unit(f"{name}[", meaning.unit))
        for column, meaning in columns.items()
    ]
    for place, (column, head) in enumerate(zip(columns, heads, strict=True), start=_FIRST_COLUMN):
        sheet.write_string(_NAMES_ROW, place, column, inks.of("hidden"))
        sheet.write_string(_HEAD_ROW, place, head, inks.of("header"))
    return heads


def _write_rows(
    sheet: Worksheet, name: str, table: Table, heads: Sequence[str], context: _Context
) -> tuple[int, list[float]]:
    """Write the rows, column by column; return the last one, and the widths of the columns."""
    inks, first = context.inks, _HEAD_ROW + 1
    rows = (in_zone_first(table) if name.startswith("by.") else table.frame)[list(table.columns)]
    for place, key in enumerate(rows["key"]):
        sheet.write_string(first + place, 0, f"{name}[{key}].", inks.of("hidden"))
        sheet.write_number(first + place, 1, place + 1, inks.of("centred"))
    most, widths = np.ones(len(rows)), []
    for place, (column, head) in enumerate(zip(table.columns, heads, strict=True), start=_FIRST_COLUMN):
        cells = Cells(name, table, rows, column)
        taken = rooms(write_column(sheet, first, place, cells, inks, context.lang))
        widths.append(column_width(cells.unit, head, taken))
        sheet.set_column(place, place, widths[-1])
        most = np.maximum(most, lines(taken, widths[-1]))
    for place in np.flatnonzero(most > 1).tolist():
        sheet.set_row(first + place, float(most[place]) * LINE_HEIGHT)
    return _HEAD_ROW + len(rows), widths


def closing(name: str, table: Table, record: Record) -> Iterator[tuple[Text, dict[str, str]]]:
    """Yield the closing rows of a breakdown: heading, and key of the fact by column."""
    sums = {column: f"{name}.total.{column}" for column in AREAS} | {"gross_m2": f"{name}.gross_m2"}
    told = {column: key for column, key in sums.items() if key in record.facts and column in table.columns}
    if told:
        yield TOTAL, told
        if f"{name}.residual_m2.{REGIONS[0]}" in record.facts:
            yield WHOLE_ZONE, {f"{region}_m2": f"area_m2.{region}" for region in REGIONS}
            yield RESIDUAL, {f"{region}_m2": f"{name}.residual_m2.{region}" for region in REGIONS}
    for horizon in table.frame["horizon"].unique() if "horizon" in table.columns else ():
        at = f"{name}.{horizon}.total"
        yield _TOTAL_AT.filled(horizon=horizon), {f"{side}_m2": f"{at}.{side}_m2" for side in _SIDES}
        yield _ROUNDING_AT.filled(horizon=horizon), _rounding(f"{name}.{horizon}")
    if f"{name}.rounding.base" in record.facts:
        yield ROUNDING, _rounding(name)


def _rounding(place: str) -> dict[str, str]:
    return {f"{side}_percent": f"{place}.rounding.{side}" for side in _SIDES}


def _titled_at(columns: Sequence[str]) -> int:
    """Return in which column the closing rows have their headings."""
    return columns.index("name") if "name" in columns else 0


def _write_closing(
    sheet: Worksheet, row: int, title: str, columns: Sequence[str], keys: Mapping[str, str], context: _Context
) -> int:
    """Write one closing row and, hidden under it, its keys; return the row after."""
    inks = context.inks
    for place in range(1, _FIRST_COLUMN + len(columns)):
        sheet.write_string(row, place, "", inks.of("sum"))
    sheet.write_string(row, _FIRST_COLUMN + _titled_at(columns), title, inks.of("sum"))
    for column, key in keys.items():
        place = _FIRST_COLUMN + columns.index(column)
        fact = context.record.fact(key)
        formula = _formula(key, row, place)
        if formula and fact.value is not None:
            write_sum(sheet, row, place, formula, fact, inks, context.lang)
        else:
            write_fact(sheet, row, place, fact, inks, context.lang, "sum")
        sheet.write_string(row + 1, place, key, inks.of("hidden"))
    sheet.set_row(row + 1, None, None, {"hidden": True})
    return row + 2


def _formula(key: str, row: int, place: int) -> str:
    """Return the formula of a closing cell: sum of the rows above, or whole zone less sum; empty for a plain number."""
    if key.startswith("balance.horizons"):  # the rows above belong to several horizons
        return ""
    if re.search(r"\.total\.\w+$|\.gross_m2$", key):
        first = xl_rowcol_to_cell(_HEAD_ROW + 1, place)
        return f"=SUM({first}:{xl_rowcol_to_cell(row - 1, place)})"
    if ".residual_m2." in key:
        return f"={xl_rowcol_to_cell(row - 2, place)}-{xl_rowcol_to_cell(row - 4, place)}"
    return ""


def _set_page(sheet: Worksheet, context: _Context, frozen_columns: int, widths: Sequence[float]) -> None:
    footer = (context.record.id[:16], _PAGE.to(context.lang))
    set_page(sheet, head_row=_HEAD_ROW, frozen_columns=frozen_columns, width=sum(widths), footer=footer)
