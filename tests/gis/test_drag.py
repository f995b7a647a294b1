"""A boundary that moves: the totals are those of a fresh start, to the bit."""

from typing import Any

import numpy as np
import pytest
import shapely
from geopandas import GeoSeries
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.boundary import Boundary
from gis.cover import Cover
from gis.drag import UNDO_DEPTH, BoundaryDrag
from gis.errors import CrsMixed, GeometryInvalid
from gis.fabric import Fabric
from gis.overlay import shares
from gis.states import CROSSED, INSIDE, OUTSIDE, states
from gis.synthetic import area_over, layer, polygonal, units
from gis.testing import drawn, examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(15), deadline=None)


def ground(seed: int) -> tuple[Any, Fabric, list[Cover]]:
    """Return units, with one that has no area, and two covers, one of which overlaps itself."""
    frame = units(seed, 7, 6)
    frame.loc[3, "geometry"] = None
    overlapping = layer([area_over(frame, seed + 1), area_over(frame, seed + 2)])
    blocks = drawn("aab\nccb", cell_m=80)
    return frame, Fabric.from_frame(frame), [Cover.from_frame(overlapping), Cover.from_frame(blocks)]


def edited(area: Any, rng: np.random.Generator) -> Any:
    """Return `area` after one act of the hand; it may be invalid."""
    parts = [part for part in shapely.get_parts(area) if not part.is_empty] or [
        shapely.box(440_010, 2_420_010, 440_050, 2_420_050)
    ]
    chosen = int(rng.integers(len(parts)))
    ring = shapely.get_coordinates(parts[chosen].exterior)[:-1]
    at = int(rng.integers(len(ring)))
    act = int(rng.integers(7))
    if act == 0:
        ring[at] += rng.normal(size=2) * rng.choice([0.001, 5, 40])
    elif act == 1:
        ring = np.insert(ring, at, ring[at] + rng.normal(size=2) * 8, axis=0)
    elif act == 2 and len(ring) > 4:
        ring = np.delete(ring, at, axis=0)
    elif act == 3:
        ring[at : at + 5] += rng.normal(size=2) * 10
    elif act == 4:
        ring = np.roll(ring, at, axis=0)[::-1]
    elif act == 5:
        x, y = ring[at] + rng.normal(size=2) * 60
        parts.append(shapely.box(x, y, x + 12, y + 9))
    elif len(parts) > 1:
        parts.pop(chosen)
        return shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]
    parts[chosen] = shapely.Polygon(ring, [hole.coords for hole in parts[chosen].interiors])
    return shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]


@small
@given(seeds)
def test_every_move_equals_a_fresh_start(seed: int) -> None:
    """Whatever the hand does, and in whatever order, the totals are those of the boundary alone."""
    rng = np.random.default_rng(seed)
    frame, fabric, covers = ground(seed)
    yards = layer([frame.geometry[0].centroid, frame.geometry[10], frame.geometry[20].buffer(5)])
    drag = BoundaryDrag(fabric, polygonal(area_over(frame, seed)), covers, yards)
    for _ in range(8):
        wanted = edited(drag.boundary, rng)
        if shapely.is_valid(wanted):
            assert drag.move(wanted) == drag.restarted(wanted).totals
        else:
            before = drag.totals
            with pytest.raises(GeometryInvalid):
                drag.move(wanted)
            assert drag.totals == before
    assert drag.totals == BoundaryDrag(fabric, drag.boundary, covers, yards).totals


@small
@given(seeds)
def test_undo_restores(seed: int) -> None:
    """Taking moves back gives the same boundaries and totals, one after the other."""
    rng = np.random.default_rng(seed)
    frame, fabric, covers = ground(seed)
    drag = BoundaryDrag(fabric, polygonal(area_over(frame, seed)), covers)
    seen = [(drag.boundary, drag.totals)]
    for _ in range(8):
        wanted = edited(drag.boundary, rng)
        if shapely.is_valid(wanted):
            seen.append((wanted, drag.move(wanted)))
    for boundary, totals in seen[-2::-1]:
        assert drag.undo() == totals
        assert drag.boundary is boundary
    assert drag.undo() == seen[0][1]


@small
@given(seeds)
def test_totals_are_the_shares(seed: int) -> None:
    """Area, counts and classes are what the plain functions say."""
    frame, fabric, covers = ground(seed)
    area = area_over(frame, seed)
    totals = BoundaryDrag(fabric, area, covers).totals
    zone = Cover.from_frame(layer([area]))
    assert totals.area_m2 == pytest.approx(shares(fabric, zone)["area_m2"].sum(), abs=1e-6)
    counted = states(fabric, area, accuracy_m=0)["state"].value_counts()
    assert [totals.inside, totals.outside, totals.crossed] == [counted.get(s, 0) for s in (INSIDE, OUTSIDE, CROSSED)]
    for cover, rows in zip(covers, totals.covers, strict=True):
        inside = layer([polygonal(shapely.intersection(one, area)) for one in cover.geometries], cover.keys)
        wanted = shares(fabric, Cover.from_frame(inside)).groupby("cover")["area_m2"].sum()
        for key, mm2 in rows:
            assert mm2 / 1e6 == pytest.approx(wanted.get(key, 0.0), abs=len(fabric) * 2e-6)


@small
@given(seeds)
def test_what_is_surely_valid_is_valid(seed: int) -> None:
    """A move is refused if and only if shapely calls the whole boundary invalid."""
    rng = np.random.default_rng(seed)
    frame = units(seed, 4, 4)
    boundary = Boundary.checked(area_over(frame, seed))
    for _ in range(15):
        wanted = edited(boundary.area, rng)
        try:
            boundary, _change = boundary.moved(wanted)
        except GeometryInvalid:
            assert not shapely.is_valid(wanted)
        else:
            assert shapely.is_valid(wanted)


def test_a_spike_and_a_corner_on_a_line_are_refused() -> None:
    """An edge that comes back over its neighbour, and a corner that touches another edge, leave no area to rely on."""
    frame = drawn("aaa")
    west, south, east, north = frame.total_bounds
    ring = [(west, south), (east, south), (east, north), (east - 5, north), (west, north)]
    drag = BoundaryDrag(Fabric.from_frame(frame), shapely.Polygon(ring))
    for corner in ((west - 5, north), (east - 5, south), (east - 5, south - 5), (east, south)):
        with pytest.raises(GeometryInvalid):
            drag.move(
                shapely.Polygon([*ring[:3], corner, *ring[4:]])
                if corner[0] > west
                else shapely.Polygon([*ring, corner, ring[4]])
            )


def test_boundary_may_be_a_layer_of_one_row() -> None:
    """A layer in the system of the fabric stands for its geometry; another system is refused."""
    frame = drawn("ab")
    fabric = Fabric.from_frame(frame)
    first, whole = frame.geometry[:1], GeoSeries([frame.union_all()], crs=frame.crs)
    drag = BoundaryDrag(fabric, first, yards=layer([frame.geometry[1].centroid]))
    assert (drag.totals.area_m2, drag.totals.yards) == (100.0, (OUTSIDE,))
    assert drag.move(whole) == BoundaryDrag(fabric, frame.union_all(), yards=layer([frame.geometry[1].centroid])).totals
    assert (drag.totals.inside, drag.totals.yards) == (2, (INSIDE,))
    with pytest.raises(CrsMixed):
        drag.move(whole.to_crs("EPSG:32648"))


def test_undo_has_an_end() -> None:
    """More moves than can be undone are forgotten from the first on."""
    frame = drawn("aaaa")
    boundaries = [frame.union_all().buffer(1 + step, join_style="mitre") for step in range(UNDO_DEPTH + 5)]
    drag = BoundaryDrag(Fabric.from_frame(frame), boundaries[0])
    for boundary in boundaries[1:]:
        drag.move(boundary)
    for _ in range(UNDO_DEPTH + 5):
        drag.undo()
    assert drag.boundary is boundaries[4]
