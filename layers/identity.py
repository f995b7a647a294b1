"""The identity of rows: a SHA-256 of their canonical form, not of file bytes, which change when QGIS opens a file."""

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pandas import DataFrame, Series


def rows_sha256(frame: DataFrame, key: tuple[str, ...] = ()) -> str:
    """Return the SHA-256 of the rows, whatever their order.

    Rows are sorted by `key`, and rows that share a key by their other columns; columns by name. Numbers count as
    doubles, so an integer column that became a double column is the same; text as UTF-8; geometry as WKB; null is
    told from empty.

    Parameters
    ----------
    frame : rows, with or without geometry
    key : the fields that name a row
    """
    columns = pa.table({name: _canonical(frame[name]) for name in sorted(frame.columns)})
    if len(frame) > 1:
        columns = columns.take(_order(columns, [name for name in key if name in frame.columns]))
    digest = hashlib.sha256(str(len(frame)).encode())
    for name in columns.column_names:
        digest.update(f"\x1e{name}\x1f".encode())
        for part in _bytes(columns[name].combine_chunks()):
            digest.update(part)
    return digest.hexdigest()


def _order(columns: pa.Table, key: list[str]) -> pa.Array:
    by_key = columns.select(key)
    if not key or by_key.group_by(key).aggregate([]).num_rows < len(columns):
        key = [*key, *(name for name in columns.column_names if name not in key)]
    return pc.sort_indices(columns, sort_keys=[(name, "ascending") for name in key])


def _canonical(values: Series) -> pa.Array:
    """Return doubles for numbers, WKB for geometry, UTF-8 text for everything else; null where there is no value."""
    if values.dtype == "geometry":
        return pa.array(shapely.to_wkb(values.values), type=pa.large_binary())
    if pd.api.types.is_bool_dtype(values.dtype):
        return pa.array(
            values.map({True: "true", False: "false"}, na_action="ignore"), type=pa.large_string(), from_pandas=True
        )
    if pd.api.types.is_numeric_dtype(values.dtype):
        return pa.array(values.astype("Float64").astype("float64") + 0.0, type=pa.float64(), from_pandas=True)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return pa.array(values.dt.strftime("%Y-%m-%dT%H:%M:%S"), type=pa.large_string(), from_pandas=True)
    if values.dtype != "str":
        values = values.map(str, na_action="ignore")
    return pa.array(values, type=pa.large_string(), from_pandas=True)


def _bytes(values: pa.Array) -> tuple[bytes, ...]:
    if pa.types.is_floating(values.type):
        return b"n", np.asarray(pc.fill_null(values, np.nan), dtype="<f8").tobytes()
    data = values.fill_null(b"" if pa.types.is_large_binary(values.type) else "")
    sizes = np.asarray(pc.fill_null(pc.binary_length(values), -1), dtype="<i8")
    return b"t", sizes.tobytes(), data.buffers()[2].to_pybytes() if data.nbytes and data.buffers()[2] else b""
