"""A second process only ever saves time: what it cannot do is left to the first."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from gis.cores import InTurn, threads
from layers import beside as module
from layers import room
from layers.beside import Turns, errand, waiting
from layers.room import shared_out
from layers.workspace import Workspace

NAMES = ("a", "b", "c")


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return how to write a module that a second process finds."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return lambda name, program: (tmp_path / f"{name}.py").write_text(program, encoding="utf-8") and None


ECHO = "from layers.beside import words_of_errand\nprint('|'.join(words_of_errand()))\n"


def test_it_tells_what_the_module_printed_once_it_has_ended(modules: Callable[[str, str], None]) -> None:
    """Asked twice, it tells the same; words are what they were, in any script."""
    modules("echo", ECHO)
    with errand("echo") as other:
        other.give("Đồng Đăng", "a b\n", "")
        assert other.told == other.told == "Đồng Đăng|a b\n|\n"


@pytest.mark.parametrize("name", ["no.such.module", "platform.nothing", "fails"])
def test_a_failure_tells_nothing(name: str, modules: Callable[[str, str], None]) -> None:
    """Who waits finds the work undone, and does it."""
    modules("fails", ECHO + "raise SystemExit(3)\n")
    with errand(name) as other:
        other.give("x")
        assert other.told == ""


def test_where_it_cannot_start_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such Python: no error."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with errand("calendar") as other:
        other.give("x")
        assert other.told == ""


def test_an_error_of_the_first_ends_the_second(
    modules: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not go on writing behind an error that was told, nor does it wait for words."""
    modules("echo", ECHO)
    started: list[subprocess.Popen[str]] = []
    start = subprocess.Popen

    def noted(*words: Any, **settings: Any) -> subprocess.Popen[str]:
        started.append(start(*words, **settings))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    with pytest.raises(KeyError), errand("echo"), waiting("timeit", "while True: pass"):
        raise KeyError
    assert len(started) == 2
    assert all(one.returncode not in (None, 0) for one in started)


def test_halves_are_shared_out_where_two_processes_have_room(
    project: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first half is one's own; a small project, few names, one core, or too little memory for two: all is."""
    monkeypatch.setattr(room.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(room, "_free_bytes", lambda: 10**10)
    assert shared_out(project, NAMES, 2, 1_000) == (NAMES, ())
    monkeypatch.setattr(room, "PARCELS_LEAST", 1)
    assert shared_out(project, NAMES, 2, 1_000) == (("a", "b"), ("c",))
    assert shared_out(project, NAMES, 4, 1_000) == (NAMES, ())
    monkeypatch.setattr(room.os, "cpu_count", lambda: 1)
    assert shared_out(project, NAMES, 2, 1_000) == (NAMES, ())
    monkeypatch.setattr(room.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(room, "_free_bytes", lambda: 0)
    assert shared_out(project, NAMES, 2, 1_000) == (NAMES, ())


TAKES_ALL = "import sys\nfrom pathlib import Path\nfrom layers.beside import asked_for\nfor name in asked_for():\n    Path(sys.argv[1], name).touch()\n"


@pytest.fixture
def takes_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the module ``takes_all`` leaves a file for each name that it was handed out."""
    (tmp_path / "takes_all.py").write_text(TAKES_ALL, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def taken(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} & set(NAMES)


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, a minute at most."""
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert holds()


@contextmanager
def taking_turns(module: str, project: str, names: Sequence[str]) -> Iterator[Turns]:
    """Share out names with a module that is started for them."""
    with waiting(module, project) as second, second.taking_turns(names) as turns:
        yield turns


def test_each_name_is_done_once_by_one_of_the_two(takes_all: Path) -> None:
    """What one takes the other is not handed out, and none is left; what the other has done is told once."""
    with taking_turns("takes_all", str(takes_all), NAMES) as turns:
        mine = iter(turns)
        done, theirs = [next(mine)], list(turns.done())
        until(lambda: len(theirs.extend(turns.done()) or theirs) == len(NAMES) - 1)
        done += mine
    assert done == ["a"]
    assert theirs == ["c", "b"]
    assert taken(takes_all) == {"b", "c"}


@pytest.mark.parametrize("python", [sys.executable, "/nowhere/python"])
def test_who_does_not_start_is_handed_out_nothing(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such module, no such Python: the block takes all names in their order."""
    monkeypatch.setattr(sys, "executable", python)
    with taking_turns("no.such.module", "", NAMES) as turns:
        assert tuple(turns) == NAMES
        assert turns.done() == ()


def test_who_takes_no_part_is_not_waited_for() -> None:
    """It loads while the block has nothing to share out; when the block ends, so has it."""
    with waiting("timeit", "while True: pass") as second:
        process = second._process
        assert process is not None
    assert process.poll() is not None


def test_an_error_of_the_first_hands_out_nothing_more(takes_all: Path) -> None:
    """The second does not go on with the rest behind an error that was told."""
    names = tuple(f"n{number}" for number in range(100_000))

    def fail() -> None:
        with taking_turns("takes_all", str(takes_all), names) as turns:
            raise KeyError(next(iter(turns)))

    with pytest.raises(KeyError):
        fail()
    assert len(list(takes_all.glob("n*"))) < len(names) - 1


@pytest.mark.parametrize("ending", ["os._exit(1)", "time.sleep(1000)"], ids=["dies", "hangs"])
def test_who_dies_or_hangs_is_missed_by_nobody(
    ending: str, tmp_path: Path, modules: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was handed out is not told as done; it is ended, and its name is left to whoever waits."""
    held = tmp_path / "held"
    program = "import os, sys, time\nfrom pathlib import Path\nfrom layers.beside import asked_for\nfor name in asked_for():\n"
    modules("fails", program + f"    Path(sys.argv[1]).write_text(name)\n    {ending}\n")
    monkeypatch.setattr(module, "_PATIENCE_LEAST_S", 0.1)
    monkeypatch.setattr(module, "_PATIENCE", 0)
    with waiting("fails", str(held)) as second, second.taking_turns(NAMES) as turns:
        until(held.exists)
        assert tuple(turns) == NAMES[:-1]
    assert turns.done() == ()
    assert second._process is not None
    assert second._process.poll() is not None


def test_who_took_nothing_is_not_waited_for(modules: Callable[[str, str], None]) -> None:
    """It loads for ever; all names are done by the block, and that is all."""
    modules("loads", "import time\ntime.sleep(1000)\n")
    with taking_turns("loads", "", NAMES) as turns:
        assert tuple(turns) == NAMES


def test_errors_of_the_block_stay_errors_of_the_block(modules: Callable[[str, str], None]) -> None:
    """A network share that does not answer is no process that hangs; a process that is gone hides no error."""
    with pytest.raises(TimeoutError), taking_turns("no.such.module", "", NAMES):
        raise TimeoutError

    def fail() -> None:
        with errand("no.such.module") as other:
            assert other._process is not None
            other._process.wait()
            other.give("x")
            raise KeyError

    with pytest.raises(KeyError):
        fail()


def test_an_errand_that_hangs_tells_nothing(
    modules: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ended, and what it should have done is done by who waits."""
    modules("loads", "import time\ntime.sleep(1000)\n")
    monkeypatch.setattr(module, "_PATIENCE_LEAST_S", 0.1)
    with errand("loads") as other:
        other.give("x")
        assert other.told == ""


def test_what_a_library_prints_first_is_no_error(modules: Callable[[str, str], None]) -> None:
    """Not even in a code page of its own: whoever speaks before he asks is handed out a name, and may lose it."""
    modules("speaks", "import os, time\nos.write(1, b'\\xff\\xfe\\n')\ntime.sleep(0.1)\n")
    with taking_turns("speaks", "", NAMES) as turns:
        assert set(turns) <= set(NAMES)


def test_beside_another_process_work_is_done_in_turn(takes_all: Path) -> None:
    """Threads of both would wait for each other; alone, and with much to do, there are some."""
    with threads(10**6) as many, threads(10) as few:
        assert not isinstance(many, InTurn)
        assert isinstance(few, InTurn)
    with taking_turns("takes_all", str(takes_all), NAMES):
        until(lambda: isinstance(threads(10**6), InTurn))
    with threads(10**6) as many:
        assert not isinstance(many, InTurn)
