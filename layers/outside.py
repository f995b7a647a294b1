"""Layers that were edited outside, in QGIS say: noticed, checked, recorded as a new version; never refused silently."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from gis.errors import DataError
from layers.catalog import LAYERS, TABLES, schema_of
from layers.versions import difference, history, rows_of
from layers.workspace import Workspace, key_fields


@dataclass(frozen=True)
class OutsideEdit:
    """What was done to a layer outside.

    Attributes
    ----------
    changes : added, removed and changed rows against the last recorded version; None where the rows cannot be read
    invalid, repeated_keys, empty_keys : what a check of the new rows found
    problem : why the new state cannot be used at all and was not recorded; None where it was
    """

    layer: str
    rows: int
    changes: Mapping[str, int] | None
    invalid: int
    repeated_keys: int
    empty_keys: int
    problem: DataError | None


def record_edits(workspace: Workspace) -> tuple[Workspace, tuple[OutsideEdit, ...]]:
    """Record every layer that is not as the project last wrote it, one that was put there or taken away among them.

    Only layers whose size, time or change counter moved are read.
    """
    edits = []
    for name in (one.name for one in (*LAYERS, *TABLES)):
        known = workspace.project.layers.get(name)
        if known is None and not workspace.has(name):
            continue
        try:
            if known is None or workspace.identity(name).sha256 != known.sha256:
                edits.append(_checked(workspace, name))
                workspace = workspace.record(name, _told(edits[-1]))
        except DataError as error:
            edits.append(OutsideEdit(name, 0, None, 0, 0, 0, error))
    return workspace, tuple(edits)


def restore(workspace: Workspace, layer: str, number: int) -> Workspace:
    """Bring back a recorded version; the state that it replaces is recorded first, if it can be read.

    Raises
    ------
    LayerUnknown, VersionMissing, FileDamaged
    """
    rows = rows_of(workspace.path, layer, number, key_fields(schema_of(layer)))
    return workspace.write({layer: rows}, why="restore", detail=str(number))


def _checked(workspace: Workspace, layer: str) -> OutsideEdit:
    schema, rows = schema_of(layer), workspace.read(layer)
    keys = key_fields(schema)
    recorded = history(workspace.path, layer)
    before = rows_of(workspace.path, layer, recorded[-1].number, keys) if recorded else None
    shapes = rows.geometry.values if hasattr(rows, "geometry") else []
    there = [name for name in keys if name in rows]
    return OutsideEdit(
        layer=layer,
        rows=len(rows),
        changes=difference(before, rows, tuple(there)) if before is not None else {"added": len(rows)},
        invalid=int((~(shapely.is_valid(shapes) | shapely.is_missing(shapes))).sum()) if len(shapes) else 0,
        repeated_keys=int(rows.duplicated(there).sum()),
        empty_keys=int((rows[there].isna() | (rows[there] == "")).any(axis=1).sum()),
        problem=None,
    )


def _told(edit: OutsideEdit) -> str:
    counts = {**(edit.changes or {}), "invalid": edit.invalid, "repeated keys": edit.repeated_keys}
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)
