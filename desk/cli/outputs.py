"""Commands that draw and write what a Record holds: map, workbook, publish."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.asked_day import day_of
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.crs import parse_crs
from gis.language import Text
from layers.report import last_findings
from layers.workspace import Workspace
from maps.guard.overriding import override_of
from maps.numerals import count_text
from maps.publish import publish as publish_all
from maps.release import release_map
from maps.relief import Relief
from maps.webmap.backdrop import backdrop_of
from maps.webmap.officer import findings_extra, idle_extra
from maps.webmap.settings import Wishes
from maps.workbook import write_workbook
from planning.current import up_to_date_record
from planning.idle_register import idle_register
from planning.inventory import inventory
from planning.scenario import names

app = typer.Typer(rich_markup_mode=None)

_ALL_LAYERS = "all"
_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")
_Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--override-guard",
        help=both(
            "Bỏ qua một quy tắc công bố, có lý do; lý do được ghi trên bản đồ và trong dự án",
            "Set a publishing rule aside, with a reason that is told on the map and kept in the project",
        ),
        metavar="RULE=REASON",
    ),
]


@app.command("map")
def draw_map(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help=both("Tệp HTML sẽ ghi", "HTML file to write"), metavar="FILE.html")],
    name: Annotated[
        str | None,
        typer.Argument(
            help=both(
                "Tên phương án; có thể bỏ trống khi dự án có không quá một phương án",
                "Name of the scenario; may be left out where the project has no more than one",
            ),
            metavar="NAME",
        ),
    ] = None,
    layers: Annotated[
        str | None,
        typer.Option(
            help=both(
                "Các lớp cần vẽ, cách nhau dấu phẩy, hoặc all; không có NAME thì vẽ các lớp như hiện có",
                "Layers to draw, separated by commas, or all; without NAME as they stand",
            ),
            metavar="A,B",
        ),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            help=both("Phương án khác để so sánh cạnh nhau", "Another scenario to compare with"), metavar="NAME"
        ),
    ] = None,
    backdrop: Annotated[
        Path | None,
        typer.Option(
            help=both("Ảnh nền của cơ quan: GeoTIFF", "The office's own picture: GeoTIFF"), metavar="FILE.tif"
        ),
    ] = None,
    crs: Annotated[
        str | None, typer.Option(help=both("Hệ tọa độ của ảnh nền, EPSG:n", "CRS of the backdrop, EPSG:n"))
    ] = None,
    hillshade: Annotated[
        bool,
        typer.Option(
            "--hillshade", help=both("Bóng địa hình nhạt dưới nét vẽ", "The shaded relief, pale, under the line work")
        ),
    ] = False,
    findings: Annotated[
        bool,
        typer.Option(
            "--findings",
            help=both("Kèm kết quả kiểm tra dữ liệu gần nhất", "With the findings of the last check of the data"),
        ),
    ] = False,
    idle: Annotated[
        bool,
        typer.Option(
            "--idle",
            help=both("Kèm đất chưa sử dụng, chậm tiến độ đến hôm nay", "With idle and late land as of today"),
        ),
    ] = False,
    served: Annotated[
        bool,
        typer.Option(
            "--served",
            help=both("Bản đồ sẽ đặt trên máy chủ web của cơ quan", "The map will be put on the office's web server"),
        ),
    ] = False,
    override_guard: _Overrides = None,
) -> None:
    """Draw the interactive map of a scenario, analysed first if its Record is old, or of layers as they stand."""
    desk: Desk = ctx.obj
    chosen = tuple(part.strip() for part in (layers or "").split(",") if part.strip())
    workspace = opened(desk)
    name = name or (None if layers else _only_scenario(workspace, desk))
    if compare is not None and name is None:
        raise typer.BadParameter(_COMPARE_WHAT.to(desk.lang))
    with show.working(desk, _DRAWING, name=name or layers or "–"):
        extras = [findings_extra(last_findings(workspace.path), desk.lang)] if findings else []
        extras += [idle_extra(idle_register(workspace, day_of(None)), desk.lang)] if idle else []
        wishes = Wishes(
            layers=_asked(chosen) if name else (),
            beside=up_to_date_record(workspace, compare) if compare else None,
            backdrop=backdrop_of(backdrop, parse_crs(crs) if crs else None) if backdrop else None,
            relief=Relief.of(workspace) if hillshade else None,
            extras=tuple(extras),
            served=served,
            overrides=tuple(map(override_of, override_guard or ())),
        )
        record = up_to_date_record(workspace, name) if name else inventory(workspace, _asked(chosen))
        release_map(record, workspace, out, desk.lang, wishes)
    show.line(desk, _WRITTEN, file=out)


def _asked(layers: tuple[str, ...]) -> tuple[str, ...]:
    return () if layers == (_ALL_LAYERS,) else layers


def _only_scenario(workspace: Workspace, desk: Desk) -> str | None:
    """Return the scenario of a project that has one; None where it has none: its layers are the map."""
    there = names(workspace)
    if len(there) > 1:
        raise typer.BadParameter(_WHICH.to(desk.lang, names=", ".join(there)))
    return there[0] if there else None


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
def publish(ctx: typer.Context, override_guard: _Overrides = None) -> None:
    """Analyse all scenarios and write their maps, workbooks and the front page into out/."""
    desk: Desk = ctx.obj
    with show.working(desk, _PUBLISHING):
        done = publish_all(opened(desk), desk.lang, overrides=tuple(map(override_of, override_guard or ())))
    if desk.as_json:
        show.as_json(
            {"index": str(done.index), "scenarios": done.scenarios, "analysed": done.analysed, "written": done.written}
        )
        return
    show.line(
        desk,
        _PUBLISHED,
        scenarios=count_text(len(done.scenarios), desk.lang),
        analysed=count_text(len(done.analysed), desk.lang),
        written=count_text(len(done.written), desk.lang),
        index=done.index,
    )


_DRAWING = Text(vi="Đang vẽ {name}…", en="Drawing {name}…")
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
_WHICH = Text(
    vi="dự án có nhiều phương án: {names}. Hãy nêu tên một phương án, hoặc --layers all để vẽ các lớp như hiện có.",
    en="the project has several scenarios: {names}. Name one, or --layers all to draw the layers as they stand.",
)
_COMPARE_WHAT = Text(
    vi="--compare cần tên một phương án đứng trước.", en="--compare needs the name of a scenario first."
)
_PUBLISHING = Text(vi="Đang phân tích và vẽ các phương án…", en="Analysing and drawing the scenarios…")
_PUBLISHED = Text(
    vi="{scenarios} phương án: phân tích lại {analysed}, ghi lại {written} tệp. Mở bằng trình duyệt: {index}",
    en="{scenarios:scenario|scenarios}: {analysed} analysed anew, {written:file|files} written. Open in a browser: {index}",
)
