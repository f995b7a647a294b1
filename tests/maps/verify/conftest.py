"""Fixtures: one finished appendix of the small project, and what its files have to say."""

import shutil
from pathlib import Path

import pytest

from maps.appendix.composed import Composed
from maps.appendix.wishes import AppendixWishes
from maps.appendix_folder import write_appendix
from maps.verify.expected import Expected
from planning.record import Record


@pytest.fixture(scope="session")
def finished(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the appendix once."""
    folder = tmp_path_factory.mktemp("ho-so") / "phu-luc"
    write_appendix(record, folder, AppendixWishes())
    return folder


@pytest.fixture(scope="session")
def expected(finished: Path) -> Expected:
    """Return what the files have to say."""
    return Expected(Composed.of_folder(finished, AppendixWishes()))


@pytest.fixture
def appendix(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of the appendix that a test may spoil."""
    return shutil.copytree(finished, tmp_path / "phu-luc")
