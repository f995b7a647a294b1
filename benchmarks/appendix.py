"""The appendix: the demo's whole one and its verify; a table of 20,000 corners in Word and in Excel, written and read.

No other program makes these files, so there is no peer.
"""

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from layers.demo.build import build
from maps.appendix.chapters import chapters
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import word_of
from maps.appendix_folder import write_appendix
from maps.formatter import value_text
from maps.labels import sheet_name
from maps.verify.cells import read_cells
from maps.verify.document import read_document
from maps.verify.folder import verify
from maps.workbook import workbook_of
from planning.effect import analyse
from planning.markers import PROPOSED
from planning.record import Record, Table
from planning.variants import add_variants

PARCELS = 5_000
CORNERS = 20_000
_SCENARIO, _SEED = "mo-rong-chi-ma", 2018
# Of the sheet of corners: hidden key, ordinal number, number of the corner, ring, northing.
_NORTHING = "E"

Made = TypeVar("Made")


def run(options: Namespace) -> dict[str, Any]:
    """Return seconds of the demo's appendix and of its verify, and of a long table of corners."""
    most = min(options.parcels, PARCELS)
    with tempfile.TemporaryDirectory() as place:
        workspace = build(Path(place) / "demo", parcels=most)
        add_variants(workspace, _SEED)
        record = analyse(workspace, _SCENARIO)
        folder = Path(place) / "phu-luc"
        writing, _ = _timed(lambda: write_appendix(record, folder, AppendixWishes()))
        reading, verdict = _timed(lambda: verify(folder))
        sizes = [one.stat().st_size for one in folder.rglob("*") if one.is_file()]
    return {
        "benchmark": "appendix",
        "parcels": most,
        "seconds": {"appendix": writing, "verify": reading},
        "same": verdict.is_same,
        "megabytes": sum(sizes) / 1e6,
        "corners": _corners(record, CORNERS if most == PARCELS else CORNERS // 10),
    }


def _corners(record: Record, count: int) -> dict[str, Any]:
    """Return seconds of the Word file and of the workbook with a table of so many corners, and how many are in them."""
    wishes, long = AppendixWishes(), with_corners(record, count)
    frame = long.tables[PROPOSED].frame
    in_word, word = _timed(lambda: word_of(long, wishes, chapters(long, wishes, ()), b""))
    in_excel, excel = _timed(lambda: workbook_of(long))
    wanted = {value_text(one, "coordinate", "vi") for one in frame["northing_m"]}
    cells = read_cells(excel)[sheet_name(PROPOSED, "vi")]
    numbers = {cell.value for place, cell in cells.items() if place.startswith(_NORTHING)}
    return {
        "rows": count,
        "seconds": {"word": in_word, "excel": in_excel},
        "found": {
            "word": len(wanted & set(read_document(word).lines)),
            "excel": len(numbers & set(frame["northing_m"])),
        },
    }


def with_corners(record: Record, count: int) -> Record:
    """Return the Record with a coordinate table of so many rows, no two of which stand at the same place."""
    table = record.tables[PROPOSED]
    step = np.arange(count)
    frame = table.frame.iloc[step % len(table.frame)].reset_index(drop=True)
    frame = frame.assign(
        key=(step + 1).astype(str),
        northing_m=np.round(2_400_000 + step * 1.001, 3),
        easting_m=np.round(440_000 + step * 0.503, 3),
    )
    return replace(record, tables={**record.tables, PROPOSED: Table(frame, table.columns)})


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    begin = time.perf_counter()
    made = work()
    return time.perf_counter() - begin, made
