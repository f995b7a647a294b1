"""The Excel file: every cell against the workbook of the Record, every number against its fact, every formula again."""

import math
from collections.abc import Iterator, Mapping
from zipfile import BadZipFile

from lxml.etree import LxmlError

from gis.language import Lang
from maps.cells import number_of
from maps.verify.cells import Sheet, read_cells, recomputed, same_parts, split
from maps.verify.difference import Difference, compared, told
from maps.workbook import KEY_COLUMN, NAMES_ROW, SUMMARY, VALUE_COLUMN
from planning.record import Record

# A sum of numbers that were divided by 10,000 one by one may end elsewhere in the last of its sixteen digits.
_LAST_DIGITS = 1e-9


def workbook_differences(
    file: str, content: bytes, expected: bytes, record: Record, lang: Lang
) -> Iterator[Difference]:
    """Yield every place of an XLSX file that does not say what the Record says.

    Parameters
    ----------
    expected : the workbook that the Record gives
    """
    try:
        printed = read_cells(content)
        wanted = printed if same_parts(content, expected) else read_cells(expected)
    except (BadZipFile, KeyError, ValueError, IndexError, LxmlError) as error:
        yield Difference(file, "", "", str(error), "XLSX")
        return
    if printed.keys() != wanted.keys():
        yield Difference(file, "", "", ", ".join(printed), ", ".join(wanted))
    for name, cells in wanted.items():
        there = printed.get(name, {})
        facts = dict(_keys(cells, record, summary=name == SUMMARY.to(lang)))
        yield from (
            Difference(file, f"{name}!{one.place}", one.fact, one.printed, one.expected)
            for one in compared(file, there, cells, facts)
        )
        yield from _against_facts(file, name, there, facts, record)
        yield from _formulas(file, name, there, facts)


def _keys(cells: Sheet, record: Record, *, summary: bool) -> Iterator[tuple[str, str]]:
    """Yield the place of every fact of a sheet and its key, from what is hidden beside it."""
    heads = {split(place)[0]: str(cell.value) for place, cell in cells.items() if split(place)[1] == NAMES_ROW}
    hidden = {split(place)[1]: str(cell.value) for place, cell in cells.items() if split(place)[0] == KEY_COLUMN}
    for place, cell in cells.items():
        column, row = split(place)
        if summary:
            if row in hidden and column == VALUE_COLUMN:
                yield place, hidden[row]
        elif row in hidden and column in heads:
            yield place, hidden[row] + heads[column]
        elif row not in hidden and cell.value in record.facts:  # the hidden key of the closing cell above it
            yield f"{column}{row - 1}", str(cell.value)


def _against_facts(
    file: str, sheet: str, cells: Sheet, facts: Mapping[str, str], record: Record
) -> Iterator[Difference]:
    """Hold the numbers against their facts directly: what wrote the workbook has no say here."""
    for place, key in facts.items():
        cell = cells.get(place)
        if cell is not None and isinstance(cell.value, float):
            fact = record.fact(key)
            wanted = number_of(fact)
            if not isinstance(wanted, float | int) or not math.isclose(cell.value, wanted, rel_tol=1e-15):
                yield Difference(file, f"{sheet}!{place}", key, told(cell.value), told(wanted))


def _formulas(file: str, name: str, cells: Sheet, facts: Mapping[str, str]) -> Iterator[Difference]:
    for place, cell in cells.items():
        if cell.formula and isinstance(cell.value, float):
            again = recomputed(cell.formula, cells)
            if again is None or not math.isclose(again, cell.value, rel_tol=_LAST_DIGITS, abs_tol=_LAST_DIGITS):
                yield Difference(file, f"{name}!{place}", facts.get(place, ""), str(cell), told(again))
