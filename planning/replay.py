"""A Record computed again from the project as it is now: the same, or what is not, from the inputs to the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pandas import DataFrame

from layers.catalog import schema_of
from layers.versions import changed_cells, history, rows_of
from layers.whole_folder import current_version
from layers.workspace import Workspace, key_fields
from planning.comparison import Differing, differing
from planning.effect import analyse
from planning.kept import read_kept
from planning.record import Input, Record

# What a person reads of a Record beside its figures, and what computed it.
_SAID = ("project", "reason", "crs", "notice", "no_data", "not_drawn")
_SCENARIO = "scenario/"


@dataclass(frozen=True, eq=False)
class ChangedInput:
    """An input that is not what it was.

    Attributes
    ----------
    name : layer, or ``scenario/NAME`` for the edits
    before, after : None where there was none
    cells : what its rows say differently (`layers.versions.changed_cells`), personal values left out; None where the
        state that went into the Record is not in the history of the layer
    """

    name: str
    before: Input | None
    after: Input | None
    cells: DataFrame | None


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """Something said or set that is not what it was: a name, the rule set, the program."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Replay:
    """A stored Record beside the same computed again.

    Attributes
    ----------
    stored, again : both
    inputs, settings : what went in and is not the same; the program counts only beside other differences
    differences : facts and cells that are not the same
    shapes : layers of shapes that are not the same
    """

    stored: Record
    again: Record
    inputs: tuple[ChangedInput, ...]
    settings: tuple[ChangedSetting, ...]
    differences: tuple[Differing, ...]
    shapes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether both have one identity: every fact, cell, shape, input and rule."""
        return self.stored.id == self.again.id


def replay(workspace: Workspace, wanted: str) -> Replay:
    """Compute a Record again and tell what is not the same.

    Parameters
    ----------
    wanted : a scenario of the project, whose stored Record is meant, or the folder of a Record

    Raises
    ------
    RecordMissing, RecordDamaged
    ScenarioUnknown
        The project does not have the scenario of the Record.
    """
    stored = read_record(workspace, wanted)
    again = analyse(workspace, stored.scenario)
    if stored.id == again.id:
        return Replay(stored, again, (), (), (), ())
    then, now = stored.parts, again.parts
    shapes = [name for kind, name in dict.fromkeys((*then, *now)) if kind == "geometry"]
    return Replay(
        stored,
        again,
        tuple(_inputs(workspace, stored, again)),
        tuple(_settings(stored, again)),
        tuple(differing((stored, again), not_compared=())),
        tuple(one for one in shapes if then.get(("geometry", one)) != now.get(("geometry", one))),
    )


def read_record(workspace: Workspace, wanted: str) -> Record:
    """Return the Record of a scenario, or that in a folder; raise RecordMissing or RecordDamaged."""
    folder = Path(wanted)
    version = current_version(folder)
    if version is not None or (folder / "record.json").is_file():
        return Record.load(version or folder)
    return read_kept(workspace, wanted)


def _inputs(workspace: Workspace, stored: Record, again: Record) -> Iterator[ChangedInput]:
    then, now = ({one.layer: one for one in record.inputs} for record in (stored, again))
    for name in dict.fromkeys((*then, *now)):
        if then.get(name) != now.get(name):
            yield ChangedInput(name, then.get(name), now.get(name), _cells(workspace, name, then, now))


def _cells(workspace: Workspace, name: str, then: Mapping[str, Input], now: Mapping[str, Input]) -> DataFrame | None:
    """Return what two recorded states of a layer say differently; None where either is not in its history."""
    if name.startswith(_SCENARIO) or name not in then or name not in now:
        return None
    numbers = {one.sha256: one.number for one in history(workspace.path, name)}
    if not {then[name].sha256, now[name].sha256} <= set(numbers):
        return None
    keys = key_fields(schema_of(name))
    before, after = (rows_of(workspace.path, name, numbers[side[name].sha256], keys) for side in (then, now))
    cells = changed_cells(before, after, keys)
    personal = cells["field"].isin([field.name for field in schema_of(name).fields if field.personal])
    cells.loc[personal, ["before", "after"]] = None
    return cells.assign(key=cells["key"].str.replace("\x1f", "/"))


def _settings(stored: Record, again: Record) -> Iterator[ChangedSetting]:
    for name in _SAID:
        values = [getattr(record, name) for record in (stored, again)]
        before, after = (value if isinstance(value, str) else ", ".join(value) for value in values)
        if before != after:
            yield ChangedSetting(name, before, after)
    if stored.rules != again.rules:
        yield ChangedSetting("rules", *(f"{one.rules.id} {one.rules.sha256[:12]}" for one in (stored, again)))
    if stored.stamp.software != again.stamp.software:
        yield ChangedSetting("software", stored.stamp.software, again.stamp.software)
