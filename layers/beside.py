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
# With fewer parcels the work is done before a process has started; with more, two of them fill the memory of a desk.
PARCELS_LEAST, PARCELS_MOST = 2_000, 50_000


def shared_out(workspace: Workspace, names: Sequence[str], least: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the names this process does, and which a second one: none of fewer than `least`."""
    rows = workspace.identity(parcels.SCHEMA.name).rows if workspace.has(parcels.SCHEMA.name) else 0
    alone = len(names) < least or not PARCELS_LEAST <= rows <= PARCELS_MOST or (os.cpu_count() or 1) < 2
    half = len(names) if alone else (len(names) + 1) // 2
    return tuple(names[:half]), tuple(names[half:])


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
