"""A second process of this program: half of what is to be done, on another core; it only ever saves time.

What it does stands in the project when it ends. Where it cannot be started, fails, hangs or is ended, whoever waits for
it finds it undone, does it itself, and so meets any error where it can be told. Nothing large is loaded here: it starts
while this process loads the rest of the program.
"""

import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from gis.cores import one_core

_ROOT = str(Path(__file__).parents[1])
# A process that takes so many times as long as this one took for as much hangs; never less than so long.
_PATIENCE, _PATIENCE_LEAST_S = 10, 60.0


@contextmanager
def errand(module: str) -> Iterator["Errand"]:
    """Start a module of this program beside the block: it loads, and reads its words by `words_of_errand`.

    When the block ends, so has the module.
    """
    with _started(module) as process:
        yield Errand(process)


class Errand:
    """What a second process does in one go, once it is told what.

    Parameters
    ----------
    process : None where it could not be started
    """

    def __init__(self, process: "subprocess.Popen[str] | None") -> None:
        self._process, self._since = process, time.monotonic()

    def give(self, *words: str) -> None:
        """Tell the process what to do."""
        self._since = time.monotonic()
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):  # it has failed: nothing is told
                self._process.stdin.write(json.dumps(words) + "\n")
                self._process.stdin.flush()

    @cached_property
    def told(self) -> str:
        """What the module printed when it had ended; nothing where it failed, or hangs."""
        if self._process is None:
            return ""
        try:
            text, _ = self._process.communicate(timeout=_patience_s(time.monotonic() - self._since))
        except subprocess.TimeoutExpired:
            self._process.kill()
            return ""
        return text if self._process.returncode == 0 else ""


def words_of_errand() -> list[str]:
    """Return what this process is to do, as it was told by `Errand.give`; it waits for that."""
    words: list[str] = json.loads(sys.stdin.readline() or "[]")
    return words


@contextmanager
def waiting(module: str, project: str) -> Iterator["Second"]:
    """Start a module of this program beside the block: it loads, and then asks for names, see `asked_for`.

    When the block ends, so has the module.
    """
    with _started(module, project) as process:
        yield Second(process)


class Second:
    """A second process that waits to be handed out names.

    Parameters
    ----------
    process : None where it could not be started
    """

    def __init__(self, process: "subprocess.Popen[str] | None") -> None:
        self._process = process

    @contextmanager
    def taking_turns(self, names: Sequence[str]) -> Iterator["Turns"]:
        """Share out names: the process takes them from the end, the block takes them from the front.

        When the block ends, all that the process took is done, or is not going to be. The process takes part once.

        Yields
        ------
        The names that are left for the block.
        """
        turns, process = Turns(names), self._process
        if process is None:
            yield turns
            return
        with ThreadPoolExecutor(1) as serving:
            served = serving.submit(turns.hand_out, process)
            try:
                yield turns
                turns.wait_for(served)
            finally:
                turns.end()
                process.kill()  # what it took is stored, or never will be


class Turns:
    """Names that two processes take by turns; whoever iterates takes those that are left, from the front."""

    def __init__(self, names: Sequence[str]) -> None:
        self._left, self._done = deque(names), deque[str]()
        self._out, self._slowest_s = "", 0.0

    def __iter__(self) -> Iterator[str]:
        """Take a name, and once it is done another one."""
        while name := _next(self._left.popleft):
            begin = time.monotonic()
            yield name
            self._slowest_s = max(self._slowest_s, time.monotonic() - begin)

    def done(self) -> tuple[str, ...]:
        """Return what the other process has done since this was last asked."""
        return tuple(iter(lambda: _next(self._done.popleft), ""))

    def wait_for(self, served: "Future[None]") -> None:
        """Wait until the other process has done what it took, if it took any, and not for one that hangs."""
        if self._out:
            wait([served], _patience_s(self._slowest_s))

    def end(self) -> None:
        """Hand out nothing more."""
        self._left.clear()

    def hand_out(self, process: "subprocess.Popen[str]") -> None:
        """Answer each line of the process with another name, until it has done the last or failed."""
        asking, answering = process.stdout, process.stdin
        assert asking is not None
        assert answering is not None
        going_on = True
        with one_core(), suppress(OSError):  # it has failed: who waits for what it took does that himself
            while going_on and asking.readline():
                self._done.extend([self._out] if self._out else [])
                self._out = _next(self._left.pop)
                going_on = self._out != ""
                answering.write(f"{self._out}\n")
                answering.flush()


def asked_for() -> Iterator[str]:
    """Yield the names that a second process is handed out, one after the other, as `Second.taking_turns` serves them.

    Whatever else the process prints goes where errors go: each line of the answer asks for a name.
    """
    asking = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def ask() -> str:
        asking.write("\n")
        asking.flush()
        return sys.stdin.readline().rstrip("\n")

    with one_core():
        yield from iter(ask, "")


def _patience_s(own_s: float) -> float:
    return max(_PATIENCE_LEAST_S, _PATIENCE * own_s)


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
            errors="replace",  # whatever a library prints first
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
            process.kill()
            if process.stdin is not None:
                with suppress(OSError):  # what could not be sent would be sent once more
                    process.stdin.close()


def _this_program_first() -> str:
    """Return where the second process looks for modules: this program and no other, wherever it was called from."""
    return os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
