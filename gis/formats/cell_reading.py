"""Reads the cells of one workbook in a process of its own: ``python -m gis.formats.cell_reading FILE OUT MEMORY``."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gis.formats.memory import limit_memory

# openpyxl loads them for pictures and arrays, which no cell is; they are half of the start of the process.
_NOT_NEEDED = ("numpy", "PIL")


def _sheets(path: Path) -> dict[str, list[tuple[int, int, str, str]]]:
    import openpyxl  # noqa: PLC0415 -- once `main` has said what it is to do without

    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    return {sheet.title: list(_filled(sheet)) for sheet in book.worksheets}


def _filled(sheet: Any) -> Iterator[tuple[int, int, str, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and cell.value != "":
                yield cell.row, cell.column, *_told(cell)


def _told(cell: Any) -> tuple[str, str]:
    value = cell.value
    if cell.data_type == "f" or type(value).__name__ in ("ArrayFormula", "DataTableFormula"):
        return "formula", str(getattr(value, "text", value))
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", "true" if value else "false"
    if isinstance(value, datetime):
        return "date", value.date().isoformat()
    if isinstance(value, date):
        return "date", value.isoformat()
    return ("number", f"{value:.15g}") if isinstance(value, int | float) else ("text", str(value))


def main() -> None:
    """Read one workbook and write its cells as JSON."""
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]  # not to be imported
    limit_memory(int(sys.argv[3]))
    try:
        told: dict[str, Any] = {"sheets": _sheets(Path(sys.argv[1]))}
    except Exception as error:  # noqa: BLE001 -- whatever a hostile file provokes is an answer, not a crash
        told = {"error": str(error) or type(error).__name__}
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
