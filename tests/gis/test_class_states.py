"""States against every class of a cover: those of the definition, whatever else is asked at the same time."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.bound import SNAP_M
from gis.class_states import ClassStates, CoverLines
from gis.cover import Cover
from gis.fabric import Fabric
from gis.overlay import shares_mm2
from gis.states import CROSSED, INSIDE, OUTSIDE, STATES, UNDECIDABLE, states
from gis.synthetic import area_over, layer, units
from gis.testing import drawn, examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(25), deadline=None)
ACCURACIES = np.array([0.0, 0.5, 2.0, 10.0])
NEAR = 1e-3


def overlapping_units(seed: int) -> GeoDataFrame:
    """Return two coverages, one laid over the other a little off."""
    first = units(seed, 3, 3)
    shifted = shapely.transform(first.geometry.values, lambda points: points + np.array([4.0, -2.0]))
    return layer([*first.geometry.values, *shifted])


def covers_of(frame: GeoDataFrame, seed: int) -> Cover:
    """Return four areas of different kinds, which may overlap and share edges with units and with each other."""
    areas = [area_over(frame, seed + place) for place in range(len(ACCURACIES))]
    return Cover.of_valid(np.arange(len(areas)).astype(object), np.array(areas, dtype=object), frame.crs)


def told(found: ClassStates, count: int, cover: int) -> dict[str, Any]:
    """Return state and shares of every unit in one class; a pair that is not there is outside."""
    own = found.cover == cover
    state = np.full(count, OUTSIDE, dtype=object)
    state[found.unit[own]] = np.array(STATES, dtype=object)[found.state[own]]
    least, most = np.zeros(count), np.zeros(count)
    least[found.unit[own]], most[found.unit[own]] = found.least_mm2[own], found.most_mm2[own]
    return {"state": state, "least": least / 1e6, "most": most / 1e6}


def brute_areas(frame: GeoDataFrame, zone: Any, accuracy_m: float) -> tuple[Any, Any]:
    """Return least and largest common area of each unit by the definition of ARCHITECTURE."""
    polygons = frame.geometry.values
    edges = shapely.union_all(shapely.boundary(polygons))
    free = shapely.difference(shapely.boundary(zone), shapely.buffer(edges, SNAP_M))
    fuzzy = shapely.buffer(free, accuracy_m, quad_segs=16) if accuracy_m else shapely.Polygon()
    least = shapely.area(shapely.intersection(polygons, shapely.difference(zone, fuzzy)))
    return least, shapely.area(shapely.intersection(polygons, shapely.union(zone, fuzzy)))


@small
@given(seeds)
def test_no_state_contradicts_brute_force(seed: int) -> None:
    """Each class with its own accuracy: interval and state are those of the definition."""
    frame = units(seed, 5, 5)
    cover, area = covers_of(frame, seed), frame.area.to_numpy()
    found = CoverLines.over(Fabric.from_frame(frame), cover, ACCURACIES).states()
    for place, accuracy_m in enumerate(ACCURACIES):
        least, most = (one / area for one in brute_areas(frame, cover.geometries[place], float(accuracy_m)))
        ours = told(found, len(frame), place)
        assert np.abs(ours["least"] / area - least).max() < NEAR
        assert np.abs(ours["most"] / area - most).max() < NEAR
        state = ours["state"]
        assert (least[state == INSIDE] > 1 - NEAR).all()
        assert (most[state == OUTSIDE] < NEAR).all()
        assert (least[state == CROSSED] > 0).all()
        assert (most[state == CROSSED] < 1).all()
        decided = (least > 1 - 1e-12) | (most < 1e-12) | ((least > NEAR) & (most < 1 - NEAR))
        assert (state != UNDECIDABLE)[decided].all()


@small
@given(seeds, st.booleans())
def test_every_class_gets_what_it_gets_alone(seed: int, overlapping: bool) -> None:
    """The states are those of `gis.states`, and areas those of `shares`, to the square millimetre."""
    frame = overlapping_units(seed) if overlapping else units(seed, 5, 5)
    fabric, cover = Fabric.from_frame(frame), covers_of(frame, seed)
    layers = np.arange(len(cover))
    found = CoverLines.over(fabric, cover, ACCURACIES, layers).states()
    for place, accuracy_m in enumerate(ACCURACIES):
        alone, ours = states(fabric, cover.geometries[place], float(accuracy_m)), told(found, len(frame), place)
        assert (ours["state"] == alone["state"]).all()
        assert np.abs(ours["least"] / frame.area - alone["share_min"]).max() < NEAR
        assert np.abs(ours["most"] / frame.area - alone["share_max"]).max() < NEAR
        own = Cover.of_valid(cover.keys[place : place + 1], cover.geometries[place : place + 1], cover.crs)
        area = shares_mm2(fabric, own)
        some = (found.cover == place) & (found.area_mm2 > 0)
        assert found.unit[some].tolist() == area.unit.tolist()
        assert found.area_mm2[some].tolist() == area.area_mm2.tolist()


@small
@given(seeds)
def test_one_unit_gets_what_it_gets_among_all(seed: int) -> None:
    """Bit for bit: the answer is a function of the unit and of what lies near it."""
    frame = overlapping_units(seed) if seed % 2 else units(seed, 5, 5)
    fabric = Fabric.from_frame(frame)
    lines = CoverLines.over(fabric, covers_of(frame, seed), ACCURACIES)
    every = lines.states()
    for unit in range(0, len(frame), 6):
        one, among = lines.states(np.array([unit])), every.unit == unit
        for name in ("cover", "area_mm2", "least_mm2", "most_mm2", "state"):
            assert getattr(one, name).tolist() == getattr(every, name)[among].tolist()


def test_neighbours_that_share_an_edge_are_both_bound() -> None:
    """Two classes meet along edges of units: nothing is open at any accuracy, for either of them."""
    frame = drawn("aab\naab\nccc", cell_m=10)
    cover = Cover.from_frame(frame)
    found = CoverLines.over(Fabric.from_frame(frame), cover, np.full(3, 50.0)).states()
    assert [(one, other) for one, other in zip(found.unit, found.cover, strict=True)] == [(0, 0), (1, 1), (2, 2)]
    assert {STATES[code] for code in found.state} == {INSIDE}


def test_units_without_area_and_covers_without_classes_have_no_pairs() -> None:
    """Null and empty geometry, and nothing to ask."""
    fabric = Fabric.from_frame(layer([None, shapely.Polygon()]))
    cover = Cover.from_frame(drawn("a"))
    assert len(CoverLines.over(fabric, cover, np.array([5.0])).states().unit) == 0
    nothing = Cover.of_valid(np.zeros(0, dtype=object), np.zeros(0, dtype=object), cover.crs)
    assert len(CoverLines.over(Fabric.from_frame(drawn("a")), nothing, np.zeros(0)).states().unit) == 0
