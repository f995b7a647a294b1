"""What every Record tells of parcels alike: their keys and attributes, without defence and security land.

Of a million parcels these are half of the table. They are taken in, hashed and coded once for all scenarios that are
analysed in a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pandas import DataFrame

from layers.identity import ascending, column_sha256
from planning.table_file import StoredColumn, arrow_column


@dataclass(frozen=True, eq=False)
class ToldParcels:
    """Parcels as they are told.

    Attributes
    ----------
    kept : which parcels are told, shape (n,)
    frame : the columns ``key`` and attributes of these
    stored : the same columns as they are stored; none where the rows do not stand in the order of their keys
    """

    kept: npt.NDArray[np.bool_]
    frame: DataFrame
    stored: Mapping[str, StoredColumn]


def told_parcels(rows: DataFrame, withheld: npt.NDArray[np.bool_]) -> ToldParcels:
    """Return the parcels that are not withheld, shape (n,); `rows` has the column ``key`` and attributes."""
    frame = rows[~withheld].reset_index(drop=True) if withheld.any() else rows
    stored = {name: _stored(frame, name) for name in frame} if ascending(arrow_column(frame["key"])) else {}
    return ToldParcels(~withheld, frame, stored)


def _stored(frame: DataFrame, name: str) -> StoredColumn:
    values = arrow_column(frame[name])
    if name != "key" and (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        values = values.dictionary_encode()
    return StoredColumn(values, column_sha256(frame[name]))
