"""Yards whose recognition the scenario breaks, in the side panel: a warning that stands before everything of yards."""

from collections.abc import Iterator

from gis.language import Lang
from maps.webmap.blocks import Block, row_table, sentence
from maps.yard_words import BREAKS, MAY_BREAK
from planning.law.yard_recognition import AT_RISK, LOST, RECOGNITION, broken
from planning.record import Record

_COLUMNS = ("name", "recognition", "place_base", "place_proposed", "size_proposed", "gate_area_m")


def recognition_blocks(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield how many yards lose, or may lose, their recognition, and a row for each; nothing where none does."""
    for change, words in ((LOST, BREAKS), (AT_RISK, MAY_BREAK)):
        key = f"{RECOGNITION}.{change}"
        if key in record.facts and record.value(key):
            yield sentence(record, words, {"count": key}, lang, tone="warning")
    if RECOGNITION in record.tables and len(rows := broken(record.tables[RECOGNITION])):
        yield row_table(record, RECOGNITION, rows, _COLUMNS, lang) | {"layer": "yards"}
