"""The command that asks for idle and late land."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.asked_day import OnDay, day_of
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.idle_page import as_json, page
from maps.parcel_files import write_parcels, writer_of
from planning.idle_register import WITHIN_DAYS, idle_register

app = typer.Typer(rich_markup_mode=None)


@app.command("idle")
def idle(
    ctx: typer.Context,
    on: OnDay = None,
    within: Annotated[
        int,
        typer.Option(
            help=both(
                "Nêu riêng mốc đến hạn trong bấy nhiêu ngày (mặc định: 90)",
                "Tell apart what falls due within so many days (default: 90)",
            ),
            min=0,
            metavar="DAYS",
            show_default=False,
        ),
    ] = WITHIN_DAYS,
    out: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi ra tệp: .xlsx .gpkg .parquet", "Write to a file: .xlsx .gpkg .parquet"), metavar="FILE"
        ),
    ] = None,
) -> None:
    """Tell which land meets the time condition of disuse or delay, and which papers are missing."""
    desk: Desk = ctx.obj
    if out is not None:
        writer_of(out)
    record = idle_register(opened(desk), day_of(on), within)
    files = write_parcels(record, out, desk.lang) if out is not None else ()
    if desk.as_json:
        show.as_json(as_json(record) | {"files": [str(one) for one in files]})
        return
    show.page(page(record, desk.lang))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
