"""The identity of rows: what they say, not how a file keeps them."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame, Series
from shapely import Point

from gis.testing import drawn
from layers.identity import arrays_sha256, column_sha256, rows_sha256


def rows() -> GeoDataFrame:
    return drawn("abcd", key="code").assign(n=[1.0, 2.0, np.nan, 4.0], t=["x", None, "", "ž"])


@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    """Rows are sorted by their key before they are hashed."""
    assert rows_sha256(rows().iloc[order], ("code",)) == rows_sha256(rows(), ("code",))


def test_rows_that_share_a_key_are_sorted_by_the_rest() -> None:
    """A repeated key does not make the identity depend on the order."""
    twice = rows().assign(code="a")
    assert rows_sha256(twice.iloc[::-1], ("code",)) == rows_sha256(twice, ("code",))


def test_integers_that_became_doubles_are_the_same() -> None:
    """A column that a program widened says the same."""
    whole = drawn("abc").assign(n=[1, 2, 3])
    assert rows_sha256(whole) == rows_sha256(whole.astype({"n": float})) == rows_sha256(whole.astype({"n": "Int64"}))


def test_categories_are_their_texts() -> None:
    """How a program keeps few different texts in many rows is no content; null stays null."""
    assert rows_sha256(rows().astype({"t": "category"}), ("code",)) == rows_sha256(rows(), ("code",))
    years = drawn("abc").assign(n=["2008", "2025", "2008"])
    assert rows_sha256(years.assign(n=years["n"].astype(int).astype("category"))) == rows_sha256(years)


def test_minus_zero_is_zero() -> None:
    """As a value and as a key, in a frame and in Arrow."""
    zero, minus = (DataFrame({"n": [sign * 0.0, 3.0, -2.0], "a": [1.0, sign * 0.0, 2.0]}) for sign in (1, -1))
    for key in ((), ("n",), ("a",)):
        frames = {rows_sha256(one, key) for one in (zero, minus)}
        assert (
            frames | {arrays_sha256({name: pa.array(one[name]) for name in one}, key) for one in (zero, minus)}
            == frames
        )
        assert len(frames) == 1


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
@pytest.mark.parametrize("chunked", [False, True])
def test_columns_of_arrow_are_the_same_rows(order: list[int], chunked: bool) -> None:
    """Whatever they hold, in whatever order, in one piece or in several."""
    table = DataFrame(
        {
            "key": ["a", "b", "c"],
            "share": [-0.0, np.nan, 0.1],
            "whole": [3, 2, 1],
            "count": pd.array([1, None, 3], dtype="Int64"),
            "asked": [True, None, False],
            "state": pd.Categorical(["inside", None, "inside"]),
            "year": pd.Categorical([2008, 2025, 2008]),
            "ratio": pd.Categorical([2008.0, 0.5, None]),
            "sure": pd.Categorical([True, False, None]),
            "day": [date(2025, 7, 1), None, date(2008, 1, 1)],
            "moment": pd.to_datetime(["2025-07-01T12:30:00", None, "2008-01-01"], format="ISO8601"),
            "nothing": [None, None, None],
        }
    ).iloc[order]
    arrays = {name: pa.array(table[name]) for name in table}
    if chunked:
        arrays = {name: pa.chunked_array([one[:1], one[1:]]) for name, one in arrays.items()}
    assert arrays_sha256(arrays, ("key",)) == rows_sha256(table, ("key",))
    known = {"share": column_sha256(table.sort_values("key")["share"])}
    assert arrays_sha256(arrays, ("key",), known) == rows_sha256(table, ("key",))


@pytest.mark.parametrize("gap", [None, np.nan, pd.NA])
def test_truths_are_the_same_as_objects(gap: object) -> None:
    """True and false that may be missing: how a program keeps them is no content, and a gap is neither."""
    kept = DataFrame({"key": ["a", "b", "c"], "t": pd.array([True, None, False], dtype="boolean")})
    as_objects = kept.assign(t=Series([True, gap, False], dtype=object))
    assert rows_sha256(as_objects) == rows_sha256(kept) == rows_sha256(kept.assign(t=["true", None, "false"]))
    whole = kept.assign(t=[True, False, False])
    assert rows_sha256(whole.astype({"t": object})) == rows_sha256(whole) != rows_sha256(kept)
    nothing = Series([gap] * 3, dtype=object)
    assert column_sha256(nothing) == column_sha256(nothing.astype("boolean"))


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([True, "x", None], ["True", "x", None]),
        ([True, 1, None], ["True", "1", None]),
        ([True, 1.0, False], ["True", "1.0", "False"]),
        ([0, 1, None], ["0", "1", None]),
        (["true", "True", None], ["true", "True", None]),
        ([None, None, None], [None, None, None]),
    ],
)
def test_objects_of_several_kinds_are_their_texts(values: list[object], texts: list[str | None]) -> None:
    """Only a column of nothing but true and false is one of truths."""
    mixed, written = DataFrame({"t": Series(values, dtype=object)}), DataFrame({"t": Series(texts, dtype="str")})
    assert column_sha256(mixed["t"]) == column_sha256(written["t"])


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.assign(n=[1.0, 2.0, np.nan, 4.0000001]),
        lambda frame: frame.assign(t=["x", "", "", "ž"]),
        lambda frame: frame.assign(t=["x", None, "", "z"]),
        lambda frame: frame.set_geometry(frame.translate(0.001)),
        lambda frame: frame.rename(columns={"n": "m"}),
        lambda frame: frame.iloc[:3],
        lambda frame: frame.set_geometry([*frame.geometry[:3], Point()]),
        lambda frame: frame.set_geometry([*frame.geometry[:3], None]),
    ],
)
def test_any_change_of_content_is_another_identity(change: object) -> None:
    """A number, a text, null for empty, a millimetre, a name, a row: each is told."""
    assert rows_sha256(change(rows()), ("code",)) != rows_sha256(rows(), ("code",))  # type: ignore[operator]
