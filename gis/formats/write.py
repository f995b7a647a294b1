"""Layers as GeoPackage 1.3 (QGIS 3.22 and older validators reject 1.4), read back before anyone relies on them."""

import os
from pathlib import Path

import pyogrio
from pandas import DataFrame


def write_gpkg(frame: DataFrame, path: Path, layer: str, *, append: bool = False) -> None:
    """Write a frame as one layer of a GeoPackage and read back how many rows it holds.

    Parameters
    ----------
    frame : GeoDataFrame, or DataFrame for a table without geometry
    path : a file that nobody reads yet; the caller flushes it and moves it into place
    append : add the layer to a GeoPackage that is there

    Raises
    ------
    OSError
        What was written does not hold all rows (a full disk, say).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    pyogrio.write_dataframe(
        frame, path, layer=layer, driver="GPKG", append=append, use_arrow=True, dataset_options={"VERSION": "1.3"}
    )
    written = pyogrio.read_info(path, layer=layer)
    if written["features"] != len(frame):
        raise OSError(f"{path}: {written['features']} of {len(frame)} rows were written")


def flush(path: Path) -> None:
    """Make the system put the content of a file on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
