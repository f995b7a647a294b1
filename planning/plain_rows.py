"""Rows of a table of the Record as plain values, for answers that programs read."""

from typing import Any

import numpy as np
from pandas import Series

from planning.record import Record
from planning.table_file import arrow_column, plain_column


def plain_rows(record: Record, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows of a table, those columns that it has; None where there is no data, no row without the table."""
    if name not in record.tables:
        return []
    plain = record.tables[name].plain
    present = [column for column in columns if column in plain]
    return [dict(zip(present, row, strict=True)) for row in zip(*(plain[one] for one in present), strict=True)]


def plain_values(column: Series) -> list[Any]:
    """Return the values of a column as plain Python values; None where there is no data."""
    if column.dtype != object:
        return plain_column(arrow_column(column))
    values = column.to_numpy()
    return [None if missing else _plain(one) for one, missing in zip(values, column.isna(), strict=True)]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
