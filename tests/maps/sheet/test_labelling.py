"""Labels never collide and never leave the map; what finds no room is told."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.testing import examples
from maps.sheet.labelling import Wanted, placed
from maps.sheet.typeface import text_width
from maps.sheet.vector import Label, Lettering

STYLE = Lettering(2.0)


def box_of(label: Label) -> object:
    """Return the room that a label takes, from its middle and size alone."""
    half = text_width(label.text, label.lettering.size_mm, bold=label.lettering.bold) / 2
    size = label.lettering.size_mm
    return shapely.box(label.x_mm - half, label.y_mm - 0.75 * size, label.x_mm + half, label.y_mm + 0.2 * size)


POINTS = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), min_size=1, max_size=25)


@given(POINTS)
@settings(max_examples=examples(40))
def test_no_two_labels_meet(places: list[tuple[float, float]]) -> None:
    """However crowded: every text stands free and inside the map, or is left out and named."""
    shapes = shapely.points(np.array(places))
    texts = [f"Bãi số {number}" for number in range(len(places))]
    told = placed([Wanted(texts, shapes, STYLE)], 60, 60)
    boxes = np.array([box_of(label) for label in told.labels], dtype=object)
    first, second = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    assert (first == second).all()
    assert shapely.covered_by(boxes, shapely.box(0, 0, 60, 60)).all()
    assert sorted([*(label.text for label in told.labels), *told.left_out]) == sorted(texts)


def test_codes_stand_inside_their_parcel_or_not_at_all() -> None:
    """A wide parcel carries its code, a narrow one none; a smaller type is tried first."""
    shapes = shapely.box([0, 20, 40], [0, 0, 0], [15, 24.2, 41], [10, 10, 10])
    told = placed([Wanted(["LUC", "ONT", "CLN"], shapes, STYLE, within=True)], 60, 60)
    assert [label.text for label in told.labels] == ["LUC", "ONT"]
    assert told.labels[1].lettering.size_mm < told.labels[0].lettering.size_mm
    assert told.left_out == ("CLN",)


def test_a_code_stands_once_on_parcels_too_small_for_it() -> None:
    """Ten narrow paddies side by side say LUC once; one alone of another use among them is told as left out."""
    west = np.arange(11.0)
    shapes = shapely.box(west, 0, west + 1, 10)
    texts = ["LUC"] * 5 + ["ONT"] + ["LUC"] * 5
    told = placed([Wanted(texts, shapes, STYLE, within=True, together=True)], 60, 60)
    assert [label.text for label in told.labels] == ["LUC", "LUC"]
    assert sorted(round(label.x_mm) for label in told.labels) == [2, 8]
    assert told.left_out == ("ONT",)
    numbers = placed([Wanted(["7"] * 11, shapes, Lettering(9.0), within=True)], 60, 60)
    assert len(numbers.left_out) == 11


def test_the_name_of_a_line_needs_a_line_to_stand_on() -> None:
    """A short stretch of road is not labelled."""
    lines = shapely.linestrings([[(5, 5), (55, 5)], [(5, 20), (8, 20)]])
    told = placed([Wanted(["Quốc lộ 1A", "Quốc lộ 4B"], lines, STYLE, along=1.6)], 60, 60)
    assert [label.text for label in told.labels] == ["Quốc lộ 1A"]


def test_the_label_of_a_point_leaves_its_disc_free() -> None:
    """A gate's name stands beside its sign, not on it."""
    told = placed([Wanted(["Hữu Nghị"], shapely.points([[30, 30]]), STYLE)], 60, 60)
    assert shapely.distance(box_of(told.labels[0]), shapely.Point(30, 30)) > 1
