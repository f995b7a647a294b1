"""Layers as GeoPackage 1.3 (QGIS 3.22 and older validators reject 1.4), read back before anyone relies on them."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pyogrio
from pandas import DataFrame

from gis.errors import NotWritten

# What the library raises where a file cannot be written whole.
FAILED = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError)


def write_gpkg(frame: DataFrame, path: Path, layer: str, *, append: bool = False) -> None:
    """Write a frame as one layer of a GeoPackage and read back how many rows it holds.

    Parameters
    ----------
    frame : GeoDataFrame, or DataFrame for a table without geometry
    path : a file that nobody reads yet; the caller flushes it and moves it into place
    append : add the layer to a GeoPackage that is there

    Raises
    ------
    NotWritten
        The disk is full, or what was written does not hold all rows.
    """
    write_layers({layer: frame}, path, append=append)


def write_layers(frames: Mapping[str, DataFrame], path: Path, *, append: bool = False, indexed: bool = True) -> None:
    """Write frames as the layers of one GeoPackage and read back how many rows each holds; raise NotWritten.

    Parameters
    ----------
    append : add the layers to a GeoPackage that is there
    indexed : with a spatial index; of a few shapes that are read whole it takes as long as they do
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _left_to_the_caller_to_flush():
            for place, (layer, frame) in enumerate(frames.items()):
                pyogrio.write_dataframe(
                    frame,
                    path,
                    layer=layer,
                    driver="GPKG",
                    append=append or place > 0,
                    use_arrow=True,
                    dataset_options={"VERSION": "1.3"},
                    layer_options={"SPATIAL_INDEX": "YES" if indexed else "NO"},
                )
        written = _rows_written(path) if frames else {}
    except (*FAILED, sqlite3.Error) as error:
        raise NotWritten(path=path.name, reason=f"{error}.") from error
    for layer, frame in frames.items():
        if written.get(layer) != len(frame):
            raise NotWritten(path=path.name, reason=f"{layer}: {written.get(layer)} / {len(frame)}.")


def _rows_written(path: Path) -> dict[str, int | None]:
    with closing(sqlite3.connect(path)) as written:
        return dict(written.execute("SELECT table_name, feature_count FROM gpkg_ogr_contents"))


@contextmanager
def _left_to_the_caller_to_flush() -> Iterator[None]:
    # Else every layer of a file waits for the disk several times, and could be taken back, before anyone relies on it.
    settings = {"OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_JOURNAL": "OFF"}
    pyogrio.set_gdal_config_options(settings)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(settings))


def flush(path: Path) -> None:
    """Make the system put the content of a file on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
