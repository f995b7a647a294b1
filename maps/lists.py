"""Lists as sheets of a workbook: every cell is text, so that nothing in the data can be read as a formula."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from maps.cells import Inks
from maps.whole_file import whole_file

_A4 = 9
# Vietnamese letters to a unit of column width, on average.
_LETTERS = 1.1
_LINE_HEIGHT = 16.5


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet.

    Attributes
    ----------
    name, title : of the sheet, and what stands above the list
    heads, widths : heading and width of each column
    rows : texts
    """

    name: str
    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]


def write_lists(sheets: Sequence[Listed], path: Path) -> None:
    """Write the sheets as XLSX; a file that is there is replaced whole."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    inks = Inks(book, {})
    for one in sheets:
        _write(book.add_worksheet(one.name), inks, one)
    book.close()
    with whole_file(path) as beside:
        beside.write_bytes(content.getvalue())


def _write(sheet: Worksheet, inks: Inks, listed: Listed) -> None:
    sheet.write_string(0, 0, listed.title, inks.of("title"))
    for column, (head, width) in enumerate(zip(listed.heads, listed.widths, strict=True)):
        sheet.write_string(2, column, head, inks.of("header"))
        sheet.set_column(column, column, width)
    for row, cells in enumerate(listed.rows, start=3):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, inks.of("body"))
        lines = max(math.ceil(len(cell) / (width * _LETTERS)) for cell, width in zip(cells, listed.widths, strict=True))
        if lines > 1:  # not every program makes room on opening
            sheet.set_row(row, lines * _LINE_HEIGHT)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + max(len(listed.rows), 1), len(listed.heads) - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
