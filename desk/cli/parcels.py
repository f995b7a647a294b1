"""Commands that answer a land officer's questions about parcels: parcel, parcels."""

from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.parcel_page import page
from planning.errors import OwnerNotAsked
from planning.extract import extract
from planning.extract_json import as_json, hits_as_json
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Found, Hit, find, find_at, find_owned

app = typer.Typer(rich_markup_mode=None)

_PERSONAL = typer.Option("--personal", help=both("Kèm người sử dụng đất và địa chỉ", "With land user and address"))
_DEFENCE = typer.Option("--with-defence", help=both("Kèm đất quốc phòng, an ninh", "With defence and security land"))
_SCENARIO = typer.Option(help=both("Tính theo phương án này", "As this scenario proposes"), metavar="NAME")


@app.command("parcel")
def parcel(
    ctx: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(
            help=both(
                "Thửa: “xã/tờ/thửa” (tên hoặc mã xã cũ hay mới, có dấu hay không), “thửa 3 tờ 2 xã …”, hoặc mã định danh",
                "The parcel: “commune/sheet/number” (name or code, old or new, accents or not), or its national identifier",
            ),
            metavar="KEY",
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            help=both("Thửa tại tọa độ X (Bắc),Y (Đông)", "The parcel at northing,easting"),
            metavar="NORTHING,EASTING",
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            help=both("Thửa của người sử dụng đất (cần --personal)", "Parcels of a land user (needs --personal)")
        ),
    ] = None,
    scenario: Annotated[str | None, _SCENARIO] = None,
    personal: Annotated[bool, _PERSONAL] = False,
    with_defence: Annotated[bool, _DEFENCE] = False,
) -> None:
    """Tell what the project knows of one parcel."""
    desk: Desk = ctx.obj
    if sum(one is not None for one in (key, at, owner)) != 1:
        raise typer.BadParameter("KEY | --at NORTHING,EASTING | --owner NAME")
    if owner is not None and not personal:
        raise OwnerNotAsked
    place = _place(at) if at is not None else None
    with show.working(desk, _ASKING):
        parcels = ParcelDesk.open(opened(desk), scenario)
        if place is not None:
            found = find_at(parcels.cadastre, parcels.communes, easting=place[1], northing=place[0])
        elif owner is not None:
            found = find_owned(parcels.cadastre, parcels.communes, owner)
        else:
            found = find(parcels.cadastre, parcels.communes, key or "")
    if len(found.hits) > 1:
        _list(desk, found, is_owner=owner is not None)
        return
    record = extract(parcels, found.hits[0], personal=personal, with_defence=with_defence)
    if desk.as_json:
        show.as_json(as_json(record) | {"other_readings": hits_as_json(found)["other_readings"]})
        return
    typer.echo("\n".join(page(record, desk.lang)))
    if found.other:
        show.line(desk, _OTHERS, keys=", ".join(one.key for one in found.other))


def _list(desk: Desk, found: Found, *, is_owner: bool) -> None:
    """List the parcels that are meant; where one was asked for, that is exit code 1."""
    if desk.as_json:
        show.as_json(hits_as_json(found))
    else:
        show.line(desk, _OWNED if is_owner else _SEVERAL, count=len(found.hits))
        headings = tuple(one.to(desk.lang) for one in (_KEY, _COMMUNE, _DAY, _HOW))
        show.rows(headings, [_row(desk, one) for one in found.hits])
    if not is_owner:
        raise typer.Exit(1)


def _row(desk: Desk, hit: Hit) -> tuple[str, ...]:
    commune, day = (hit.commune.name, hit.commune.day) if hit.commune else ("–", "–")
    through = (
        _THROUGH.to(desk.lang, name=hit.asked.name, day=hit.asked.day) if hit.asked else _WAYS[hit.way].to(desk.lang)
    )
    return hit.key, commune, day, through


def _place(text: str) -> tuple[float, float]:
    try:
        northing, easting = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError as error:
        raise typer.BadParameter("--at NORTHING,EASTING") from error
    return northing, easting


_ASKING = Text(vi="Đang mở thửa đất và các lớp…", en="Opening parcels and layers…")
_SEVERAL = Text(
    vi="Có {count} thửa trùng cách gọi này; hãy hỏi lại bằng khóa đầy đủ:",
    en="{count} parcels answer to this; ask again with the full key:",
)
_OWNED = Text(vi="{count} thửa đất:", en="{count} parcels:")
_OTHERS = Text(
    vi="Cùng cách gọi này, theo danh mục khác còn là: {keys}",
    en="By the codes of another vintage this could also be: {keys}",
)
_KEY = Text(vi="Khóa", en="Key")
_COMMUNE = Text(vi="Xã, phường", en="Commune")
_DAY = Text(vi="Danh mục từ", en="Vintage")
_HOW = Text(vi="Tìm theo", en="Found by")
_THROUGH = Text(vi="đất của {name} ({day})", en="land of {name} ({day})")
_WAYS = {
    "key": Text(vi="khóa của lớp thửa", en="key of the layer"),
    "same": Text(vi="tên hoặc mã xã", en="name or code"),
    "other": Text(vi="xã của danh mục khác", en="commune of another vintage"),
    "place": Text(vi="tọa độ", en="place"),
    "owner": Text(vi="người sử dụng đất", en="land user"),
    "identifier": Text(vi="mã định danh", en="identifier"),
}
