"""The project on disk: written whole or not at all, opened again as it was."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pyogrio
import pytest
from filelock import FileLock

import layers.commit
from gis.errors import CrsMixed, CrsNotPlanar
from gis.testing import drawn
from layers.errors import LayerMissing, LayerUnknown, ProjectBusy, ProjectDamaged, ProjectExists, ProjectMissing
from layers.identity import rows_sha256
from layers.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")
    return made.write({"zone": drawn("zz").assign(status="approximate", valid_from="2008-10-14", note="ghi chú")})


def test_a_layer_is_read_back_as_it_was_written(workspace: Workspace) -> None:
    """Canonical fields come first and in their types; columns of the source stay; the identity survives the disk."""
    rows = Workspace.open(workspace.path).read("zone")
    assert list(rows.columns) == ["name", "status", "valid_from", "note", "geometry"]
    assert rows["valid_from"].tolist() == ["2008-10-14"]
    assert rows_sha256(rows, ("name",)) == workspace.project.layers["zone"].sha256


def test_blank_text_is_no_data(workspace: Workspace, tmp_path: Path) -> None:
    """An empty text, spaces of any kind and nothing are one, also where another program wrote them into the file."""
    names = ["", " \u00a0 ", None, " Bãi  A "]
    after = workspace.write({"yards": drawn("abcd", key="code").assign(name=names)})
    assert after.read("yards")["name"].isna().tolist() == [True, True, True, False]
    rows = pyogrio.read_dataframe(after.file_of("yards"), layer="yards").assign(name=["", " ", "\t", "Bãi A"])
    rows.to_file(after.file_of("yards"), layer="yards")
    assert after.read("yards")["name"].isna().tolist() == [True, True, True, False]


def test_layers_are_geopackage_1_3(workspace: Workspace) -> None:
    """Older QGIS and validators reject 1.4."""
    assert workspace.file_of("zone").read_bytes()[60:64] == (10_300).to_bytes(4, "big")
    assert pyogrio.read_info(workspace.file_of("zone"))["crs"] == "EPSG:9215"


def test_identity_is_remembered_until_the_file_changes(workspace: Workspace) -> None:
    """An edit from outside is noticed; a lost or spoilt cache only costs time."""
    before = workspace.identity("zone")
    (workspace.path / "cache" / "identity.json").write_text("{", encoding="utf-8")
    assert workspace.identity("zone") == before
    edited = workspace.read("zone").assign(note="khác")
    pyogrio.write_dataframe(edited, workspace.file_of("zone"), layer="zone")
    assert workspace.identity("zone").sha256 != before.sha256


def test_another_system_than_the_projects_is_refused(workspace: Workspace) -> None:
    """A layer in UTM never stands beside one in TM-3."""
    with pytest.raises(CrsMixed):
        workspace.write({"gates": drawn("g", crs="EPSG:3405")})


def test_names_of_layers_are_an_allow_list(workspace: Workspace) -> None:
    """A layer that the model does not know has no file."""
    with pytest.raises(LayerUnknown, match="zone"):
        workspace.read("../../etc/passwd")
    with pytest.raises(LayerMissing, match="--as yards"):
        workspace.read("yards")


def test_a_folder_that_is_no_project_is_told(tmp_path: Path, workspace: Workspace) -> None:
    """Missing, taken, damaged, not planar: each its own message."""
    with pytest.raises(ProjectMissing):
        Workspace.open(tmp_path)
    with pytest.raises(ProjectExists):
        Workspace.create(workspace.path, "x", "EPSG:9215")
    with pytest.raises(CrsNotPlanar):
        Workspace.create(tmp_path / "q", "x", "EPSG:4326")
    (workspace.path / "project.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(ProjectDamaged):
        Workspace.open(workspace.path)


def test_a_failed_write_leaves_everything_as_it_was(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error before the decision changes no file and leaves no staging folder."""
    before = {path.name: path.read_bytes() for path in workspace.path.rglob("*.gpkg")}

    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(layers.commit, "flush", fail)
    with pytest.raises(OSError, match="No space"):
        workspace.write({"zone": drawn("zzz")})
    assert {path.name: path.read_bytes() for path in workspace.path.rglob("*.gpkg")} == before
    assert not list(workspace.path.glob(".staging-*"))


@pytest.mark.parametrize("moves_before_death", [0, 1])
def test_killed_after_the_decision_the_next_opening_finishes(workspace: Workspace, moves_before_death: int) -> None:
    """Killed between the moves of two files, the project opens with both of them new."""
    script = f"""
        import os, signal, sys
        from pathlib import Path
        import layers.commit
        from gis.testing import drawn
        from layers.workspace import Workspace
        moved = []
        replace = Path.replace
        def dying(path, target):
            if ".commit" in path.parts:
                if len(moved) == {moves_before_death}:
                    os.kill(os.getpid(), signal.SIGKILL)
                moved.append(path)
            return replace(path, target)
        Path.replace = dying
        Workspace.open({str(workspace.path)!r}).write({{"zone": drawn("zzzz"), "gates": drawn("g", key="code").set_geometry(drawn("g").centroid)}})
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False, cwd=Path.cwd())
    assert done.returncode == -signal.SIGKILL
    opened = Workspace.open(workspace.path)
    assert opened.read("zone").area.sum() == 400.0
    assert opened.identity("zone").sha256 == opened.project.layers["zone"].sha256
    assert len(opened.read("gates")) == 1
    assert not (workspace.path / ".commit").exists()


def test_two_writers_do_not_meet(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one is told to wait."""
    monkeypatch.setattr(layers.commit, "LOCK_TIMEOUT_S", 0.05)
    with FileLock(workspace.path / ".lock"), pytest.raises(ProjectBusy):
        workspace.write({"zone": drawn("zzz")})
    assert workspace.read("zone").area.sum() == 200.0
