"""Shapes that a planner drew in a file: they become the features of an edit, in the project's coordinates."""

from pathlib import Path

import numpy as np
from pandas import isna

from gis.crs import to_working_crs
from gis.errors import LayerEmpty
from gis.fabric import require_valid
from gis.formats.read import read
from layers.catalog import schema_of
from layers.columns import apply_column_map, guess_column_map
from layers.conform import one_geometry_type
from layers.errors import KeyFieldMissing
from layers.workspace import Workspace
from planning.edits import Feature, Target


def features_of(path: Path, workspace: Workspace, target: Target) -> tuple[Feature, ...]:
    """Return the polygons of a file as features; those of another layer than the zone carry their key ``code``.

    Raises
    ------
    FileError, CrsError
        What the safe door and the coordinate check refuse.
    GeometryWrong, GeometryInvalid, KeyFieldMissing, LayerEmpty
    """
    schema = schema_of(target)
    raw = read(path)
    frame = to_working_crs(apply_column_map(raw, guess_column_map(raw, schema), path), workspace.crs, str(path))
    shapes = one_geometry_type(np.asarray(frame.geometry.values, dtype=object), "polygon", target, str(path))
    require_valid(shapes, np.arange(1, len(shapes) + 1), layer=path.name)
    if target != "zone" and "code" not in frame:
        raise KeyFieldMissing(
            layer=target, field="code", path=path, columns=", ".join(raw.columns.drop("geometry")) or "–"
        )
    known = [field.name for field in schema.fields if field.name in frame and field.name != "code"]
    keys = [None] * len(frame) if target == "zone" else frame["code"].astype(str)
    features = tuple(
        Feature(shape, key, tuple((name, str(row[name])) for name in known if not isna(row[name])))
        for shape, key, row in zip(shapes, keys, frame[known].to_dict(orient="records"), strict=True)
        if shape is not None and not shape.is_empty
    )
    if not features:
        raise LayerEmpty(path=path, layer=target)
    return features
