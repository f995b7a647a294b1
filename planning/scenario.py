"""A scenario: a base plus a list of edits with their reasons, stored as ``scenarios/NAME.toml`` and ``NAME.gpkg``.

The base is another scenario, whose edits come first, or nothing: then the edits start from the zone as it is
established. Effects are always told against the established zone, because the law measures a change by it and a
chain of small steps must not hide a large one.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import tomli_w
from geopandas import GeoDataFrame

from gis.crs import require_same_crs
from gis.fabric import require_valid
from gis.formats.write import write_gpkg
from layers.commit import committing
from layers.workspace import Workspace
from planning.edits import KINDS, AddUnits, Edit, Feature, RemoveUnits, kind_of
from planning.errors import (
    ScenarioDamaged,
    ScenarioEmpty,
    ScenarioExists,
    ScenarioNameWrong,
    ScenarioNeeded,
    ScenarioUnknown,
)

_FOLDER = "scenarios"
_SHAPES = "edits"
_NAME = re.compile(r"[^\W_][\w-]{0,59}")
# Names that Windows keeps for devices, with any suffix, and those of the front page and its manifest.
_TAKEN = {
    "index",
    "manifest",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}


@dataclass(frozen=True)
class Scenario:
    """A named plan: edits on top of `base` (None: the established zone)."""

    name: str
    edits: tuple[Edit, ...]
    base: str | None = None
    reason: str = ""


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the project's scenarios, sorted."""
    return tuple(sorted(path.stem for path in (workspace.path / _FOLDER).glob("*.toml")))


def add(workspace: Workspace, scenario: Scenario) -> None:
    """Store a new scenario.

    Raises
    ------
    ScenarioNameWrong, ScenarioExists, ScenarioEmpty
    ScenarioUnknown
        Its base is not there.
    """
    if not _NAME.fullmatch(scenario.name) or scenario.name.casefold() in _TAKEN:
        raise ScenarioNameWrong(scenario=scenario.name)
    if scenario.name.casefold() in {name.casefold() for name in names(workspace)}:
        raise ScenarioExists(scenario=scenario.name)
    if not scenario.edits:
        raise ScenarioEmpty(scenario=scenario.name)
    if scenario.base is not None:
        _require(workspace, scenario.base)
    with committing(workspace.path) as staged:
        _write(scenario, staged / _FOLDER, workspace)


def load(workspace: Workspace, name: str) -> Scenario:
    """Read one scenario; raise ScenarioUnknown or ScenarioDamaged."""
    path = _require(workspace, name)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        shapes = _read_shapes(path.with_suffix(".gpkg"), workspace)
        edits = tuple(_edit(values, shapes.get(place, ())) for place, values in enumerate(content["edits"]))
        return Scenario(name=name, edits=edits, base=content.get("base"), reason=content.get("reason", ""))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, pyogrio.errors.DataSourceError) as error:
        raise ScenarioDamaged(path=path, reason=error) from error


def drop(workspace: Workspace, name: str) -> None:
    """Remove a scenario; raise ScenarioUnknown, or ScenarioNeeded where another one stands on it."""
    path = _require(workspace, name)
    others = [other for other in names(workspace) if other != name and _base_of(workspace, other) == name]
    if others:
        raise ScenarioNeeded(scenario=name, others=", ".join(others))
    path.unlink()  # from here on there is no such scenario; its shapes are only left over
    path.with_suffix(".gpkg").unlink(missing_ok=True)


def _base_of(workspace: Workspace, name: str) -> str | None:
    try:
        return load(workspace, name).base
    except ScenarioDamaged:  # what cannot be read stands on nothing, and must not keep others from being dropped
        return None


def all_edits(workspace: Workspace, name: str) -> tuple[Edit, ...]:
    """Return the edits of a scenario and, before them, those of the scenarios that it stands on."""
    return tuple(edit for scenario in reversed(list(_ancestry(workspace, name))) for edit in scenario.edits)


def edits_sha256(edits: tuple[Edit, ...]) -> str:
    """Return the SHA-256 of edits in their order: kinds, targets, reasons, units, and shapes as WKB."""
    values = [
        {
            **_values(edit),
            "features": [[one.key, one.attributes, one.geometry.wkb_hex] for one in getattr(edit, "features", ())],
        }
        for edit in edits
    ]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _ancestry(workspace: Workspace, name: str) -> Iterator[Scenario]:
    seen: set[str] = set()
    following: str | None = name
    while following is not None:
        if following in seen:
            raise ScenarioDamaged(path=following, reason="base")
        seen.add(following)
        scenario = load(workspace, following)
        yield scenario
        following = scenario.base


def _require(workspace: Workspace, name: str) -> Path:
    if name not in names(workspace):
        raise ScenarioUnknown(scenario=name, scenarios=", ".join(names(workspace)) or "–")
    return workspace.path / _FOLDER / f"{name}.toml"


def _write(scenario: Scenario, folder: Path, workspace: Workspace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"reason": scenario.reason, "edits": [_values(edit) for edit in scenario.edits]}
    if scenario.base is not None:
        content["base"] = scenario.base
    shapes = [
        {
            "edit": place,
            "key": one.key,
            "attributes": json.dumps(dict(one.attributes), ensure_ascii=False),
            "geometry": one.geometry,
        }
        for place, edit in enumerate(scenario.edits)
        for one in getattr(edit, "features", ())
    ]
    if shapes:
        write_gpkg(GeoDataFrame(shapes, crs=workspace.crs), folder / f"{scenario.name}.gpkg", _SHAPES)
    (folder / f"{scenario.name}.toml").write_text(tomli_w.dumps(content), encoding="utf-8", newline="\n")


def _values(edit: Edit) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": kind_of(edit), "target": edit.target, "reason": edit.reason}
    if isinstance(edit, AddUnits | RemoveUnits):
        values |= {"units": list(edit.units), "vintage": edit.vintage}
    return values


def _edit(values: Mapping[str, Any], features: tuple[Feature, ...]) -> Edit:
    given = dict(values)
    kind = KINDS[given.pop("kind")]
    if kind in (AddUnits, RemoveUnits):
        return kind(**{**given, "units": tuple(given["units"])})
    if not features:
        raise ValueError("edits.gpkg")
    return kind(**given, features=features)  # type: ignore[call-arg]  # the other kinds all have features


def _read_shapes(path: Path, workspace: Workspace) -> dict[int, tuple[Feature, ...]]:
    if not path.is_file():
        return {}
    frame = pyogrio.read_dataframe(path, layer=_SHAPES)
    require_same_crs(workspace, frame)
    require_valid(np.asarray(frame.geometry.values, dtype=object), frame["edit"].to_numpy(), layer=path.name)
    shapes: dict[int, tuple[Feature, ...]] = {}
    for place, key, attributes, geometry in zip(
        frame["edit"], frame["key"], frame["attributes"], frame.geometry, strict=True
    ):
        known = tuple(json.loads(attributes).items())
        shapes[int(place)] = (
            *shapes.get(int(place), ()),
            Feature(geometry, key if isinstance(key, str) else None, known),
        )
    return shapes
