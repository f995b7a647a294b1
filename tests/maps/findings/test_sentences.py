"""Findings as people read them: a sentence in each language, an object in JSON."""

import json
import math
import re
from typing import Any

import pytest

from layers.report import Report
from layers.rules.registry import ALL
from layers.rules.rule import Rule
from maps.findings.sentences import field_title, json_answer, others_text, sentence, sentences

KEYS = ["rule", "severity", "layer", "feature", "field", "value", "message", "area_m2", "point"]
FINDING: dict[str, Any] = {
    "severity": "error", "layer": "parcels", "feature": "06184/12/3", "others": "06184/12/4", "field": "land_use",
    "value": "{value}", "stated": 1234.5, "expected": 1200.0, "allowed": 8.04, "area_mm2": 35_788_000,
    "width_m": 0.02, "easting": math.nan, "northing": math.nan, "since": "",
}  # fmt: skip


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_every_rule_says_what_to_do(rule: Rule) -> None:
    """A sentence about the finding and one about what to do, in both languages, with nothing left to fill in."""
    for lang in ("vi", "en"):
        told = sentence({**FINDING, "rule": rule.code, "value": ""}, lang)
        assert not re.search(r"[{}]", told)
        assert told.endswith(".")
    assert re.search(r"hãy|có thể", rule.message.vi, re.IGNORECASE)


def test_numbers_are_written_in_the_digits_of_the_language() -> None:
    """m² with one decimal, fractions of a square metre with more; user text is never a template."""
    overlap = {**FINDING, "rule": "coverage.overlap"}
    assert "35,8 m²" in sentence(overlap, "vi")
    assert "0,02 m" in sentence(overlap, "vi")
    assert "35.8 m²" in sentence(overlap, "en")
    assert "0,0025 m²" in sentence({**overlap, "area_mm2": 2_500}, "vi")
    assert "34,5 m²" in sentence({**FINDING, "rule": "agreement.drawn_area"}, "vi")
    assert "“{value}”" in sentence({**FINDING, "rule": "attributes.land_use_unknown"}, "vi")
    assert "có 2 đối tượng" in sentence({**FINDING, "rule": "keys.repeated", "stated": 2.0}, "vi")


def test_of_many_neighbours_the_first_are_named() -> None:
    """A gap among hundreds of communes has a sentence that can be read; one of a single unit has a neighbour too."""
    assert others_text("a; b; c", "vi") == "a, b, c"
    assert others_text("a; b; c; d; e", "vi") == "a, b, c và 2 đối tượng khác"
    assert others_text("", "vi") == "đất xung quanh"


def test_fields_have_their_titles() -> None:
    """Keys of several fields too; a column of the source keeps its name."""
    assert field_title("parcels", "commune/sheet_no", "vi") == "Mã xã / Tờ bản đồ"
    assert field_title("parcels", "GHICHU", "vi") == "GHICHU"


def test_json_is_that_of_the_contract(report: Report) -> None:
    """The keys of the contract come first; it is strict JSON; counts are those of the findings."""
    answer = json_answer(report, "vi")
    text = json.dumps(answer, allow_nan=False)
    findings = json.loads(text)["findings"]
    assert all(list(one)[: len(KEYS)] == KEYS for one in findings)
    assert sum(answer["counts"].values()) == len(findings) == len(report.findings)
    overlap = next(one for one in findings if one["rule"] == "coverage.overlap")
    assert overlap["area_m2"] == 1000.0
    assert overlap["others"] == ["a/1/c"]
    assert overlap["point"] == [440_205.0, 2_420_050.0]
    missing = next(one for one in findings if one["rule"] == "attributes.measured_area_missing")
    assert (missing["area_m2"], missing["value"], missing["field"]) == (None, None, "measured_area_m2")
    assert answer["compared"] is None


def test_sentences_of_a_report(report: Report) -> None:
    """One for each finding, in the order of the findings."""
    told = sentences(report.findings, "en")
    assert len(told) == len(report.findings)
    assert all(one.split(":")[0] for one in told)
