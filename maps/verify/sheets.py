"""The PDF: every page read back by letters, texts and labels in their places, with every fact and the ground."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import accumulate, islice, pairwise

import pypdfium2
from pikepdf import Page as PdfPage
from pikepdf import Pdf, PdfError
from pyproj import CRS

from gis.language import Lang
from maps.read_back import agrees
from maps.sheet.georeference import viewport
from maps.sheet.ledger import LINE_HYPHENS
from maps.sheet.page import Page
from maps.verify.difference import Difference
from maps.verify.label_places import labels_read
from planning.record import Record

# How many words, or texts, of one page are named.
_NAMED = 8


@dataclass(frozen=True, eq=False)
class PageExpected:
    """What a reader finds on one page.

    Attributes
    ----------
    number : of the page, from 1
    """

    number: int
    page: Page
    crs: CRS

    @property
    def place(self) -> str:
        """What a list of differences calls the page."""
        return f"page {self.number} ({self.page.key})"

    @cached_property
    def texts(self) -> list[str]:
        """Every text of the page without its spaces, each as often as it is printed."""
        return [_bare(text) for text in self.page.printed]

    @cached_property
    def letters(self) -> Counter[str]:
        """Every letter of the page."""
        return Counter("".join(self.texts))

    @cached_property
    def runs(self) -> list[str]:
        """Texts that stand one after the other: legend, grid, facts with their titles, rows."""
        around = (_bare("".join(_flat(one))) for one in self.page.texts.values())
        return list(filter(None, around))

    @cached_property
    def facts(self) -> dict[str, str]:
        """Key of a fact by its text."""
        return {_bare(text): key for key, text in self.page.facts}

    @cached_property
    def _grounds(self) -> dict[float, list[str]]:
        return {}

    def ground(self, printed: PdfPage) -> list[str]:
        """Return the numbers by which the page says what ground it shows."""
        if self.page.window is None:
            return []
        height = float(printed.mediabox[3])
        if height not in self._grounds:
            told = viewport(self.page, printed, self.page.window, self.crs)
            self._grounds[height] = _numbers(told.unparse(resolved=True).decode("latin-1"))
        return self._grounds[height]


def pages_expected(pages: Sequence[Page], crs: str) -> list[PageExpected]:
    """Return what a reader finds on each page of a file of sheets."""
    system = CRS.from_user_input(crs)
    return [PageExpected(number, page, system) for number, page in enumerate(pages, start=1)]


def sheet_differences(file: str, content: bytes, expected: Sequence[PageExpected]) -> Iterator[Difference]:
    """Yield every place of the PDF that does not hold what was sent to it."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        yield Difference(file, "", "", str(error), "PDF")
        return
    try:
        if len(document) != len(expected):
            yield Difference(file, "pages", "", str(len(document)), str(len(expected)))
        for wanted, printed in zip(expected, document, strict=False):
            reader = printed.get_textpage()
            read = reader.get_text_range().translate(LINE_HYPHENS)
            if wanted.page.kind == "table":
                yield from _table(file, wanted, read)
            elif not (found := list(_map(file, wanted, read))):
                yield from _labels(file, wanted, printed, reader)
            else:
                yield from found
    finally:
        document.close()
    yield from _beside_text(file, content, expected)


def sheet_misread(file: str, expected: Sequence[PageExpected], record: Record, lang: Lang) -> Iterator[Difference]:
    """Yield the texts that do not say their fact, read by their digits: what composed them has no say here."""
    for wanted in expected:
        for key, text in wanted.page.facts:
            fact = record.fact(key)
            if fact.value is not None and not agrees(fact, text, lang):
                yield Difference(file, wanted.place, key, text, str(fact.value))


def _table(file: str, wanted: PageExpected, printed: str) -> Iterator[Difference]:
    """Compare a table text by text, in its order."""
    read = _bare(printed)
    if read == "".join(wanted.texts):
        return
    if len(read) != sum(map(len, wanted.texts)):
        yield from _letters(file, wanted, printed)
        return
    ends = list(accumulate(map(len, wanted.texts), initial=0))
    for (start, end), text in zip(pairwise(ends), wanted.texts, strict=True):
        if read[start:end] != text:
            yield Difference(file, wanted.place, wanted.facts.get(text, ""), read[start:end], text)


def _map(file: str, wanted: PageExpected, printed: str) -> Iterator[Difference]:
    """Compare a map by its letters, and each run of texts around it as a whole."""
    read = _bare(printed)
    if Counter(read) != wanted.letters:
        yield from _letters(file, wanted, printed)
        return
    for run in [one for one in wanted.runs if one not in read][:_NAMED]:
        yield Difference(file, wanted.place, "", "other texts, or another order", run)


def _labels(
    file: str, wanted: PageExpected, printed: pypdfium2.PdfPage, reader: pypdfium2.PdfTextPage
) -> Iterator[Difference]:
    """Compare what stands at the place of each label: exchanged ones leave the letters of a page as they were."""
    wrong = (one for one in labels_read(wanted.page, printed, reader) if not one.is_right)
    for one in islice(wrong, _NAMED):
        yield Difference(file, f"{wanted.place}, label {one.number}", "", one.printed, one.label.text)


def _letters(file: str, wanted: PageExpected, printed: str) -> Iterator[Difference]:
    """Name what a page lacks or has too much of."""
    read, sent = Counter(_bare(printed)), wanted.letters
    lost = _words(wanted.page.printed) - _words([printed])
    doubled = _words([printed]) - _words(wanted.page.printed)
    # A word that was only broken at the end of a line holds none of the letters in question.
    letters = (sent - read) + (read - sent)
    whole = _bare(printed)
    wrong = [text for text in wanted.page.printed if set(_bare(text)) & set(letters) and _bare(text) not in whole]
    fact = next((wanted.facts[one] for one in map(_bare, wrong) if one in wanted.facts), "")
    expected = " · ".join(wrong[:2]) or _named(lost, letters)
    yield Difference(file, wanted.place, fact, _named(doubled, letters), expected)


def _beside_text(file: str, content: bytes, expected: Sequence[PageExpected]) -> Iterator[Difference]:
    """Compare the ground that each page says it shows; nothing may be stuck on a page as a note."""
    try:
        with Pdf.open(BytesIO(content)) as document:
            for wanted, printed in zip(expected, document.pages, strict=False):
                found = printed.obj.get("/VP")
                told = "" if found is None else found[0].unparse(resolved=True).decode("latin-1")
                if _numbers(told) != (due := wanted.ground(printed)):
                    yield Difference(file, f"{wanted.place}, ground", "", told[:200], " ".join(due)[:200])
                if printed.obj.get("/Annots") is not None:
                    yield Difference(file, f"{wanted.place}, notes", "", str(len(printed.obj.Annots)), "0")
    except (PdfError, TypeError, AttributeError, IndexError) as error:
        yield Difference(file, "ground", "", str(error), "GPTS")


def _flat(texts: object) -> Iterator[str]:
    if isinstance(texts, str):
        yield texts
    elif isinstance(texts, Sequence):
        for one in texts:
            yield from _flat(one)


def _numbers(told: str) -> list[str]:
    return re.findall(r"-?\d+(?:\.\d+)?", told)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _words(texts: Sequence[str]) -> Counter[str]:
    return Counter(" ".join(texts).split())


def _named(words: Counter[str], letters: Counter[str]) -> str:
    told = [word for word in words if set(word) & set(letters)]
    return " ".join(told[:_NAMED]) + (" …" if len(told) > _NAMED else "")
