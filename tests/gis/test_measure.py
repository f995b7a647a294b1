"""Areas are whole square millimetres; they add up in any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from gis.measure import areas_mm2, to_m2, to_mm2

AREAS = st.lists(st.integers(0, 10**14), min_size=1, max_size=50)


@given(AREAS)
def test_square_millimetres_survive_being_shown_as_square_metres(areas: list[int]) -> None:
    """m² are shown from mm² and read back without loss up to 100 km²."""
    assert to_mm2([to_m2(area) for area in areas]).tolist() == areas


@given(AREAS, st.randoms())
def test_sums_do_not_depend_on_the_order(areas: list[int], random: object) -> None:
    """Integers in any order have one sum."""
    shuffled = np.random.default_rng(len(areas)).permutation(areas)
    assert to_mm2(shuffled / 1e6).sum() == sum(areas)


def test_null_and_empty_geometry_has_no_area() -> None:
    """A row without a shape counts 0 mm² and stays in its place."""
    assert areas_mm2([box(0, 0, 2, 1), None, Point()]).tolist() == [2_000_000, 0, 0]


def test_an_area_that_is_no_number_is_refused() -> None:
    """*No data* is not zero."""
    with pytest.raises(ValueError, match="finite"):
        to_mm2([np.nan])
