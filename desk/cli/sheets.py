"""Commands that put a Record on paper: sheets and the coordinate table of boundary markers."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.marker_table import write_marker_table
from maps.numerals import count_text
from maps.relief import Relief
from maps.sheet.book import Wishes, write_book, write_pictures
from maps.sheet.page import TitleBlock
from maps.sheet.paper import PAPERS, PaperName
from planning.current import up_to_date_record
from planning.undrawn import UndrawnParcels

app = typer.Typer(rich_markup_mode=None)

_NAME = typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")
_PAPER = typer.Option(
    help=both("Khổ giấy của bản đồ (mặc định: A3)", "Paper of the maps (default: A3)"),
    metavar="|".join(PAPERS),
    show_default=False,
)
_SCALE = typer.Option(
    help=both(
        "Mẫu số tỷ lệ của các tờ toàn khu, ví dụ 25000 (mặc định: tỷ lệ chẵn lớn nhất vừa giấy)",
        "Denominator of the sheets of the whole zone, 25000 say (default: the largest round scale that fits)",
    ),
    min=100,
    metavar="N",
)
_ONLY = typer.Option(
    help=both(
        "Chỉ in các tờ này (location, current, boundary, functional-areas, land-use-before, land-use-after, constraints, yards, stretch, unit, markers)",
        "Only these sheets (location, current, boundary, functional-areas, land-use-before, land-use-after, constraints, yards, stretch, unit, markers)",
    ),
    metavar="SHEET",
)
_PNG = typer.Option(
    help=both(
        "Ghi thêm mỗi tờ thành ảnh PNG ở độ phân giải này (200, 300), trong thư mục cùng tên",
        "Also write each sheet as PNG at this resolution (200, 300), into a folder of the same name",
    ),
    min=50,
    max=600,
    metavar="DPI",
)


@app.command("sheets")
def sheets(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    out: Annotated[Path, typer.Option(help=both("Tệp PDF sẽ ghi", "PDF file to write"), metavar="FILE.pdf")],
    paper: Annotated[PaperName, _PAPER] = "A3",
    scale: Annotated[int | None, _SCALE] = None,
    only: Annotated[list[str] | None, _ONLY] = None,
    png: Annotated[int | None, _PNG] = None,
    markers: Annotated[
        bool, typer.Option(help=both("Kèm bảng tọa độ mốc", "With the coordinate table of the markers"))
    ] = True,
    hillshade: Annotated[
        bool,
        typer.Option(
            "--hillshade", help=both("Bóng địa hình nhạt dưới nét vẽ", "The shaded relief, pale, under the line work")
        ),
    ] = False,
    office: Annotated[str, typer.Option(help=both("Đơn vị lập", "Office"))] = "",
    drawn: Annotated[str, typer.Option(help=both("Người vẽ", "Drawn by"))] = "",
    checked: Annotated[str, typer.Option(help=both("Người kiểm tra", "Checked by"))] = "",
    approved: Annotated[str, typer.Option(help=both("Người phê duyệt", "Approved by"))] = "",
    document: Annotated[str, typer.Option(help=both("Số văn bản kèm theo", "Number of the document"))] = "",
    date: Annotated[str, typer.Option(help=both("Ngày ghi trên tờ, NĂM-THÁNG-NGÀY", "Date on the sheet, ISO"))] = "",
) -> None:
    """Print the map sheets of a scenario as one PDF; it is analysed first if its Record is missing or old."""
    desk: Desk = ctx.obj
    block = TitleBlock(office, drawn, checked, approved, document, date)
    with show.working(desk, _PRINTING, name=name):
        workspace = opened(desk)
        relief = Relief.of(workspace) if hillshade else None
        record = up_to_date_record(workspace, name)
        wishes = Wishes(paper, scale, tuple(only or ()), markers, relief)
        book = write_book(record, out, wishes, block, desk.lang, UndrawnParcels.of(record, workspace))
        if png:
            write_pictures(book, record, out.with_suffix(""), png, desk.lang)
    if desk.as_json:
        pages = [
            {"sheet": page.key, "number": number, "left_out": dict(Counter(page.left_out))}
            for number, page in enumerate(book.pages, start=1)
        ]
        missing = {"no_data": list(book.without), "too_many_parcels": list(book.crowded)}
        show.as_json({"file": str(out), "record": record.id, "sheets": pages, **missing})
        return
    show.line(desk, _WRITTEN, file=out, sheets=count_text(len(book.pages), desk.lang), paper=paper)
    for title in book.without:
        show.line(desk, _WITHOUT, title=title)
    for title in book.crowded:
        show.line(desk, _CROWDED, title=title, paper=paper)


@app.command("markers")
def markers(
    ctx: typer.Context,
    name: Annotated[str, _NAME],
    out: Annotated[
        Path, typer.Option(help=both("Tệp sẽ ghi: .csv hoặc .xlsx", "File to write: .csv or .xlsx"), metavar="FILE")
    ],
) -> None:
    """Write the coordinate table of the boundary markers of a scenario."""
    desk: Desk = ctx.obj
    with show.working(desk, _PRINTING, name=name):
        record = up_to_date_record(opened(desk), name)
        rows = write_marker_table(record, out, desk.lang)
    show.line(desk, _MARKERS, file=out, rows=count_text(rows, desk.lang))


_PRINTING = Text(vi="Đang in phương án {name}…", en="Printing the scenario {name}…")
_WRITTEN = Text(
    vi="Đã ghi {file}: {sheets} tờ, bản đồ khổ {paper}, đã đọc lại và khớp số liệu.",
    en="Wrote {file}: {sheets:sheet|sheets}, maps on {paper}, read back and in agreement with the facts.",
)
_WITHOUT = Text(vi="Không có số liệu cho tờ: {title}", en="No data for the sheet: {title}")
_CROWDED = Text(
    vi="Quá nhiều thửa đất để vẽ trên khổ {paper}: {title}. Hãy chọn khổ lớn hơn (--paper), hoặc xem các tờ chi tiết.",
    en="Too many parcels for {paper}: {title}. Choose larger paper (--paper), or look at the sheets of the atlas.",
)
_MARKERS = Text(vi="Đã ghi {file}: {rows} mốc.", en="Wrote {file}: {rows:marker|markers}.")
