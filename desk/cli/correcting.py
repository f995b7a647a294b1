"""Commands around correction sheets: export, import."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.catalog import schema_of
from layers.correction_sheet import write_sheet
from layers.corrections import CellChange, Corrections, apply_corrections, read_corrections
from maps.formatter import field_text
from maps.labels import column_title
from maps.numerals import count_text

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(group, name="sheet")


@group.command("export", help=both("Xuất phiếu Excel để điền và sửa", "Write an Excel sheet to fill in and correct"))
def export(
    ctx: typer.Context,
    layer: Annotated[
        str,
        typer.Argument(
            help=both("Lớp hoặc bảng: parcels, papers, yards …", "Layer or table: parcels, papers, yards …"),
            metavar="LAYER",
        ),
    ],
    out: Annotated[Path, typer.Option(help=both("Tệp Excel sẽ ghi", "Excel file to write"), metavar="FILE.xlsx")],
    only: Annotated[
        list[str] | None,
        typer.Option(help=both("Chỉ các dòng có TRƯỜNG=GIÁ TRỊ", "Only rows with FIELD=VALUE"), metavar="FIELD=VALUE"),
    ] = None,
    personal: Annotated[
        bool, typer.Option("--personal", help=both("Kèm người sử dụng đất và địa chỉ", "With land user and address"))
    ] = False,
) -> None:
    """Write a correction sheet of a layer or table."""
    desk: Desk = ctx.obj
    if any("=" not in one for one in only or ()):
        raise typer.BadParameter("--only FIELD=VALUE")
    wanted = dict(one.partition("=")[::2] for one in only or ())
    told = write_sheet(opened(desk), layer, out, only=wanted, personal=personal, lang=desk.lang)
    if desk.as_json:
        show.as_json(asdict(told))
        return
    show.line(desk, _EXPORTED, layer=layer, rows=count_text(told.rows, desk.lang), file=out, version=str(told.version))
    if told.left_out:
        show.line(desk, _LEFT_OUT, fields=", ".join(told.left_out))


@group.command("import", help=both("Nhận phiếu đã điền", "Bring a filled-in sheet back"))
def bring_back(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help=both("Phiếu Excel đã điền", "The filled-in sheet"), metavar="FILE.xlsx")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=both("Chỉ xem, không ghi", "Only show, write nothing"))
    ] = False,
    prefer_sheet: Annotated[
        bool,
        typer.Option(
            "--prefer-sheet",
            help=both("Khi hai bên cùng sửa: lấy theo phiếu", "Where both sides changed: the sheet wins"),
        ),
    ] = False,
) -> None:
    """Take what was filled in; conflicts and refused cells are listed with their place."""
    desk: Desk = ctx.obj
    workspace = opened(desk)
    found = read_corrections(workspace, file, prefer_sheet=prefer_sheet)
    if not dry_run:
        apply_corrections(workspace, found, file.name)
    if desk.as_json:
        show.as_json(_plain(desk, found) | {"written": not dry_run and not found.is_empty})
        return
    _tell(desk, found, sheet_wins=prefer_sheet)
    found_of = {"changed": found.changed, "added": found.added, "removed": found.removed}
    counts = {name: count_text(len(cells), desk.lang) for name, cells in found_of.items()}
    show.line(desk, _WOULD if dry_run else _DONE, layer=found.layer, **counts)


def _plain(desk: Desk, found: Corrections) -> dict[str, object]:
    return {
        "layer": found.layer,
        "exported_version": found.exported_version,
        "changed": [asdict(one) for one in found.changed],
        "conflicts": [asdict(one) for one in found.conflicts],
        "refused": [{**asdict(one), "reason": one.reason.to(desk.lang)} for one in found.refused],
        "added": list(found.added),
        "removed": list(found.removed),
    }


def _tell(desk: Desk, found: Corrections, *, sheet_wins: bool) -> None:
    def title_of(field: str) -> str:
        return column_title(field, desk.lang, found.layer)

    for one in found.changed:
        sides = _sides(desk, found.layer, one)
        show.page([f"  {one.place}  {one.key}  {title_of(one.field)}: {sides['exported']} → {sides['sheet']}"])
    for title, keys in ((_ADDED, found.added), (_REMOVED, found.removed)):
        for key in keys:
            show.line(desk, title, key=key)
    if found.conflicts:
        show.line(desk, _TAKEN if sheet_wins else _CONFLICTS, count=count_text(len(found.conflicts), desk.lang))
        for conflict in found.conflicts:
            show.line(
                desk,
                _CONFLICT,
                **_sides(desk, found.layer, conflict),
                place=conflict.place,
                key=conflict.key,
                field=title_of(conflict.field),
            )
    if found.refused:
        show.line(desk, _REFUSED, count=count_text(len(found.refused), desk.lang))
        for cell in found.refused:
            show.page([f"  {cell.place}  {cell.key}  {title_of(cell.field)}: {cell.reason.to(desk.lang)}"])


def _sides(desk: Desk, layer: str, one: CellChange) -> dict[str, str]:
    """Return what was exported, what the sheet and what the project say, as people write it."""
    field = schema_of(layer).field(one.field)
    return {name: field_text(getattr(one, name), field, desk.lang) for name in ("exported", "sheet", "project")}


_EXPORTED = Text(
    vi="Đã xuất phiếu {file}: {rows} dòng của lớp {layer} (phiên bản {version}). Điền xong, nhận lại bằng: mocgioi sheet import {file}",
    en="Wrote the sheet {file}: {rows:row|rows} of layer {layer} (version {version}). Bring it back with: mocgioi sheet import {file}",
)
_LEFT_OUT = Text(
    vi="  Không kèm dữ liệu cá nhân: {fields} (thêm --personal nếu cần)",
    en="  Personal data stay out: {fields} (add --personal if they are needed)",
)
_ADDED = Text(vi="  thêm dòng {key}", en="  row added: {key}")
_REMOVED = Text(vi="  xóa dòng {key}", en="  row removed: {key}")
_CONFLICTS = Text(
    vi="Hai bên cùng sửa, giữ theo dự án trừ khi có --prefer-sheet ({count} ô):",
    en="Changed on both sides, the project stays unless --prefer-sheet is given ({count:cell|cells}):",
)
_TAKEN = Text(
    vi="Hai bên cùng sửa, lấy theo phiếu ({count} ô):",
    en="Changed on both sides, taken from the sheet ({count:cell|cells}):",
)
_CONFLICT = Text(
    vi="  {place}  {key}  {field}: lúc xuất {exported}; phiếu {sheet}; dự án {project}",
    en="  {place}  {key}  {field}: exported {exported}; sheet {sheet}; project {project}",
)
_REFUSED = Text(vi="Không nhận được ({count} ô):", en="Not taken ({count:cell|cells}):")
_DONE = Text(
    vi="Lớp {layer}: đã nhận {changed} ô, thêm {added} dòng, xóa {removed} dòng.",
    en="Layer {layer}: {changed:cell|cells} taken, {added:row|rows} added, {removed} removed.",
)
_WOULD = Text(
    vi="Lớp {layer}: sẽ nhận {changed} ô, thêm {added} dòng, xóa {removed} dòng (chưa ghi).",
    en="Layer {layer}: {changed:cell|cells} would be taken, {added:row|rows} added, {removed} removed (nothing written).",
)
