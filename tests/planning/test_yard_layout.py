"""The layout of yards: nothing overlaps, everything is reached, nearly as much as by hand."""

from math import floor

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from gis.testing import examples
from planning.slot_rows import common, free_stretches, without
from planning.yard_layout import DesignVehicle, YardGround, YardLayout, lay_out

E, N = 445_000.0, 2_425_000.0
TRUCK = DesignVehicle()
TOLERANCE_M = 0.02


def fault(ground: YardGround, layout: YardLayout) -> str:
    """Return what is wrong with a layout, asked of its shapes alone; empty for nothing."""
    slots, vehicle = layout.slots, layout.vehicle
    built = shapely.union_all([*ground.obstacles]) if len(ground.obstacles) else Polygon()
    kept = shapely.union_all([*ground.lanes]) if len(ground.lanes) else Polygon()
    sure = shapely.buffer(slots, -0.001)
    first, second = shapely.STRtree(sure).query(sure, predicate="intersects")
    if (first != second).any():
        return "slots overlap"
    if not shapely.covers(shapely.buffer(ground.outline, -vehicle.edge_gap_m + 0.002), slots).all():
        return "a slot over the fence"
    for name, area in (
        ("obstacle", built),
        ("kept lane", kept),
        ("aisle", shapely.union_all([*layout.aisles, *layout.lanes])),
    ):
        if shapely.intersects(area, sure).any():
            return f"a slot on an {name}"
    if not np.allclose(shapely.area(slots), vehicle.pattern.slot_length_m * vehicle.pattern.slot_width_m):
        return "a slot of another size"
    return _unreached(ground, layout, built, sure)


def _unreached(ground: YardGround, layout: YardLayout, built: Polygon, sure: np.ndarray) -> str:
    """Drive a disc as wide as a lane from the entries over all that is free."""
    pattern = layout.vehicle.pattern
    free = shapely.difference(shapely.difference(ground.outline, built), shapely.union_all(sure))
    middle = shapely.get_parts(shapely.buffer(free, -pattern.lane_m / 2 + TOLERANCE_M, quad_segs=16))
    if not len(layout.slots):
        return ""
    if ground.entries:
        near = [part for part in middle for one in ground.entries if part.distance(one) <= 3.5 * pattern.lane_m]
        roots = [part for part in near if any(_straight(one, part, layout, free) for one in ground.entries)]
    else:
        roots = list(middle)  # any one of them that comes to every slot
    before, open_air = _before(layout), shapely.buffer(free, TOLERANCE_M)
    clear = shapely.covers(open_air, before)
    reached = roots if not ground.entries else [shapely.union_all(roots)] if roots else [Polygon()]
    lost = min(
        int((~(clear & (shapely.distance(before, one) <= pattern.lane_m / 2)).any(axis=0)).sum()) for one in reached
    )
    return f"{lost} slots that nothing reaches" if lost else ""


def _straight(entry: Point, part: Polygon, layout: YardLayout, free: Polygon) -> bool:
    """Tell whether one comes straight from an entry to a part, or to what of it lies in a lane."""
    in_lanes = shapely.intersection(part, layout.lanes)
    ways = [shapely.shortest_line(entry, one) for one in (part, *in_lanes) if not one.is_empty]
    open_air = shapely.buffer(free, TOLERANCE_M)
    return any(shapely.length(shapely.difference(way, open_air)) < TOLERANCE_M for way in ways)


def _before(layout: YardLayout) -> np.ndarray:
    """Return the room before each slot, on either of its short sides, shape (2, n)."""
    corners = shapely.get_coordinates(layout.slots).reshape(-1, 5, 2)[:, :4]
    sides = np.hypot(*(corners[:, 1] - corners[:, 0]).T), np.hypot(*(corners[:, 2] - corners[:, 1]).T)
    start = np.where((sides[0] < sides[1])[:, None, None], corners, np.roll(corners, -1, axis=1))
    across = start[:, 2] - start[:, 1]
    step = across / np.hypot(*across.T)[:, None] * (layout.vehicle.pattern.aisle_m - 0.01)
    ahead = np.stack([start[:, 2], start[:, 3], start[:, 3] + step, start[:, 2] + step], axis=1)
    behind = np.stack([start[:, 0], start[:, 1], start[:, 1] - step, start[:, 0] - step], axis=1)
    return np.stack([shapely.polygons(ahead), shapely.polygons(behind)])


@st.composite
def grounds(draw: st.DrawFn) -> YardGround:
    """Return a yard of 3 to 9 corners with obstacles, a kept lane and entries, turned anyhow."""
    seed = draw(st.integers(0, 10_000))
    rng = np.random.default_rng(seed)
    corners = draw(st.integers(3, 9))
    angle = np.sort(rng.uniform(0, 2 * np.pi, corners)) + rng.uniform(0, 1)
    radius = rng.uniform(50, 190, corners)
    outline = Polygon(np.column_stack([E + radius * np.cos(angle), N + radius * np.sin(angle)]))
    if not outline.is_valid or outline.area < 3_000:
        outline = box(E, N, E + 150, N + 90)
    outline = shapely.affinity.rotate(outline, rng.uniform(0, 90))
    west, south, east, north = outline.bounds
    blocks = rng.uniform([west, south, 3, 3], [east, north, 30, 30], (draw(st.integers(0, 5)), 4))
    obstacles = [box(x, y, x + w, y + h) for x, y, w, h in blocks]
    lanes = [shapely.intersection(box(west, (south + north) / 2, east, (south + north) / 2 + 6), outline)]
    entries = [
        outline.exterior.interpolate(place, normalized=True) for place in rng.uniform(0, 1, draw(st.integers(0, 2)))
    ]
    return YardGround(outline, obstacles, lanes if draw(st.booleans()) else [], entries)


@pytest.mark.slow
@settings(max_examples=examples(40), derandomize=True)
@given(grounds())
def test_nothing_overlaps_and_every_slot_is_reached(ground: YardGround) -> None:
    """Slots, aisles, obstacles, kept lanes and the fence keep apart; a lane-wide disc comes to every slot."""
    assert fault(ground, lay_out(ground)) == ""


@pytest.mark.parametrize(
    ("length_m", "width_m"),
    [(200, 100), (150, 120), (320, 75), (95, 95), (260, 58), pytest.param(400, 260, marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("turned_deg", [0, 31])
def test_nearly_as_much_as_by_hand(length_m: float, width_m: float, turned_deg: float) -> None:
    """Of a rectangle at least 85 % of what full rows with one lane at their end would hold, the better way round."""
    outline = shapely.affinity.rotate(box(E, N, E + length_m, N + width_m), turned_deg)
    ground = YardGround(outline, entries=[Point(outline.exterior.coords[0])])
    layout = lay_out(YardGround(outline))
    assert fault(YardGround(outline), layout) == ""
    assert len(layout) >= 0.85 * max(by_hand(length_m, width_m), by_hand(width_m, length_m))
    assert fault(ground, lay_out(ground)) == ""


def by_hand(along_m: float, across_m: float) -> int:
    """Return what a person draws: rows as many as fit with an aisle to every two, a lane at one end where rows stand back to back."""
    pattern, gap = TRUCK.pattern, 2 * TRUCK.edge_gap_m
    best = 0
    for rows in range(1, 40):
        aisles = (rows + 1) // 2
        if rows * pattern.slot_length_m + aisles * pattern.aisle_m <= across_m - gap:
            lane = pattern.lane_m if aisles > 1 else 0.0
            best = max(best, rows * floor((along_m - gap - lane) / pattern.slot_width_m))
    return best


def test_a_lane_lets_the_ring_of_the_turning_circle_pass() -> None:
    """R - r/√2: the corner of the inner edges lies on the inner circle, the outer edges touch the outer one."""
    lane, centre = TRUCK.lane_m, np.array([-TRUCK.inner_radius_m, -TRUCK.inner_radius_m]) / np.sqrt(2)
    assert np.hypot(*centre) == pytest.approx(TRUCK.inner_radius_m)  # to the inner corner at (0, 0)
    assert centre[0] + TRUCK.outer_radius_m == pytest.approx(lane)
    assert TRUCK.pattern.slot_length_m == 18.0
    assert TRUCK.pattern.slot_width_m == pytest.approx(3.5)
    assert DesignVehicle(aisle_m=3.0).pattern.aisle_m == lane


def test_what_does_not_fit_is_an_empty_layout() -> None:
    """A yard too narrow, one that is all obstacle, an entry that leads nowhere."""
    assert len(lay_out(YardGround(box(E, N, E + 36, N + 36)))) == 0
    yard = box(E, N, E + 100, N + 100)
    assert len(lay_out(YardGround(yard, obstacles=[yard]))) == 0
    walled = YardGround(yard, obstacles=[box(E + 40, N, E + 45, N + 100)], entries=[Point(E, N + 50)])
    layout = lay_out(walled)
    assert fault(walled, layout) == ""
    assert not shapely.intersects(shapely.union_all(layout.slots), box(E + 40, N, E + 100, N + 100))
    assert len(lay_out(YardGround(Polygon()))) == 0


def test_smaller_vehicles_and_narrower_aisles_are_more() -> None:
    """The design vehicle is a parameter."""
    yard = YardGround(box(E, N, E + 200, N + 100))
    rigid = DesignVehicle(length_m=12.0, aisle_m=16.0)
    assert len(lay_out(yard, rigid)) > len(lay_out(yard))
    assert lay_out(yard, rigid).vehicle is rigid
    assert fault(yard, lay_out(yard, rigid)) == ""


def test_stretches() -> None:
    """What strips leave free, share and lose."""
    ground = shapely.difference(box(0, 0, 100, 10), box(40, 5, 60, 10))
    (low, high) = free_stretches(ground, np.array([0.0, 4.0]), np.array([4.0, 8.0]), 0.0, 100.0)
    assert [[round(end) for end in one] for one in low] == [[0, 100]]
    assert [[round(end) for end in one] for one in high] == [[0, 40], [60, 100]]
    assert common([(0.0, 5.0), (6.0, 9.0)], [(4.0, 7.0)]) == [(4.0, 5.0), (6.0, 7.0)]
    assert without([(0.0, 10.0)], []) == [(0.0, 10.0)]
