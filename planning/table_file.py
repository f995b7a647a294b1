"""A table of a Record as a Parquet file, by way of Arrow: of a small one pandas describes more than it writes."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame, Series

# A whole number that may be missing: numpy has none, and a double would print another digit.
_COUNTS = {pa.int64(): pd.Int64Dtype()}


def parquet(frame: DataFrame, repeated: Sequence[str]) -> pa.Buffer:
    """Return the content of a file; `repeated` names the columns of few different values."""
    table = pa.table({name: pa.array(frame[name]) for name in frame.columns})
    written = pa.BufferOutputStream()
    pq.write_table(table, written, compression="lz4", use_dictionary=list(repeated), write_statistics=False)
    return written.getvalue()


def read_parquet(path: Path) -> DataFrame:
    """Return the rows of a file; raise OSError or pyarrow.ArrowInvalid where it cannot be read."""
    with pq.ParquetFile(path) as file:
        table = file.read()
    return DataFrame({name: _series(column) for name, column in zip(table.column_names, table.columns, strict=True)})


def _series(column: pa.ChunkedArray) -> Series:
    return column.to_pandas(types_mapper=_COUNTS.get if column.null_count else None)
