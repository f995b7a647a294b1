"""Outlines under the hand: a stretch is replaced, a corner moves; what cannot be done is told with its place."""

from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon

from gis.errors import CornerUnknown, LineOffBoundary, OutlineSpoilt, StretchAmbiguous
from gis.reshape import has_corner, move_corners, replace_stretch
from gis.testing import examples

SQUARE = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)])
WITH_HOLE = Polygon(SQUARE.exterior, [[(40, 40), (60, 40), (60, 60), (40, 60)]])


def replaced(area: Any, *points: tuple[float, float], reach_m: float = 1.0) -> float:
    after = replace_stretch(area, LineString(points), reach_m)
    assert shapely.is_valid(after)
    return float(after.area)


def test_a_stretch_takes_the_place_of_the_one_between_its_ends() -> None:
    """A bay, a bulge, over a corner, past the start of the ring, whichever way it is drawn."""
    assert replaced(SQUARE, (20, 0), (20, 10), (40, 10), (40, 0)) == pytest.approx(10_000 - 200)
    assert replaced(SQUARE, (40, 0), (40, 10), (20, 10), (20, 0)) == pytest.approx(10_000 - 200)
    assert replaced(SQUARE, (100, 20), (110, 20), (110, 40), (100, 40)) == pytest.approx(10_000 + 200)
    assert replaced(SQUARE, (90, 0), (90, 10), (100, 10)) == pytest.approx(10_000 - 100)
    assert replaced(SQUARE, (10, 0), (10, 10), (0, 10)) == pytest.approx(10_000 - 100)


def test_ends_are_tied_to_the_boundary_or_cross_it() -> None:
    """Half a metre off is snapped; a line drawn across is cut at its crossings."""
    assert replaced(SQUARE, (20, -0.5), (20, 10), (40, 10), (40, 0.5)) == pytest.approx(9_800, abs=25)
    assert replaced(SQUARE, (20, -30), (20, 10), (40, 10), (40, -30)) == pytest.approx(9_800)


def test_holes_and_parts_have_outlines_of_their_own() -> None:
    """The ring that the ends lie on changes, the others stay."""
    assert replaced(WITH_HOLE, (45, 40), (45, 30), (55, 30), (55, 40)) == pytest.approx(9_600 - 100)
    two = MultiPolygon([SQUARE, Polygon([(200, 0), (300, 0), (300, 100), (200, 100)])])
    assert replaced(two, (220, 0), (220, 10), (240, 10), (240, 0)) == pytest.approx(19_800)


@pytest.mark.parametrize(
    ("points", "error"),
    [
        ([(20, -30), (40, -30)], LineOffBoundary),
        ([(20, 0), (30, 10), (40, 20)], LineOffBoundary),
        ([(50, 0), (50, 100)], StretchAmbiguous),
        ([(20, 0), (60, 20), (30, 20), (50, 5), (40, 0)], OutlineSpoilt),
        ([(20, 0), (30, 10), (20, 0)], LineOffBoundary),
    ],
    ids=["far away", "one end off", "through the middle", "crossing itself", "nowhere"],
)
def test_what_cannot_be_replaced_is_told(points: list[tuple[float, float]], error: type[Exception]) -> None:
    """Never a guess at what was meant."""
    with pytest.raises(error):
        replaced(SQUARE, *points)


@given(
    st.floats(min_value=0.5, max_value=36), st.floats(min_value=5, max_value=45), st.floats(min_value=55, max_value=95)
)
@settings(max_examples=examples(40), deadline=None)
def test_putting_the_old_stretch_back_undoes_it(depth: float, west: float, east: float) -> None:
    """Area and outline return."""
    there = replace_stretch(SQUARE, LineString([(west, 0), (west, depth), (east, depth), (east, 0)]), 0.1)
    back = replace_stretch(there, LineString([(west, 0), (east, 0)]), 0.1)
    assert there.area == pytest.approx(SQUARE.area - depth * (east - west))
    assert shapely.symmetric_difference(back, SQUARE).area == pytest.approx(0, abs=1e-6)


def test_a_corner_moves_wherever_it_stands() -> None:
    """In each ring that has it; a chain of moves goes by the corners as they were."""
    assert move_corners(SQUARE, [(100.4, 100)], [(110, 110)], 1.0).area == pytest.approx(11_000)
    touching = MultiPolygon([SQUARE, Polygon([(100, 100), (200, 100), (200, 200)])])
    moved = move_corners(touching, [(100, 100)], [(101, 99)], 0.1)
    assert all(Point(101, 99).distance(part) == 0 for part in moved.geoms)
    swapped = move_corners(SQUARE, [(0, 0), (100, 0)], [(100, 0), (200, 0)], 0.1)
    assert max(swapped.exterior.coords) == (200, 0)
    assert has_corner([SQUARE, WITH_HOLE], (40, 40), 0.1).tolist() == [False, True]


def test_corners_that_are_not_there_or_cannot_move_are_told() -> None:
    """The nearest corner and its distance; a ring that would cross itself."""
    with pytest.raises(CornerUnknown, match=r"70\.71"):
        move_corners(SQUARE, [(50, 50)], [(60, 60)], 1.0)
    with pytest.raises(OutlineSpoilt):
        move_corners(SQUARE, [(0, 0)], [(150, 50)], 1.0)
