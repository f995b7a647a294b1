"""The command that mends the shapes of a layer: it proposes first, and writes when it is told to."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.mend import MEND_KINDS, Proposal, Scope, apply, propose
from layers.versions import history
from maps.findings.sentences import layer_title
from maps.mending.files import summary, write_proposal, writer_of
from maps.mending.sentences import REASON_TITLES, change_sentences, exception_sentences, json_answer
from maps.numerals import number_text

app = typer.Typer(rich_markup_mode=None)

# On a terminal so many are told; files and JSON hold all.
_TOLD = 12
_KINDS = ", ".join(MEND_KINDS)


@app.command("repair")
def repair(
    ctx: typer.Context,
    layer: Annotated[str, typer.Argument(help=both("Lớp cần sửa", "The layer"), metavar="LAYER")],
    write: Annotated[
        bool,
        typer.Option(
            "--apply",
            help=both("Ghi thành phiên bản mới; bản cũ được giữ", "Write a new version; the old one is kept"),
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help=both(f"Chỉ sửa loại này: {_KINDS}", f"Mend this kind only: {_KINDS}"), metavar="KIND"),
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option(
            help=both(
                "Độ chính xác của đường ranh (m), thay cho tỷ lệ nguồn",
                "Accuracy of the outlines (m), in place of the source scale",
            ),
            min=0,
            metavar="M",
        ),
    ] = None,
    gap_width: Annotated[
        float | None,
        typer.Option(
            help=both(
                "Lấp khe hở rộng đến (m; mặc định 4 lần độ chính xác, ít nhất 2 m)",
                "Close gaps up to that width (m; default four accuracies, 2 m at least)",
            ),
            min=0,
            metavar="M",
        ),
    ] = None,
    overlap_width: Annotated[
        float | None,
        typer.Option(
            help=both("Gỡ chồng lấn rộng đến (m; mặc định như trên)", "Mend overlaps up to that width (m; the same)"),
            min=0,
            metavar="M",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi đề nghị ra tệp .xlsx, .gpkg hoặc .json", "Write the proposal to .xlsx, .gpkg or .json"),
            metavar="FILE",
        ),
    ] = None,
) -> None:
    """Propose how the shapes of a layer are mended, with the area of every change; --apply writes them."""
    desk: Desk = ctx.obj
    kinds = tuple(only or ())
    if unknown := [kind for kind in kinds if kind not in MEND_KINDS]:
        raise typer.BadParameter(f"--only {unknown[0]} ({_KINDS})")
    if out is not None:
        writer_of(out)
    workspace = opened(desk)
    with show.working(desk, _PLANNING, layer=layer):
        proposal = propose(workspace, layer, Scope(kinds, tolerance, gap_width, overlap_width))
    version = None
    if write and len(proposal.changes):
        version = history(apply(workspace, proposal).path, layer)[-1].number
    if out is not None:
        write_proposal(proposal, out, desk.lang)
    if desk.as_json:
        show.as_json(json_answer(proposal, desk.lang, version))
        return
    _tell(desk, proposal)
    if out is not None:
        show.line(desk, _WRITTEN, file=out)
    if version is not None:
        show.line(desk, _APPLIED, layer=layer, version=str(version), before=str(version - 1))
    elif len(proposal.changes):
        show.line(desk, _PROPOSED)


def _tell(desk: Desk, proposal: Proposal) -> None:
    limits = proposal.limits
    widest = {
        name: number_text(float(width.max(initial=0.0)), "0.0##", desk.lang) for name, width in vars(limits).items()
    }
    rows = number_text(proposal.planned.rows, "#,##0", desk.lang)
    show.line(desk, _PLANNED, layer=layer_title(proposal.layer, desk.lang), rows=rows, **widest)
    if not len(proposal.changes):
        show.line(desk, _NOTHING)
    else:
        _tell_changes(desk, proposal)
    if len(proposal.exceptions):
        _tell_exceptions(desk, proposal)


def _tell_changes(desk: Desk, proposal: Proposal) -> None:
    typer.echo()
    show.rows(
        [one.to(desk.lang) for one in (_KIND, _COUNT, _GAINED, _LOST)], summary(proposal, desk.lang), numbers=(1, 2, 3)
    )
    typer.echo()
    _tell_some(desk, change_sentences(proposal, desk.lang))
    far = int(proposal.units["far"].sum())
    units = number_text(len(proposal.units), "#,##0", desk.lang)
    show.line(desk, _UNITS_FAR if far else _UNITS, units=units, far=number_text(far, "#,##0", desk.lang))


def _tell_exceptions(desk: Desk, proposal: Proposal) -> None:
    counts = proposal.exceptions["reason"].value_counts(sort=False)
    rows = [
        (REASON_TITLES[reason].to(desk.lang), number_text(count, "#,##0", desk.lang))
        for reason, count in counts.items()
    ]
    typer.echo()
    show.line(desk, _LEFT)
    show.rows([one.to(desk.lang) for one in (_WHY, _COUNT)], rows, numbers=(1,))
    typer.echo()
    _tell_some(desk, exception_sentences(proposal, desk.lang))


def _tell_some(desk: Desk, told: list[str]) -> None:
    for one in told[:_TOLD]:
        show.page([f"  • {one}"])
    if len(told) > _TOLD:
        show.line(desk, _MORE, count=number_text(len(told) - _TOLD, "#,##0", desk.lang))


_PLANNING = Text(vi="Đang tìm cách sửa lớp {layer}…", en="Looking for what to mend in {layer}…")
_PLANNED = Text(
    vi="Đã xem {rows} đối tượng của {layer}: dung sai đến {tolerance_m} m, khe hở đến {gap_width_m} m, chồng lấn đến {overlap_width_m} m.",
    en="Looked at {rows:feature|features} of {layer}: tolerance up to {tolerance_m} m, gaps up to {gap_width_m} m, overlaps up to {overlap_width_m} m.",
)
_NOTHING = Text(vi="Không có gì để sửa.", en="There is nothing to mend.")
_KIND, _COUNT = Text(vi="Loại", en="Kind"), Text(vi="Số lượng", en="Count")
_GAINED, _LOST = Text(vi="Thêm (m²)", en="Gained (m²)"), Text(vi="Bớt (m²)", en="Lost (m²)")
_UNITS = Text(
    vi="{units} đối tượng thay đổi, không đối tượng nào đổi quá 0,5 % diện tích ngoài mức đo đạc giải thích được.",
    en="{units:feature changes|features change}, none by more than 0.5 % of its area beyond what its measured area explains.",
)
_UNITS_FAR = Text(
    vi="{units} đối tượng thay đổi, trong đó {far} đối tượng đổi quá 0,5 % diện tích: hãy xem kỹ (--out hoặc --json).",
    en="{units:feature changes|features change}, {far} of them by more than 0.5 % of their area: look at them (--out or --json).",
)
_LEFT = Text(vi="Để lại cho người quyết định:", en="Left for people to decide:")
_WHY = Text(vi="Vì sao", en="Why")
_MORE = Text(
    vi="  … và {count} mục khác. Xem tất cả: --out TỆP.xlsx, .gpkg (QGIS) hoặc --json",
    en="  … and {count} more. See all of them: --out FILE.xlsx, .gpkg (QGIS) or --json",
)
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
_PROPOSED = Text(
    vi="Chưa có gì được ghi. Đồng ý thì chạy lại với --apply.",
    en="Nothing was written. To take it, run again with --apply.",
)
_APPLIED = Text(
    vi="Đã sửa lớp {layer}, nay là phiên bản {version}. Lấy lại bản cũ: mocgioi restore {layer} --version {before}",
    en="Layer {layer} is mended, now version {version}. Bring the old one back: mocgioi restore {layer} --version {before}",
)
