"""What holds of every repair, whatever is wrong: coverages of neighbours, broken in seeded ways."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from gis.measure import areas_mm2
from gis.repair.corners import STRAIGHT_M
from gis.repair.limits import Limits
from gis.repair.listing import SPIKE
from gis.repair.plan import Repair, proposed
from gis.synthetic import units
from gis.testing import examples
from gis.topology.defects import GAPS, MISMATCH, OVERLAPS
from gis.topology.faces import Faces
from gis.topology.fit import gaps, mismatches, overlaps

SEEDS = st.integers(0, 2**32 - 1)
LANG_SON = CRS.from_epsg(9215)
# From the rounding of coordinates to what a slip of the hand does, metres.
SIZES = (1e-9, 1e-4, 0.02, 0.5, 3.0)


def corner_moved(rng: np.random.Generator, ring: Any) -> Any:
    ring[rng.integers(1, len(ring) - 1)] += rng.normal(0, rng.choice(SIZES), 2)
    return shapely.Polygon(ring)


def drawn_anew(rng: np.random.Generator, ring: Any) -> Any:
    ring[:-1] += rng.normal(0, rng.choice(SIZES[:4]), (len(ring) - 1, 2))
    return shapely.Polygon(np.vstack([ring[:-1], ring[:1]]))


def corners_exchanged(rng: np.random.Generator, ring: Any) -> Any:
    one, other = rng.choice(np.arange(1, len(ring) - 1), 2, replace=False)
    ring[[one, other]] = ring[[other, one]]
    return shapely.Polygon(ring)


def corner_lost(rng: np.random.Generator, ring: Any) -> Any:
    return shapely.Polygon(np.delete(ring, rng.integers(1, len(ring) - 1), axis=0))


def shifted(rng: np.random.Generator, ring: Any) -> Any:
    return shapely.Polygon(ring + rng.normal(0, rng.choice([0.001, 0.05, 1.0]), 2))


def with_needle(rng: np.random.Generator, ring: Any) -> Any:
    place = rng.integers(0, len(ring) - 1)
    along = (ring[place + 1] - ring[place]) / np.hypot(*(ring[place + 1] - ring[place]))
    middle, side = (ring[place] + ring[place + 1]) / 2, np.array([-along[1], along[0]]) * rng.choice([-1, 1])
    return shapely.Polygon(np.insert(ring, place + 1, [middle, middle + 2 * side, middle + 0.02 * along], axis=0))


BREAKS = (corner_moved, drawn_anew, corners_exchanged, corner_lost, shifted, with_needle)


def broken(seed: int) -> Any:
    """Return a coverage of 36 neighbours that is broken in one to seven places; some of them lie twice, or within."""
    rng = np.random.default_rng(seed)
    shapes = np.asarray(units(seed % 1000, 6, 6).geometry.values, dtype=object).copy()
    for _ in range(rng.integers(1, 8)):
        unit = rng.integers(len(shapes))
        if rng.random() < 0.85:
            ring = shapely.get_coordinates(shapely.get_exterior_ring(shapes[unit])).copy()
            shapes[unit] = BREAKS[rng.integers(len(BREAKS))](rng, ring)
        else:
            again = shapes[unit] if rng.random() < 0.5 else shapely.buffer(shapes[unit].centroid, rng.uniform(0.1, 5))
            shapes = np.append(shapes, [again])
    return shapes


def repaired(seed: int) -> tuple[Any, Any, Repair, dict[str, Any]]:
    shapes, rng = broken(seed), np.random.default_rng(seed)
    limits = Limits.of(len(shapes), rng.choice([0.0, 0.05, 0.3]))
    wishes = {"limits": limits, "stated_m2": shapely.area(shapes) if rng.random() < 0.3 else None}
    repair = proposed(shapes, LANG_SON, **wishes)
    return shapes, repair.applied(shapes), repair, wishes


@given(SEEDS)
@settings(max_examples=examples(20))
def test_a_repair_keeps_what_it_promises(seed: int) -> None:
    """Nothing but what is listed changes; what is left is told; no line is invented; a second repair does nothing."""
    keeps_what_it_promises(seed)


def keeps_what_it_promises(seed: int) -> None:
    before, after, repair, wishes = repaired(seed)
    nothing_else_changes(before, after, repair)
    what_is_left_is_told(after, repair, wishes)
    no_line_is_invented(before, after, repair)
    again = proposed(after, LANG_SON, **wishes)
    assert (len(again.unit), len(again.changes), len(again.exceptions)) == (0, 0, len(repair.exceptions))


def nothing_else_changes(before: Any, after: Any, repair: Repair) -> None:
    """Units that are not listed are the same bits; the areas of the others change as is listed, in whole mm²."""
    untouched = np.setdiff1d(np.arange(len(before)), repair.unit)
    assert (shapely.to_wkb(before[untouched]) == shapely.to_wkb(after[untouched])).all()
    assert not (shapely.to_wkb(before[repair.unit]) == shapely.to_wkb(after[repair.unit])).any()
    assert set(repair.changes.unit) == set(repair.unit)
    gained = np.zeros(len(before), dtype=np.int64)
    np.add.at(gained, repair.changes.unit, repair.changes.difference_mm2)
    assert (gained == areas_mm2(after) - areas_mm2(before)).all()


def what_is_left_is_told(after: Any, repair: Repair, wishes: dict[str, Any]) -> None:
    """The finder finds nothing but exceptions, and every shape that changed is valid."""
    assert shapely.is_valid(after[repair.unit]).all()
    faces, tolerance_m, left = (
        Faces.of(after, LANG_SON),
        wishes["limits"].tolerance_m,
        repair.exceptions.kind.astype(str),
    )
    edges = mismatches(faces)
    for found, kinds in (
        (overlaps(faces, tolerance_m), OVERLAPS),
        (gaps(faces, tolerance_m), GAPS),
        (edges.take(edges.width_m > STRAIGHT_M), (MISMATCH,)),
    ):
        assert len(found) <= np.isin(left, kinds).sum()


def no_line_is_invented(before: Any, after: Any, repair: Repair) -> None:
    """Where no needle was cut off, every outline runs where somebody drew one."""
    if not len(repair.unit) or (repair.changes.kind == SPIKE).any():
        return
    drawn = shapely.union_all(shapely.boundary(before))
    lines = shapely.get_parts(shapely.boundary(after[repair.unit]))
    for part in np.linspace(0, 1, 40):
        points = shapely.line_interpolate_point(lines, part, normalized=True)
        assert shapely.distance(points, drawn).max() < 3e-6


@given(SEEDS)
@settings(max_examples=examples(10))
def test_a_valid_coverage_is_not_touched(seed: int) -> None:
    """Nothing is proposed and nothing is excepted."""
    shapes = np.asarray(units(seed, 8, 8).geometry.values, dtype=object)
    assert shapely.coverage_is_valid(shapes)
    repair = proposed(shapes, LANG_SON, Limits.of(len(shapes), 0.3))
    assert (len(repair.unit), len(repair.changes), len(repair.exceptions)) == (0, 0, 0)


def test_a_gap_with_arms_is_still_told_after_its_neighbours_were_mended() -> None:
    """Arms two micrometres wide run from the gap along units that are looked at again."""
    keeps_what_it_promises(1571)


@pytest.mark.slow
def test_many_repairs_keep_what_they_promise(full_bars: bool) -> None:
    """The same, of hundreds of broken coverages."""
    for seed in range(2_000 if full_bars else 200):
        keeps_what_it_promises(seed)
