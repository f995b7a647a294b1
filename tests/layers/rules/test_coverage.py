"""Rules of coverage: each fault told once, with both parties, its area and its place."""

from collections.abc import Callable

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from gis.synthetic import units
from gis.testing import drawn, examples
from layers.report import Report
from layers.testing import of, parcels

Ask = Callable[..., Report]


def with_shapes(frame: GeoDataFrame, *shapes: shapely.Geometry) -> GeoDataFrame:
    """Return the frame with other shapes, one each."""
    return frame.assign(geometry=list(shapes))


def at(west: float, south: float, east: float, north: float) -> shapely.Geometry:
    """Return a box beside the corner of the drawn layers."""
    return shapely.box(440_000 + west, 2_420_000 + south, 440_000 + east, 2_420_000 + north)


def test_overlaps_by_their_width(ask: Ask) -> None:
    """Wider than 7 cm at 1:500 they are errors, narrower ones slivers; at 1:10000 the same strip is a sliver."""
    for width, scale, rule in (
        (1.0, "1:500", "overlap"),
        (0.05, "1:500", "sliver_overlap"),
        (1.0, "1:10.000", "sliver_overlap"),
    ):
        frame = with_shapes(parcels("ab", source_scale=scale), at(0, 0, 50, 50), at(50 - width, 0, 99, 50))
        report = ask("parcels", frame)
        assert of(report, f"coverage.{rule}", "feature", "others", "area_mm2") == [
            ("a/1/a", "a/1/b", round(width * 50e6))
        ]
        assert [one for one in report.counts if one.startswith("coverage.")] == [f"coverage.{rule}"]


def test_contained_and_duplicate(ask: Ask) -> None:
    """A parcel within another and one drawn twice are told for what they are."""
    frame = with_shapes(parcels("abcd"), at(0, 0, 50, 50), at(10, 10, 20, 20), at(60, 0, 90, 30), at(60, 0, 90, 30))
    report = ask("parcels", frame)
    assert of(report, "coverage.contained", "feature", "others") == [("a/1/a", "a/1/b")]
    assert of(report, "coverage.duplicate", "feature", "others") == [("a/1/c", "a/1/d")]


def test_gaps_between_parcels_and_roads(ask: Ask) -> None:
    """Where the ground of roads is known every opening is a gap; where it is not, wide ones may be roads."""
    ring = parcels("aaab\na..b\naccb")
    road = drawn("....\n.r..\n....", cell_m=100.0).assign(code="QL", kind="national_road_area")
    report = ask("parcels", ring, infrastructure=road)
    assert of(report, "coverage.gap", "feature", "others", "area_mm2") == [("a/1/a", "a/1/b; a/1/c", 10**10)]
    report = ask("parcels", ring)
    assert of(report, "coverage.open_ground", "area_mm2") == [2 * 10**10]


def test_holes_of_parcels_and_of_communes(ask: Ask) -> None:
    """A well in a parcel is no gap; land within a commune belongs to some commune."""
    assert "coverage.gap" not in ask("parcels", parcels("aaa\na.a\naaa")).counts
    commune = drawn("aaa\na.a\naaa", key="code").assign(name="A", valid_from="2025-07-01")
    assert of(ask("admin_units", commune), "coverage.gap", "feature") == ["a@2025-07-01"]


def test_vintages_and_levels_are_coverages_of_their_own(ask: Ask) -> None:
    """Communes lie over those of another day and over their districts, and nothing is wrong."""
    old = drawn("ab\nab", key="code").assign(name=["A", "B"], parent="Huyện D", valid_from="2009-04-01")
    new = drawn("cc\ncc", key="code").assign(name="C", valid_from="2025-07-01")
    district = drawn("dd\ndd", key="code").assign(name="Huyện D", valid_from="2009-04-01")
    report = ask("admin_units", GeoDataFrame(pd.concat([old, new, district], ignore_index=True), crs=old.crs))
    assert not any(rule.startswith("coverage.") for rule in report.counts)


def test_corners_that_are_not_shared(ask: Ask) -> None:
    """Less than a millimetre is no gap but worth a note."""
    below = at(0, 0, 100, 10)
    above = translate(shapely.Polygon([(0, 10), (33.333, 10.0004), (100, 10), (100, 20), (0, 20)]), 440_000, 2_420_000)
    report = ask("parcels", with_shapes(parcels("ab"), below, above))
    assert of(report, "coverage.mismatch", "severity", "feature", "others") == [("note", "a/1/a", "a/1/b")]


def test_constraints_may_overlap_but_are_not_drawn_twice(ask: Ask) -> None:
    """Two kinds may cover the same ground, one kind hardly twice."""
    shapes = drawn("kk\nkk", key="code")
    twice = GeoDataFrame(pd.concat([shapes, shapes, shapes], ignore_index=True), crs=shapes.crs)
    report = ask("constraints", twice.assign(code=["k", "l", "m"], kind=["rừng", "rừng", "di tích"]))
    assert of(report, "coverage.repeated", "feature", "others") == [("k", "l")]
    assert list(report.counts) == ["coverage.repeated"]


@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_a_valid_coverage_yields_no_finding(ask: Ask, seed: int) -> None:
    """Neighbours that share their edges have neither a fault of geometry nor one of fit."""
    shapes = units(seed, 5, 4)
    frame = parcels("a").iloc[[0] * 20].reset_index(drop=True)
    frame = frame.assign(parcel_no=[str(number) for number in range(20)], geometry=shapes.geometry.values)
    families = {rule.partition(".")[0] for rule in ask("parcels", frame).counts}
    assert not families & {"geometry", "coverage", "keys"}
