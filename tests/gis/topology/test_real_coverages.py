"""Real coverages and real invalid shapes: what is wrong with them is known, and found."""

import csv
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import CRS

from gis.topology.faces import Faces
from gis.topology.fit import gaps, mismatches, overlaps
from gis.topology.validity import invalid

PLANE = CRS.from_epsg(9215)
M_PER_US_FOOT = 1200 / 3937

# How the validity oracle words the classes.
WORDS = {
    "Self-intersection": "self_intersection",
    "Ring Self-intersection": "ring_self_intersection",
    "Interior is disconnected": "disconnected_interior",
    "Nested shells": "nested_shells",
    "Hole lies outside shell": "hole_outside_shell",
    "Holes are nested": "nested_holes",
    "Too few points in geometry component": "too_few_points",
    "Invalid Coordinate": "invalid_coordinate",
}


def test_precincts_of_denver(testdata: Path) -> None:
    """Its overlap and its 32 gaps: fourteen wider than a millimetre, the others told as edges that do not match."""
    frame = geopandas.read_file(testdata / "broken_denver" / "broken_denver.gpkg", layer="precincts2020_orig")
    shapes = shapely.transform(frame.geometry.values, lambda corner: corner * M_PER_US_FOOT)
    faces = Faces.of(shapes, PLANE)
    found = overlaps(faces)
    assert len(found) == 1
    assert found.area_mm2[0] / 1e6 == pytest.approx(12.966, abs=0.001)
    every = gaps(faces, noise_m=0.0)
    assert len(every) == 32
    covered = shapely.union_all(shapes)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(covered) for ring in part.interiors]
    enclosed = shapely.difference(shapely.union_all(holes), covered)  # some holes have islands
    assert every.area_mm2.sum() / 1e6 == pytest.approx(enclosed.area, abs=0.01)
    places = shapely.points(every.easting, every.northing)
    assert not shapely.contains_properly(covered, places).any()
    wide, narrow = gaps(faces), mismatches(faces)
    assert len(wide) == 14
    # One of the 32 has less than a square millimetre; the overlaps that are too narrow come on top.
    assert len(wide) + len(narrow) >= 31


def test_communes_of_2009(testdata: Path) -> None:
    """492 overlapping pairs of more than a square decimetre, and all that lies open between the communes."""
    path = testdata / "vn_communes_2009" / "lang_son_communes_2009.gpkg"
    shapes = geopandas.read_file(path).to_crs(PLANE).geometry.values
    faces = Faces.of(shapes, PLANE)
    pairs, between = overlaps(faces), gaps(faces)
    assert int((pairs.area_mm2 > 10_000).sum()) == 492
    assert len(pairs) == 493
    assert round(pairs.area_mm2.sum() / 1e12, 1) == 23.5
    # The union has 956 holes; six of them are roundings of less than a square millimetre.
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(shapely.union_all(shapes)) for ring in part.interiors]
    assert len(holes) == 956
    assert len(between) == int((shapely.area(holes) > 1e-6).sum()) == 950
    assert between.area_mm2.sum() / 1e6 == pytest.approx(shapely.area(holes).sum(), abs=0.01)
    assert round(between.area_mm2.sum() / 1e12, 1) == 25.4
    assert {len(between.units_of(row)) for row in range(len(between))} <= {2, 3, 4, 5, 6}


def test_polygons_that_broke_software(testdata: Path) -> None:
    """741 polygons: verdict and class as stated, for each of the 124 invalid ones."""
    csv.field_size_limit(sys.maxsize)
    with (testdata / "broken_jts" / "jts_polygon_cases_wkt.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shapes = np.array([_from_wkt(row["wkt"]) for row in rows], dtype=object)
    found = invalid(shapes)
    told = {int(unit): str(kind) for unit, kind in zip(found.unit, found.kind, strict=True)}
    for place, row in enumerate(rows):
        stated = None if row["valid"] == "True" else WORDS[row["reason"].partition("[")[0]]
        assert told.get(place) == stated or (stated is None and shapely.is_empty(shapes[place])), row["case"]


@pytest.mark.parametrize("name", ["TestValid.xml", "TestValid2.xml"])
def test_validity_oracles(testdata: Path, name: str) -> None:
    """Every stated verdict of the suites, empty shapes aside."""
    cases = ET.parse(testdata / "geos_xml" / "general" / name).getroot().iter("case")  # noqa: S314 -- data of this project
    asked = 0
    for case in cases:
        shape, stated = _from_wkt(case.findtext("a", "").strip()), case.findtext("test/op", "").strip() == "true"
        if shape is None or shapely.is_empty(shape):
            continue
        assert (len(invalid([shape])) == 0) == stated, case.findtext("desc")
        asked += 1
    assert asked > 60


def _from_wkt(text: str) -> shapely.Geometry | None:
    with np.errstate(invalid="ignore"):
        return shapely.from_wkb(text) if text[:2] in ("00", "01") else shapely.from_wkt(text)
