"""What zones cover of cells: their common area, wherever edges lie and however the raster is divided."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from gis.cell_parts import Borders, Parts, Window, parts
from gis.testing import examples


def _zones(generator: np.random.Generator, step: float):
    """Return valid zones with holes and parts; on a coarse grid many edges are level, upright or along the cells."""
    corners = generator.uniform(-4, 16, (3, 5, 3, 2)).astype(np.float64)
    boxes = shapely.box(*np.sort(generator.uniform(-4, 16, (3, 2, 2)), axis=1).reshape(3, 4).T)
    if step:
        corners, boxes = np.rint(corners / step) * step, shapely.set_precision(boxes, step)
    triangles = shapely.make_valid(shapely.polygons(corners))
    land = shapely.difference(shapely.union_all(triangles[:, :3], axis=1), shapely.union_all(triangles[:, 3:], axis=1))
    found = shapely.union(land, boxes)
    return np.array([shapely.multipolygons([p for p in shapely.get_parts(one) if p.area]) for one in found])


def _dense(found: Parts, zones: int, window: Window):
    """Return the part of every cell of the window that each zone covers."""
    dense = np.zeros((zones, window.height * window.width))
    np.add.at(dense, (found.zone, found.cell), found.part)
    for zone, start, stop in zip(found.run_zone, found.runs.start, found.runs.stop, strict=True):
        assert start // window.width == (stop - 1) // window.width
        dense[zone, start:stop] += 1
    return dense.reshape(zones, window.height, window.width)


@settings(max_examples=examples(60), deadline=None)
@given(some.integers(0, 10**6), some.sampled_from([1.0, 0.5, 0.125, 0.0]))
def test_parts_are_the_common_area(seed: int, step: float) -> None:
    """Holes, parts, edges along the cells and zones that go on beyond the window: as GEOS cuts cell by cell."""
    generator = np.random.default_rng(seed)
    zones = _zones(generator, step)
    window = Window(*generator.integers(0, 5, 2).tolist(), *generator.integers(1, 12, 2).tolist())
    row, column = np.mgrid[0 : window.height, 0 : window.width] + np.array([window.row, window.column])[:, None, None]
    cells = shapely.box(column, row, column + 1, row + 1)
    found = parts(Borders.of(zones), np.arange(len(zones)), window)
    expected = shapely.area(shapely.intersection(zones[:, None, None], cells))
    np.testing.assert_allclose(_dense(found, len(zones), window), expected, atol=1e-9)
    assert (np.diff(found.runs.start) >= 0).all()


@pytest.mark.parametrize("shift", [-1e-12, 0.0, 1e-12])
def test_the_rounding_of_coordinates_covers_no_cell(shift: float) -> None:
    """An edge on the line between two cells, but for the last bits, is no part of the cell beyond it."""
    box = np.array([shapely.box(1 + shift, 1 - shift, 3 + shift, 2 + shift)])
    found = parts(Borders.of(box), np.array([0]), Window(0, 0, 4, 4))
    assert np.flatnonzero(_dense(found, 1, Window(0, 0, 4, 4))).tolist() == [5, 6]


def test_a_zone_that_misses_the_window_covers_nothing() -> None:
    """Parts on both sides of a window, none in it; and no zone at all."""
    apart = np.array([shapely.multipolygons([shapely.box(1, 0, 2, 1), shapely.box(1, 8, 2, 9)])])
    for zones in (np.array([0]), np.zeros(0, dtype=np.int64)):
        found = parts(Borders.of(apart), zones, Window(0, 3, 4, 4))
        assert (len(found.runs), len(found.cell)) == (0, 0)
