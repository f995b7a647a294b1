"""Commands that draw and write what a Record holds: map, workbook, publish."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.report import last_findings
from maps.findings.on_map import findings_layer
from maps.publish import publish as publish_all
from maps.webmap.page import write_map
from maps.webmap.settings import Wishes
from maps.workbook import write_workbook
from planning.effect import up_to_date_record

app = typer.Typer(rich_markup_mode=None)

_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")


@app.command("map")
def draw_map(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    out: Annotated[Path, typer.Option(help=both("Tệp HTML sẽ ghi", "HTML file to write"), metavar="FILE.html")],
    findings: Annotated[
        bool,
        typer.Option(
            "--findings",
            help=both("Kèm kết quả kiểm tra dữ liệu gần nhất", "With the findings of the last check of the data"),
        ),
    ] = False,
) -> None:
    """Draw the interactive map of a scenario; it is analysed first if its Record is missing or old."""
    desk: Desk = ctx.obj
    with show.working(desk, _DRAWING, name=name):
        workspace = opened(desk)
        found = last_findings(workspace.path) if findings else None
        layer = None if found is None else findings_layer(found, desk.lang)
        wishes = Wishes(over=(layer,) if layer else ())
        write_map(up_to_date_record(workspace, name), out, desk.lang, workspace, wishes)
    show.line(desk, _WRITTEN, file=out)


@app.command("workbook")
def workbook(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    out: Annotated[Path, typer.Option(help=both("Tệp Excel sẽ ghi", "Excel file to write"), metavar="FILE.xlsx")],
) -> None:
    """Write the facts of a scenario as an Excel workbook; it is analysed first if its Record is missing or old."""
    desk: Desk = ctx.obj
    with show.working(desk, _DRAWING, name=name):
        write_workbook(up_to_date_record(opened(desk), name), out, desk.lang)
    show.line(desk, _WRITTEN, file=out)


@app.command("publish")
def publish(ctx: typer.Context) -> None:
    """Analyse all scenarios and write their maps, workbooks and the front page into out/."""
    desk: Desk = ctx.obj
    with show.working(desk, _PUBLISHING):
        done = publish_all(opened(desk), desk.lang)
    if desk.as_json:
        show.as_json(
            {"index": str(done.index), "scenarios": done.scenarios, "analysed": done.analysed, "written": done.written}
        )
        return
    show.line(
        desk,
        _PUBLISHED,
        scenarios=len(done.scenarios),
        analysed=len(done.analysed),
        written=len(done.written),
        index=done.index,
    )


_DRAWING = Text(vi="Đang vẽ phương án {name}…", en="Drawing the scenario {name}…")
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
_PUBLISHING = Text(vi="Đang phân tích và vẽ các phương án…", en="Analysing and drawing the scenarios…")
_PUBLISHED = Text(
    vi="{scenarios} phương án: phân tích lại {analysed}, ghi lại {written} tệp. Mở bằng trình duyệt: {index}",
    en="{scenarios} scenarios: {analysed} analysed anew, {written} files written. Open in a browser: {index}",
)
