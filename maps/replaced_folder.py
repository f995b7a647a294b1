"""A folder that people open is replaced whole: built beside under a hidden name, then moved in by renames.

::

    .phu-luc.3fa9.building    half a folder: whoever finds it may throw it away
    .phu-luc.3fa9.finished    whole and on the disk: the moment of decision
    .phu-luc.3fa9.replaced    what stood there before, about to go

Killed before the decision, the old folder stands as it was; killed after it, whoever asks next moves the new one in.
"""

import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gis.formats.write import flush
from maps.errors import FolderInUse

_BUILDING, _FINISHED, _REPLACED = ".building", ".finished", ".replaced"
_LOCK_TIMEOUT_S = 20.0


@contextmanager
def replaced_folder(path: Path) -> Iterator[Path]:
    """Yield a folder to build in; when the block ends well, it stands at `path` and what stood there is gone.

    Raises
    ------
    FolderInUse
        Another program writes there, or holds a file of the old folder open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        _settle(path)
        building = _beside(path, _BUILDING)
        building.mkdir()
        try:
            yield building
            with ThreadPoolExecutor() as threads:
                list(threads.map(flush, [one for one in building.rglob("*") if one.is_file()]))
            building.rename(_beside(path, _FINISHED))
        finally:
            shutil.rmtree(building, ignore_errors=True)
        _settle(path)


def settle(path: Path) -> None:
    """Finish a replacement that was decided and then interrupted, unless its writer is still at work."""
    if any(path.parent.glob(f".{path.name}.*{_FINISHED}")) or any(path.parent.glob(f".{path.name}.*{_REPLACED}")):
        with _locked(path):
            _settle(path)


def _beside(path: Path, state: str) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{state}")


def _settle(path: Path) -> None:
    """Move in what was decided, throw away what was not. The caller holds the lock."""
    for left in path.parent.glob(f".{path.name}.*{_BUILDING}"):
        shutil.rmtree(left, ignore_errors=True)
    for finished in path.parent.glob(f".{path.name}.*{_FINISHED}"):
        try:
            if path.exists():
                path.rename(_beside(path, _REPLACED))
            finished.rename(path)
        except OSError as error:
            raise FolderInUse(path=path) from error
    for replaced in path.parent.glob(f".{path.name}.*{_REPLACED}"):
        shutil.rmtree(replaced, ignore_errors=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(lock, timeout=_LOCK_TIMEOUT_S):
            yield
    except Timeout as error:
        raise FolderInUse(path=path) from error
