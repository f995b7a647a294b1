"""A boundary of 20,000 corners: every one of them in Word and in Excel, with its coordinates."""

import os

import pytest

from benchmarks.appendix import with_corners
from maps.appendix.chapters import chapters
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import word_of
from maps.formatter import value_text
from maps.labels import sheet_name
from maps.verify.cells import read_cells
from maps.verify.document import read_document
from maps.workbook import workbook_of
from planning.markers import PROPOSED
from planning.record import Record

# A seeded few without MOCGIOI_BARS=full.
CORNERS = 20_000 if os.environ.get("MOCGIOI_BARS") == "full" else 2_000


@pytest.mark.slow
def test_20_000_corners_are_all_there(record: Record):
    """No row is lost, none doubled, and the order is that of the table."""
    long_record = with_corners(record, CORNERS)
    frame = long_record.tables[PROPOSED].frame
    wanted = [value_text(one, "coordinate", "vi") for one in frame["northing_m"]]
    wishes = AppendixWishes()
    lines = read_document(word_of(long_record, wishes, chapters(long_record, wishes, ()), b"")).lines
    among = set(wanted)
    assert [line for line in lines if line in among] == wanted
    cells = read_cells(workbook_of(long_record))[sheet_name(PROPOSED, "vi")]
    norths = [cell.value for place, cell in cells.items() if place.startswith("E") and isinstance(cell.value, float)]
    assert norths == frame["northing_m"].tolist()
