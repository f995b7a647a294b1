"""The command that checks the layers of a project."""

from pathlib import Path
from typing import Annotated

import typer

from desk.cli import show
from desk.cli.context import Desk
from desk.cli.opening import opened
from desk.cli.speaking import both
from gis.language import Text
from layers.report import Report
from layers.validate import check_and_keep
from maps.findings.columns import summary
from maps.findings.files import write_findings, writer_of
from maps.findings.sentences import json_answer, layer_title, sentences
from maps.numerals import count_text, number_text

app = typer.Typer(rich_markup_mode=None)

# On a terminal the worst are told in full; files and JSON hold all.
_TOLD = 12


@app.command("check")
def check(
    ctx: typer.Context,
    layer: Annotated[
        str | None, typer.Argument(help=both("Lớp (mặc định: mọi lớp)", "Layer (default: all)"), metavar="LAYER")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help=both("Ghi kết quả ra tệp .xlsx, .gpkg hoặc .json", "Write the findings to .xlsx, .gpkg or .json"),
            metavar="FILE",
        ),
    ] = None,
    accuracy: Annotated[
        float | None,
        typer.Option(
            help=both(
                "Độ chính xác của mọi đường ranh (m), thay cho tỷ lệ nguồn",
                "Accuracy of every outline (m), in place of the source scale",
            ),
            min=0,
            metavar="M",
        ),
    ] = None,
    personal: Annotated[
        bool,
        typer.Option(
            "--personal",
            help=both(
                "Kèm giá trị của trường cá nhân (chủ sử dụng, địa chỉ)",
                "With values of personal fields (owner, address)",
            ),
        ),
    ] = False,
) -> None:
    """Check one layer or all; the run is recorded and compared with the last. Exit code 1 when something was found."""
    desk: Desk = ctx.obj
    if out is not None:
        writer_of(out)
    workspace = opened(desk)
    with show.working(desk, _CHECKING):
        report = check_and_keep(workspace, [layer] if layer else [], accuracy_m=accuracy, personal=personal)
    if out is not None:
        write_findings(report, out, desk.lang)
    if desk.as_json:
        show.as_json(json_answer(report, desk.lang))
    else:
        _tell(desk, report)
        if out is not None:
            show.line(desk, _WRITTEN, file=out)
    if len(report.findings):
        raise typer.Exit(1)


def _tell(desk: Desk, report: Report) -> None:
    layers = ", ".join(layer_title(name, desk.lang) for name in report.run.layers)
    rows = count_text(sum(one.rows for one in report.run.layers.values()), desk.lang)
    show.line(desk, _CHECKED, layers=layers, rows=rows, rules=count_text(len(report.run.rules), desk.lang))
    if not len(report.findings):
        show.line(desk, _NOTHING)
    else:
        _tell_counts(desk, report)
        _tell_worst(desk, report)
    if report.run.new is not None:
        changes = {"new": report.run.new, "still": report.run.still, "gone": report.run.gone}
        show.line(desk, _COMPARED, **{name: count_text(count or 0, desk.lang) for name, count in changes.items()})


def _tell_counts(desk: Desk, report: Report) -> None:
    headings = [one.to(desk.lang) for one in (_SEVERITY, _FINDING, _CODE, _COUNT, _NEW)]
    typer.echo()
    show.rows(headings, summary(report, desk.lang), numbers=(3, 4))


def _tell_worst(desk: Desk, report: Report) -> None:
    """Tell the worst in full, no rule more than a few times."""
    worst = report.findings.groupby("rule", sort=False).head(2).head(_TOLD)
    typer.echo()
    show.line(desk, _WORST)
    for place, told in zip(_places(desk, report, worst.index), sentences(worst, desk.lang), strict=True):
        show.page([f"  • {told}{place}"])
    if len(report.findings) > len(worst):
        show.line(desk, _MORE, count=count_text(len(report.findings) - len(worst), desk.lang))


def _places(desk: Desk, report: Report, rows: object) -> list[str]:
    places = report.findings.loc[rows, ["northing", "easting"]]
    written = [
        [number_text(one, "#,##0.0", desk.lang) for one in pair] for pair in places.fillna(0).to_numpy().tolist()
    ]
    known = places.notna().all(axis=1)
    return [
        _AT.to(desk.lang, northing=north, easting=east) if there else ""
        for (north, east), there in zip(written, known, strict=True)
    ]


_CHECKING = Text(vi="Đang kiểm tra…", en="Checking…")
_CHECKED = Text(
    vi="Đã kiểm tra {rows} đối tượng của: {layers} theo {rules} quy tắc.",
    en="Checked {rows:feature|features} of: {layers} by {rules:rule|rules}.",
)
_NOTHING = Text(vi="Không phát hiện lỗi nào.", en="Nothing was found.")
_SEVERITY = Text(vi="Mức", en="Severity")
_FINDING = Text(vi="Phát hiện", en="Finding")
_CODE = Text(vi="Mã", en="Code")
_COUNT = Text(vi="Số lượng", en="Count")
_NEW = Text(vi="Mới", en="New")
_WORST = Text(vi="Đáng chú ý nhất:", en="The worst:")
_AT = Text(vi=" (X {northing}, Y {easting})", en=" (N {northing}, E {easting})")
_MORE = Text(
    vi="  … và {count} phát hiện khác. Xem tất cả: mocgioi check --out TỆP.xlsx, .gpkg (QGIS) hoặc --json",
    en="  … and {count} more. See all of them: mocgioi check --out FILE.xlsx, .gpkg (QGIS) or --json",
)
_COMPARED = Text(
    vi="So với lần trước: {new} mới, {still} còn nguyên, {gone} đã hết.",
    en="Against the last check: {new} new, {still} still there, {gone} gone.",
)
_WRITTEN = Text(vi="Đã ghi {file}", en="Wrote {file}")
