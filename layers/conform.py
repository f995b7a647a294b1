"""Bring rows into the form of their schema: canonical columns and types, one kind of geometry, two dimensions."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.errors import DataError
from gis.language import Text
from gis.text import nfc
from layers.errors import GeometryWrong, ValueRefused
from layers.schema import Field, GeometryType, LayerSchema, TableSchema

_EXPECTED = {
    "number": Text(vi="một số", en="a number"),
    "date": Text(vi="một ngày (2025-07-01)", en="a day (2025-07-01)"),
    "flag": Text(vi="có/không", en="yes/no"),
    "text": Text(vi="chữ", en="text"),
}
_YES = ("1", "true", "có", "co", "x", "yes")
_NO = ("0", "false", "không", "khong", "no")
_FLAGS = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}

_MULTI = {
    "polygon": (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON, shapely.multipolygons),
    "line": (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING, shapely.multilinestrings),
    "point": (shapely.GeometryType.POINT, shapely.GeometryType.POINT, None),
}
_GEOMETRY_TITLES = {
    "polygon": Text(vi="vùng", en="polygon"),
    "line": Text(vi="đường", en="line"),
    "point": Text(vi="điểm", en="point"),
}


def conform(frame: DataFrame, schema: TableSchema, path: str = "") -> DataFrame:
    """Return `frame` with the fields of `schema` in its types and order; other columns follow as they are.

    Text is composed Unicode, and missing where it is blank; a number a double, a date an ISO day, a flag nullable;
    polygons are multipolygons in two dimensions. Null and empty geometry stays in its row.

    Raises
    ------
    ValueRefused
        A value that does not fit its field, with its row.
    GeometryWrong
        Lines where polygons belong, or the like.
    """
    plain = DataFrame(frame)  # a column of a GeoDataFrame is asked whether it is a geometry each time
    named = {field.name: _typed(plain[field.name], field, schema) for field in schema.fields if field.name in plain}
    others = {name: plain[name] for name in plain.columns if name not in named and name != "geometry"}
    columns = DataFrame({**named, **others}, index=frame.index).reset_index(drop=True)
    if not isinstance(schema, LayerSchema):
        return columns
    geometry = one_geometry_type(np.asarray(frame.geometry.values, dtype=object), schema.geometry, schema.name, path)
    return GeoDataFrame(columns, geometry=geometry, crs=frame.crs)


def one_geometry_type(geometries: Any, kind: GeometryType, layer: str, path: str) -> Any:
    """Return the geometries in two dimensions, as multi-geometries of the one `kind` (points stay points)."""
    is_flat = not (shapely.has_z(geometries) | shapely.has_m(geometries)).any()
    flat = np.array(geometries, dtype=object) if is_flat else shapely.force_2d(geometries)
    if kind == "any":
        return flat
    single, _, collect = _MULTI[kind]
    types, wrong = shapely.get_type_id(flat), wrong_type(flat, kind)
    if wrong.any():
        found = flat[wrong][0].geom_type
        raise GeometryWrong(layer=layer, path=path, expected=_GEOMETRY_TITLES[kind], found=found)
    if collect is None:
        return flat
    lone = types == single
    flat[lone] = collect(flat[lone].reshape(-1, 1)) if lone.any() else flat[lone]
    return flat


def wrong_type(geometries: Any, kind: GeometryType) -> Any:
    """Return which geometries are not of `kind`; missing and empty ones are."""
    if kind == "any":
        return np.zeros(len(geometries), dtype=bool)
    single, multi, _ = _MULTI[kind]
    return ~np.isin(shapely.get_type_id(geometries), (-1, single, multi)) & ~shapely.is_empty(geometries)


def unfit(values: Series, field: Field) -> Any:
    """Return which values are there and cannot be of the field's type."""
    if field.type == "text":
        return np.zeros(len(values), dtype=bool)
    return _lost(_PARSERS[field.type](values), values)


def as_multi(geometries: Any) -> Any:
    """Return polygons as multipolygons and lines as multilines, shape (n,); points stay points."""
    shapes = np.array(geometries, dtype=object)
    for single, _, collect in (_MULTI["polygon"], _MULTI["line"]):
        lone = shapely.get_type_id(shapes) == single
        if lone.any():
            shapes[lone] = collect(shapes[lone].reshape(-1, 1))
    return shapes


def _typed(values: Series, field: Field, schema: TableSchema) -> Series:
    if field.type == "text":
        return _texts(values)
    parsed = _PARSERS[field.type](values)
    lost = _lost(parsed, values)
    if lost.any():
        row = int(np.flatnonzero(lost)[0])
        raise refused(values.iloc[row], row, field, schema)
    return parsed


def _lost(parsed: Series, values: Series) -> Any:
    lost: Any = pd.isna(parsed.array) & pd.notna(values.array)
    return lost & (values.astype(str).str.strip() != "").to_numpy() if lost.any() else lost


# What composing could change, anything but plain ASCII and spaces that are not single ones between words; and blanks.
_ROUGH = r"[^\x21-\x7e ]|^ | $|  |^$"


def _texts(values: Series) -> Series:
    if pd.api.types.is_float_dtype(values.dtype):  # a code that a spreadsheet read as 5977.0
        values = values.map(lambda number: f"{number:.15g}", na_action="ignore")
    texts = values if values.dtype == "str" else values.map(str, na_action="ignore").astype("str")
    written = pa.array(texts.array, type=pa.large_string(), from_pandas=True)
    rough = pc.match_substring_regex(written, _ROUGH)
    composed = {text: nfc(text) for text in pc.unique(pc.filter(written, rough)).to_pylist()}
    if any(text != whole for text, whole in composed.items()):
        texts = texts.mask(texts.isin(composed), texts.map(composed))
    return texts.mask(texts == "") if "" in composed.values() else texts


def _numbers(values: Series) -> Series:
    return pd.to_numeric(values, errors="coerce").astype("float64")


def _days(values: Series) -> Series:
    days = pd.to_datetime(values, errors="coerce", format="ISO8601")
    return days.dt.strftime("%Y-%m-%d").astype("str")


def _flags(values: Series) -> Series:
    return values.map(lambda value: _FLAGS.get(str(value).casefold()), na_action="ignore").astype("boolean")


_PARSERS: dict[str, Callable[[Series], Series]] = {"number": _numbers, "date": _days, "flag": _flags}


def refused(value: Any, row: int, field: Field, schema: TableSchema) -> DataError:
    """Return the error that names the value, its field and its row (from 1)."""
    return ValueRefused(layer=schema.name, field=field.name, value=value, row=row + 1, expected=_EXPECTED[field.type])
