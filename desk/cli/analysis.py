"""The command that asks for the effect of a scenario; what tells it to people is loaded where people read."""

from typing import Annotated

import typer

from desk.cli import show
from desk.cli.changed_footings import warn_of_edits
from desk.cli.context import Desk
from desk.cli.loading import loaded
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from planning.analysis_json import as_json
from planning.current import analyse_and_keep

app = typer.Typer(rich_markup_mode=None)


@app.command("analyse")
def analyse(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")],
) -> None:
    """Analyse a scenario, keep its Record under records/ and tell the result."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    with show.working(desk, _ANALYSING, name=name):
        record = analyse_and_keep(workspace, name)
    warn_of_edits(desk, record)
    if desk.as_json:
        show.as_json(as_json(record))
    else:
        loaded("desk.cli.telling_analysis").tell_analysis(record, desk.lang)


_ANALYSING = Text(vi="Đang phân tích phương án {name}…", en="Analysing the scenario {name}…")
