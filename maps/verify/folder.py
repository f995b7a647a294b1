"""verify(): the finished files of an appendix against its Record and its manifest, from the folder alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maps.appendix.manifest import LINKS, Manifest, chain_of, file_sums
from maps.appendix.names import EXCEL, MANIFEST, MAP, PROJECT, RECORD, SHEETS, TEMPLATE, WORD
from maps.errors import NotAnAppendix
from maps.replaced_folder import settle
from maps.verify.difference import Difference, told
from maps.verify.expected import Expected
from maps.verify.geopackage import geopackage_differences
from maps.verify.project import project_differences
from maps.verify.sheets import sheet_differences
from maps.verify.web import page_differences
from maps.verify.word import word_differences
from maps.verify.workbook import workbook_differences
from planning.errors import RecordDamaged, RecordMissing
from planning.record import Record

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


def verify(folder: Path) -> Verdict:
    """Read the files of an appendix back and compare them with its Record.

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
    try:
        record = Record.load(folder / RECORD)
    except (RecordMissing, RecordDamaged) as error:
        difference = Difference(RECORD, "", "", str(error), manifest.record)
        return Verdict(manifest.record, manifest.chain.get(LINKS[-1], ""), (), (difference,))
    template = folder / TEMPLATE
    expected = Expected(record, manifest.wishes, template if template.is_file() else None)
    found = [*_sums(folder, manifest, record), *content_differences(folder, expected)]
    once = {(one.file, one.place): one for one in reversed(found)}
    seal = manifest.chain.get(LINKS[-1], "")
    return Verdict(record.id, seal, _names(expected), tuple(reversed(once.values())))


def _names(expected: Expected) -> tuple[str, ...]:
    return (WORD, SHEETS, EXCEL, PROJECT, *expected.packages, *expected.web)


def content_differences(folder: Path, expected: Expected) -> Iterator[Difference]:
    """Yield where the files say something else than the Record, whatever their sums say."""
    for name in _names(expected):
        if not (folder / name).is_file():
            yield Difference(name, "", "", "", name)
            continue
        yield from file_differences(name, folder / name, expected)


def file_differences(name: str, path: Path, expected: Expected) -> Iterator[Difference]:
    """Yield where one file of an appendix says something else than the Record."""
    record, lang = expected.record, expected.wishes.lang
    if name in expected.packages:
        yield from geopackage_differences(name, path, expected.packages[name])
    elif name == EXCEL:
        yield from workbook_differences(name, path.read_bytes(), expected.workbook, record, lang)
    elif name == SHEETS:
        yield from sheet_differences(name, path.read_bytes(), expected.pages, record, lang)
    elif name == WORD:
        sheets = path.with_name(SHEETS)
        pdf = sheets.read_bytes() if sheets.is_file() else b""
        yield from word_differences(
            name, path.read_bytes(), expected.blocks, record, lang, pdf, expected.headers, expected.around
        )
    elif name == PROJECT:
        yield from project_differences(name, path.read_bytes(), expected.project)
    elif name == MAP:
        page, wanted = (one.decode("utf-8", "replace") for one in (path.read_bytes(), expected.web[name]))
        yield from page_differences(name, page, wanted, record, lang)
    elif path.read_bytes() != expected.web[name]:
        yield Difference(name, "", "", "", "")


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
