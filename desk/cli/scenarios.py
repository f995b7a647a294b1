"""Commands around scenarios: add, edit, list, show, drop; the others stand in `desk.cli.scenario_history`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.changed_footings import warn
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.scenario_history import branch, diff, history, redo, undo
from desk.cli.speaking import both
from desk.cli.telling_edits import summary, told
from gis.crs import parse_crs
from gis.language import Text
from maps.numerals import count_text
from planning import revising
from planning import scenario as scenarios
from planning.drafting import Draft, edits_of
from planning.edits import REACH_M, Target
from planning.scenario import Scenario

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(group, name="scenario")

_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")


def _day(text: str | None) -> str | None:
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise typer.BadParameter("YYYY-MM-DD") from error


def _plan(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    base: Annotated[str | None, typer.Option(help=both("Phương án làm nền", "Scenario to start from"))] = None,
    boundary: Annotated[
        Path | None,
        typer.Option(
            help=both("Tệp ranh giới mới, hoặc hình mới của đối tượng", "File with the new boundary or shapes")
        ),
    ] = None,
    stretch: Annotated[
        Path | None,
        typer.Option(help=both("Tệp đường thay cho một đoạn ranh giới", "File with lines that replace stretches")),
    ] = None,
    move: Annotated[
        Path | None,
        typer.Option(help=both("Tệp đường nối đỉnh cũ với chỗ mới", "File with lines from corners to new places")),
    ] = None,
    add_units: Annotated[
        str | None,
        typer.Option(help=both("Mã hoặc tên các đơn vị thêm vào", "Units to add, by commas"), metavar="CODES"),
    ] = None,
    remove_units: Annotated[
        str | None,
        typer.Option(help=both("Mã hoặc tên các đơn vị bớt đi", "Units to remove, by commas"), metavar="CODES"),
    ] = None,
    add_file: Annotated[
        Path | None, typer.Option("--add", help=both("Tệp vùng thêm vào", "File with areas to add"))
    ] = None,
    cut_file: Annotated[
        Path | None, typer.Option("--cut", help=both("Tệp vùng cắt đi", "File with areas to cut"))
    ] = None,
    remove: Annotated[
        str | None, typer.Option(help=both("Mã các đối tượng bỏ đi", "Features to give up, by commas"), metavar="KEYS")
    ] = None,
    merge: Annotated[
        str | None, typer.Option(help=both("Mã các đối tượng gộp lại", "Features to merge, by commas"), metavar="KEYS")
    ] = None,
    into: Annotated[
        str | None, typer.Option(help=both("Mã của đối tượng sau khi gộp", "Key of the merged feature"), metavar="KEY")
    ] = None,
    retype: Annotated[
        str | None,
        typer.Option(help=both("Mã các đối tượng đổi thuộc tính", "Features to change, by commas"), metavar="KEYS"),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help=both("Giá trị mới, cùng --retype", "New values, with --retype"), metavar="FIELD=VALUE"
        ),
    ] = None,
    target: Annotated[Target, typer.Option(help=both("Lớp thay đổi", "Layer that changes"))] = "zone",
    vintage: Annotated[
        str | None,
        typer.Option(
            help=both("Ngày hiệu lực của danh mục đơn vị hành chính", "Vintage of the unit codes"), metavar="DATE"
        ),
    ] = None,
    crs: Annotated[str | None, typer.Option(help=both("Hệ tọa độ của tệp, EPSG:n", "CRS of the file, EPSG:n"))] = None,
    reach: Annotated[
        float,
        typer.Option(
            help=both("Đầu đoạn và đỉnh được lệch đến, mét", "How far ends and corners may lie off, metres"), min=0.0
        ),
    ] = REACH_M,
    accuracy: Annotated[
        float | None,
        typer.Option(help=both("Độ chính xác của hình vẽ, mét", "Accuracy of the shapes, metres"), min=0.0),
    ] = None,
    reason: Annotated[str, typer.Option(help=both("Lý do", "Reason"), metavar="TEXT")] = "",
    document: Annotated[
        str, typer.Option(help=both("Văn bản làm căn cứ", "Document that asks for it"), metavar="TEXT")
    ] = "",
    dated: Annotated[
        str | None, typer.Option(help=both("Ngày của văn bản", "Day of the document"), metavar="DATE", callback=_day)
    ] = None,
    author: Annotated[str, typer.Option(help=both("Người đề xuất", "Who proposes it"), metavar="NAME")] = "",
) -> None:
    """Add a scenario, or edits to one: what the options name, in the order boundary, stretches, units, areas, features."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    draft = Draft(
        target=target, boundary=boundary, stretch=stretch, move=move, add_units=add_units, remove_units=remove_units,
        vintage=vintage, add=add_file, cut=cut_file, remove=remove, merge=merge, into=into, retype=retype,
        values=_pairs(values or []), crs=parse_crs(crs) if crs else None, reach_m=reach, reason=reason,
        document=document, dated=dated or "", author=author, accuracy_m=accuracy,
    )  # fmt: skip
    edits = edits_of(workspace, draft)
    if ctx.info_name == "edit":
        if base is not None:
            raise typer.BadParameter("--base")
        scenario = revising.go_on(workspace, name, edits, author)
    else:
        scenario = revising.plan(workspace, Scenario(name=name, edits=edits, base=base, reason=reason), author)
    warn(desk, workspace, name)
    if desk.as_json:
        show.as_json(summary(scenario))
        return
    show.line(desk, _ADDED if ctx.info_name == "add" else _WENT_ON, name=name, edits=count_text(len(edits), desk.lang))
    for edit in edits:
        show.page([f"  {told(desk, workspace, edit)}"])


group.command("add", help=both("Thêm một phương án", "Add a scenario"))(_plan)
group.command("edit", help=both("Thêm thay đổi vào một phương án", "Add edits to a scenario"))(_plan)
group.command("undo", help=both("Hoàn tác một thay đổi, vẫn giữ trong nhật ký", "Undo an edit; it stays in the log"))(
    undo
)
group.command("redo", help=both("Làm lại thay đổi vừa hoàn tác", "Redo what was undone"))(redo)
group.command("branch", help=both("Tách một phương án mới từ phương án đã có", "Branch a new scenario from another"))(
    branch
)
group.command("history", help=both("Nhật ký của một phương án", "What was done to a scenario"))(history)
group.command("diff", help=both("So hai phương án: thay đổi và diện tích", "Two scenarios: edits and areas"))(diff)


def _pairs(texts: list[str]) -> tuple[tuple[str, str], ...]:
    if any("=" not in text for text in texts):
        raise typer.BadParameter("--set FIELD=VALUE")
    return tuple((field.strip(), value.strip()) for field, _, value in (text.partition("=") for text in texts))


@group.command("list", help=both("Liệt kê các phương án", "List the scenarios"))
def list_all(ctx: typer.Context) -> None:
    """List the scenarios of the project."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    found = [summary(scenarios.load(workspace, name)) for name in scenarios.names(workspace)]
    if desk.as_json:
        show.as_json({"scenarios": found})
        return
    headings = tuple(text.to(desk.lang) for text in (_SCENARIO, _BASE, _EDITS, _REASON))
    show.rows(
        headings,
        [(one["name"], one["base"] or "–", count_text(len(one["edits"]), desk.lang), one["reason"]) for one in found],
        (2,),
    )


@group.command("show", help=both("Xem một phương án", "Show a scenario"))
def show_one(ctx: typer.Context, name: Annotated[str, _NAME]) -> None:
    """Show the edits of a scenario, and of those it stands on."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    scenario = scenarios.load(workspace, name)
    warn(desk, workspace, name)
    if desk.as_json:
        show.as_json(summary(scenario))
        return
    show.line(desk, _HEAD, name=name, base=scenario.base or "–", reason=scenario.reason or "–")
    if scenario.branched_from:
        show.line(desk, _FROM, source=scenario.branched_from)
    for applied in scenarios.all_applied(workspace, name):
        show.page([f"  {applied.key}  {told(desk, workspace, applied.edit)}"])


@group.command("drop", help=both("Xóa một phương án", "Drop a scenario"))
def drop(ctx: typer.Context, name: Annotated[str, _NAME]) -> None:
    """Drop a scenario that no other one stands on."""
    desk: Desk = ctx.obj
    scenarios.drop(opened(desk), name)
    show.line(desk, _DROPPED, name=name)


_ADDED = Text(vi="Đã thêm phương án {name} ({edits} thay đổi).", en="Added the scenario {name} ({edits:edit|edits}).")
_WENT_ON = Text(
    vi="Đã thêm {edits} thay đổi vào phương án {name}.", en="Added {edits:edit|edits} to the scenario {name}."
)
_DROPPED = Text(vi="Đã xóa phương án {name}.", en="Dropped the scenario {name}.")
_HEAD = Text(vi="Phương án {name}; nền: {base}; lý do: {reason}", en="Scenario {name}; base: {base}; reason: {reason}")
_FROM = Text(vi="Tách từ phương án {source}.", en="Branched from the scenario {source}.")
_SCENARIO = Text(vi="Phương án", en="Scenario")
_BASE = Text(vi="Nền", en="Base")
_EDITS = Text(vi="Thay đổi", en="Edits")
_REASON = Text(vi="Lý do", en="Reason")
