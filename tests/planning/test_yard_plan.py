"""A plan of yards: before beside after, who is moved, on which ground."""

from datetime import date

import numpy as np
import pytest
import rasterio
from geopandas import GeoDataFrame
from pandas import DataFrame
from rasterio import Affine
from shapely import Point, box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.workspace import Workspace
from maps.yard_page import plan_page
from planning import scenario as scenarios
from planning.edits import AddPolygon, CutPolygon, Feature
from planning.record import Record
from planning.scenario import Scenario
from planning.yard_capacity import yard_capacity
from planning.yard_plan import yard_plan
from planning.yard_terrain import terrain_of

E, N = ORIGIN_EASTING, ORIGIN_NORTHING


@pytest.fixture
def desk(project: Workspace) -> Workspace:
    """Return a project with three yards of two operators; a scenario gives y up and makes n of four hectares."""
    yards = drawn("......\nxx....\n...yy.\n......\nzz....", key="code", cell_m=100.0)
    yards = yards.assign(name=["X", "Y", "Z"], operator=["Công ty A", "Công ty A", "Công ty B"])
    papers = DataFrame({"layer": "yards", "feature": ["x"], "kind": ["thuê đất"], "number": ["1"]})
    workspace = project.write({"yards": yards, "papers": papers})
    gone = CutPolygon((Feature(box(E + 300, N + 200, E + 500, N + 300)),), target="yards")
    new = Feature(box(E + 300, N, E + 500, N + 200), "n", (("name", "N"), ("operator", "Công ty C")))
    scenarios.add(workspace, Scenario("ke-hoach", (gone, AddPolygon((new,), target="yards")), reason="tập trung"))
    return workspace


@pytest.fixture
def plan(desk: Workspace) -> Record:
    return yard_plan(desk, "ke-hoach", date(2026, 1, 1))


def test_before_stands_beside_after(plan: Record) -> None:
    """Changes, areas, slots, gates; what stays as it is keeps its slots."""
    rows = plan.tables["yards.plan"].frame.set_index("key")
    assert rows["change"].to_dict() == {"x": "unchanged", "y": "given_up", "z": "unchanged", "n": "new"}
    assert rows.loc["x", "slots_before"] == rows.loc["x", "slots_after"] > 100
    assert (rows.loc["n", "area_after_m2"], rows.loc["y", "area_before_m2"]) == (40_000.0, 20_000.0)
    assert np.isnan(rows.loc["y", "slots_after"])
    assert rows.loc["n", "slots_after"] > rows.loc["y", "slots_before"]
    assert rows.loc["n", "gate_after"] == "Cửa khẩu Hai"
    assert rows.loc["x", "complete"] == pytest.approx(1 / 6)
    assert plan.value("yards.plan.area_after_m2") - plan.value("yards.plan.area_before_m2") == 20_000.0


def test_sums_by_gate_close_and_the_moved_are_named(plan: Record) -> None:
    """Every yard is in one sum; A gives up one of two."""
    sums = plan.tables["yards.plan_gates"].frame
    assert sums["yards_before"].sum() == sums["yards_after"].sum() == 3
    assert sums["slots_after"].sum() == plan.value("yards.plan.slots_after")
    (row,) = plan.tables["yards.moved"].frame.to_dict(orient="records")
    assert (row["key"], row["yards_before"], row["yards_after"]) == ("Công ty A", 2, 1)
    told = "\n".join(plan_page(plan, "vi"))
    assert "Công ty A: bãi 2 → 1" in told
    assert "Lưu lượng thường ngày" in told


def test_terrain_comes_from_the_elevation_model(desk: Workspace) -> None:
    """A plane that rises 10 % to the east; without a model there is no data."""
    shapes = [box(E + 100, N + 100, E + 200, N + 200), box(E - 9_000, N, E - 8_900, N + 50), None]
    assert np.isnan(terrain_of(desk, shapes).slope).all()
    heights = np.tile(np.arange(60) * 1.0 + 5, (60, 1)).astype(np.float32)
    profile = {"driver": "GTiff", "width": 60, "height": 60, "count": 1, "dtype": "float32", "crs": desk.crs}
    path = desk.path / "layers" / "elevation.tif"
    with rasterio.open(path, "w", transform=Affine(10, 0, E, 0, -10, N + 600), **profile) as model:
        model.write(heights, 1)
    terrain = terrain_of(desk, shapes)
    assert terrain.slope[0] == pytest.approx(0.1)
    assert terrain.height_m[0] == pytest.approx(19.5)
    assert np.isnan(terrain.slope[1:]).all()
    assert "elevation" not in yard_plan(desk, "ke-hoach", date(2026, 1, 1)).no_data


def test_slots_of_a_yard_without_a_known_entry_are_an_upper_bound(desk: Workspace) -> None:
    """X has an entry, the others have none: their slots are told apart in rows, sums, facts and on the page."""
    gate = GeoDataFrame({"code": ["c"], "yard": ["x"], "kind": ["entry"]}, geometry=[Point(E, N + 350)], crs=desk.crs)
    plan = yard_plan(desk.write({"yard_parts": gate}), "ke-hoach", date(2026, 1, 1))
    rows = plan.tables["yards.plan"].frame.set_index("key")
    assert (rows.loc["x", "slots_upper_after"], rows.loc["n", "slots_upper_after"]) == (0, rows.loc["n", "slots_after"])
    sums = plan.tables["yards.plan_gates"].frame
    assert sums["slots_upper_after"].sum() == plan.value("yards.plan.slots_upper_after")
    assert plan.value("yards.plan.slots_upper_after") == rows["slots_after"].sum() - rows.loc["x", "slots_after"]
    told = plan_page(plan, "vi")
    (new,) = (line for line in told if line.startswith("  n  "))
    assert "ô đỗ – → ≤ " in new
    assert any(line.startswith("≤ Mức tối đa") for line in told)


def test_plan_and_layout_know_one_gate_of_a_yard(desk: Workspace) -> None:
    """What the layer states counts before what is nearest, by name or by code; an unknown one is no data."""
    gates = desk.read("gates")
    far, code = gates["name"].iloc[0], gates["code"].iloc[0]
    yards = desk.read("yards").assign(gate=[far, code, "Cửa khẩu lạ"])
    desk = desk.write({"yards": yards})
    rows = yard_plan(desk, "ke-hoach", date(2026, 1, 1)).tables["yards.plan"].frame.set_index("key")
    laid = yard_capacity(desk, (), "ke-hoach").tables["yards.capacity"].frame.set_index("key")
    assert rows["gate_before"].reindex(["x", "y", "z"]).fillna("").tolist() == [far, far, ""]
    assert np.isnan(rows.loc["z", "gate_distance_before_m"])
    assert rows.loc["x", "gate_distance_before_m"] > 0
    assert laid["gate"].dropna().to_dict() == rows["gate_after"].dropna().to_dict()
    assert rows.loc["n", "gate_after"] == "Cửa khẩu Hai"
