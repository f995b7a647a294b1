"""Tables of text, from CSV or the sheets of a workbook. Runs in the reading process."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa

from gis.formats.arrow import Wrong, decoded

_DELIMITERS = ",;\t|"


class Table:
    """Tables by name; the first row of each holds its headings."""

    def __init__(self, tables: dict[str, list[list[Any]]]) -> None:
        self.tables, self.names = tables, list(tables)

    def layer(self, name: str) -> dict[str, Any]:
        """Return the headings."""
        heads = self.tables[name][0] if self.tables[name] else []
        rows = max(len(self.tables[name]) - 1, 0)
        return {"name": name, "rows": rows, "geometry": "", "crs": None, "fields": [[one, "text"] for one in heads]}

    def broken(self, name: str) -> dict[int, str]:
        """Return why rows (from 1, below the headings) cannot be read: not one value per heading."""
        heads, *rows = self.tables[name]
        return {
            place: f"{len(row)} ≠ {len(heads)}" for place, row in enumerate(rows, start=1) if len(row) != len(heads)
        }

    def batches(self, name: str, most: int | None) -> Iterator[Any]:
        """Yield the rows as one batch of texts; a row that is too short or too long is cut or filled to size."""
        heads, *rows = self.tables[name]
        if len(set(heads)) < len(heads) or "" in heads:
            raise Wrong(f"headings must be there, each once: {', '.join(heads)}")
        width = len(heads)
        sized = [(row + [None] * width)[:width] for row in rows[:most]]
        columns = [pa.array([row[place] for row in sized], type=pa.string()) for place in range(width)]
        yield pa.RecordBatch.from_arrays(columns, names=heads)


def csv_table(path: Path) -> Table:
    """Read a CSV; bytes that are no UTF-8 come as Latin-1, one character a byte."""
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    text = decoded(content) or ""
    if "\0" in text:
        raise Wrong("it holds zero bytes")
    counts = {one: text.partition("\n")[0].count(one) for one in _DELIMITERS}
    delimiter = max(counts, key=lambda one: counts[one])
    try:
        rows = [
            [one.strip() or None for one in row]
            for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
            if row
        ]
    except csv.Error as error:
        raise Wrong(str(error)) from error
    heads = [[one or "" for one in row] for row in rows[:1]]
    return Table({path.stem: [*heads, *rows[1:]]})


def xlsx_table(path: Path) -> Table:
    """Read the values of a workbook (not its formulas); the first row of a sheet is its headings."""
    import openpyxl  # noqa: PLC0415 -- only for this format

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    return Table({sheet.title: _sheet(sheet) for sheet in book.worksheets})


def _sheet(sheet: Any) -> list[list[Any]]:
    rows = [[_cell(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    rows = [row for row in rows if any(one is not None for one in row)]
    width = max((place + 1 for row in rows for place, one in enumerate(row) if one is not None), default=0)
    padded = [(row + [None] * width)[:width] for row in rows]
    return [[one or "" for one in row] for row in padded[:1]] + padded[1:]


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)
