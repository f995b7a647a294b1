"""Parcels of a drawing: lines polygonised, labels joined one to one, everything else told with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, Point, box

from gis.errors import PatternWrong
from gis.formats.read import read_as_it_is
from gis.linework import areas_of, is_linework, levels_of
from gis.pattern import Pattern


@pytest.mark.parametrize("suffix", [".dxf", ".dgn"])
def test_lines_and_labels_become_parcels(written: Callable[[str], Path], suffix: str) -> None:
    """Level 10 is polygonised, level 11 names the areas: the same four parcels."""
    frame = read_as_it_is(written(suffix))
    assert is_linework(frame)
    found = areas_of(frame)
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
    found = areas_of(
        elements(
            *((10, None, square.exterior) for square in squares),
            (11, "1", Point(5, 5)),
            (11, "2", Point(24, 5)),
            (11, "3", Point(26, 5)),
            (11, "4", Point(100, 100)),
            (10, None, LineString([(60, 0), (70, 5)])),
            (13, "ghi chú", Point(5, 5)),
        )
    )
    assert found.frame["label"].tolist() == ["1"]
    assert {one.kind: one.count for one in found.leftovers} == {
        "area-without-label": 1,
        "area-with-several-labels": 1,
        "label-outside": 1,
        "line-that-bounds-nothing": 1,
    }
    assert found.leftovers[0].places == ((45.0, 5.0),)


def test_layer_names_of_dxf_tell_the_level() -> None:
    """10, Level 10 and LV_10 are level 10; a name without a number is none."""
    frame = GeoDataFrame({"Layer": ["10", "Level 10", "LV_10", "RANH"]}, geometry=[Point(0, 0)] * 4)
    assert levels_of(frame).tolist() == [10, 10, 10, -1]


@pytest.mark.parametrize("pattern", ["no field", "{a}{", "{a}-{a}", "{A}"])
def test_a_pattern_without_fields_is_told(pattern: str) -> None:
    """Each field once, between braces."""
    with pytest.raises(PatternWrong):
        Pattern(pattern).fields_of("x")
