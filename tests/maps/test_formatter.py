"""Facts become text in one place, in both languages."""

import re

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as some

from gis.language import Text
from layers.schema import Field
from maps.formatter import PATTERNS, Shown, fact_text, field_text, reading_unit, show, value_text
from maps.numerals import day_text, moment_text, number_text
from planning.record import Fact, Record


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        (39_400.0, "ha", "39.400,00", "39,400.00"),
        (1_234.56, "m2", "1.234,6", "1,234.6"),
        (50.0, "m", "50", "50"),
        (1_234.56, "m", "1.234,6", "1,234.6"),
        (0.017067, "share", "1,71%", "1.71%"),
        (12.345, "share", "1.234,50%", "1,234.50%"),
        (195_152, "count", "195.152", "195,152"),
        (-0.001, "ha", "0,00", "0.00"),
        (-7.5, "ha", "−7,50", "−7.50"),
        ("crossed", "state", "bị ranh giới cắt", "cut by the line"),
        ("undecidable", "state", "chưa xác định được", "undecidable"),
        ("2025-07-01", "date", "01/07/2025", "1 July 2025"),
        (None, "ha", "không có số liệu", "no data"),
        (float("nan"), "share", "không có số liệu", "no data"),
    ],
)
def test_values(value, unit, vi, en):
    """Numbers, states, days and missing values read as each language writes them."""
    assert (value_text(value, unit, "vi"), value_text(value, unit, "en")) == (vi, en)


@given(some.floats(-1e9, 1e9))
def test_a_number_reads_back(value):
    """What is written is the value, rounded to the decimals of its unit, and never a negative zero."""
    written = value_text(value, "ha", "vi")
    assert abs(float(written.replace(".", "").replace(",", ".").replace("−", "-")) - value) <= 0.005 + 1e-6
    assert re.fullmatch(r"−?\d{1,3}(\.\d{3})*,\d{2}", written)
    assert written != "−0,00"


def test_zone_in_hectares_parcels_in_square_metres():
    """The unit follows from what is measured."""
    area = {"value": 79_852_607.8, "unit": "m2", "how": ""}
    assert fact_text(Fact("area_m2.added", **area), "vi") == "7.985,26 ha"
    assert fact_text(Fact("parcels[a/1/1].unit_m2", **area), "vi") == "79.852.607,8 m²"
    assert reading_unit("by.land_use[LUC].base_m2", "m2") == "ha"


def test_differences_carry_their_sign():
    """A growth says plus; an area does not."""
    assert fact_text(Fact("area_m2.net", 10_000.0, "m2", ""), "vi") == "+1,00 ha"
    assert fact_text(Fact("area_m2.net", 0.0, "m2", ""), "vi") == "0,00 ha"
    assert fact_text(Fact("area_m2.added", 10_000.0, "m2", ""), "vi") == "1,00 ha"


def test_words_of_ours_are_translated_words_of_people_are_not():
    """A status is a code of ours; a name stays as it was written."""
    assert fact_text(Fact("zone.status", "approximate", "text", ""), "vi") == "gần đúng"
    assert fact_text(Fact("zone.name", "approximate", "text", ""), "vi") == "approximate"
    assert (
        fact_text(Fact("by.land_use[CLN].name", "Đất trồng cây lâu năm", "text", ""), "en") != "Đất trồng cây lâu năm"
    )


def test_inputs_of_the_model_of_flow_are_numbers_to_read() -> None:
    """They are kept as texts; the seed is a name, and a gate may have digits in its name."""
    told = {"vehicles_per_day": "1400", "hourly": "0 0.5 10", "seed": "2018", "gates": "mốc 1088: 0.5"}
    facts = {one: Fact(f"yards.flow_inputs[{one}].value", value, "text", "") for one, value in told.items()}
    assert [fact_text(one, "vi") for one in facts.values()] == ["1.400", "0 0,5 10", "2018", "mốc 1088: 0.5"]
    assert fact_text(facts["vehicles_per_day"], "en") == "1,400"


def test_days_and_moments_that_are_none_stay_as_they_are():
    """A text that is no date is shown, not hidden."""
    assert day_text("?", "vi") == moment_text("?", "vi") == "?"
    assert moment_text("2026-11-22T05:03:00+07:00", "vi").startswith("22/11/2026 05:03")


def test_show_keeps_the_key(record: Record):
    """A shown fact leads back to the Record."""
    assert show(record, "area_m2.base", "vi") == Shown("16,00 ha", "area_m2.base")


@given(
    some.floats(-1e12, 1e12) | some.integers(-(10**12), 10**12) | some.decimals(-1000, 1000, places=3).map(float),
    some.sampled_from(sorted(set(PATTERNS.values()))),
    some.sampled_from(["vi", "en"]),
)
def test_numbers_are_written_as_babel_writes_them(value, pattern, lang):
    """The quick way and the library's own agree to the last digit, halves and small numbers included."""
    write = format_percent if "%" in pattern else format_decimal
    assert number_text(abs(value), pattern, lang) == write(abs(value), pattern, lang)


def test_values_of_layers_are_written_by_their_field() -> None:
    """Units stand in names; a flag is a word; what no field describes stays as it is; nothing is a dash."""
    area, flag = Field("declared_area_ha", "number", Text("x", "x")), Field("is_customs", "flag", Text("x", "x"))
    assert [field_text(value, area, "vi") for value in (39400.0, "39400.125", -0.5)] == [
        "39.400 ha",
        "39.400,125 ha",
        "−0,5 ha",
    ]
    assert [field_text(value, flag, "en") for value in (True, "không", None)] == ["yes", "no", "–"]
    assert field_text("12/A", None, "vi") == "12/A"
    assert field_text(7.0, Field("capacity_vehicles", "number", Text("x", "x")), "vi") == "7"
