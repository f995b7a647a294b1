"""What a planner does to scenarios: plan, go on, undo, redo, branch. Each is tried before it is stored."""

from collections.abc import Sequence
from dataclasses import replace

from gis.errors import MocGioiError
from gis.language import Text
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edit_log import Did, Step, edits_in_force, in_force, to_redo, to_undo
from planning.edits import Edit
from planning.errors import EditNeeded, EditUnknown, NothingToRedo, NothingToUndo, ScenarioEmpty
from planning.proposal import require_applicable
from planning.scenario import Scenario

_IN_FORCE = Text(vi="đang có hiệu lực", en="in force")
_UNDONE = Text(vi="đã hoàn tác", en="that was undone")


def plan(workspace: Workspace, scenario: Scenario, by: str = "") -> Scenario:
    """Store a new scenario whose edits can be applied, each of which does something.

    Raises
    ------
    EditWithoutEffect, and those of `planning.proposal.propose` and `planning.scenario.add`
    """
    scenarios.require_new(workspace, scenario.name)
    require_applicable(workspace, scenario)
    scenarios.add(workspace, scenario, by)
    return scenario


def go_on(workspace: Workspace, name: str, edits: Sequence[Edit], by: str = "") -> Scenario:
    """Add edits to a scenario, after those that are in force.

    Raises
    ------
    ScenarioUnknown, ScenarioEmpty, EditWithoutEffect, and those of `planning.proposal.propose`
    """
    before = scenarios.load(workspace, name)
    if not edits:
        raise ScenarioEmpty(scenario=name)
    after = replace(before, edits=(*before.edits, *edits))
    require_applicable(workspace, after, new=len(edits))
    scenarios.extend(workspace, name, edits, by)
    return after


def undo(workspace: Workspace, name: str, number: int | None = None, by: str = "") -> int:
    """Take back an edit, the newest one in force unless a number is given; return its number. It stays in the log.

    Raises
    ------
    ScenarioUnknown, NothingToUndo, EditUnknown
    EditNeeded
        The others could not be applied without it.
    """
    log = scenarios.log_of(workspace, name)
    chosen = to_undo(log) if number is None else number
    if chosen is None:
        raise NothingToUndo(scenario=name)
    if chosen not in in_force(log):
        raise EditUnknown(scenario=name, number=chosen, state=_IN_FORCE)
    return _mark(workspace, name, log, "undo", chosen, by)


def redo(workspace: Workspace, name: str, number: int | None = None, by: str = "") -> int:
    """Bring back an edit, the one that was undone last unless a number is given; return its number.

    It comes back to its place in the order of edits.

    Raises
    ------
    ScenarioUnknown, NothingToRedo, EditUnknown, EditNeeded
    """
    log = scenarios.log_of(workspace, name)
    chosen = to_redo(log) if number is None else number
    if chosen is None:
        raise NothingToRedo(scenario=name)
    if chosen in in_force(log) or chosen not in {step.number for step in log}:
        raise EditUnknown(scenario=name, number=chosen, state=_UNDONE)
    return _mark(workspace, name, log, "redo", chosen, by)


def branch(workspace: Workspace, name: str, source: str, reason: str = "", by: str = "") -> Scenario:
    """Store a new scenario with the edits of another one that are in force now; later changes of either stay apart.

    Raises
    ------
    ScenarioUnknown, ScenarioExists, ScenarioNameWrong, ScenarioEmpty
    """
    origin = scenarios.load(workspace, source)
    branched = replace(origin, name=name, reason=reason or origin.reason, branched_from=source)
    scenarios.add(workspace, branched, by)
    return branched


def _mark(workspace: Workspace, name: str, log: tuple[Step, ...], did: Did, number: int, by: str) -> int:
    after = edits_in_force((*log, Step(did, number)))
    try:
        require_applicable(workspace, replace(scenarios.load(workspace, name), edits=after), new=0)
    except MocGioiError as error:
        reason = Text(vi=error.to("vi"), en=error.to("en"))
        raise EditNeeded(scenario=name, number=number, reason=reason) from error
    scenarios.mark(workspace, name, did, number, by)
    return number
