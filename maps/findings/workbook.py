"""Findings as an Excel workbook: every cell is text, so that nothing in the data can be read as a formula."""

import math
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gis.language import Lang, Text
from layers.report import Report
from maps.cells import Inks
from maps.findings.columns import HEADINGS, summary, texts
from maps.findings.sentences import layer_title
from maps.formatter import moment_text
from maps.whole_file import whole_file

_FINDINGS = Text(vi="Phát hiện", en="Findings")
_SUMMARY = Text(vi="Tổng hợp", en="Summary")
_RUN = Text(vi="Lần kiểm tra", en="The check")
_TITLE = Text(vi="Kết quả kiểm tra dữ liệu", en="Findings of the check")
_COUNTS = (Text("Mức", "Severity"), Text("Phát hiện", "Finding"), Text("Mã", "Code"), Text("Số lượng", "Count"))
_RUN_HEADS = (Text("Mục", "Item"), Text("Nội dung", "Content"))
_CHECKED = Text(vi="Kiểm tra lúc", en="Checked on")
_RULES = Text(vi="Quy tắc (phiên bản)", en="Rules (version)")
_ACCURACY = Text(vi="Độ chính xác áp dụng chung (m)", en="Accuracy stated for all (m)")
_COMPARED = Text(vi="So với lần trước", en="Against the last check")
_CHANGES = Text(vi="{new} mới, {still} còn nguyên, {gone} đã hết", en="{new} new, {still} still there, {gone} gone")
_WIDTHS = (11, 26, 30, 14, 18, 18, 18, 16, 64, 14, 11, 14, 14, 20)
# Vietnamese letters to a unit of column width, on average.
_LETTERS = 1.1
_LINE_HEIGHT = 16.5


def write_workbook(report: Report, path: Path, lang: Lang) -> None:
    """Write the findings, their numbers by rule and the run as XLSX; a file that is there is replaced whole."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    inks = Inks(book, {})
    counts = [(severity, name, rule, count) for severity, name, rule, count, *_ in summary(report, lang)]
    _sheet(
        book.add_worksheet(_SUMMARY.to(lang)), inks, [one.to(lang) for one in _COUNTS], counts, (14, 44, 34, 12), lang
    )
    found = list(zip(*texts(report, lang), strict=True))
    _sheet(book.add_worksheet(_FINDINGS.to(lang)), inks, [one.to(lang) for one in HEADINGS], found, _WIDTHS, lang)
    _sheet(
        book.add_worksheet(_RUN.to(lang)),
        inks,
        [one.to(lang) for one in _RUN_HEADS],
        _about(report, lang),
        (36, 100),
        lang,
    )
    book.close()
    with whole_file(path) as beside:
        beside.write_bytes(content.getvalue())


def _sheet(
    sheet: Worksheet, inks: Inks, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], lang: Lang
) -> None:
    sheet.write_string(0, 0, _TITLE.to(lang), inks.of("title"))
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(2, column, head, inks.of("header"))
        sheet.set_column(column, column, width)
    for row, cells in enumerate(rows, start=3):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, inks.of("body"))
        lines = max(math.ceil(len(cell) / (width * _LETTERS)) for cell, width in zip(cells, widths, strict=True))
        if lines > 1:  # not every program makes room on opening
            sheet.set_row(row, lines * _LINE_HEIGHT)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + max(len(rows), 1), len(heads) - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _about(report: Report, lang: Lang) -> list[tuple[str, str]]:
    run = report.run
    rules = ", ".join(f"{code} ({version})" for code, version in run.rules.items())
    compared = (
        []
        if run.new is None
        else [(_COMPARED.to(lang), _CHANGES.to(lang, new=run.new, still=run.still, gone=run.gone))]
    )
    stated = [] if run.accuracy_m is None else [(_ACCURACY.to(lang), f"{run.accuracy_m:g}")]
    return [
        (_CHECKED.to(lang), moment_text(run.checked, lang)),
        *((layer_title(name, lang), f"{one.rows} · SHA-256 {one.sha256}") for name, one in run.layers.items()),
        *compared,
        *stated,
        (_RULES.to(lang), rules),
    ]
