"""The command of the yards: their register."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.yard_files import write_yards, writer_of
from maps.yard_page import page
from planning.yard_answer import as_json
from planning.yard_register import WITHIN_DAYS, yard_register

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.add_typer(group, name="yards")


@group.callback()
def yards(
    ctx: typer.Context,
    on: Annotated[
        str | None,
        typer.Option(
            help=both("Tính đến ngày này (mặc định: hôm nay)", "As of this day (default: today)"), metavar="DATE"
        ),
    ] = None,
    within: Annotated[
        int,
        typer.Option(
            help=both(
                "Coi là sắp hết hạn khi còn không quá bấy nhiêu ngày (mặc định: 90)",
                "Expiring when at most so many days are left (default: 90)",
            ),
            min=0,
            metavar="DAYS",
            show_default=False,
        ),
    ] = WITHIN_DAYS,
    scenario: Annotated[
        str | None,
        typer.Option(help=both("Bến bãi như phương án này đề xuất", "Yards as this scenario proposes"), metavar="NAME"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi ra tệp: .xlsx .gpkg .parquet", "Write to a file: .xlsx .gpkg .parquet"), metavar="FILE"
        ),
    ] = None,
) -> None:
    """Tell the register of yards: which papers are present, missing, expired or expiring, by yard and operator."""
    if ctx.invoked_subcommand is not None:
        return
    desk: Desk = ctx.obj
    if out is not None:
        writer_of(out)
    record = yard_register(opened(desk), day_of(on), within, scenario)
    files = write_yards(record, out, desk.lang) if out is not None else ()
    if desk.as_json:
        show.as_json(as_json(record) | {"files": [str(one) for one in files]})
        return
    typer.echo("\n".join(page(record, desk.lang)))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


def day_of(written: str | None) -> date:
    """Return the day that a person asks about, today where none is named."""
    try:
        return date.fromisoformat(written) if written else date.today()  # noqa: DTZ011 -- the day of the desk
    except ValueError as error:
        raise typer.BadParameter("--on 2026-01-31") from error


_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
