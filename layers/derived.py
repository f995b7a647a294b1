"""What follows from the layers of a project alone: computed once, kept in ``cache/derived/``, read back or made anew.

An entry is known by everything that it was made from, and by the program that made it. One that is missing, stale or
damaged in any byte is made anew, never trusted. Only arrays are kept: nothing in the folder is ever run.
"""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from gis.errors import CacheUnusable
from gis.ragged import Array
from gis.shelf import put, take
from layers.workspace import Workspace


def derived(
    workspace: Workspace,
    name: str,
    made_from: Mapping[str, str],
    make: Callable[[], Mapping[str, Array]],
    is_still: Callable[[], bool] = lambda: True,
) -> dict[str, Array]:
    """Return the arrays that `make` computes, from the cache where they were made from the same.

    Parameters
    ----------
    name : of the entry, and of its folder; a newer entry of that name replaces the older one
    made_from : identity by input: layers, shapes, settings, libraries
    make : computes the arrays, of any numbers; their dtype and shape are kept
    is_still : tells whether the inputs are, after the work, what `made_from` says; if not, nothing is kept
    """
    folder = workspace.path / "cache" / "derived" / name
    about = {"name": name, "program": _program(), **made_from}
    try:
        # Copies: a file that stays mapped could not be replaced on Windows.
        return {key: np.array(array) for key, array in take(folder, about).items()}
    except CacheUnusable:
        arrays = dict(make())
    with suppress(OSError):  # a full or locked disk costs the next one time, it undoes nothing
        if is_still():
            put(folder, arrays, about)
    return arrays


@cache
def _program() -> str:
    """Return version and fingerprint of the program: between two versions its modules change, too."""
    floors = [Path(__file__).parents[1] / name for name in ("gis", "layers", "planning")]
    modules = sorted(path for floor in floors for path in floor.rglob("*.py"))
    stamps = [(path.as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in modules]
    return f"{version('mocgioi')} {hashlib.sha256(repr(stamps).encode()).hexdigest()}"
