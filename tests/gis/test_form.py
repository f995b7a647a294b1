"""Holes of a zone, and which of them are only slivers."""

from shapely import MultiPolygon, Polygon, box

from gis.form import Holes, holes


def test_slivers_are_told_from_real_holes() -> None:
    """A hole of 1 × 100 m is a sliver at 20 m, one of 50 × 50 m is not."""
    shell = box(0, 0, 1000, 1000).exterior.coords
    thin, wide = box(100, 100, 101, 200).exterior.coords, box(300, 300, 350, 350).exterior.coords
    found = holes(MultiPolygon([Polygon(shell, [thin, wide])]), sliver_width_m=20)
    assert found == Holes(count=2, area_mm2=2_600_000_000, sliver_count=1, sliver_area_mm2=100_000_000)


def test_a_plain_area_has_no_holes() -> None:
    """No holes is four zeros."""
    assert holes(box(0, 0, 1, 1), 1.0) == Holes(0, 0, 0, 0)
