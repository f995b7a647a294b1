"""The columns in which findings are read, the same in the workbook and the GeoPackage, and their numbers by rule."""

import math
from typing import Any

from gis.language import Lang, Text
from gis.measure import to_m2
from layers.report import Report
from layers.rules.registry import rule_of
from maps.findings.sentences import SEVERITY_TITLES, field_title, layer_title, records, sentences, title
from maps.numerals import moment_text, number_text

HEADINGS = (
    Text(vi="Mức", en="Severity"),
    Text(vi="Phát hiện", en="Finding"),
    Text(vi="Mã", en="Code"),
    Text(vi="Lớp", en="Layer"),
    Text(vi="Đối tượng", en="Feature"),
    Text(vi="Đối tượng liên quan", en="Others"),
    Text(vi="Trường", en="Field"),
    Text(vi="Giá trị", en="Value"),
    Text(vi="Phải làm gì", en="What to do"),
    Text(vi="Diện tích (m²)", en="Area (m²)"),
    Text(vi="Bề rộng (m)", en="Width (m)"),
    Text(vi="X – Bắc (m)", en="Northing (m)"),
    Text(vi="Y – Đông (m)", en="Easting (m)"),
    Text(vi="Phát hiện từ", en="Found since"),
)
_AREA, _METRES = "#,##0.0#####", "#,##0.0##"


def texts(report: Report, lang: Lang) -> list[list[str]]:
    """Return the columns of `HEADINGS` as people read them."""
    findings = list(records(report.findings))
    messages = sentences(report.findings, lang)
    rows = [_row(finding, message, lang) for finding, message in zip(findings, messages, strict=True)]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in HEADINGS]


def summary(report: Report, lang: Lang) -> list[tuple[str, str, str, str, str]]:
    """Return severity, title, code, number of findings and number of new ones by rule, worst first."""
    new = report.findings[report.findings["since"] == report.run.checked]["rule"].value_counts()
    first = report.run.new is None
    return [
        (
            SEVERITY_TITLES[rule_of(rule).severity].to(lang),
            title(rule, lang),
            rule,
            number_text(count, "#,##0", lang),
            "" if first else number_text(int(new.get(rule, 0)), "#,##0", lang),
        )
        for rule, count in report.counts.items()
    ]


def _row(finding: dict[str, Any], message: str, lang: Lang) -> tuple[str, ...]:
    layer, area_mm2 = finding["layer"], finding["area_mm2"]
    return (
        SEVERITY_TITLES[rule_of(finding["rule"]).severity].to(lang),
        title(finding["rule"], lang),
        finding["rule"],
        layer_title(layer, lang),
        finding["feature"],
        finding["others"],
        field_title(layer, finding["field"], lang) if finding["field"] else "",
        finding["value"],
        message,
        number_text(to_m2(area_mm2), _AREA, lang) if area_mm2 else "",
        _metres(finding["width_m"], lang),
        _metres(finding["northing"], lang),
        _metres(finding["easting"], lang),
        moment_text(finding["since"], lang),
    )


def _metres(number: float, lang: Lang) -> str:
    return number_text(number, _METRES, lang) if math.isfinite(number) else ""
