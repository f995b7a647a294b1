"""The GeoPackages: every row as SQLite stores it, corner by corner, against the layers of the Record."""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from maps.styled import Styled
from maps.verify.difference import Difference, told

_MAGIC, _HEADER = b"GP", 8
# Doubles in the envelope of a stored shape, by the code in its flags.
_ENVELOPES = {0: 0, 1: 4}
# The index of shapes holds single precision: at a northing of 2,400 km its steps are a quarter of a metre.
_INDEX_M = 0.5
_KEY = "maDoiTuong"
# The extent of a layer is stored with fifteen digits.
_ROUNDED_M = 1e-6


def geopackage_differences(file: str, path: Path, layers: Sequence[Styled]) -> Iterator[Difference]:
    """Yield every place of a GeoPackage that is not as the layers of the Record are."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            yield from _contents(file, database, layers)
            for one in layers:
                yield from _layer(file, database, one)
    except (sqlite3.Error, ValueError, struct.error, shapely.errors.GEOSException, IndexError) as error:
        yield Difference(file, "", "", str(error), "GeoPackage")


def _contents(file: str, database: sqlite3.Connection, layers: Sequence[Styled]) -> Iterator[Difference]:
    listed = dict(database.execute("SELECT table_name, srs_id FROM gpkg_geometry_columns"))
    wanted = {one.name: one.rows.crs.to_epsg() for one in layers}
    if listed != wanted:
        yield Difference(file, "gpkg_geometry_columns", "", str(listed), str(wanted))
    styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    for one in layers:
        if styles.get(one.name) != one.qml:
            yield Difference(file, f"layer_styles[{one.name}]", "", told(styles.get(one.name)), one.qml)
    extents = {row[0]: row[1:] for row in database.execute(_EXTENTS)}
    for one in layers:
        found, there = extents.get(one.name, ()), one.rows.total_bounds
        if not np.allclose(np.array(found, dtype=np.float64), there, rtol=0, atol=_ROUNDED_M):
            yield Difference(file, f"gpkg_contents[{one.name}]", "", str(found), str(there))


_EXTENTS = "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents WHERE data_type = 'features'"


def _layer(file: str, database: sqlite3.Connection, one: Styled) -> Iterator[Difference]:
    columns = [name for name in one.rows.columns if name != one.rows.geometry.name]
    (geometry,) = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [one.name]
    ).fetchone() or ("geom",)
    names = ", ".join(f'"{name}"' for name in (*columns, geometry))
    rows = database.execute(f'SELECT {names} FROM "{one.name}" ORDER BY rowid').fetchall()  # noqa: S608 -- our names
    if len(rows) != len(one.rows):
        yield Difference(file, one.name, "", f"{len(rows)}", f"{len(one.rows)}")
    keys = one.rows[_KEY].tolist()
    for place, column in enumerate(columns):
        stored = [row[place] for row in rows]
        yield from _attributes(file, one, column, keys, stored)
    yield from _shapes(file, one, keys, [row[-1] for row in rows])
    yield from _index(file, database, one, keys, geometry)


def _attributes(
    file: str, one: Styled, column: str, keys: Sequence[str], stored: Sequence[Any]
) -> Iterator[Difference]:
    wanted = [_none(value) for value in one.rows[column].tolist()]
    if stored == wanted:
        return
    for key, found, value in zip(keys, stored, wanted, strict=False):
        if found != value:
            yield Difference(file, f"{one.name}[{key}].{column}", "", told(found), told(value))


def _none(value: Any) -> Any:
    return None if isinstance(value, float) and np.isnan(value) else value


def _shapes(file: str, one: Styled, keys: Sequence[str], blobs: Sequence[bytes]) -> Iterator[Difference]:
    """Compare shape by shape: system, box and every corner, as doubles."""
    wanted = np.asarray(one.rows.geometry.values, dtype=object)
    srs = one.rows.crs.to_epsg()
    for key, blob, shape in zip(keys, blobs, wanted, strict=False):
        place = f"{one.name}[{key}]"
        code, box, stored = _stored_shape(blob)
        if code != srs:
            yield Difference(file, f"{place}.srs", "", str(code), str(srs))
        if box and box != _box(shape):
            yield Difference(file, f"{place}.box", "", str(box), str(_box(shape)))
        yield from _corners(file, place, stored, shape)


def _stored_shape(blob: bytes) -> tuple[int, tuple[float, ...], Any]:
    if blob[:2] != _MAGIC:
        raise ValueError("not a GeoPackage geometry")
    flags = blob[3]
    order = "<" if flags & 1 else ">"
    (srs,) = struct.unpack_from(f"{order}i", blob, 4)
    doubles = _ENVELOPES[flags >> 1 & 7]
    box = struct.unpack_from(f"{order}{doubles}d", blob, _HEADER)
    return srs, box, shapely.from_wkb(blob[_HEADER + 8 * doubles :])


def _box(shape: Any) -> tuple[float, ...]:
    west, south, east, north = shape.bounds
    return west, east, south, north


def _corners(file: str, place: str, stored: Any, shape: Any) -> Iterator[Difference]:
    found, wanted = shapely.get_coordinates(stored), shapely.get_coordinates(shape)
    if _parts(stored) != _parts(shape):
        yield Difference(file, place, "", _parts(stored), _parts(shape))
    elif not np.array_equal(found, wanted):
        for corner in np.flatnonzero((found != wanted).any(axis=1)):
            yield Difference(file, f"{place}.corner {corner + 1}", "", _pair(found[corner]), _pair(wanted[corner]))


def _parts(shape: Any) -> str:
    """Return how a shape is made: the corners of every ring of every part."""
    rings = [[len(ring.coords) for ring in _rings(part)] for part in shapely.get_parts(shape)]
    return f"{shapely.get_dimensions(shape)}-D {rings}"


def _rings(part: Any) -> list[Any]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]


def _pair(place: Any) -> str:
    return f"{place[0].item()!r} {place[1].item()!r}"


def _index(
    file: str, database: sqlite3.Connection, one: Styled, keys: Sequence[str], geometry: str
) -> Iterator[Difference]:
    """Compare the index by which QGIS finds what to draw: a shape that it does not know is a shape that is lost."""
    query = f'SELECT minx, miny, maxx, maxy FROM "rtree_{one.name}_{geometry}" ORDER BY id'  # noqa: S608
    boxes = np.array(database.execute(query).fetchall(), dtype=np.float64).reshape(-1, 4)
    wanted = one.rows.bounds.to_numpy()
    if boxes.shape != wanted.shape:
        yield Difference(file, f"rtree[{one.name}]", "", f"{len(boxes)}", f"{len(wanted)}")
        return
    for row in np.flatnonzero((np.abs(boxes - wanted) > _INDEX_M).any(axis=1)):
        yield Difference(file, f"rtree[{one.name}][{keys[int(row)]}]", "", str(boxes[row]), str(wanted[row]))


def checked_shapes(layers: Sequence[Styled]) -> tuple[int, int]:
    """Return how many rows and corners a GeoPackage was compared in."""
    frames: list[GeoDataFrame] = [one.rows for one in layers]
    corners = sum(int(shapely.get_num_coordinates(frame.geometry.values).sum()) for frame in frames)
    return sum(len(frame) for frame in frames), corners
