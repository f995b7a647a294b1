"""One file on its way in: rows with shapes in Unicode, from a layer, a drawing or a table of coordinates."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import ColumnsOfPlaceMissing
from gis.formats.read import FileRows, placed, points_of, read_rows
from gis.formats.reader import Reader
from gis.formats.shapes import Flattened
from gis.language import Text
from gis.pattern import Pattern
from layers.columns import guess_column_map
from layers.drawings import DRAWINGS, rows_of_drawing
from layers.errors import PatternNotMatched, ShapesMissing
from layers.schema import LayerSchema, TableSchema
from layers.texts import in_unicode
from layers.wishes import Note, Wishes

_OF_EVERY_KML = (
    *("Name", "description", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility"),
    *("drawOrder", "icon"),
)


@dataclass(frozen=True)
class Incoming:
    """Rows of one file as they were meant, still under the names of the file.

    Attributes
    ----------
    originals : texts before their conversion, no column where there was none
    broken : records that could not be read, under the names of the file, with `ROW` and `REASON`
    flattened : what lines in two dimensions cannot hold of the shapes
    """

    layer: str
    frame: DataFrame
    notes: tuple[Note, ...]
    originals: DataFrame
    broken: DataFrame
    flattened: Flattened


def incoming(reader: Reader, path: Path, schema: TableSchema, wishes: Wishes) -> Incoming:
    """Read one file and say what it means.

    Raises
    ------
    FileError, CrsError, TextError
        What the safe door refuses.
    DrawingLeftovers, PatternNotMatched, ShapesMissing, EncodingUnconfirmed
    """
    rows = read_rows(reader, path, wishes.layer, rescue=wishes.quarantine)
    texts = in_unicode(_own_columns(rows), wishes.encoding, path)
    frame, notes, broken = texts.frame, [*_of_geojson(rows), *_of_drivers(rows), *texts.notes], rows.broken
    if rows.driver in DRAWINGS and isinstance(schema, LayerSchema):
        frame, found = rows_of_drawing(placed(frame, path, wishes.crs), path, schema, wishes)
        notes += found
    elif isinstance(frame, GeoDataFrame):
        frame = (
            placed(frame, path, wishes.crs)
            if isinstance(schema, LayerSchema)
            else DataFrame(frame.drop(columns="geometry"))
        )
    elif isinstance(schema, LayerSchema) and not wishes.join:
        frame, misplaced = _of_coordinates(frame, path, schema, wishes)
        broken = pd.concat([one for one in (broken, misplaced) if len(one)] or [broken])
    named = _with_name(frame, path, wishes.from_name)
    return Incoming(rows.layer.name, named, tuple(notes), texts.originals, broken, rows.flattened)


def _own_columns(rows: FileRows) -> DataFrame:
    """Return the frame without the columns that every KML has, where they hold nothing."""
    if rows.driver != "LIBKML":
        return rows.frame
    empty = [one for one in _OF_EVERY_KML if one in rows.frame and rows.frame[one].isin([None, -1, 0]).all()]
    return rows.frame.drop(columns=empty)


def _of_geojson(rows: FileRows) -> list[Note]:
    return [Note(one.partition(":")[0], note_of_geojson(one)) for one in rows.notes]


def note_of_geojson(problem: str) -> Text:
    """Return what is said of a rule that a GeoJSON breaks without doubt about its content."""
    return _GEOJSON.filled(problem=problem)


def _of_drivers(rows: FileRows) -> list[Note]:
    kinds = ", ".join(f"{kind} {count}" for kind, count in rows.unread.items())
    return [Note("element-not-read", _UNREAD.filled(kinds=kinds), sum(rows.unread.values()))] if kinds else []


def _of_coordinates(
    frame: DataFrame, path: Path, schema: LayerSchema, wishes: Wishes
) -> tuple[GeoDataFrame, DataFrame]:
    if wishes.coordinates is None:
        columns = ", ".join(map(str, frame.columns))
        numbers = [name for name in frame.columns if pd.to_numeric(frame[name], errors="coerce").notna().all()]
        if len(numbers) >= 2:
            raise ColumnsOfPlaceMissing(path=path, columns=columns)
        raise ShapesMissing(path=path, layer=schema.name)
    # An outline that lacks a corner would be another outline: there a marker that cannot be read refuses all.
    rescue = wishes.quarantine and schema.geometry == "point"
    points, broken = points_of(frame, path, *wishes.coordinates, wishes.crs, rescue=rescue)
    return (points if schema.geometry == "point" else _outlines(points, schema)), broken


def _outlines(points: GeoDataFrame, schema: LayerSchema) -> GeoDataFrame:
    """Return one outline for each feature whose corner points follow each other in the table."""
    columns = guess_column_map(points, schema).columns
    keys = [columns[name] for name in schema.key if name in columns]
    numbers = points.groupby(keys, sort=False, dropna=False).ngroup().to_numpy() if keys else np.zeros(len(points), int)
    coordinates = shapely.get_coordinates(points.geometry.values)
    groups = [coordinates[numbers == number] for number in range(numbers.max() + 1)]
    make = shapely.Polygon if schema.geometry == "polygon" else shapely.LineString
    first = points[~pd.Series(numbers).duplicated().to_numpy()]
    shapes = [make(group) if len(group) >= 3 else shapely.Polygon() for group in groups]
    return GeoDataFrame(first[keys].reset_index(drop=True), geometry=shapes, crs=points.crs)


def _with_name(frame: DataFrame, path: Path, pattern: Pattern | None) -> DataFrame:
    if pattern is None:
        return frame
    values = pattern.fields_of(path.stem)
    if values is None:
        raise PatternNotMatched(text=path.stem, pattern=pattern.text, option="--from-name")
    return frame.assign(**values)


_GEOJSON = Text(vi="không đúng khuyến nghị của GeoJSON: {problem}", en="not as GeoJSON recommends: {problem}")
_UNREAD = Text(
    vi="bản vẽ có đối tượng không đọc được, hãy chuyển thành đường hoặc vùng: {kinds}",
    en="elements of the drawing that cannot be read, make them lines or areas: {kinds}",
)
