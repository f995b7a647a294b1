"""The tables of the balance as plain values: texts in Vietnamese, in English under ``…_en``."""

from typing import Any

from gis.language import in_language
from planning.plain_rows import plain_rows
from planning.record import Record, Table

_NAME = "balance."


def balance_rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every balance table by its short name."""
    return {
        name.removeprefix(_NAME): [_told(row, table) for row in plain_rows(record, name, tuple(table.columns))]
        for name, table in record.tables.items()
        if name.startswith(_NAME)
    }


def _told(row: dict[str, Any], table: Table) -> dict[str, Any]:
    words = [name for name, column in table.columns.items() if column.unit == "words" and row[name] is not None]
    english = {f"{name}_en": in_language(row[name], "en") for name in words}
    return {**row, **{name: in_language(row[name], "vi") for name in words}, **english}
