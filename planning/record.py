"""The Record: every number and every shape that a person will ever see of one analysis. Renderers only format it.

On disk it is a folder: ``record.json`` (scalar facts, inputs, rules, and the identity of the rest),
``tables/*.parquet`` (one row per unit, parcel, yard) and shapes (`planning.shapes`). A fact has a key that is stable
across runs; a key into a table addresses a cell::

    area_m2.added
    by.admin_units@2025-07-01.total.added_m2
    by.admin_units@2025-07-01[06184].added_m2

The id of a Record is the SHA-256 of its canonical content, without time, path or software version, which stand
beside it in the `Stamp`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, Self

import orjson
import pandas as pd
import pyarrow as pa
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyogrio.errors import DataLayerError, DataSourceError

from gis.cores import threads
from layers.identity import arrays_sha256
from planning.errors import FactUnknown, RecordDamaged, RecordMissing
from planning.parts import StoredParts, described
from planning.shapes import ShapeFiles, described_shapes, save_shapes
from planning.table_file import StoredColumn, arrow_column, in_rows, parquet, plain_column, read_parquet

_UNREADABLE = (ValueError, KeyError, TypeError, OSError, DataSourceError, DataLayerError)

# Text is what people wrote, words are a text of ours in both languages (`gis.language.in_language`); row: each row of
# the table says its own unit, in its column ``unit``, so no fact has it.
Unit = Literal[
    "m2",
    "ha",
    "m",
    "coordinate",
    "azimuth",
    "share",
    "count",
    "text",
    "words",
    "state",
    "date",
    "degree",
    "ratio",
    "month",
    "day",
    "row",
]
Value = float | int | str | None
# What few different values stand for in many rows.
_REPEATED: tuple[Unit, ...] = ("text", "state", "date")
# A computed table of more rows is not kept in two forms.
_MANY = 100_000


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so: its value (None: *no data*), its unit, and how it was made."""

    key: str
    value: Value
    unit: Unit
    how: str


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column of a table are: their unit, and how they were made."""

    unit: Unit
    how: str


class Table:
    """Facts of many things of one kind: a row each, named by the column ``key`` (text, unique).

    No frozen dataclass, since a stored one makes its frame late; nobody changes one all the same.

    Parameters
    ----------
    frame : rows; its columns are those of `columns`
    columns : unit and making of each column, in reading order
    stored : columns that stand in other tables too, ready to be stored
    """

    def __init__(
        self, frame: DataFrame, columns: Mapping[str, Column], stored: Mapping[str, StoredColumn] | None = None
    ) -> None:
        self.frame, self.columns, self.stored = frame, columns, stored or {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.frame)

    @cached_property
    def described(self) -> dict[str, Any]:
        """What the content of a Record says of the table: its rows, their SHA-256, its columns."""
        return _described(self._arrays, self.columns, self.stored)

    @cached_property
    def file(self) -> pa.Buffer:
        """The content of its Parquet file."""
        # A key is never there twice, a measure hardly: a dictionary of them is only work.
        repeated = [name for name, column in self.columns.items() if column.unit in _REPEATED and name != "key"]
        return parquet(self._arrays, repeated)

    @cached_property
    def _arrays(self) -> Mapping[str, pa.Array | pa.ChunkedArray]:
        stored = {name: one.values for name, one in self.stored.items()}
        return {name: stored[name] if name in stored else arrow_column(values) for name, values in self.frame.items()}

    @cached_property
    def plain(self) -> Mapping[str, list[Any]]:
        """All cells by column as plain values, None where there is no data."""
        return {name: plain_column(values) for name, values in self._arrays.items()}

    def forget(self) -> None:
        """Let go of what was made of the frame to write it; of a million rows it is large, and written once."""
        vars(self).pop("file", None)
        if len(self) > _MANY:
            vars(self).pop("_arrays", None)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {str(key): row for row, key in enumerate(self.frame["key"])}

    @cached_property
    def _cells(self) -> Mapping[str, Any]:
        return {name: self.frame[name].array for name in self.columns}

    def row(self, key: str) -> Mapping[str, Value]:
        """Return the row of that key as plain values; raise KeyError where there is none."""
        return {name: self.cell(key, name) for name in self.columns}

    def cell(self, key: str, column: str) -> Value:
        """Return one cell as a plain value; raise KeyError where there is no such row or column."""
        return _plain(self._cells[column][self._rows[key]])

    def unit(self, column: str, row: Mapping[str, Any]) -> Unit:
        """Return the unit of the cell of that column in a row."""
        stated = self.columns[column].unit
        own: Unit = row["unit"] if stated == "row" else stated
        return own

    def fact(self, key: str, column: str, name: str) -> Fact:
        """Return one cell as the fact of that name; raise KeyError where there is no such cell."""
        row = {one: self.cell(key, one) for one in (column, "unit") if one in self.columns}
        return Fact(name, row[column], self.unit(column, row), self.columns[column].how)


class StoredTable(Table):
    """A table as it was read; its frame is made when it is first asked for."""

    def __init__(self, arrays: Mapping[str, pa.ChunkedArray], columns: Mapping[str, Column]) -> None:
        self._arrays, self.columns, self.stored = arrays, columns, {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._arrays["key"])

    @cached_property
    def frame(self) -> DataFrame:
        """The rows."""
        return in_rows(self._arrays)

    def forget(self) -> None:
        """Let go of the file; what the frame is made of stays."""
        vars(self).pop("file", None)


@dataclass(frozen=True, slots=True)
class Input:
    """A layer that went into the analysis, as it stood."""

    layer: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule set of the verdicts; empty where no law was asked."""

    id: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands beside the content: when it was computed (ISO, with zone) and by which program."""

    created: str
    software: str


@dataclass(frozen=True, eq=False)
class Record:
    """All facts, tables and shapes of one analysis.

    Attributes
    ----------
    project, scenario, reason : names as people gave them
    crs : ``EPSG:n`` of every coordinate and area
    notice : the sentence that every output carries; empty for none
    facts : scalar fact by key
    tables : table by name (``by.admin_units@2025-07-01``, ``parcels``)
    geometry : layers in `crs`, each with ``key``, a few columns for its legend, ``geometry``
    inputs, rules : where the facts come from
    no_data : layers that were missing; never to be read as "not affected"
    not_drawn : layers whose facts are here but whose shapes are too many to draw
    stamp : not part of the identity
    """

    project: str
    scenario: str
    reason: str
    crs: str
    notice: str
    facts: Mapping[str, Fact]
    tables: Mapping[str, Table]
    geometry: Mapping[str, GeoDataFrame]
    inputs: tuple[Input, ...]
    rules: Rules = Rules()
    no_data: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()
    stamp: Stamp = field(default=Stamp("", ""))

    @cached_property
    def id(self) -> str:
        """SHA-256 of the canonical content."""
        return hashlib.sha256(_canonical_json(self._content).encode()).hexdigest()

    @cached_property
    def _content(self) -> dict[str, Any]:
        return {
            "project": self.project,
            "scenario": self.scenario,
            "reason": self.reason,
            "crs": self.crs,
            "notice": self.notice,
            "facts": {key: {"value": one.value, "unit": one.unit, "how": one.how} for key, one in self.facts.items()},
            "tables": {name: table.described for name, table in self.tables.items()},
            "geometry": described_shapes(self.geometry),
            "inputs": [asdict(one) for one in self.inputs],
            "rules": asdict(self.rules),
            "no_data": list(self.no_data),
            "not_drawn": list(self.not_drawn),
        }

    @property
    def parts(self) -> dict[tuple[str, str], str]:
        """SHA-256 of each table (``("tables", name)``) and of each layer of shapes (``("geometry", name)``)."""
        kinds = ("tables", "geometry")
        return {(kind, name): one["sha256"] for kind in kinds for name, one in self._content[kind].items()}

    def fact(self, key: str) -> Fact:
        """Return the fact of that key, a scalar or a cell (``table[row].column``); raise FactUnknown."""
        if key in self.facts:
            return self.facts[key]
        place, _, column = key.rpartition("].")
        name, _, row = place.partition("[")
        try:
            return self.tables[name].fact(row, column, key)
        except KeyError as error:
            raise FactUnknown(key=key) from error

    def value(self, key: str) -> Any:
        """Return the value of a fact; None is *no data*."""
        return self.fact(key).value

    def save(self, folder: Path) -> None:
        """Write the Record into a folder (a staging folder: see `layers.commit`)."""
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        rows = max(map(len, self.tables.values()), default=0)
        with threads(rows) as beside:  # tables, shapes and identity take about the same time
            writing = [
                beside.submit(self._save_tables, folder),
                beside.submit(save_shapes, self.geometry, folder),
            ]
            content = {**self._content, "id": self.id, "stamp": asdict(self.stamp)}
            for one in writing:
                one.result()
        text = orjson.dumps(
            content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY
        )
        (folder / "record.json").write_bytes(text)

    def _save_tables(self, folder: Path) -> None:
        for title, table in self.tables.items():
            (folder / "tables" / f"{title}.parquet").write_bytes(table.file)
            table.forget()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read the facts of a stored Record; its tables and shapes are read when they are first asked for.

        Raises
        ------
        RecordMissing
        RecordDamaged
            ``record.json`` is not as it was written; later, a table or a layer of shapes is not.
        """
        path = folder / "record.json"
        if not path.is_file():
            raise RecordMissing(path=folder)
        try:
            content = orjson.loads(path.read_bytes())
            stamp, identity = Stamp(**content.pop("stamp")), content.pop("id")
            record = cls._of(content, folder, stamp)
        except _UNREADABLE as error:
            raise RecordDamaged(path=folder, reason=error) from error
        # What the content says of the parts is what they are held against.
        vars(record)["_content"] = content
        if record.id != identity:
            raise RecordDamaged(path=folder, reason=str(identity)[:12])
        return record

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a whole Record; raise RecordMissing, or RecordDamaged where any part is not as it was written."""
        record = cls.open(folder)
        record._read_parts()
        return record

    @property
    def is_whole(self) -> bool:
        """Whether every part is as it was written; reads them all."""
        try:
            self._read_parts()
        except RecordDamaged:
            return False
        return True

    def has_whole_tables(self, but: str) -> bool:
        """Whether every table but one is as it was written; reads and keeps them, and reads no shapes."""
        try:
            for name in self.tables:
                if name != but:
                    self.tables[name]
        except RecordDamaged:
            return False
        return True

    def _read_parts(self) -> None:
        parts: Mapping[str, object]
        for parts in (self.tables, self.geometry):
            for name in parts:
                parts[name]

    @classmethod
    def _of(cls, content: Mapping[str, Any], folder: Path, stamp: Stamp) -> Self:
        return cls(
            **{name: content[name] for name in ("project", "scenario", "reason", "crs", "notice")},
            facts={key: Fact(key=key, **values) for key, values in content["facts"].items()},
            tables=StoredParts(content["tables"], partial(_read_table, folder, content["tables"])),
            geometry=StoredParts(content["geometry"], partial(_read_shapes, ShapeFiles(folder), content["geometry"])),
            inputs=tuple(Input(**one) for one in content["inputs"]),
            rules=Rules(**content["rules"]),
            no_data=tuple(content["no_data"]),
            not_drawn=tuple(content["not_drawn"]),
            stamp=stamp,
        )


def _described(
    arrays: Mapping[str, pa.Array | pa.ChunkedArray],
    columns: Mapping[str, Column],
    stored: Mapping[str, StoredColumn],
) -> dict[str, Any]:
    sha256 = arrays_sha256(arrays, ("key",), {name: one.sha256 for name, one in stored.items()})
    meanings = {name: {"unit": meaning.unit, "how": meaning.how} for name, meaning in columns.items()}
    return {"rows": len(arrays["key"]), "sha256": sha256, "columns": meanings}


def _read_table(folder: Path, stated: Mapping[str, Any], name: str) -> Table:
    try:
        columns = {column: Column(**meaning) for column, meaning in stated[name]["columns"].items()}
        texts = [column for column, meaning in columns.items() if meaning.unit == "text"]
        arrays = read_parquet(folder / "tables" / f"{name}.parquet", texts)
        same = _described(arrays, columns, {}) == stated[name]
    except _UNREADABLE as error:
        raise RecordDamaged(path=folder, reason=error) from error
    if not same:
        raise RecordDamaged(path=folder, reason=name)
    return StoredTable(arrays, columns)


def _read_shapes(files: ShapeFiles, stated: Mapping[str, Any], name: str) -> GeoDataFrame:
    try:
        frame = files.read(name)
        same = described(frame) == stated[name]
    except _UNREADABLE as error:
        raise RecordDamaged(path=files.folder, reason=error) from error
    if not same:
        raise RecordDamaged(path=files.folder, reason=name)
    return frame


def _canonical_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Value:
    """Return a cell as a plain Python value; None where there is no data."""
    if pd.isna(value):
        return None
    plain: Value = value.item() if hasattr(value, "item") else value
    return plain
