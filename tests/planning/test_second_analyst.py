"""A second process is started where it saves time, from the age of files alone."""

import os
from pathlib import Path

import pytest

from layers.workspace import Workspace
from planning import second_analyst as module
from planning.second_analyst import _many_are_old, second_analyst

NAMES = ("a", "b", "c")


@pytest.fixture
def large(project: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose parcels count as many, on two cores, with a Record of each scenario of the last minute."""
    monkeypatch.setattr(module, "_LARGE_BYTES", 1)
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2)
    for path in (project.path / "project.toml", project.path / "layers", *(project.path / "layers").iterdir()):
        os.utime(path, (1_000, 1_000))
    for name in NAMES:
        (project.path / "scenarios" / f"{name}.toml").parent.mkdir(exist_ok=True)
        (project.path / "scenarios" / f"{name}.toml").touch()
        os.utime(project.path / "scenarios" / f"{name}.toml", (1_000, 1_000))
        (project.path / "records" / name).mkdir(parents=True)
    return project.path


def test_what_is_up_to_date_needs_no_second(large: Path) -> None:
    """Nor do two of three that are old; three of them do, by a layer or by their edits."""
    assert not _many_are_old(large, NAMES)
    for name in NAMES[:2]:
        (large / "records" / name).rmdir()
    assert not _many_are_old(large, NAMES)
    later = (large / "records" / "c").stat().st_mtime + 10
    os.utime(large / "scenarios" / "c.toml", (later, later))
    assert _many_are_old(large, NAMES)


def test_a_layer_that_changed_makes_all_old(large: Path) -> None:
    """Whatever it is."""
    later = (large / "records" / "a").stat().st_mtime + 10
    os.utime(large / "layers" / "yards.gpkg", (later, later))
    assert _many_are_old(large, NAMES)
    assert not _many_are_old(large, NAMES[:2])


@pytest.mark.parametrize("reason", ["few parcels", "one core", "no parcels", "no project"])
def test_where_it_saves_nothing_there_is_none(large: Path, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few parcels, one core, no parcels, no project at all: nothing is started, and nothing is raised."""
    for name in NAMES:
        (large / "records" / name).rmdir()
    assert _many_are_old(large, NAMES)
    if reason == "few parcels":
        monkeypatch.setattr(module, "_LARGE_BYTES", 10**9)
    elif reason == "one core":
        monkeypatch.setattr(module.os, "cpu_count", lambda: 1)
    elif reason == "no parcels":
        (large / "layers" / "parcels.gpkg").unlink()
    with second_analyst(large / "x" if reason == "no project" else large, NAMES) as second:
        assert second is None
