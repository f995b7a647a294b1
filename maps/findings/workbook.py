"""Findings as an Excel workbook: every cell is text, so that nothing in the data can be read as a formula."""

from collections.abc import Sequence
from pathlib import Path

from gis.language import Lang, Text
from layers.report import Report
from maps.findings.columns import HEADINGS, summary, texts
from maps.findings.sentences import layer_title
from maps.lists import Listed, write_lists
from maps.numerals import count_text, moment_text, number_text

_FINDINGS = Text(vi="Phát hiện", en="Findings")
_SUMMARY = Text(vi="Tổng hợp", en="Summary")
_RUN = Text(vi="Lần kiểm tra", en="The check")
_TITLE = Text(vi="Kết quả kiểm tra dữ liệu", en="Findings of the check")
_COUNTS = (Text("Mức", "Severity"), Text("Phát hiện", "Finding"), Text("Mã", "Code"), Text("Số lượng", "Count"))
_RUN_HEADS = (Text("Mục", "Item"), Text("Nội dung", "Content"))
_CHECKED = Text(vi="Kiểm tra lúc", en="Checked on")
_RULES = Text(vi="Quy tắc (phiên bản)", en="Rules (version)")
_ACCURACY = Text(vi="Độ chính xác áp dụng chung (m)", en="Accuracy stated for all (m)")
_HELD_TO = Text(vi="{layer}: độ chính xác đã áp dụng (m)", en="{layer}: held to an accuracy of (m)")
_COMPARED = Text(vi="So với lần trước", en="Against the last check")
_CHANGES = Text(vi="{new} mới, {still} còn nguyên, {gone} đã hết", en="{new} new, {still} still there, {gone} gone")
_WIDTHS = (11, 26, 30, 14, 18, 18, 18, 16, 64, 14, 11, 14, 14, 20)


def write_workbook(report: Report, path: Path, lang: Lang) -> None:
    """Write the findings, their numbers by rule and the run as XLSX; a file that is there is replaced whole."""
    counts = [(severity, name, rule, count) for severity, name, rule, count, *_ in summary(report, lang)]
    found = list(zip(*texts(report, lang), strict=True))
    sheets = (
        (_SUMMARY, _COUNTS, (14, 44, 34, 12), counts),
        (_FINDINGS, HEADINGS, _WIDTHS, found),
        (_RUN, _RUN_HEADS, (36, 100), _about(report, lang)),
    )
    write_lists(
        [
            Listed(name.to(lang), _TITLE.to(lang), [one.to(lang) for one in heads], widths, rows)
            for name, heads, widths, rows in sheets
        ],
        path,
    )


def _about(report: Report, lang: Lang) -> list[tuple[str, str]]:
    run = report.run
    rules = ", ".join(f"{code} ({version})" for code, version in run.rules.items())
    changes = {"new": run.new, "still": run.still, "gone": run.gone}
    counts = {name: count_text(count or 0, lang) for name, count in changes.items()}
    compared = [] if run.new is None else [(_COMPARED.to(lang), _CHANGES.to(lang, **counts))]
    stated = [] if run.accuracy_m is None else [(_ACCURACY.to(lang), f"{run.accuracy_m:g}")]
    return [
        (_CHECKED.to(lang), moment_text(run.checked, lang)),
        *(
            (layer_title(name, lang), f"{count_text(one.rows, lang)} · SHA-256 {one.sha256}")
            for name, one in run.layers.items()
        ),
        *compared,
        *stated,
        *(
            (_HELD_TO.to(lang, layer=layer_title(name, lang)), _range(one, lang))
            for name, one in run.tolerances_m.items()
        ),
        (_RULES.to(lang), rules),
    ]


def _range(pair: Sequence[float], lang: Lang) -> str:
    finest, coarsest = (number_text(one, "#,##0.###", lang) for one in pair)
    return finest if finest == coarsest else f"{finest} – {coarsest}"
