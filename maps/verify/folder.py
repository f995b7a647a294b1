"""verify(): the finished files of an appendix against its Record and its manifest, from the folder alone."""

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from gis.errors import GeometryInvalid
from maps.appendix.composed import Composed
from maps.appendix.manifest import LINKS, Manifest, chain_of, file_sums
from maps.appendix.names import EXCEL, MANIFEST, MAP, PARCELS, PROJECT, RECORD, SHEETS, WORD
from maps.appendix.wishes import AppendixWishes
from maps.errors import NotAnAppendix
from maps.replaced_folder import settle
from maps.verify.difference import Difference, told
from maps.verify.expected import Expected
from maps.verify.geopackage import geopackage_differences
from maps.verify.parcels import parcel_differences
from maps.verify.project import project_differences
from maps.verify.sheets import sheet_differences, sheet_misread
from maps.verify.web import page_differences, page_misread
from maps.verify.word import word_differences, word_misread
from maps.verify.workbook import workbook_differences, workbook_misread
from planning.errors import RecordDamaged, RecordMissing
from planning.record import Record

# What is to be printed; above so many bytes it takes as long as everything else.
_PAPER, _LONG_BYTES = (WORD, SHEETS), 6_000_000
_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it: the same, or every difference.

    Attributes
    ----------
    record : id of the Record in the folder
    seal : last link of the chain, which stands for the whole folder
    files : names of the files that were read back
    """

    record: str
    seal: str
    files: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether every file says what the Record says."""
        return not self.differences


def verify(folder: Path, composed: Composed | None = None, *, processes: int = 1) -> Verdict:
    """Read the files of an appendix back and compare them with its Record.

    Parameters
    ----------
    composed : what stands in the files, where whoever asks has composed it from the Record in this very folder
    processes : with 2, what is to be printed is read beside the rest, where that saves time; for programs that may be
        started a second time (`multiprocessing`, *spawn*), as a command may

    Raises
    ------
    NotAnAppendix
        There is no manifest.
    """
    settle(folder)
    try:
        manifest = Manifest.read(folder)
    except _BROKEN as error:
        raise NotAnAppendix(path=folder, name=MANIFEST) from error
    seal = manifest.chain.get(LINKS[-1], "")
    try:
        composed = composed or Composed.of_folder(folder, manifest.wishes)
    except (*_BROKEN, RecordMissing, RecordDamaged, GeometryInvalid) as error:
        return Verdict(manifest.record, seal, (), (Difference(RECORD, "", "", str(error), manifest.record),))
    expected = Expected(composed)
    found = [*_sums(folder, manifest, composed.record)]
    if processes > 1 and _is_long(folder):
        found += _read_by_two(folder, expected)
    else:
        found += content_differences(folder, expected)
    once = {(one.file, one.place): one for one in reversed(found)}
    return Verdict(composed.record.id, seal, _names(expected), tuple(reversed(once.values())))


def _names(expected: Expected) -> tuple[str, ...]:
    return (WORD, SHEETS, EXCEL, PROJECT, *expected.packages, MAP, *expected.beside)


def content_differences(folder: Path, expected: Expected) -> Iterator[Difference]:
    """Yield where the files say something else than the Record, whatever their sums say."""
    yield from _paper(folder, expected)
    yield from _data(folder, expected)


def _paper(folder: Path, expected: Expected) -> Iterator[Difference]:
    """Yield the differences of what is to be printed."""
    record, lang = expected.composed.record, expected.composed.wishes.lang
    yield from word_misread(WORD, expected.word, record, lang)
    yield from sheet_misread(SHEETS, expected.pages, record, lang)
    yield from _files(folder, _PAPER, expected)


def _data(folder: Path, expected: Expected) -> Iterator[Difference]:
    """Yield the differences of everything else."""
    record, lang = expected.composed.record, expected.composed.wishes.lang
    if expected.composed.undrawn is not None:
        yield from parcel_differences(PARCELS, expected.composed.undrawn, record)
    yield from workbook_misread(EXCEL, expected.workbook)
    yield from page_misread(MAP, expected.web, record, lang)
    yield from _files(folder, [name for name in _names(expected) if name not in _PAPER], expected)


def _files(folder: Path, names: Sequence[str], expected: Expected) -> Iterator[Difference]:
    for name in names:
        if (folder / name).is_file():
            yield from file_differences(name, folder / name, expected)
        else:
            yield Difference(name, "", "", "", name)


def _is_long(folder: Path) -> bool:
    """Tell whether there is more to read than a second process takes to start."""
    return sum(path.stat().st_size for name in _PAPER if (path := folder / name).is_file()) > _LONG_BYTES


def _read_by_two(folder: Path, expected: Expected) -> list[Difference]:
    """Read what is to be printed in a process of its own, and everything else here."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        paper = other.submit(_paper_alone, folder, expected.composed.wishes)
        data = list(_data(folder, expected))
        try:
            return [*paper.result(), *data]
        except BrokenProcessPool:  # a program that cannot be started twice
            return [*_paper(folder, expected), *data]


def _paper_alone(folder: Path, wishes: AppendixWishes) -> list[Difference]:
    return list(_paper(folder, Expected(Composed.of_folder(folder, wishes))))


def file_differences(name: str, path: Path, expected: Expected) -> Iterator[Difference]:
    """Yield where one file of an appendix says something else than it should."""
    if name in expected.packages:
        yield from geopackage_differences(name, path, expected.packages[name])
    elif name == EXCEL:
        yield from workbook_differences(name, path.read_bytes(), expected.workbook)
    elif name == SHEETS:
        yield from sheet_differences(name, path.read_bytes(), expected.pages)
    elif name == WORD:
        sheets = path.with_name(SHEETS)
        pictures = expected.pictures(sheets.read_bytes() if sheets.is_file() else b"")
        record, lang = expected.composed.record, expected.composed.wishes.lang
        yield from word_differences(name, path.read_bytes(), expected.word, record, lang, pictures)
    elif name == PROJECT:
        yield from project_differences(name, path.read_bytes(), expected.project)
    elif name == MAP:
        yield from page_differences(name, path.read_bytes().decode("utf-8", "replace"), expected.web)
    elif path.read_bytes() != expected.beside[name]:
        yield Difference(name, "", "", "other bytes", "")


def _sums(folder: Path, manifest: Manifest, record: Record) -> Iterator[Difference]:
    """Compare the files with their sums, and the chain of hashes link by link."""
    if manifest.record != record.id:
        yield Difference(MANIFEST, "record", "", manifest.record, record.id)
    files = file_sums(folder)
    yield from _by_name(files, manifest.files, "sha256")
    chain = chain_of(record, manifest.wishes, files)
    for link in LINKS:
        if manifest.chain.get(link) != chain[link]:
            yield Difference(MANIFEST, f"chain.{link}", "", told(manifest.chain.get(link)), chain[link])
            return  # what comes after hangs on it


def _by_name(found: Mapping[str, str], stated: Mapping[str, str], place: str) -> Iterator[Difference]:
    for name in sorted({*found, *stated}):
        if found.get(name) != stated.get(name):
            yield Difference(name, place, "", found.get(name, ""), stated.get(name, ""))
