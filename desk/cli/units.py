"""The command that looks administrative units up: by code or name, in every vintage, with what became of them."""

from typing import Annotated, Any

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.numerals import day_text
from planning.units import Hit, find_units, kin

app = typer.Typer(rich_markup_mode=None)


@app.command("units")
def units(
    ctx: typer.Context,
    wanted: Annotated[
        str, typer.Argument(help=both("Mã, tên, hoặc “huyện/xã”", "Code, name, or “district/commune”"), metavar="UNIT")
    ],
    vintage: Annotated[
        str | None, typer.Option(help=both("Chỉ danh mục của ngày này", "Only the vintage of this day"), metavar="DATE")
    ] = None,
) -> None:
    """List every unit that answers to a code or name, with its predecessors or successors."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    hits = [hit for hit in find_units(workspace, wanted) if vintage in (None, hit.vintage)]
    found = [(hit, kin(workspace, hit)) for hit in hits]
    if desk.as_json:
        show.as_json({"units": [_plain(hit, others) for hit, others in found]})
        return
    if not found:
        show.line(desk, _NOTHING, unit=wanted)
        return
    headings = [one.to(desk.lang) for one in (_CODE, _NAME, _PARENT, _VINTAGE, _KIN)]
    show.rows(headings, [_row(desk, hit, others) for hit, others in found])


def _row(desk: Desk, hit: Hit, others: tuple[tuple[str, Hit], ...]) -> tuple[str, ...]:
    told = "; ".join(f"{_WAYS[way].to(desk.lang)} {other.told()}" for way, other in others)
    return hit.code or "–", hit.name, hit.parent, day_text(hit.vintage, desk.lang), told


def _plain(hit: Hit, others: tuple[tuple[str, Hit], ...]) -> dict[str, Any]:
    plain = {"code": hit.code or None, "name": hit.name, "parent": hit.parent or None, "vintage": hit.vintage}
    return {**plain, **{way: [one.told() for name, one in others if name == way] for way in _WAYS}}


_CODE = Text(vi="Mã", en="Code")
_NAME = Text(vi="Tên", en="Name")
_PARENT = Text(vi="Đơn vị cấp trên", en="Parent")
_VINTAGE = Text(vi="Danh mục từ", en="Vintage")
_KIN = Text(vi="Trước, sau sắp xếp", en="Before and since")
_WAYS = {
    "whole_of": Text(vi="gồm toàn bộ", en="all of"),
    "part_of": Text(vi="gồm một phần", en="a part of"),
    "whole_into": Text(vi="toàn bộ vào", en="went whole into"),
    "part_into": Text(vi="một phần vào", en="went in part into"),
}
_NOTHING = Text(
    vi="Không danh mục nào có “{unit}”. Hãy kiểm tra mã, tên, dấu.", en="No vintage has “{unit}”. Check code and name."
)
