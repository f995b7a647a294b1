"""The criteria as plain values: texts in Vietnamese, in English under ``…_en``."""

from typing import Any

from gis.language import in_language
from planning.law.judgement import CRITERIA, READINGS
from planning.law.yard_recognition import BROKEN, GAINED, RECOGNITION
from planning.plain_rows import plain_rows
from planning.record import Record

_FIGURE = ("verdict", "value", "value_min", "value_max", "relation", "threshold", "unit")
_TEXTS = ("title", "citation", "note")


def criteria_rows(record: Record) -> list[dict[str, Any]]:
    """Return one object per clause with its readings, in the order of the rule set."""
    rows = plain_rows(record, CRITERIA, ("key", "title", *_FIGURE, "citation", "confidence", "source", "note"))
    readings = plain_rows(record, READINGS, ("key", "clause", "title", *_FIGURE, "of_declared", "of_drawn", "note"))
    return [
        {"id": row["key"], **_told(row), "readings": [_told(one) for one in readings if one["clause"] == row["key"]]}
        for row in rows
    ]


def recognition_answer(record: Record) -> dict[str, Any]:
    """Return how many yards lose, may lose and gain their recognition, and a row for each yard."""
    counts = {change: record.facts.get(f"{RECOGNITION}.{change}") for change in (*BROKEN, GAINED)}
    columns = tuple(record.tables[RECOGNITION].columns) if RECOGNITION in record.tables else ()
    told = {change: None if fact is None else fact.value for change, fact in counts.items()}
    return {**told, "rows": plain_rows(record, RECOGNITION, columns)}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its texts in both languages; what has no number has no unit and no demand."""
    plain = {name: value for name, value in row.items() if name not in (*_TEXTS, "key", "clause")}
    if "clause" in row:
        plain = {"key": row["key"].removeprefix(f"{row['clause']}/"), **plain}
    plain |= {"unit": None if row["unit"] == "text" else row["unit"], "relation": row["relation"] or None}
    texts = {name: str(row[name]) for name in _TEXTS if name in row}
    vi = {name: in_language(text, "vi") for name, text in texts.items()}
    return {**plain, **vi, **{f"{name}_en": in_language(text, "en") for name, text in texts.items()}}
