"""The command that sets scenarios side by side; the program is loaded while a second process loads it, too."""

from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli.context import Desk
from desk.cli.loading import loaded
from desk.cli.speaking import both
from desk.cli.usage import Misused
from gis.language import Text
from planning.second_analyst import second_analyst

app = typer.Typer(rich_markup_mode=None)


@app.command("compare")
def compare_scenarios(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(help=both("Tên các phương án", "Names of the scenarios"), metavar="NAME")
    ],
    chart: Annotated[
        Path | None,
        typer.Option(help=both("Vẽ biểu đồ so sánh ra tệp SVG này", "Draw the comparison to this SVG file")),
    ] = None,
) -> None:
    """Analyse the scenarios that are not up to date, and tell in which facts they differ."""
    desk: Desk = ctx.obj
    if len(set(names)) < len(names) or len(names) < 2:
        raise Misused(_SEVERAL)
    with second_analyst(desk.project, names) as second:
        compared: Any = loaded("desk.cli.compared")
        compared.tell(desk, names, chart, second)


_SEVERAL = Text(
    vi="hãy ghi tên ít nhất hai phương án khác nhau, mỗi tên một lần",
    en="name at least two scenarios, each of them once",
)
