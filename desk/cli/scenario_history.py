"""Commands around the history of scenarios: undo, redo, branch, history, diff."""

from typing import Annotated, Any

import typer
from pandas import isna

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from desk.cli.telling_edits import edit_summary, summary, told
from gis.language import Text
from layers.workspace import Workspace
from maps.formatter import fact_text
from maps.labels import missing_title
from maps.numerals import clock_text, count_text
from planning import revising
from planning import scenario as scenarios
from planning.difference import Difference, difference
from planning.edit_log import Step, in_force
from planning.record import Fact

_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")
_NUMBER = typer.Option("--edit", help=both("Số thứ tự của thay đổi", "Number of the edit"), metavar="N", min=1)
_BY = typer.Option("--author", help=both("Người thực hiện", "Who does it"), metavar="NAME")
_REASON = typer.Option(help=both("Lý do", "Reason"), metavar="TEXT")
_FIRST = typer.Argument(help=both("Phương án thứ nhất", "First scenario"), metavar="NAME")
_SECOND = typer.Argument(help=both("Phương án thứ hai", "Second scenario"), metavar="NAME")
_FROM = typer.Option("--from", help=both("Phương án gốc", "Scenario to branch from"), metavar="SCENARIO")


def undo(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    number: Annotated[int | None, _NUMBER] = None,
    author: Annotated[str, _BY] = "",
) -> None:
    """Take back the newest edit of a scenario, or one by its number."""
    _marked(ctx.obj, name, revising.undo(opened(ctx.obj), name, number, author), _UNDONE)


def redo(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    number: Annotated[int | None, _NUMBER] = None,
    author: Annotated[str, _BY] = "",
) -> None:
    """Bring back the edit that was undone last, or one by its number."""
    _marked(ctx.obj, name, revising.redo(opened(ctx.obj), name, number, author), _REDONE)


def branch(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    source: Annotated[str, _FROM],
    reason: Annotated[str, _REASON] = "",
    author: Annotated[str, _BY] = "",
) -> None:
    """Copy the edits of a scenario that are in force into a new one; later changes of either stay apart."""
    desk: Desk = ctx.obj
    scenario = revising.branch(opened(desk), name, source, reason, author)
    if desk.as_json:
        show.as_json(summary(scenario))
        return
    show.line(desk, _BRANCHED, name=name, source=source, edits=count_text(len(scenario.edits), desk.lang))


def history(ctx: typer.Context, name: Annotated[str, _NAME]) -> None:
    """Tell every edit, undo and redo of a scenario, in the order in which they happened."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    log = scenarios.log_of(workspace, name)
    valid = in_force(log)
    if desk.as_json:
        show.as_json({"scenario": name, "in_force": valid, "log": [_step(step) for step in log]})
        return
    headings = [one.to(desk.lang) for one in (_WHEN, _WHO, _DID, _NUMBERED, _WHAT, _STATE)]
    show.rows(headings, [_step_row(desk, workspace, step, valid) for step in log], (3,))


def diff(ctx: typer.Context, first: Annotated[str, _FIRST], second: Annotated[str, _SECOND]) -> None:
    """Tell in which edits and in which areas two scenarios differ."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    found = difference(workspace, first, second)
    if desk.as_json:
        show.as_json(_difference(found, first, second))
        return
    for text, name, edits in (
        (_ONLY, first, found.only_first),
        (_ONLY, second, found.only_second),
        (_IN_BOTH, "", found.in_both),
    ):
        if edits:
            show.line(desk, text, name=name)
        for one in edits:
            show.page([f"  {one.key}  {told(desk, workspace, one.edit)}"])
    names = {"first": first, "second": second}
    typer.echo()
    show.rows(
        ("", ""), [(_AREAS[fact.key].to(desk.lang, **names), fact_text(fact, desk.lang)) for fact in found.areas], (1,)
    )
    _tell_units(desk, found, names)
    _tell_features(desk, found, names)


def _marked(desk: Desk, name: str, number: int, text: Text) -> None:
    scenario = scenarios.load(opened(desk), name)
    if desk.as_json:
        show.as_json({"edit": number, **summary(scenario)})
        return
    show.line(desk, text, name=name, number=str(number), edits=count_text(len(scenario.edits), desk.lang))


def _step(step: Step) -> dict[str, Any]:
    made = {} if step.edit is None else {"edit": edit_summary(step.edit), "made_on": dict(step.made_on)}
    return {"did": step.did, "number": step.number, "at": step.at or None, "by": step.by or None, **made}


def _step_row(desk: Desk, workspace: Workspace, step: Step, valid: tuple[int, ...]) -> tuple[str, ...]:
    state = "" if step.edit is None else (_IN_FORCE if step.number in valid else _TAKEN_BACK).to(desk.lang)
    what = "" if step.edit is None else told(desk, workspace, step.edit)
    return clock_text(step.at, desk.lang), step.by, _DIDS[step.did].to(desk.lang), str(step.number), what, state


def _difference(found: Difference, first: str, second: str) -> dict[str, Any]:
    edits = {name: getattr(found, name) for name in ("only_first", "only_second", "in_both")}
    return {
        "scenarios": [first, second],
        "edits": {name: [{"key": one.key, **edit_summary(one.edit)} for one in some] for name, some in edits.items()},
        "area_m2": {fact.key.removeprefix("area_m2."): fact.value for fact in found.areas},
        "units": found.units.to_dict(orient="records"),
        "features": {layer: rows.to_dict(orient="records") for layer, rows in found.features.items()},
    }


def _tell_units(desk: Desk, found: Difference, names: dict[str, str]) -> None:
    if not len(found.units):
        return
    headings = ("", *(_AREAS[f"area_m2.{side}"].to(desk.lang, **names) for side in ("only_first", "only_second")))
    show.rows(
        headings,
        [
            (f"{key} {name}", *(fact_text(Fact("area_m2", value, "m2", ""), desk.lang) for value in areas))
            for key, name, *areas in found.units.itertuples(index=False)
        ],
        (1, 2),
    )


def _tell_features(desk: Desk, found: Difference, names: dict[str, str]) -> None:
    for layer, rows in found.features.items():
        show.page(["", missing_title(layer, desk.lang)])
        body = []
        for key, name, one, other, differs in rows.itertuples(index=False):
            areas = [
                _NOT_THERE if isna(area) else fact_text(Fact(layer, area, "m2", ""), desk.lang) for area in (one, other)
            ]
            body.append((f"{key} {name or ''}", *areas, differs))
        show.rows(("", names["first"], names["second"], _DIFFERS.to(desk.lang)), body, (1, 2))


_NOT_THERE = "–"
_UNDONE = Text(
    vi="Đã hoàn tác thay đổi số {number} của phương án {name}; còn {edits} thay đổi có hiệu lực.",
    en="Undid edit {number} of the scenario {name}; {edits:edit is|edits are} in force.",
)
_REDONE = Text(
    vi="Đã làm lại thay đổi số {number} của phương án {name}; có {edits} thay đổi có hiệu lực.",
    en="Redid edit {number} of the scenario {name}; {edits:edit is|edits are} in force.",
)
_BRANCHED = Text(
    vi="Đã tách phương án {name} từ {source} ({edits} thay đổi).",
    en="Branched the scenario {name} from {source} ({edits:edit|edits}).",
)
_WHEN = Text(vi="Lúc", en="When")
_WHO = Text(vi="Người", en="Who")
_DID = Text(vi="Việc", en="What was done")
_NUMBERED = Text(vi="Số", en="No.")
_WHAT = Text(vi="Thay đổi", en="Edit")
_STATE = Text(vi="Hiện nay", en="Now")
_IN_FORCE = Text(vi="có hiệu lực", en="in force")
_TAKEN_BACK = Text(vi="đã hoàn tác", en="undone")
_DIDS = {
    "edit": Text(vi="thay đổi", en="edit"),
    "undo": Text(vi="hoàn tác", en="undo"),
    "redo": Text(vi="làm lại", en="redo"),
}
_ONLY = Text(vi="Chỉ có trong {name}:", en="Only in {name}:")
_IN_BOTH = Text(vi="Có trong cả hai:{name}", en="In both:{name}")
_DIFFERS = Text(vi="Khác nhau ở", en="Differs in")
_AREAS = {
    "area_m2.first": Text(vi="Khu kinh tế theo {first}", en="The zone by {first}"),
    "area_m2.second": Text(vi="Khu kinh tế theo {second}", en="The zone by {second}"),
    "area_m2.both": Text(vi="Có trong cả hai", en="In both"),
    "area_m2.only_first": Text(vi="Chỉ theo {first}", en="Only by {first}"),
    "area_m2.only_second": Text(vi="Chỉ theo {second}", en="Only by {second}"),
}
