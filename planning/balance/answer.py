"""The tables of the balance as plain values: texts in Vietnamese, in English under ``…_en``."""

from collections.abc import Iterator
from typing import Any

from gis.language import in_language
from planning.plain_rows import plain_rows
from planning.record import Record, Table

_NAME = "balance."


def balance_rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every balance table by its short name."""
    return {
        name.removeprefix(_NAME): list(_told(record, name, record.tables[name]))
        for name in record.tables  # others are not read for it
        if name.startswith(_NAME)
    }


def _told(record: Record, name: str, table: Table) -> Iterator[dict[str, Any]]:
    words = [column for column, meaning in table.columns.items() if meaning.unit == "words"]
    for row in plain_rows(record, name, tuple(table.columns)):
        both = {column: row[column] for column in words if row[column] is not None}
        vi = {column: in_language(text, "vi") for column, text in both.items()}
        yield {**row, **vi, **{f"{column}_en": in_language(text, "en") for column, text in both.items()}}
