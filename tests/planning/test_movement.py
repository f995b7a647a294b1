"""Moved, redrawn, or nobody can tell: from the edits of a scenario and the accuracies that are stated."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from geopandas import GeoDataFrame
from shapely import box
from shapely.affinity import translate

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from planning.edits import AddPolygon, AddUnits, CutPolygon, Edit, Feature, ReplaceBoundary
from planning.effect import analyse
from planning.record import Record
from planning.revising import plan
from planning.scenario import Scenario

# A square of 400 m, known to 5 m.
ZONE = box(ORIGIN_EASTING, ORIGIN_NORTHING + 100, ORIGIN_EASTING + 400, ORIGIN_NORTHING + 500)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project that holds a zone and one unit east of it, and nothing else."""
    zone = GeoDataFrame({"name": ["Z"], "accuracy_m": [5.0]}, geometry=[ZONE], crs="EPSG:9215")
    unit = {"code": ["d"], "name": ["D"], "valid_from": ["2009-04-01"]}
    units = GeoDataFrame(unit, geometry=[translate(ZONE, 400.0, 0.0)], crs="EPSG:9215")
    made = Workspace.create(tmp_path_factory.mktemp("ranh") / "p", "K", "EPSG:9215")
    return made.write({"zone": zone, "admin_units": units}).path


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Workspace:
    return Workspace.open(shutil.copytree(template, tmp_path / "p"))


def boundary(shape: Any, accuracy_m: float | None) -> Edit:
    return ReplaceBoundary((Feature(shape),), accuracy_m=accuracy_m)


def told(project: Workspace, *edits: Edit) -> Record:
    plan(project, Scenario("x", edits))
    return analyse(project, "x")


@pytest.mark.parametrize(
    ("far_m", "accuracy_m", "verdict"),
    [
        (12.9, 12.0, "redrawn"),
        (13.1, 12.0, "cannot_tell"),
        (16.9, 12.0, "cannot_tell"),
        (17.1, 12.0, "moved"),
        (4.9, 0.0, "redrawn"),
        (5.1, 0.0, "moved"),
        (4.9, None, "redrawn"),
        (300.0, None, "cannot_tell"),
    ],
)
def test_the_verdict_follows_the_stated_accuracies(
    project: Workspace, far_m: float, accuracy_m: float | None, verdict: str
) -> None:
    """√(5² + 12²) = 13 and 5 + 12 = 17; one that is not stated leaves it open beyond the other."""
    west, south, east, north = ZONE.bounds
    record = told(project, boundary(box(west, south, east + far_m, north), accuracy_m))
    assert record.value("movement.verdict") == verdict
    assert record.value("movement.displacement_max_m") == pytest.approx(far_m)
    assert record.value(f"movement.{verdict}.added_m2") == pytest.approx(400 * far_m, abs=1e-6)
    if accuracy_m == 12.0:
        assert (record.value("movement.agree_m"), record.value("movement.differ_m")) == (13.0, 17.0)
    if accuracy_m is None:
        assert record.value("movement.agree_m") is None


def test_gains_and_losses_that_balance_are_a_move(project: Workspace) -> None:
    """Net zero, gross twice 2 ha: the area alone would say that nothing happened."""
    record = told(project, boundary(translate(ZONE, 50.0, 0.0), 1.0))
    assert record.value("area_m2.net") == 0.0
    assert record.value("movement.verdict") == "moved"
    assert record.value("movement.moved.added_m2") == record.value("movement.moved.removed_m2") == 20_000.0
    assert record.value("movement.moved.length_m") == pytest.approx(900.0)
    assert record.value("movement.unchanged.length_m") == pytest.approx(700.0)
    table = record.tables["movement"].frame
    assert table["length_m"].sum() == pytest.approx(1_600.0)
    assert table["area_m2"].sum() == 40_000.0
    assert record.value("movement.residual_m2.added") == 0.0
    assert len(record.geometry["movement"]) == len(table)


def test_the_same_area_drawn_again_has_not_moved(project: Workspace) -> None:
    """Many corners more and two metres wider: another area, the same line."""
    record = told(project, boundary(ZONE.buffer(2.0).segmentize(10.0), 5.0))
    assert record.value("area_m2.net") > 3_000.0
    assert record.value("movement.verdict") == "redrawn"
    assert record.value("movement.moved.length_m") == 0.0


def test_a_plan_that_leaves_the_zone_alone_moves_nothing(project: Workspace) -> None:
    """Re-planned yards are no change of the boundary."""
    yards = GeoDataFrame({"code": ["y"]}, geometry=[ZONE.buffer(-150)], crs="EPSG:9215")
    project = project.write({"yards": yards})
    record = told(project, AddPolygon((Feature(ZONE.buffer(-190), "n"),), target="yards"))
    assert record.value("movement.verdict") == "unchanged"
    assert record.value("movement.unchanged.length_m") == pytest.approx(1_600.0)
    assert record.tables["movement"].frame["kind"].tolist() == ["unchanged"]


def test_each_edit_is_judged_by_its_own_source(project: Workspace) -> None:
    """A survey in the east, a sketch in the west: the same 10 m are a move here, and none there."""
    west, south, east, north = ZONE.bounds
    survey = AddPolygon((Feature(box(east, south, east + 10, north)),), accuracy_m=0.1)
    sketch = AddPolygon((Feature(box(west - 10, south, west, north)),), accuracy_m=50.0)
    record = told(project, survey, sketch)
    rows = record.tables["movement"].frame
    kinds = dict(zip(rows["easting_m"].round(), rows["kind"], strict=True))
    assert kinds[round(east + 10)] == "moved"
    assert kinds[round(west - 10)] != "moved"
    assert record.value("movement.accuracy_proposed_m") == 50.0
    assert record.value("movement.moved.added_m2") == 4_000.0


def test_units_are_as_exact_as_their_vintage(project: Workspace) -> None:
    """The accuracy that was stated at import counts for edits that name units; none stated, none assumed."""
    assert told(project, AddUnits(("d",), "2009-04-01")).value("movement.accuracy_proposed_m") is None
    plan(project, Scenario("y", (AddUnits(("d",), "2009-04-01", accuracy_m=3.0),)))
    record = analyse(project, "y")
    assert record.value("movement.accuracy_proposed_m") == 3.0
    assert record.value("movement.verdict") == "moved"


def test_a_hole_that_closes_is_no_stretch_of_the_new_line(project: Workspace) -> None:
    """Its old outline is told, and no place on a line that it has no part in."""
    hole = ZONE.buffer(-150)
    zone = project.read("zone")
    project = project.write({"zone": zone.set_geometry([zone.geometry[0].difference(hole)])})
    record = told(project, AddPolygon((Feature(hole),), accuracy_m=1.0))
    row = next(row for row in record.tables["movement"].frame.to_dict("records") if row["kind"] == "moved")
    assert (row["length_m"], row["base_length_m"]) == (0.0, pytest.approx(400.0))
    assert row["begin_m"] != row["begin_m"]  # no data
    assert row["added_m2"] == 10_000.0


def test_a_spike_cut_off_is_told_though_the_new_line_hardly_moved(project: Workspace) -> None:
    """The new line lies where the old one lay; it is the old one that reached far out."""
    _, south, east, _ = ZONE.bounds
    spur = box(east, south + 190, east + 300, south + 210)
    zone = project.read("zone")
    project = project.write({"zone": zone.set_geometry([zone.geometry[0].union(spur)])})
    record = told(project, CutPolygon((Feature(spur),), accuracy_m=1.0))
    assert record.value("movement.verdict") == "moved"
    assert record.value("movement.moved.base_length_m") == pytest.approx(620.0)
    assert record.value("movement.displacement_max_m") == pytest.approx(300.0, abs=1.0)
