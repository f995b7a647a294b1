"""A second process that analyses scenarios beside this one, started before anything large is loaded."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from layers.beside import Second, waiting

# The module that it runs.
MODULE = "planning.analysing"
# So many scenarios take longer than a process takes to load; and parcels of so many bytes, some two thousand.
_MANY, _LARGE_BYTES = 3, 1_000_000


def second_analyst(project: Path, names: Sequence[str]) -> AbstractContextManager[Second | None]:
    """Return a process that loads beside the block and waits for scenarios, None where it hardly saves time.

    What is asked is the age of files alone. A wrong guess costs only time: `planning.current` knows what is up to date.
    """
    folder = project.resolve()
    return waiting(MODULE, str(folder)) if _many_are_old(folder, names) else nullcontext()


def _many_are_old(project: Path, names: Sequence[str]) -> bool:
    layers = project / "layers"
    try:
        newest = max(_changed(path) for path in (project / "project.toml", layers, *layers.iterdir()))
        large = (layers / "parcels.gpkg").stat().st_size >= _LARGE_BYTES
    except OSError:
        return False
    scenarios = [(project / "scenarios" / f"{name}.toml", project / "records" / name) for name in names]
    old = [edits for edits, record in scenarios if _changed(record) < max(newest, _changed(edits))]
    return large and len(old) >= _MANY and (os.cpu_count() or 1) > 1


def _changed(path: Path) -> float:
    """Return when a file or a folder was changed, seconds of the clock; 0 where it is not there."""
    return path.stat().st_mtime if path.exists() else 0.0
