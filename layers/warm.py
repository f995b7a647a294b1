"""What an opened project finds ready: the attributes and the fabric of a large layer, opened by memory map.

Both stand in ``cache/LAYER/``, made from the layer as its identity names it. A cache that is missing, stale or
damaged is rebuilt from the layer, never trusted.
"""

import numpy as np
import pyarrow as pa
import shapely
from filelock import FileLock, Timeout
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyarrow import feather

from gis.errors import CacheUnusable, GeometryInvalid
from gis.fabric import Fabric
from layers.errors import ProjectBusy
from layers.schema import TableSchema
from layers.workspace import Workspace

_IDENTITY = b"mocgioi.layer.sha256"
# Why a row has no shape that can be measured; null where it has one.
SHAPE_PROBLEM = "shape_problem"
# A layer with invalid shapes is kept under an identity of its own, which who relies on every shape never asks for.
_SPARED = "~"
_LOCK = "building.lock"
# A million parcels are built in half a minute; who waits longer is told that the project is busy.
_BUILDING_S = 600.0


def warm_rows(workspace: Workspace, schema: TableSchema) -> tuple[pa.Table, Fabric]:
    """Return the attributes of a layer, mapped from the disk, and its fabric.

    Geometry and personal fields are not in the cache.

    Raises
    ------
    LayerMissing, FileDamaged, CrsMixed, ProjectBusy
    GeometryInvalid
        Naming the first row, by its key, whose area could not be relied on.
    """
    return _warm(workspace, schema, (workspace.identity(schema.name).sha256,))


def warm_table(workspace: Workspace, schema: TableSchema) -> tuple[pa.Table, Fabric]:
    """Return all attributes of a layer in memory, and its fabric; an invalid shape counts as none.

    The column `SHAPE_PROBLEM`, where there is one, says why a row has none.

    Raises
    ------
    LayerMissing, FileDamaged, CrsMixed, ProjectBusy
    """
    identity = workspace.identity(schema.name).sha256
    return _warm(workspace, schema, (identity, identity + _SPARED))


def _warm(workspace: Workspace, schema: TableSchema, labels: tuple[str, ...]) -> tuple[pa.Table, Fabric]:
    """Return what is kept under the first of the labels that there is; else build it, for as many as are named."""
    found = _found(workspace, schema, labels)
    if found is not None:
        return found
    folder = workspace.path / "cache" / schema.name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / _LOCK, timeout=_BUILDING_S):  # of two processes one builds, the other finds it built
            return _found(workspace, schema, labels) or _built(workspace, schema, labels)
    except Timeout as error:
        raise ProjectBusy(path=workspace.path) from error


def _found(workspace: Workspace, schema: TableSchema, labels: tuple[str, ...]) -> tuple[pa.Table, Fabric] | None:
    for label in labels:
        try:
            # Who keeps the table for long must not keep its file open: Windows would not let it be replaced.
            return _opened(workspace, schema, label, mapped=len(labels) == 1)
        except CacheUnusable:
            continue
    return None


def _built(workspace: Workspace, schema: TableSchema, labels: tuple[str, ...]) -> tuple[pa.Table, Fabric]:
    frame, label = workspace.read(schema.name), labels[0]
    try:
        fabric = Fabric.from_frame(frame)
    except GeometryInvalid as error:
        if len(labels) == 1:
            named = "/".join(frame.iloc[int(str(error.values["example"]))][list(schema.key)].astype(str))
            raise GeometryInvalid(**{**error.values, "layer": schema.name, "example": named}) from error
        frame, label = _spared(frame), labels[1]
        fabric = Fabric.from_frame(frame)
    return _kept(workspace, schema, frame, fabric, label), fabric


def _opened(workspace: Workspace, schema: TableSchema, label: str, *, mapped: bool) -> tuple[pa.Table, Fabric]:
    folder = workspace.path / "cache" / schema.name
    path = folder / "rows.arrow"
    try:
        table = feather.read_table(path, memory_map=mapped)
    except (OSError, pa.ArrowInvalid) as error:
        raise CacheUnusable(path=path, reason=error) from error
    if (table.schema.metadata or {}).get(_IDENTITY) != label.encode():
        raise CacheUnusable(path=path, reason=label[:12])
    return table, Fabric.open(folder, workspace.crs, label)


def _spared(frame: GeoDataFrame) -> GeoDataFrame:
    shapes = np.asarray(frame.geometry.values, dtype=object)
    bad = np.flatnonzero(~(shapely.is_valid(shapes) | shapely.is_missing(shapes)))
    problem = np.full(len(frame), None, dtype=object)
    problem[bad] = shapely.is_valid_reason(shapes[bad])
    shapes = shapes.copy()
    shapes[bad] = None
    return frame.assign(**{SHAPE_PROBLEM: problem}).set_geometry(shapes, crs=frame.crs)


def _kept(workspace: Workspace, schema: TableSchema, frame: GeoDataFrame, fabric: Fabric, label: str) -> pa.Table:
    folder = workspace.path / "cache" / schema.name
    personal = [field.name for field in schema.fields if field.personal]
    rows = DataFrame(frame.drop(columns=["geometry", *personal], errors="ignore"))
    fabric.save(folder, label)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    beside = folder / "rows.tmp"
    labelled = table.replace_schema_metadata({**table.schema.metadata, _IDENTITY: label.encode()})
    feather.write_feather(labelled, beside, compression="uncompressed")
    beside.replace(folder / "rows.arrow")
    return labelled
