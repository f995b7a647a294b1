"""A column of few different texts: asked once for each text, not for each of a million rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas import Series


def places_among(wanted: Series, texts: Series) -> npt.NDArray[np.intp]:
    """Return the place of each wanted text among `texts`, where it is first if it is there twice; -1 for none."""
    values, among = (pa.array(one, pa.large_string()) for one in (wanted, texts))
    return np.asarray(pc.index_in(values, value_set=among).fill_null(-1), dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Coded:
    """The texts of a column.

    Attributes
    ----------
    which : position in `texts` of each row, shape (n,); -1 where there is no text
    texts : the different texts, in the order in which they appear
    """

    which: npt.NDArray[np.intp]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, column: Series) -> "Coded":
        """Take a column."""
        which, texts = pd.factorize(column, use_na_sentinel=True)
        return cls(which, tuple(map(str, texts)))

    def rows(self, wanted: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Return which rows have a text that is wanted, shape (n,); a missing text never is."""
        return np.array([*(wanted(text) for text in self.texts), False], dtype=np.bool_)[self.which]

    def values(self, value_of: Callable[[str], Any], missing: Any, dtype: Any = np.float64) -> Any:
        """Return a value for each row by its text, shape (n,)."""
        return np.array([*(value_of(text) for text in self.texts), missing], dtype=dtype)[self.which]

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Which rows have no text, shape (n,)."""
        return np.asarray(self.which < 0)
