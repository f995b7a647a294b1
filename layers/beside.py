"""A second process of this program: half of what is to be done, on another core; it only ever saves time.

What it does stands in the project when it ends. Where it cannot be started, fails or is ended, whoever waits for it
finds it undone, does it itself, and so meets any error where it can be told.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from layers import parcels
from layers.workspace import Workspace

_ROOT = str(Path(__file__).parents[1])
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


@contextmanager
def beside(module: str, *words: str) -> Iterator[Callable[[], str]]:
    """Run a module of this program beside the block; what is yielded waits for its end.

    Yields
    ------
    A function that returns what the module printed, nothing where it failed.
    """
    with _started(module, *words) as process:

        @cache
        def told() -> str:
            text = "" if process is None else process.communicate()[0]
            return text if process is not None and process.returncode == 0 else ""

        yield told


@contextmanager
def taking_turns(module: str, project: str, names: Sequence[str]) -> Iterator[Iterator[str]]:
    """Run a module of this program beside the block: it takes names from the end, the block takes them from the front.

    The module asks for each by a line, see `asked_for`. When the block ends, so has the module.

    Yields
    ------
    The names that are left for the block.
    """
    left = deque(names)
    with _started(module, project) as process:
        with ThreadPoolExecutor(1) as serving:
            if process is not None:
                serving.submit(_hand_out, process, left)
            try:
                yield iter(partial(_next, left.popleft), "")
            except BaseException:
                left.clear()
                if process is not None:
                    process.terminate()
                raise
        if process is not None:
            process.wait()  # it asks for nothing more, and may not have stored the last


def asked_for() -> Iterator[str]:
    """Yield the names that a second process is handed out, one after the other, as `taking_turns` serves them.

    Whatever else the process prints goes where errors go: each line of the answer asks for a name.
    """
    asking = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def ask() -> str:
        asking.write("\n")
        asking.flush()
        return sys.stdin.readline().rstrip("\n")

    return iter(ask, "")


def _hand_out(process: "subprocess.Popen[str]", left: "deque[str]") -> None:
    """Answer each line of the process with another name, with none when all are taken."""
    asking, answering = process.stdout, process.stdin
    assert asking is not None
    assert answering is not None
    with suppress(OSError):  # it has failed: who waits for what it took does that himself
        for _ in asking:
            answering.write(f"{_next(left.pop)}\n")
            answering.flush()
    with suppress(OSError):  # else what could not be sent is sent once more when the process is left
        answering.close()


def _next(take: Callable[[], str]) -> str:
    try:
        return take()
    except IndexError:
        return ""


@contextmanager
def _started(module: str, *words: str) -> Iterator["subprocess.Popen[str] | None"]:
    """Run a module beside the block, None where it cannot be started; an error in the block ends it."""
    try:
        process = subprocess.Popen(  # noqa: S603 -- this Python, a module of ours
            [sys.executable, "-P", "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": _this_program_first()},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        yield None
        return
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def _this_program_first() -> str:
    """Return where the second process looks for modules: this program and no other, wherever it was called from."""
    return os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
