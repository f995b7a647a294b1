"""Shapes that a planner drew in a file: they become the features of an edit, in the project's coordinates."""

from pathlib import Path

import numpy as np
from geopandas import GeoDataFrame, GeoSeries
from pandas import isna
from pyproj import CRS

from gis.crs import to_working_crs
from gis.errors import LayerEmpty
from gis.fabric import require_valid
from gis.formats.read import read
from layers.catalog import schema_of
from layers.columns import apply_column_map, guess_column_map
from layers.conform import conform, one_geometry_type
from layers.errors import KeyEmpty, KeyFieldMissing
from layers.workspace import Workspace
from planning.edits import Feature, Target


def features_of(
    path: Path, workspace: Workspace, target: Target, *, keyed: bool, crs: CRS | None = None
) -> tuple[Feature, ...]:
    """Return the polygons of a file as features.

    Parameters
    ----------
    keyed : the features stand for rows of a layer other than the zone, and carry their key ``code``
    crs : of a file that states none, or the wrong one

    Raises
    ------
    FileError, CrsError
        What the safe door and the coordinate check refuse.
    GeometryWrong, GeometryInvalid, ValueRefused, KeyFieldMissing, KeyEmpty, LayerEmpty
    """
    schema = schema_of(target)
    rows = conform(_read(path, workspace, target, crs), schema, str(path))
    keyed = keyed and target != "zone"
    if keyed:
        _require_codes(rows, target, path)
    shapes = np.asarray(rows.geometry.values, dtype=object)
    require_valid(shapes, np.arange(1, len(shapes) + 1), layer=path.name)
    known = [field.name for field in schema.fields if field.name in rows and field.name != "code"]
    features = tuple(
        Feature(shape, key, tuple((name, str(row[name])) for name in known if not isna(row[name])))
        for shape, key, row in zip(
            shapes, rows["code"] if keyed else [None] * len(rows), rows[known].to_dict(orient="records"), strict=True
        )
        if shape is not None and not shape.is_empty
    )
    if not features:
        raise LayerEmpty(path=path, layer=target)
    return features


def lines_of(
    path: Path, workspace: Workspace, target: Target, *, keyed: bool, crs: CRS | None = None
) -> tuple[Feature, ...]:
    """Return the lines of a file as features: new courses of stretches, or ways of corners from old to new places.

    Parameters
    ----------
    keyed : each line has to name a feature of the target layer by ``code``; without it a line may

    Raises
    ------
    Those of `features_of`
    """
    raw = _read(path, workspace, target, crs)
    shapes = one_geometry_type(np.asarray(raw.geometry.values, dtype=object), "line", target, str(path))
    rows = conform(
        raw.set_geometry(GeoSeries([None] * len(raw), index=raw.index, crs=raw.crs)), schema_of(target), str(path)
    )
    named = target != "zone"
    if named and keyed:
        _require_codes(rows, target, path)
    keys = rows["code"] if named and "code" in rows else [None] * len(rows)
    stated = rows["accuracy_m"] if "accuracy_m" in rows else [None] * len(rows)
    features = tuple(
        Feature(shape, None if isna(key) else str(key), () if isna(accuracy) else (("accuracy_m", str(accuracy)),))
        for shape, key, accuracy in zip(shapes, keys, stated, strict=True)
        if shape is not None and not shape.is_empty
    )
    if not features:
        raise LayerEmpty(path=path, layer=target)
    return features


def _read(path: Path, workspace: Workspace, target: Target, crs: CRS | None) -> GeoDataFrame:
    """Read a file through the safe door, with the names of our fields, in the project's coordinates."""
    raw = read(path, crs=crs)
    named = apply_column_map(raw, guess_column_map(raw, schema_of(target)), path)
    return to_working_crs(named, workspace.crs, str(path))


def _require_codes(rows: GeoDataFrame, target: Target, path: Path) -> None:
    if "code" not in rows:
        columns = ", ".join(map(str, rows.columns.drop("geometry"))) or "–"
        raise KeyFieldMissing(layer=target, field="code", path=path, columns=columns)
    empty = np.flatnonzero(rows["code"].isna() | (rows["code"] == ""))
    if len(empty):
        raise KeyEmpty(path=path, field="code", rows=len(empty), example=int(empty[0]) + 1)
