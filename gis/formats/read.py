"""What is in a file, and its rows as a frame: asked of a reading process, placed by EPSG codes."""

import json
from dataclasses import dataclass
from pathlib import Path

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
)
from gis.formats.reader import Content, Reader
from gis.vn2000 import zones


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
    frame : a GeoDataFrame where the layer has shapes; its CRS is what the file states
    notes : what is not as it should be without being wrong
    """

    layer: FileLayer
    frame: DataFrame
    driver: str
    notes: tuple[str, ...]


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
        What the safe door refuses.
    """
    with Reader() as reader:
        found = []
        for layer in _layers(reader.read(path, rows=False)):
            content = reader.read(path, layer.name, most=rows)
            frame = DataFrame() if content.rows is None else _frame(content.rows, layer, path)
            found.append(FileRows(layer, frame, content.format.driver, content.notes))
        return tuple(found)


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


def read_rows(reader: Reader, path: Path, layer: str | None = None) -> FileRows:
    """Return the rows of one layer as they are, by a reader that may have been used before.

    Raises
    ------
    LayerNotInFile, LayerAmbiguous, LayerEmpty
    FileDamaged
        Fewer rows came out than the header promises.
    """
    content = reader.read(path, layer)
    chosen = _chosen(path, _layers(content), layer)
    if content.rows is None or len(content.rows) != chosen.rows:
        raise FileDamaged(path=path, reason=f"{0 if content.rows is None else len(content.rows)} / {chosen.rows}.")
    return FileRows(chosen, _frame(content.rows, chosen, path), content.format.driver, content.notes)


def points_of(frame: DataFrame, path: Path, northing: str, easting: str, crs: CRS | None) -> GeoDataFrame:
    """Return a table of coordinates as points; which column is which is the caller's word, never a guess.

    Raises
    ------
    ColumnsOfPlaceMissing, CrsMissing
    FileDamaged
        A coordinate that is no number.
    """
    if northing not in frame or easting not in frame:
        raise ColumnsOfPlaceMissing(path=path, columns=", ".join(map(str, frame.columns)))
    if crs is None:
        raise CrsMissing(path=path)
    ordinates = [_ordinates(frame, name, path) for name in (easting, northing)]
    others = frame.drop(columns=[northing, easting])
    return GeoDataFrame(others, geometry=shapely.points(*ordinates), crs=crs)


def _ordinates(frame: DataFrame, name: str, path: Path) -> np.ndarray:
    found = []
    for row, text in enumerate(frame[name], start=1):
        try:
            found.append(number_of(str(text)))
        except ValueError as error:
            raise FileDamaged(path=path, reason=f"{name} = {text} ({row}).") from error
    return np.array(found)


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


def _frame(rows: pa.Table, layer: FileLayer, path: Path) -> DataFrame:
    if "geometry" not in rows.column_names or not layer.geometry:
        return rows.to_pandas()
    try:
        shapes = shapely.from_wkb(rows["geometry"].to_numpy(zero_copy_only=False))
    except shapely.GEOSException as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error
    return GeoDataFrame(rows.drop_columns("geometry").to_pandas(), geometry=shapes, crs=layer.crs)


def _crs_of(text: str | None) -> CRS | None:
    if not text:
        return None
    try:
        return CRS.from_user_input(json.loads(text) if text.startswith("{") else text)
    except (CRSError, ValueError):
        return None


def _is_crs84(crs: CRS) -> bool:
    return bool(crs.to_authority() == ("OGC", "CRS84"))


_ZONE_PARAMETERS = ("Longitude of natural origin", "Scale factor at natural origin")


def _hint(crs: CRS) -> str:
    """Name the VN-2000 zone with the same meridian and scale factor, which is likely what was meant."""
    operation = crs.coordinate_operation
    values = {one.name: str(one.value) for one in operation.params} if operation else {}
    meridian, scale = (float(values.get(name, "nan")) for name in _ZONE_PARAMETERS)
    found = next((zone for zone in zones() if zone.meridian == meridian and zone.scale == scale), None)
    return f" EPSG:{found.epsg}" if found else " EPSG:n"
