"""Real coverages: closed as far as they are asked to be, with areas kept."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import CRS

from gis.measure import areas_mm2
from gis.repair.limits import Limits
from gis.repair.listing import GAP, TOO_WIDE
from gis.repair.plan import proposed
from gis.topology.faces import Faces
from gis.topology.fit import gaps, overlaps

PLANE = CRS.from_epsg(9215)
M_PER_US_FOOT = 1200 / 3937


@pytest.mark.parametrize("tolerance_m", [0.0, 60.0])
def test_communes_of_2009_close(testdata: Path, tolerance_m: float) -> None:
    """492 overlapping pairs and 956 gaps: closed without an exception, every commune within 0.5 % of its own area."""
    path = testdata / "vn_communes_2009" / "lang_son_communes_2009.gpkg"
    shapes = np.asarray(geopandas.read_file(path).to_crs(PLANE).geometry.values, dtype=object)
    limits = Limits.of(len(shapes), tolerance_m, 250.0, 250.0)
    repair = proposed(shapes, PLANE, limits)
    after = repair.applied(shapes)
    assert not len(repair.exceptions)
    assert shapely.coverage_is_valid(after)
    faces = Faces.of(after, PLANE)
    assert not len(overlaps(faces))
    assert not len(gaps(faces))
    before_mm2, after_mm2 = areas_mm2(shapes), areas_mm2(after)
    assert (np.abs(after_mm2 - before_mm2) / before_mm2).max() < 0.005
    assert after_mm2.sum() - before_mm2.sum() == repair.changes.difference_mm2.sum()
    assert (shapely.get_num_geometries(after) == shapely.get_num_geometries(shapes)).all()
    assert not len(proposed(after, PLANE, limits).unit)


def test_precincts_of_denver_close(testdata: Path) -> None:
    """What is narrow closes; the holes that are other cities stay, and are told."""
    frame = geopandas.read_file(testdata / "broken_denver" / "broken_denver.gpkg", layer="precincts2020_orig")
    shapes = shapely.transform(frame.geometry.values, lambda corner: corner * M_PER_US_FOOT)
    repair = proposed(shapes, PLANE, Limits.of(len(shapes), 0.3))
    after = repair.applied(shapes)
    faces = Faces.of(after, PLANE)
    assert not len(overlaps(faces))
    assert len(gaps(faces)) == len(repair.exceptions)
    assert set(repair.exceptions.reason) == {TOO_WIDE}
    assert np.abs(repair.changes.difference_mm2).max() < 20_000_000
    assert not len(proposed(after, PLANE, Limits.of(len(shapes), 0.3)).unit)


def test_precincts_with_bad_gaps_are_left_to_people(testdata: Path) -> None:
    """Gaps of a square kilometre are nobody's to give away; they close when somebody says so."""
    frame = geopandas.read_file(testdata / "broken_denver" / "broken_denver.gpkg", layer="bad_gap_region")
    shapes = shapely.transform(frame.geometry.values, lambda corner: corner * M_PER_US_FOOT)
    careful = proposed(shapes, PLANE, Limits.of(len(shapes), 0.3))
    assert GAP not in set(careful.changes.kind)
    assert set(careful.exceptions.reason) == {TOO_WIDE}
    bold = proposed(shapes, PLANE, Limits.of(len(shapes), 0.3, 5_000.0, 5_000.0))
    assert not len(bold.exceptions)
    assert shapely.coverage_is_valid(bold.applied(shapes))
