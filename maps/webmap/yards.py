"""Yards in the side panel: what their recognition loses, and the layouts that a Record of capacity holds."""

from collections.abc import Iterator

from gis.language import Lang
from maps.labels import section_keys, table_title
from maps.webmap.blocks import Block, fact_list, row_table, section, sentence
from maps.yard_words import BREAKS, MAY_BREAK, YARDS
from planning.law.yard_recognition import AT_RISK, LOST, RECOGNITION, broken
from planning.record import Record
from planning.yard_capacity import CAPACITY

_COLUMNS = ("name", "recognition", "place_base", "place_proposed", "size_proposed", "gate_area_m")
_LAID_OUT = ("name", "area_m2", "slots", "capacity_vehicles", "entries_joined")


def recognition_blocks(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield how many yards lose, or may lose, their recognition, and a row for each; nothing where none does."""
    for change, words in ((LOST, BREAKS), (AT_RISK, MAY_BREAK)):
        key = f"{RECOGNITION}.{change}"
        if key in record.facts and record.value(key):
            yield sentence(record, words, {"count": key}, lang, tone="warning")
    if RECOGNITION in record.tables and len(rows := broken(record.tables[RECOGNITION])):
        yield row_table(record, RECOGNITION, rows, _COLUMNS, lang) | {"layer": "yards"}


def capacity_sections(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the layouts of yards with the measures that they rest on; nothing in a Record without layouts."""
    if CAPACITY in record.tables:
        rows = row_table(record, CAPACITY, record.tables[CAPACITY].frame, _LAID_OUT, lang) | {"layer": "yards"}
        facts = fact_list(record, section_keys(YARDS, record), lang)
        yield section(table_title(CAPACITY, lang), [rows, facts], opened=True)
