"""Sparse units are asked in slices: the same areas as in one piece, and to the bit after any moves of a line."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import gis.slices
from gis.cover import Cover
from gis.drag import BoundaryDrag
from gis.fabric import Fabric
from gis.outlines import Outlines
from gis.overlay import dense_mm2
from gis.slices import Slices, are_sparse
from gis.synthetic import area_over, layer, units
from gis.testing import examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(30), deadline=None)


def corridors(seed: int) -> Any:
    """Return units beside each other and over each other: thin rings with holes in parts, a compact one, one missing."""
    frame = units(seed, 8, 6)
    first, second = (shapely.boundary(area_over(frame, seed + place)) for place in range(2))
    thin = shapely.buffer(first, 1.3)
    parts = shapely.difference(shapely.buffer(second, 0.4), shapely.buffer(first, 5.0))
    return layer([thin, parts, frame.geometry[0], None, shapely.box(*frame.total_bounds)])


def classes_over(frame: Any, seed: int) -> Any:
    """Return areas that lie over all of the units, over some and beside them."""
    field = units(seed + 3, 8, 6)
    everything = shapely.buffer(shapely.box(*frame.total_bounds), 20)
    return [area_over(field, seed + 4), everything, area_over(field, seed + 5), shapely.box(0, 0, 1, 1)]


def asked(frame: Any, classes: Any, *, sparse: float) -> Any:
    """Return the areas of units in classes, with units of that share of their box in slices of few edges."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gis.slices, "_SPARSE", sparse)
        patch.setattr(gis.slices, "_MANY_CORNERS", 8)
        patch.setattr(gis.slices, "_EDGES_PER_SLICE", 4)
        cover = Cover.from_frame(layer(classes))
        return dense_mm2(Fabric.from_frame(frame), cover, closing=False)


@small
@given(seeds)
def test_slices_have_the_areas_of_their_units(seed: int) -> None:
    """In slices, as one piece, and by plain shapely: the same whole mm², but for the rounding of shapely's corners."""
    frame = corridors(seed)
    classes = classes_over(frame, seed)
    in_slices, as_one = (asked(frame, classes, sparse=share) for share in (2.0, 0.0))
    assert np.array_equal(in_slices, as_one)
    plain = [np.nan_to_num(shapely.area(shapely.intersection(frame.geometry.values, one))) * 1e6 for one in classes]
    assert np.abs(in_slices - np.array(plain)).max() <= 2.0


@settings(max_examples=examples(10), deadline=None)
@given(seeds)
def test_slices_hold_what_lies_between_their_sides(seed: int) -> None:
    """The box of a slice is that of its part of the unit, and the slices of a unit follow each other."""
    parts = shapely.get_parts(corridors(seed).geometry.dropna().to_numpy())
    fabric = Fabric.from_frame(layer(parts))
    slices = Slices.of(Outlines.of(fabric.geometries), fabric.bounds)
    west, south, east, north = slices.bounds.T
    columns = shapely.box(west, south - 1, east, north + 1)
    held = shapely.bounds(shapely.intersection(parts[slices.unit], columns))
    assert np.abs(held - slices.bounds).max() < 1e-6
    follows = np.diff(slices.unit) == 0
    assert np.array_equal(east[:-1][follows], west[1:][follows])
    assert len(slices) > len(parts)


@small
@given(seeds)
def test_a_unit_whose_slices_are_all_inside_is_inside_as_a_whole(seed: int) -> None:
    """Its area is its own to the mm², not a sum that is rounded."""
    frame = corridors(seed)
    around = [shapely.buffer(shapely.box(*frame.total_bounds), 9)]
    assert np.array_equal(asked(frame, around, sparse=2.0)[0], Fabric.from_frame(frame).area_mm2)


@settings(max_examples=examples(8), deadline=None)
@given(seeds)
def test_a_line_that_moves_over_slices_is_as_a_fresh_start(seed: int) -> None:
    """What slices tell adds up, and is taken back, in whole numbers."""
    rng = np.random.default_rng(seed)
    frame = corridors(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gis.slices, "_SPARSE", 2.0)
        patch.setattr(gis.slices, "_MANY_CORNERS", 8)
        field = units(seed + 3, 8, 6)
        drag = BoundaryDrag(Fabric.from_frame(frame), area_over(field, seed + 4))
        first = drag.totals
        for _ in range(4):
            moved = shapely.transform(drag.boundary, lambda points: points + rng.normal(size=2) * 5)
            assert drag.move(moved) == drag.restarted(moved).totals
        for _ in range(4):
            drag.undo()
        assert drag.totals == first


def test_a_unit_is_sparse_by_itself() -> None:
    """A thin ring of many corners is cut; a full one, and one of few corners, is not."""
    disc = shapely.buffer(shapely.Point(440_000, 2_420_000), 100, quad_segs=64)
    ring = shapely.difference(disc, shapely.buffer(shapely.Point(440_000, 2_420_000), 99, quad_segs=64))
    needle = shapely.Polygon([(440_000, 2_420_000), (440_100, 2_420_100), (440_100, 2_420_101)])
    fabric = Fabric.from_frame(layer([disc, ring, needle]))
    assert are_sparse(Outlines.of(fabric.geometries), fabric.bounds, fabric.area_m2).tolist() == [False, True, False]
