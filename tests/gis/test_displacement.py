"""Moved or redrawn, stretch by stretch: known displacements are told, all lengths and areas close, against brute force."""

from typing import Any

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from gis.displacement import CANNOT_TELL, MOVED, REDRAWN, UNCHANGED, displacement
from gis.graded_side import Tolerance
from gis.line import Course
from gis.measure import area_mm2
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn, examples

A_M, B_M = 3.0, 4.0
AGREE_M, DIFFER_M = 5.0, 7.0
seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(15), deadline=None)


def told(base: Any, proposed: Any, agree_m: float = AGREE_M, differ_m: float = DIFFER_M) -> GeoDataFrame:
    """Return the stretches, and see that all lengths and areas close."""
    added, removed = shapely.difference(proposed, base), shapely.difference(base, proposed)
    count = len(Course.of(proposed))
    tolerance = Tolerance(np.full(count, agree_m), np.full(count, differ_m))
    found = displacement(base, proposed, added, removed, tolerance, "EPSG:9215")
    assert found["length_m"].sum() == pytest.approx(proposed.length, abs=0.01)
    assert found["base_length_m"].sum() == pytest.approx(base.length, abs=0.01)
    assert abs(found["added_mm2"].sum() - area_mm2(added)) <= 2
    assert abs(found["removed_mm2"].sum() - area_mm2(removed)) <= 2
    on_new = found[found["begin_m"].notna()]
    assert shapely.length(on_new.geometry.values) == pytest.approx(on_new["length_m"].to_numpy(), abs=0.01)
    assert (found["displacement_max_m"] >= found["displacement_mean_m"] - 1e-9).all()
    return found


def metres(found: GeoDataFrame) -> dict[str, float]:
    """Return the length of the new line by kind."""
    return found.groupby("kind")["length_m"].sum().to_dict()


def wandering(seed: int, corners: int = 150, radius_m: float = 2_000.0) -> Any:
    """Return an area around the origin whose line wanders."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    waves = sum(rng.uniform(0, 0.12) * np.sin(n * angle + rng.uniform(0, 6.3)) for n in range(2, 9))
    radius = radius_m * (1 + waves)
    return shapely.Polygon(
        np.stack([ORIGIN_EASTING + radius * np.cos(angle), ORIGIN_NORTHING + radius * np.sin(angle)], axis=1)
    )


def jittered(area: Any, reach_m: float, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    corners = shapely.get_coordinates(area)[:-1]
    angle, far = rng.uniform(0, 2 * np.pi, len(corners)), reach_m * rng.uniform(0, 1, len(corners))
    return shapely.Polygon(corners + far[:, np.newaxis] * np.stack([np.cos(angle), np.sin(angle)], axis=1))


def test_the_same_line_is_unchanged() -> None:
    """All of it, and nothing else; also where it starts at another corner, or runs the other way."""
    area = wandering(1)
    corners = shapely.get_coordinates(area)[:-1]
    for same in (area, shapely.Polygon(np.roll(corners, 7, axis=0)), shapely.Polygon(corners[::-1])):
        assert metres(told(area, same)) == {UNCHANGED: pytest.approx(area.length)}


@given(seeds)
@small
def test_a_line_that_was_drawn_again_is_redrawn(seed: int) -> None:
    """More corners, fewer corners, corners that tremble below the accuracy: nothing moved, nothing is open."""
    area = wandering(seed)
    for again in (area.segmentize(9.0), area.simplify(AGREE_M * 0.7), jittered(area, AGREE_M * 0.9, seed)):
        kinds = metres(told(area, again))
        assert set(kinds) <= {REDRAWN, UNCHANGED}


@given(seeds, st.floats(min_value=1.05, max_value=60.0), st.floats(min_value=0, max_value=6.28))
@small
def test_a_shift_beyond_the_accuracy_is_a_move(seed: int, times: float, way: float) -> None:
    """However far and wherever to; no stretch is told to lie farther off than the shift."""
    area, far_m = wandering(seed), DIFFER_M * times
    found = told(area, translate(area, far_m * np.cos(way), far_m * np.sin(way)))
    assert MOVED in set(found["kind"])
    assert found["displacement_max_m"].max() <= far_m + 1e-6


@given(seeds, st.floats(min_value=0.01, max_value=0.99))
@small
def test_a_shift_below_the_accuracy_is_none(seed: int, times: float) -> None:
    """What the accuracies allow is no move, whatever its area."""
    area = wandering(seed)
    found = told(area, translate(area, AGREE_M * times, 0.0))
    assert set(found["kind"]) <= {REDRAWN, UNCHANGED}
    assert found["added_mm2"].sum() > 0


def test_between_the_two_limits_nobody_can_tell() -> None:
    """Errors that add up as squares allow less than errors that add up."""
    area = shapely.box(ORIGIN_EASTING, ORIGIN_NORTHING, ORIGIN_EASTING + 1000, ORIGIN_NORTHING + 1000)
    for far_m, kind in ((4.9, REDRAWN), (5.1, CANNOT_TELL), (6.9, CANNOT_TELL), (7.1, MOVED)):
        found = told(area, shapely.box(*(np.array(area.bounds) + np.array([0, 0, far_m, 0]))))
        assert set(found["kind"]) == {UNCHANGED, kind}


def test_an_accuracy_that_is_not_stated_leaves_it_open() -> None:
    """Within what the other one allows the line is redrawn; beyond, nobody can say it moved."""
    area = wandering(3)
    far = translate(area, 500.0, 0.0)
    assert MOVED not in metres(told(area, far, agree_m=A_M, differ_m=np.inf))
    assert CANNOT_TELL in metres(told(area, far, agree_m=0.0, differ_m=np.inf))
    assert set(metres(told(area, translate(area, 2.0, 0.0), agree_m=A_M, differ_m=np.inf))) <= {REDRAWN, UNCHANGED}


def test_gains_and_losses_that_balance_are_a_move() -> None:
    """The area does not change by a square millimetre, the line does."""
    before, after = (drawn(one, cell_m=100).geometry[0] for one in ("zzz...\nzzz...", ".zzz..\n.zzz.."))
    found = told(before, after)
    assert after.area == before.area
    assert found["added_mm2"].sum() == found["removed_mm2"].sum() == 20_000_000_000
    assert metres(found)[MOVED] == pytest.approx(600.0)


def test_a_stretch_that_moved_stands_out_of_one_that_was_redrawn() -> None:
    """A bulge on a trembling line: its length, its height and its area, not those of the whole line."""
    area = wandering(5)
    east = shapely.bounds(area)[2]
    bulge = shapely.Point(east, ORIGIN_NORTHING).buffer(300.0)
    drawn_again = jittered(area, 2.0, 5)
    found = told(area, drawn_again.union(bulge).buffer(0))
    moved = found[found["kind"] == MOVED]
    assert len(moved) == 1
    assert moved["added_mm2"].iloc[0] / 1e6 == pytest.approx(bulge.difference(area).area, rel=0.02)
    assert metres(found)[REDRAWN] > 0.7 * area.length


@pytest.mark.parametrize(("radius_m", "kind"), [(2.0, REDRAWN), (3.0, CANNOT_TELL), (40.0, MOVED)])
def test_a_hole_is_judged_by_its_width(radius_m: float, kind: str) -> None:
    """What closes was as far from where it was as it was wide; the same for a part that appears."""
    whole, hole = wandering(7), shapely.Point(ORIGIN_EASTING, ORIGIN_NORTHING).buffer(radius_m)
    for before, after in ((whole.difference(hole), whole), (whole, whole.difference(hole))):
        found = told(before, after)
        assert set(found["kind"]) == {UNCHANGED, kind}
        assert found["displacement_max_m"].max() == pytest.approx(2 * radius_m, rel=0.02)
    assert set(told(whole, whole.union(translate(hole, 9_000.0, 0.0)))["kind"]) == {UNCHANGED, kind}


def test_a_spike_narrower_than_the_accuracy_is_open() -> None:
    """It reaches far and is nothing wide: not a move, not nothing."""
    area = shapely.box(ORIGIN_EASTING, ORIGIN_NORTHING, ORIGIN_EASTING + 1000, ORIGIN_NORTHING + 1000)
    east, north = ORIGIN_EASTING + 1000, ORIGIN_NORTHING + 500
    for width_m, kind in ((2.0, CANNOT_TELL), (30.0, MOVED)):
        spike = shapely.Polygon([(east, north), (east + 600, north), (east, north + width_m)])
        assert kind in metres(told(area, area.union(spike)))
        assert kind in set(told(area.union(spike), area)["kind"])


def test_land_that_changes_sides_keeps_no_line() -> None:
    """The zone leaves one field for the next: the line between them is there before and after, and yet it changed."""
    first, second = drawn("ab", cell_m=100).geometry
    found = told(first, second)
    assert set(found["kind"]) == {MOVED}


@given(seeds)
@small
def test_moved_lengths_agree_with_buffers(seed: int) -> None:
    """All that lies outside the buffer of the other line is moved or open, and little else."""
    area = wandering(seed)
    rng = np.random.default_rng(seed)
    spot = shapely.Point(shapely.get_coordinates(area)[int(rng.integers(100))]).buffer(float(rng.uniform(50, 600)))
    for after in (area.union(spot), area.difference(spot)):
        found = metres(told(area, after))
        outside = after.boundary.difference(area.boundary.buffer(DIFFER_M, quad_segs=64)).length
        assert found.get(MOVED, 0) + found.get(CANNOT_TELL, 0) >= outside - 0.1
        assert found.get(MOVED, 0) <= after.boundary.difference(area.boundary.buffer(0.01)).length + 4 * AGREE_M


def test_each_stretch_has_the_tolerance_of_its_own_source() -> None:
    """A survey and a sketch in one plan: the same shift is a move on one side, and open on the other."""
    area = shapely.box(ORIGIN_EASTING, ORIGIN_NORTHING, ORIGIN_EASTING + 1000, ORIGIN_NORTHING + 1000)
    after = shapely.box(*(np.array(area.bounds) + np.array([-20, 0, 20, 0]))).segmentize(10.0)
    line = Course.of(after)
    west = (line.x1 + line.x2) / 2 < ORIGIN_EASTING + 500
    tolerance = Tolerance(np.where(west, 50.0, 5.0), np.where(west, 55.0, 7.0))
    found = displacement(area, after, after.difference(area), shapely.Polygon(), tolerance, "EPSG:9215")
    middle = shapely.get_x(shapely.centroid(found.geometry.values))
    kinds = dict(zip(np.where(middle < ORIGIN_EASTING, "west", "east"), found["kind"], strict=True))
    assert kinds["west"] == REDRAWN
    assert MOVED in set(found["kind"])


def test_parts_and_rings_that_nothing_touches_are_unchanged() -> None:
    """Two parts, one of them with a hole; only one line moves."""
    area = drawn("zzz..y\nz.z..y\nzzz..y", cell_m=100)
    both = shapely.union_all(area.geometry.values)
    after = both.union(translate(area.geometry[0], 100.0, 0.0).intersection(shapely.box(*area.total_bounds)))
    found = told(both, after)
    assert (found["kind"] == UNCHANGED).sum() >= 1
    assert told(both, both)["kind"].tolist() == [UNCHANGED] * 3


def test_land_of_no_width_that_a_cut_leaves_is_no_stretch():
    """A cut leaves land of no width at the tip of a piece, which has a side of neither line: every stretch is drawn."""
    line = [(444676.187, 2413562.472), (444540.528, 2413716.99), (444412.621, 2413883.304)]
    onward = [(444253.981, 2414010.529), (443648.0, 2414586.862)]
    base = shapely.Polygon([*line, *onward, (445048.0, 2414647.0)])
    beside = shapely.Polygon([*line, (444508.521, 2413818.204)])
    found = told(base, shapely.union(beside, shapely.Polygon([*onward, (443742.235, 2414647.0)])), 35.355, 50.0)
    assert not shapely.is_missing(found.geometry.values).any()
