"""Fixtures of planning: the small project with one scenario, and the Record of it, computed once."""

import shutil
from pathlib import Path

import pytest

from layers.workspace import Workspace
from planning import scenario
from planning.edits import AddUnits
from planning.effect import analyse
from planning.kept import keep
from planning.record import Record


@pytest.fixture(scope="session")
def extension(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Record]:
    """Make the small project with the scenario ``x``, which takes in commune d, and its Record, which is stored."""
    project = Workspace.open(shutil.copytree(project_template, tmp_path_factory.mktemp("mau-x") / "du-an"))
    scenario.add(project, scenario.Scenario("x", (AddUnits(("d",), "2009-04-01"),)))
    record = analyse(project, "x")
    keep(project, record)
    return project.path, record


@pytest.fixture(scope="session")
def record(extension: tuple[Path, Record]) -> Record:
    """Return the effect of taking in commune d as it was computed: 6 cells, of which 1 is in the zone already."""
    return extension[1]


@pytest.fixture
def planned(project: Workspace) -> Workspace:
    """Return the small project with the scenario ``x``, not yet analysed."""
    scenario.add(project, scenario.Scenario("x", (AddUnits(("d",), "2009-04-01"),)))
    return project


@pytest.fixture
def analysed(extension: tuple[Path, Record], tmp_path: Path) -> Workspace:
    """Return the small project with the scenario ``x`` and its stored Record."""
    return Workspace.open(shutil.copytree(extension[0], tmp_path / "du-an"))
