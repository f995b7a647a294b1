"""How a feature is named in findings: the parts of its key, joined; a unit with the day from which its code is valid."""

from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from layers.schema import LayerSchema, TableSchema


def feature_keys(rows: DataFrame, schema: TableSchema, chosen: Any = None) -> Any:
    """Return the key of each row as text, shape (n,), or of the rows at the `chosen` positions.

    Parts are joined by ``/``; of a layer of vintages the day follows after ``@``; a part that is missing is empty.
    """
    rows = DataFrame({name: rows[name] for name in (*schema.key, "valid_from") if name in rows}, index=rows.index)
    rows = rows if chosen is None else rows.take(chosen)
    parts = [_texts(rows, name) for name in schema.key]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "/" + part
    if isinstance(schema, LayerSchema) and schema.vintage:
        joined = joined + "@" + _texts(rows, "valid_from")
    return joined.to_numpy(dtype=object)


def _texts(rows: DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(np.full(len(rows), "", dtype=object), index=rows.index)
    return rows[name].astype(object).where(rows[name].notna(), "").map(str)
