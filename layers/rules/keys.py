"""Rules of keys: every feature has one, and no two share it within their vintage."""

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from gis.language import Text
from layers.catalog import LAYERS, TABLES
from layers.rules.asked import Asked
from layers.rules.rule import Rule, found, nothing, places_of
from layers.schema import TableSchema

_EVERY = tuple(schema.name for schema in (*LAYERS, *TABLES))


def key_columns(rows: DataFrame, schema: TableSchema) -> list[str]:
    """Return the columns that together name a row: the key, and the day from which its codes are valid if it has one.

    The number of a parcel is unique in a sheet of a commune of one vintage; all codes of communes were used again.
    """
    names = [name for name in schema.key if name in rows]
    return [*names, "valid_from"] if "valid_from" in rows and schema.name in ("parcels", "admin_units") else names


def _empty(asked: Asked, layer: str) -> DataFrame:
    reading = asked.reading(layer)
    if reading is None:
        return nothing()
    parts = [_is_empty(reading.rows, name) for name in reading.schema.key]
    which = [np.flatnonzero(part) for part in parts]
    rows = np.concatenate(which)
    fields = np.repeat(np.array(reading.schema.key, dtype=object), [len(one) for one in which])
    return found(feature=asked.keys(layer, rows), field=fields, **_places(asked, layer, rows))


def _repeated(asked: Asked, layer: str) -> DataFrame:
    """Return every row that shares its key with another: each is a place where somebody has to look."""
    reading = asked.reading(layer)
    if reading is None or not len(reading.rows):
        return nothing()
    columns = key_columns(reading.rows, reading.schema)
    whole = ~np.logical_or.reduce([_is_empty(reading.rows, name) for name in reading.schema.key])
    alike = reading.rows.duplicated(columns, keep=False).to_numpy() & whole
    rows = np.flatnonzero(alike)
    times = reading.rows.take(rows).groupby(columns, dropna=False)[columns[0]].transform("size").to_numpy(np.float64)
    return found(
        feature=asked.keys(layer, rows), field="/".join(reading.schema.key), stated=times, **_places(asked, layer, rows)
    )


def _is_empty(rows: DataFrame, name: str) -> npt.NDArray[np.bool_]:
    if name not in rows:
        return np.ones(len(rows), dtype=np.bool_)
    empty: npt.NDArray[np.bool_] = (rows[name].isna() | (rows[name].astype(str).str.strip() == "")).to_numpy()
    return empty


def _places(asked: Asked, layer: str, rows: npt.NDArray[np.int64]) -> dict[str, object]:
    shapes = asked.sound(layer)
    return places_of(shapes[rows]) if len(shapes) else {}


KEYS: tuple[Rule, ...] = (
    Rule(
        "keys.empty",
        "error",
        _EVERY,
        Text("Khóa để trống", "Empty key"),
        Text(
            vi="{feature}: trường khóa “{field}” để trống, không thể gọi tên đối tượng này. Hãy điền vào.",
            en="{feature}: the key field “{field}” is empty, and nobody can name this feature. Fill it in.",
        ),
        _empty,
    ),
    Rule(
        "keys.repeated",
        "error",
        _EVERY,
        Text("Trùng khóa", "Repeated key"),
        Text(
            vi="{feature}: có {stated} đối tượng cùng khóa này. Hãy đánh số lại cho mỗi đối tượng một khóa riêng.",
            en="{feature}: {stated} features have this key. Number them anew, a key for each.",
        ),
        _repeated,
    ),
)
