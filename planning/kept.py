"""The Records of a project: one for each scenario, in a folder that is replaced whole."""

from collections.abc import Callable

from layers.commit import committing
from layers.whole_folder import current_version, name_version
from layers.workspace import Workspace
from planning.errors import RecordDamaged, RecordMissing
from planning.record import Record

_FOLDER = "records"


def keep(workspace: Workspace, record: Record) -> None:
    """Store a Record in place of the one that its scenario has; raise ProjectBusy."""
    with committing(workspace.path) as staged:
        written = staged / _FOLDER / record.scenario / "new"
        record.save(written)
        name_version(written, record.id)


def read_kept(workspace: Workspace, name: str, read: Callable[..., Record] = Record.load) -> Record:
    """Return the stored Record of a scenario.

    Parameters
    ----------
    name : of a scenario of the project
    read : `Record.load`, or `Record.open` where its tables and shapes may not be needed

    Raises
    ------
    RecordMissing, RecordDamaged
    """
    folder = workspace.path / _FOLDER / name
    place = current_version(folder)
    while place is not None:
        try:
            return read(place)
        except (RecordMissing, RecordDamaged):
            now = current_version(folder)
            if now == place:
                raise
            place = now  # it was replaced while it was read
    raise RecordMissing(path=folder)
