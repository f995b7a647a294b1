"""Commands that answer a land officer's questions about parcels: parcel, parcels."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.extracts import listed, print_extracts
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.numerals import count_text
from maps.parcel_files import needs_shapes, write_parcels, writer_of
from maps.parcel_page import list_page, page
from maps.parcel_sheet.book import ExtractWishes, write_extract
from maps.sheet.page import TitleBlock
from planning.affected_parcels import affected_parcels
from planning.errors import OwnerNotAsked
from planning.extract import extract
from planning.extract_json import as_json, hits_as_json, list_as_json
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Found, Hit, find, find_at, find_owned
from planning.parcel_list import parcel_list
from planning.parcel_wish_list import lines_of
from planning.use_register import use_register

app = typer.Typer(rich_markup_mode=None)

_PERSONAL = typer.Option("--personal", help=both("Kèm người sử dụng đất và địa chỉ", "With land user and address"))
_DEFENCE = typer.Option("--with-defence", help=both("Kèm đất quốc phòng, an ninh", "With defence and security land"))
_OFFICE = typer.Option(help=both("Đơn vị lập trích lục", "Office that makes the extract"))
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
    pdf: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi trích lục có sơ đồ ra tệp PDF này", "Write the extract with its map to this PDF"),
            metavar="FILE.pdf",
        ),
    ] = None,
    office: Annotated[str, _OFFICE] = "",
    personal: Annotated[bool, _PERSONAL] = False,
    with_defence: Annotated[bool, _DEFENCE] = False,
) -> None:
    """Tell what the project knows of one parcel."""
    desk: Desk = ctx.obj
    if sum(one is not None for one in (key, at, owner)) != 1:
        raise typer.BadParameter("KEY | --at NORTHING,EASTING | --owner NAME")
    if pdf is not None and pdf.suffix.lower() != ".pdf":
        raise typer.BadParameter("--pdf FILE.pdf")
    if owner is not None and not personal:
        raise OwnerNotAsked
    place = _place(at) if at is not None else None
    with show.working(desk, _ASKING):
        parcels = ParcelDesk.open(opened(desk), scenario)
        if place is not None:
            found = find_at(parcels.cadastre, parcels.communes, easting=place[1], northing=place[0])
        elif owner is not None:
            found = find_owned(parcels.cadastre, parcels.communes, owner, with_defence=with_defence)
        else:
            found = find(parcels.cadastre, parcels.communes, key or "")
    _tell_left_out(desk, found)
    if len(found.hits) > 1:
        _list(desk, found, is_owner=owner is not None and pdf is None)
        return
    if pdf is not None:
        wishes = ExtractWishes(personal, with_defence, TitleBlock(office))
        with show.working(desk, _PRINTING):
            record = write_extract(parcels, found.hits[0], pdf, wishes, desk.lang)
    else:
        record = extract(parcels, found.hits[0], personal=personal, with_defence=with_defence)
    if desk.as_json:
        show.as_json(as_json(record) | {"other_readings": hits_as_json(found)["other_readings"]})
        return
    show.page(page(record, desk.lang))
    if pdf is not None:
        show.line(desk, _PRINTED, file=pdf)
    if found.other:
        show.line(desk, _OTHERS, keys=", ".join(one.key for one in found.other))


@app.command("parcels")
def parcels(
    ctx: typer.Context,
    scenario: Annotated[str | None, _SCENARIO] = None,
    affected: Annotated[
        bool,
        typer.Option(
            "--affected",
            help=both(
                "Chỉ các thửa mà phương án đưa vào, đưa ra hoặc cắt, với tổng theo đối tượng sử dụng và loại đất",
                "Only what the scenario adds, removes or cuts, with sums by class of land user and land use",
            ),
        ),
    ] = False,
    uses: Annotated[
        bool,
        typer.Option(
            "--uses",
            help=both(
                "Chỉ những chỗ mục đích hiện trạng, giấy tờ, quy hoạch khác nhau, xếp theo chứng cứ; cần kiểm tra, không phải kết luận",
                "Only where current, legal and planned use differ, best evidence first; needs checking, no verdict",
            ),
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi ra tệp: .gpkg .xlsx .parquet", "Write to a file: .gpkg .xlsx .parquet"), metavar="FILE"
        ),
    ] = None,
    pdf_dir: Annotated[
        Path | None,
        typer.Option(
            help=both(
                "Ghi trích lục PDF, mỗi thửa một tệp, vào thư mục này: các thửa của --list, --affected hoặc --uses",
                "Write extracts as PDF, a file a parcel, into this folder: of --list, --affected or --uses",
            ),
            metavar="DIR",
        ),
    ] = None,
    only: Annotated[
        Path | None,
        typer.Option(
            "--list",
            help=both(
                "Danh sách thửa cho --pdf-dir: tệp chữ hoặc CSV, mỗi dòng một khóa",
                "The parcels for --pdf-dir: a text or CSV file, a key a line",
            ),
            metavar="FILE",
        ),
    ] = None,
    office: Annotated[str, _OFFICE] = "",
    personal: Annotated[bool, _PERSONAL] = False,
    with_defence: Annotated[bool, _DEFENCE] = False,
) -> None:
    """Check all parcels against all layers; or list what a scenario does to parcels."""
    desk: Desk = ctx.obj
    if (affected and scenario is None) or (affected and uses):
        raise typer.BadParameter("--affected --scenario NAME | --uses")
    if (only is not None and (affected or uses or out or pdf_dir is None)) or (
        pdf_dir is not None and not (only or affected or uses)
    ):
        raise typer.BadParameter("--pdf-dir DIR (--list FILE | --affected --scenario NAME | --uses)")
    wishes = ExtractWishes(personal, with_defence, TitleBlock(office))
    if only is not None:
        printed = print_extracts(
            desk, ParcelDesk.open(opened(desk), scenario), lines_of(only), pdf_dir or Path(), wishes
        )
        if desk.as_json:
            show.as_json(printed.as_json(desk.lang))
        printed.tell(desk)
        return
    if out is not None:
        writer_of(out)
    shapes = out is not None and needs_shapes(out)
    with show.working(desk, _CHECKING):
        opened_desk = ParcelDesk.open(opened(desk), scenario)
        ask = affected_parcels if affected else use_register if uses else parcel_list
        record = ask(opened_desk, personal=personal, with_defence=with_defence, shapes=shapes)
        files = write_parcels(record, out, desk.lang) if out is not None else ()
    extracts = print_extracts(desk, opened_desk, listed(record), pdf_dir, wishes) if pdf_dir is not None else None
    if desk.as_json:
        told = extracts.as_json(desk.lang) if extracts else {}
        show.as_json(list_as_json(record) | {"files": [str(one) for one in files], "extracts": told})
    else:
        show.page(list_page(record, desk.lang))
        for file in files:
            show.line(desk, _WRITTEN, file=file)
    if extracts:
        extracts.tell(desk)


def _list(desk: Desk, found: Found, *, is_owner: bool) -> None:
    """List the parcels that are meant; where one was asked for, that is exit code 1."""
    if desk.as_json:
        show.as_json(hits_as_json(found))
    else:
        show.line(desk, _OWNED if is_owner else _SEVERAL, count=count_text(len(found.hits), desk.lang))
        headings = tuple(one.to(desk.lang) for one in (_KEY, _COMMUNE, _DAY, _OWNER if is_owner else _HOW))
        show.rows(headings, [_row(desk, one) for one in found.hits])
    if not is_owner:
        raise typer.Exit(1)


def _tell_left_out(desk: Desk, found: Found) -> None:
    if found.left_out:
        typer.echo(_LEFT_OUT.to(desk.lang, count=count_text(found.left_out, desk.lang)), err=True)


def _row(desk: Desk, hit: Hit) -> tuple[str, ...]:
    commune, day = (hit.commune.name, hit.commune.day) if hit.commune else ("–", "–")
    through = (
        _THROUGH.to(desk.lang, name=hit.asked.name, day=hit.asked.day) if hit.asked else _WAYS[hit.way].to(desk.lang)
    )
    return hit.key, commune, day, hit.owner or through


def _place(text: str) -> tuple[float, float]:
    try:
        northing, easting = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError as error:
        raise typer.BadParameter("--at NORTHING,EASTING") from error
    return northing, easting


_ASKING = Text(vi="Đang mở thửa đất và các lớp…", en="Opening parcels and layers…")
_PRINTING = Text(vi="Đang in trích lục…", en="Printing extracts…")
_PRINTED = Text(vi="Đã ghi {file}, đã đọc lại và khớp.", en="Wrote {file}, read back and in agreement.")
_CHECKING = Text(vi="Đang kiểm tra mọi thửa đất với các lớp…", en="Checking all parcels against the layers…")
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
_SEVERAL = Text(
    vi="Có {count} thửa trùng cách gọi này; hãy hỏi lại bằng khóa đầy đủ:",
    en="{count:parcel answers|parcels answer} to this; ask again with the full key:",
)
_OWNED = Text(vi="{count} thửa đất:", en="{count:parcel|parcels}:")
_LEFT_OUT = Text(
    vi="{count} thửa đất quốc phòng, an ninh không được nêu; thêm --with-defence nếu được phép.",
    en="{count:parcel of defence or security land is|parcels of defence or security land are} not named; add --with-defence where that is allowed.",
)
_OTHERS = Text(
    vi="Cùng cách gọi này, theo danh mục khác còn là: {keys}",
    en="By the codes of another vintage this could also be: {keys}",
)
_KEY = Text(vi="Khóa", en="Key")
_COMMUNE = Text(vi="Xã, phường", en="Commune")
_DAY = Text(vi="Danh mục từ", en="Vintage")
_OWNER = Text(vi="Người sử dụng đất", en="Land user")
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
