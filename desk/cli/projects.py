"""Commands that make a project: new, demo."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.speaking import both
from gis.language import Text
from layers.workspace import Workspace

app = typer.Typer(rich_markup_mode=None)

_FOLDER = typer.Argument(help=both("Thư mục mới hoặc trống", "A new or empty folder"), metavar="DIR")


@app.command("new")
def new(
    ctx: typer.Context,
    folder: Annotated[Path, _FOLDER],
    name: Annotated[str, typer.Option(help=both("Tên khu kinh tế hoặc dự án", "Name of the zone or project"))],
    crs: Annotated[
        str,
        typer.Option(
            help=both("Hệ tọa độ phẳng, EPSG:n (Lạng Sơn: EPSG:9215)", "Planar CRS, EPSG:n (Lạng Sơn: EPSG:9215)")
        ),
    ],
) -> None:
    """Make an empty project."""
    desk: Desk = ctx.obj
    Workspace.create(folder, name, crs, language=desk.lang)
    show.line(desk, _MADE, folder=folder)


_MADE = Text(vi="Đã tạo dự án trống tại {folder}.", en="Made an empty project in {folder}.")
