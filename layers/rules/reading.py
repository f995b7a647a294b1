"""Layers as they stand, for a check: what does not fit a field is put aside and told, and never raises."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import DataError, FileDamaged
from layers.catalog import schema_of
from layers.conform import conform, unfit, wrong_type
from layers.errors import GeometryWrong, ValueRefused
from layers.schema import LayerSchema, TableSchema
from layers.workspace import Workspace


@dataclass(frozen=True)
class Misfit:
    """Values of one field that are not of its type, and the rows in which they stand."""

    field: str
    rows: Any
    values: Any


@dataclass(frozen=True, eq=False)
class Reading:
    """A layer in the form of its schema.

    Attributes
    ----------
    rows : the rows, in the order of the file; values that do not fit their field are missing
    misfits : those values
    wrong_type, unclosed : rows whose shape is of another kind than the layer's, or a ring that is not closed
    """

    schema: TableSchema
    rows: DataFrame
    misfits: tuple[Misfit, ...]
    wrong_type: Any
    unclosed: Any

    @classmethod
    def of(cls, written: DataFrame, schema: TableSchema, unclosed: Any = ()) -> Self:
        """Take rows as they are written."""
        written, nothing = written.reset_index(drop=True), np.zeros(0, dtype=np.int64)
        opened = np.asarray(unclosed, dtype=np.int64)
        try:
            return cls(schema, conform(written, schema), (), nothing, opened)
        except (ValueRefused, GeometryWrong):
            misfits, fitting = _fitting(written, schema)
            wrong = nothing
            if isinstance(schema, LayerSchema):
                shapes = np.array(written.geometry.values, dtype=object)
                wrong = np.flatnonzero(wrong_type(shapes, schema.geometry))
                shapes[wrong] = None
                fitting = GeoDataFrame(fitting, geometry=shapes, crs=written.crs)
            return cls(schema, conform(fitting, schema), misfits, wrong, opened)


def _fitting(written: DataFrame, schema: TableSchema) -> tuple[tuple[Misfit, ...], DataFrame]:
    """Return the values that do not fit their field, and the columns without them and without the shapes."""
    columns = {str(name): written[name] for name in written.columns if name != "geometry"}
    misfits = []
    for field in schema.fields:
        if field.name in columns:
            values = columns[field.name]
            unfitting = unfit(values, field)
            if unfitting.any():
                rows = np.flatnonzero(unfitting)
                misfits.append(Misfit(field.name, rows, values.to_numpy(dtype=object)[rows]))
                columns[field.name] = values.astype(object).mask(unfitting, None)
    return tuple(misfits), DataFrame(columns)


def read(workspace: Workspace, layer: str) -> Reading:
    """Read a layer of the project.

    Raises
    ------
    LayerUnknown, LayerMissing, FileDamaged, CrsMixed
    """
    schema = schema_of(layer)
    try:
        return Reading.of(workspace.as_written(layer), schema)
    except FileDamaged:
        mended = workspace.as_written(layer, "fix")
        if not isinstance(mended, GeoDataFrame):
            raise
        as_it_is = shapely.is_missing(workspace.as_written(layer, "ignore").geometry.values)
        # A shape that can only be read when its rings are closed for it has a ring that is not closed.
        return Reading.of(mended, schema, np.flatnonzero(as_it_is & ~shapely.is_missing(mended.geometry.values)))


def try_read(workspace: Workspace, layer: str) -> Reading | DataError | None:
    """Return the layer, why it cannot be read, or None where the project has none."""
    if not workspace.has(layer):
        return None
    try:
        return read(workspace, layer)
    except DataError as error:
        return error
