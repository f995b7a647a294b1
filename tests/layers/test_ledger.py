"""The ledger of officers' words: nothing in it can be changed without being found, and a kill leaves it whole."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from layers.errors import LedgerDamaged
from layers.ledger import FILE, Said, read_ledger, say
from layers.workspace import Workspace

SAID = Said("wrong", "geometry.spike", "parcels", "a/1/b", "", "spike", "0" * 64, "nhìn nhầm", "BB 12", "Cán bộ A")


def said(workspace: Workspace, count: int) -> Workspace:
    """Return the project after some words."""
    for number in range(count):
        workspace = say(workspace, Said(**{**_plain(SAID), "reason": f"lý do {number}"}))
    return workspace


def _plain(one: Said) -> dict[str, str]:
    return {name: getattr(one, name) for name in Said.__slots__}


def test_words_stand_in_their_order_and_the_project_knows_the_newest(project: Workspace) -> None:
    """Each line follows the one before; project.toml holds the head."""
    after = said(project, 3)
    ledger = read_ledger(Workspace.open(project.path))
    assert ledger.is_whole
    assert [line.said.reason for line in ledger.lines] == ["lý do 0", "lý do 1", "lý do 2"]
    assert ledger.lines[1].previous == ledger.lines[0].sha256
    assert after.project.ledger == ledger.head == Workspace.open(project.path).project.ledger
    assert not read_ledger(project).is_whole  # an older view of the project is told so


def test_a_project_without_words_has_an_empty_whole_ledger(project: Workspace) -> None:
    """Nothing was said, nothing is missing."""
    assert read_ledger(project).lines == ()
    assert read_ledger(project).is_whole
    assert "ledger" not in (project.path / "project.toml").read_text(encoding="utf-8")


def _edit(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("lý do 1", "lý do khác"), *lines[2:]]


def _forge(lines: list[str]) -> list[str]:
    line = json.loads(lines[1])
    return [lines[0], json.dumps({**line, "reason": "khác"}, ensure_ascii=False) + "\n", *lines[2:]]


TAMPERINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "edited": _edit,
    "forged": _forge,
    "removed": lambda lines: [lines[0], *lines[2:]],
    "first removed": lambda lines: lines[1:],
    "last removed": lambda lines: lines[:-1],
    "all removed": lambda lines: [],
    "reordered": lambda lines: [lines[1], lines[0], *lines[2:]],
    "repeated": lambda lines: [*lines, lines[-1]],
    "garbled": lambda lines: [lines[0], "{]\n", *lines[2:]],
    "cut": lambda lines: [*lines[:-1], lines[-1][:20]],
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found_and_nothing_is_added_to_it(project: Workspace, how: str) -> None:
    """Edited, forged, removed, cut off at the end, put elsewhere, said twice."""
    said(project, 4)
    path = project.path / FILE
    path.write_text(
        "".join(TAMPERINGS[how](path.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8"
    )
    opened = Workspace.open(project.path)
    assert not read_ledger(opened).is_whole
    before = path.read_bytes()
    with pytest.raises(LedgerDamaged):
        say(opened, SAID)
    assert path.read_bytes() == before


def test_the_file_that_is_gone_is_missed(project: Workspace) -> None:
    """The head in project.toml tells."""
    said(project, 1)
    (project.path / FILE).unlink()
    assert not read_ledger(Workspace.open(project.path)).is_whole


def test_writing_a_layer_keeps_the_words(project: Workspace) -> None:
    """Whoever opened the project earlier does not lose what was said since."""
    say(project, SAID)
    project.write({"yards": project.read("yards")})
    assert read_ledger(Workspace.open(project.path)).is_whole
    Workspace.open(project.path).record("gates")
    assert len(read_ledger(Workspace.open(project.path)).lines) == 1


_SPEAK = """
import sys
from layers.ledger import Said, say
from layers.workspace import Workspace
workspace = Workspace.open(sys.argv[1])
print("go", flush=True)
while True:
    workspace = say(workspace, Said("wrong", "r", "parcels", "k", "", "", "", "vì", "", "A"))
"""


@pytest.mark.slow
def test_a_kill_leaves_it_whole(project: Workspace, full_bars: bool) -> None:
    """Killed at any moment, every word that stands there is whole and in the chain, and the next one can be said."""
    lines = 0
    for turn in range(100 if full_bars else 8):
        child = subprocess.Popen(
            [sys.executable, "-c", _SPEAK, str(project.path)], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.01 + 0.013 * (turn % 17))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        ledger = read_ledger(Workspace.open(project.path))
        assert ledger.is_whole
        assert len(ledger.lines) >= lines
        lines = len(ledger.lines)
    assert len(read_ledger(say(Workspace.open(project.path), SAID)).lines) == lines + 1
