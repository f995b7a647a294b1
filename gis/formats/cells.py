"""The cells of a workbook with their places and kinds, read in a process that may die: nothing in them is computed.

A formula is told as one, never as its result; who asks decides what becomes of it.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gis.errors import FileDamaged, FileRefused, ReadingStopped
from gis.formats.accepted import accepted_format, refused
from gis.formats.limits import LIMITS, Limits, require_size
from gis.formats.structure import require_whole
from gis.language import Text

Kind = Literal["text", "number", "date", "flag", "formula", "error"]
_HOME = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell: row and column from 1, and its value as text (days as ISO, numbers with a point)."""

    row: int
    column: int
    kind: Kind
    text: str


def cells_of(path: Path, limits: Limits = LIMITS) -> dict[str, tuple[Cell, ...]]:
    """Return the filled cells of every sheet, row by row.

    Raises
    ------
    FileMissing, FileRefused, FileTooLarge, FileDamaged, ReadingStopped
    """
    known = accepted_format(path)
    if known.driver != "XLSX":
        raise _not_a_workbook(path)
    require_size(path, (path,), limits)
    require_whole(path, known, (path,), limits)
    with tempfile.TemporaryDirectory(prefix="mocgioi-") as folder:
        out = Path(folder) / "cells.json"
        _read_apart(path, out, limits)
        told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "error" in told:
        raise FileDamaged(path=path, reason=f"{told['error'].rstrip('.')}.")
    return {sheet: tuple(Cell(*cell) for cell in cells) for sheet, cells in told["sheets"].items()}


def address(row: int, column: int) -> str:
    """Return a place as people write it.

    Examples
    --------
    >>> address(12, 4), address(1, 28)
    ('D12', 'AB1')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _read_apart(path: Path, out: Path, limits: Limits) -> None:
    command = [
        sys.executable,
        "-P",
        "-m",
        "gis.formats.cell_reading",
        str(path.resolve()),
        str(out),
        str(limits.memory_bytes),
    ]
    environment = {**os.environ, "PYTHONPATH": str(_HOME), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 -- this Python, this module
            command, env=environment, capture_output=True, timeout=limits.seconds_for((path,)), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingStopped(path=path, reason=_TIME) from error
    if done.returncode or not out.is_file():
        raise ReadingStopped(path=path, reason=_DEATH)


def _not_a_workbook(path: Path) -> FileRefused:
    return refused(path, Text(vi="đây không phải là tệp Excel (.xlsx).", en="this is no Excel workbook (.xlsx)."))


_TIME = Text(vi="quá thời gian cho phép.", en="it took longer than allowed.")
_DEATH = Text(vi="tiến trình đọc tệp bị ngắt đột ngột.", en="the reading process died.")
