"""Each finding as one sentence that says what to do, and as one object of the JSON answer."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from pandas import DataFrame

from gis.language import Lang, Text
from gis.measure import to_m2
from layers.catalog import schema_of
from layers.report import Report
from layers.rules.registry import rule_of
from layers.rules.rule import OTHERS_JOINED, Severity
from maps.numerals import count_text, day_text, number_text

SEVERITY_TITLES: dict[Severity, Text] = {
    "error": Text(vi="Lỗi", en="Error"),
    "warning": Text(vi="Cảnh báo", en="Warning"),
    "note": Text(vi="Lưu ý", en="Note"),
}
# Of a gap among hundreds of units only the first are named in the sentence; all are in the list.
_NAMED = 3
_MORE = Text(vi="{named} và {count} đối tượng khác", en="{named} and {count:other|others}")
_ALONE = Text(vi="đất xung quanh", en="the ground around it")
_WHOLE, _FINE = "#,##0.0", "#,##0.0###"
_METRES = "#,##0.0##"
_COUNT = "#,##0"
# Rules whose numbers count features; those of all others are areas.
_COUNTED = ("keys.repeated", "relations.vintage_missing")


def sentence(finding: Mapping[str, Any], lang: Lang) -> str:
    """Return what is wrong, where, and what to do about it.

    Parameters
    ----------
    finding : one row of the findings of a `layers.report.Report`
    """
    rule, difference = rule_of(finding["rule"]), abs(finding["stated"] - finding["expected"])
    numbers = {name: finding[name] for name in ("stated", "expected", "allowed")} | {"difference": difference}
    written = _count_text if finding["rule"] in _COUNTED else _area_text
    message = rule.placed if rule.placed is not None and math.isfinite(finding["easting"]) else rule.message
    return message.to(
        lang,
        feature=finding["feature"] or "–",
        others=others_text(finding["others"], lang),
        field=field_title(finding["layer"], finding["field"], lang),
        value=_value_text(finding["value"], lang),
        area=_area_text(to_m2(finding["area_mm2"]), lang),
        width=f"{number_text(_known(finding['width_m']), _METRES, lang)} m",
        **{name: written(_known(number), lang) for name, number in numbers.items()},
    )


def sentences(findings: DataFrame, lang: Lang) -> list[str]:
    """Return the sentence of every finding."""
    return [sentence(finding, lang) for finding in records(findings)]


def records(findings: DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each finding by the names of its columns, without its shape."""
    names = [name for name in findings.columns if name != "shape"]
    for values in zip(*(findings[name].tolist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def title(rule: str, lang: Lang) -> str:
    """Return what a rule finds, in a few words."""
    return rule_of(rule).title.to(lang)


def layer_title(layer: str, lang: Lang) -> str:
    """Return how people call a layer."""
    return schema_of(layer).title.to(lang)


def field_title(layer: str, field: str, lang: Lang) -> str:
    """Return how people call a field, or several joined by ``/``; what is no field of the layer stays as it is."""
    schema = schema_of(layer)
    told = [schema.field(name) for name in field.split("/")]
    return " / ".join(one.title.to(lang) if one else name for one, name in zip(told, field.split("/"), strict=True))


def others_text(others: str, lang: Lang) -> str:
    """Return the other features of a finding: all of few, the first of many."""
    named = others.split(OTHERS_JOINED) if others else []
    if len(named) <= _NAMED:
        return ", ".join(named) or _ALONE.to(lang)
    return _MORE.to(lang, named=", ".join(named[:_NAMED]), count=count_text(len(named) - _NAMED, lang))


def json_answer(report: Report, lang: Lang) -> dict[str, Any]:
    """Return a report as the JSON answer of ``mocgioi check``."""
    run = report.run
    return {
        "findings": [_object(finding, run.checked, lang) for finding in records(report.findings)],
        "counts": report.counts,
        "run": {
            "checked": run.checked,
            "today": run.today,
            "layers": [{"layer": name, "rows": one.rows, "sha256": one.sha256} for name, one in run.layers.items()],
            "rules": dict(run.rules),
            "accuracy_m": run.accuracy_m,
            "tolerances_m": {name: list(one) for name, one in run.tolerances_m.items()},
            "thresholds": dict(run.thresholds),
        },
        "compared": None if run.new is None else {"new": run.new, "gone": run.gone, "still": run.still},
        "gone": [_object(finding, run.checked, lang) for finding in records(report.gone)],
    }


def _object(finding: Mapping[str, Any], checked: str, lang: Lang) -> dict[str, Any]:
    easting, northing = finding["easting"], finding["northing"]
    return {
        "rule": finding["rule"],
        "severity": finding["severity"],
        "layer": finding["layer"],
        "feature": finding["feature"],
        "field": finding["field"] or None,
        "value": finding["value"] or None,
        "message": sentence(finding, lang),
        "area_m2": to_m2(finding["area_mm2"]) if finding["area_mm2"] else None,
        "point": [round(easting, 3), round(northing, 3)] if math.isfinite(easting) else None,
        "others": finding["others"].split(OTHERS_JOINED) if finding["others"] else [],
        "width_m": finding["width_m"] if math.isfinite(finding["width_m"]) else None,
        "since": finding["since"],
        "is_new": finding["since"] == checked,
    }


def _known(number: float) -> float:
    # A sentence names only numbers that its rule tells; the others are filled in and not read.
    return number if math.isfinite(number) else 0.0


def _area_text(area_m2: float, lang: Lang) -> str:
    return f"{number_text(area_m2, _WHOLE if area_m2 >= 1 else _FINE, lang)} m²"


def _count_text(number: float, lang: Lang) -> str:
    return number_text(number, _COUNT, lang)


def _value_text(value: str, lang: Lang) -> str:
    return day_text(value, lang) if value else "–"
