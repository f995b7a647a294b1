"""Kill -9 at any moment of an import, a save, a restore or a recorded edit: the state before or after, whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gis.testing import drawn
from layers.catalog import LAYERS
from layers.identity import rows_sha256
from layers.versions import history, rows_of
from layers.workspace import Workspace

# Says when it begins and when it is done, so that kills fall over the whole of the work and a little after it.
SCRIPT = """
    import sys
    from pathlib import Path
    from gis.formats.reader import Reader
    from gis.testing import drawn
    from layers.intake import import_files
    from layers.outside import record_edits, restore
    from layers.wishes import Wishes
    from layers.workspace import Workspace

    path, source, what = sys.argv[1:]
    workspace = Workspace.open(path)
    new = drawn("pqrstu", key="code")
    works = {
        "import": lambda: import_files(workspace, [Path(source)], "yards", Wishes(presence="replace")),
        "save": lambda: workspace.write({"yards": new, "functional_areas": new, "constraints": new}),
        "restore": lambda: restore(workspace, "yards", 1),
        "edit": lambda: record_edits(workspace),
    }
    print("begin", flush=True)
    works[what]()
    print("done", flush=True)
    sys.stdin.read()
"""
WORKS = ("import", "save", "restore", "edit")


def project(folder: Path) -> Workspace:
    """Make a project of two layers, the first in its second version."""
    made = Workspace.create(folder, "Thử", "EPSG:9215").write({"yards": drawn("xyz", key="code")})
    return made.write({"yards": drawn("ab", key="code"), "functional_areas": drawn("cd", key="code")})


def edited(workspace: Workspace) -> None:
    """Change a layer as QGIS does."""
    workspace.read("yards").assign(name="Sửa").to_file(workspace.file_of("yards"), layer="yards", driver="GPKG")


def state(path: Path) -> tuple[tuple[str, str, str], ...]:
    """Open the project; return by layer the identity that project.toml and history agree on, and that of the file."""
    opened = Workspace.open(path)
    found = []
    for layer in (one.name for one in LAYERS if opened.has(one.name)):
        entry, recorded = opened.project.layers[layer], history(path, layer)
        assert [one.number for one in recorded] == list(range(1, len(recorded) + 1))
        assert recorded[-1].sha256 == entry.sha256
        assert rows_sha256(rows_of(path, layer, len(recorded), ("code",)), ("code",)) == entry.sha256
        found.append((layer, entry.sha256, rows_sha256(opened.read(layer), ("code",))))
    assert not (path / ".commit").exists()
    return tuple(found)


def running(path: Path, source: Path, what: str) -> subprocess.Popen[bytes]:
    """Start one work and wait until it begins."""
    words = [sys.executable, "-c", textwrap.dedent(SCRIPT), path, source, what]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stdout.readline() == b"begin\n"
    return process


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_killed_at_any_moment_the_state_before_or_after_is_there(
    tmp_path: Path, full_bars: bool, record_property: Callable[[str, object], None]
) -> None:
    """100 kills in full, spread evenly over four kinds of work; each project opens and is one of two states."""
    template, source = project(tmp_path / "mau").path, tmp_path / "x.gpkg"
    drawn("abcdefgh\nijklmnop", key="code").to_file(source)
    outcomes, chance = Counter[str](), random.Random(7)  # noqa: S311 -- a seed, not a secret
    for what in WORKS:
        before, after, whole_s = undisturbed(template, source, tmp_path / f"{what}-whole", what)
        for number in range(25 if full_bars else 1):
            path = shutil.copytree(template, tmp_path / f"{what}-{number}")
            if what == "edit":
                edited(Workspace.open(path))
            process = running(path, source, what)
            time.sleep(chance.uniform(0.0, 1.1 * whole_s))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            now = state(path)
            assert now in (before, after), (what, number)
            outcomes[f"{what}: {'before' if now == before else 'after'}"] += 1
            shutil.rmtree(path)
    record_property("outcomes", dict(outcomes))


def undisturbed(template: Path, source: Path, path: Path, what: str) -> tuple[object, object, float]:
    """Return the states before and after a work that nobody kills, and how long it takes.

    What was edited outside is in the file before and after; the work adds its record.
    """
    shutil.copytree(template, path)
    if what == "edit":
        edited(Workspace.open(path))
    before = state(path)
    process = running(path, source, what)
    assert process.stdout is not None
    began = time.monotonic()
    assert process.stdout.readline() == b"done\n"
    whole_s = time.monotonic() - began
    process.communicate()
    assert all(told == there for _, told, there in state(path))
    return before, state(path), whole_s
