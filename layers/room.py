"""Whether two processes of this program have room beside each other, and who does what of several things."""

import os
from collections.abc import Sequence

from layers import parcels
from layers.workspace import Workspace

# With fewer parcels the work is done before a process has started.
PARCELS_LEAST = 2_000
# What the program itself takes of the memory, and most of what it does with a small project.
_PROCESS_BYTES = 400_000_000


def has_room(workspace: Workspace, bytes_a_parcel: int) -> bool:
    """Tell whether a second process would save time and find room.

    Parameters
    ----------
    bytes_a_parcel : what a process takes of the memory for each parcel of the project
    """
    rows = workspace.identity(parcels.SCHEMA.name).rows if workspace.has(parcels.SCHEMA.name) else 0
    if rows < PARCELS_LEAST or (os.cpu_count() or 1) < 2:
        return False
    return _free_bytes() >= 2 * (_PROCESS_BYTES + rows * bytes_a_parcel)


def shared_out(
    workspace: Workspace, names: Sequence[str], least: int, bytes_a_parcel: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the names this process does, and which a second one: none of fewer than `least`."""
    alone = len(names) < least or not has_room(workspace, bytes_a_parcel)
    half = len(names) if alone else (len(names) + 1) // 2
    return tuple(names[:half]), tuple(names[half:])


def _free_bytes() -> int:
    import psutil  # noqa: PLC0415 -- only where many names are asked for

    free: int = psutil.virtual_memory().available
    return free
