"""A table comes back from its file as it was written, whatever its columns hold."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas import DataFrame
from pandas.testing import assert_frame_equal

from layers.identity import column_sha256, rows_sha256
from planning.table_file import StoredColumn, parquet, read_parquet

TABLE = DataFrame(
    {
        "key": ["a", "b", "c"],
        "name": ["Đồng Đăng", None, ""],
        "count": pd.array([1, None, 3], dtype="Int64"),
        "rows": [1, 2, 3],
        "area_m2": [0.1, np.nan, -0.0],
        "state": pd.Categorical(["inside", None, "inside"]),
        "nothing": [None, None, None],
    }
)
TEXTS = ["key", "name"]


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    """Whole numbers that may be missing stay whole, text stays told from none, states stay states."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(TABLE, ["name", "state"], {}))
    assert_frame_equal(read_parquet(path, TEXTS), TABLE, check_dtype=False)
    assert read_parquet(path, TEXTS)["count"].dtype == TABLE["count"].dtype
    assert rows_sha256(read_parquet(path, TEXTS)) == rows_sha256(TABLE)


def test_others_can_read_it(tmp_path: Path) -> None:
    """It is a plain Parquet file: pandas reads the same rows."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(TABLE, [], {}))
    assert rows_sha256(pd.read_parquet(path)) == rows_sha256(TABLE)


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    """No rows, all columns."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(TABLE[:0], [], {}))
    assert list(read_parquet(path, TEXTS)) == list(TABLE)


def test_a_column_that_was_coded_before_is_text_again(tmp_path: Path) -> None:
    """How a column is stored that several tables have is not what it says."""
    path = tmp_path / "table.parquet"
    coded = StoredColumn(pa.array(TABLE["name"]).dictionary_encode(), column_sha256(TABLE["name"]))
    path.write_bytes(parquet(TABLE, ["name"], {"name": coded}))
    assert_frame_equal(read_parquet(path, TEXTS), TABLE, check_dtype=False)
    assert rows_sha256(TABLE, ("key",), {"name": coded.sha256}) == rows_sha256(TABLE, ("key",))
