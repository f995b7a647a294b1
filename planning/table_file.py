"""A table of a Record as a Parquet file, by way of Arrow: of a small one pandas describes more than it writes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame

# A whole number that may be missing: numpy has none, and a double would print another digit.
_COUNTS = {pa.int64(): pd.Int64Dtype()}


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


def parquet(frame: DataFrame, repeated: Collection[str], stored: Mapping[str, StoredColumn]) -> pa.Buffer:
    """Return the content of a file.

    Parameters
    ----------
    repeated : columns of few different values
    stored : columns that are ready
    """
    arrays = {name: stored[name].values if name in stored else pa.array(frame[name]) for name in frame.columns}
    written = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays), written, compression="lz4", use_dictionary=list(repeated), write_statistics=False)
    return written.getvalue()


def read_parquet(path: Path, texts: Collection[str]) -> DataFrame:
    """Return the rows of a file; raise OSError or pyarrow.ArrowInvalid where it cannot be read.

    Parameters
    ----------
    texts : columns that are texts, however they were stored
    """
    with pq.ParquetFile(path) as file:
        table = file.read()
    columns = zip(table.column_names, table.columns, strict=True)
    table = pa.table({name: _plain(column) if name in texts else column for name, column in columns})
    gaps = any(pa.types.is_integer(column.type) and column.null_count for column in table.columns)
    return table.to_pandas(types_mapper=_COUNTS.get if gaps else None)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.large_string()) if pa.types.is_dictionary(column.type) else column
