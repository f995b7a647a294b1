"""Commands that hand a proposal over, and that prove what was handed over: appendix, verify."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from maps.appendix.wishes import AppendixWishes
from maps.appendix_folder import write_appendix
from maps.guard.known import known_of
from maps.numerals import count_text
from maps.qgis.layers import write_qgis
from maps.sheet.page import TitleBlock
from maps.sheet.paper import PAPERS, PaperName
from maps.verify.difference import Difference
from maps.verify.difference_words import place_text, said_text
from maps.verify.folder import Verdict, verify
from planning.current import up_to_date_record
from planning.undrawn import UndrawnParcels

app = typer.Typer(rich_markup_mode=None)

# How many differences stand on the terminal; --json has them all.
_TOLD = 20


@app.command("appendix")
def appendix(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=both("Tên phương án", "Name of the scenario"), metavar="NAME")],
    out: Annotated[Path, typer.Option(help=both("Thư mục sẽ ghi", "Folder to write"), metavar="DIR")],
    paper: Annotated[
        PaperName,
        typer.Option(
            help=both("Khổ giấy của bản đồ (mặc định: A3)", "Paper of the maps (default: A3)"),
            metavar="|".join(PAPERS),
            show_default=False,
        ),
    ] = "A3",
    office: Annotated[str, typer.Option(help=both("Đơn vị lập", "Office"))] = "",
    drawn: Annotated[str, typer.Option(help=both("Người vẽ", "Drawn by"))] = "",
    checked: Annotated[str, typer.Option(help=both("Người kiểm tra", "Checked by"))] = "",
    approved: Annotated[str, typer.Option(help=both("Người phê duyệt", "Approved by"))] = "",
    document: Annotated[str, typer.Option(help=both("Số văn bản kèm theo", "Number of the document"))] = "",
    date: Annotated[str, typer.Option(help=both("Ngày ghi trên tờ, NĂM-THÁNG-NGÀY", "Date on the sheet, ISO"))] = "",
    place: Annotated[str, typer.Option(help=both("Nơi ký", "Where it is signed"))] = "",
    template: Annotated[
        Path | None,
        typer.Option(
            help=both(
                "Mẫu Word của cơ quan, có một đoạn {{phu_luc}}",
                "Word template of the office, with a paragraph {{phu_luc}}",
            ),
            metavar="FILE.docx",
        ),
    ] = None,
    dossier: Annotated[str, typer.Option(help=both("Mã hồ sơ quy hoạch (maHoSoQH)", "Code of the dossier"))] = "",
) -> None:
    """Write the whole appendix of a scenario into a folder; what is written is read back before it is handed over."""
    desk: Desk = ctx.obj
    block = TitleBlock(office, drawn, checked, approved, document, date)
    wishes = AppendixWishes(desk.lang, paper, None, block, dossier, place)
    with show.working(desk, _WRITING, name=name):
        workspace = opened(desk)
        record = up_to_date_record(workspace, name)
        undrawn = UndrawnParcels.of(record, workspace)
        verdict = write_appendix(record, out, wishes, template, known_of(workspace), undrawn)
    if desk.as_json:
        show.as_json({"folder": str(out), **_answer(verdict)})
        return
    show.line(desk, _WRITTEN, folder=out, files=count_text(len(verdict.files), desk.lang))
    for file in verdict.files:
        show.page([f"  {file}"])


@app.command("verify")
def verify_folder(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help=both("Thư mục phụ lục", "Folder of an appendix"), metavar="DIR")],
) -> None:
    """Read the finished files back and compare them with the Record; exit code 1 where they disagree."""
    desk: Desk = ctx.obj
    with show.working(desk, _READING, folder=folder):
        verdict = verify(folder, processes=2)
    if desk.as_json:
        show.as_json(_answer(verdict))
    else:
        _tell(desk, verdict)
    if not verdict.is_same:
        raise typer.Exit(1)


@app.command("qgis")
def qgis(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help=both("Tệp QGIS sẽ ghi", "QGIS file to write"), metavar="FILE.qgz")],
) -> None:
    """Write a QGIS project of the layers, with the symbols of the map and a print layout."""
    desk: Desk = ctx.obj
    with show.working(desk, _DRAWING):
        layers = write_qgis(opened(desk), out, desk.lang)
    if desk.as_json:
        show.as_json({"file": str(out), "layers": layers})
        return
    show.line(desk, _QGIS, file=out, layers=count_text(len(layers), desk.lang))


def _answer(verdict: Verdict) -> dict[str, object]:
    return {
        "same": verdict.is_same,
        "record": verdict.record,
        "seal": verdict.seal,
        "files": verdict.files,
        "differences": [
            {name: getattr(one, name) for name in ("file", "place", "fact", "printed", "expected")}
            for one in verdict.differences
        ],
    }


def _tell(desk: Desk, verdict: Verdict) -> None:
    if verdict.is_same:
        show.line(
            desk,
            _SAME,
            files=count_text(len(verdict.files), desk.lang),
            record=verdict.record[:16],
            seal=verdict.seal[:16],
        )
        return
    show.line(desk, _DIFFERENT, count=count_text(len(verdict.differences), desk.lang))
    for one in verdict.differences[:_TOLD]:
        show.page([f"  • {_sentence(one, desk)}"])
    if len(verdict.differences) > _TOLD:
        show.line(desk, _MORE, count=count_text(len(verdict.differences) - _TOLD, desk.lang))


def _sentence(one: Difference, desk: Desk) -> str:
    place = ", ".join(part for part in (one.file, place_text(one.place, desk.lang), one.fact) if part)
    printed, expected = (_short(said_text(text, desk.lang)) for text in (one.printed, one.expected))
    return _SENTENCE.to(desk.lang, place=place, printed=printed, expected=expected)


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:90]}…"


_DRAWING = Text(vi="Đang lập dự án QGIS…", en="Writing the QGIS project…")
_QGIS = Text(vi="Đã ghi {file}: {layers} lớp.", en="Wrote {file}: {layers:layer|layers}.")
_WRITING = Text(vi="Đang lập phụ lục của phương án {name}…", en="Writing the appendix of the scenario {name}…")
_WRITTEN = Text(
    vi="Đã ghi phụ lục vào {folder}: {files} tệp, đã đọc lại và khớp hồ sơ kết quả.",
    en="Wrote the appendix to {folder}: {files:file|files}, read back and in agreement with the Record.",
)
_READING = Text(vi="Đang đọc lại {folder}…", en="Reading {folder} back…")
_SAME = Text(
    vi="Khớp: {files} tệp nói đúng như hồ sơ kết quả {record}. Dấu niêm: {seal}",
    en="The same: {files:file says|files say} what the Record {record} says. Seal: {seal}",
)
_DIFFERENT = Text(vi="Không khớp, {count} chỗ:", en="Not the same, in {count:place|places}:")
_SENTENCE = Text(vi="{place}: ghi “{printed}”, đúng ra “{expected}”", en="{place}: says “{printed}”, not “{expected}”")
_MORE = Text(vi="  … và {count} chỗ khác. Xem tất cả: --json", en="  … and {count} more. See all of them: --json")
