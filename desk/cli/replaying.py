"""The command that computes a Record again and says whether it is the same."""

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Lang, Text
from layers.catalog import schema_of
from layers.schema import Field
from maps.formatter import fact_text, field_text
from maps.labels import key_title, missing_title
from maps.numerals import moment_text, number_text
from planning.comparison import Differing
from planning.record import Fact
from planning.replay import ChangedInput, ChangedSetting, Replay, replay

app = typer.Typer(rich_markup_mode=None)

# So much is told of each thing on a terminal; --json tells all.
_MOST = 10


@app.command("replay")
def replay_record(
    ctx: typer.Context,
    record: Annotated[
        str,
        typer.Argument(
            help=both("Phương án, hoặc thư mục của một hồ sơ kết quả", "Scenario, or the folder of a record"),
            metavar="RECORD",
        ),
    ],
) -> None:
    """Compute a Record again from the project as it is: exit code 0 when it is the same, 1 and what is not when it is not."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    with show.working(desk, _COMPUTING, record=record):
        found = replay(workspace, record)
    if desk.as_json:
        show.as_json(_plain(found))
    else:
        _tell(found, desk.lang)
    if not found.is_same:
        raise typer.Exit(1)


def _plain(found: Replay) -> dict[str, Any]:
    return {
        "same": found.is_same,
        "scenario": found.stored.scenario,
        "record": found.stored.id,
        "again": found.again.id,
        "inputs": [_plain_input(one) for one in found.inputs],
        "settings": [{"name": one.name, "values": [one.before, one.after]} for one in found.settings],
        "differences": [
            {"key": one.key, "unit": one.unit, "values": list(one.values), "difference": one.difference}
            for one in found.differences
        ],
        "shapes": list(found.shapes),
    }


def _plain_input(one: ChangedInput) -> dict[str, Any]:
    sides = [None if side is None else {"rows": side.rows, "sha256": side.sha256} for side in (one.before, one.after)]
    cells = None
    if one.cells is not None:
        named = one.cells.rename(columns={"key": "feature"})
        cells = named.astype(object).where(named.notna(), None).to_dict(orient="records")
    return {"layer": one.name, "values": sides, "changes": cells}


def _tell(found: Replay, lang: Lang) -> None:
    stored = found.stored
    stamp = {"created": moment_text(stored.stamp.created, lang), "software": stored.stamp.software}
    verdict = _SAME if found.is_same else _NOT_SAME
    told = {"id": stored.id[:12], "scenario": stored.scenario, "again": found.again.id[:12], **stamp}
    show.page([verdict.to(lang, **told)])
    for one in found.inputs:
        _tell_input(one, lang)
    for setting in found.settings:
        told = {"name": _title(setting, lang), "before": setting.before or "–", "after": setting.after or "–"}
        show.page(["", _SETTING.to(lang, **told)])
    if not (found.inputs or found.settings or found.is_same):
        show.page(["", _UNEXPLAINED.to(lang)])
    if found.differences:
        count = number_text(len(found.differences), "#,##0", lang)
        show.page(["", _FIGURES.to(lang, count=count)])
        rows = [(f"  {key_title(one.key, lang)}", *_values(one, lang)) for one in found.differences[:_MOST]]
        show.rows(("", _THEN.to(lang), _NOW.to(lang)), rows, (1, 2))
    if len(found.differences) > _MOST:
        show.page([_MORE.to(lang)])
    if found.shapes:
        show.page(["", _SHAPES.to(lang, names=", ".join(found.shapes))])


def _tell_input(one: ChangedInput, lang: Lang) -> None:
    if one.name.startswith("scenario/"):
        show.page(["", _EDITS.to(lang, name=one.name.removeprefix("scenario/"))])
        return
    title = missing_title(one.name, lang)
    if one.before is None or one.after is None:
        show.page(["", (_CAME if one.before is None else _WENT).to(lang, layer=title)])
        return
    counts = {
        "before": number_text(one.before.rows, "#,##0", lang),
        "after": number_text(one.after.rows, "#,##0", lang),
    }
    show.page(["", _LAYER.to(lang, layer=title, **counts)])
    if one.cells is None:
        show.page(["  " + _UNRECORDED.to(lang)])
        return
    fields = {field.name: field for field in schema_of(one.name).fields}
    rows = [_cell(row, fields, lang) for row in one.cells.head(_MOST).itertuples()]
    show.rows(("", _FIELD.to(lang), _THEN.to(lang), _NOW.to(lang)), rows)
    if len(one.cells) > _MOST:
        show.page([_MORE.to(lang)])


def _cell(row: Any, fields: Mapping[str, Field], lang: Lang) -> tuple[str, ...]:
    if pd.isna(row.field):
        return f"  {row.key}", _WHOLE_ROW.to(lang), "", ""
    if row.field == "geometry":
        return f"  {row.key}", _SHAPE.to(lang), "", ""
    return (
        f"  {row.key}",
        fields[row.field].title.to(lang) if row.field in fields else row.field,
        *(field_text(one, fields.get(row.field), lang) for one in (row.before, row.after)),
    )


def _values(one: Differing, lang: Lang) -> tuple[str, ...]:
    return tuple(fact_text(Fact(one.key, value, one.unit, ""), lang) for value in one.values)


def _title(setting: ChangedSetting, lang: Lang) -> str:
    return _SETTINGS[setting.name].to(lang)


_COMPUTING = Text(vi="Đang tính lại {record}…", en="Computing {record} again…")
_SAME = Text(
    vi="GIỐNG: tính lại hồ sơ {id} của phương án {scenario} ({created}, {software}) ra đúng từng số, từng hình.",
    en="SAME: the record {id} of {scenario} ({created}, {software}) comes out with every figure and every shape.",
)
_NOT_SAME = Text(
    vi="KHÁC: hồ sơ {id} của phương án {scenario} ({created}, {software}), nay tính lại là {again}.",
    en="NOT THE SAME: the record {id} of {scenario} ({created}, {software}) comes out as {again} now.",
)
_LAYER = Text(
    vi="{layer} đã khác ({before} dòng, nay {after}):", en="{layer} is not as it was ({before:row|rows}, now {after}):"
)
_CAME = Text(vi="{layer}: nay có, khi ấy chưa có.", en="{layer}: there now, not then.")
_WENT = Text(vi="{layer}: khi ấy có, nay không còn.", en="{layer}: there then, not now.")
_EDITS = Text(
    vi="Các thay đổi của phương án {name} (hay phương án nền) đã khác; xem: mocgioi scenario history {name}",
    en="The edits of {name}, or of those it stands on, are not as they were; see: mocgioi scenario history {name}",
)
_UNRECORDED = Text(
    vi="Lịch sử của lớp không giữ phiên bản khi ấy, nên không nêu được từng chỗ.",
    en="The history of the layer does not hold the state of then, so the places cannot be told.",
)
_SETTING = Text(vi="{name}: khi ấy “{before}”, nay “{after}”.", en="{name}: “{before}” then, “{after}” now.")
_SETTINGS = {
    "project": Text(vi="Tên dự án", en="Name of the project"),
    "reason": Text(vi="Lý do của phương án", en="Reason of the scenario"),
    "crs": Text(vi="Hệ tọa độ", en="CRS"),
    "notice": Text(vi="Câu lưu ý", en="Notice"),
    "no_data": Text(vi="Lớp không có số liệu", en="Layers without data"),
    "not_drawn": Text(vi="Lớp không vẽ", en="Layers that are not drawn"),
    "rules": Text(vi="Bộ quy tắc", en="Rule set"),
    "software": Text(vi="Chương trình", en="Program"),
}
_UNEXPLAINED = Text(
    vi="Đầu vào, quy tắc và chương trình không khác: hãy so phiên bản các thư viện, và báo lỗi nếu chúng cũng không khác.",
    en="Inputs, rules and program are the same: compare the versions of the libraries, and report it if they are, too.",
)
_FIGURES = Text(vi="{count} số liệu ra khác:", en="{count:figure comes|figures come} out differently:")
_SHAPES = Text(vi="Lớp hình vẽ ra khác: {names}", en="Layers of shapes that come out differently: {names}")
_MORE = Text(vi="  … xem tất cả: thêm --json", en="  … for all of them add --json")
_FIELD = Text(vi="Trường", en="Field")
_THEN = Text(vi="Khi ấy", en="Then")
_NOW = Text(vi="Nay", en="Now")
_SHAPE = Text(vi="hình", en="shape")
_WHOLE_ROW = Text(vi="cả đối tượng: thêm hoặc bỏ", en="the whole feature: added or removed")
