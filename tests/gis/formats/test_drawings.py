"""Parcels of a drawing: lines polygonised, labels joined one to one, everything else told with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, Point, box

from gis.errors import PatternWrong
from gis.formats.read import read_as_it_is
from gis.linework import Levels, areas_of_lines, areas_of_shapes, is_linework, levels_of
from gis.pattern import Pattern

LEVELS = Levels(boundary=("10",), label=("11",))


@pytest.mark.parametrize("suffix", [".dxf", ".dgn"])
def test_lines_and_labels_become_parcels(written: Callable[[str], Path], suffix: str) -> None:
    """Level 10 is polygonised, level 11 names the areas: the same four parcels."""
    frame = read_as_it_is(written(suffix))
    assert is_linework(frame, LEVELS)
    found = areas_of_lines(frame, LEVELS)
    assert found.leftovers == ()
    assert dict(zip(found.frame["label"], found.frame.area, strict=True)) == {
        "a": 400.0,
        "b": 200.0,
        "c": 200.0,
        "d": 100.0,
    }


def elements(*rows: tuple[int, str | None, object]) -> GeoDataFrame:
    """Return a drawing of level, text and shape."""
    return GeoDataFrame(
        {"Level": [row[0] for row in rows], "Text": [row[1] for row in rows]}, geometry=[row[2] for row in rows]
    )


def test_what_does_not_pair_is_left_over() -> None:
    """An area without a label, one with two, a label outside, a line that ends in the open: counted, with places."""
    squares = [box(0, 0, 10, 10), box(20, 0, 30, 10), box(40, 0, 50, 10)]
    found = areas_of_lines(
        elements(
            *((10, None, square.exterior) for square in squares),
            (11, "1", Point(5, 5)),
            (11, "2", Point(24, 5)),
            (11, "3", Point(26, 5)),
            (11, "4", Point(100, 100)),
            (10, None, LineString([(60, 0), (70, 5)])),
            (13, "ghi chú", Point(5, 5)),
        ),
        LEVELS,
    )
    assert found.frame["label"].tolist() == ["1"]
    assert {one.kind: one.count for one in found.leftovers} == {
        "area-without-label": 1,
        "area-with-several-labels": 1,
        "label-outside": 1,
        "line-that-bounds-nothing": 1,
    }
    assert found.leftovers[0].places == ((45.0, 5.0),)


def test_parcels_along_a_road_are_bounded_by_it_and_texts_tell_their_fields() -> None:
    """Boundaries may stand on several levels; a text in an area fills a field, two of one level fill none."""
    south, north = box(0, 0, 20, 10), box(0, 10, 20, 20)
    drawing = elements(
        (10, None, LineString([(0, 10), (0, 0), (20, 0), (20, 10)])),
        (23, None, LineString([(0, 10), (20, 10)])),
        (10, None, LineString([(20, 10), (20, 20), (0, 20), (0, 10)])),
        (11, "1", south.centroid),
        (11, "2", north.centroid),
        (2, "ONT", Point(3, 3)),
        (4, "200,0", Point(6, 6)),
        (2, "LUC", Point(3, 13)),
        (2, "CLN", Point(6, 16)),
    )
    levels = Levels(("10", "23"), ("11",), {"land_use": ("2",), "measured_area_m2": ("4",)})
    found = areas_of_lines(drawing, levels)
    assert found.leftovers == ()
    rows = found.frame.sort_values("label")
    assert rows["land_use"].fillna("–").tolist() == ["ONT", "–"]
    assert rows["measured_area_m2"].fillna("–").tolist() == ["200,0", "–"]
    assert areas_of_lines(drawing, LEVELS).leftovers


def test_closed_shapes_take_the_text_that_stands_in_them() -> None:
    """Whatever level they are on; an open line and a text outside are left over, a named level narrows the texts."""
    drawing = GeoDataFrame(
        {"Layer": ["RANH", "RANH", "RANH", "SO", "SO", "TEN"], "Text": [None, None, None, "7", "8", "Bản đồ"]},
        geometry=[
            LineString(box(0, 0, 10, 10).exterior),
            box(20, 0, 30, 10),
            LineString([(0, 50), (9, 50)]),
            Point(5, 5),
            Point(25, 5),
            Point(50, 50),
        ],
    )
    found = areas_of_shapes(drawing, Levels())
    assert found.frame["label"].tolist() == ["7", "8"]
    assert {one.kind for one in found.leftovers} == {"label-outside", "line-that-bounds-nothing"}
    assert {one.kind for one in areas_of_shapes(drawing, Levels(label=("SO",))).leftovers} == {
        "line-that-bounds-nothing"
    }


def test_layer_names_of_dxf_tell_the_level() -> None:
    """10, Level 10 and LV_10 are level 10; a name without a number is none."""
    frame = GeoDataFrame({"Layer": ["10", "Level 10", "LV_10", "RANH", None]}, geometry=[Point(0, 0)] * 5)
    assert levels_of(frame).tolist() == [10, 10, 10, -1, -1]


@pytest.mark.parametrize("pattern", ["no field", "{a}{", "{a}-{a}", "{A}"])
def test_a_pattern_without_fields_is_told(pattern: str) -> None:
    """Each field once, between braces."""
    with pytest.raises(PatternWrong):
        Pattern(pattern).fields_of("x")
