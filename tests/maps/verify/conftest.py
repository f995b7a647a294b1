"""Fixtures: one finished appendix of the small project, and what its files have to say."""

import shutil
from pathlib import Path

import pytest

from maps.appendix.composed import Composed
from maps.appendix.wishes import AppendixWishes
from maps.appendix_folder import write_appendix
from maps.verify.expected import Expected
from maps.verify.folder import Verdict
from planning.record import Record


@pytest.fixture(scope="session")
def finished_with_verdict(record: Record, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Verdict]:
    """Write the appendix once; with what reading it back said."""
    folder = tmp_path_factory.mktemp("ho-so") / "phu-luc"
    return folder, write_appendix(record, folder, AppendixWishes())


@pytest.fixture(scope="session")
def finished(finished_with_verdict: tuple[Path, Verdict]) -> Path:
    """Return the folder of the finished appendix, which nobody changes."""
    return finished_with_verdict[0]


@pytest.fixture(scope="session")
def expected(finished: Path) -> Expected:
    """Return what the files have to say."""
    return Expected(Composed.of_folder(finished, AppendixWishes()))


@pytest.fixture
def appendix(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of the appendix that a test may spoil."""
    return shutil.copytree(finished, tmp_path / "phu-luc")
