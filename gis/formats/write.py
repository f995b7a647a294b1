"""Layers as GeoPackage 1.3 (QGIS 3.22 and older validators reject 1.4), read back before anyone relies on them."""

import os
import sqlite3
from collections.abc import Iterator
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
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"VERSION": "1.3"}
    try:
        with _left_to_the_caller_to_flush():
            pyogrio.write_dataframe(
                frame, path, layer=layer, driver="GPKG", append=append, use_arrow=True, dataset_options=options
            )
        rows = _rows_written(path, layer)
    except (*FAILED, sqlite3.Error) as error:
        raise NotWritten(path=path.name, reason=f"{error}.") from error
    if rows != len(frame):
        raise NotWritten(path=path.name, reason=f"{rows} / {len(frame)}.")


def _rows_written(path: Path, layer: str) -> int | None:
    with closing(sqlite3.connect(path)) as written:
        query = "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?"
        (rows,) = written.execute(query, [layer]).fetchone() or (None,)
    return rows


@contextmanager
def _left_to_the_caller_to_flush() -> Iterator[None]:
    # Else every layer of a file waits for the disk several times, before anyone relies on it.
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": None})


def flush(path: Path) -> None:
    """Make the system put the content of a file on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
