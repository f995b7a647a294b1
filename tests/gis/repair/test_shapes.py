"""Shapes one by one: how invalid ones are read, and which needles go."""

import csv
import sys
from pathlib import Path

import numpy as np
import shapely
from shapely import Polygon, box

from gis.repair.listing import NO_AREA, NO_PLACE, NO_SHAPE
from gis.repair.shapes import made_valid, without_needles


def test_both_readings_of_a_nested_hole_are_told() -> None:
    """A hole within a hole is ground by the even-odd reading, and none by the structure."""
    nested = Polygon(box(0, 0, 10, 10).exterior, [box(1, 1, 6, 6).exterior, box(2, 2, 4, 4).exterior])
    mended = made_valid(np.array([nested]))
    assert shapely.is_valid(mended.shape).all()
    assert (mended.changes.before_mm2, mended.changes.after_mm2, mended.changes.even_odd_mm2) == (
        71_000_000,
        75_000_000,
        79_000_000,
    )


def test_a_bow_tie_has_the_area_of_both_wings() -> None:
    """Its drawn area is nothing, because one wing runs the other way round."""
    mended = made_valid(np.array([Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]), box(0, 0, 1, 1)]))
    assert mended.unit.tolist() == [0]
    assert (mended.changes.before_mm2[0], mended.changes.after_mm2[0]) == (0, 50_000_000)
    assert (mended.changes.easting[0], mended.changes.northing[0]) == (5, 5)


def test_what_cannot_be_read_is_an_exception() -> None:
    """No shape, an empty one, a line there and back, a coordinate that is no number."""
    with np.errstate(invalid="ignore"):
        nowhere = shapely.from_wkt("POLYGON ((0 0, NaN 1, 1 1, 0 0))")
    shapes = np.array([None, Polygon(), Polygon([(0, 0), (1, 1), (2, 2)]), nowhere], dtype=object)
    mended = made_valid(shapes)
    assert not len(mended.unit)
    reason = dict(zip(mended.exceptions.unit.tolist(), mended.exceptions.reason, strict=True))
    assert reason == {0: NO_SHAPE, 1: NO_SHAPE, 2: NO_AREA, 3: NO_PLACE}


def test_a_needle_goes_with_its_feet() -> None:
    """The corners at its foot go too, where nothing turns and nobody else has them."""
    needle = [(5, 10), (5.0, 12), (4.98, 10)]
    unit = Polygon([(0, 0), (10, 0), (10, 10), *needle, (0, 10)])
    beside = Polygon([(0, 10), (5, 10), (5, 20), (0, 20)])
    alone = without_needles(np.array([unit]), np.array([0.1]))
    assert alone.shape[0].equals_exact(box(0, 0, 10, 10).normalize(), normalize=True)
    assert alone.changes.difference_mm2.tolist() == [-20_000]
    shared = without_needles(np.array([unit, beside]), np.array([0.1, 0.1]))
    assert [5.0, 10.0] in shapely.get_coordinates(shared.shape[0]).tolist()


def test_a_needle_wider_than_the_tolerance_stays() -> None:
    """It may be a path."""
    unit = Polygon([(0, 0), (10, 0), (10, 10), (5, 10), (5, 30), (4, 10), (0, 10)])
    assert not len(without_needles(np.array([unit]), np.array([0.1])).unit)


def test_every_real_invalid_shape_is_mended_or_told(testdata: Path) -> None:
    """741 polygons that broke GIS software: the 124 invalid ones, and no other."""
    csv.field_size_limit(sys.maxsize)
    with (testdata / "broken_jts" / "jts_polygon_cases_wkt.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with np.errstate(invalid="ignore"):
        shapes = shapely.from_wkt([row["wkt"] for row in rows])
    mended = made_valid(shapes)
    stated = [place for place, row in enumerate(rows) if row["valid"].lower() != "true"]
    assert sorted([*mended.unit, *mended.exceptions.unit]) == stated
    assert shapely.is_valid(mended.shape).all()
    assert (mended.changes.after_mm2 > 0).all()
    assert set(mended.exceptions.reason) <= {NO_AREA, NO_PLACE}
    assert len(mended.exceptions) == 9
