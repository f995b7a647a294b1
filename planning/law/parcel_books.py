"""What the parcels state of themselves: the columns of the land books, each read when a rule asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pandas import DataFrame, Series

from planning.coded import Coded
from planning.context import Context


@dataclass(frozen=True, eq=False)
class ParcelBooks:
    """The parcel layer as a book."""

    context: Context
    rows: DataFrame

    def __len__(self) -> int:
        """Return the number of parcels."""
        return len(self.rows)

    def field(self, name: str) -> Series | None:
        """Return a column, shape (n,); None where the layer does not have it, or has it empty."""
        if name not in self._read:
            found = self.rows[name] if name in self.rows else self.context.parcel_field(name)
            self._read[name] = None if found is None or found.isna().all() else found
        column: Series | None = self._read[name]
        return column

    def stated(self, name: str) -> Series:
        """Return a column that the layer is known to have."""
        column = self.field(name)
        assert column is not None
        return column

    def texts(self, name: str) -> Coded:
        """Return a column of few different texts that the layer is known to have."""
        column = self.coded(name)
        assert column is not None
        return column

    def coded(self, name: str) -> Coded | None:
        """Return a column of few different texts; None where the layer does not have it."""
        return self.context.parcel_texts(name)

    @cached_property
    def repeated(self) -> npt.NDArray[np.bool_]:
        """Which parcels share commune, sheet and number with one before them, shape (n,)."""
        # The context marks the key of such a parcel; without any mark there is nothing to look for.
        marked = pc.match_substring(pa.array(self.keys, pa.large_string()), "#")
        if not pc.any(marked).as_py():
            return np.zeros(len(self), dtype=np.bool_)
        return np.asarray(self.rows[["commune", "sheet_no", "parcel_no"]].duplicated().to_numpy())

    @property
    def keys(self) -> Series:
        """Keys of the parcels, shape (n,)."""
        return self.rows["key"]

    @property
    def register(self) -> DataFrame | None:
        """The uses of parcels, a line each; None where there is no such table."""
        return self.context.parcel_uses

    @cached_property
    def _read(self) -> dict[str, Any]:
        return {}
