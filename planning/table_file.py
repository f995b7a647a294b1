"""A table of a Record as a Parquet file, by way of Arrow: of a small one pandas describes more than it writes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame, Series

# Bytes of a file that is read by threads.
_MUCH = 2**20
# Whole numbers and truths that may be missing: numpy has none, and a double would print another digit.
_WITH_GAPS = {
    pa.bool_(): pd.BooleanDtype(),
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
}


@dataclass(frozen=True, eq=False)
class StoredColumn:
    """A column that stands in several tables, ready to be stored.

    Attributes
    ----------
    values : as Arrow has them, coded where they are few different texts
    sha256 : `layers.identity.column_sha256` of them
    """

    values: pa.Array | pa.ChunkedArray
    sha256: bytes


def arrow_column(values: Series) -> pa.Array | pa.ChunkedArray:
    """Return a column of a frame as Arrow has it, null where there is no value."""
    # A series as such would be asked for much that it has not.
    return (
        pa.array(values.to_numpy(), from_pandas=True) if isinstance(values.dtype, np.dtype) else pa.array(values.array)
    )


def plain_column(values: pa.Array | pa.ChunkedArray) -> list[Any]:
    """Return a column as plain values, None where there is no value."""
    # Coded values would be looked up one by one, sixty times as slow.
    decoded = values.cast(values.type.value_type) if pa.types.is_dictionary(values.type) else values
    plain: list[Any] = decoded.to_pylist()
    return plain


def parquet(columns: Mapping[str, pa.Array | pa.ChunkedArray], repeated: Collection[str]) -> pa.Buffer:
    """Return the content of a file.

    Parameters
    ----------
    columns : as Arrow has them
    repeated : columns of few different values
    """
    table, written = pa.table(dict(columns)), pa.BufferOutputStream()
    pq.write_table(table, written, compression="lz4", use_dictionary=list(repeated), write_statistics=False)
    return written.getvalue()


def read_parquet(path: Path, texts: Collection[str]) -> dict[str, pa.ChunkedArray]:
    """Return the columns of a file; raise OSError or pyarrow.ArrowInvalid where it cannot be read.

    Parameters
    ----------
    texts : columns that are texts, however they were stored
    """
    content = path.read_bytes()
    with pq.ParquetFile(pa.BufferReader(content)) as file:
        table = file.read(use_threads=len(content) > _MUCH)  # of little, threads cost more than they read
    columns = zip(table.column_names, table.columns, strict=True)
    return {name: _plain(column) if name in texts else column for name, column in columns}


def in_rows(columns: Mapping[str, pa.ChunkedArray]) -> DataFrame:
    """Return columns as a frame."""
    table = pa.table(dict(columns))
    gaps = {column.type for column in table.columns if column.null_count} & _WITH_GAPS.keys()
    return table.to_pandas(types_mapper={one: _WITH_GAPS[one] for one in gaps}.get)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.large_string()) if pa.types.is_dictionary(column.type) else column
