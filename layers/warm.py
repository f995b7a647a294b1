"""What an opened project finds ready: the attributes and the fabric of a large layer, opened by memory map.

Both stand in ``cache/LAYER/``, made from the layer as its identity names it. A cache that is missing, stale or
damaged is rebuilt from the layer, never trusted.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pandas import DataFrame
from pyarrow import feather

from gis.errors import CacheUnusable, GeometryInvalid
from gis.fabric import Fabric
from layers.schema import TableSchema
from layers.workspace import Workspace

_IDENTITY = b"mocgioi.layer.sha256"


def warm_rows(workspace: Workspace, schema: TableSchema, fields: Sequence[str]) -> tuple[DataFrame, Fabric]:
    """Return the attributes of a layer that are asked for, those that it has, and its fabric.

    Geometry and personal fields are not in the cache.

    Raises
    ------
    LayerMissing, FileDamaged, CrsMixed
    GeometryInvalid
        Naming the first row, by its key, whose area could not be relied on.
    """
    identity = workspace.identity(schema.name).sha256
    folder = workspace.path / "cache" / schema.name
    try:
        return _attributes(folder / "rows.arrow", identity, fields), Fabric.open(folder, workspace.crs, identity)
    except CacheUnusable:
        rows, fabric = _rebuilt(workspace, schema, folder, identity)
        return rows[[name for name in fields if name in rows]], fabric


def _rebuilt(workspace: Workspace, schema: TableSchema, folder: Path, identity: str) -> tuple[DataFrame, Fabric]:
    frame = workspace.read(schema.name)
    try:
        fabric = Fabric.from_frame(frame)
    except GeometryInvalid as error:
        named = "/".join(frame.iloc[int(str(error.values["example"]))][list(schema.key)].astype(str))
        raise GeometryInvalid(**{**error.values, "layer": schema.name, "example": named}) from error
    personal = [field.name for field in schema.fields if field.personal]
    rows = DataFrame(frame.drop(columns=["geometry", *personal], errors="ignore"))
    fabric.save(folder, identity)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    beside = folder / "rows.tmp"
    labelled = table.replace_schema_metadata({**table.schema.metadata, _IDENTITY: identity.encode()})
    feather.write_feather(labelled, beside, compression="uncompressed")
    beside.replace(folder / "rows.arrow")
    return rows, fabric


def _attributes(path: Path, identity: str, fields: Sequence[str]) -> DataFrame:
    try:
        table = feather.read_table(path, memory_map=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise CacheUnusable(path=path, reason=error) from error
    if (table.schema.metadata or {}).get(_IDENTITY) != identity.encode():
        raise CacheUnusable(path=path, reason=identity[:12])
    return DataFrame(table.select([name for name in fields if name in table.column_names]).to_pandas())
