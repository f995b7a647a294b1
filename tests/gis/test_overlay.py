"""Areas of units in classes, against plain shapely."""

import csv
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.cover import Cover
from gis.errors import CrsMixed, GeometryInvalid
from gis.fabric import Fabric
from gis.overlay import shares, shares_mm2
from gis.synthetic import area_over, layer, polygonal, units
from gis.testing import drawn, examples

seeds = st.integers(min_value=0, max_value=2**31)
small = settings(max_examples=examples(60), deadline=None)
TESTDATA = os.environ.get("MOCGIOI_TESTDATA")
needs_testdata = pytest.mark.skipif(TESTDATA is None, reason="MOCGIOI_TESTDATA does not name the folder of test data")


def table(frame: Any, classes: Any) -> np.ndarray:
    """Return areas as a matrix of mm², units by classes."""
    found = shares_mm2(Fabric.from_frame(frame), Cover.from_frame(classes))
    matrix = np.zeros((len(frame), len(classes)), dtype=np.int64)
    np.add.at(matrix, (found.unit, found.cover), found.area_mm2)
    return matrix


def plain(frame: Any, classes: Any) -> np.ndarray:
    """Return the same by an intersection of every pair."""
    return np.array(
        [
            np.rint(np.nan_to_num(shapely.area(shapely.intersection(frame.geometry.values, one))) * 1e6)
            for one in classes.geometry
        ]
    ).T.astype(np.int64)


def partition(frame: Any, seed: int) -> Any:
    """Three classes that cover `frame` without overlap."""
    first, second = area_over(frame, seed), area_over(frame, seed // 7)
    everything = shapely.box(*frame.total_bounds).buffer(50)
    parts = [first, second - first, everything - shapely.union(first, second)]
    return layer([polygonal(part) for part in parts])


def test_units_of_a_drawn_map() -> None:
    """Each unit has its whole area in the class that it lies in, half of it where a line halves it."""
    frame, classes = drawn("aabbcc"), drawn("xxxyyy")
    found = shares(Fabric.from_frame(frame), Cover.from_frame(classes))
    assert found.values.tolist() == [[0, "x", 200.0], [1, "x", 100.0], [1, "y", 100.0], [2, "y", 200.0]]


def test_touching_is_not_crossing() -> None:
    """A class that shares only an edge or a corner with a unit does not appear."""
    frame = drawn(
        """
        .b.
        baa
        .bc
        """
    )
    found = shares(Fabric.from_frame(frame), Cover.from_frame(frame))
    assert found["unit"].tolist() == [0, 1, 2]
    assert found["cover"].tolist() == ["a", "b", "c"]


def test_null_and_empty_units_keep_their_row() -> None:
    """Null and empty geometry, and geometry without area, counts nothing and moves no other row."""
    square = shapely.box(440_000, 2_420_000, 440_010, 2_420_010)
    frame = layer([None, square, shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)]), square])
    found = shares(Fabric.from_frame(frame), Cover.from_frame(layer([square, None, shapely.Polygon()])))
    assert found["unit"].tolist() == [1, 4]
    assert found["area_m2"].tolist() == [100.0, 100.0]


def test_collection_counts_the_union_of_its_polygons() -> None:
    """Polygons of a collection may overlap; their common area is there once."""
    west, east = (
        shapely.box(440_000, 2_420_000, 440_010, 2_420_010),
        shapely.box(440_005, 2_420_000, 440_015, 2_420_010),
    )
    frame = layer([shapely.GeometryCollection([west, shapely.GeometryCollection([east]), shapely.Point(0, 0)])])
    assert shares(Fabric.from_frame(frame), Cover.from_frame(frame))["area_m2"].tolist() == [150.0]


def test_nothing_with_nothing() -> None:
    """No units, no classes, or both: an empty table with the same columns."""
    square = layer([shapely.box(440_000, 2_420_000, 440_010, 2_420_010)])
    for frame, classes in ((square[:0], square), (square, square[:0]), (square[:0], square[:0])):
        found = shares(Fabric.from_frame(frame), Cover.from_frame(classes))
        assert list(found.columns) == ["unit", "cover", "area_m2"]
        assert len(found) == 0


@settings(max_examples=examples(6), deadline=None)
@given(seeds)
def test_blocks_that_no_line_comes_near_are_told_as_one(seed: int) -> None:
    """Hundreds of units in one class, in two or in none, and a last block that is not full."""
    frame = units(seed, 30, 21)
    west, south, east, north = frame.total_bounds
    everything, half = shapely.box(*frame.total_bounds).buffer(300), shapely.box(west, south, (west + east) / 2, north)
    classes = layer([everything, half, area_over(frame[:90], seed)][: 1 + seed % 3])
    assert np.abs(table(frame, classes) - plain(frame, classes)).max() <= 1


def test_unit_outside_every_class_is_absent() -> None:
    """Classes far to any side, or all around, give nothing."""
    unit = layer([shapely.box(440_100, 2_420_100, 440_110, 2_420_110)])
    ring = shapely.box(440_000, 2_420_000, 440_200, 2_420_200) - shapely.box(440_050, 2_420_050, 440_150, 2_420_150)
    beside = [
        shapely.box(440_100 + dx, 2_420_100 + dy, 440_110 + dx, 2_420_110 + dy)
        for dx in (-50, 0, 50)
        for dy in (-50, 0, 50)
        if dx or dy
    ]
    assert len(shares(Fabric.from_frame(unit), Cover.from_frame(layer([ring, *beside])))) == 0


def test_invalid_geometry_is_refused_with_its_row() -> None:
    """A bow-tie in either layer stops the computation and names itself."""
    square = shapely.box(440_000, 2_420_000, 440_010, 2_420_010)
    bow_tie = shapely.Polygon([(440_000, 2_420_000), (440_010, 2_420_010), (440_010, 2_420_000), (440_000, 2_420_010)])
    with pytest.raises(GeometryInvalid) as refused:
        Fabric.from_frame(layer([square, bow_tie]))
    assert refused.value.values["example"] == 1
    with pytest.raises(GeometryInvalid) as refused:
        Cover.from_frame(layer([square, bow_tie], ["good", "bad"]))
    assert refused.value.values["example"] == "bad"


def test_mixed_systems_are_refused() -> None:
    """Two coordinate systems never meet."""
    frame = drawn("a")
    with pytest.raises(CrsMixed):
        shares(Fabric.from_frame(frame), Cover.from_frame(frame.to_crs("EPSG:32648")))


@small
@given(seeds)
def test_shares_agree_with_plain_intersections(seed: int) -> None:
    """Whatever the area does to the units, each share is the intersection's, to 1 mm²."""
    frame = units(seed, 6, 5)
    classes = layer([area_over(frame, seed), area_over(frame, seed // 3 + 1)])
    assert np.abs(table(frame, classes) - plain(frame, classes)).max() <= 1


@small
@given(seeds)
def test_shares_of_a_partition_sum_to_the_unit(seed: int) -> None:
    """Nothing is lost between classes that leave no gap: whole mm² sum to the unit's area."""
    frame = units(seed, 5, 5)
    classes = partition(frame, seed)
    assert (table(frame, classes).sum(axis=1) == Fabric.from_frame(frame).area_mm2).all()


@small
@given(seeds)
def test_classes_of_whole_units_are_exact(seed: int) -> None:
    """Where the line follows the units, each unit is whole on one side, without a sliver on the other."""
    rng = np.random.default_rng(seed)
    frame = units(seed, 6, 6)
    owner = rng.integers(0, 3, len(frame))
    classes = layer([shapely.union_all(frame.geometry.values[owner == one]) for one in range(3)])
    area_mm2 = Fabric.from_frame(frame).area_mm2
    assert (table(frame, classes) == np.where(owner[:, np.newaxis] == np.arange(3), area_mm2[:, np.newaxis], 0)).all()


@small
@given(seeds)
def test_large_units_and_small_classes(seed: int) -> None:
    """The units may be larger than the classes: communes asked about parcels."""
    frame = units(seed, 6, 6)
    large = layer([area_over(frame, seed), area_over(frame, seed // 5 + 2)])
    assert np.abs(table(large, frame) - table(frame, large).T).max() <= 2


@small
@given(seeds)
def test_adding_a_class_and_removing_it_restores(seed: int) -> None:
    """The answer is a function of the layers, not of what was asked before."""
    frame = units(seed, 5, 5)
    fabric = Fabric.from_frame(frame)
    first, second = area_over(frame, seed), area_over(frame, seed // 3 + 1)
    before = shares(fabric, Cover.from_frame(layer([first])))
    both = shares(fabric, Cover.from_frame(layer([first, second])))
    assert shares(fabric, Cover.from_frame(layer([first]))).equals(before)
    alone = both[both["cover"] == "0"].merge(before, on=["unit", "cover"], how="outer").fillna(0)
    assert ((alone["area_m2_x"] - alone["area_m2_y"]).abs() < 1.5e-6).all()


@small
@given(seeds, st.integers(-3, 3), st.integers(-3, 3))
def test_translation_by_the_grid_changes_no_share(seed: int, east: int, north: int) -> None:
    """Moving everything by whole cells changes no unit by more than 1 mm²."""
    frame = units(seed, 5, 5)
    classes = layer([area_over(frame, seed)])
    step = Fabric.from_frame(frame).grid.cell_m * 64
    moved = [one.set_geometry(one.translate(east * step, north * step)) for one in (frame, classes)]
    assert np.abs(table(*moved) - table(frame, classes)).max() <= 1


@small
@given(seeds)
def test_direction_and_start_of_rings_do_not_matter(seed: int) -> None:
    """The same area written another way gives the same whole mm²."""
    frame = units(seed, 5, 5)
    area = area_over(frame, seed)
    again = shapely.normalize(shapely.reverse(area))
    assert (table(frame, layer([area])) == table(frame, layer([again]))).all()


@pytest.mark.parametrize("count", [1, 10_000])
def test_one_class_and_ten_thousand(count: int) -> None:
    """The number of classes is no limit."""
    side = round(count**0.5)
    frame, classes = units(1, 20, 20), units(2, side, side, cell_m=600 / side)
    found = shares_mm2(Fabric.from_frame(frame), Cover.from_frame(classes))
    tree = shapely.STRtree(classes.geometry.values)
    unit, cover = tree.query(frame.geometry.values, predicate="intersects")
    area = shapely.area(shapely.intersection(frame.geometry.values[unit], classes.geometry.values[cover]))
    wanted = np.bincount(unit, weights=area, minlength=len(frame))
    assert np.abs(np.bincount(found.unit, weights=found.area_mm2, minlength=len(frame)) / 1e6 - wanted).max() < 1e-4


def test_a_hundred_classes_over_each_other() -> None:
    """Overlapping classes each count in full."""
    frame = units(3, 8, 8)
    classes = layer([area_over(frame, seed) for seed in range(100)])
    assert np.abs(table(frame, classes) - plain(frame, classes)).max() <= 1


def reported_cases(folder: Path) -> list[tuple[str, list[Any]]]:
    """Polygons of bug reports to GEOS and JTS: those that stand together in a case, then each alone."""
    cases = []
    for path in sorted(folder.glob("geos_xml/**/*.xml")):
        for number, case in enumerate(_root(path).iter("case")):
            texts = [node.text for name in "ab" for node in case.findall(name) if node.text]
            cases.append((f"{path.name} {number}", [_read(text) for text in texts]))
    csv.field_size_limit(2**27)
    with (folder / "broken_jts" / "jts_polygon_cases_wkt.csv").open(newline="") as lines:
        cases += [(f"{row['file']} {row['case']}", [_read(row["wkt"])]) for row in csv.DictReader(lines)]
    return cases


def _root(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text())  # noqa: S314 - files of our own test data


def _read(text: str) -> Any:
    written = text.strip()
    is_hex = re.fullmatch(r"[0-9A-Fa-f]+", written) is not None
    with np.errstate(invalid="ignore"):
        return (shapely.from_wkb if is_hex else shapely.from_wkt)(written, on_invalid="ignore")


def _is_usable(geometry: Any) -> bool:
    if geometry is None or not geometry.is_valid or shapely.get_dimensions(geometry) < 2:
        return False
    # Whole mm² are exact in a double up to 9,007 km².
    return bool(shapely.area(shapely.envelope(geometry)) < 9e9)


@pytest.mark.slow
@needs_testdata
def test_reported_cases_agree_with_plain_intersections() -> None:
    """Geometry that once broke other programs has the area that GEOS finds today."""
    compared, differ = 0, []
    for name, geometries in reported_cases(Path(str(TESTDATA))):
        usable = [geometry for geometry in geometries if _is_usable(geometry)]
        if not usable:
            continue
        frame, classes = layer(usable), layer(usable + [west_half(one) for one in usable])
        off = np.abs(table(frame, classes) - plain(frame, classes))
        compared += off.size
        differ += [name] if (off > 2 + 1e-9 * 1e6 * frame.area.to_numpy()[:, np.newaxis]).any() else []
    assert compared > 500
    assert differ == []


def west_half(geometry: Any) -> Any:
    """Return a box over the western half of `geometry`."""
    west, south, east, north = geometry.bounds
    return shapely.box(west, south, (west + east) / 2, north)
