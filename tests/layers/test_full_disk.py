"""A disk that is full, at any step of an import: one sentence, the old state whole, and room again is enough."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gis.testing import drawn
from layers.versions import history
from layers.workspace import Workspace

SCRIPT = """
    import os, sys
    from pathlib import Path
    from desk.cli.app import main
    from gis.testing import drawn
    from layers.versions import history
    from layers.workspace import Workspace

    disk, source, spaces = Path(sys.argv[1]), sys.argv[2], [int(one) for one in sys.argv[3:]]
    made = Workspace.create(disk / "p", "Thử", "EPSG:9215").write({"yards": drawn("ab", key="code")})

    def state():
        opened = Workspace.open(made.path)
        told = opened.project.layers["yards"].sha256
        assert told == opened.identity("yards").sha256 == history(made.path, "yards")[-1].sha256
        return opened.read("yards")["code"].tolist()

    def imported():
        try:
            main(["-p", str(made.path), "import", source, "--as", "yards", "--replace"])
        except SystemExit as end:
            return end.code or 0

    ballast, codes = disk / "ballast", []
    for space in spaces:
        room = os.statvfs(disk)
        ballast.write_bytes(bytes(max(room.f_bavail * room.f_frsize - 1024 * space, 0)))
        codes.append(imported())
        ballast.unlink()
        assert state() == (["a", "b"] if codes[-1] else list("cdefgh"))
        if codes[-1] == 0:
            break
        assert not list(made.path.glob(".staging-*"))
    print(codes)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a file of yards with long names that no packing makes small."""
    rows = drawn("cdefgh", key="code").assign(name=[os.urandom(8000).hex() for _ in range(6)])
    rows.to_file(tmp_path / "x.gpkg")
    return tmp_path / "x.gpkg"


@pytest.mark.slow
def test_a_disk_without_room_changes_nothing(tmp_path: Path, source: Path, full_bars: bool) -> None:
    """A small file system of memory, with more room each time, until the import succeeds."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if shutil.which("unshare") is None:
        pytest.skip("only Linux lets a user mount a file system")
    step = 20 if full_bars else 100
    mounted = f'mount -t tmpfs -o size=3m tmpfs "{disk}" && exec "$@"'
    words = [sys.executable, "-c", textwrap.dedent(SCRIPT), disk, source, *map(str, range(0, 1000, step))]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mounted, "sh", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path.cwd(),
    )
    if done.returncode and ("unshare:" in done.stderr or "mount:" in done.stderr):
        pytest.skip("this system lets no user mount a file system")
    assert done.returncode == 0, done.stderr
    codes = [int(one) for one in done.stdout.splitlines()[-1].strip("[]").split(",")]
    assert codes[-1] == 0
    assert set(codes[:-1]) == {1}
    assert len(codes) > 2
    told = done.stderr.splitlines()
    assert len(told) == len(codes) - 1
    assert all("kiểm tra dung lượng đĩa" in one for one in told)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_file_that_may_not_grow_changes_nothing(tmp_path: Path, source: Path) -> None:
    """A limit on the size of files stops the import in one sentence, and the next one succeeds."""
    made = Workspace.create(tmp_path / "p", "Thử", "EPSG:9215").write({"yards": drawn("ab", key="code")})
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (110 * 1024,) * 2); "
        "from desk.cli.app import main; main()"
    )
    words = ["-p", made.path, "import", source, "--as", "yards", "--replace"]
    stopped = subprocess.run(
        [sys.executable, "-c", limited, *words], check=False, capture_output=True, text=True, cwd=Path.cwd()
    )
    assert (stopped.returncode, stopped.stderr.count("\n")) == (1, 1), stopped.stderr
    assert "dung lượng đĩa" in stopped.stderr
    assert not list(made.path.glob(".staging-*"))
    opened = Workspace.open(made.path)
    assert opened.read("yards")["code"].tolist() == ["a", "b"]
    assert opened.identity("yards").sha256 == history(made.path, "yards")[-1].sha256
