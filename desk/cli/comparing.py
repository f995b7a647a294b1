"""The command that sets scenarios side by side; the program is loaded while a second process loads it, too."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli.context import Desk
from desk.cli.loading import loaded
from desk.cli.speaking import both
from desk.cli.usage import Misused
from gis.language import Text
from layers.beside import waiting

app = typer.Typer(rich_markup_mode=None)

# `planning.current.SECOND`, which would load what is loaded beside.
_SECOND = "planning.analysing"
# So many scenarios take longer than a process takes to load; and parcels of so many bytes, some two thousand.
_MANY, _LARGE_BYTES = 3, 1_000_000


def _many_are_old(project: Path, names: Sequence[str]) -> bool:
    """Tell whether a second process is likely to save time, with nothing loaded; a wrong guess costs only time."""
    try:
        layers = project / "layers"
        newest = max(path.stat().st_mtime for path in (project / "project.toml", layers, *layers.iterdir()))
        old = [one for one in names if (time := _time_of(project / "records" / one)) is None or time < newest]
        large = (layers / "parcels.gpkg").stat().st_size >= _LARGE_BYTES
    except OSError:
        return False
    return large and len(old) >= _MANY and (os.cpu_count() or 1) > 1


def _time_of(folder: Path) -> float | None:
    return folder.stat().st_mtime if folder.is_dir() else None


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
    project = desk.project.resolve()
    with waiting(_SECOND, str(project)) if _many_are_old(project, names) else nullcontext() as second:
        compared: Any = loaded("desk.cli.compared")
        compared.tell(desk, names, chart, second)


_SEVERAL = Text(
    vi="hãy ghi tên ít nhất hai phương án khác nhau, mỗi tên một lần",
    en="name at least two scenarios, each of them once",
)
