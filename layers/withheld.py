"""Which features are defence or security land: counted, and neither drawn nor placed unless a person asks."""

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame, Series

from gis.text import search_key
from layers.constraints import WITHHELD_KINDS
from layers.land_use import WITHHELD_CODES
from layers.written_use import codes_of

# Fields that may say so: what the land is, what its papers say, what it is planned to be, what a person called it.
_FIELDS = ("land_use", "legal_use", "planned_use", "kind")
# A kind that a person wrote, without accents.
_TOKENS = re.compile(r"[\W_]+")
_WORDS = ("quoc phong", "dat an ninh", "an ninh quoc gia", "quan su", "doanh trai", "defence", "defense", "military")


def withheld(rows: DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows are defence or security land, by any of their codes or their kind, shape (rows,)."""
    held = np.zeros(len(rows), dtype=np.bool_)
    for name in _FIELDS:
        if name in rows:
            held |= withheld_values(rows[name])
    return held


def withheld_values(values: Series) -> npt.NDArray[np.bool_]:
    """Return which codes or kinds say defence or security, shape (n,)."""
    written = [one for one in values.unique() if not pd.isna(one) and is_withheld(str(one))]
    return np.asarray(values.isin(written).to_numpy() if written else np.zeros(len(values)), dtype=np.bool_)


@lru_cache(maxsize=1 << 15)  # the same codes, kinds and texts are asked of table after table
def is_withheld(written: str) -> bool:
    """Tell whether a land-use code or a kind says defence or security land.

    Examples
    --------
    >>> [is_withheld(one) for one in ("CQP*", "CAN-C+CLN", "LUC/CQP", "LUC - CQP", "Đất quốc phòng", "defence")]
    [True, True, True, True, True, True]
    >>> [is_withheld(one) for one in ("Xã An Ninh", "CANH", "LUC", "one can")]
    [False, False, False, False]
    """
    # Whatever stands between: a code that is written there is meant.
    if any(code in WITHHELD_CODES for code in (*codes_of(written), *_TOKENS.split(written))):
        return True
    words = search_key(written.replace("_", " "))
    return words in WITHHELD_KINDS or any(one in words for one in _WORDS)
