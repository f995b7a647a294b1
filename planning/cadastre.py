"""The parcels of a project, opened once and asked many times: by number, by place, by owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely
from pandas import DataFrame, Index, Series

from gis.fabric import Fabric
from gis.text import search_key
from layers.errors import LayerMissing
from layers.identity import ascending
from layers.parcels import SCHEMA
from layers.warm import SHAPE_PROBLEM, warm_table
from layers.workspace import Workspace

NO_VALUE = "–"
PERSONAL = tuple(field.name for field in SCHEMA.fields if field.personal)
_SEPARATOR = pa.scalar("/", pa.large_string())
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cadastre:
    """The parcels of a project; a parcel is known by its row position.

    Attributes
    ----------
    workspace : the project that they belong to
    table : their attributes, without the personal ones
    fabric : their shapes; one that is missing or invalid has no area
    """

    workspace: Workspace
    table: pa.Table
    fabric: Fabric

    @classmethod
    def open(cls, workspace: Workspace) -> Self:
        """Open the parcels of a project.

        Raises
        ------
        LayerMissing, FileDamaged, CrsMixed
        """
        if not workspace.has(SCHEMA.name):
            raise LayerMissing(layer=SCHEMA.name)
        return cls(workspace, *warm_table(workspace, SCHEMA))

    def __len__(self) -> int:
        """Return the number of parcels."""
        return len(self.fabric)

    @cached_property
    def keys(self) -> Series:
        """Key of every parcel, ``commune/sheet/number``, unique: repeats get ``#2`` …."""
        return parcel_keys(self.table)

    @cached_property
    def written_keys(self) -> Series:
        """Key of every parcel as tables write it, ``commune/sheet/number``; what repeats there repeats here."""
        return _written_keys(self.table)

    @cached_property
    def vintages(self) -> tuple[str | None, ...]:
        """The vintages of the commune codes, None where a row states none."""
        if "valid_from" not in self.table.column_names:
            return (None,)
        return tuple(pc.unique(self.table["valid_from"]).to_pylist())

    @cached_property
    def communes(self) -> DataFrame:
        """Code of the commune of every parcel, and the day from which that code is valid."""
        return self.fields(("commune", "valid_from"))

    def fields(self, names: Iterable[str]) -> DataFrame:
        """Return columns of all parcels; one that the layer does not have is null."""
        names = tuple(names)
        there = DataFrame(self.table.select([one for one in names if one in self.table.column_names]).to_pandas())
        return there.reindex(columns=names)

    def rows_at(self, positions: Ints, names: Iterable[str]) -> DataFrame:
        """Return columns of some parcels; one that the layer does not have is null."""
        names = tuple(names)
        there = self.table.select([one for one in names if one in self.table.column_names]).take(positions)
        return DataFrame(there.to_pandas()).reindex(columns=names)

    def row(self, position: int) -> Mapping[str, Any]:
        """Return the attributes of one parcel as plain values; None is no data."""
        return {name: _plain(value) for name, value in self.table.slice(position, 1).to_pylist()[0].items()}

    def personal(self, position: int) -> Mapping[str, Any]:
        """Return owner and address of one parcel, read from the layer itself: they are in no cache."""
        path = self.workspace.file_of(SCHEMA.name)
        there = [name for name in PERSONAL if name in pyogrio.read_info(path, layer=SCHEMA.name)["fields"]]
        found = pyogrio.read_dataframe(
            path, layer=SCHEMA.name, columns=there, read_geometry=False, skip_features=position, max_features=1
        )
        return {name: _plain(found[name].iloc[0]) if name in there else None for name in PERSONAL}

    def owned_by(self, name: str) -> tuple[Ints, tuple[str, ...]]:
        """Return the parcels whose owner's name holds `name`, whatever the accents and case, and the name of each."""
        path = self.workspace.file_of(SCHEMA.name)
        if "owner" not in pyogrio.read_info(path, layer=SCHEMA.name)["fields"]:
            return np.zeros(0, dtype=np.int64), ()
        rows = pyogrio.read_dataframe(path, layer=SCHEMA.name, columns=["owner"], read_geometry=False, use_arrow=True)
        owners, number = np.unique(rows["owner"].fillna("").to_numpy(dtype=object), return_inverse=True)
        wanted = np.array([search_key(name) in search_key(one) for one in owners])
        found = np.flatnonzero(wanted[number])
        return found, tuple(owners[number[found]])

    def at(self, easting: float, northing: float) -> Ints:
        """Return the parcels that a point lies in or on the edge of."""
        west, south, east, north = self.fabric.bounds.T
        near = np.flatnonzero((west <= easting) & (easting <= east) & (south <= northing) & (northing <= north))
        shapes = self.fabric.drawn(near)
        found: Ints = near[shapely.intersects(shapes, shapely.Point(easting, northing))]
        return found

    def nearest(self, easting: float, northing: float) -> tuple[int, float] | None:
        """Return the parcel whose box is nearest to a point, with the distance to its outline; None without parcels."""
        west, south, east, north = self.fabric.bounds.T
        apart = np.hypot(
            np.maximum(0, np.maximum(west - easting, easting - east)),
            np.maximum(0, np.maximum(south - northing, northing - north)),
        )
        few = np.argsort(apart)[: min(64, len(self))]
        few = few[np.isfinite(apart[few])]
        if not len(few):
            return None
        distance = shapely.distance(self.fabric.drawn(few), shapely.Point(easting, northing))
        return int(few[np.argmin(distance)]), float(distance.min())

    def numbered(self, sheet: str, number: str) -> Ints:
        """Return the parcels of that sheet and number in any commune; leading zeros and case do not matter."""
        place = self._numbers.get_indexer_for([f"{_number(sheet)}/{_number(number)}"])
        return np.asarray(place[place >= 0], dtype=np.int64)

    def identified(self, national_id: str) -> Ints:
        """Return the parcels that carry an official national identifier."""
        if "national_id" not in self.table.column_names:
            return np.zeros(0, dtype=np.int64)
        same = pc.equal(self.table["national_id"], national_id)
        return np.flatnonzero(same.fill_null(False).to_numpy())  # noqa: FBT003 -- arrow's signature

    def shape_problem(self, position: int) -> str | None:
        """Return why a parcel has no shape that can be measured; None where it has one."""
        if self.fabric.area_mm2[position] > 0:
            return None
        told = self.row(position).get(SHAPE_PROBLEM)
        return str(told) if told else "missing"

    @cached_property
    def _numbers(self) -> Index:
        sheet, number = (_numbers(self.table[name]) for name in SCHEMA.key[1:])
        return Index(pc.binary_join_element_wise(sheet, number, _SEPARATOR).to_pandas())


def parcel_keys(table: pa.Table) -> Series:
    """Return the key of every parcel, ``commune/sheet/number``, unique: repeats get ``#2`` …."""
    written = _joined_keys(table)
    key = Series(written.to_pandas(), dtype="str")
    # Rows that stand in the order of their keys, as they are written, need no search for repeats.
    if not ascending(written) and key.duplicated().any():
        repeats = key.groupby(key).cumcount()
        key = key.where(repeats == 0, key + "#" + (repeats + 1).astype("str"))
    return key


def _written_keys(table: pa.Table) -> Series:
    return Series(_joined_keys(table).to_pandas(), dtype="str")


def _joined_keys(table: pa.Table) -> pa.ChunkedArray:
    parts = [pc.fill_null(table[name].cast(pa.large_string()), NO_VALUE) for name in SCHEMA.key]
    return pc.binary_join_element_wise(*parts, _SEPARATOR)


def _number(text: str) -> str:
    return text.strip().casefold().lstrip("0") or "0"


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    texts = pc.fill_null(column.cast(pa.large_string()), NO_VALUE)
    bare = pc.ascii_ltrim(pc.utf8_lower(pc.utf8_trim_whitespace(texts)), characters="0")
    return pc.if_else(pc.equal(bare, ""), "0", bare)


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
