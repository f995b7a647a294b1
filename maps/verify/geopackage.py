"""The GeoPackages: every row as SQLite stores it, corner by corner, against the layers of the Record."""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from maps.appendix.packages import write_package
from maps.styled import Styled
from maps.verify.difference import Difference, told
from maps.verify.package_tables import Tables, table_differences, tables_of

_HEADER = 8
# Doubles in the envelope of a stored shape, by the code in its flags.
_ENVELOPES = {0: 0, 1: 4}
# The index of shapes holds single precision: at a northing of 2,400 km its steps are a quarter of a metre.
_INDEX_M = 0.5
_KEY = "maDoiTuong"
_EXTENTS = "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents WHERE data_type = 'features'"
_COUNTS = "SELECT table_name, feature_count FROM gpkg_ogr_contents"
_BROKEN = (sqlite3.Error, ValueError, KeyError, struct.error, shapely.errors.GEOSException, IndexError)

Places = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PackageExpected:
    """The layers that stand in a GeoPackage."""

    layers: Sequence[Styled]

    @cached_property
    def tables(self) -> Tables:
        """Everything in it but rows of features: names, columns, systems, styles; they are not longer for more rows."""
        few = [Styled(one.name, one.rows[~one.rows.geom_type.duplicated()], one.qml) for one in self.layers]
        with TemporaryDirectory(prefix="mocgioi-") as folder:
            path = Path(folder) / "vai-dong.gpkg"
            write_package(few, path)
            with closing(sqlite3.connect(path)) as database:
                return tables_of(database, {one.name for one in few})

    @cached_property
    def bounds(self) -> dict[str, Places]:
        """Box of every feature, by layer: west, south, east, north."""
        return {one.name: one.rows.bounds.to_numpy() for one in self.layers}


def geopackage_differences(file: str, path: Path, expected: PackageExpected) -> Iterator[Difference]:
    """Yield every place of a GeoPackage that is not as the layers of the Record are."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            names = {one.name for one in expected.layers}
            yield from table_differences(file, tables_of(database, names), expected.tables)
            extents = {row[0]: row[1:] for row in database.execute(_EXTENTS)}
            counts = dict(database.execute(_COUNTS))
            for one in expected.layers:
                yield from _extent(file, one, extents.get(one.name, ()), counts.get(one.name))
                yield from _layer(file, database, one, expected.bounds[one.name])
    except _BROKEN as error:
        yield Difference(file, "", "", f"{type(error).__name__}: {error}", "GeoPackage")


def _extent(file: str, one: Styled, extent: tuple[Any, ...], count: Any) -> Iterator[Difference]:
    there = one.rows.total_bounds.tolist()
    if len(extent) != len(there) or any(found not in _written(side) for found, side in zip(extent, there, strict=True)):
        yield Difference(file, f"gpkg_contents[{one.name}]", "", str(extent), str(there))
    if count != len(one.rows):
        yield Difference(file, f"gpkg_ogr_contents[{one.name}]", "", told(count), str(len(one.rows)))


def _written(side: float) -> set[float]:
    """Return what a side of an extent may be stored as: as it is, or as it is written in fifteen or sixteen digits."""
    return {side, float(f"{side:.15g}"), float(f"{side:.16g}")}


def _layer(file: str, database: sqlite3.Connection, one: Styled, bounds: Places) -> Iterator[Difference]:
    columns = [name for name in one.rows.columns if name != one.rows.geometry.name]
    (geometry,) = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [one.name]
    ).fetchone() or ("geom",)
    names = ", ".join(f'"{name}"' for name in (*columns, geometry))
    rows = database.execute(f'SELECT {names} FROM "{one.name}" ORDER BY rowid').fetchall()  # noqa: S608 -- our names
    if len(rows) != len(one.rows):
        yield Difference(file, one.name, "", f"{len(rows)}", f"{len(one.rows)}")
    keys = one.rows[_KEY].tolist()
    stored = list(zip(*rows, strict=True)) or [()] * (len(columns) + 1)
    for column, values in zip(columns, stored, strict=False):
        yield from _attributes(file, one, column, keys, values)
    yield from _shapes(file, one, keys, stored[-1])
    yield from _index(file, database, one, keys, geometry, bounds)


def _attributes(
    file: str, one: Styled, column: str, keys: Sequence[str], stored: Sequence[Any]
) -> Iterator[Difference]:
    wanted = [_none(value) for value in one.rows[column].tolist()]
    if list(stored) == wanted:
        return
    for key, found, value in zip(keys, stored, wanted, strict=False):
        if found != value:
            yield Difference(file, f"{one.name}[{key}].{column}", "", told(found), told(value))


def _none(value: Any) -> Any:
    return None if isinstance(value, float) and np.isnan(value) else value


def _shapes(file: str, one: Styled, keys: Sequence[str], blobs: Sequence[bytes]) -> Iterator[Difference]:
    """Compare shape by shape: system, box and every corner, as doubles."""
    wanted = np.asarray(one.rows.geometry.values, dtype=object)[: len(blobs)]
    blobs = blobs[: len(wanted)]
    srs = one.rows.crs.to_epsg()
    headers = {blob[:_HEADER] for blob in blobs}
    known = {header: _header(header) for header in headers}
    # What is no shape any more, such as a ring that does not close, is read as nothing.
    wkb = [blob[_HEADER + 8 * known[blob[:_HEADER]][1] :] for blob in blobs]
    stored = shapely.from_wkb(wkb, on_invalid="ignore")
    for header in headers:
        if known[header][0] != srs:
            place = next(key for key, blob in zip(keys, blobs, strict=False) if blob[:_HEADER] == header)
            yield Difference(file, f"{one.name}[{place}].srs", "", str(known[header][0]), str(srs))
    yield from _boxes(file, one, keys, blobs, shapely.bounds(wanted))
    for row in np.flatnonzero(~shapely.equals_exact(stored, wanted, tolerance=0)).tolist():
        yield from _corners(file, f"{one.name}[{keys[row]}]", stored[row], wanted[row])


def _header(header: bytes) -> tuple[int, int]:
    """Return the system of a stored shape, and how many doubles its box has."""
    if header[:2] != b"GP" or header[3] & 0x20:
        raise ValueError(f"not a GeoPackage geometry: {header.hex()}")
    (srs,) = struct.unpack_from("<i" if header[3] & 1 else ">i", header, 4)
    return srs, _ENVELOPES[header[3] >> 1 & 7]


def _boxes(file: str, one: Styled, keys: Sequence[str], blobs: Sequence[bytes], bounds: Places) -> Iterator[Difference]:
    boxed = [row for row, blob in enumerate(blobs) if blob[3] >> 1 & 7]
    order = "<" if all(blobs[row][3] & 1 for row in boxed) else ">"
    stored = np.frombuffer(b"".join(blobs[row][_HEADER : _HEADER + 32] for row in boxed), f"{order}f8").reshape(-1, 4)
    wanted = bounds[boxed][:, [0, 2, 1, 3]]
    for place in np.flatnonzero((stored != wanted).any(axis=1)).tolist():
        where = f"{one.name}[{keys[boxed[place]]}].box"
        yield Difference(file, where, "", str(stored[place].tolist()), str(wanted[place].tolist()))


def _corners(file: str, place: str, stored: Any, shape: Any) -> Iterator[Difference]:
    found, wanted = shapely.get_coordinates(stored), shapely.get_coordinates(shape)
    if _parts(stored) != _parts(shape):
        yield Difference(file, place, "", _parts(stored), _parts(shape))
        return
    for corner in np.flatnonzero((found != wanted).any(axis=1)):
        yield Difference(file, f"{place}.corner {corner + 1}", "", _pair(found[corner]), _pair(wanted[corner]))


def _parts(shape: Any) -> str:
    """Return how a shape is made: the corners of every ring of every part."""
    if shape is None:
        return "no shape"
    rings = [[len(ring.coords) for ring in _rings(part)] for part in shapely.get_parts(shape)]
    return f"{shape.geom_type} {rings}"


def _rings(part: Any) -> list[Any]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]


def _pair(place: Any) -> str:
    return f"{place[0].item()!r} {place[1].item()!r}"


def _index(
    file: str, database: sqlite3.Connection, one: Styled, keys: Sequence[str], geometry: str, wanted: Places
) -> Iterator[Difference]:
    """Compare the index by which QGIS finds what to draw: a shape that it does not know is a shape that is lost."""
    query = f'SELECT minx, miny, maxx, maxy FROM "rtree_{one.name}_{geometry}" ORDER BY id'  # noqa: S608
    boxes = np.array(database.execute(query).fetchall(), dtype=np.float64).reshape(-1, 4)
    if boxes.shape != wanted.shape:
        yield Difference(file, f"rtree[{one.name}]", "", f"{len(boxes)}", f"{len(wanted)}")
        return
    for row in np.flatnonzero((np.abs(boxes - wanted) > _INDEX_M).any(axis=1)):
        yield Difference(file, f"rtree[{one.name}][{keys[int(row)]}]", "", str(boxes[row]), str(wanted[row]))
