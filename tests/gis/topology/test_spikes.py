"""Spikes: needles that stick out or cut in are found at their tip; corners of land are not."""

import numpy as np
import shapely

from gis.synthetic import units
from gis.topology.spikes import cut_off, spikes

SQUARE = [(0, 0), (20, 0), (20, 20), (0, 20)]
OUT = [(0, 0), (10, 0), (10, -2), (10.02, 0), (20, 0), (20, 20), (0, 20)]
INTO = [(0, 0), (10, 0), (10, 3), (10.02, 0), (20, 0), (20, 20), (0, 20)]
# The line overshoots the corner by a metre and comes back to it.
OVERSHOT = [(0, 0), (21, 0), (20, 0.01), (20, 20), (0, 20)]
WEDGE = [(0, 0), (100, 0), (200, 4), (300, 9)]


def test_needles_are_found_at_their_tip() -> None:
    """Outwards, inwards and beyond a corner; width and area are those of the needle."""
    found = spikes([shapely.Polygon(one) for one in (SQUARE, OUT, INTO, OVERSHOT)], 0.05)
    assert found.unit.tolist() == [1, 2, 3]
    places = list(zip(found.easting, found.northing, strict=True))
    assert places == [(10, -2), (10, 3), (21, 0)]
    assert np.allclose(found.width_m, [0.02, 0.02, 0.01], rtol=0.01)
    assert np.allclose(found.area_mm2, [20_000, 30_000, 5_000], rtol=0.01)


def test_needles_wider_than_the_accuracy_are_land() -> None:
    """What the outline is accurate enough to mean is meant; each unit has its own accuracy."""
    shape = shapely.Polygon(OUT)
    beside = shapely.transform(shape, lambda corner: corner + 50.0)
    assert spikes([shape, beside], np.array([0.01, 0.05])).unit.tolist() == [1]


def test_the_end_of_a_wedge_is_no_needle() -> None:
    """A wedge goes on as it began, however sharp."""
    assert not len(spikes([shapely.Polygon(WEDGE)], 3.0))


def test_a_needle_that_the_neighbour_follows_is_none() -> None:
    """Where both have the tip, the line was drawn so, and nothing overlaps or gapes."""
    square, out = shapely.Polygon(SQUARE), shapely.Polygon(OUT)
    below = shapely.Polygon([(0, 0), (10, 0), (10, -2), (10.02, 0), (20, 0), (20, -20), (0, -20)])
    assert len(spikes([out, square], 0.05)) == 1
    assert len(spikes([out, below], 0.05)) == 0
    assert len(spikes([out], 0.05, [below])) == 0


def test_needles_are_cut_off() -> None:
    """Without its needles a unit is as it was meant; nothing else changes, a second time nothing at all."""
    hole = [(5, 5), (5, 9), (9, 9), (9, 5)]
    other = shapely.box(100, 0, 110, 10)
    shapes = [shapely.Polygon(OUT, [hole]), shapely.MultiPolygon([shapely.Polygon(OVERSHOT), other]), other, None]
    once = cut_off(shapes, spikes(shapes, 0.05))
    assert once[0].equals(shapely.Polygon(SQUARE, [hole]))
    assert len(spikes(once, 0.05)) == 0
    assert once[2] is other
    assert once[3] is None


def test_corners_of_a_coverage_are_no_needles() -> None:
    """Neighbours of eight corners have none, at any accuracy."""
    assert len(spikes(units(3, 30, 30).geometry.values, 5.0)) == 0
