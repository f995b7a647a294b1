"""Records that are up to date: the stored one where `analyse` would compute the same now, else a new one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from layers.beside import Second, waiting
from layers.room import has_room
from layers.workspace import Workspace
from planning.context import OpenedParcels
from planning.effect import analyse, inputs, software
from planning.errors import RecordDamaged, RecordMissing
from planning.kept import keep, read_kept
from planning.law.choice import rules_of
from planning.record import Record
from planning.scenario import load
from planning.second_analyst import MODULE

# Fewer scenarios than this are analysed before a second process has started.
_SEVERAL = 4
# Of a million rows, which nobody sets side by side: it is held against its identity where it is asked for.
_MANY_ROWS = "parcels"
# A process that analyses holds so much of each parcel, as `python -m benchmarks analyse` tells.
_PARCEL_BYTES = 1_500
# And so much of each parcel for every Record that it has computed.
_RECORD_BYTES = 110


def analyse_and_keep(workspace: Workspace, name: str) -> Record:
    """Compute the effect of a scenario and store its Record in place of the one that is there."""
    record = analyse(workspace, name)
    keep(workspace, record)
    return record


def kept_record(workspace: Workspace, name: str) -> Record:
    """Return the stored Record of a scenario, read whole; raise ScenarioUnknown, RecordMissing or RecordDamaged."""
    load(workspace, name)
    return read_kept(workspace, name)


def current_record(workspace: Workspace, name: str) -> Record | None:
    """Return the stored Record of a scenario if `analyse` would compute the same now: same inputs, rules, program.

    Only ``record.json`` is read here; a table or shape that was spoilt raises RecordDamaged when it is asked for, and
    makes `Record.is_whole` false.

    Raises
    ------
    ScenarioUnknown
    """
    reason = load(workspace, name).reason
    try:
        record = read_kept(workspace, name, Record.open)
    except (RecordMissing, RecordDamaged):
        return None
    said = (record.project, record.notice, record.reason, record.crs)
    project = workspace.project
    same = said == (project.name, project.notice, reason, project.crs)
    same = same and record.stamp.software == software() and record.rules == rules_of(workspace)
    same = same and record.inputs == inputs(workspace, name)
    return record if same else None


def up_to_date_record(workspace: Workspace, name: str) -> Record:
    """Return the stored Record if it is current and whole, else analyse the scenario and store the new one."""
    record = current_record(workspace, name)
    return record if record is not None and record.is_whole else analyse_and_keep(workspace, name)


def up_to_date_records(workspace: Workspace, names: Sequence[str], second: Second | None = None) -> tuple[Record, ...]:
    """Return the same of several scenarios, the tables of their parcels unread; a second process analyses some of many.

    Parameters
    ----------
    second : a process of `planning.second_analyst` for this project; without one, it is started for many scenarios

    Raises
    ------
    ScenarioUnknown
        Before anything is computed.
    """
    for name in names:
        load(workspace, name)
    found = _current_records(workspace, names)
    missing = _missing(names, found)
    least = _SEVERAL if second is None else 2
    if len(missing) >= least and has_room(workspace, _PARCEL_BYTES + len(missing) * _RECORD_BYTES):
        with _waiting(workspace, second) as other, other.taking_turns(missing) as turns:
            for name, record in analysed(workspace, turns):
                found[name] = record
                found |= _current_records(workspace, turns.done())
            found |= _current_records(workspace, turns.done())
        found |= _current_records(workspace, _missing(names, found))
    found |= analysed(workspace, _missing(names, found))
    return tuple(found[name] for name in names)


def analysed(workspace: Workspace, names: Iterable[str]) -> Iterator[tuple[str, Record]]:
    """Yield scenarios and their Records, computed and stored; the parcels are opened once for all of them."""
    parcels = OpenedParcels(workspace)
    for name in names:
        record = analyse(workspace, name, parcels)
        keep(workspace, record)
        yield name, record


def _waiting(workspace: Workspace, second: Second | None) -> AbstractContextManager[Second]:
    return waiting(MODULE, str(workspace.path.resolve())) if second is None else nullcontext(second)


def _missing(names: Sequence[str], found: Mapping[str, Record]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in found)


def _current_records(workspace: Workspace, names: Sequence[str]) -> dict[str, Record]:
    records = {name: current_record(workspace, name) for name in dict.fromkeys(names)}
    return {name: one for name, one in records.items() if one is not None and one.has_whole_tables(but=_MANY_ROWS)}
