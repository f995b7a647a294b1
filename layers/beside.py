"""A second process of this program: half of what is to be done, on another core; it only ever saves time.

What it does stands in the project when it ends. Where it cannot be started, fails or is ended, whoever waits for it
finds it undone, does it itself, and so meets any error where it can be told.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from layers import parcels
from layers.workspace import Workspace

_ROOT = str(Path(__file__).parents[1])
# With fewer parcels the work is done before a process has started.
PARCELS_LEAST = 2_000
# What the program itself takes of the memory, and most of what it does with a small project.
_PROCESS_BYTES = 400_000_000


def shared_out(
    workspace: Workspace, names: Sequence[str], least: int, bytes_a_parcel: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the names this process does, and which a second one.

    Parameters
    ----------
    least : of fewer names a second process does none
    bytes_a_parcel : what a process takes of the memory for each parcel; where there is not enough for two, one does all
    """
    rows = workspace.identity(parcels.SCHEMA.name).rows if workspace.has(parcels.SCHEMA.name) else 0
    alone = len(names) < least or rows < PARCELS_LEAST or (os.cpu_count() or 1) < 2
    alone = alone or _free_bytes() < 2 * (_PROCESS_BYTES + rows * bytes_a_parcel)
    half = len(names) if alone else (len(names) + 1) // 2
    return tuple(names[:half]), tuple(names[half:])


def _free_bytes() -> int:
    import psutil  # noqa: PLC0415 -- only where many names are asked for

    free: int = psutil.virtual_memory().available
    return free


@contextmanager
def beside(module: str, *words: str) -> Iterator[Callable[[], str]]:
    """Run a module of this program beside the block; what is yielded waits for its end.

    Yields
    ------
    A function that returns what the module printed, nothing where it failed.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 -- this Python, a module of ours
            [sys.executable, "-P", "-m", module, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": _this_program_first()},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        yield lambda: ""
        return

    @cache
    def told() -> str:
        text, _ = process.communicate()
        return text if process.returncode == 0 else ""

    with process:
        try:
            yield told
        finally:
            if process.poll() is None:
                process.terminate()


def _this_program_first() -> str:
    """Return where the second process looks for modules: this program and no other, wherever it was called from."""
    return os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
