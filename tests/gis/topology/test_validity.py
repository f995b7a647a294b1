"""Each class of invalidity is told apart, with its place."""

import numpy as np
import pytest
import shapely

from gis.topology.validity import invalid

FRAME = "(0 0, 20 0, 20 20, 0 20, 0 0)"
CASES = {
    "self_intersection": "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))",
    "ring_self_intersection": "POLYGON ((0 0, 10 0, 5 5, 10 10, 0 10, 5 5, 0 0))",
    "hole_outside_shell": f"POLYGON ({FRAME}, (30 30, 40 30, 40 40, 30 30))",
    "nested_holes": f"POLYGON ({FRAME}, (2 2, 2 18, 18 18, 18 2, 2 2), (5 5, 5 8, 8 8, 8 5, 5 5))",
    "nested_shells": f"MULTIPOLYGON (({FRAME}), ((5 5, 5 8, 8 8, 8 5, 5 5)))",
    "disconnected_interior": f"POLYGON ({FRAME}, (0 0, 10 12, 20 20, 12 10, 0 0))",
    "too_few_points": "POLYGON ((0 0, 10 10, 0 0, 0 0))",
}


@pytest.mark.parametrize("kind", CASES)
def test_classes_are_told_apart(kind: str) -> None:
    """The class of OGC Simple Features, and a place on the shape."""
    shape = shapely.from_wkt(CASES[kind])
    found = invalid([shapely.box(0, 0, 1, 1), shape])
    assert found.kind.tolist() == [kind]
    assert found.unit.tolist() == [1]
    assert shapely.Point(found.easting[0], found.northing[0]).distance(shape) < 1e-9


def test_places_are_those_of_the_fault() -> None:
    """A bow-tie crosses itself in its middle."""
    found = invalid([shapely.from_wkt(CASES["self_intersection"])])
    assert (found.easting[0], found.northing[0]) == (5.0, 5.0)


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_coordinates_that_are_no_numbers(number: float) -> None:
    """The place is the nearest that can be told."""
    with np.errstate(invalid="ignore"):
        shape = shapely.Polygon([(3, 4), (9, 4), (9, number)])
    found = invalid([shape])
    assert found.kind.tolist() == ["invalid_coordinate"]
    assert (found.easting[0], found.northing[0]) == (3.0, 4.0)


def test_a_shape_without_one_finite_corner_has_no_place() -> None:
    """Nobody can go there."""
    assert np.isnan(invalid([shapely.Polygon([(np.inf, np.inf)] * 4)]).easting).all()


def test_missing_and_empty_shapes_are_listed() -> None:
    """A row without a shape is a defect without a place."""
    found = invalid([None, shapely.Polygon(), shapely.box(0, 0, 1, 1)])
    assert found.kind.tolist() == ["missing", "empty"]
    assert found.unit.tolist() == [0, 1]
    assert np.isnan(found.easting).all()
    assert found.shape.tolist() == [None, None]


def test_valid_shapes_of_every_kind_pass() -> None:
    """Points, lines and areas."""
    assert not len(invalid([shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1)]))
    assert not len(invalid([]))
