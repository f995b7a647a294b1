"""The one way in which a command opens a project: layers that were edited outside are recorded, and the user is told."""

import typer

from desk.cli.context import Desk
from gis.language import Text
from layers.errors import ProjectMissing
from layers.outside import OutsideEdit, record_edits
from layers.workspace import Workspace
from maps.numerals import count_text


def opened(desk: Desk) -> Workspace:
    """Return the project, with every outside edit recorded and told on stderr."""
    workspace, edits = record_edits(Workspace.open(desk.project))
    for edit in edits:
        typer.echo(_told(desk, edit), err=True)
    return workspace


def opened_if_there(desk: Desk) -> Workspace | None:
    """Return the project, None where the folder is none."""
    try:
        return opened(desk)
    except ProjectMissing:
        return None


def _told(desk: Desk, edit: OutsideEdit) -> str:
    if edit.problem is not None:
        return _UNUSABLE.to(desk.lang, layer=edit.layer, problem=edit.problem.to(desk.lang))
    changes = {"added": 0, "removed": 0, "changed": 0, **(edit.changes or {})}
    counts = {name: count_text(count, desk.lang) for name, count in changes.items()}
    text = _EDITED.to(desk.lang, layer=edit.layer, **counts)
    for count, note in ((edit.invalid, _INVALID), (edit.repeated_keys, _REPEATED), (edit.empty_keys, _NO_KEY)):
        text += " " + note.to(desk.lang, count=count_text(count, desk.lang)) if count else ""
    return text


_EDITED = Text(
    vi="Lớp {layer} đã được sửa bên ngoài (thêm {added}, bớt {removed}, đổi {changed}); đã ghi thành phiên bản mới.",
    en="Layer {layer} was edited outside (added {added}, removed {removed}, changed {changed}); recorded as a new version.",
)
_UNUSABLE = Text(
    vi="Lớp {layer} đã bị sửa bên ngoài và không dùng được: {problem} Có thể lấy lại bằng: mocgioi restore {layer} --version N",
    en="Layer {layer} was edited outside and cannot be used: {problem} Bring it back with: mocgioi restore {layer} --version N",
)
_INVALID = Text(vi="{count} hình không hợp lệ.", en="{count:shape is|shapes are} invalid.")
_REPEATED = Text(vi="{count} khóa bị trùng.", en="{count:key repeats|keys repeat}.")
_NO_KEY = Text(vi="{count} đối tượng không có khóa.", en="{count:feature has|features have} no key.")
