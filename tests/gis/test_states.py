"""Four states against a line of stated accuracy, against brute force."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.bound import SNAP_M, BoundLines, unbound_stretches
from gis.errors import GeometryInvalid
from gis.fabric import Fabric
from gis.outlines import Outlines
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE, Uncertain, states, states_of_each, states_within
from gis.synthetic import area_over, layer, units
from gis.testing import drawn, examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(40), deadline=None)


def brute_unbound(frame: Any, zone: Any, snap_m: float) -> Any:
    """Return the line of `zone` without what lies within `snap_m` of any edge."""
    edges = shapely.union_all(shapely.boundary(frame.geometry.values))
    return shapely.difference(shapely.boundary(zone), shapely.buffer(edges, snap_m))


def brute_shares(frame: Any, zone: Any, accuracy_m: float) -> tuple[Any, Any]:
    """Return the least and the largest share of each unit by the definition."""
    fuzzy = shapely.buffer(brute_unbound(frame, zone, SNAP_M), accuracy_m, quad_segs=16)
    polygons = frame.geometry.values
    least = shapely.area(shapely.intersection(polygons, shapely.difference(zone, fuzzy)))
    most = shapely.area(shapely.intersection(polygons, shapely.union(zone, fuzzy)))
    return least / shapely.area(polygons), most / shapely.area(polygons)


def brute_shares_of_each(frame: Any, zone: Any, accuracy_m: float) -> tuple[Any, Any]:
    """Return the same where units overlap: a stretch that is bound to others is unbound inside of a unit."""
    line, polygons = shapely.boundary(zone), frame.geometry.values
    unbound = brute_unbound(frame, zone, SNAP_M)
    bound = shapely.difference(line, shapely.buffer(unbound, SNAP_M / 100))
    inner = shapely.difference(polygons, shapely.buffer(shapely.boundary(polygons), SNAP_M))
    through = shapely.intersection(bound, inner)
    fuzzy = shapely.buffer(shapely.union(unbound, through), accuracy_m, quad_segs=16)
    least = shapely.area(shapely.intersection(polygons, shapely.difference(zone, fuzzy)))
    most = shapely.area(shapely.intersection(polygons, shapely.union(zone, fuzzy)))
    return least / shapely.area(polygons), most / shapely.area(polygons)


def test_the_four_states() -> None:
    """A line 2 m off the middle: far units are decided, the unit that it halves is crossed, a grazed one is open."""
    frame = drawn("abc", cell_m=10)
    west, south, _, north = frame.total_bounds
    free = shapely.box(west - 100, south - 100, west + 21, north + 100)
    found = states(Fabric.from_frame(frame), free, accuracy_m=2)
    assert found["state"].tolist() == [INSIDE, UNDECIDABLE, UNDECIDABLE]
    assert found["share_min"].round(3).tolist() == [1.0, 0.9, 0.0]
    assert found["share_max"].round(3).tolist() == [1.0, 1.0, 0.3]
    halving = shapely.box(west - 100, south - 100, west + 15, north + 100)
    assert states(Fabric.from_frame(frame), halving, accuracy_m=2)["state"].tolist() == [INSIDE, CROSSED, OUTSIDE]


def test_a_line_along_units_is_exact() -> None:
    """What runs along edges of units decides them at any accuracy; so does a corner on a straight edge."""
    frame = drawn("aab\naab\nccc", cell_m=10)
    zone = frame.geometry[0]
    found = states(Fabric.from_frame(frame), zone, accuracy_m=50)
    assert found["state"].tolist() == [INSIDE, OUTSIDE, OUTSIDE]
    assert unbound_stretches(Fabric.from_frame(frame), zone).is_empty


def test_a_line_within_the_tolerance_is_bound() -> None:
    """Two programs write a corner half a millimetre apart: the same corner."""
    frame = drawn("ab")
    zone = shapely.transform(frame.geometry[0], lambda points: points + np.array([0.0003, -0.0004]))
    fabric = Fabric.from_frame(frame)
    assert states(fabric, zone, accuracy_m=5)["state"].tolist() == [INSIDE, OUTSIDE]
    assert states(fabric, zone, accuracy_m=5, snap_m=0.0001)["state"].tolist() == [UNDECIDABLE, UNDECIDABLE]


def test_crossing_an_edge_is_not_running_along_it() -> None:
    """A line that crosses edges stays unbound over its whole length."""
    frame = drawn("abcd")
    west, south, east, north = frame.total_bounds
    zone = shapely.box(west - 20, south - 20, east + 20, (south + north) / 2)
    assert unbound_stretches(Fabric.from_frame(frame), zone).length == pytest.approx(zone.length)


def test_units_without_area_are_undecidable() -> None:
    """Null and empty geometry has no share."""
    frame = layer([None, shapely.Polygon(), drawn("a").geometry[0]])
    found = states(Fabric.from_frame(frame), drawn("a").geometry[0], accuracy_m=1)
    assert found["state"].tolist() == [UNDECIDABLE, UNDECIDABLE, INSIDE]
    assert found["share"].isna().tolist() == [True, True, False]


@small
@given(seeds)
def test_a_unit_is_told_by_its_own_areas_alone(seed: int) -> None:
    """Units plainly in or out, slivers and units without area: each as the definition has it, to the bit."""
    rng = np.random.default_rng(seed)
    sliver = shapely.box(440_000, 2_420_000, 440_100, 2_420_000.0005)
    fabric = Fabric.from_frame(layer([*units(seed, 4, 4).geometry.values, sliver, None, shapely.Polygon()]))
    area = fabric.area_mm2
    inside = np.rint(area * rng.choice([0.0, 0.0, 1.0, 1.0, 1e-6, 0.4], len(area))).astype(np.int64)
    fringe, beyond = (np.rint(area * rng.choice([0.0, 0.0, 0.3, 1.0], len(area))).astype(np.int64) for _ in range(2))
    found = states_within(fabric, inside[np.newaxis], [Uncertain(fringe, beyond)])[0]
    least, most = np.maximum(inside - fringe, 0), inside + beyond
    slack = np.rint(fabric.length_m * SNAP_M * 1e6).astype(np.int64)
    tests = [area <= 0, area - least <= slack, most <= slack, (least > slack) & (area - most > slack)]
    assert found["state"].tolist() == np.select(tests, [UNDECIDABLE, INSIDE, OUTSIDE, CROSSED], UNDECIDABLE).tolist()
    assert tuple(found["state"].cat.categories) == STATES
    with np.errstate(invalid="ignore"):
        for name, mm2 in (("share", inside), ("share_min", least), ("share_max", most)):
            assert np.array_equal(found[name].to_numpy(), (mm2 / area).clip(0, 1), equal_nan=True)


def test_an_invalid_zone_is_refused() -> None:
    """A bow-tie has no inside."""
    fabric = Fabric.from_frame(drawn("a"))
    with pytest.raises(GeometryInvalid):
        states(fabric, shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), accuracy_m=1)


@small
@given(seeds, st.sampled_from([0.5, 2.0, 10.0]))
def test_states_agree_with_brute_force(seed: int, accuracy_m: float) -> None:
    """The interval is the one of the definition, and no state contradicts it."""
    frame = units(seed, 5, 5)
    zone = area_over(frame, seed)
    found = states(Fabric.from_frame(frame), zone, accuracy_m)
    least, most = brute_shares(frame, zone, accuracy_m)
    assert np.abs(found["share_min"] - least.clip(0, 1)).max() < 1e-3
    assert np.abs(found["share_max"] - most.clip(0, 1)).max() < 1e-3
    near = 1e-3
    assert (least[found["state"] == INSIDE] > 1 - near).all()
    assert (most[found["state"] == OUTSIDE] < near).all()
    assert (least[found["state"] == CROSSED] > 0).all()
    assert (most[found["state"] == CROSSED] < 1).all()
    decided = (least > 1 - 1e-12) | (most < 1e-12) | ((least > near) & (most < 1 - near))
    assert (found["state"] != UNDECIDABLE)[decided].all()


@settings(max_examples=examples(15), deadline=None)
@given(seeds)
def test_several_areas_at_once_are_each_asked_alone(seed: int) -> None:
    """What their lines share is asked once; no answer depends on the company."""
    frame = units(seed, 4, 4)
    zones = [area_over(frame, seed), area_over(frame, seed + 1), shapely.union(area_over(frame, seed), box_of(frame))]
    fabric = Fabric.from_frame(frame)
    together = states_of_each(fabric, zones, accuracy_m=2.0)
    for zone, found in zip(zones, together, strict=True):
        assert found.equals(states(fabric, zone, accuracy_m=2.0))


def box_of(frame: Any) -> Any:
    """Return the lower left quarter of a layer."""
    west, south, east, north = frame.total_bounds
    return shapely.box(west, south, (west + east) / 2, (south + north) / 2)


@small
@given(seeds)
def test_unbound_stretches_agree_with_brute_force(seed: int) -> None:
    """The same points of the line are bound, but for crossings and the roundness of a buffer."""
    frame = units(seed, 5, 5)
    zone = area_over(frame, seed)
    ours = unbound_stretches(Fabric.from_frame(frame), zone)
    brute = brute_unbound(frame, zone, SNAP_M)
    assert shapely.difference(brute, shapely.buffer(ours, 1e-4)).length < 0.01
    assert shapely.difference(ours, shapely.buffer(brute, 6 * SNAP_M)).length < 0.01


@small
@given(seeds)
def test_unbound_stretches_are_their_pieces_merged(seed: int) -> None:
    """Point by point what merging the pieces edge by edge gives, around the start of a ring too."""
    frame = units(seed, 5, 5)
    beside = shapely.box(*frame.total_bounds).buffer(30)
    areas = [area_over(frame, seed), beside, area_over(frame, seed + 1), frame.geometry[0]]
    bound = BoundLines.of(Fabric.from_frame(frame), Outlines.of(np.array(areas, dtype=object)), SNAP_M)
    area, pieces = bound.unbound_pieces()
    for place, ours in enumerate(bound.unbound()):
        merged = shapely.line_merge(shapely.MultiLineString(pieces[area == place].tolist()))
        assert np.array_equal(lines_of(ours), lines_of(merged))


def lines_of(line: Any) -> Any:
    """Return the points of all lines, the lines in the order of their points."""
    parts = shapely.get_parts(line)
    return shapely.get_coordinates(sorted(parts, key=lambda part: shapely.get_coordinates(part).tolist()))


@small
@given(seeds)
def test_whole_units_are_decided_at_any_accuracy(seed: int) -> None:
    """A zone of whole units leaves nothing open."""
    rng = np.random.default_rng(seed)
    frame = units(seed, 5, 5)
    chosen = rng.random(len(frame)) < 0.5
    zone = shapely.union_all(frame.geometry.values[chosen])
    found = states(Fabric.from_frame(frame), zone, accuracy_m=20)
    assert (found["state"] == np.where(chosen, INSIDE, OUTSIDE)).all()


def test_a_line_along_a_neighbours_edge_inside_a_unit_is_open_for_it() -> None:
    """Two surveys of one border lie 3 m apart: a line along the one cannot cut the other at an accuracy of 5 m."""
    first = drawn("aab", cell_m=100)
    a, b = first.geometry
    wider = shapely.union(b, shapely.transform(b, lambda points: points - [3.0, 0.0]))
    frame = layer([a, wider])
    assert states(Fabric.from_frame(frame), a, accuracy_m=5)["state"].tolist() == [INSIDE, UNDECIDABLE]
    assert states(Fabric.from_frame(frame), a, accuracy_m=1)["state"].tolist() == [INSIDE, CROSSED]
    assert states(Fabric.from_frame(frame), a, accuracy_m=5)["share"].round(3).tolist() == [1.0, 0.029]


def test_a_ring_along_a_unit_inside_another_is_open_for_the_outer_one() -> None:
    """No edge of the outer unit is near the line, which is bound to the inner one."""
    outer = drawn("aaa\naaa\naaa", cell_m=100).geometry[0]
    inner = shapely.buffer(shapely.centroid(outer), 50, cap_style="square")
    frame = layer([outer, inner])
    hole = shapely.difference(shapely.buffer(outer, 100, join_style="mitre"), inner)
    found = states(Fabric.from_frame(frame), hole, accuracy_m=60)
    assert found["state"].tolist() == [UNDECIDABLE, OUTSIDE]
    least, most = brute_shares_of_each(frame, hole, 60)
    assert found["share_min"].to_numpy() == pytest.approx(least, abs=1e-3)
    assert found["share_max"].to_numpy() == pytest.approx(most.clip(0, 1), abs=1e-3)


@settings(max_examples=examples(20), deadline=None)
@given(seeds, st.sampled_from([0.5, 2.0, 10.0]), st.sampled_from([0.4, 4.0, 13.0]))
def test_states_of_overlapping_units_agree_with_brute_force(seed: int, accuracy_m: float, shift_m: float) -> None:
    """Two coverages, one laid over the other a little off: no state contradicts the definition, unit by unit."""
    first = units(seed, 3, 3)
    second = first.geometry.values if seed % 2 else units(seed + 1, 2, 2, 40.0).geometry.values
    shifted = shapely.transform(second, lambda points: points + np.array([shift_m, -shift_m / 2]))
    frame = layer([*first.geometry.values, *shifted])
    zone = area_over(first, seed)
    found = states(Fabric.from_frame(frame), zone, accuracy_m)
    least, most = brute_shares_of_each(frame, zone, accuracy_m)
    assert np.abs(found["share_min"] - least.clip(0, 1)).max() < 1e-3
    assert np.abs(found["share_max"] - most.clip(0, 1)).max() < 1e-3
    near = 1e-3
    assert (least[found["state"] == INSIDE] > 1 - near).all()
    assert (most[found["state"] == OUTSIDE] < near).all()
    assert (least[found["state"] == CROSSED] > 0).all()
    assert (most[found["state"] == CROSSED] < 1).all()
