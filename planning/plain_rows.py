"""Rows of a table of the Record as plain values, for answers that programs read."""

from typing import Any

from planning.record import Record


def plain_rows(record: Record, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows of a table, those columns that it has; None where there is no data, no row without the table."""
    if name not in record.tables:
        return []
    frame = record.tables[name].frame
    present = [column for column in columns if column in frame]
    plain = frame[present].astype(object).where(frame[present].notna(), None)
    return list(plain.to_dict(orient="records"))
