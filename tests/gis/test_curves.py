"""Arcs become chords that stay near them, the same for both neighbours; what is no curve is refused."""

import struct
from math import pi

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gis.curves import chords, finer_arc, straightened

E, N = 440_000.0, 2_420_000.0


def corners(kind: int, points: list[tuple[float, ...]], order: str = "<") -> bytes:
    """Return a line or circular string as WKB."""
    head = struct.pack(f"{order}BII", order == "<", kind, len(points))
    return head + b"".join(struct.pack(f"{order}{len(one)}d", *one) for one in points)


def collected(kind: int, *parts: bytes) -> bytes:
    """Return what is made of parts as WKB."""
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


HALF = [(E, N), (E + 50, N + 50), (E + 100, N)]


def test_half_a_disc_has_its_area() -> None:
    """A curve polygon of an arc and its diameter, within the tolerance times its length."""
    base = corners(2, [(E + 100, N), (E, N)])
    found = straightened(collected(10, collected(9, corners(8, HALF), base)), 0.001)
    assert found.has_arcs
    assert found.shape.is_valid
    assert found.shape.area == pytest.approx(pi * 50**2 / 2, abs=0.001 * pi * 50)
    assert found.shape.hausdorff_distance(shapely.Point(E + 50, N).buffer(50, 2000)) <= 50
    radii = np.hypot(*(shapely.get_coordinates(found.shape)[:-1] - (E + 50, N)).T)
    assert np.abs(radii - 50).max() < 1e-8


def test_every_kind_of_curve_is_known() -> None:
    """Full circles, multi-surfaces, multi-curves, collections, both byte orders, heights and measures."""
    circle = corners(8, [(E, N), (E + 20, N), (E, N)])
    assert straightened(collected(12, collected(10, circle))).shape.area == pytest.approx(pi * 100, abs=0.05)
    swapped = corners(8, HALF, ">")
    assert straightened(collected(11, swapped)).shape.length == pytest.approx(pi * 50, abs=1e-2)
    mixed = collected(7, corners(2, HALF), struct.pack("<BIdd", 1, 1, E, N))
    assert not straightened(mixed).has_arcs
    tall = straightened(corners(1008, [(*one, 7.0) for one in HALF]))
    assert (tall.has_heights, tall.has_measures, tall.shape.has_z) == (True, False, False)
    measured = straightened(corners(3008, [(*one, 0.0, 3.0) for one in HALF]))
    assert (measured.has_heights, measured.has_measures) == (False, True)
    assert straightened(corners(8 | 0x80000000, [(*one, 7.0) for one in HALF])).has_heights


@given(
    st.floats(0.5, 5000.0), st.floats(0.01, 6.2), st.floats(-3.1, 3.1), st.sampled_from([0.001, 0.05]), st.booleans()
)
def test_chords_stay_near_and_are_the_same_both_ways(
    radius: float, sweep: float, first: float, tolerance: float, left: bool
) -> None:
    """No chord is farther from the arc than the tolerance, and a neighbour that runs the other way has the same corners."""
    turn = first + np.array([0.0, 0.5, 1.0]) * (sweep if left else -sweep)
    arc = np.array([E, N]) + radius * np.column_stack([np.cos(turn), np.sin(turn)])
    found = chords(*arc, tolerance)
    assert np.array_equal(found, chords(*arc[::-1], tolerance)[::-1])
    middles = (found[1:] + found[:-1]) / 2
    assert radius - np.hypot(*(middles - (E, N)).T).min() <= tolerance + 1e-6 * radius
    assert np.hypot(*np.diff(found, axis=0).T).sum() == pytest.approx(radius * sweep, rel=0.05)


def test_a_coarse_arc_becomes_a_fine_one_if_it_is_of_a_circle() -> None:
    """Corners on one circle, open or closed; those of an ellipse, or too few, are left."""
    for sweep in (1.0, 2 * pi):
        turn = np.linspace(0.3, 0.3 + sweep, 90)
        coarse = np.array([E, N]) + 40 * np.column_stack([np.cos(turn), np.sin(turn)])
        fine = finer_arc(coarse, 0.001)
        assert fine is not None
        assert np.array_equal(fine[0], coarse[0])
        assert np.array_equal(fine[-1], coarse[-1])
        middles = (fine[1:] + fine[:-1]) / 2
        assert 40 - np.hypot(*(middles - (E, N)).T).min() < 0.0011
    assert finer_arc(coarse * (1.0, 1.001), 0.001) is None
    assert finer_arc(coarse[:5], 0.001) is None


def test_three_points_on_a_line_stay_one() -> None:
    """An arc of infinite radius is its three points."""
    line = [(E, N), (E + 5, N + 5), (E + 10, N + 10)]
    assert shapely.get_coordinates(straightened(corners(8, line)).shape).tolist() == [list(one) for one in line]


@pytest.mark.parametrize(
    "wkb",
    [
        b"",
        corners(8, HALF)[:-3],
        corners(8, HALF[:2]),
        struct.pack("<BII", 1, 8, 2**31),
        struct.pack("<BII", 1, 12, 2**31),
        collected(10, corners(3, [])),
        b"".join([struct.pack("<BII", 1, 7, 1)] * 50) + corners(8, HALF),
        corners(8, [(float("nan"), N), HALF[1], HALF[2]]),
        corners(99, HALF),
    ],
)
def test_what_is_no_curve_is_a_value_error(wkb: bytes) -> None:
    """Cut, too few points, counts that lie, nested without end."""
    with pytest.raises(ValueError, match=r"."):
        straightened(wkb)
