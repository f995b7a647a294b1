"""Extracts of a list of parcels, a file each: long lists by two processes; what cannot be printed is told."""

import multiprocessing
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gis.cores import THREADS
from gis.errors import MocGioiError
from gis.language import Lang
from layers.workspace import Workspace
from maps.parcel_sheet.book import ExtractWishes, write_extract
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Hit

# Below this many a second process would not have opened the project before the first is done.
_FEW = 40
_CHUNK = 10
# What may stand in the name of a file everywhere.
_UNSAFE = re.compile(r"[^\w@.-]+")

# A parcel and its file; what an error is, so that another process can tell of it.
_Task = tuple[Hit, Path]
_Refusal = tuple[type[MocGioiError], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch wrote, and the parcels of which it wrote nothing, with the reason."""

    written: tuple[Path, ...]
    refused: tuple[tuple[str, MocGioiError], ...]


def write_extracts(
    desk: ParcelDesk,
    hits: Iterable[Hit],
    folder: Path,
    wishes: ExtractWishes,
    lang: Lang = "vi",
    done: Callable[[], object] = lambda: None,
) -> Batch:
    """Write an extract for each parcel into a folder; one that cannot be made is named and holds up none.

    Parameters
    ----------
    done : called after each parcel
    """
    tasks = [(hit, folder / f"{name}.pdf") for hit, name in _named(hits)]
    written, refused = [], []
    for (hit, path), refusal in zip(tasks, _results(desk, tasks, wishes, lang), strict=True):
        if refusal is None:
            written.append(path)
        else:
            error, values = refusal
            refused.append((hit.key, error(**values)))
        done()
    return Batch(tuple(written), tuple(refused))


def _results(desk: ParcelDesk, tasks: Sequence[_Task], wishes: ExtractWishes, lang: Lang) -> Iterator[_Refusal | None]:
    """Yield what became of each task, in their order."""
    if len(tasks) < _FEW:
        yield from (_written(desk, task, wishes, lang) for task in tasks)
        return
    where = desk.workspace.path, desk.asked.scenario or None
    chunks = [tasks[start : start + _CHUNK] for start in range(0, len(tasks), _CHUNK)]
    with ProcessPoolExecutor(THREADS, mp_context=multiprocessing.get_context("spawn")) as processes:
        count = len(chunks)
        for found in processes.map(_written_there, [where] * count, chunks, [wishes] * count, [lang] * count):
            yield from found


def _written_there(
    where: tuple[Path, str | None], tasks: Sequence[_Task], wishes: ExtractWishes, lang: Lang
) -> list[_Refusal | None]:
    return [_written(_opened(*where), task, wishes, lang) for task in tasks]


@cache
def _opened(project: Path, scenario: str | None) -> ParcelDesk:
    """Return the project as another process has it open, once."""
    return ParcelDesk.open(Workspace.open(project), scenario)


def _written(desk: ParcelDesk, task: _Task, wishes: ExtractWishes, lang: Lang) -> _Refusal | None:
    hit, path = task
    try:
        write_extract(desk, hit, path, wishes, lang)
    except MocGioiError as error:
        return type(error), error.values
    return None


def _named(hits: Iterable[Hit]) -> Iterator[tuple[Hit, str]]:
    """Yield each parcel once, with a file name that no other has."""
    taken: set[str] = set()
    for hit in {hit.key: hit for hit in hits}.values():
        name = file_name(hit.key, taken)
        taken.add(name.casefold())
        yield hit, name


def file_name(key: str, taken: set[str]) -> str:
    """Return a file name for a key, another one than those `taken` (in small letters).

    Examples
    --------
    >>> file_name("06184@2009-04-01/12/345", set()), file_name("a/b", {"a_b"})
    ('06184@2009-04-01_12_345', 'a_b_2')
    """
    plain = _UNSAFE.sub("_", key).strip(".")
    names = [plain, *(f"{plain}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in taken)
