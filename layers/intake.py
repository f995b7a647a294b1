"""Bring files into the project: read through the safe door, name the columns, place the coordinates, check, report."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from gis.crs import crs_name, operation, to_working_crs
from gis.errors import FileMissing
from gis.formats.accepted import FORMATS
from gis.formats.read import choose_layer, read
from layers.catalog import schema_of
from layers.columns import ColumnMap, apply_column_map, guess_column_map
from layers.conform import conform
from layers.errors import DateWrong, KeyEmpty, KeyFieldMissing, KeyRepeated, LayerPresent, VintageMissing
from layers.project import Source
from layers.schema import LayerSchema, TableSchema
from layers.workspace import Workspace, key_fields

Presence = Literal["refuse", "append", "replace"]
# How many rows a report names one by one.
NAMED_ROWS = 20


@dataclass(frozen=True)
class Wishes:
    """What the user says about the files.

    Attributes
    ----------
    layer : layer inside each file; None for the only one
    columns : None to go by the known aliases
    values : constant by field, for what the file does not say
    presence : what becomes of the rows that are there
    crs : of files that state none, or the wrong one
    vintage : ISO day from which unit codes are valid
    accuracy_m : stated accuracy of the shapes
    """

    layer: str | None = None
    columns: ColumnMap | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    presence: Presence = "refuse"
    crs: CRS | None = None
    vintage: str | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True)
class FileReport:
    """What came in from one file, and what about it an officer should know.

    Attributes
    ----------
    columns : column of the file by our field
    kept : columns that stay under their own names
    without_geometry, invalid : keys of rows without a shape, with an invalid one (the first 20), and how many
    flattened : rows whose heights (Z) or measures (M) were dropped
    """

    file: str
    layer: str
    rows: int
    crs: str
    operation: str
    operation_accuracy_m: float | None
    columns: Mapping[str, str]
    kept: tuple[str, ...]
    without_geometry: int
    invalid: int
    invalid_keys: tuple[str, ...]
    flattened: int


@dataclass(frozen=True)
class ImportReport:
    """What one import did to a layer."""

    layer: str
    rows: int
    repeated_keys: int
    files: tuple[FileReport, ...]


def import_files(
    workspace: Workspace, paths: Sequence[Path], layer: str, wishes: Wishes
) -> tuple[Workspace, ImportReport]:
    """Bring files (or the accepted files of a folder) into one layer; everything comes in or nothing does.

    Raises
    ------
    LayerUnknown, LayerPresent, VintageMissing, DateWrong
    KeyFieldMissing, KeyEmpty, KeyRepeated, ValueRefused, GeometryWrong, ColumnsFileWrong
    FileError, CrsError
        What the safe door and the coordinate check refuse.
    """
    schema = schema_of(layer)
    _require_day(wishes.vintage)
    incoming = [_read_one(path, workspace, schema, wishes) for path in files_of(paths)]
    arriving = _together([frame for frame, _, _ in incoming])
    rows = _together([*_rows_that_stay(workspace, schema, arriving, wishes.presence), arriving])
    repeated = _require_keys(rows, schema)
    changed = workspace.write({layer: rows}, tuple(source for _, _, source in incoming))
    return changed, ImportReport(layer, len(rows), repeated, tuple(report for _, report, _ in incoming))


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the files, and of each folder the accepted ones, sorted; raise FileMissing where there is none."""
    suffixes = {one.suffix for one in FORMATS}
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in suffixes) if path.is_dir() else [path]
        if not inside:
            raise FileMissing(path=path / "*")
        found.extend(inside)
    return found


def _read_one(
    path: Path, workspace: Workspace, schema: TableSchema, wishes: Wishes
) -> tuple[DataFrame, FileReport, Source]:
    chosen = choose_layer(path, wishes.layer)
    raw = read(path, chosen.name, wishes.crs)
    mapping = wishes.columns or guess_column_map(raw, schema)
    frame = _with_values(apply_column_map(raw, mapping, path), schema, wishes)
    _require_key_fields(frame, raw, schema, path)
    if isinstance(schema, LayerSchema):
        frame = to_working_crs(frame, workspace.crs, str(path))
    frame = conform(frame, schema, str(path))
    _require_filled_keys(frame, schema, path)
    report = _report(path, chosen.name, raw, frame, mapping, schema, workspace.crs)
    return frame, report, _source(report, path, wishes)


def _with_values(frame: DataFrame, schema: TableSchema, wishes: Wishes) -> DataFrame:
    values: dict[str, Any] = dict(wishes.values)
    if wishes.vintage is not None and schema.field("valid_from"):
        values["valid_from"] = wishes.vintage
    if wishes.accuracy_m is not None and schema.field("accuracy_m"):
        values["accuracy_m"] = wishes.accuracy_m
    # GeoPackage keeps "fid" for itself.
    return frame.rename(columns={"fid": "source_fid"}).assign(**values)


def _report(
    path: Path, layer: str, raw: DataFrame, frame: DataFrame, mapping: ColumnMap, schema: TableSchema, working: CRS
) -> FileReport:
    named = set(mapping.columns.values())
    geometry = frame.geometry.values if isinstance(frame, GeoDataFrame) else np.array([], dtype=object)
    invalid = np.flatnonzero(~(shapely.is_valid(geometry) | shapely.is_missing(geometry)))
    keys = frame.iloc[invalid[:NAMED_ROWS]][list(schema.key)].agg("/".join, axis=1) if len(invalid) else []
    crs = getattr(raw, "crs", None)
    moved = operation(crs, working) if crs is not None else None
    return FileReport(
        file=path.name,
        layer=layer,
        rows=len(frame),
        crs=crs_name(crs) if crs is not None else "",
        operation=moved.name if moved else "",
        operation_accuracy_m=moved.accuracy_m if moved else None,
        columns=dict(mapping.columns),
        kept=tuple(str(one) for one in raw.columns if one not in named and one != "geometry"),
        without_geometry=int((shapely.is_missing(geometry) | shapely.is_empty(geometry)).sum()),
        invalid=len(invalid),
        invalid_keys=tuple(keys),
        flattened=int(shapely.has_z(raw.geometry.values).sum()) if isinstance(raw, GeoDataFrame) else 0,
    )


def _source(report: FileReport, path: Path, wishes: Wishes) -> Source:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(
        file=report.file,
        layer=report.layer,
        sha256=sha256,
        imported=datetime.now().astimezone().isoformat(timespec="seconds"),
        rows=report.rows,
        crs=report.crs,
        operation=report.operation,
        operation_accuracy_m=report.operation_accuracy_m,
        vintage=wishes.vintage,
        accuracy_m=wishes.accuracy_m,
    )


def _require_day(text: str | None) -> None:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError as error:
        raise DateWrong(value=text) from error


def _together(frames: list[DataFrame]) -> DataFrame:
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _rows_that_stay(
    workspace: Workspace, schema: TableSchema, arriving: DataFrame, presence: Presence
) -> list[DataFrame]:
    """Return the rows that stay; a layer of vintages grows by whole vintages, so only the same ones are in the way."""
    if not workspace.has(schema.name):
        return []
    rows = workspace.read(schema.name)
    vintages = isinstance(schema, LayerSchema) and schema.vintage
    in_the_way = rows["valid_from"].isin(arriving["valid_from"]) if vintages else pd.Series(True, index=rows.index)  # noqa: FBT003
    if presence == "append" or not in_the_way.any():
        return [rows]
    if presence == "refuse":
        raise LayerPresent(layer=schema.name, rows=int(in_the_way.sum()))
    return [] if in_the_way.all() else [rows[~in_the_way]]


def _require_key_fields(frame: DataFrame, raw: DataFrame, schema: TableSchema, path: Path) -> None:
    if isinstance(schema, LayerSchema) and schema.vintage and "valid_from" not in frame.columns:
        raise VintageMissing(layer=schema.name)
    for name in schema.key:
        if name not in frame.columns:
            columns = ", ".join(str(one) for one in raw.columns if one != "geometry")
            raise KeyFieldMissing(layer=schema.name, field=name, path=path, columns=columns or "–")


def _require_filled_keys(frame: DataFrame, schema: TableSchema, path: Path) -> None:
    for name in schema.key:
        empty = np.flatnonzero(frame[name].isna() | (frame[name] == ""))
        if len(empty):
            raise KeyEmpty(path=path, field=name, rows=len(empty), example=int(empty[0]) + 1)


def _require_keys(rows: DataFrame, schema: TableSchema) -> int:
    """Return how many rows repeat a key; refuse them where the layer needs its keys to be unique."""
    repeated = rows.duplicated(list(key_fields(schema)))
    if isinstance(schema, LayerSchema) and schema.unique and repeated.any():
        example = "/".join(rows.loc[repeated.idxmax(), list(schema.key)])
        raise KeyRepeated(layer=schema.name, example=example, rows=int(repeated.sum()))
    return int(repeated.sum())
