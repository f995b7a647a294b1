"""Rules of keys and attributes: what is wrong, in which field, with the value as it is written."""

from collections.abc import Callable

import pytest
from pandas import DataFrame

from gis.testing import drawn
from layers.report import Report
from layers.testing import of, parcels
from layers.written_use import codes_of

Ask = Callable[..., Report]


def test_keys_are_there_and_their_own(ask: Ask) -> None:
    """A number repeats within the sheet of a commune of one day; another sheet or day is another key."""
    frame = parcels("abcdef").assign(
        parcel_no=["1", "1", "1", "1", "", None],
        sheet_no=["1", "1", "2", "1", "1", "1"],
        valid_from=["2009-04-01"] * 3 + ["2025-07-01"] + ["2009-04-01"] * 2,
    )
    report = ask("parcels", frame)
    assert of(report, "keys.repeated", "feature", "stated") == [("a/1/1", 2.0)] * 2
    assert of(report, "keys.empty", "feature", "field") == [("a/1/", "parcel_no")] * 2


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("XYZ", "attributes.land_use_unknown"),
        ("ONT+XYZ", "attributes.land_use_unknown"),
        ("17", "attributes.land_use_unknown"),
        ("odt", "attributes.land_use_spelling"),
        ("ONT-C+cln-P", "attributes.land_use_spelling"),
        ("KKT", "attributes.land_use_total"),
        ("BHK+DDD", "attributes.land_use_regimes"),
    ],
)
def test_land_use_codes(ask: Ask, written: str, rule: str) -> None:
    """Unknown codes, misspelt ones, totals, and codes of two regimes in one sheet."""
    report = ask("parcels", parcels("ab", land_use=["ONT", written]))
    assert rule in report.counts
    assert {one for one in report.counts if one.startswith("attributes.land_use")} == {rule}
    if rule != "attributes.land_use_regimes":
        assert of(report, rule, "feature", "field", "value") == [("a/1/b", "land_use", written)]


@pytest.mark.parametrize("written", ["ONT", "ONT-C+CLN-P", "LUC*", "ONT + CLN", None])
def test_land_uses_as_books_write_them(ask: Ask, written: str | None) -> None:
    """Roles, stars, several uses and none at all are no fault."""
    report = ask("parcels", parcels("a", land_use=[written]))
    assert not [one for one in report.counts if one.startswith("attributes.land_use")]
    assert written is None or codes_of(written)[0] in ("ONT", "LUC")


def test_regimes_mix_within_a_sheet_only(ask: Ask) -> None:
    """Old sheets keep old codes beside new sheets with new ones."""
    report = ask("parcels", parcels("abc", land_use=["BHK", "HNK", "BHK"], sheet_no=["1", "2", "2"]))
    assert of(report, "attributes.land_use_regimes", "feature") == ["a/2"]


def test_areas(ask: Ask) -> None:
    """Missing is not zero, negative is an error, and text in a column of numbers is told, not raised."""
    frame = parcels("abcd", measured_area_m2=[10_000.0, None, -5.0, 0.0], legal_area_m2=["10000", "", "chưa rõ", "1e4"])
    report = ask("parcels", frame)
    assert of(report, "attributes.measured_area_missing", "feature") == ["a/1/b"]
    assert of(report, "attributes.area_not_positive", "feature", "value") == [("a/1/c", "-5"), ("a/1/d", "0")]
    assert of(report, "attributes.not_a_number", "feature", "field", "value") == [("a/1/c", "legal_area_m2", "chưa rõ")]
    assert of(report, "attributes.legal_area_missing", "feature") == ["a/1/b"]


def test_days(ask: Ask) -> None:
    """Days that are none, still to come, from an empty cell of a spreadsheet, or in the wrong order."""
    days = ["2026-11-22", "2026-11-23", "1899-12-30", "hôm qua", None]
    report = ask("parcels", parcels("abcde", handover_date=days))
    assert of(report, "attributes.date_in_future", "feature", "value") == [("a/1/b", "2026-11-23")]
    assert of(report, "attributes.date_too_early", "feature", "value") == [("a/1/c", "1899-12-30")]
    assert of(report, "attributes.not_a_date", "feature", "value") == [("a/1/d", "hôm qua")]
    paper = {"layer": "yards", "feature": "y", "kind": "thuê đất", "number": ["1", "2"], "issued_on": "2020-01-01"}
    papers = DataFrame({**paper, "expires_on": ["2019-01-01", "2030-01-01"]})
    assert of(ask("papers", papers), "attributes.dates_out_of_order", "value") == ["2019-01-01"]


def test_only_what_happened_lies_in_the_past(ask: Ask) -> None:
    """A milestone may be planned; a handover may not."""
    events = DataFrame({"layer": "yards", "feature": "y", "kind": ["milestone", "handover"], "day": "2030-01-01"})
    assert of(ask("events", events), "attributes.date_in_future", "feature") == ["yards/y/handover/2030-01-01"]


def test_codes_and_flags(ask: Ask) -> None:
    """A status outside of its list, and a flag that is neither yes nor no."""
    zone = drawn("z").assign(name="Khu", status="nháp")
    assert of(ask("zone", zone), "attributes.code_unknown", "field", "value") == [("status", "nháp")]
    areas = drawn("f", key="code").assign(managed_by_board="có lẽ")
    assert of(ask("functional_areas", areas), "attributes.not_yes_or_no", "value") == ["có lẽ"]


def test_text_that_is_not_unicode(ask: Ask) -> None:
    """TCVN3 and VNI among Unicode are found value by value; foreign names are not; owners are named by key only."""
    names = ["Hộ ông Minh Họa", "Hé «ng Minh Häa", "Müller & Söhne", "NguyÔn V¨n §ång"]
    report = ask(
        "parcels", parcels("abcd", owner=names, place_name=["Đồng Đăng", "Ñoàng Ñaêng", "Nà Lầu – “Pò”", None])
    )
    assert of(report, "attributes.legacy_text", "feature", "field", "value") == [
        ("a/1/b", "place_name", "Ñoàng Ñaêng"),
        ("a/1/b", "owner", ""),
        ("a/1/d", "owner", ""),
    ]
