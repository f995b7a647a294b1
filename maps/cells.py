"""One fact, one cell: numbers as numbers in the formats of Vietnamese offices, text as text and never as a formula."""

from dataclasses import dataclass
from typing import Any

from pandas import DataFrame
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gis.language import Lang
from maps.formatter import (
    PATTERNS,
    cell_facts,
    fact_text,
    in_unit,
    is_signed,
    reading_unit,
    reads_alike,
    table_texts,
)
from planning.plain_rows import plain_values
from planning.record import Fact, Table, Unit

# Excel shows "50." for an optional decimal; a sheet always writes the one of metres.
_NUMBERS = {**PATTERNS, "m": "#,##0.0", "azimuth": '0.0000"°"'}
# Programs that heed it write the digits of the language; Excel follows the settings of the computer.
_LOCALES: dict[Lang, str] = {"vi": "[$-42A]", "en": "[$-409]"}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_GRID = {"border": 1, "border_color": "#BFBFBF"}
_INK = {
    "title": {"bold": True, "font_size": 15, "font_color": "#8C1026"},
    "subtitle": {"font_size": 12, "font_color": "#404040"},
    "notice": {"bold": True, "font_color": "#B00020"},
    "header": {**_GRID, "bold": True, "bg_color": "#DDE6EC", "align": "center", "text_wrap": True},
    "section": {**_GRID, "bold": True, "bg_color": "#F1F4F6"},
    "body": {**_GRID, "text_wrap": True, "indent": 1},
    "how": {**_GRID, "indent": 1, "text_wrap": True, "font_size": 11, "font_color": "#595959"},
    "centred": {**_GRID, "align": "center"},
    "sum": {**_GRID, "bold": True, "bg_color": "#EEF3E8", "text_wrap": True},
    "missing": {**_GRID, "indent": 1, "italic": True, "font_color": "#98550A", "text_wrap": True},
    "hidden": {"font_size": 9, "font_color": "#808080"},
}


@dataclass(frozen=True, eq=False)
class Inks:
    """The formats of one workbook, made when they are first asked for."""

    book: Workbook
    made: dict[tuple[str, str], Format]

    def of(self, ink: str, number: str = "") -> Format:
        """Return the format of a kind of cell, with a number format where it holds one."""
        if (ink, number) not in self.made:
            extra = {"num_format": number, "align": "right"} if number else {}
            self.made[ink, number] = self.book.add_format({**_FONT, **_INK[ink], **extra})
        return self.made[ink, number]


def number_format(fact: Fact, lang: Lang) -> str:
    """Return the number format of a fact in the unit in which it is read; empty for text."""
    plain = _NUMBERS.get(reading_unit(fact.key, fact.unit), "")
    shape = f"+{plain};−{plain};{plain}" if plain and is_signed(fact.key) else plain
    return f"{_LOCALES[lang]}{shape}" if shape else ""


def number_of(fact: Fact) -> Any:
    """Return the value of a numeric fact in the unit in which it is read."""
    return in_unit(fact.value, fact.unit, reading_unit(fact.key, fact.unit))


def write_fact(sheet: Worksheet, row: int, column: int, fact: Fact, inks: Inks, lang: Lang, ink: str = "body") -> str:
    """Write one fact into one cell; return its text, empty for a number."""
    shape = number_format(fact, lang)
    if shape and fact.value is not None:
        sheet.write_number(row, column, number_of(fact), inks.of(ink, shape))
        return ""
    text = fact_text(fact, lang)
    sheet.write_string(row, column, text, inks.of("missing" if fact.value is None else ink))
    return text


@dataclass(frozen=True, eq=False)
class Cells:
    """One column of some rows of a table."""

    name: str
    table: Table
    rows: DataFrame
    column: str

    @property
    def unit(self) -> Unit:
        """The unit of the column."""
        return self.table.columns[self.column].unit

    def alike(self) -> Fact:
        """Return what its cells are, whatever the row: a fact without a value."""
        return Fact(f"{self.name}[].{self.column}", None, self.unit, "")

    def facts(self) -> list[Fact]:
        """Return its cells as facts."""
        return cell_facts(self.name, self.table, self.rows, self.column)


def write_column(sheet: Worksheet, row: int, place: int, cells: Cells, inks: Inks, lang: Lang) -> list[str]:
    """Write a column from a row downwards; return the texts, empty for numbers."""
    if not reads_alike(cells.name, cells.unit):
        return [write_fact(sheet, at, place, fact, inks, lang) for at, fact in enumerate(cells.facts(), start=row)]
    alike = cells.alike()
    shape, unit, wanted = number_format(alike, lang), alike.unit, reading_unit(alike.key, alike.unit)
    table, rows, column = cells.table, cells.rows, cells.column
    texts = [""] * len(rows) if shape else table_texts(cells.name, table, rows, column, lang, symbol=True)
    ink, missing, nothing = inks.of("body", shape), inks.of("missing"), fact_text(alike, lang)
    for at, value in enumerate(plain_values(rows[column])):
        if value is None:
            texts[at] = nothing
            sheet.write_string(row + at, place, nothing, missing)
        elif shape:
            sheet.write_number(row + at, place, in_unit(value, unit, wanted), ink)
        else:
            sheet.write_string(row + at, place, texts[at], ink)
    return texts


def write_sum(sheet: Worksheet, row: int, column: int, formula: str, fact: Fact, inks: Inks, lang: Lang) -> None:
    """Write a formula of ours whose stored result is the fact, so that readers without a calculator see it too."""
    sheet.write_formula(row, column, formula, inks.of("sum", number_format(fact, lang)), number_of(fact))
