"""What is in a file, and its rows. fiona opens with one allowed driver; pyogrio then loads in bulk."""

from dataclasses import dataclass
from pathlib import Path

import fiona
import pyogrio
from fiona.errors import FionaError
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from gis.errors import CrsMissing, FileDamaged, LayerAmbiguous, LayerEmpty, LayerNotInFile
from gis.formats.accepted import accepted_format


@dataclass(frozen=True, slots=True)
class FileLayer:
    """One layer of a file, as its own header tells."""

    name: str
    rows: int
    geometry: str
    crs: CRS | None
    fields: tuple[tuple[str, str], ...]


def inspect(path: Path) -> tuple[FileLayer, ...]:
    """Return the layers of a file without reading its rows.

    Raises
    ------
    FileMissing, FileRefused, FileDamaged
    """
    driver = accepted_format(path).driver
    try:
        names = fiona.listlayers(path, enabled_drivers=[driver])
        return tuple(_file_layer(path, name, driver) for name in names)
    except (FionaError, ValueError) as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error


def _file_layer(path: Path, name: str, driver: str) -> FileLayer:
    with fiona.open(path, layer=name, enabled_drivers=[driver]) as source:
        return FileLayer(
            name=name,
            rows=len(source),
            geometry=source.schema["geometry"],
            crs=_crs_of(source.crs_wkt),
            fields=tuple(source.schema["properties"].items()),
        )


def _crs_of(wkt: str) -> CRS | None:
    try:
        return CRS.from_user_input(wkt) if wkt else None
    except CRSError:
        return None


def choose_layer(path: Path, layer: str | None) -> FileLayer:
    """Return the layer of that name, or the only one.

    Raises
    ------
    LayerNotInFile, LayerAmbiguous, LayerEmpty, and those of `inspect`
    """
    layers = inspect(path)
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


def read(path: Path, layer: str | None = None, crs: CRS | None = None) -> GeoDataFrame:
    """Return all rows of one layer, with the CRS of the file or, where the caller gives one, `crs`.

    Raises
    ------
    CrsMissing
        Neither the file nor the caller knows the system.
    FileDamaged
        Fewer rows came out than the header promises, or the driver gave up.
    """
    frame = read_as_it_is(path, layer)
    if not isinstance(frame, GeoDataFrame):
        return frame
    if crs is not None:
        return frame.set_crs(crs, allow_override=True)
    if frame.crs is None:
        raise CrsMissing(path=path)
    return frame


def read_as_it_is(path: Path, layer: str | None = None) -> GeoDataFrame:
    """Return all rows of one layer with the CRS that the file states, None where it states none.

    Raises
    ------
    FileDamaged, and those of `choose_layer`
    """
    chosen = choose_layer(path, layer)
    try:
        frame = pyogrio.read_dataframe(path, layer=chosen.name, use_arrow=True)
    except (DataSourceError, DataLayerError, ValueError, RuntimeError) as error:
        raise FileDamaged(path=path, reason=f"{error}.") from error
    if len(frame) != chosen.rows:
        raise FileDamaged(path=path, reason=f"{len(frame)} / {chosen.rows}.")
    return frame
