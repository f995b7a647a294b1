"""Several files change together or not at all, from the first day: a folder is staged, then renamed, then moved in.

The rename of the staging folder to ``.commit`` is the moment of decision. Killed before it, the project is as it
was; killed after it, whoever opens the project next finishes moving the files, which are already whole and on
the disk. A new folder moves in whole, and before the files beside it: a file that names a folder comes after it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gis.formats.write import flush
from layers.errors import ProjectBusy
from layers.whole_folder import POINTER, drop_others

_DECIDED = ".commit"
_STAGING = ".staging-"
_LOCK = ".lock"
LOCK_TIMEOUT_S = 20.0


@contextmanager
def committing(root: Path) -> Iterator[Path]:
    """Yield a staging folder; what is written there stands in `root` when the block ends, all of it or nothing.

    Raises
    ------
    ProjectBusy
        Another writer holds the lock.
    """
    try:
        with FileLock(root / _LOCK, timeout=LOCK_TIMEOUT_S):
            finish(root)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
            try:
                yield staging
                with ThreadPoolExecutor() as threads:  # the disk takes them together
                    list(threads.map(flush, _files(staging)))
                os.replace(staging, root / _DECIDED)  # noqa: PTH105 -- the words of the guarantee: os.replace is atomic
            except BaseException:
                shutil.rmtree(staging, ignore_errors=True)
                raise
            _move_in(root)
    except Timeout as error:
        raise ProjectBusy(path=root) from error


def recover(root: Path) -> None:
    """Finish a commit that was decided and then interrupted, unless its writer is still at work."""
    if (root / _DECIDED).is_dir():
        try:
            with FileLock(root / _LOCK, timeout=LOCK_TIMEOUT_S):
                finish(root)
        except Timeout as error:
            raise ProjectBusy(path=root) from error


def finish(root: Path) -> None:
    """Move in what was decided, throw away what was not. The caller holds the lock."""
    for left in root.glob(_STAGING + "*"):
        shutil.rmtree(left, ignore_errors=True)
    if (root / _DECIDED).is_dir():
        _move_in(root)


def _move_in(root: Path) -> None:
    _move_content(root / _DECIDED, root)
    shutil.rmtree(root / _DECIDED)


def _move_content(decided: Path, target: Path) -> None:
    for one in sorted(decided.iterdir(), key=lambda path: (path.is_file(), path.name)):
        there = target / one.name
        if one.is_dir() and there.exists():
            _move_content(one, there)
        else:
            one.replace(there)
            if one.name == POINTER:
                drop_others(target)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
