"""Necks, outline and compactness of an area."""

import math

import pytest
import shapely
from shapely import Point, box

from gis.form import compactness, necks, outline_m
from gis.testing import drawn


def test_a_neck_joins_two_parts() -> None:
    """Two fields and a strip of 100 m between them: one neck, in the strip; none where the limit is narrower."""
    area = shapely.union_all(drawn("zzz..zzz\nzzzzzzzz\nzzz..zzz", cell_m=100.0).geometry.values)
    found = necks(area, 150.0)
    assert len(found) == 1
    assert shapely.contains_xy(area, found[0].easting, found[0].northing)
    assert found[0].area_mm2 == pytest.approx(2e10, rel=0.35)
    assert necks(area, 80.0) == ()


def test_a_spit_is_no_neck() -> None:
    """A strip that leads nowhere joins nothing, a round area has none, a hole makes none by itself."""
    spit = shapely.union_all(drawn("zzz..\nzzzzz\nzzz..", cell_m=100.0).geometry.values)
    assert necks(spit, 150.0) == ()
    assert necks(Point(0, 0).buffer(1_000), 150.0) == ()
    assert necks(box(0, 0, 2_000, 2_000) - box(900, 900, 1_100, 1_100), 150.0) == ()
    assert necks(box(0, 0, 50, 50), 150.0) == ()


def test_a_ring_that_is_thin_in_two_places() -> None:
    """Both thin places are told, from west to east."""
    ring = box(0, 0, 3_000, 3_000) - box(500, 500, 2_500, 2_500)
    for west in (0.0, 2_500.0):
        ring = ring - box(west + (0 if west else 50), 1_400, west + (450 if not west else 500) + 50, 1_600)
    found = necks(ring, 200.0)
    assert len(found) <= 2
    assert list(found) == sorted(found, key=lambda neck: neck.easting)


def test_compactness() -> None:
    """A circle is nearly one, a square π/4, nothing has none; holes are no outline."""
    assert compactness(Point(0, 0).buffer(1_000, quad_segs=64)) == pytest.approx(1, abs=1e-3)
    assert compactness(box(0, 0, 10, 10)) == pytest.approx(math.pi / 4)
    assert compactness(shapely.MultiPolygon()) is None
    assert outline_m(box(0, 0, 10, 10) - box(4, 4, 6, 6)) == 40.0
