"""Files beside a page: what is too large for it, as scripts that hand over their content, because file:// has no fetch.

They stand in ``NAME.files/DIGEST/``, named by their content: a page and the files of another one never meet, and a page
that is replaced keeps its files until the new page stands.
"""

import base64
import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gis.formats.write import flush

# What a map loads at once: small enough to be decoded between two frames.
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class SideFile:
    """One file beside a page."""

    name: str
    content: bytes


def chunks(name: str, content: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return an archive in chunks, ``NAME.0``, ``NAME.1`` …, of `CHUNK` bytes each but the last."""
    starts = range(0, len(content), CHUNK)
    return tuple((f"{name}.{place}", content[start : start + CHUNK]) for place, start in enumerate(starts))


def call(name: str, content: bytes) -> str:
    """Return the script that hands a chunk over; base64 holds no character that means anything to a page."""
    return f'MocGioi.chunk("{name}","{base64.b64encode(content).decode()}");'


def script_file(name: str, content: bytes) -> SideFile:
    """Return the chunk as a script of its own."""
    return SideFile(f"{name}.js", call(name, content).encode())


def folder_of(page: Path) -> Path:
    """Return the folder beside a page."""
    return page.with_name(f"{page.stem}.files")


def digest(side: Sequence[SideFile]) -> str:
    """Return the name of the folder of these files: their content, shortened."""
    sums = (f"{one.name} {hashlib.sha256(one.content).hexdigest()}\n" for one in sorted(side, key=lambda one: one.name))
    return hashlib.sha256("".join(sums).encode()).hexdigest()[:16]


def write_side(page: Path, side: Sequence[SideFile]) -> None:
    """Put the files beside a page whole; those of the page that stands there stay until `drop_others`."""
    if not side:
        return
    target = folder_of(page) / digest(side)
    beside = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        for one in side:
            (beside / one.name).write_bytes(one.content)
            flush(beside / one.name)
        shutil.rmtree(target, ignore_errors=True)
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        _drop_empty(folder_of(page))


def drop_others(page: Path, side: Sequence[SideFile]) -> None:
    """Remove what pages before this one have left beside it."""
    folder = folder_of(page)
    kept = digest(side) if side else ""
    for one in folder.iterdir() if folder.is_dir() else ():
        if one.is_dir() and one.name != kept:
            shutil.rmtree(one, ignore_errors=True)
    _drop_empty(folder)


def _drop_empty(folder: Path) -> None:
    with suppress(OSError):  # not there, or holding what is not ours
        folder.rmdir()
