"""Paper: round scales, windows that hold their extent, a grid that stands where its numbers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.sheet.grid import bar_length, grid_lines, spacing
from maps.sheet.paper import PAPERS, Window, round_denominator, sheet_for

PLACES = st.floats(400_000, 500_000)
SIZES = st.floats(50, 60_000)


@given(west=PLACES, south=PLACES, width=SIZES, height=SIZES, paper=st.sampled_from(list(PAPERS)))
def test_the_window_holds_the_extent_at_a_round_scale(
    west: float, south: float, width: float, height: float, paper: str
) -> None:
    """Nothing of the extent is cut off, whatever its size and form; the map stays on the paper."""
    sheet, window = sheet_for(paper, (west, south, west + width, south + height))  # type: ignore[arg-type]
    left, bottom, right, top = window.bounds
    assert left <= west
    assert bottom <= south
    assert right >= west + width
    assert top >= south + height
    assert round_denominator(window.scale) == window.scale
    assert window.width_mm < sheet.width_mm
    assert window.height_mm < sheet.height_mm


def test_a_tall_extent_stands_upright() -> None:
    """The way of laying the paper that shows more is taken."""
    assert sheet_for("A3", (0, 0, 1000, 4000))[0].side == "bottom"
    assert sheet_for("A3", (0, 0, 4000, 1000))[0].side == "right"


def test_grid_lines_are_ten_centimetres_apart_at_round_values() -> None:
    """At 1:10,000 every 1,000 m; a line's place on paper is its coordinate over the scale."""
    window = Window(440_250, 2_430_100, 10_000, 400, 300)
    lines = list(grid_lines(window))
    eastings = [line for line in lines if line.axis == "easting"]
    assert [line.value_m for line in eastings] == [441_000, 442_000, 443_000, 444_000]
    assert [line.at_mm for line in eastings] == pytest.approx([75, 175, 275, 375])
    northing = next(line for line in lines if line.axis == "northing")
    assert (northing.value_m, northing.at_mm) == (2_431_000, pytest.approx(300 - 90))


@given(scale=st.sampled_from([500, 2_000, 10_000, 150_000]), width=st.floats(80, 1000))
def test_the_scale_bar_is_round_and_fits(scale: int, width: float) -> None:
    """One, two, four or five times a power of ten, at most a fifth of the map."""
    window = Window(0, 0, scale, width, width)
    length = bar_length(window)
    assert str(length)[0] in "1245"
    assert set(str(length)[1:]) <= {"0"}
    assert length <= width * window.metres_per_mm / 5
    assert spacing(window) in (scale / 10, scale / 20)
