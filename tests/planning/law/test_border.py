"""How far shapes are from the border, drawn as lines, markers or areas: as far as from all of it."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from pandas import DataFrame
from shapely import GeometryCollection, LinearRing, LineString, MultiLineString, MultiPoint, Point, Polygon, box

from planning.law.border import Border, border_communes, border_of

SQUARE = box(0, 0, 1000, 1000)
HALF_A_MM = 0.000_500_001
HOLED = Polygon(SQUARE.exterior.coords, [box(900, 900, 950, 950).exterior.coords])


@pytest.mark.parametrize(
    ("drawn", "shape", "apart_m"),
    [
        # an area is at 0 for all that lies inside it, also far from its outline
        (SQUARE, box(400, 400, 410, 410), 0.0),
        (SQUARE, box(1003, 400, 1010, 410), 3.0),
        # markers alone
        (MultiPoint([(0, 0), (10, 0)]), box(13, -1, 14, 1), 3.0),
        (Point(0, 0), box(-1, -1, 1, 1), 0.0),
        # a line, and a marker 5 km off
        (GeometryCollection([LineString([(0, 0), (0, 100)]), Point(5000, 0)]), box(4990, -5, 5010, 5), 0.0),
        # a hole is not border; nothing leads from the end of the shell to its hole
        (HOLED, box(920, 930, 930, 940), 10.0),
        (HOLED, box(500, 490, 510, 500), 0.0),
        (GeometryCollection([HOLED, Point(925, 925)]), box(924, 926, 926, 930), 1.0),
        # parts of parts
        (MultiLineString([[(0, 0), (0, 10)], [(100, 0), (100, 10)]]), box(60, 0, 70, 10), 30.0),
        (shapely.MultiPolygon([SQUARE, box(2000, 0, 2100, 100)]), box(2050, 50, 2051, 51), 0.0),
        (GeometryCollection([MultiPoint([(0, 0), (9, 0)]), GeometryCollection([SQUARE])]), box(5, 5, 6, 6), 0.0),
    ],
)
def test_a_border_of_any_geometry(drawn: shapely.Geometry, shape: shapely.Geometry, apart_m: float) -> None:
    """Lines, markers, areas and any of them together: the nearest counts, for many shapes and for one."""
    border, shapes = Border(drawn, None), np.array([shape])
    assert border.distances_m(shapes).tolist() == [apart_m]
    assert border.least_distance_m(shapes) == apart_m


def test_a_shape_that_is_not_there_is_nowhere() -> None:
    """Missing and empty shapes have no distance, to a marker as to a line."""
    shapes = np.array([None, Polygon(), Point(3, 4)])
    for drawn in (Point(0, 0), LineString([(0, 0), (0, -9)]), box(-5, -5, 0, 0)):
        assert_array_equal(Border(drawn, None).distances_m(shapes), [np.nan, np.nan, 5.0])


def test_communes_at_a_marker_and_in_a_border_area_touch_the_border() -> None:
    """Rows of the infrastructure that speak of the border may be markers and areas: who is there is in the list."""
    kinds = ["đường biên giới", "mốc biên giới", "khu vực biên giới", "road"]
    shapes = [LineString([(0, 0), (0, 100)]), Point(5000, 0), box(9000, 0, 9900, 900), Point(20_000, 0)]
    rows = GeoDataFrame({"kind": kinds}, geometry=shapes, crs="EPSG:9215")
    context = SimpleNamespace(infrastructure=SimpleNamespace(before=rows), stated_accuracy_m=0.0)
    border = border_of(context, ("border", "biên giới"))  # type: ignore[arg-type]
    assert border is not None
    boxes = [box(0, 0, 9, 9), box(4990, -5, 5010, 5), box(9400, 400, 9500, 500), box(19_990, 0, 20_010, 9)]
    units = GeoDataFrame({"name": ["line", "marker", "area", "road"]}, geometry=boxes, crs="EPSG:9215")
    found = border_communes(border, units, DataFrame({"state_proposed": ["inside"] * 4}))
    assert (found.surely, found.perhaps) == (("line", "marker", "area"), ())


SPOT = st.tuples(st.integers(-50, 50), st.integers(-50, 50)).map(lambda at: (float(at[0]), float(at[1])))
AREA = st.tuples(SPOT, st.integers(1, 40), st.integers(1, 40), st.booleans()).map(
    lambda one: _area(one[0], float(one[1]), float(one[2]), holed=one[3])
)
PIECE = st.one_of(SPOT.map(Point), st.lists(SPOT, min_size=2, max_size=6, unique=True).map(LineString), AREA)


def _area(corner: tuple[float, float], wide: float, high: float, *, holed: bool) -> Polygon:
    outer = box(*corner, corner[0] + wide, corner[1] + high)
    return outer.difference(shapely.affinity.scale(outer, 0.6, 0.6)) if holed else outer


@given(st.lists(PIECE, min_size=1, max_size=6), st.lists(PIECE, min_size=1, max_size=6))
@example([LinearRing([(0, 0), (9, 0), (9, 9)])], [Point(20, 9)])
def test_it_is_the_distance_to_all_of_it(drawn: list[shapely.Geometry], shapes: list[shapely.Geometry]) -> None:
    """Whatever the border is drawn as, shapes are as far as plain shapely says of the union, the nearest too."""
    border, asked = Border(shapely.union_all(drawn), None), np.array(shapes)
    wanted = shapely.distance(asked, border.line)
    assert_allclose(border.distances_m(asked), wanted, rtol=0, atol=HALF_A_MM)
    assert_allclose(border.least_distance_m(asked), wanted.min(), rtol=0, atol=HALF_A_MM)
