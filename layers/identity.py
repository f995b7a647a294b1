"""The identity of rows: a SHA-256 of their canonical form, not of file bytes, which change when QGIS opens a file."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pandas import DataFrame, Series

from gis.cores import threads


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
    plain = DataFrame(frame)
    return _sha256(len(plain), {name: partial(_canonical, plain[name]) for name in plain}, key, {})


def arrays_sha256(
    arrays: Mapping[str, pa.Array | pa.ChunkedArray],
    key: tuple[str, ...] = (),
    known: Mapping[str, bytes] | None = None,
) -> str:
    """Return the SHA-256 of rows whose columns are as Arrow has them; there is at least one column.

    It is that of the same rows as a frame; of objects that are numbers, Arrow has numbers and a frame their text.

    Parameters
    ----------
    key : the columns that name a row
    known : `column_sha256` of columns, where the rows stand in ascending order of a key that is there once each
    """
    rows = len(next(iter(arrays.values())))
    return _sha256(rows, {name: partial(_canonical_array, array) for name, array in arrays.items()}, key, known or {})


def _sha256(
    rows: int, columns: Mapping[str, Callable[[], pa.Array]], key: tuple[str, ...], known: Mapping[str, bytes]
) -> str:
    asked = [name for name in sorted(columns) if name not in known or name in key]
    table = pa.table({name: columns[name]() for name in asked})
    order = _order(table, [name for name in key if name in columns])
    table = table if order is None else table.take(order)
    found = {**dict(zip(asked, _columns_sha256(table), strict=True)), **known}
    digest = hashlib.sha256(str(rows).encode())
    for name in sorted(columns):
        digest.update(f"\x1e{name}\x1f".encode() + found[name])
    return digest.hexdigest()


def column_sha256(values: Series) -> bytes:
    """Return the SHA-256 of one column in the order in which it stands, as it goes into that of its rows."""
    return _column_sha256(pa.table({"": _canonical(values)}).column(0))


def _columns_sha256(columns: pa.Table) -> list[bytes]:
    with threads(len(columns)) as beside:
        return list(beside.map(_column_sha256, columns.columns))


def _column_sha256(column: pa.ChunkedArray) -> bytes:
    digest = hashlib.sha256()
    for part in _bytes(column.combine_chunks()):
        digest.update(part)
    return digest.digest()


def in_key_order(frame: DataFrame, key: tuple[str, ...]) -> DataFrame:
    """Return the rows in the order in which `rows_sha256` reads them by their key; repeats stay as they stand."""
    present = [name for name in key if name in frame.columns]
    if len(frame) < 2 or not present:
        return frame
    joined = _joined(pa.table({name: _canonical(frame[name]) for name in present}), present)
    return frame if ascending(joined) else frame.take(pc.sort_indices(joined)).reset_index(drop=True)


def _order(columns: pa.Table, key: list[str]) -> pa.Array | None:
    """Return the canonical order of the rows, None where they stand in it; rows that share a key need every column."""
    if len(columns) < 2:
        return None
    if key:
        joined = _joined(columns, key)
        if ascending(joined):
            return None
        order = pc.sort_indices(joined)
        if ascending(joined.take(order)):
            return order
    by = [*key, *(name for name in columns.column_names if name not in key)]
    return pc.sort_indices(columns, sort_keys=[(name, "ascending") for name in by])


def _joined(columns: pa.Table, key: list[str]) -> pa.Array:
    texts = [_as_text(columns[name]).fill_null("\0").combine_chunks() for name in key]
    return texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, pa.scalar("\x1f", pa.large_string()))


def _as_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    zeros_alike = pc.add(values, 0.0) if pa.types.is_floating(values.type) else values
    return zeros_alike.cast(pa.large_string())


def ascending(values: pa.Array | pa.ChunkedArray) -> bool:
    """Tell whether each value is larger than the one before it, so that none is there twice."""
    return bool(pc.all(pc.less(values[:-1], values[1:])).as_py())


def _canonical(values: Series) -> pa.Array:
    """Return doubles for numbers, WKB for geometry, UTF-8 text for everything else; null where there is no value."""
    if values.dtype == np.float64:
        return pa.array(values.to_numpy(), type=pa.float64(), from_pandas=True)
    if values.dtype == "str":
        return _one_kind_of_text(pa.array(values.array, type=pa.large_string(), from_pandas=True))
    return _converted(values)  # few columns are neither: only they are asked what they are


def _converted(values: Series) -> pa.Array:
    """Return the same of values that are neither doubles nor texts as they stand."""
    if values.dtype == "geometry":
        return pa.array(shapely.to_wkb(np.asarray(values.values, dtype=object)), type=pa.large_binary())
    if values.dtype == "category":
        codes = values.cat.codes.to_numpy()
        texts = _canonical(Series(values.cat.categories).map(str))
        return texts.take(pa.array(codes, mask=codes < 0))
    if _are_truths(values):
        return pa.array(
            values.map({True: "true", False: "false"}, na_action="ignore"), type=pa.large_string(), from_pandas=True
        )
    if pd.api.types.is_numeric_dtype(values.dtype):
        return pa.array(values.to_numpy(dtype=np.float64, na_value=np.nan), type=pa.float64(), from_pandas=True)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return pa.array(values.dt.strftime("%Y-%m-%dT%H:%M:%S"), type=pa.large_string(), from_pandas=True)
    texts = values.map(str, na_action="ignore")
    return _one_kind_of_text(pa.array(texts, type=pa.large_string(), from_pandas=True))


def _canonical_array(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return the same of a column as Arrow has it."""
    kind = values.type
    if pa.types.is_dictionary(kind) and kind.value_type in (pa.string(), pa.large_string()):
        return values.cast(kind.value_type).cast(pa.large_string())
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        return values if kind == pa.float64() else values.cast(pa.float64(), safe=False)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_boolean(kind):
        return values.cast(pa.large_string())
    return _canonical(values.to_pandas())  # days, categories that are no texts, nothing at all


def _are_truths(values: Series) -> bool:
    """Tell whether values are true or false: what may be missing often comes as objects, not as a type of its own."""
    if values.dtype == object:
        return bool(pd.api.types.infer_dtype(values) == "boolean")
    return bool(pd.api.types.is_bool_dtype(values.dtype))


def _one_kind_of_text(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return texts as one kind: a column that was filled in parts comes in two, which Arrow does not join."""
    if not isinstance(values, pa.ChunkedArray):
        return values
    return pa.chunked_array([chunk.cast(pa.large_string()) for chunk in values.chunks], pa.large_string())


def _bytes(values: pa.Array) -> tuple[bytes, ...]:
    if pa.types.is_floating(values.type):
        numbers = np.asarray(_filled(values, np.nan), dtype="<f8")
        return b"n", (numbers + 0.0).tobytes()  # minus zero is zero
    data = _filled(values, b"" if pa.types.is_large_binary(values.type) else "")
    sizes = np.asarray(_filled(pc.binary_length(values), -1), dtype="<i8")
    return b"t", sizes.tobytes(), data.buffers()[2].to_pybytes() if data.nbytes and data.buffers()[2] else b""


def _filled(values: pa.Array, value: float | str | bytes) -> pa.Array:
    return pc.fill_null(values, value) if values.null_count else values
