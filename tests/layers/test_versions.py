"""Nothing is lost: every state has a number, an edit outside is noticed and recorded, any version comes back."""

from pathlib import Path

import pyogrio
import pytest

from gis.errors import FileDamaged
from gis.testing import drawn
from layers.errors import LayerMissing, VersionMissing
from layers.identity import rows_sha256
from layers.outside import record_edits, restore
from layers.versions import history, rows_of
from layers.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215")
    return made.write({"yards": drawn("ab", key="code").assign(name="Bãi")})


def edit_outside(workspace: Workspace, letters: str) -> None:
    """Save other rows over the layer, as QGIS does."""
    rows = drawn(letters, key="code").assign(name="Sửa trong QGIS")
    pyogrio.write_dataframe(rows, workspace.file_of("yards"), layer="yards", driver="GPKG")


def test_every_write_is_a_version_and_the_same_rows_are_not(workspace: Workspace) -> None:
    """Two different writes, two versions; writing the same again adds none."""
    after = workspace.write({"yards": drawn("abc", key="code")})
    after.write({"yards": drawn("abc", key="code")})
    assert [(one.number, one.rows, one.why) for one in history(workspace.path, "yards")] == [
        (1, 2, "write"),
        (2, 3, "write"),
    ]


def test_an_edit_outside_is_noticed_checked_and_recorded(workspace: Workspace) -> None:
    """Rows added, removed and changed are counted by key; nothing unchanged is recorded."""
    assert record_edits(workspace) == (workspace, ())
    edit_outside(workspace, "bcc")
    after, (edit,) = record_edits(workspace)
    assert (edit.layer, edit.rows, edit.problem) == ("yards", 2, None)
    assert edit.changes == {"added": 1, "removed": 1, "changed": 1}
    assert after.project.layers["yards"].sha256 == after.identity("yards").sha256
    assert history(after.path, "yards")[-1].why == "edited outside"
    assert record_edits(Workspace.open(after.path))[1] == ()


def test_a_layer_put_there_or_taken_away_is_noticed(workspace: Workspace) -> None:
    """A file copied into layers/ is checked and recorded; one that is gone is told, and comes back."""
    gates = workspace.file_of("gates")
    drawn("g", key="code").set_geometry(drawn("g").centroid).to_file(gates, layer="gates", driver="GPKG")
    after, (edit,) = record_edits(workspace)
    assert (edit.layer, edit.changes, edit.problem) == ("gates", {"added": 1}, None)
    assert after.project.layers["gates"].rows == 1
    gates.unlink()
    same, (edit,) = record_edits(after)
    assert isinstance(edit.problem, LayerMissing)
    assert len(restore(same, "gates", 1).read("gates")) == 1


def test_an_edit_that_nobody_noticed_is_recorded_before_it_is_replaced(workspace: Workspace) -> None:
    """An import over an edited layer keeps the edit as a version of its own."""
    edit_outside(workspace, "bcc")
    workspace.write({"yards": drawn("d", key="code")})
    assert [one.why for one in history(workspace.path, "yards")] == ["write", "edited outside", "write"]


def test_a_version_comes_back_bit_for_bit(workspace: Workspace) -> None:
    """The identity after is the identity before; the state in between stays in the history."""
    first = workspace.project.layers["yards"].sha256
    after = restore(workspace.write({"yards": drawn("xyz", key="code")}), "yards", 1)
    assert after.project.layers["yards"].sha256 == after.identity("yards").sha256 == first
    assert [(one.why, one.detail) for one in history(after.path, "yards")][-1] == ("restore", "1")
    assert rows_sha256(rows_of(after.path, "yards", 2, ("code",)), ("code",)) != first
    with pytest.raises(VersionMissing, match="1, 2, 3"):
        restore(after, "yards", 9)


@pytest.mark.filterwarnings("default")  # SQLite warns of the ruin besides refusing it
def test_a_ruined_layer_comes_back_and_the_ruin_is_kept(workspace: Workspace) -> None:
    """A file that cannot be read stops nothing: it is told, put aside, and replaced by a version."""
    workspace.file_of("yards").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    _, (edit,) = record_edits(workspace)
    assert edit.problem is not None
    after = restore(workspace, "yards", 1)
    assert len(after.read("yards")) == 2
    assert (after.path / "quarantine" / "yards-unreadable.gpkg").is_file()


def test_a_version_that_was_tampered_with_is_refused(workspace: Workspace) -> None:
    """The rows must be those that were recorded."""
    drawn("zz", key="code").to_parquet(workspace.path / "versions" / "yards" / "0001.parquet")
    with pytest.raises(FileDamaged, match="SHA-256"):
        restore(workspace, "yards", 1)
