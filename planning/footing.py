"""What an edit stands on: the identity of the shapes that it was made against, to tell when they have changed since."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache

import shapely
from geopandas import GeoDataFrame

from layers.admin_units import SCHEMA, layer_of_vintage
from layers.conform import as_multi
from layers.identity import rows_sha256
from layers.shared import Same
from layers.workspace import Workspace
from planning.edits import AddUnits, Edit, RemoveUnits, values_of

Read = Callable[[str], GeoDataFrame]


def edits_sha256(edits: Sequence[Edit]) -> str:
    """Return the SHA-256 of edits in their order: kinds, targets, grounds, units, and shapes as WKB."""
    values = [
        {
            **values_of(edit),
            "features": [[one.key, one.attributes, _wkb(one.geometry)] for one in getattr(edit, "features", ())],
        }
        for edit in edits
    ]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def footing(
    workspace: Workspace, edit: Edit, base: tuple[str, Sequence[Edit]] | None, read: Read | None = None
) -> tuple[tuple[str, str], ...]:
    """Return what an edit stands on, as (name, SHA-256) of each: its layer, the units that it names, the base scenario.

    Attributes of the zone do not count, shapes do; of administrative units those that the edit names.

    Parameters
    ----------
    base : name and edits of the scenario that this one stands on; None for the established zone
    read : returns the rows of a layer, where many edits ask for the same; the workspace's own reading otherwise
    """
    read = read or workspace.read
    found: list[tuple[str, str]] = []
    if workspace.has(edit.target):
        found.append((edit.target, _layer_sha256(Same(read(edit.target)), edit.target)))
    if isinstance(edit, AddUnits | RemoveUnits):
        units = read(SCHEMA.name)
        chosen = units[(units["valid_from"] == edit.vintage) & units["code"].isin(edit.units)]
        found.append((layer_of_vintage(edit.vintage), rows_sha256(chosen[["code", "geometry"]], ("code",))))
    if base is not None:
        found.append((f"scenario/{base[0]}", edits_sha256(base[1])))
    return tuple(found)


def changed_since(made_on: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the names of what is not as it was when the edit was made; of an edit that kept nothing, nothing."""
    present = dict(now)
    return tuple(name for name, sha256 in made_on if present.get(name) != sha256)


@lru_cache(maxsize=8)
def _layer_sha256(rows: Same, target: str) -> str:
    key = "name" if target == "zone" else "code"
    return rows_sha256(rows.frame[[key, "geometry"]], (key,))


def _wkb(geometry: object) -> str:
    # A file that holds parts and whole shapes side by side makes all of them multi-geometries.
    return str(shapely.to_wkb(as_multi([geometry])[0], hex=True))
