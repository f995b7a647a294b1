"""The PDF: every page read back letter by letter, every fact on it, and the ground that it says it shows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdfium2
from pikepdf import Pdf, PdfError
from pyproj import CRS

from gis.language import Lang
from maps.read_back import agrees
from maps.sheet.georeference import viewport
from maps.sheet.ledger import LINE_HYPHENS
from maps.sheet.page import Page
from maps.verify.difference import Difference
from planning.record import Record

# How many words of one difference are named.
_NAMED = 8


def sheet_differences(
    file: str, content: bytes, pages: Sequence[Page], record: Record, lang: Lang
) -> Iterator[Difference]:
    """Yield every place of the PDF that does not hold what was sent to it, or what the Record says."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        yield Difference(file, "", "", str(error), "PDF")
        return
    try:
        if len(document) != len(pages):
            yield Difference(file, "pages", "", str(len(document)), str(len(pages)))
        for number, (page, printed) in enumerate(zip(pages, document, strict=False), start=1):
            reader = printed.get_textpage()
            yield from _page(file, number, page, reader.get_text_range().translate(LINE_HYPHENS))
    finally:
        document.close()
    yield from _facts(file, pages, record, lang)
    yield from _ground(file, content, pages, record)


def _page(file: str, number: int, page: Page, printed: str) -> Iterator[Difference]:
    """Compare a page by its letters, and each text that was sent to it as a whole."""
    read, sent = _bare(printed), [_bare(text) for text in page.printed]
    place = f"page {number} ({page.key})"
    if Counter(read) == Counter("".join(sent)):
        return
    lost, doubled = _words(page.printed) - _words([printed]), _words([printed]) - _words(page.printed)
    # A word that was only broken at the end of a line holds none of the letters in question.
    letters = (Counter("".join(sent)) - Counter(read)) + (Counter(read) - Counter("".join(sent)))
    facts = {text: key for key, text in page.facts}
    wrong = [text for text in page.printed if set(_bare(text)) & set(letters) and _bare(text) not in read]
    fact = next((facts[text] for text in wrong if text in facts), "")
    yield Difference(file, place, fact, _named(doubled, letters), " · ".join(wrong[:2]) or _named(lost, letters))


def _facts(file: str, pages: Sequence[Page], record: Record, lang: Lang) -> Iterator[Difference]:
    """Hold the facts of each page, as they were sent and found there, against the Record by their digits."""
    for number, page in enumerate(pages, start=1):
        for key, text in page.facts:
            fact = record.fact(key)
            if fact.value is not None and not agrees(fact, text, lang):
                yield Difference(file, f"page {number} ({page.key})", key, text, str(fact.value))


def _ground(file: str, content: bytes, pages: Sequence[Page], record: Record) -> Iterator[Difference]:
    crs = CRS.from_user_input(record.crs)
    try:
        with Pdf.open(BytesIO(content)) as document:
            for number, (page, printed) in enumerate(zip(pages, document.pages, strict=False), start=1):
                found = printed.obj.get("/VP")
                told = "" if found is None else found[0].unparse(resolved=True).decode("latin-1")
                if page.window is None:
                    wanted = ""
                else:
                    wanted = viewport(page, printed, page.window, crs).unparse(resolved=True).decode("latin-1")
                if _numbers(told) != _numbers(wanted):
                    yield Difference(file, f"page {number} ({page.key}), ground", "", told[:200], wanted[:200])
    except (PdfError, TypeError, AttributeError, IndexError) as error:
        yield Difference(file, "ground", "", str(error), "GPTS")


def _numbers(told: str) -> list[str]:
    return re.findall(r"-?\d+(?:\.\d+)?", told)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _words(texts: Sequence[str]) -> Counter[str]:
    return Counter(" ".join(texts).split())


def _named(words: Counter[str], letters: Counter[str]) -> str:
    told = [word for word in words if set(word) & set(letters)]
    return " ".join(told[:_NAMED]) + (" …" if len(told) > _NAMED else "")
