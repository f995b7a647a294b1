"""Numbers as people write them: the column tells comma from point, what could be two numbers is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame

from layers.catalog import schema_of
from layers.errors import FiguresUnclear
from layers.figures import with_figures
from layers.wishes import Decimal

PARCELS = schema_of("parcels")


def read(*texts: str | None, said: Decimal | None = None) -> tuple[list[object], list[str]]:
    """Return the measured areas of these texts, and the codes of the notes."""
    frame, notes = with_figures(DataFrame({"measured_area_m2": texts, "parcel_no": "1.200"}), PARCELS, said)
    assert set(frame["parcel_no"]) == {"1.200"}
    return frame["measured_area_m2"].tolist(), [one.code for one in notes]


@pytest.mark.parametrize(
    ("texts", "numbers", "comma"),
    [
        (("2.159,6", "1.200", "345"), [2159.6, 1200.0, 345.0], True),
        (("345,5", "1.200"), [345.5, 1200.0], True),
        (("1.234.567", "1.200"), [1_234_567.0, 1200.0], True),
        (("2,159.6", "1,200"), [2159.6, 1200.0], False),
        (("345.5", "1.200", "1e3"), [345.5, 1.2, 1000.0], False),
        (("345", "12"), [345.0, 12.0], False),
        (("0,125",), [0.125], True),
        (("-1.5", " 2 000.5"), [-1.5, 2000.5], False),
        (("rộng", "12,5"), ["rộng", 12.5], True),
        (("12,5", "12.05.2024", "1.5,3"), [12.5, "12.05.2024", "1.5,3"], True),
    ],
)
def test_the_column_tells(texts: tuple[str, ...], numbers: list[object], comma: bool) -> None:
    """One value that can be read in one way only decides for its column; a word stays a word."""
    assert read(*texts) == (numbers, ["decimal-comma"] if comma else [])


@pytest.mark.parametrize("texts", [("1.200",), ("1.200", "345"), ("1,200",), ("2.159,6", "2,159.6"), ("12,5", "12.5")])
def test_what_could_be_two_numbers_is_asked_for(texts: tuple[str, ...]) -> None:
    """1.200 is twelve hundred to one and one point two to another; nobody guesses."""
    with pytest.raises(FiguresUnclear, match="--decimal"):
        read(*texts)
    assert read("1.200", said="comma")[0] == [1200.0]
    assert read("1.200", said="point")[0] == [1.2]


@given(st.lists(st.floats(0, 1e7).map(lambda one: round(one, 2)), min_size=1), st.sampled_from(["comma", "point"]))
def test_what_is_written_is_read(numbers: list[float], said: Decimal) -> None:
    """Either way of writing comes back as the same numbers."""
    texts = [f"{one:,.2f}" for one in numbers]
    if said == "comma":
        texts = [one.translate(str.maketrans(",.", ".,")) for one in texts]
    assert read(*texts)[0] == numbers
