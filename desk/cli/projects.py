"""Commands that make a project: new, demo."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.speaking import both
from gis.language import Text
from layers.beside import errand
from layers.demo.build import build
from layers.workspace import Workspace
from maps.numerals import count_text
from maps.publish import SECOND, publish
from planning.variants import add_variants

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


@app.command("demo")
def demo(
    ctx: typer.Context,
    folder: Annotated[Path, _FOLDER],
    parcels: Annotated[int, typer.Option(help=both("Số thửa đất", "Number of parcels"), min=1, metavar="N")] = 5_000,
    seed: Annotated[int, typer.Option(help=both("Hạt giống ngẫu nhiên", "Random seed"), min=0, metavar="S")] = 2018,
    faults: Annotated[
        bool,
        typer.Option(
            "--faults",
            help=both("Cài lỗi biết trước, ghi trong faults.json", "Plant known faults, listed in faults.json"),
        ),
    ] = False,
    no_analyse: Annotated[
        bool, typer.Option("--no-analyse", help=both("Không phân tích, không vẽ", "Neither analyse nor draw"))
    ] = False,
) -> None:
    """Make an invented zone with its scenarios, analyse them and write maps, workbooks and a front page."""
    desk: Desk = ctx.obj
    with nullcontext() if no_analyse else errand(SECOND) as second:  # loads while the project is made
        with show.working(desk, _INVENTING, parcels=count_text(parcels, desk.lang)):
            workspace = build(folder, parcels, seed, faults=faults)
            names = add_variants(workspace, seed)
        show.line(desk, _DEMO_MADE, folder=folder, scenarios=", ".join(names))
        if second is None:
            return
        with show.working(desk, _PUBLISHING):
            done = publish(workspace, desk.lang, second=second)
        show.line(desk, _LOOK, index=done.index.resolve())


_INVENTING = Text(vi="Đang tạo dữ liệu minh họa ({parcels} thửa)…", en="Inventing the demo ({parcels:parcel|parcels})…")
_PUBLISHING = Text(vi="Đang phân tích và vẽ các phương án…", en="Analysing and drawing the scenarios…")
_DEMO_MADE = Text(
    vi="Đã tạo dự án minh họa tại {folder}; các phương án: {scenarios}.",
    en="Made the demo project in {folder}; its scenarios: {scenarios}.",
)
_LOOK = Text(vi="Mở bằng trình duyệt: {index}", en="Open in a browser: {index}")
_MADE = Text(vi="Đã tạo dự án trống tại {folder}.", en="Made an empty project in {folder}.")
