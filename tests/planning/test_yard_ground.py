"""Yards on the ground against their papers: areas, roads, neighbours, parcels; each state, and no data where none is."""

from datetime import date
from typing import Any

import pytest
from geopandas import GeoDataFrame
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import CutPolygon, Feature
from planning.yard_ground import ground_of
from planning.yard_register import yard_register, yard_rows

CELL = {"cell_m": 10.0}
YARDS = """
    ......
    .aab..
    .aab..
    ......
"""
PARCELS = """
    112233
    112233
    445566
    445566
"""
ROAD = """
    ......
    ......
    ......
    rrrrrr
"""


@pytest.fixture
def desk(project: Workspace) -> Workspace:
    """Return a project with two yards side by side over six parcels, a road along their southern side."""
    parcels = drawn(PARCELS, key="parcel_no", **CELL).assign(commune="x", sheet_no="1", land_use="TMD")
    road = drawn(ROAD, key="code", **CELL).assign(name="Đường", kind="road_area")
    yards = drawn(YARDS, key="code", **CELL).assign(name=["A", "B"], operator="Công ty A")
    return project.write({"parcels": parcels, "infrastructure": road, "yards": yards})


def told(workspace: Workspace, **fields: Any) -> dict[str, Any]:
    """Return what is told of yard a, whose fields are these; `grown` moves its outline outward by so many metres."""
    grown, accuracy_m = fields.pop("grown", 0.0), fields.pop("accuracy_m", 0.0)
    workspace = Workspace.open(workspace.path)
    yards = workspace.read("yards")
    if grown:
        shapes = yards.geometry.where(yards["code"] != "a", yards.geometry.buffer(grown, join_style="mitre"))
        yards = GeoDataFrame(yards.drop(columns="geometry"), geometry=shapes, crs=yards.crs)
    workspace = workspace.write({"yards": yards.assign(accuracy_m=accuracy_m, **fields)})
    return ground_of(workspace, yard_rows(workspace, None)).rows.set_index("key").loc["a"].to_dict()


@pytest.mark.parametrize(
    ("leased_m2", "accuracy_m", "against"),
    [
        (400.0, 0.0, "agrees"),
        (400.05, 0.0, "agrees"),
        (400.06, 0.0, "smaller"),
        (399.94, 0.0, "larger"),
        (392.1, 0.1, "agrees"),  # 80 m of outline, 0.1 m each
        (391.9, 0.1, "larger"),
        (None, 0.0, None),
    ],
)
def test_drawn_against_leased_area(desk: Workspace, leased_m2: float, accuracy_m: float, against: str) -> None:
    """Within the rounding of papers and the stated accuracy of the outline they agree."""
    row = told(desk, leased_area_m2=leased_m2, accuracy_m=accuracy_m)
    assert row["against_lease"] == against
    assert row["against_licence"] is None  # nobody licensed an area


def test_along_a_road_and_a_neighbour_nothing_is_encroached(desk: Workspace) -> None:
    """Shared edges are bound: they touch, they do not overlap, however inaccurate the lines are."""
    row = told(desk)
    assert (row["over_infrastructure"], row["over_neighbours"]) == ("outside", "outside")
    assert (row["over_infrastructure_m2"], row["over_neighbours_m2"]) == (0.0, 0.0)


def test_an_outline_over_road_and_neighbour_is_told_with_its_area(desk: Workspace) -> None:
    """One metre out: a strip of 22 m of road, 20 m of neighbour; within its accuracy nobody can tell."""
    row = told(desk, grown=1.0)
    assert (row["over_infrastructure"], row["over_infrastructure_m2"]) == ("crossed", 22.0)
    assert (row["over_neighbours"], row["over_neighbours_m2"]) == ("crossed", 20.0)


def test_within_the_accuracy_of_the_outline_nobody_can_tell(desk: Workspace) -> None:
    """The same metre, known to two."""
    assert told(desk, grown=1.0, accuracy_m=2.0)["over_neighbours"] == "undecidable"


def test_parcels_that_the_papers_lease_are_its_own(desk: Workspace) -> None:
    """A stands on 1, 2, 4 and 5; a parcel that is not leased is not its own, one that is not there is named."""
    assert told(desk, parcels="x/1/1; x/1/2;x/1/4; x/1/5")["over_parcels"] == "outside"
    row = told(desk, parcels="x/1/1; x/1/2; x/1/4; x/1/9")
    assert (row["over_parcels"], row["over_parcels_m2"], row["unknown_parcels"]) == ("crossed", 100.0, "x/1/9")


def test_where_nobody_names_parcels_nothing_is_concluded(desk: Workspace) -> None:
    """What the outline cuts is counted, whose it is nobody says."""
    row = told(desk)
    assert (row["over_parcels"], row["cut_parcels"]) == (None, 4)


def test_without_layers_there_is_no_data(desk: Workspace, project: Workspace) -> None:
    """A missing layer is not “nothing is encroached”."""
    desk.file_of("infrastructure").unlink()
    row = told(desk)
    assert (row["over_infrastructure"], row["over_neighbours"]) == (None, "outside")
    assert "infrastructure" in ground_of(desk, yard_rows(desk, None)).no_data


def test_defence_land_is_not_told(desk: Workspace) -> None:
    """A parcel of defence land is in no table."""
    parcels = desk.read("parcels").assign(land_use=["CQP", *["TMD"] * 5])
    record = yard_register(desk.write({"parcels": parcels}), date(2026, 1, 1))
    features = record.tables["yards.touching"].frame["feature"]
    assert "x/1/1" not in set(features)
    assert "x/1/2" in set(features)


def test_yards_are_larger_or_smaller_only_than_what_a_paper_states(desk: Workspace) -> None:
    """Where none states an area it is no data, where some do it is said of how many."""

    def counts(leased_m2: list[float | None]) -> list[Any]:
        here = Workspace.open(desk.path)
        rows = here.read("yards").assign(leased_area_m2=leased_m2)
        record = yard_register(here.write({"yards": rows}), date(2026, 1, 1))
        return [record.value(f"yards.ground.lease.{one}") for one in ("compared", "larger", "smaller")]

    assert counts([None, None]) == [0, None, None]
    assert counts([400.0, None]) == [1, 0, 0]
    assert counts([300.0, 500.0]) == [2, 1, 1]
    record = yard_register(Workspace.open(desk.path), date(2026, 1, 1))
    assert [record.value(f"yards.ground.licence.{one}") for one in ("compared", "larger")] == [0, None]
    assert record.value("yards.ground.over_parcels.compared") == 0


def test_the_register_counts_and_takes_a_scenario(desk: Workspace) -> None:
    """Facts of the ground stand with those of the papers; what a scenario gives up is gone from its register."""
    desk = desk.write({"yards": desk.read("yards").assign(leased_area_m2=[300.0, 200.0])})
    record = yard_register(desk, date(2026, 1, 1))
    assert record.value("yards.ground.lease.larger") == 1
    assert record.value("yards.ground[a].drawn_less_leased_m2") == 100.0
    cut = box(ORIGIN_EASTING + 30, ORIGIN_NORTHING, ORIGIN_EASTING + 50, ORIGIN_NORTHING + 50)
    scenarios.add(desk, scenarios.Scenario("x", (CutPolygon((Feature(cut),), target="yards"),)))
    after = yard_register(desk, date(2026, 1, 1), scenario="x")
    assert after.tables["yards.register"].frame["key"].tolist() == ["a"]
    assert after.value("yards.recognition[b].recognition") == "closed"
