"""Law and balance in the side panel: verdicts first that are decided, then what has to be supplied."""

from collections.abc import Iterator

from gis.language import Lang
from maps.labels import BALANCE, LAW, section_keys, table_title
from maps.webmap import words
from maps.webmap.blocks import Block, fact_list, note, row_table, section, sentence
from planning.record import Record

_DECIDED = ("key", "title", "verdict", "value", "threshold")
_OPEN = ("key", "title", "note")
_READINGS = ("key", "title", "verdict", "value")
_PROCEDURES = ("limit", "counted", "districts", "procedure")
_BALANCE = ("name", "base_m2", "base_percent", "proposed_m2", "proposed_percent")


def legal_sections(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the procedure and the criteria, the readings behind them, and what a person has to supply."""
    if "criteria" not in record.tables:
        return
    criteria = record.tables["criteria"].frame
    decided = criteria[criteria["verdict"] != "needs_input"]
    rules = {"rules": "law.title", "since": "law.in_force_from", "checked": "law.checked_on"}
    blocks = [sentence(record, words.RULES, rules, lang)]
    blocks += [fact_list(record, section_keys(LAW, record)[:1], lang), *_procedures(record, lang)]
    yield section(
        words.LAW_HEADING.to(lang), [*blocks, row_table(record, "criteria", decided, _DECIDED, lang)], opened=True
    )
    readings = record.tables["criteria.readings"].frame
    yield section(
        table_title("criteria.readings", lang), [row_table(record, "criteria.readings", readings, _READINGS, lang)]
    )
    asked = criteria[criteria["verdict"] == "needs_input"]
    yield section(words.INPUT_HEADING.to(lang), [row_table(record, "criteria", asked, _OPEN, lang)])


def balance_sections(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the balance by group and by horizon."""
    names = [name for name in ("balance.groups", "balance.horizons") if name in record.tables]
    for name in names:
        title = BALANCE.to(lang) if name == "balance.groups" else table_title(name, lang)
        columns = ("horizon", *_BALANCE) if name == "balance.horizons" else _BALANCE
        yield section(title, [row_table(record, name, record.tables[name].frame, columns, lang)])


def _procedures(record: Record, lang: Lang) -> Iterator[Block]:
    if record.value("law.procedure") == "cannot_tell" and "criteria.procedures" in record.tables:
        yield note(words.READINGS_DIFFER.to(lang))
        rows = record.tables["criteria.procedures"].frame
        yield row_table(record, "criteria.procedures", rows, _PROCEDURES, lang)
