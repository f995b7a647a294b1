"""What Records tell of parcels alike is what each would tell alone."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pandas import DataFrame

from layers.identity import arrays_sha256, rows_sha256
from planning.told_parcels import told_parcels

ROWS = DataFrame(
    {
        "key": ["a/1/1", "a/1/2", "a/1/3", "b/1/1"],
        "land_use": ["ONT", None, "CQP", "ONT"],
        "legal_area_m2": [1.0, np.nan, 3.0, 4.0],
    }
)


@pytest.mark.parametrize("withheld", [[0, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 0, 2, 1]])
def test_their_digests_are_those_of_the_rows(withheld: list[int], order: list[int]) -> None:
    """In the order of their keys or not, with some, none or all withheld: the identity is that of what is told."""
    held = np.array(withheld, dtype=np.bool_)
    told = told_parcels(ROWS.iloc[order].reset_index(drop=True), held[order])
    known = {name: column.sha256 for name, column in told.stored.items()}
    plain = ROWS[~held].reset_index(drop=True)
    computed = {"area_m2": np.arange(len(plain)) + 0.5}
    ours = told.frame.assign(
        area_m2=plain.assign(**computed).set_index("key")["area_m2"].reindex(told.frame["key"]).array
    )
    arrays = {name: pa.array(ours[name]) for name in ours}
    assert arrays_sha256(arrays, ("key",), known) == rows_sha256(plain.assign(**computed), ("key",))
    assert list(told.kept) == list(~held[order])


def test_coded_columns_hold_the_same_texts() -> None:
    """Codes stand for few texts; nothing is made of what is missing."""
    told = told_parcels(ROWS, np.zeros(len(ROWS), dtype=np.bool_))
    assert told.stored["land_use"].values.to_pylist() == ["ONT", None, "CQP", "ONT"]
    assert pd.isna(told.frame["land_use"]).tolist() == [False, True, False, False]
