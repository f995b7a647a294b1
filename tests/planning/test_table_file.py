"""A table comes back from its file as it was written, whatever its columns hold."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pandas import DataFrame, Series
from pandas.testing import assert_frame_equal

from layers.identity import arrays_sha256, column_sha256, rows_sha256
from planning.record import Column, StoredTable, Table
from planning.table_file import StoredColumn, arrow_column, in_rows, parquet, read_parquet
from planning.told_parcels import told_parcels

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


def arrays(table: DataFrame) -> dict[str, pa.Array]:
    """Return the columns of a table as Arrow has them."""
    return {name: pa.array(table[name]) for name in table}


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    """Whole numbers that may be missing stay whole, text stays told from none, states stay states."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(arrays(TABLE), ["name", "state"]))
    assert_frame_equal(in_rows(read_parquet(path, TEXTS)), TABLE, check_dtype=False)
    assert in_rows(read_parquet(path, TEXTS))["count"].dtype == TABLE["count"].dtype
    assert rows_sha256(in_rows(read_parquet(path, TEXTS))) == rows_sha256(TABLE)


@pytest.mark.parametrize("dtype", ["boolean", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"])
@pytest.mark.parametrize("values", [[1, None, 0], [None, None, None]])
def test_gaps_stay_gaps(tmp_path: Path, dtype: str, values: list[int | None]) -> None:
    """Truths and whole numbers of any width that may be missing come back as what they were, beside those without gaps."""
    others = {"whole": np.array([1, 2, 3], dtype="int16"), "sure": [True, False, True], "share": [0.5, np.nan, 1.0]}
    table = DataFrame({"key": ["a", "b", "c"], "asked": pd.array(values, dtype=dtype), **others})
    table = table.drop(columns={"boolean": "sure", "Int16": "whole"}.get(dtype, []))
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(arrays(table), []))
    assert_frame_equal(in_rows(read_parquet(path, ["key"])), table)
    assert rows_sha256(in_rows(read_parquet(path, ["key"]))) == rows_sha256(table)


@pytest.mark.parametrize("values", [[True, None, False], [True, False, True], [None, None, None]])
def test_truths_that_came_as_objects_are_the_same_rows(tmp_path: Path, values: list[bool | None]) -> None:
    """What is read again has the identity that was written, though it comes back as a type of its own."""
    table = DataFrame({"key": ["a", "b", "c"], "asked": Series(values, dtype=object)})
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(arrays(table), []))
    assert rows_sha256(in_rows(read_parquet(path, ["key"]))) == rows_sha256(table)


@pytest.mark.parametrize("name", list(TABLE))
def test_a_column_is_what_arrow_makes_of_its_series(name: str) -> None:
    """Whatever it holds; only quicker."""
    found, wanted = arrow_column(TABLE[name]), pa.array(TABLE[name])
    assert found.type == wanted.type
    assert found.to_pylist() == wanted.to_pylist()


def test_plain_values_are_the_same_before_and_after_the_file(tmp_path: Path) -> None:
    """None where there is no data, whole numbers whole, states their words; the frame of a read table is not needed."""
    path, columns = tmp_path / "table.parquet", {name: Column("text", "") for name in TABLE}
    path.write_bytes(parquet(arrays(TABLE), ["name", "state"]))
    stored = StoredTable(read_parquet(path, TEXTS), columns)
    assert stored.plain == Table(TABLE, columns).plain
    assert stored.plain["count"] == [1, None, 3]
    assert stored.plain["area_m2"] == [0.1, None, 0.0]
    assert stored.plain["state"] == ["inside", None, "inside"]
    assert (len(stored), "frame" in vars(stored)) == (3, False)
    assert stored.cell("b", "name") is None
    assert stored.cell("c", "count") == 3


def test_a_read_table_can_be_written_again(tmp_path: Path) -> None:
    """What is let go of after writing is not what it was read from."""
    path, columns = tmp_path / "table.parquet", {name: Column("text", "") for name in TABLE}
    path.write_bytes(parquet(arrays(TABLE), []))
    for table in (StoredTable(read_parquet(path, TEXTS), columns), Table(TABLE, columns)):
        first = table.file.to_pybytes()
        table.forget()
        assert table.file.to_pybytes() == first


def test_others_can_read_it(tmp_path: Path) -> None:
    """It is a plain Parquet file: pandas reads the same rows."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(arrays(TABLE), []))
    assert rows_sha256(pd.read_parquet(path)) == rows_sha256(TABLE)


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    """No rows, all columns."""
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet(arrays(TABLE[:0]), []))
    assert list(in_rows(read_parquet(path, TEXTS))) == list(TABLE)


def test_a_column_that_was_coded_before_is_text_again(tmp_path: Path) -> None:
    """How a column is stored that several tables have is not what it says."""
    path = tmp_path / "table.parquet"
    coded = StoredColumn(pa.array(TABLE["name"]).dictionary_encode(), column_sha256(TABLE["name"]))
    path.write_bytes(parquet(arrays(TABLE) | {"name": coded.values}, ["name"]))
    assert_frame_equal(in_rows(read_parquet(path, TEXTS)), TABLE, check_dtype=False)
    assert arrays_sha256(arrays(TABLE), ("key",), {"name": coded.sha256}) == rows_sha256(TABLE, ("key",))


def test_what_is_told_of_parcels_is_stored_whatever_it_holds(tmp_path: Path) -> None:
    """Attributes of nothing, of truths and of numbers are stored as they are; texts alone are coded."""
    rows = DataFrame(
        {
            "key": ["a/1/1", "a/1/2", "a/1/3"],
            "land_use": ["ONT", None, "ONT"],
            "nothing": Series([None, None, None], dtype=object),
            "asked": Series([True, None, False], dtype=object),
            "sure": [True, False, True],
            "year": pd.array([2008, None, 2025], dtype="Int32"),
            "sheet": [1, 1, 2],
        }
    )
    stored = told_parcels(rows, np.zeros(3, dtype=np.bool_)).stored
    assert [name for name, column in stored.items() if pa.types.is_dictionary(column.values.type)] == ["land_use"]
    path = tmp_path / "table.parquet"
    path.write_bytes(parquet({name: one.values for name, one in stored.items()}, []))
    back = in_rows(read_parquet(path, ["key", "land_use"]))
    known = {name: column.sha256 for name, column in stored.items()}
    assert rows_sha256(back, ("key",)) == rows_sha256(rows, ("key",)) == arrays_sha256(arrays(rows), ("key",), known)
    assert back["sheet"].tolist() == [1, 1, 2]
