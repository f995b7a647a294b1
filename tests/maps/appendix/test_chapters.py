"""What the Word file says, block by block, before it becomes Word."""

import re

import pytest

from maps.appendix.blocks import Block, Grid
from maps.appendix.chapters import chapters
from maps.appendix.wishes import AppendixWishes
from maps.formatter import reading_unit, unit_word
from maps.labels import column_title
from planning.record import Record


@pytest.fixture(scope="module")
def blocks(record: Record) -> tuple[Block, ...]:
    """Return the document of the small project, without maps."""
    return chapters(record, AppendixWishes(), ())


def test_a_unit_is_told_once(blocks: tuple[Block, ...]) -> None:
    """In the heading of its column or in the cell: never in both, and never in a column of its own beside."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert len(grids) > 5
    for grid in grids:
        assert column_title("unit", "vi") not in grid.heads
        for place, head in enumerate(grid.heads):
            if told := re.search(r"\((\S+)\)$", head):
                assert not any(row[place].text.endswith(told[1]) for row in grid.rows)


def test_a_figure_of_law_carries_its_unit(blocks: tuple[Block, ...], record: Record) -> None:
    """Rows of one column have units of their own: each value says which."""
    criteria = record.tables["criteria"].frame
    units = dict(zip(criteria["key"], criteria["unit"], strict=True))
    (grid,) = (block for block in blocks if isinstance(block, Grid) and block.name == "criteria")
    values = [row[3] for row in grid.rows if row[3].text != "–"]
    assert values
    for piece in values:
        unit = reading_unit(piece.key, units[piece.key.partition("[")[2].partition("]")[0]])
        assert unit in ("count", "ratio", "date", "text") or piece.text.endswith(unit_word(unit, "vi"))
