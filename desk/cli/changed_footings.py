"""Edits that no longer stand on what they were made on, told on stderr."""

import typer

from desk.cli.context import Desk
from gis.language import Text
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edit_effects import NAME as EDITS
from planning.record import Record


def warn(desk: Desk, workspace: Workspace, name: str) -> None:
    """Tell on stderr which edits no longer stand on what they were made on."""
    for key, changed in scenarios.changed_footings(workspace, name).items():
        typer.echo(_CHANGED.to(desk.lang, edit=key, what=", ".join(changed)), err=True)


def warn_of_edits(desk: Desk, record: Record) -> None:
    """Tell the same of the edits of a Record."""
    edits = record.tables[EDITS].frame
    changed = edits[edits["changed_since"].notna()]
    for key, what in zip(changed["key"], changed["changed_since"], strict=True):
        typer.echo(_CHANGED.to(desk.lang, edit=key, what=what), err=True)


_CHANGED = Text(
    vi="Chú ý: thay đổi {edit} được lập trên dữ liệu nay đã khác ({what}). Hãy xem lại: số liệu tính theo dữ liệu hiện có.",
    en="Note: the edit {edit} was made on data that have changed since ({what}). Look at it again: figures follow the data as they are.",
)
