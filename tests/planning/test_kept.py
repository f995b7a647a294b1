"""Stored Records: whoever reads at any moment gets the old one or the new one, whole."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layers.whole_folder import current_version
from layers.workspace import Workspace
from planning.current import kept_record
from planning.errors import RecordMissing
from planning.kept import keep, read_kept
from planning.record import Record


@pytest.fixture
def small(record: Record) -> Record:
    """Return a Record of one table and one shape: what it holds matters less here than where it stands."""
    return replace(record, tables={"parcels": record.tables["parcels"]}, geometry={"base": record.geometry["base"]})


def test_between_any_two_steps_a_reader_sees_one_whole_record(
    planned: Workspace, small: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rename, replacement and removal of a file is watched: first the old Record is there, then the new one."""
    keep(planned, small)
    new = replace(small, reason="khác")
    seen: list[str] = []

    def watched(step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            done = step(*args, **options)
            seen.append(read_kept(planned, "x").id)
            return done

        return stepped

    with monkeypatch.context() as patched:
        for name in ("replace", "unlink", "rmdir"):
            patched.setattr(os, name, watched(getattr(os, name)))
        keep(planned, new)
    turn = seen.index(new.id)
    assert set(seen[:turn]) == {small.id}
    assert set(seen[turn:]) == {new.id}
    assert 0 < turn < len(seen) - 5  # what is thrown away comes after


def test_the_old_record_is_thrown_away_and_nothing_else(planned: Workspace, small: Record) -> None:
    """What a person laid beside it stays; so does a folder that a pointer leads astray to."""
    keep(planned, small)
    beside = planned.path / "records" / "x" / "ghi-chu"
    beside.mkdir()
    keep(planned, replace(small, reason="khác"))
    names = {path.name for path in beside.parent.iterdir()}
    assert len(names) == 3
    assert {"current", "ghi-chu"} < names
    (beside.parent / "current").write_text("../../layers", encoding="ascii")
    with pytest.raises(RecordMissing):
        kept_record(planned, "x")


def test_a_reader_that_is_overtaken_reads_the_new_record(planned: Workspace, small: Record) -> None:
    """The folder that it was about to read is gone: it reads anew."""
    keep(planned, small)
    new = replace(small, reason="khác")

    def overtaken(folder: Path) -> Record:
        if kept_id(planned) == small.id:
            keep(planned, new)
        return Record.load(folder)

    assert read_kept(planned, "x", overtaken).id == new.id


def kept_id(workspace: Workspace) -> str:
    """Return the identity of the Record of x."""
    return read_kept(workspace, "x", Record.open).id


def test_a_record_is_a_folder_that_can_be_handed_on(planned: Workspace, small: Record, tmp_path: Path) -> None:
    """record.json, tables and geometry stand in one folder, which is read wherever it is copied to."""
    keep(planned, small)
    folder = current_version(planned.path / "records" / "x")
    assert folder is not None
    copied = shutil.copytree(folder, tmp_path / "giao")
    assert {path.name for path in copied.iterdir()} == {"record.json", "tables", "geometry.gpkg"}
    assert Record.load(copied).id == small.id


@pytest.mark.slow
def test_killed_at_any_moment_the_old_or_the_new_record_is_there(analysed: Workspace, *, full_bars: bool) -> None:
    """A writer is killed again and again, at random; each time one whole Record is read, before and after recovery."""
    seeded = np.random.default_rng(4)
    for _ in range(100 if full_bars else 4):
        writer = subprocess.Popen([sys.executable, "-c", _writer(analysed)], stdout=subprocess.PIPE, cwd=Path.cwd())
        assert writer.stdout is not None
        writer.stdout.readline()
        until = time.monotonic() + seeded.uniform(0.0, 0.5)
        while time.monotonic() < until:
            assert kept_record(analysed, "x").is_whole
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert kept_record(analysed, "x").is_whole
        assert kept_record(Workspace.open(analysed.path), "x").is_whole
        assert not (analysed.path / ".commit").exists()


def _writer(workspace: Workspace) -> str:
    """Return a program that stores one Record after the other."""
    return textwrap.dedent(f"""
        from dataclasses import replace
        from layers.workspace import Workspace
        from planning.current import kept_record
        from planning.kept import keep
        workspace = Workspace.open({str(workspace.path)!r})
        record = kept_record(workspace, "x")
        print("ready", flush=True)
        for number in range(100_000):
            keep(workspace, replace(record, reason=str(number)))
    """)
