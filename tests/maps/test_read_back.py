"""The way back: what the formatter writes is read as the value that it was, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.language import LANGUAGES
from maps.formatter import PATTERNS, fact_text
from maps.read_back import agrees, number_in
from planning.record import Fact

KEYS = ("area_m2.added", "area_m2.net", "parcels[a].unit_m2", "x")


@given(
    value=st.floats(-1e9, 1e9, allow_nan=False),
    unit=st.sampled_from([*PATTERNS, "azimuth"]),
    key=st.sampled_from(KEYS),
    lang=st.sampled_from(LANGUAGES),
)
def test_what_is_written_agrees(value, unit, key, lang):
    """Every number in every unit and language, with its symbol and without."""
    fact = Fact(key, abs(value) % 360 if unit == "azimuth" else value, unit, "")
    assert agrees(fact, fact_text(fact, lang), lang)
    assert agrees(fact, fact_text(fact, lang, symbol=False), lang)


@given(value=st.floats(-1e7, 1e7), place=st.integers(0, 20), digit=st.sampled_from("0123456789"))
def test_another_digit_does_not(value, place, digit):
    """One digit changed in the text of an area is never the area."""
    fact = Fact("area_m2.added", value, "m2", "")
    text = fact_text(fact, "vi")
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    at = places[place % len(places)]
    if text[at] != digit:
        assert not agrees(fact, text[:at] + digit + text[at + 1 :], "vi")


@pytest.mark.parametrize("text", ["1,5", "1,500", "1.50", "x", "", "1.2.3,00"])
def test_decimals_and_groups_must_be_those_of_the_unit(text):
    """Hectares have two decimals and groups of three."""
    assert not agrees(Fact("area_m2.added", 15_000.0, "m2", ""), text, "vi")


def test_numbers_are_read_by_their_language():
    """The same digits are another number in the other language."""
    assert str(number_in("1.234", "vi")) == "1234"
    assert str(number_in("1.234", "en")) == "1.234"


@given(step=st.integers(0, 2_000_000), lang=st.sampled_from(LANGUAGES))
def test_ties_agree_whichever_way_they_were_rounded(step, lang):
    """Half-way between two printed numbers, a double is a little more or less than it looks."""
    for fact in (
        Fact("area_m2.added", step + 50.0, "m2", ""),
        Fact("markers.proposed[1].azimuth_deg", round((step % 1_295_999 + 0.5) / 3600, 9), "azimuth", ""),
    ):
        assert agrees(fact, fact_text(fact, lang), lang)
