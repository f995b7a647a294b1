"""The day that a command is asked about: `--on`, today where none is named."""

from datetime import date
from typing import Annotated

import typer

from desk.cli.speaking import both

OnDay = Annotated[
    str | None,
    typer.Option(help=both("Tính đến ngày này (mặc định: hôm nay)", "As of this day (default: today)"), metavar="DATE"),
]


def day_of(written: str | None) -> date:
    """Return the day that a person asks about, today where none is named; raise BadParameter where it is no day."""
    try:
        return date.fromisoformat(written) if written else date.today()  # noqa: DTZ011 -- the day of the desk
    except ValueError as error:
        raise typer.BadParameter("--on 2026-01-31") from error
