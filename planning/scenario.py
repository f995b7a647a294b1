"""A scenario: a base plus a list of edits with their reasons, stored as ``scenarios/NAME.toml`` and ``NAME.gpkg``.

The base is another scenario, whose edits come first, or nothing: then the edits start from the zone as it is
established. Effects are always told against the established zone, because the law measures a change by it and a
chain of small steps must not hide a large one.

What is stored is the log of a scenario; the edits that are in force follow from it. Whether edits can be applied is
asked by `planning.revising`, before anything is stored here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from layers.commit import committing
from layers.workspace import Workspace
from planning.edit_log import Did, Step, edits_in_force, in_force, made
from planning.edits import Edit
from planning.errors import (
    ScenarioDamaged,
    ScenarioEmpty,
    ScenarioExists,
    ScenarioNameWrong,
    ScenarioNeeded,
    ScenarioUnknown,
)
from planning.footing import Read, changed_since, footing
from planning.scenario_file import Content, read_content, write_content

_FOLDER = "scenarios"
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
    """A named plan: the edits in force, on top of `base` (None: the established zone)."""

    name: str
    edits: tuple[Edit, ...]
    base: str | None = None
    reason: str = ""
    branched_from: str | None = None


@dataclass(frozen=True)
class Applied:
    """One edit that goes into a plan: which scenario made it, and as its how many-th."""

    scenario: str
    number: int
    edit: Edit

    @property
    def key(self) -> str:
        """Name of the edit in tables: ``mo-rong/2``."""
        return f"{self.scenario}/{self.number}"


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of the project's scenarios, sorted."""
    return tuple(sorted(path.stem for path in (workspace.path / _FOLDER).glob("*.toml")))


def add(workspace: Workspace, scenario: Scenario, by: str = "") -> None:
    """Store a new scenario.

    Raises
    ------
    ScenarioNameWrong, ScenarioExists, ScenarioEmpty
    ScenarioUnknown
        Its base is not there.
    """
    require_new(workspace, scenario.name)
    if not scenario.edits:
        raise ScenarioEmpty(scenario=scenario.name)
    if scenario.base is not None:
        _require(workspace, scenario.base)
    content = Content(scenario.reason, scenario.base, scenario.branched_from, ())
    with committing(workspace.path) as staged:
        log = _logged(workspace, content, scenario.edits, by)
        write_content(replace(content, log=log), staged / _FOLDER, scenario.name, workspace)


def require_new(workspace: Workspace, name: str) -> None:
    """Raise ScenarioNameWrong or ScenarioExists unless a scenario of that name can be added."""
    if not _NAME.fullmatch(name) or name.casefold() in _TAKEN:
        raise ScenarioNameWrong(scenario=name)
    if name.casefold() in {other.casefold() for other in names(workspace)}:
        raise ScenarioExists(scenario=name)


def extend(workspace: Workspace, name: str, edits: Sequence[Edit], by: str = "") -> None:
    """Append edits to the log of a scenario."""
    _revise(workspace, name, lambda content: _logged(workspace, content, edits, by))


def mark(workspace: Workspace, name: str, did: Did, number: int, by: str = "") -> None:
    """Append to the log of a scenario that an edit was undone or redone."""
    _revise(workspace, name, lambda content: (*content.log, Step(did, number, _now(), by)))


def _revise(workspace: Workspace, name: str, log: Callable[[Content], tuple[Step, ...]]) -> None:
    # Read under the writer's lock, so that no entry of another writer is lost.
    with committing(workspace.path) as staged:
        content = _content(workspace, name)
        write_content(replace(content, log=log(content)), staged / _FOLDER, name, workspace)


def _logged(workspace: Workspace, content: Content, edits: Sequence[Edit], by: str) -> tuple[Step, ...]:
    base = None if content.base is None else (content.base, all_edits(workspace, content.base))
    count, now = len(made(content.log)), _now()
    new = [
        Step("edit", count + place, now, by or edit.author, edit, footing(workspace, edit, base))
        for place, edit in enumerate(edits, start=1)
    ]
    return (*content.log, *new)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def load(workspace: Workspace, name: str) -> Scenario:
    """Read one scenario; raise ScenarioUnknown or ScenarioDamaged."""
    content = _content(workspace, name)
    return Scenario(name, edits_in_force(content.log), content.base, content.reason, content.branched_from)


def log_of(workspace: Workspace, name: str) -> tuple[Step, ...]:
    """Return everything that was ever done to a scenario, in order; raise ScenarioUnknown or ScenarioDamaged."""
    return _content(workspace, name).log


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
    return tuple(one.edit for one in all_applied(workspace, name))


def all_applied(workspace: Workspace, name: str) -> tuple[Applied, ...]:
    """Return the same with the scenario and the number of each edit."""
    return tuple(
        Applied(scenario, step.number, step.edit)
        for scenario, content in reversed(list(_ancestry(workspace, name)))
        for step in content.log
        if step.edit is not None and step.number in in_force(content.log)
    )


def changed_footings(workspace: Workspace, name: str, read: Read | None = None) -> dict[str, tuple[str, ...]]:
    """Return by the key of an edit what is not as it was when the edit was made; others are not in it."""
    changed: dict[str, tuple[str, ...]] = {}
    read = read or cache(workspace.read)
    for scenario, content in _ancestry(workspace, name):
        base = None if content.base is None else (content.base, all_edits(workspace, content.base))
        for step in content.log:
            if step.edit is not None and step.number in in_force(content.log) and step.made_on:
                since = changed_since(step.made_on, footing(workspace, step.edit, base, read))
                changed |= {Applied(scenario, step.number, step.edit).key: since} if since else {}
    return changed


def _ancestry(workspace: Workspace, name: str) -> Iterator[tuple[str, Content]]:
    seen: set[str] = set()
    following: str | None = name
    while following is not None:
        if following in seen:
            raise ScenarioDamaged(path=following, reason="base")
        seen.add(following)
        content = _content(workspace, following)
        yield following, content
        following = content.base


def _content(workspace: Workspace, name: str) -> Content:
    return read_content(_require(workspace, name), workspace)


def _require(workspace: Workspace, name: str) -> Path:
    if name not in names(workspace):
        raise ScenarioUnknown(scenario=name, scenarios=", ".join(names(workspace)) or "–")
    return workspace.path / _FOLDER / f"{name}.toml"
