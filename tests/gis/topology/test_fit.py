"""Overlaps and gaps: found between the right units, with exact areas; a coverage has none."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from gis.errors import CrsNotPlanar
from gis.measure import areas_mm2
from gis.synthetic import area_over, polygonal, units
from gis.testing import drawn, examples
from gis.topology.faces import Faces
from gis.topology.fit import gaps, mismatches, overlaps

PLANE = CRS.from_epsg(9215)


def faces(shapes: Any, ground: Any = ()) -> Faces:
    return Faces.of(np.asarray(shapes, dtype=object), PLANE, ground)


def test_a_drawn_coverage_fits() -> None:
    """Neighbours that share their edges have nothing between them; the empty middle of a ring is a hole or a gap."""
    whole = faces(drawn("aab\nacb\nccb").geometry.values)
    assert len(overlaps(whole)) == len(gaps(whole)) == len(mismatches(whole)) == 0
    assert gaps(faces(drawn("aaa\na.a\naaa").geometry.values)).kind.tolist() == ["hole"]
    between = gaps(faces(drawn("aab\na.b\naab").geometry.values))
    assert between.kind.tolist() == ["gap"]
    assert between.units_of(0).tolist() == [0, 1]
    assert between.area_mm2.tolist() == [100 * 10**6]
    assert (between.easting[0], between.northing[0]) == (440_015.0, 2_420_015.0)


def test_nothing_fits_as_well() -> None:
    """No units, missing and empty ones, and one alone have no faults of fit."""
    for shapes in ([], [None], [shapely.Polygon(), None], [shapely.box(0, 0, 1, 1)]):
        alone = faces(shapes)
        assert len(overlaps(alone)) == len(gaps(alone)) == len(mismatches(alone)) == 0


def test_areas_are_asked_of_a_plane_in_metres() -> None:
    """Degrees have no square metres."""
    with pytest.raises(CrsNotPlanar):
        Faces.of(np.array([shapely.box(0, 0, 1, 1)]), CRS.from_epsg(4326))


def test_an_overlap_is_of_a_pair() -> None:
    """Three units over one place are three pairs; each has its whole area and its place in both."""
    boxes = [shapely.box(0, 0, 10, 10), shapely.box(8, 0, 18, 10), shapely.box(9, 0, 30, 10)]
    found = overlaps(faces(boxes), 1.5)
    assert [found.units_of(row).tolist() for row in range(3)] == [[0, 1], [0, 2], [1, 2]]
    assert found.area_mm2.tolist() == [20 * 10**6, 10 * 10**6, 90 * 10**6]
    assert found.kind.tolist() == ["overlap", "sliver_overlap", "overlap"]
    for row in range(3):
        place = shapely.Point(found.easting[row], found.northing[row])
        assert all(boxes[unit].contains(place) for unit in found.units_of(row))


def test_units_within_units_are_found() -> None:
    """A unit within another, one in its corner, and one of the same shape: each is told for what it is."""
    big = shapely.box(0, 0, 10, 10)
    for other, kind in (
        (shapely.box(2, 2, 4, 4), "contained"),
        (shapely.box(0, 0, 4, 4), "contained"),
        (shapely.box(0, 0, 10, 10), "duplicate"),
        (shapely.Polygon([(10, 10), (5, 10), (0, 10), (0, 0), (10, 0)]), "duplicate"),
    ):
        found = overlaps(faces([big, other]), 100.0)
        assert found.kind.tolist() == [kind]
        assert found.area_mm2.tolist() == areas_mm2([other]).tolist()


def test_a_coverage_over_another_is_found_to_the_innermost_pair() -> None:
    """Two whole sheets over one another: also the units in the middle, whose edges all have a neighbour, are found."""
    sheet = units(1, 8, 8).geometry.values
    again = shapely.transform(sheet, lambda corner: corner + 15.0)
    found = overlaps(faces([*sheet, *again]))
    first, second = shapely.STRtree(again).query(sheet, predicate="intersects")
    common = areas_mm2(shapely.intersection(sheet[first], again[second]))
    expected = {(one, 64 + other) for one, other, area in zip(first, second, common, strict=True) if area > 0}
    assert {tuple(found.units_of(row)) for row in range(len(found))} == expected
    assert found.area_mm2.sum() == pytest.approx(common.sum(), abs=len(common))
    twice = overlaps(faces([*sheet, *sheet]))
    assert set(twice.kind) == {"duplicate"}
    assert len(twice) == 64


def test_slivers_are_told_by_the_coarser_of_two_accuracies() -> None:
    """A strip of 20 cm is a sliver where one of the neighbours is accurate to 30 cm."""
    boxes = [shapely.box(0, 0, 50, 50), shapely.box(49.8, 0, 99, 50)]
    assert overlaps(faces(boxes), np.array([0.07, 0.3])).kind.tolist() == ["sliver_overlap"]
    assert overlaps(faces(boxes), 0.07).kind.tolist() == ["overlap"]
    ring = shapely.box(-20, -20, 120, 70).difference(shapely.box(0, 0, 99.2, 50))
    apart = [ring, shapely.box(0, 0, 49, 50), shapely.box(49.2, 0, 99.2, 50)]
    assert gaps(faces(apart), np.array([0.07, 0.3, 0.07])).kind.tolist() == ["sliver_gap"]
    assert gaps(faces(apart), 0.07).kind.tolist() == ["gap"]


def test_rounded_corners_are_no_gaps() -> None:
    """A corner written to the millimetre beside a long straight edge makes neither gap nor overlap, but a mismatch."""
    long, split = shapely.box(0, 0, 100, 10), [(0, 10), (33.333, 10.0004), (100, 10), (100, 20), (0, 20)]
    beside = faces([long, shapely.Polygon(split)])
    assert len(overlaps(beside)) == len(gaps(beside)) == 0
    assert [mismatches(beside).units_of(0).tolist()] == [[0, 1]]
    exact = faces([long, shapely.Polygon([(0, 10), (50, 10), (100, 10), (100, 20), (0, 20)])])
    assert len(mismatches(exact)) == 0


def test_ground_between_units_is_no_gap() -> None:
    """A road within a block of parcels is no gap; what it leaves open is."""
    parcels = drawn("aaabbb\naaabbb\n......\ncccddd\ncccddd").geometry.values
    ring = drawn("zzzzzzzz\nz......z\nz......z\nz......z\nz......z\nz......z\nzzzzzzzz").geometry.values
    shapes = [*shapely.transform(parcels, lambda corner: corner + 10.0), *ring]
    road = shapely.box(440_010.0, 2_420_030.0, 440_070.0, 2_420_040.0)
    assert gaps(faces(shapes)).area_mm2.tolist() == [600 * 10**6]
    assert len(gaps(faces(shapes, [road]))) == 0
    short = shapely.box(440_010.0, 2_420_030.0, 440_060.0, 2_420_040.0)
    assert gaps(faces(shapes, [short])).area_mm2.tolist() == [100 * 10**6]


def test_what_an_invalid_unit_leaves_open_is_no_gap() -> None:
    """Nobody can tell what a bow-tie covers: it is told as invalid, and not a second time as a gap."""
    block = drawn("aab\nacb\nabb").geometry.values
    west, south, east, north = block[2].bounds
    tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    assert len(gaps(faces([block[0], block[1], None]))) == 1
    assert len(gaps(faces([block[0], block[1], tie]))) == 0


@settings(max_examples=examples(15))
@given(st.integers(0, 10_000), st.integers(1, 7), st.integers(1, 7))
def test_a_valid_coverage_has_no_faults(seed: int, columns: int, rows: int) -> None:
    """Units that share their edges, some joined, some in two parts, some left out at the rim: GEOS calls them valid."""
    shapes = units(seed, columns, rows).geometry.values
    group = np.random.default_rng(seed).integers(0, columns * rows // 2 + 1, len(shapes))
    merged = np.array([shapely.coverage_union_all(shapes[group == one]) for one in np.unique(group)], dtype=object)
    assert shapely.coverage_is_valid(merged)
    whole = faces(merged)
    assert len(overlaps(whole)) == len(gaps(whole)) == len(mismatches(whole)) == 0


@settings(max_examples=examples(20))
@given(st.integers(0, 10_000))
def test_overlaps_and_gaps_are_those_of_plain_overlay(seed: int) -> None:
    """Areas of any kind over units: every pair, its area, and all that is enclosed, as intersections and unions say."""
    sheet = units(seed, 4, 4)
    rng = np.random.default_rng(seed)
    keeps = rng.random(16) < 0.8
    shapes = np.array([*sheet.geometry.values[keeps], area_over(sheet, seed), area_over(sheet, seed + 1)], dtype=object)
    every, noise_m = faces(shapes), 1e-9
    found = overlaps(every, 0.0, noise_m)
    first, second = shapely.STRtree(shapes).query(shapes)
    once = first < second
    common = areas_mm2([polygonal(one) for one in shapely.intersection(shapes[first[once]], shapes[second[once]])])
    told = {tuple(found.units_of(row)): int(found.area_mm2[row]) for row in range(len(found))}
    for one, other, area in zip(first[once], second[once], common, strict=True):
        assert abs(told.pop((one, other), 0) - area) <= 100  # mm²: what overlay rounds
    assert not told
    covered = shapely.union_all(shapes)
    # Parts of a union that touch in corners enclose what is no hole of it.
    inside = shapely.get_parts(shapely.polygonize([shapely.node(shapely.boundary(covered))]))
    open_mm2 = areas_mm2([shapely.difference(shapely.union_all(inside), covered)])[0]
    assert abs(gaps(every, 0.0, noise_m).area_mm2.sum() - open_mm2) <= 100
