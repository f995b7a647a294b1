"""How a sheet of a workbook is laid out: columns as wide as what they hold, rows as high, paper as large as it takes.

A width is in the unit of spreadsheets, a digit of the standard typeface; the letters of ours are a little wider.
"""

import textwrap
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from xlsxwriter.worksheet import Worksheet

LINE_HEIGHT, ROW_HEIGHT = 16.5, 18.0
_NUMBERS = {"m2": 14.0, "m": 12.0, "share": 11.0, "count": 9.0, "coordinate": 14.0, "azimuth": 12.0, "row": 14.0}
# The widest that a column of texts becomes before its texts break into lines.
_MOST = {"words": 46.0}
_TEXT_MOST, _LEAST = 36.0, 8.0
# Room of a letter, of a capital more than that, and of the indent with the edges of a cell.
_LETTER, _CAPITAL_MORE, _EDGES = 1.06, 0.45, 2.2
# Of a line that breaks between words a part stays empty.
_FILLED = 0.9
# Widths are rounded to a tenth.
_ROUNDING = 0.1
_BOLD = 1.2
# Room of a letter of a heading, whose lines are short and centred.
_HEAD_LETTER = 0.95
# Above this width a sheet stands on A3: on A4 it would be too small to read.
_A4_WIDTH = 190.0
_A4, _A3 = 9, 8


@lru_cache(maxsize=100_000)
def room(text: str) -> float:
    """Return the width that a text takes on one line, without the edges of its cell."""
    return _LETTER * (len(text) + _CAPITAL_MORE * sum(map(str.isupper, text)))


def rooms(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the width of each text, shape (n,)."""
    return np.fromiter(map(room, texts), dtype=np.float64, count=len(texts))


def column_width(unit: str, head: str, widths: npt.NDArray[np.float64]) -> float:
    """Return the width of a column.

    Parameters
    ----------
    unit : of its cells; that of a number is as wide as numbers of its kind become
    head : no word of it is broken
    widths : of its texts, 0 for numbers
    """
    most = max(_MOST.get(unit, _TEXT_MOST), _NUMBERS.get(unit, _LEAST))
    texts = float(widths.max(initial=0))
    word = max((_BOLD * room(word) for word in head.split()), default=0.0)
    least = _NUMBERS.get(unit, _LEAST)
    return round(max(least, word + _EDGES, min(most, texts + _EDGES if texts else least)), 1)


def lines(widths: npt.NDArray[np.float64], width: float) -> npt.NDArray[np.float64]:
    """Return into how many lines texts break in a column of that width."""
    usable = width - _EDGES + _ROUNDING
    return np.where(widths <= usable, 1.0, np.ceil(widths / (usable * _FILLED)))


def head_height(heads: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row of headings."""
    pairs = zip(heads, widths, strict=True)
    most = max((len(textwrap.wrap(head, max(1, int((width - 1) / _HEAD_LETTER)))) for head, width in pairs), default=1)
    return max(2, most) * LINE_HEIGHT + 4


def set_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Give a row room for its longest text, ``(text, width)``: not every program does so on opening."""
    most = max((float(lines(rooms([text]), width)[0]) for text, width in texts), default=1.0)
    if most > 1:
        sheet.set_row(row, most * LINE_HEIGHT)


def set_page(sheet: Worksheet, *, head_row: int, frozen_columns: int, width: float, footer: tuple[str, str]) -> None:
    """Lay a sheet out for print: across, as wide as the paper, its headings on every page.

    Parameters
    ----------
    width : of all columns that are shown
    footer : text on the left; word for the page on the right
    """
    sheet.freeze_panes(head_row + 1, frozen_columns)
    sheet.hide_gridlines(2)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _A4_WIDTH else _A3)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(head_row)
    left, page = footer
    typeface = '&"Times New Roman,Regular"&9'
    # Between the size and a text that begins with a digit stands a space.
    sheet.set_footer(f"&L{typeface} {left}&R{typeface} {page} &P/&N")
