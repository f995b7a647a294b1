"""Commands of the yards: their register, their layouts."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.asked_day import OnDay, day_of
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.yard_files import require_layout_format, write_layouts, write_yards, writer_of
from maps.yard_page import capacity_page, flow_page, page, plan_page
from planning.yard_answer import as_json
from planning.yard_capacity import yard_capacity
from planning.yard_flow import FlowInputs, yard_flow
from planning.yard_layout import DesignVehicle
from planning.yard_plan import yard_plan
from planning.yard_register import WITHIN_DAYS, yard_register

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.add_typer(group, name="yards")


@group.callback()
def yards(
    ctx: typer.Context,
    on: OnDay = None,
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
    show.page(page(record, desk.lang))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


_KEYS = typer.Argument(help=both("Mã các bãi; bỏ trống là mọi bãi", "Codes of yards; none for all"), metavar="CODE")
_SCENARIO = typer.Option(
    help=both("Bến bãi như phương án này đề xuất", "Yards as this scenario proposes"), metavar="NAME"
)


@group.command("layout", help=both("Bố trí ô đỗ xe trong bãi", "Lay out the slots of yards"))
def layout(
    ctx: typer.Context,
    keys: Annotated[list[str] | None, _KEYS] = None,
    scenario: Annotated[str | None, _SCENARIO] = None,
    vehicle: Annotated[
        str,
        typer.Option(
            help=both(
                "Xe thiết kế: dài x rộng, m (mặc định: 16.5x2.55)",
                "Design vehicle: length x width, m (default: 16.5x2.55)",
            ),
            metavar="LxW",
            show_default=False,
        ),
    ] = "16.5x2.55",
    aisle: Annotated[
        float, typer.Option(help=both("Đường giữa hai hàng ô đỗ, m", "Aisle between rows, m"), min=3.0, metavar="M")
    ] = 20.0,
    turning: Annotated[
        str,
        typer.Option(
            help=both(
                "Bán kính quay ngoài, trong, m (mặc định: 12.5,5.3)",
                "Outer, inner turning radius, m (default: 12.5,5.3)",
            ),
            metavar="R,r",
            show_default=False,
        ),
    ] = "12.5,5.3",
    out: Annotated[
        Path | None,
        typer.Option(help=both("Ghi ra tệp: .pdf .html .xlsx", "Write to a file: .pdf .html .xlsx"), metavar="FILE"),
    ] = None,
) -> None:
    """Lay out slots for the design vehicle in yards, and draw them."""
    desk: Desk = ctx.obj
    if out is not None:
        require_layout_format(out)
    (length, width), (outer, inner) = (
        _pair(vehicle, "x", "--vehicle 16.5x2.55"),
        _pair(turning, ",", "--turning 12.5,5.3"),
    )
    wanted = DesignVehicle(length, width, aisle_m=aisle, outer_radius_m=outer, inner_radius_m=inner)
    with show.working(desk, _LAYING):
        workspace = opened(desk)
        record = yard_capacity(workspace, tuple(keys or ()), scenario, wanted)
        files = write_layouts(record, workspace, out, desk.lang) if out is not None else ()
    if desk.as_json:
        show.as_json(as_json(record) | {"files": [str(one) for one in files]})
        return
    show.page(capacity_page(record, desk.lang))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


@group.command("plan", help=both("Sắp xếp bến bãi: trước và sau", "A plan of the yards: before and after"))
def plan(
    ctx: typer.Context,
    scenario: Annotated[str, typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")],
    on: Annotated[
        str | None, typer.Option(help=both("Giấy tờ tính đến ngày này", "Papers as of this day"), metavar="DATE")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=both("Ghi ra tệp: .xlsx .gpkg", "Write to a file: .xlsx .gpkg"), metavar="FILE"),
    ] = None,
) -> None:
    """Set the yards of a scenario beside those that are established."""
    desk: Desk = ctx.obj
    if out is not None:
        writer_of(out)
    with show.working(desk, _LAYING):
        record = yard_plan(opened(desk), scenario, day_of(on))
    files = write_yards(record, out, desk.lang) if out is not None else ()
    if desk.as_json:
        show.as_json(as_json(record) | {"files": [str(one) for one in files]})
        return
    show.page(plan_page(record, desk.lang))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


@group.command("flow", help=both("Mô hình lưu lượng xe qua bến bãi", "A model of the flow through the yards"))
def flow(
    ctx: typer.Context,
    scenario: Annotated[str | None, _SCENARIO] = None,
    inputs: Annotated[
        Path | None,
        typer.Option(
            help=both("Số liệu đầu vào (TOML), thay cho giả định", "Inputs (TOML) in place of assumptions"),
            metavar="FILE.toml",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(help=both("Số gieo ngẫu nhiên", "Seed of the random numbers"), min=0, metavar="N")
    ] = 2018,
    runs: Annotated[int, typer.Option(help=both("Số lần chạy", "Runs"), min=1, max=100, metavar="N")] = 3,
    out: Annotated[
        Path | None, typer.Option(help=both("Ghi ra tệp .xlsx", "Write to an .xlsx file"), metavar="FILE.xlsx")
    ] = None,
) -> None:
    """Run vehicles through the yards by the hour: queues and overflow; a model, no forecast."""
    desk: Desk = ctx.obj
    if out is not None:
        writer_of(out)
    given = FlowInputs.read(inputs)
    with show.working(desk, _LAYING):
        record = yard_flow(opened(desk), given, scenario, seed=seed, runs=runs)
    files = write_yards(record, out, desk.lang) if out is not None else ()
    if desk.as_json:
        show.as_json(as_json(record) | {"model": True, "files": [str(one) for one in files]})
        return
    show.page(flow_page(record, desk.lang))
    for file in files:
        show.line(desk, _WRITTEN, file=file)


def _pair(written: str, sign: str, example: str) -> tuple[float, float]:
    first, _, second = written.replace("×", "x").partition(sign)
    try:
        both_m = float(first), float(second)
    except ValueError as error:
        raise typer.BadParameter(example) from error
    if min(both_m) <= 0 or (sign == "," and both_m[1] >= both_m[0]):
        raise typer.BadParameter(example)
    return both_m


_LAYING = Text(vi="Đang bố trí ô đỗ xe…", en="Laying out the slots…")
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
