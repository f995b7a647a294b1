"""What is in a file, and its rows as a frame: asked of a reading process, placed by EPSG codes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS
from pyproj.exceptions import CRSError

from gis.errors import (
    ColumnsOfPlaceMissing,
    CrsMissing,
    CrsWithoutCode,
    FileDamaged,
    LayerAmbiguous,
    LayerEmpty,
    LayerNotInFile,
    NothingSound,
    RecordsBroken,
)
from gis.formats.accepted import accepted_format
from gis.formats.reader import Content, Reader
from gis.formats.shapes import Flattened, Shapes, are_arcs, chord_deviation_m, shapes_of, tolerance_in, with_finer_arcs
from gis.language import Text
from gis.vn2000 import zone_of

# Columns of a broken record, beside its own: where it stands in the file, and what is wrong with it.
ROW, REASON = "quarantine_row", "quarantine_reason"
_NAMED_RECORDS = 3


@dataclass(frozen=True, slots=True)
class FileLayer:
    """One layer of a file, as its own header tells."""

    name: str
    rows: int
    geometry: str
    crs: CRS | None
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FileRows:
    """The rows of one layer.

    Attributes
    ----------
    frame : a GeoDataFrame where the layer has shapes; its CRS is what the file states; its index counts the records
        of the file from 0
    notes : what is not as it should be without being wrong
    broken : records that are not in `frame`, with what can be had of their values, the `ROW` (from 1) and the `REASON`
    flattened : what lines in two dimensions cannot hold of the shapes
    unread : elements of a drawing by kind that the driver passed over
    """

    layer: FileLayer
    frame: DataFrame
    driver: str
    notes: tuple[str, ...]
    broken: DataFrame
    flattened: Flattened
    unread: Mapping[str, int] = field(default_factory=dict)


def inspect(path: Path) -> tuple[FileLayer, ...]:
    """Return the layers of a file without reading its rows.

    Raises
    ------
    FileError
        What the safe door refuses.
    """
    with Reader() as reader:
        return _layers(reader.read(path, rows=False))


def samples(path: Path, rows: int) -> tuple[FileRows, ...]:
    """Return every layer of a file with its first rows; a layer without rows has an empty frame.

    Raises
    ------
    FileError
        What the safe door refuses; a layer of broken records alone is.
    """
    with Reader() as reader:
        return tuple(_sample(reader, path, one, rows) for one in _layers(reader.read(path, rows=False)))


def _sample(reader: Reader, path: Path, layer: FileLayer, rows: int) -> FileRows:
    try:
        content = reader.read(path, layer.name, most=rows)
    except FileDamaged:  # in bulk; its records may be another matter
        return read_rows(reader, path, layer.name, rescue=True)
    if content.rows is None:
        return FileRows(layer, DataFrame(), content.format.driver, content.notes, DataFrame(), Flattened())
    found = _sorted_out(content, layer, _shapes(content, layer), {})
    if len(found.broken) >= layer.rows:
        raise records_broken(path, found.broken, layer.rows)
    return found


def choose_layer(path: Path, layer: str | None) -> FileLayer:
    """Return the layer of that name, or the only one.

    Raises
    ------
    LayerNotInFile, LayerAmbiguous, LayerEmpty, and those of `inspect`
    """
    return _chosen(path, inspect(path), layer)


def read(path: Path, layer: str | None = None, crs: CRS | None = None) -> GeoDataFrame:
    """Return all rows of one layer, with the CRS of the file or, where the caller gives one, `crs`.

    Raises
    ------
    CrsMissing
        Neither the file nor the caller knows the system.
    CrsWithoutCode
        The file describes a system without a code.
    FileDamaged
        Fewer rows came out than the header promises, or the driver gave up.
    """
    return placed(read_as_it_is(path, layer), path, crs)


def placed(frame: GeoDataFrame, path: Path, crs: CRS | None) -> GeoDataFrame:
    """Return the frame with the CRS that the caller gives, else with that of the file if it has a code."""
    if not isinstance(frame, GeoDataFrame):
        return frame
    if crs is not None:
        return frame.set_crs(crs, allow_override=True)
    if frame.crs is None:
        raise CrsMissing(path=path)
    code = frame.crs.to_epsg()
    if code is None and not _is_crs84(frame.crs):
        raise CrsWithoutCode(path=path, stated=frame.crs.name, hint=_hint(frame.crs))
    return frame if code is None else frame.set_crs(code, allow_override=True)


def read_as_it_is(path: Path, layer: str | None = None) -> GeoDataFrame:
    """Return all rows of one layer with the CRS that the file states, None where it states none.

    Raises
    ------
    FileError
        What the safe door refuses.
    """
    with Reader() as reader:
        return read_rows(reader, path, layer).frame


def read_rows(reader: Reader, path: Path, layer: str | None = None, *, rescue: bool = False) -> FileRows:
    """Return the rows of one layer as they are, by a reader that may have been used before.

    They are read in bulk. Where that fails, or leaves shapes out, the records are asked one by one.

    Parameters
    ----------
    rescue : sound records come although others are broken

    Raises
    ------
    LayerNotInFile, LayerAmbiguous, LayerEmpty
    FileDamaged
        Fewer rows came out than the header promises.
    RecordsBroken, NothingSound
        Some records cannot be read, and nobody said that the others are enough; or none can.
    """
    found = _in_bulk(reader, path, layer, rescue=rescue)
    if not len(found.broken) or (rescue and len(found.frame)):
        return found
    raise records_broken(path, found.broken, found.layer.rows)


def records_broken(path: Path, broken: DataFrame, rows: int) -> FileDamaged:
    """Return the error that names the first of the broken records of a file with so many `rows`."""
    first = zip(broken[ROW][:_NAMED_RECORDS], broken[REASON][:_NAMED_RECORDS], strict=True)
    examples = "; ".join(f"{row}: {reason}" for row, reason in first)
    if len(broken) >= rows:
        return NothingSound(path=path, rows=rows, examples=examples)
    return RecordsBroken(path=path, broken=len(broken), rows=rows, examples=examples)


def _in_bulk(reader: Reader, path: Path, layer: str | None, *, rescue: bool) -> FileRows:
    try:
        content = reader.read(path, layer)
        chosen = _chosen(path, _layers(content), layer)
        if content.rows is None or len(content.rows) != chosen.rows:
            raise FileDamaged(path=path, reason=f"{0 if content.rows is None else len(content.rows)} / {chosen.rows}.")
    except FileDamaged as error:
        return _one_by_one(reader, path, layer, error, rescue=rescue)
    shapes = _shapes(content, chosen)
    suspect = shapes is not None and (shapes.broken or shapely.is_missing(shapes.shapes).any())
    said = _by_records(reader, path, layer) if suspect and content.format.opener == "gdal" else {}
    return _sorted_out(content, chosen, shapes, said)


def _one_by_one(reader: Reader, path: Path, layer: str | None, error: FileDamaged, *, rescue: bool) -> FileRows:
    """Return what can be had of a file that cannot be read in bulk; raise `error` where that says nothing more."""
    if accepted_format(path).opener != "gdal":
        raise error
    try:
        content = reader.rescue(path, layer, rows=True)
    except FileDamaged:
        raise error from None
    chosen = _chosen(path, _layers(content), layer)
    if content.rows is None or not (content.broken or rescue):
        raise error
    return _sorted_out(content, chosen, _shapes(content, chosen), {})


def _by_records(reader: Reader, path: Path, layer: str | None) -> Mapping[int, str | Text]:
    try:
        return reader.rescue(path, layer, rows=False).broken
    except FileDamaged:
        return {}


def _shapes(content: Content, layer: FileLayer) -> Shapes | None:
    rows = content.rows
    if rows is None or "geometry" not in rows.column_names:
        return None
    return shapes_of(rows["geometry"], tolerance_in(layer.crs))


def _sorted_out(content: Content, layer: FileLayer, shapes: Shapes | None, said: Mapping[int, str | Text]) -> FileRows:
    """Return the sound rows, in the types that they have without the others, and the broken ones without a shape."""
    assert content.rows is not None
    table = content.rows.select([one for one in content.rows.column_names if one != "geometry"])
    broken = {**(shapes.broken if shapes else {}), **said, **content.broken}
    is_broken = np.zeros(len(table), dtype=bool)
    is_broken[[row - 1 for row in broken if row <= len(table)]] = True
    aside = _frame(table, is_broken)
    rows = [int(row) + 1 for row in aside.index]
    aside = aside.assign(**{ROW: rows, REASON: [_told(broken[row]) for row in rows]})
    sound = _frame(table, ~is_broken)
    if shapes is not None and layer.geometry:
        sound = GeoDataFrame(sound, geometry=shapes.shapes[~is_broken], crs=layer.crs)
    lost = shapes.flattened if shapes else Flattened()
    if content.arcs and shapes:
        sound = with_finer_arcs(sound) if content.format.driver == "DGN" else sound
        lost = replace(lost, arcs=content.arcs, deviation_m=_deviation_m(sound, content.format.driver))
    return FileRows(layer, sound, content.format.driver, content.notes, aside, lost, content.unread)


def _deviation_m(drawing: DataFrame, driver: str) -> float:
    """Return how far the driver's chords lie from arcs: DGN tells its arcs by their kind, DXF does not tell all."""
    if driver == "DGN":
        return chord_deviation_m(drawing.geometry.values[are_arcs(drawing)], all_arcs=True)
    return chord_deviation_m(drawing.geometry.values, all_arcs=False)


def _frame(table: pa.Table, rows: Any) -> DataFrame:
    if rows.all():
        return table.to_pandas()
    return table.filter(pa.array(rows)).to_pandas().set_axis(np.flatnonzero(rows), axis=0)


def _told(reason: str | Text) -> str:
    return f"{reason.vi} / {reason.en}" if isinstance(reason, Text) else reason


def points_of(
    frame: DataFrame, path: Path, northing: str, easting: str, crs: CRS | None, *, rescue: bool = False
) -> tuple[GeoDataFrame, DataFrame]:
    """Return a table of coordinates as points; which column is which is the caller's word, never a guess.

    Parameters
    ----------
    rescue : rows whose coordinates are no numbers are returned beside the points, with `ROW` and `REASON`

    Raises
    ------
    ColumnsOfPlaceMissing, CrsMissing
    RecordsBroken, NothingSound
        Coordinates that are no numbers, and nobody said that the others are enough.
    """
    if northing not in frame or easting not in frame:
        raise ColumnsOfPlaceMissing(path=path, columns=", ".join(map(str, frame.columns)))
    if crs is None:
        raise CrsMissing(path=path)
    east, north = (np.array([_ordinate(text) for text in frame[name]], dtype=float) for name in (easting, northing))
    wrong = np.isnan(east) | np.isnan(north)
    reasons = [f"{northing} = {n}, {easting} = {e}" for n, e in frame.loc[wrong, [northing, easting]].to_numpy()]
    broken = frame[wrong].assign(**{ROW: frame.index[wrong] + 1, REASON: reasons})
    if wrong.all() or (len(broken) and not rescue):
        raise records_broken(path, broken, len(frame))
    points = GeoDataFrame(frame.drop(columns=[northing, easting]), geometry=shapely.points(east, north), crs=crs)
    return points[~wrong], broken


def _ordinate(text: object) -> float:
    try:
        return number_of(str(text))
    except ValueError:
        return float("nan")


def number_of(text: str) -> float:
    """Return the number that a person wrote in the Vietnamese or the international way.

    With one kind of sign that stands once, it is the decimal sign.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> number_of("2.420.159,60"), number_of("2,420,159.60"), number_of("440159.6"), number_of("2159,6")
    (2420159.6, 2420159.6, 440159.6, 2159.6)
    """
    plain = text.strip().replace(" ", "").replace("\u00a0", "")
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0:
        sign = plain[last]
        other = "," if sign == "." else "."
        whole, digits = plain[:last].replace(other, ""), plain[last + 1 :]
        plain = plain.replace(sign, "") if sign in whole else f"{whole}.{digits}"
    return float(plain)


def _layers(content: Content) -> tuple[FileLayer, ...]:
    return tuple(
        FileLayer(
            one["name"], one["rows"], one["geometry"], _crs_of(one["crs"]), tuple((a, b) for a, b in one["fields"])
        )
        for one in content.layers
    )


def _chosen(path: Path, layers: tuple[FileLayer, ...], layer: str | None) -> FileLayer:
    names = ", ".join(one.name for one in layers)
    if layer is not None:
        found = next((one for one in layers if one.name == layer), None)
        if found is None:
            raise LayerNotInFile(path=path, layer=layer, layers=names or "–")
    elif len(layers) > 1:
        raise LayerAmbiguous(path=path, layers=names)
    else:
        found = layers[0] if layers else None
    if found is None or found.rows == 0:
        raise LayerEmpty(path=path, layer=found.name if found else "–")
    return found


def _crs_of(text: str | None) -> CRS | None:
    if not text:
        return None
    try:
        return CRS.from_user_input(json.loads(text) if text.startswith("{") else text)
    except (CRSError, ValueError):
        return None


def _is_crs84(crs: CRS) -> bool:
    return bool(crs.to_authority() == ("OGC", "CRS84"))


def _hint(crs: CRS) -> str:
    """Name the VN-2000 zone with the same parameters, which is likely what was meant."""
    found = zone_of(crs)
    return f" EPSG:{found.epsg}" if found else " EPSG:n"
