"""The page ledger: what should be on each page against what a reader finds there. A difference stops the export.

Pages are read back from the finished PDF. Each page must hold exactly the letters that were sent to it (none lost,
none doubled, none without a glyph), and no text may reach beyond its edge.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2

from gis.language import Lang, Text
from maps.errors import SheetsDiffer
from maps.sheet.page import Page
from maps.sheet.typeface import MAP_FONT, TEXT_FONT, unprintable

# How many words of one difference are named.
_NAMED = 8
# A reader gives a hyphen at the end of a line as one of these.
LINE_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_PAGES = Text(vi="cần {expected} trang, in được {printed}", en="{expected} pages expected, {printed} printed")
_LOST = Text(vi="tờ {number} ({key}) thiếu “{words}”", en="sheet {number} ({key}) lacks “{words}”")
_DOUBLED = Text(vi="tờ {number} ({key}) thừa “{words}”", en="sheet {number} ({key}) has too much: “{words}”")
_CLIPPED = Text(vi="tờ {number} ({key}): chữ tràn khỏi mép giấy", en="sheet {number} ({key}): text runs over the edge")
_GLYPHS = Text(vi="kiểu chữ không có ký tự “{words}”", en="the typeface has no glyph for “{words}”")


def require_agreement(pages: Sequence[Page], pdf: bytes, lang: Lang) -> None:
    """Raise SheetsDiffer, naming every difference, unless the PDF holds exactly the pages."""
    _raise_any(differences(pages, pdf), lang)


def require_flow_agreement(page: Page, pdf: bytes, lang: Lang) -> None:
    """Raise SheetsDiffer, naming every difference, unless the PDF holds exactly this page, on however many sheets."""
    _raise_any(flow_differences(page, pdf), lang)


def require_printable(pages: Sequence[Page], lang: Lang) -> None:
    """Raise SheetsDiffer if a text holds a letter that cannot be printed."""
    around = "".join(text for page in pages for text in page.around)
    labels = "".join(label.text for page in pages for label in page.labels)
    missing = unprintable(around, TEXT_FONT) + unprintable(labels, MAP_FONT)
    _raise_any([_GLYPHS.filled(words=missing)] if missing else [], lang)


def _raise_any(found: Iterable[Text], lang: Lang) -> None:
    told = "; ".join(one.to(lang) for one in found)
    if told:
        raise SheetsDiffer(differences=told)


def differences(pages: Sequence[Page], pdf: bytes) -> Iterator[Text]:
    """Yield what the PDF lacks or has too much of, page by page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != len(pages):
            yield _PAGES.filled(expected=len(pages), printed=len(document))
        for number, (page, printed) in enumerate(zip(pages, document, strict=False), start=1):
            place = {"number": number, "key": page.key}
            reader = printed.get_textpage()
            yield from _text_differences(page.printed, reader.get_text_range().translate(LINE_HYPHENS), place)
            if _reaches_over(reader, *printed.get_size()):
                yield _CLIPPED.filled(**place)
    finally:
        document.close()


def flow_differences(page: Page, pdf: bytes) -> Iterator[Text]:
    """Yield what a PDF lacks or has too much of whose one page runs over several sheets of paper.

    Each sheet carries the running text, and from the second on its number: a sheet that is lost or doubled is found.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheets = list(document)
        readers = [printed.get_textpage() for printed in sheets]
        read = [reader.get_text_range().translate(LINE_HYPHENS) for reader in readers]
        running = str(page.texts["running"])
        numbers = [str(number) for number in range(2, len(read) + 1)]
        whole = {"number": 1, "key": page.key}
        yield from _text_differences([*page.printed, *[running] * len(numbers), *numbers], "\n".join(read), whole)
        for number, (printed, reader) in enumerate(zip(sheets, readers, strict=True), start=1):
            place = {"number": number, "key": page.key}
            if _bare(running) not in _bare(read[number - 1]):
                yield _LOST.filled(**place, words=running)
            if number > 1 and str(number) not in read[number - 1].split():
                yield _LOST.filled(**place, words=number)
            if _reaches_over(reader, *printed.get_size()):
                yield _CLIPPED.filled(**place)
    finally:
        document.close()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _text_differences(expected: Sequence[str], printed: str, place: dict[str, object]) -> Iterator[Text]:
    sent, read = _letters(expected), _letters([printed])
    if sent == read:
        return
    sent_words, read_words = (Counter(" ".join(texts).split()) for texts in (expected, [printed]))
    if lost := sent - read:
        yield _LOST.filled(**place, words=_named(sent_words - read_words, lost))
    if doubled := read - sent:
        yield _DOUBLED.filled(**place, words=_named(read_words - sent_words, doubled))


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(_bare("".join(texts)))


def _named(words: Counter[str], letters: Counter[str]) -> str:
    """Return the words that hold the letters in question; a word that was only broken at a line is none."""
    told = [word for word in words if set(word) & set(letters)] or list(letters)
    return " ".join(told[:_NAMED]) + (" …" if len(told) > _NAMED else "")


def _reaches_over(reader: pypdfium2.PdfTextPage, width: float, height: float) -> bool:
    boxes = (reader.get_rect(place) for place in range(reader.count_rects()))
    return any(left < 0 or bottom < 0 or right > width or top > height for left, bottom, right, top in boxes)
