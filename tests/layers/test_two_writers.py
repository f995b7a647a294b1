"""Two programs write to one project: one lock, nothing mixed, the second is told."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gis.testing import drawn
from layers.errors import LayerChanged
from layers.versions import history
from layers.workspace import Workspace

WRITER = """
    import sys
    from gis.testing import drawn
    from layers.errors import LayerChanged
    from layers.workspace import Workspace

    path, letter = sys.argv[1:]
    done = 0
    while done < 5:
        opened = Workspace.open(path)
        rows = drawn(letter * 3, key="code").assign(name=f"{letter}{done}")
        try:
            opened.write({"yards": rows, "functional_areas": rows})
        except LayerChanged:
            continue
        done += 1
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "p", "Thử", "EPSG:9215").write({"yards": drawn("ab", key="code")})


@pytest.mark.slow
def test_two_processes_take_turns(workspace: Workspace) -> None:
    """Each commit is of one of them, both layers together, and every state is in the history."""
    line = [sys.executable, "-c", textwrap.dedent(WRITER), str(workspace.path)]
    running = [subprocess.Popen([*line, letter], cwd=Path.cwd()) for letter in "xy"]
    assert [one.wait() for one in running] == [0, 0]
    opened = Workspace.open(workspace.path)
    names = {opened.read(layer)["name"].iloc[0] for layer in ("yards", "functional_areas")}
    assert len(names) == 1
    assert len(history(opened.path, "yards")) == 11
    assert opened.identity("yards").sha256 == opened.project.layers["yards"].sha256
    assert not list(opened.path.glob(".staging-*"))


def test_what_changed_since_it_was_opened_is_not_overwritten(workspace: Workspace) -> None:
    """The second writer read an older state: it is told, and the first one's rows stay."""
    workspace.write({"yards": drawn("xy", key="code")})
    with pytest.raises(LayerChanged, match="yards"):
        workspace.write({"yards": drawn("cd", key="code")})
    assert Workspace.open(workspace.path).read("yards")["code"].tolist() == ["x", "y"]
