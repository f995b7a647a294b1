"""``mocgioi appendix``, killed at any moment: the old appendix or the new one stands there, every file of it."""

import multiprocessing
import os
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from desk.cli.app import main
from layers.workspace import Workspace
from maps.appendix.manifest import Manifest, file_sums
from maps.replaced_folder import settle
from maps.verify.folder import verify
from planning import scenario
from planning.edits import AddUnits

FULL = os.environ.get("MOCGIOI_BARS") == "full"
KILLS = 100 if FULL else 6
DECIDED = ("*.finished", "*.replaced")
CONTEXT = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")


def export(project: Path, out: Path, number: int) -> None:
    """Write the appendix to document `number`."""
    main(["--quiet", "appendix", "mo-rong", "--out", str(out), "--document", str(number), "-p", str(project)])


def started(project: Path, out: Path, number: int) -> BaseProcess:
    """Start the command in a process that has its libraries loaded already."""
    writer = CONTEXT.Process(target=export, args=(project, out, number))
    writer.start()
    return writer


def wait_for_the_decision(out: Path, writer: BaseProcess) -> None:
    """Wait until the new folder is whole and about to be moved in."""
    while writer.is_alive() and not any(path for state in DECIDED for path in out.parent.glob(f".{out.name}.{state}")):
        time.sleep(0.0005)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_kill_leaves_the_old_appendix_or_the_new_one(project: Workspace, tmp_path: Path) -> None:
    """Killed at points spread over its whole run, and in the moment of its decision: 100 with MOCGIOI_BARS=full."""
    scenario.add(project, scenario.Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),)))
    CONTEXT.set_forkserver_preload(["desk.cli.app", "desk.cli.appendices"])
    warm = CONTEXT.Process(target=os.getpid)
    warm.start()
    warm.join()
    out = tmp_path / "phu-luc"
    chance = random.Random(12)  # noqa: S311 -- a seed, no secret
    began = time.monotonic()
    started(project.path, out, 0).join()
    whole = time.monotonic() - began
    before, found = "0", []
    for number in range(1, KILLS + 1):
        writer = started(project.path, out, number)
        if number % 3 == 0:
            wait_for_the_decision(out, writer)
            time.sleep(chance.random() * 0.02)
        else:
            time.sleep(whole * (number - chance.random()) / KILLS)
        writer.kill()
        writer.join()
        settle(out)
        manifest = Manifest.read(out)
        assert file_sums(out) == manifest.files
        assert manifest.wishes.block.document in (before, str(number))
        before = manifest.wishes.block.document
        found.append(before)
    assert len({*found}) > 1  # some were killed after the decision
    assert verify(out).is_same
