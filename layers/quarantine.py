"""Broken records: each with its reason, put aside if the user says so, so that the others can come in."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from gis.crs import area_of_use, moved
from gis.language import Text
from layers.conform import unfit, wrong_type
from layers.schema import LayerSchema, TableSchema
from layers.wishes import Note


def broken_rows(frame: DataFrame, schema: TableSchema, working: CRS) -> Any:
    """Return a reason per row, None where the row is sound.

    Parameters
    ----------
    frame : rows under our names, before they are conformed
    """
    reasons = np.full(len(frame), None, dtype=object)
    if isinstance(frame, GeoDataFrame) and isinstance(schema, LayerSchema):
        shapes = np.asarray(frame.geometry.values, dtype=object)
        _say(reasons, _not_finite(shapes), _NOT_FINITE)
        _say(reasons, wrong_type(shapes, schema.geometry), _WRONG_TYPE)
        _say(reasons, _outside(frame, reasons, working), _OUTSIDE)
    for field in schema.fields:
        if field.name in frame:
            _say(reasons, unfit(frame[field.name], field), _UNFIT.filled(field=field.name))
    for name in schema.key:
        if name in frame:
            values = frame[name]
            _say(
                reasons, (values.isna() | (values.astype(str).str.strip() == "")).to_numpy(), _NO_KEY.filled(field=name)
            )
    return reasons


def note_of(count: int, file: str) -> Note:
    """Return the note for records that were put aside."""
    return Note("quarantined", _QUARANTINED.filled(count=count, file=file), count)


def _say(reasons: Any, rows: Any, text: Text) -> None:
    for row in np.flatnonzero(np.asarray(rows, dtype=bool)):
        reasons[row] = reasons[row] or text


def _not_finite(shapes: Any) -> Any:
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[rows[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad


def _outside(frame: GeoDataFrame, reasons: Any, working: CRS) -> Any:
    allowed = area_of_use(working)
    sound = np.array([one is None for one in reasons]) & (frame.geometry.notna() & ~frame.geometry.is_empty).to_numpy()
    outside = np.zeros(len(frame), dtype=bool)
    if allowed is None or not sound.any():
        return outside
    bounds = moved(frame[sound], working).bounds.to_numpy()
    inside = (bounds[:, :2] >= allowed[:2]).all(axis=1) & (bounds[:, 2:] <= allowed[2:]).all(axis=1)
    outside[np.flatnonzero(sound)[~inside]] = True
    return outside


_NOT_FINITE = Text(vi="tọa độ không hữu hạn", en="coordinates are not finite")
_WRONG_TYPE = Text(vi="sai loại hình", en="wrong kind of geometry")
_OUTSIDE = Text(vi="nằm ngoài phạm vi hệ tọa độ", en="outside the area of use of the system")
_UNFIT = Text(vi="giá trị không hợp với trường {field}", en="the value does not fit the field {field}")
_NO_KEY = Text(vi="không có khóa {field}", en="no key {field}")
_QUARANTINED = Text(
    vi="{count} bản ghi hỏng được để riêng trong {file}, kèm lý do",
    en="{count} broken records were put aside in {file}, with their reasons",
)
