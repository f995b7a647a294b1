"""Boundary markers: numbers that mean the same corner, edges that close, communes on each side."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from planning.markers import corners, numbers_following
from planning.record import Record

SQUARE = box(0, 0, 10, 10)


def numbered(base: object, proposed: object) -> dict[tuple[float, float], str]:
    """Return the number of each corner of the proposed line, by its place."""
    first, then = corners(base), corners(proposed)
    numbers = np.arange(1, len(first.ring) + 1).astype(str).astype(object)
    told = numbers_following(first, numbers, then)
    return dict(zip(map(tuple, then.places.tolist()), told, strict=True))


def test_the_line_is_numbered_clockwise_from_its_north_west() -> None:
    """The first corner is the north-western one; the zone lies on the right."""
    assert numbered(SQUARE, SQUARE) == {(0, 10): "1", (10, 10): "2", (10, 0): "3", (0, 0): "4"}


def test_holes_come_after_all_parts() -> None:
    """A hole of the large part is numbered after the small part, and runs the other way round."""
    ring = SQUARE.difference(box(4, 4, 6, 6)).union(box(20, 0, 22, 2))
    line = corners(ring)
    assert line.places[:4].max() == 10
    assert line.places[4:8, 0].min() == 20
    assert line.places[8:].tolist() == [[4, 6], [4, 4], [6, 4], [6, 6]]


def test_a_new_corner_takes_the_number_before_it() -> None:
    """A bulge between markers 2 and 3 brings 2-1 and 2-2; nobody else's number changes."""
    proposed = shapely.Polygon([(0, 0), (0, 10), (10, 10), (14, 8), (14, 2), (10, 0)])
    assert numbered(SQUARE, proposed) == {
        (0, 10): "1",
        (10, 10): "2",
        (14, 8): "2-1",
        (14, 2): "2-2",
        (10, 0): "3",
        (0, 0): "4",
    }


def test_corners_before_the_first_old_one_belong_to_the_last() -> None:
    """Where the north-western corner itself is new, it follows the marker before it in the ring."""
    proposed = shapely.Polygon([(0, 0), (-3, 13), (10, 10), (10, 0)])
    assert numbered(SQUARE, proposed)[-3, 13] == "4-1"


def test_a_new_part_has_numbers_of_its_own() -> None:
    """A part without any old corner is M1."""
    told = numbered(SQUARE, SQUARE.union(box(20, 0, 22, 2)))
    assert sorted(number for number in told.values() if "M" in number) == ["M1-1", "M1-2", "M1-3", "M1-4"]


@given(st.lists(st.tuples(st.integers(11, 30), st.integers(1, 9)), min_size=0, max_size=6, unique_by=lambda p: p[1]))
def test_numbers_elsewhere_are_stable(bulge: list[tuple[int, int]]) -> None:
    """However the eastern side is redrawn, the western and northern corners keep their numbers."""
    east = sorted(bulge, key=lambda place: -place[1])
    told = numbered(SQUARE, shapely.Polygon([(0, 0), (0, 10), (10, 10), *east, (10, 0)]))
    assert [told[place] for place in ((0, 10), (10, 10), (10, 0), (0, 0))] == ["1", "2", "3", "4"]
    assert len(set(told.values())) == len(told)


def test_edges_close_each_ring(record: Record) -> None:
    """Walking every edge by length and azimuth comes back to the start, to the millimetre a corner."""
    frame = record.tables["markers.proposed"].frame
    angle = np.radians(frame["azimuth_deg"])
    steps = frame.assign(east=frame["edge_m"] * np.sin(angle), north=frame["edge_m"] * np.cos(angle))
    assert steps.groupby("ring")[["east", "north"]].sum().abs().to_numpy().max() < 1e-3 * len(frame)
    assert frame["edge_m"].sum() == pytest.approx(record.geometry["proposed"].length.sum())


def test_each_edge_tells_the_communes_on_both_sides(record: Record) -> None:
    """The edge between a unit of the zone and one outside names both; off the map there is none."""
    sides = record.tables["markers.proposed"].frame[["unit_inside", "unit_outside"]]
    assert {"Cao Lộc", "An Bình", "Đồng Đăng"} >= set(sides["unit_inside"].dropna())
    assert sides["unit_outside"].isna().any()


def test_corners_that_stay_are_told_from_new_and_dropped_ones(record: Record) -> None:
    """Kept in both tables under one number; new only in the proposed one, dropped only in the base."""
    base, proposed = (record.tables[name].frame.set_index("key") for name in ("markers.base", "markers.proposed"))
    assert set(base.index[base["change"] == "kept"]) == set(proposed.index[proposed["change"] == "kept"])
    assert set(base["change"]) <= {"kept", "removed"}
    assert set(proposed["change"]) <= {"kept", "new"}
    assert record.value("markers.proposed.count") == len(proposed)
