"""The command that shows the land-use balance, or checks a printed one."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from desk.cli.tables import print_table
from gis.language import Lang, Text
from maps.formatter import decimal_text, fact_text
from maps.labels import ROUNDING, table_title
from planning.balance.answer import balance_rows
from planning.balance.printed import PrintedColumn, check_decision, check_file
from planning.balance.today import balance_today
from planning.current import up_to_date_record
from planning.record import Record

app = typer.Typer(rich_markup_mode=None)

_SIDES = (("base_m2", "base_percent"), ("proposed_m2", "proposed_percent", "change_m2"))
_NAMED = {
    "groups": ("name",),
    "land_use": ("key", "name"),
    "land_use_2024": ("key", "name"),
    "functional_areas": ("key", "name", "phase"),
    "horizons": ("horizon", "name"),
    "overlays": ("key", "name"),
    "transition": ("land_use", "planned_use"),
    "transition_codes": ("land_use", "planned_use"),
}
# What is read at once; the rest on request.
_FIRST = ("groups", "land_use", "functional_areas", "horizons", "overlays")


@app.command("balance")
def balance(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            help=both("Tên phương án; bỏ trống: khu hiện hành", "Scenario; none: the established zone"), metavar="NAME"
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            help=both("Chỉ một bảng: ", "One table only: ") + ", ".join(_NAMED), metavar="TABLE", show_default=False
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(help=both("Kiểm tra một bảng in đã nhập thành CSV", "Check a printed table typed into CSV")),
    ] = None,
    decision: Annotated[
        bool,
        typer.Option(
            "--decision-1055", help=both("Kiểm tra bảng của QĐ 1055/QĐ-TTg", "Check the table of Decision 1055/2010")
        ),
    ] = False,
    total: Annotated[
        str | None, typer.Option(help=both("Tổng mà mỗi cột phải đạt", "Total that every column must reach"))
    ] = None,
) -> None:
    """Show the balance of a scenario or of the established zone; check a printed table, exit 1 where it does not close."""
    desk: Desk = ctx.obj
    if table is not None or decision:
        columns = check_decision() if table is None else check_file(table, _total(total), desk.lang)
        _tell_printed(desk, columns)
        raise typer.Exit(not all(column.closes for column in columns if column.stated is not None))
    if only is not None and only not in _NAMED:
        raise typer.BadParameter(", ".join(_NAMED), param_hint="--only")
    with show.working(desk, _WORKING):
        record = balance_today(opened(desk)) if name is None else up_to_date_record(opened(desk), name)
    if desk.as_json:
        show.as_json(_answer(record, only))
        return
    _tell(record, (only,) if only else _FIRST, desk.lang, sides=_SIDES[:1] if name is None else _SIDES)


def _answer(record: Record, only: str | None) -> dict[str, Any]:
    rows = balance_rows(record)
    facts = {key: fact.value for key, fact in record.facts.items() if key.startswith("balance.")}
    kept = rows if only is None else {only: rows.get(only, [])}
    return {"project": record.project, "scenario": record.scenario or None, "balance": kept, "facts": facts}


def _tell(record: Record, names: tuple[str, ...], lang: Lang, sides: tuple[tuple[str, ...], ...]) -> None:
    if record.notice:
        typer.echo(f"*** {record.notice} ***")
    there = [name for name in names if f"balance.{name}" in record.tables]
    if not there:
        typer.echo(_NOTHING.to(lang))
    for name in there:
        table = f"balance.{name}"
        columns = [*_NAMED[name], *(column for side in sides for column in side)]
        typer.echo(f"\n{table_title(table, lang)}")
        print_table(record, table, [column for column in columns if column in record.tables[table].columns], lang)
        _tell_rounding(record, table, lang)


def _tell_rounding(record: Record, table: str, lang: Lang) -> None:
    residuals = [key for key in record.facts if key.startswith(f"{table}.") and ".rounding." in key]
    told = [fact_text(record.fact(key), lang) for key in residuals if record.value(key)]
    if told:
        typer.echo(f"{ROUNDING.to(lang)}: {', '.join(told)}")


def _tell_printed(desk: Desk, columns: tuple[PrintedColumn, ...]) -> None:
    if desk.as_json:
        show.as_json({"columns": [_printed(column) for column in columns]})
        return
    headings = [text.to(desk.lang) for text in (_COLUMN, _SUM, _STATED, _MISSING, _SAID)]
    body = [
        (
            column.title,
            decimal_text(column.sum, desk.lang),
            decimal_text(column.stated, desk.lang),
            decimal_text(column.missing, desk.lang),
            (_UNKNOWN if column.stated is None else _CLOSES if column.closes else _OPEN).to(desk.lang),
        )
        for column in columns
    ]
    show.rows(headings, body, (1, 2, 3))


def _printed(column: PrintedColumn) -> dict[str, Any]:
    numbers = {"sum": column.sum, "stated": column.stated, "missing": column.missing}
    plain = {name: None if number is None else float(number) for name, number in numbers.items()}
    return {"title": column.title, **plain, "closes": column.closes}


def _total(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation as error:
        raise typer.BadParameter(str(text), param_hint="--total") from error


_WORKING = Text(vi="Đang lập bảng cân bằng…", en="Balancing…")
_NOTHING = Text(
    vi="Không có số liệu: cần lớp thửa đất có loại đất, hoặc lớp khu chức năng.",
    en="No data: parcels with their land use, or functional areas, are needed.",
)
_COLUMN = Text(vi="Cột", en="Column")
_SUM = Text(vi="Cộng các dòng", en="Sum of the lines")
_STATED = Text(vi="Tổng đã in", en="Printed total")
_MISSING = Text(vi="Thiếu (+) hoặc thừa (−)", en="Missing (+) or over (−)")
_SAID = Text(vi="Kết luận", en="Verdict")
_CLOSES = Text(vi="khép", en="closes")
_OPEN = Text(vi="không khép", en="does not close")
_UNKNOWN = Text(vi="không rõ tổng", en="no total")
