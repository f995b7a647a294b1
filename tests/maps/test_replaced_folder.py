"""A folder is replaced whole: killed at any moment, the old one or the new one stands there."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from maps.replaced_folder import replaced_folder, settle

FULL = os.environ.get("MOCGIOI_BARS") == "full"
FILES = 12


def beside(folder: Path) -> list[str]:
    """Return what stands in a folder but the writers' lock."""
    return sorted(one.name for one in folder.iterdir() if one.suffix != ".lock")


def write_forever(path: Path, started) -> None:
    """Replace the folder again and again, every file of a version saying the same number."""
    for version in range(1, 1_000_000):
        with replaced_folder(path) as building:
            for number in range(FILES):
                (building / f"{number}.txt").write_text(str(version), encoding="ascii")
        started.set()


def test_a_block_that_fails_leaves_the_old_folder(tmp_path):
    """Nothing of the new one is left, not even beside."""
    path = tmp_path / "phu-luc"
    with replaced_folder(path) as building:
        (building / "a").write_text("1", encoding="ascii")
    with pytest.raises(FileNotFoundError), replaced_folder(path) as building:
        (building / "a").rename(building / "b")
    assert (path / "a").read_text(encoding="ascii") == "1"
    assert beside(tmp_path) == ["phu-luc"]


def test_files_that_the_new_folder_lacks_are_gone(tmp_path):
    """Replaced is replaced: nothing of the old one shines through."""
    path = tmp_path / "phu-luc"
    for name in ("cu", "moi"):
        with replaced_folder(path) as building:
            (building / name).write_text("1", encoding="ascii")
    assert [one.name for one in path.iterdir()] == ["moi"]


def test_what_was_decided_is_finished_by_the_next_who_asks(tmp_path):
    """Between the two renames there is no folder; whoever settles puts the new one in its place."""
    path = tmp_path / "phu-luc"
    (tmp_path / ".phu-luc.1.replaced").mkdir()
    (tmp_path / ".phu-luc.2.finished").mkdir()
    (tmp_path / ".phu-luc.2.finished" / "a").write_text("2", encoding="ascii")
    settle(path)
    assert (path / "a").read_text(encoding="ascii") == "2"
    assert beside(tmp_path) == ["phu-luc"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_kill_leaves_the_old_folder_or_the_new_one(tmp_path):
    """Killed at random moments (100 with MOCGIOI_BARS=full), every file there is of one version."""
    path = tmp_path / "phu-luc"
    chance = random.Random(12)  # noqa: S311 -- a seed, no secret
    context = multiprocessing.get_context("spawn")
    for _ in range(100 if FULL else 4):
        started = context.Event()
        writer = context.Process(target=write_forever, args=(path, started))
        writer.start()
        assert started.wait(60)
        time.sleep(chance.random() * 0.3)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        settle(path)
        versions = {one.read_text(encoding="ascii") for one in path.iterdir()}
        assert len(versions) == 1
        assert len(list(path.iterdir())) == FILES
