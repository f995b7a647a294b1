"""Fixtures of the maps: Records of the small project."""

import shutil
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, Point

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from planning import scenario
from planning.edits import AddUnits, CutPolygon, Feature
from planning.effect import analyse
from planning.record import Record


def with_scenario(workspace: Workspace) -> Workspace:
    """Return the project with a road and the scenario ``mo-rong``: a commune comes in, a corner goes out."""
    west, south = ORIGIN_EASTING, ORIGIN_NORTHING
    road = LineString([(west, south + 250), (west + 600, south + 250)])
    kinds = {"code": ["D1"], "name": ["Đường 1"], "kind": ["đường bộ"]}
    workspace = workspace.write({"infrastructure": GeoDataFrame(kinds, geometry=[road], crs=workspace.crs)})
    corner = Point(west, south + 500).buffer(150)
    edits = (AddUnits(("d",), "2009-04-01"), CutPolygon((Feature(corner),)))
    scenario.add(workspace, scenario.Scenario("mo-rong", edits, reason="Mở rộng về phía đông"))
    return workspace


@pytest.fixture(scope="session")
def record(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Return the Record of a scenario on the small project, with every layer."""
    folder = shutil.copytree(project_template, tmp_path_factory.mktemp("ban-do") / "du-an")
    return analyse(with_scenario(Workspace.open(folder)), "mo-rong")


@pytest.fixture
def bare_record(tmp_path: Path, project: Workspace) -> Record:
    """Return the Record of a project that holds a zone and nothing else."""
    zone = project.read("zone")
    workspace = Workspace.create(tmp_path / "trong", "Chỉ có ranh giới", "EPSG:9215")
    workspace = workspace.write({"zone": zone[["name", "geometry"]]})
    hole = zone.geometry.iloc[0].centroid.buffer(50)
    scenario.add(workspace, scenario.Scenario("cat", (CutPolygon((Feature(hole),)),)))
    return analyse(workspace, "cat")
