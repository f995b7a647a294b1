"""A printed balance table, checked: whether its columns sum to the total that it states, its percentages to 100.

The first column names the lines; every other column whose cells are numbers is a column of the balance. The line of
the total is the one that is called so, in either language; without one the total has to be given.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from pathlib import Path

from babel.numbers import NumberFormatError, parse_decimal

from gis.language import LANGUAGES, Lang, Text
from gis.text import search_key
from planning.errors import BalanceTableWrong

_TOTALS = ("tong cong", "tong", "cong", "total", "sum")
_WHOLE = Decimal(100)
# The balance of QĐ 1055/QĐ-TTg of 8 July 2010, with the total of QĐ 138/2008/QĐ-TTg.
DECISION_1055 = "qd-1055-2010"


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """One column of a printed balance.

    Attributes
    ----------
    stated : the total that the table states, 100 for percentages; None where nothing states it
    lines : names and numbers, the total not among them
    """

    title: str
    stated: Decimal | None
    lines: tuple[tuple[str, Decimal], ...]

    @property
    def sum(self) -> Decimal:
        """What the lines add up to."""
        return sum((number for _, number in self.lines), Decimal(0))

    @property
    def missing(self) -> Decimal | None:
        """What the lines lack of the total; negative where they are more."""
        return None if self.stated is None else self.stated - self.sum

    @property
    def closes(self) -> bool:
        """Whether the lines add up to the stated total, to the last printed digit."""
        return self.missing == 0


def check_file(path: Path, total: Decimal | None = None, lang: Lang = "vi") -> tuple[PrintedColumn, ...]:
    """Check a printed table that was typed into a CSV file.

    Parameters
    ----------
    total : that every column must reach, where the table has no line for it; percentages must reach 100
    lang : how numbers are written, where that is not plain from the table closing

    Raises
    ------
    BalanceTableWrong
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BalanceTableWrong(path=path, problem=error) from error
    return check(text, str(path), total, lang)


def check_decision() -> tuple[PrintedColumn, ...]:
    """Check the balance of the master plan of 2010 as it was printed."""
    text = (files("planning") / "data" / f"{DECISION_1055}.csv").read_text(encoding="utf-8")
    return check(text, DECISION_1055)


def check(text: str, path: str, total: Decimal | None = None, lang: Lang = "vi") -> tuple[PrintedColumn, ...]:
    """Check the text of a CSV table; `path` is named in messages."""
    rows = [row for row in csv.reader(StringIO(text), delimiter=_delimiter(text)) if any(cell.strip() for cell in row)]
    if len(rows) < 3:
        raise BalanceTableWrong(path=path, problem=_SHORT)
    head, lines = rows[0], [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows[1:]]
    names = [line[0].strip() for line in lines]
    ways = (lang, *(one for one in LANGUAGES if one != lang))
    read = [
        _column(title.strip(), names, [line[place] for line in lines], total, ways)
        for place, title in enumerate(head[1:], start=1)
    ]
    columns = tuple(column for column in read if column is not None)
    if not columns:
        raise BalanceTableWrong(path=path, problem=_NO_NUMBERS)
    if all(column.stated is None for column in columns):
        raise BalanceTableWrong(path=path, problem=_NO_TOTAL)
    return columns


def _column(
    title: str, names: Sequence[str], cells: Sequence[str], total: Decimal | None, ways: Sequence[Lang]
) -> PrintedColumn | None:
    """Return a column, read in the way of writing numbers in which it closes, else the first that fits; None: words."""
    read = []
    for lang in ways:
        try:
            numbers = [_number(cell, lang) for cell in cells]
        except NumberFormatError:
            continue
        read.append(PrintedColumn(title, *_told(names, numbers, title, total)))
    return next((column for column in read if column.closes), read[0] if read else None)


def _told(
    names: Sequence[str], numbers: Sequence[Decimal], title: str, total: Decimal | None
) -> tuple[Decimal | None, tuple[tuple[str, Decimal], ...]]:
    """Return the stated total and the lines under it."""
    pairs = list(zip(names, numbers, strict=True))
    stated = next((number for name, number in pairs if _is_total(name)), None)
    lines = tuple((name, number) for name, number in pairs if not _is_total(name))
    if "%" in title:
        return _WHOLE, lines
    return total if stated is None else stated, lines


def _is_total(name: str) -> bool:
    return search_key(name).strip(" :.") in _TOTALS


def _number(cell: str, lang: Lang) -> Decimal:
    bare = cell.strip().removesuffix("%").strip()
    if bare in ("", "-", "–"):
        return Decimal(0)
    return parse_decimal(bare, locale=lang, strict="." in bare or "," in bare)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


_SHORT = Text(
    vi="cần dòng tiêu đề, các dòng số liệu và dòng tổng cộng", en="a heading, lines and a line of the total are needed"
)
_NO_NUMBERS = Text(vi="không có cột nào toàn số", en="no column holds numbers only")
_NO_TOTAL = Text(
    vi="không có dòng “Tổng cộng”; hãy thêm dòng này hoặc --total SỐ",
    en="there is no line “Total”; add it, or give --total NUMBER",
)
