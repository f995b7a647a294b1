"""Re-planned yards: before beside after, by area, distance to gates and papers."""

from pandas import DataFrame
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from planning.edits import AddPolygon, Edit, Feature, RemoveFeatures, ReplaceBoundary, RetypeFeatures
from planning.effect import analyse
from planning.record import Record
from planning.revising import plan
from planning.scenario import Scenario


def cells(west: float, south: float, east: float, north: float, key: str) -> Feature:
    e, n = ORIGIN_EASTING, ORIGIN_NORTHING
    return Feature(box(e + west * 100, n + south * 100, e + east * 100, n + north * 100), key, (("name", "Bãi mới"),))


def told(project: Workspace, *edits: Edit) -> Record:
    plan(project, Scenario("x", edits))
    return analyse(project, "x")


def test_new_and_given_up_yards_stand_side_by_side(project: Workspace) -> None:
    """Yard y of 2 ha goes, n of 1 ha comes nearer to the second gate; the papers of y are told."""
    papers = DataFrame(
        {
            "layer": ["yards", "yards", "parcels"],
            "feature": ["y", "y", "n"],
            "kind": ["thuê đất", "giấy phép", "thuê đất"],
            "number": ["1", "2", "3"],
        }
    )
    project = project.write({"papers": papers})
    record = told(project, RemoveFeatures(("y",)), AddPolygon((cells(4, 0, 5, 1, "n"),), target="yards"))
    rows = record.tables["yards_replanned"].frame.set_index("key")
    assert rows["change"].to_dict() == {"y": "given_up", "n": "new"}
    assert rows["area_before_m2"].to_dict() == {"y": 20_000.0, "n": 0.0}
    assert rows["difference_m2"].to_dict() == {"y": -20_000.0, "n": 10_000.0}
    assert (rows["gate_before"]["y"], rows["gate_after"]["n"]) == ("Cửa khẩu Hai", "Cửa khẩu Hai")
    assert rows["gate_distance_after_m"]["n"] == 50.0
    assert rows["papers"].to_dict() == {"y": 2, "n": 0}
    assert rows["paper_kinds"]["y"] == "giấy phép; thuê đất"
    assert record.value("yards_replanned.total.difference_m2") == -10_000.0
    assert (record.value("yards_replanned.new"), record.value("yards_replanned.given_up")) == (1, 1)


def test_reshaped_and_retyped_yards_are_told_apart(project: Workspace) -> None:
    """Another shape, or only other values; beyond its licence by what it grew."""
    yards = project.read("yards").assign(licensed_area_m2=20_000.0)
    project = project.write({"yards": yards})
    record = told(
        project,
        ReplaceBoundary((cells(2, 2, 5, 3, "y"),), target="yards"),
        RetypeFeatures(("y",), (("operator", "Công ty Z"),), target="yards"),
    )
    row = record.tables["yards_replanned"].row("y")
    assert (row["change"], row["difference_m2"], row["beyond_licence_m2"]) == ("reshaped", 10_000.0, 10_000.0)
    assert row["papers"] is None  # the project holds no papers: no data, not none
    plan(project, Scenario("z", (RetypeFeatures(("y",), (("operator", "Công ty Z"),), target="yards"),)))
    assert analyse(project, "z").value("yards_replanned[y].change") == "changed"


def test_yards_that_nobody_touches_are_not_listed(record: Record) -> None:
    """A plan that leaves them alone has no such table."""
    assert "yards_replanned" not in record.tables
