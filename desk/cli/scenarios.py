"""Commands around scenarios: add, list, show, drop."""

from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.crs import parse_crs
from gis.language import Text
from planning import scenario as scenarios
from planning.drawn_file import features_of
from planning.edits import TITLES, AddPolygon, AddUnits, CutPolygon, Edit, RemoveUnits, ReplaceBoundary, Target, kind_of
from planning.proposal import require_applicable
from planning.scenario import Scenario
from planning.units import choose_vintage, find_codes, units_of_vintage

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(group, name="scenario")

_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")


@group.command("add", help=both("Thêm một phương án", "Add a scenario"))
def add(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    base: Annotated[str | None, typer.Option(help=both("Phương án làm nền", "Scenario to start from"))] = None,
    boundary: Annotated[Path | None, typer.Option(help=both("Tệp ranh giới mới", "File with the new boundary"))] = None,
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
    target: Annotated[Target, typer.Option(help=both("Lớp thay đổi", "Layer that changes"))] = "zone",
    vintage: Annotated[
        str | None,
        typer.Option(
            help=both("Ngày hiệu lực của danh mục đơn vị hành chính", "Vintage of the unit codes"), metavar="DATE"
        ),
    ] = None,
    crs: Annotated[str | None, typer.Option(help=both("Hệ tọa độ của tệp, EPSG:n", "CRS of the file, EPSG:n"))] = None,
    reason: Annotated[str, typer.Option(help=both("Lý do", "Reason"), metavar="TEXT")] = "",
) -> None:
    """Add a scenario: a base plus the edits that the options name: boundary, units, areas, in that order."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    system = parse_crs(crs) if crs else None
    edits: list[Edit] = []
    if boundary is not None:
        edits.append(ReplaceBoundary(features_of(boundary, workspace, target, keyed=True, crs=system), reason, target))
    for kind, units in ((AddUnits, add_units), (RemoveUnits, remove_units)):
        if units is not None:
            day = choose_vintage(workspace, vintage)
            codes = find_codes(units_of_vintage(workspace, day), units.split(","), day)
            edits.append(kind(codes, day, reason, target))
    if add_file is not None:
        edits.append(AddPolygon(features_of(add_file, workspace, target, keyed=True, crs=system), reason, target))
    if cut_file is not None:
        edits.append(CutPolygon(features_of(cut_file, workspace, target, keyed=False, crs=system), reason, target))
    scenario = Scenario(name=name, edits=tuple(edits), base=base, reason=reason)
    require_applicable(workspace, scenario)
    scenarios.add(workspace, scenario)
    show.as_json(_summary(scenario)) if desk.as_json else show.line(desk, _ADDED, name=name, edits=len(edits))


@group.command("list", help=both("Liệt kê các phương án", "List the scenarios"))
def list_all(ctx: typer.Context) -> None:
    """List the scenarios of the project."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    found = [_summary(scenarios.load(workspace, name)) for name in scenarios.names(workspace)]
    if desk.as_json:
        show.as_json({"scenarios": found})
        return
    headings = tuple(text.to(desk.lang) for text in (_SCENARIO, _BASE, _EDITS, _REASON))
    show.rows(
        headings, [(one["name"], one["base"] or "–", str(len(one["edits"])), one["reason"]) for one in found], (2,)
    )


@group.command("show", help=both("Xem một phương án", "Show a scenario"))
def show_one(ctx: typer.Context, name: Annotated[str, _NAME]) -> None:
    """Show the edits of a scenario, and of those it stands on."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    scenario = scenarios.load(workspace, name)
    if desk.as_json:
        show.as_json(_summary(scenario))
        return
    show.line(desk, _HEAD, name=name, base=scenario.base or "–", reason=scenario.reason or "–")
    for edit in scenarios.all_edits(workspace, name):
        what = ", ".join(getattr(edit, "units", ())) or _SHAPES.to(desk.lang, count=len(getattr(edit, "features", ())))
        typer.echo(f"  {TITLES[type(edit)].to(desk.lang)} ({edit.target}): {what}")


@group.command("drop", help=both("Xóa một phương án", "Drop a scenario"))
def drop(ctx: typer.Context, name: Annotated[str, _NAME]) -> None:
    """Drop a scenario that no other one stands on."""
    desk: Desk = ctx.obj
    scenarios.drop(opened(desk), name)
    show.line(desk, _DROPPED, name=name)


def _summary(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.name,
        "base": scenario.base,
        "edits": [_edit_summary(edit) for edit in scenario.edits],
        "reason": scenario.reason,
    }


def _edit_summary(edit: Edit) -> dict[str, Any]:
    said = {"kind": kind_of(edit), "target": edit.target, "reason": edit.reason}
    if isinstance(edit, AddUnits | RemoveUnits):
        return {**said, "units": list(edit.units), "vintage": edit.vintage}
    return {**said, "features": [one.key for one in edit.features]}


_ADDED = Text(vi="Đã thêm phương án {name} ({edits} thay đổi).", en="Added the scenario {name} ({edits} edits).")
_DROPPED = Text(vi="Đã xóa phương án {name}.", en="Dropped the scenario {name}.")
_HEAD = Text(vi="Phương án {name}; nền: {base}; lý do: {reason}", en="Scenario {name}; base: {base}; reason: {reason}")
_SHAPES = Text(vi="{count} vùng", en="{count} areas")
_SCENARIO = Text(vi="Phương án", en="Scenario")
_BASE = Text(vi="Nền", en="Base")
_EDITS = Text(vi="Thay đổi", en="Edits")
_REASON = Text(vi="Lý do", en="Reason")
