"""Shapes that a planner drew in a file: they become the features of an edit, in the project's coordinates."""

from pathlib import Path

import numpy as np
from geopandas import GeoDataFrame
from pandas import isna
from pyproj import CRS

from gis.crs import to_working_crs
from gis.errors import LayerEmpty
from gis.fabric import require_valid
from gis.formats.read import read
from layers.catalog import schema_of
from layers.columns import apply_column_map, guess_column_map
from layers.conform import conform
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
    raw = read(path, crs=crs)
    named = apply_column_map(raw, guess_column_map(raw, schema), path)
    rows = conform(to_working_crs(named, workspace.crs, str(path)), schema, str(path))
    keyed = keyed and target != "zone"
    if keyed:
        _require_codes(rows, raw, target, path)
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


def _require_codes(rows: GeoDataFrame, raw: GeoDataFrame, target: Target, path: Path) -> None:
    if "code" not in rows:
        columns = ", ".join(map(str, raw.columns.drop("geometry"))) or "–"
        raise KeyFieldMissing(layer=target, field="code", path=path, columns=columns)
    empty = np.flatnonzero(rows["code"].isna() | (rows["code"] == ""))
    if len(empty):
        raise KeyEmpty(path=path, field="code", rows=len(empty), example=int(empty[0]) + 1)
