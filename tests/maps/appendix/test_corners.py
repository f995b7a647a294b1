"""A boundary of 20,000 corners: every one of them in Word and in Excel, with its coordinates."""

import os
from dataclasses import replace

import numpy as np
import pytest

from maps.appendix.chapters import chapters
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import word_of
from maps.formatter import value_text
from maps.labels import sheet_name
from maps.verify.cells import read_cells
from maps.verify.document import read_document
from maps.workbook import workbook_of
from planning.markers import PROPOSED
from planning.record import Record, Table

# A seeded few without MOCGIOI_BARS=full.
CORNERS = 20_000 if os.environ.get("MOCGIOI_BARS") == "full" else 2_000


@pytest.fixture
def long_record(record: Record) -> Record:
    """Return the Record with a coordinate table of 20,000 rows, no two alike."""
    table = record.tables[PROPOSED]
    rows = np.arange(CORNERS) % len(table.frame)
    frame = table.frame.iloc[rows].reset_index(drop=True)
    step = np.arange(CORNERS)
    frame = frame.assign(
        key=[f"{one + 1}" for one in step],
        northing_m=np.round(2_400_000 + step * 1.001, 3),
        easting_m=np.round(440_000 + step * 0.503, 3),
    )
    return replace(record, tables={**record.tables, PROPOSED: Table(frame, table.columns)})


@pytest.mark.slow
def test_20_000_corners_are_all_there(long_record: Record):
    """No row is lost, none doubled, and the order is that of the table."""
    frame = long_record.tables[PROPOSED].frame
    wanted = [value_text(one, "coordinate", "vi") for one in frame["northing_m"]]
    wishes = AppendixWishes()
    lines = read_document(word_of(long_record, wishes, chapters(long_record, wishes, ()), b"")).lines
    among = set(wanted)
    assert [line for line in lines if line in among] == wanted
    cells = read_cells(workbook_of(long_record))[sheet_name(PROPOSED, "vi")]
    norths = [cell.value for place, cell in cells.items() if place.startswith("E") and isinstance(cell.value, float)]
    assert norths == frame["northing_m"].tolist()
