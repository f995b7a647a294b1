"""Bring files into the project: read through the safe door, name the columns, place the coordinates, check, report."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from gis.crs import crs_name, operation, to_working_crs
from gis.errors import FileMissing
from gis.formats.accepted import FORMATS
from gis.formats.read import REASON, ROW, records_broken
from gis.formats.reader import Reader
from layers.catalog import schema_of
from layers.columns import ColumnMap, apply_column_map, guess_column_map, in_our_units
from layers.conform import conform
from layers.errors import (
    DateWrong,
    KeyEmpty,
    KeyFieldMissing,
    KeyRepeated,
    LayerPresent,
    NothingToJoin,
    VintageMissing,
)
from layers.figures import with_figures
from layers.incoming import Incoming, incoming
from layers.project import Source
from layers.quarantine import broken_rows, note_of
from layers.schema import LayerSchema, TableSchema
from layers.wishes import FileReport, ImportReport, Note, Presence, Wishes
from layers.workspace import Workspace, key_fields

# How many rows a report names one by one.
NAMED_ROWS = 20


def import_files(
    workspace: Workspace, paths: Sequence[Path], layer: str, wishes: Wishes
) -> tuple[Workspace, ImportReport]:
    """Bring files (or the accepted files of a folder) into one layer; everything comes in or nothing does.

    Raises
    ------
    LayerUnknown, LayerPresent, VintageMissing, DateWrong
    KeyFieldMissing, KeyEmpty, KeyRepeated, ValueRefused, GeometryWrong, ColumnsFileWrong
    DrawingLeftovers, PatternNotMatched, ShapesMissing, NothingToJoin, EncodingUnconfirmed, FiguresUnclear
    FileError, CrsError, TextError
        What the safe door, the coordinate check and the text check refuse.
    """
    schema = schema_of(layer)
    _require_day(wishes.vintage)
    with Reader() as reader:
        files = [_read_one(reader, path, workspace, schema, wishes) for path in files_of(paths)]
    arriving = _together([one.frame for one in files])
    if wishes.join and isinstance(schema, LayerSchema):
        rows = _joined(workspace, schema, arriving, paths[0])
    else:
        rows = _together([*_rows_that_stay(workspace, schema, arriving, wishes.presence), arriving])
    repeated = _require_keys(rows, schema)
    beside = {name: frame for one in files for name, frame in one.beside.items()}
    names = ", ".join(one.report.file for one in files)
    changed = workspace.write({layer: rows}, tuple(one.source for one in files), beside, why="import", detail=names)
    identity = changed.project.layers[layer].sha256
    return changed, ImportReport(layer, len(rows), repeated, tuple(one.report for one in files), identity)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the files, and of each folder the accepted ones, sorted; raise FileMissing where there is none."""
    suffixes = {one.suffix for one in FORMATS}
    found: list[Path] = []
    for path in paths:
        is_folder = path.is_dir() and path.suffix.lower() not in suffixes
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in suffixes) if is_folder else [path]
        if not inside:
            raise FileMissing(path=path / "*")
        found.extend(inside)
    return found


@dataclass(frozen=True)
class _Arrived:
    """One file, ready to be written; `beside`: what is kept next to the layer, by path in the project."""

    frame: DataFrame
    report: FileReport
    source: Source
    beside: dict[str, DataFrame]


def _read_one(reader: Reader, path: Path, workspace: Workspace, schema: TableSchema, wishes: Wishes) -> _Arrived:
    came = incoming(reader, path, schema, wishes)
    raw, sha256 = came.frame, _sha256(path)
    mapping = wishes.columns or guess_column_map(raw, schema)
    frame = _with_values(apply_column_map(raw, mapping, path), schema, wishes)
    _require_key_fields(frame, raw, schema, path)
    frame, figures = with_figures(frame, schema, wishes.decimal)
    frame = in_our_units(frame, mapping)
    notes, beside = [*came.notes, *figures], {}
    if len(came.originals.columns):
        beside[f"originals/{schema.name}-{sha256[:12]}.parquet"] = came.originals
    if wishes.quarantine:
        broken = came.broken.rename(columns={theirs: ours for ours, theirs in mapping.columns.items()})
        frame, aside = _put_aside(frame, broken, schema, workspace.crs)
        if len(aside) and not len(frame):
            raise records_broken(path, aside, len(aside))
        if len(aside):
            name = f"quarantine/{schema.name}-{sha256[:12]}.gpkg"
            beside[name] = aside
            notes.append(note_of(len(aside), name))
            raw = raw.loc[frame.index]
    if isinstance(frame, GeoDataFrame):
        frame = to_working_crs(frame, workspace.crs, str(path))
    frame = conform(frame, schema if isinstance(frame, GeoDataFrame) else _without_shapes(schema), str(path))
    _require_filled_keys(frame, schema, path)
    report = _report(path, came, raw, frame, mapping, schema, workspace.crs, tuple(notes))
    return _Arrived(frame, report, _source(report, sha256, wishes), beside)


def _put_aside(frame: DataFrame, unread: DataFrame, schema: TableSchema, working: CRS) -> tuple[DataFrame, DataFrame]:
    """Return the rows that can come in, and the others: those that could not be read, and those that do not fit."""
    reasons = broken_rows(frame, schema, working)
    broken = np.array([one is not None for one in reasons], dtype=bool)
    told = [f"{one.vi} / {one.en}" for one in reasons[broken]]
    unfit = frame[broken].assign(**{ROW: frame.index[broken] + 1, REASON: told})
    parts = [one for one in (unfit, unread) if len(one)]
    aside = pd.concat(parts, ignore_index=True) if parts else unfit
    mixed = [name for name in aside.columns if aside[name].dtype == object]  # numbers, and what should be one
    return frame[~broken], aside.assign(**{name: aside[name].map(str, na_action="ignore") for name in mixed})


def _without_shapes(schema: TableSchema) -> TableSchema:
    return TableSchema(schema.name, schema.title, schema.key, schema.fields)


def _joined(workspace: Workspace, schema: LayerSchema, arriving: DataFrame, path: Path) -> DataFrame:
    """Return the rows that are there with the values that arrived for their keys."""
    rows = workspace.read(schema.name)
    keys = [name for name in key_fields(schema) if name in arriving]
    if arriving.duplicated(keys).any():
        example = "/".join(arriving.loc[arriving.duplicated(keys).idxmax(), keys].astype(str))
        raise KeyRepeated(layer=schema.name, example=example, rows=int(arriving.duplicated(keys).sum()))
    values = arriving.set_index(keys)
    index = pd.MultiIndex.from_frame(rows[keys]) if len(keys) > 1 else pd.Index(rows[keys[0]])
    hit = index.isin(values.index)
    if not hit.any() or not values.index.isin(index).all():
        raise NothingToJoin(path=path, layer=schema.name, key=", ".join(keys))
    for name in values.columns:
        there = rows[name] if name in rows else pd.Series(None, index=rows.index, dtype=values[name].dtype)
        rows[name] = there.where(~hit, values[name].reindex(index).to_numpy())
    return rows


def _with_values(frame: DataFrame, schema: TableSchema, wishes: Wishes) -> DataFrame:
    values: dict[str, Any] = dict(wishes.values)
    if wishes.vintage is not None and schema.field("valid_from"):
        values["valid_from"] = wishes.vintage
    if wishes.accuracy_m is not None and schema.field("accuracy_m"):
        values["accuracy_m"] = wishes.accuracy_m
    # GeoPackage keeps "fid" for itself.
    return frame.rename(columns={"fid": "source_fid"}).assign(**values)


def _report(
    path: Path,
    came: Incoming,
    raw: DataFrame,
    frame: DataFrame,
    mapping: ColumnMap,
    schema: TableSchema,
    working: CRS,
    notes: tuple[Note, ...],
) -> FileReport:
    named = set(mapping.columns.values())
    geometry = frame.geometry.values if isinstance(frame, GeoDataFrame) else np.array([], dtype=object)
    invalid = np.flatnonzero(~(shapely.is_valid(geometry) | shapely.is_missing(geometry)))
    keys = frame.iloc[invalid[:NAMED_ROWS]][list(schema.key)].agg("/".join, axis=1) if len(invalid) else []
    crs = getattr(raw, "crs", None)
    used = operation(crs, working) if crs is not None else None
    return FileReport(
        file=path.name,
        layer=came.layer,
        rows=len(frame),
        crs=crs_name(crs) if crs is not None else "",
        operation=used.name if used else "",
        operation_accuracy_m=used.accuracy_m if used else None,
        columns=dict(mapping.columns),
        factors={name: factor for name, factor in mapping.factors.items() if factor != 1.0},
        kept=tuple(str(one) for one in raw.columns if one not in named and one != "geometry"),
        without_geometry=int((shapely.is_missing(geometry) | shapely.is_empty(geometry)).sum()),
        invalid=len(invalid),
        invalid_keys=tuple(keys),
        flattened=came.flattened.heights,
        measures=came.flattened.measures,
        arcs=came.flattened.arcs,
        arc_deviation_m=came.flattened.deviation_m,
        area_m2=float(np.nansum(shapely.area(geometry))),
        notes=notes,
    )


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file, or of the files of a folder in the order of their names."""
    digest = hashlib.sha256()
    for part in sorted(path.iterdir()) if path.is_dir() else [path]:
        with part.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest() if path.is_dir() else b"")
            if path.is_file():
                return hashlib.file_digest(file, "sha256").hexdigest()
    return digest.hexdigest()


def _source(report: FileReport, sha256: str, wishes: Wishes) -> Source:
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
