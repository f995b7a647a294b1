"""The Excel file: every cell against the workbook of the Record, every number against its fact, every formula again."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zipfile import BadZipFile

import numpy as np
import pandas as pd
from lxml.etree import LxmlError

from gis.language import Lang
from maps.cells import number_of
from maps.formatter import in_unit, reading_unit
from maps.verify.cells import Cell, Sheet, read_cells, recomputed, same_parts, split
from maps.verify.difference import Difference, compared, told
from maps.workbook import KEY_COLUMN, NAMES_ROW, SUMMARY, VALUE_COLUMN
from planning.record import Record

# A sum of numbers that were divided by 10,000 one by one may end elsewhere in the last of its sixteen digits.
_LAST_DIGITS = 1e-9
# What a double keeps of a number that was divided.
_SAME = 1e-15
_BROKEN = (BadZipFile, KeyError, ValueError, IndexError, LxmlError)

# Places of a sheet, and the numbers that stand there.
Numbers = list[tuple[str, str, float]]


@dataclass(frozen=True, eq=False)
class WorkbookExpected:
    """The workbook that a Record gives."""

    content: bytes
    record: Record
    lang: Lang

    @cached_property
    def sheets(self) -> dict[str, dict[str, Cell]]:
        """Its cells by sheet and place."""
        return read_cells(self.content)

    @cached_property
    def facts(self) -> dict[str, dict[str, str]]:
        """Key of the fact at each place, by sheet; from what is hidden beside the cells."""
        summary = SUMMARY.to(self.lang)
        return {name: dict(_keys(cells, self.record, summary=name == summary)) for name, cells in self.sheets.items()}


def workbook_differences(file: str, content: bytes, expected: WorkbookExpected) -> Iterator[Difference]:
    """Yield every place of an XLSX file that is not as in the workbook of the Record, or whose formula is wrong."""
    try:
        if same_parts(content, expected.content):
            return
        printed = read_cells(content)
    except _BROKEN as error:
        yield Difference(file, "", "", str(error), "XLSX")
        return
    if list(printed) != list(expected.sheets):
        yield Difference(file, "sheets", "", ", ".join(printed), ", ".join(expected.sheets))
    for name, cells in expected.sheets.items():
        there, facts = printed.get(name, {}), expected.facts[name]
        for one in compared(file, there, cells, facts):
            yield Difference(file, f"{name}!{one.place}", one.fact, one.printed, one.expected)
        yield from _formulas(file, name, there, facts)


def workbook_misread(file: str, expected: WorkbookExpected) -> Iterator[Difference]:
    """Yield the numbers that are not their facts, and the formulas that come to something else than they store.

    What wrote the workbook has no say here.
    """
    for name, cells in expected.sheets.items():
        facts = expected.facts[name]
        yield from _against_facts(file, name, cells, facts, expected.record)
        yield from _formulas(file, name, cells, facts)


def _keys(cells: Sheet, record: Record, *, summary: bool) -> Iterator[tuple[str, str]]:
    """Yield the place of every fact of a sheet and its key, from what is hidden beside it."""
    places = {place: split(place) for place in cells}
    heads = {column: str(cells[place].value) for place, (column, row) in places.items() if row == NAMES_ROW}
    hidden = {row: str(cells[place].value) for place, (column, row) in places.items() if column == KEY_COLUMN}
    for place, (column, row) in places.items():
        if summary:
            if row in hidden and column == VALUE_COLUMN:
                yield place, hidden[row]
        elif row in hidden and column in heads:
            yield place, hidden[row] + heads[column]
        elif row not in hidden and cells[place].value in record.facts:  # the hidden key of the closing cell above it
            yield f"{column}{row - 1}", str(cells[place].value)


def _against_facts(
    file: str, sheet: str, cells: Sheet, facts: Mapping[str, str], record: Record
) -> Iterator[Difference]:
    for place, key, value, wanted in _numbers(cells, facts, record):
        if not isinstance(wanted, float | int) or not math.isclose(value, wanted, rel_tol=_SAME):
            yield Difference(file, f"{sheet}!{place}", key, told(value), told(wanted))


def _numbers(cells: Sheet, facts: Mapping[str, str], record: Record) -> Iterator[tuple[str, str, float, object]]:
    """Yield place, key, stored number and number of the fact wherever a sheet may differ from it."""
    columns: dict[tuple[str, str], Numbers] = {}
    for place, key in facts.items():
        cell = cells.get(place)
        if cell is None or not isinstance(cell.value, float):
            continue
        before, _, column = key.rpartition("].")
        table, _, row = before.partition("[")
        if key in record.facts or record.tables[table].columns[column].unit == "row":
            yield place, key, cell.value, number_of(record.fact(key))
        else:
            columns.setdefault((table, column), []).append((place, row, cell.value))
    for (table, column), numbers in columns.items():
        yield from _wrong_in_column(table, column, numbers, record)


def _wrong_in_column(
    table: str, column: str, numbers: Sequence[tuple[str, str, float]], record: Record
) -> Iterator[tuple[str, str, float, object]]:
    """Yield the numbers of one column that are not those of the table of the Record."""
    frame, unit = record.tables[table].frame, record.tables[table].columns[column].unit
    places, rows, stored = zip(*numbers, strict=True)
    values = pd.Series(pd.to_numeric(frame[column]).to_numpy(dtype=np.float64), index=frame["key"]).reindex(list(rows))
    wanted = in_unit(values.to_numpy(), unit, reading_unit(f"{table}[", unit))
    wrong = ~np.isclose(np.array(stored), wanted, rtol=_SAME, atol=0)
    for place in np.flatnonzero(wrong).tolist():
        yield places[place], f"{table}[{rows[place]}].{column}", stored[place], float(wanted[place])


def _formulas(file: str, name: str, cells: Sheet, facts: Mapping[str, str]) -> Iterator[Difference]:
    for place, cell in cells.items():
        if cell.formula and isinstance(cell.value, float):
            again = recomputed(cell.formula, cells)
            if again is None or not math.isclose(again, cell.value, rel_tol=_LAST_DIGITS, abs_tol=_LAST_DIGITS):
                yield Difference(file, f"{name}!{place}", facts.get(place, ""), str(cell), told(again))
