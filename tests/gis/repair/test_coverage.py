"""Overlaps and gaps of a few units: who gets the ground, and what is left to people."""

from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from shapely import Polygon, box

from gis.repair.limits import Limits
from gis.repair.listing import (
    EDGES,
    GAP,
    OVERLAP,
    REPEATED_ROW,
    SAME_SHAPE,
    SLIVER,
    SPIKE,
    TOO_WIDE,
    VALIDITY,
    WAITS,
    WITHIN,
)
from gis.repair.plan import Repair, proposed
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING

LANG_SON = CRS.from_epsg(9215)


def here(*corners: tuple[float, float]) -> Polygon:
    return shapely.transform(Polygon(corners), lambda place: place + np.array([ORIGIN_EASTING, ORIGIN_NORTHING]))


def field(west: float, south: float, east: float, north: float) -> Polygon:
    return here(*shapely.get_coordinates(box(west, south, east, north))[:-1].tolist())


def repair(*shapes: Any, tolerance_m: float = 0.1, **wishes: Any) -> Repair:
    widths = {name: wishes.pop(name) for name in ("gap_width_m", "overlap_width_m") if name in wishes}
    every = np.array(shapes, dtype=object)
    return proposed(every, LANG_SON, Limits.of(len(every), tolerance_m, **widths), **wishes)


def told(done: Repair) -> list[tuple[int, str, int, float]]:
    """Return unit, kind, other and the difference in m²."""
    one = done.changes
    return [
        (int(unit), str(kind), int(other), difference / 1e6)
        for unit, kind, other, difference in zip(one.unit, one.kind, one.other, one.difference_mm2, strict=True)
    ]


def left(done: Repair) -> list[tuple[int, int, str, str]]:
    one = done.exceptions
    return [
        (int(unit), int(other), str(kind), str(reason))
        for unit, other, kind, reason in zip(one.unit, one.other, one.kind, one.reason, strict=True)
    ]


LARGE, SMALL = field(0, 0, 100, 100), field(99, 0, 140, 100)


def test_an_overlap_goes_to_the_smaller_unit() -> None:
    """To the larger one it matters less; the smaller keeps every corner, bit for bit."""
    done = repair(LARGE, SMALL)
    assert told(done) == [(0, OVERLAP, 1, -100.0)]
    assert done.unit.tolist() == [0]
    assert shapely.equals_exact(done.shape[0], field(0, 0, 99, 100), normalize=True)


def test_the_stated_area_decides_where_the_ground_explains_it() -> None:
    """The smaller unit is stated without the strip; a figure that nothing explains says nothing."""
    assert told(repair(LARGE, SMALL, stated_m2=[10_000.0, 4_000.0])) == [(1, OVERLAP, 0, -100.0)]
    assert told(repair(LARGE, SMALL, stated_m2=[10_000.0, 1_000.0])) == [(0, OVERLAP, 1, -100.0)]


def test_a_gap_goes_to_the_unit_with_a_long_edge() -> None:
    """The third unit touches its end only, however much larger it is."""
    beside = field(51, 0, 100, 100), field(-500, 100, 600, 900), field(-500, -900, 600, 0)
    done = repair(field(0, 0, 50, 100), *beside, kinds=(GAP,))
    assert told(done) == [(0, GAP, -1, 100.0)]


def test_a_narrow_strip_follows_one_outline() -> None:
    """Two drawings of one line that cross many times: one of them stays, all its corners and no others."""
    line = [(100 + 0.05 * (-1) ** step, 10.0 * step) for step in range(1, 10)]
    one, other = here((0, 0), (100, 0), *line, (100, 100), (0, 100)), field(100, 0, 400, 100)
    done = repair(one, other)
    assert done.unit.tolist() == [1]
    assert {kind for _, kind, _, _ in told(done)} == {SLIVER}
    shared = shapely.intersection(shapely.boundary(one), shapely.boundary(done.shape[0]))
    assert shapely.get_num_coordinates(shapely.line_merge(shared)) == len(line) + 2


def test_wide_conflicts_are_left_to_people() -> None:
    """An overlap or a gap wider than the limit stays; it goes when the limit is raised."""
    wide, apart = field(90, 0, 140, 100), field(105, 0, 140, 100)
    around = field(-500, 100, 600, 900), field(-500, -900, 600, 0)
    assert left(repair(LARGE, wide)) == [(0, 1, "overlap", TOO_WIDE)]
    assert left(repair(LARGE, apart, *around)) == [(0, 1, "gap", TOO_WIDE)]
    assert told(repair(LARGE, wide, overlap_width_m=20.0)) == [(0, OVERLAP, 1, -1000.0)]
    assert told(repair(LARGE, apart, *around, gap_width_m=20.0, kinds=(GAP,))) == [(0, GAP, -1, 500.0)]


def test_a_unit_within_another_or_drawn_twice_is_left_to_people() -> None:
    """Nobody can tell which of them is too much; what also lies in such a place waits."""
    assert left(repair(LARGE, field(10, 10, 11, 20))) == [(0, 1, "contained", WITHIN)]
    done = repair(SMALL, SMALL, LARGE)
    assert not len(done.unit)
    assert left(done) == [
        (0, 1, "duplicate", SAME_SHAPE),
        (0, 2, "overlap", WAITS),
        (1, 2, "overlap", WAITS),
    ]


def test_a_row_that_is_there_twice_goes() -> None:
    """Same values, same shape: the first stays; another value keeps both."""
    done = repair(SMALL, SMALL, LARGE, likeness=[7, 7, 8])
    assert done.dropped.tolist() == [1]
    assert told(done) == [(1, REPEATED_ROW, 0, -4100.0), (2, OVERLAP, 0, -100.0)]
    assert done.applied([SMALL, SMALL, LARGE])[1] is None


def test_ground_that_an_invalid_unit_left_open_is_its_own() -> None:
    """Two corners changed places: what the wings do not cover lies in the hull, however wide it is."""
    west, east = field(-100, 0, 0, 100), field(100, 0, 200, 100)
    north, south = field(-100, 100, 200, 200), field(-100, -100, 200, 0)
    crossed = here((0, 0), (100, 100), (100, 0), (0, 100))
    done = repair(west, east, north, south, crossed, kinds=(VALIDITY, GAP))
    assert [one[:3] for one in told(done)] == [(4, VALIDITY, -1), (4, GAP, -1), (4, GAP, -1)]
    assert done.shape[0].area == 10_000.0
    assert not left(done)


def test_ground_between_units_is_no_gap() -> None:
    """A road, say; what lies beside it is closed as far as the road."""
    road = field(50, 0, 51, 100)
    around = field(-500, 100, 600, 900), field(-500, -900, 600, 0)
    open_to_road = field(0, 0, 49.5, 100), field(51, 0, 100, 100), *around
    done = repair(*open_to_road, ground=np.array([road]), kinds=(GAP,))
    assert told(done) == [(0, GAP, -1, 50.0)]
    assert shapely.equals(done.shape[0], field(0, 0, 50, 100))


def test_bits_that_come_off_go_to_their_neighbour() -> None:
    """The tip of the left unit lies behind the strip that the right one keeps: it goes along."""
    tip = here((0, 0), (100, 0), (100.3, 50), (100, 100), (0, 100))
    right = here((100.1, 0), (140, 0), (140, 100), (100.1, 100), (100, 75), (100.2, 50), (100, 25))
    done = repair(tip, right, tolerance_m=0.0, stated_m2=[9_000.0, 1.0])
    assert (shapely.get_num_geometries(done.applied([tip, right])) == 1).all()


def test_only_what_is_asked_is_repaired() -> None:
    """Other kinds stay without a word."""
    needle = here((0, 200), (50, 200), (50, 210), (50.01, 200), (100, 200), (100, 300), (0, 300))
    done = repair(LARGE, SMALL, needle, kinds=(SPIKE,))
    assert not left(done)
    assert {kind for _, kind, _, _ in told(done)} <= {SPIKE}
    assert OVERLAP in {kind for _, kind, _, _ in told(repair(LARGE, SMALL, needle, kinds=(OVERLAP, EDGES)))}


def test_neighbours_share_the_corners_that_are_new() -> None:
    """A unit that gains and loses nothing gets a corner where another one now ends on its outline, if edges are asked."""
    around = field(-500, 100, 600, 900), field(-500, -900, 600, 0)
    done = repair(LARGE, field(101, 0, 140, 100), *around)
    assert {(unit, kind) for unit, kind, _, _ in told(done)} == {(0, GAP), (2, EDGES), (3, EDGES)}
    assert repair(LARGE, field(101, 0, 140, 100), *around, kinds=(GAP,)).unit.tolist() == [0]


def test_corners_less_than_a_millimetre_apart_are_tied() -> None:
    """A corner beside a straight edge becomes a corner of it, though no area is at stake."""
    below = here((0, -100), (100, -100), (100, 0), (50, -0.0004), (0, 0))
    done = repair(LARGE, below, tolerance_m=0.0)
    assert [one[1] for one in told(done)] == [EDGES]
    assert shapely.coverage_is_valid(done.applied([LARGE, below]))


def test_what_units_enclose_may_be_nobodys() -> None:
    """In a layer that is not complete no gap is closed; where units may have holes a hole is none."""
    ring = field(0, 0, 100, 100).difference(field(50, 50, 51, 51))
    assert told(repair(ring)) == [(0, GAP, -1, 1.0)]
    assert not len(repair(ring, holes=False).unit)
    around = field(-500, 100, 600, 900), field(-500, -900, 600, 0)
    done = repair(LARGE, field(101, 0, 140, 100), *around, complete=False)
    assert (len(done.unit), left(done)) == (0, [])
