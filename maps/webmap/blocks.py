"""The pieces of the side panel as plain values: facts in lists, tables and sentences, each with its key."""

import re
from collections.abc import Sequence
from typing import Any

from pandas import DataFrame

from gis.language import Lang, Text
from maps.formatter import SYMBOLS, fact_text, reading_unit, table_texts
from maps.labels import REGIONS, column_title, fact_title
from maps.webmap import words
from planning.record import Record

Block = dict[str, Any]
Cell = dict[str, str]

# A narrow table names the two boundaries and leaves the rest to its heading.
_SHORT = {"state_base": REGIONS["base"], "state_proposed": REGIONS["proposed"], "gate_distance_m": words.DISTANCE}
_FACT_IN_SENTENCE = re.compile(r"\{(\w+)\}")


def section(title: str, blocks: list[Block], *, opened: bool = False) -> Block:
    """Return a part of the panel that can be folded."""
    return {"title": title, "opened": opened, "blocks": blocks}


def note(text: str) -> Block:
    """Return a sentence without facts."""
    return {"kind": "sentence", "tone": "", "parts": [{"t": text}]}


def sentence(record: Record, text: Text, facts: dict[str, str], lang: Lang, tone: str = "") -> Block:
    """Return a sentence whose names in braces are facts."""
    pieces = _FACT_IN_SENTENCE.split(text.to(lang))
    parts = [cell(record, facts[one], lang) if place % 2 else {"t": one} for place, one in enumerate(pieces)]
    return {"kind": "sentence", "tone": tone, "parts": parts}


def fact_list(record: Record, keys: Sequence[str], lang: Lang) -> Block:
    """Return scalar facts with their titles, those that the Record has."""
    rows = [[{"t": fact_title(key, lang)}, cell(record, key, lang)] for key in keys if key in record.facts]
    return {"kind": "facts", "rows": rows}


def row_table(record: Record, name: str, rows: DataFrame, columns: Sequence[str], lang: Lang) -> Block:
    """Return rows of a table of the Record, each cell with the key of its fact."""
    meanings = record.tables[name].columns
    keys = list(rows["key"])
    texts = [table_texts(name, record.tables[name], rows, column, lang) for column in columns]
    units = [reading_unit(f"{name}[", meanings[column].unit) for column in columns]
    heads = [
        {"t": _head(name, column, lang), "u": SYMBOLS.get(unit, ""), "n": unit not in ("text", "words", "state")}
        for column, unit in zip(columns, units, strict=True)
    ]
    body = [
        [{"t": text, "f": f"{name}[{key}].{column}"} for column, text in zip(columns, cells, strict=True)]
        for key, *cells in zip(keys, *texts, strict=True)
    ]
    layer = name.removeprefix("by.")
    return {"kind": "table", "layer": layer, "keys": keys, "heads": heads, "rows": body, "foot": []}


def _head(table: str, column: str, lang: Lang) -> str:
    return _SHORT[column].to(lang) if column in _SHORT else column_title(column, lang, table)


def cell(record: Record, key: str, lang: Lang, *, symbol: bool = True) -> Cell:
    """Return one fact as text, with its key."""
    fact = record.fact(key)
    missing = {"missing": "1"} if fact.value is None else {}
    return {"t": fact_text(fact, lang, symbol=symbol), "f": key, **missing}
