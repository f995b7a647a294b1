"""The Word file: paragraph by paragraph, cell by cell, field by field, map by map, against what the Record gives."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

from docx.oxml.ns import qn
from lxml import etree

from gis.language import Lang
from maps.appendix.blocks import Block, Caption, Grid, Heading, Paragraph, Picture, Signatures
from maps.appendix.chapters import COUNTED
from maps.appendix.template import content_place, filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import bookmark_name, number_code, reference_code
from maps.appendix.xml_text import xml_text
from maps.read_back import agrees
from maps.sentences.read_back import read_back
from maps.verify.difference import Difference
from maps.verify.document import StoredDocument, paragraph_text, read_document
from maps.verify.map_pictures import MapPictures, picture_differences
from planning.record import Record

# A place in the document, what stands there, and the fact that it shows.
Line = tuple[str, str, str]
_BROKEN = (BadZipFile, KeyError, etree.LxmlError)
# What the form of the decree says above a page: its number.
_PAGE_NUMBER = ("2",)
_DIFFERENT_MAX = 200
# Fields and bookmarks of ours among those of a template.
_OURS = re.compile(r"mg_|REF mg_|SEQ (Bang|BanDo)\b")


@dataclass(frozen=True, eq=False)
class WordExpected:
    """What the Word file of an appendix has to say.

    Attributes
    ----------
    blocks : of the document
    lines : each paragraph and cell that says something, those of the office's template around them
    ahead : how many of the printed paragraphs may hold sentences: those before the first table
    headers : what headers and footers say
    has_template : an office's own, with whatever fields it has
    """

    blocks: Sequence[Block]
    lines: Sequence[Line]
    ahead: int
    headers: Sequence[str]
    has_template: bool

    @classmethod
    def of(cls, blocks: Sequence[Block], record: Record, wishes: AppendixWishes, template: Path | None) -> Self:
        """Return what blocks come to in the form of the decree, or in a template."""
        lines = [line for line in expected_lines(blocks, wishes.lang) if line[1]]
        ahead = next((place for place, block in enumerate(blocks) if isinstance(block, Caption)), len(blocks))
        if template is None:
            return cls(blocks, lines, ahead, _PAGE_NUMBER, has_template=False)
        around, headers = template_lines(template, record, wishes)
        return cls(blocks, _within(around, lines), ahead + len(around), headers, has_template=True)


def word_differences(
    file: str, content: bytes, expected: WordExpected, record: Record, lang: Lang, pages: MapPictures
) -> Iterator[Difference]:
    """Yield every place of the Word file that does not say what it should.

    Parameters
    ----------
    pages : of the finished file of sheets
    """
    try:
        document = read_document(content)
    except _BROKEN as error:
        yield Difference(file, "", "", f"{type(error).__name__}: {error}", "DOCX")
        return
    yield from _lines(file, document.lines, expected.lines)
    yield from _said(file, document.lines[: expected.ahead], record, lang)
    yield from _others(file, document, expected)
    yield from _in_order(file, "content control", [" ".join(one) for one in document.controls], _controls(expected))
    codes = [one for one in document.codes if not expected.has_template or _OURS.match(one)]
    yield from _in_order(file, "field", codes, list(_codes(expected.blocks)))
    maps = [one for one in expected.blocks if isinstance(one, Picture)]
    yield from picture_differences(file, document, maps, pages, own_form=not expected.has_template)


def word_misread(file: str, expected: WordExpected, record: Record, lang: Lang) -> Iterator[Difference]:
    """Yield the cells that do not say their fact, read by their digits: what composed them has no say here."""
    for place, text, key in expected.lines:
        if key and place.startswith("table"):
            fact = record.fact(key)
            if fact.value is not None and not agrees(fact, text, lang):
                yield Difference(file, place, key, text, str(fact.value))


def expected_lines(blocks: Sequence[Block], lang: Lang) -> Iterator[Line]:
    """Yield what each paragraph and each cell says, in order; a table goes by the number of its caption."""
    table = 0
    for number, block in enumerate(blocks, start=1):
        match block:
            case Paragraph():
                text = "".join(xml_text(piece.text) for piece in block.pieces)
                yield f"paragraph {number}", text, next((piece.key for piece in block.pieces if piece.key), "")
            case Heading():
                yield f"heading {number}", xml_text(block.text), ""
            case Caption():
                counted = COUNTED[block.counted].to(lang)
                table = block.number if block.counted == "table" else table
                place = f"caption of {block.counted} {block.number}"
                yield place, f"{counted} {block.number}. {xml_text(block.text)}", ""
            case Grid():
                yield from _grid_lines(table, block)
            case Signatures():
                yield "place and date", xml_text(block.place), ""
                for column, texts in enumerate(block.columns, start=1):
                    yield from ((f"signature {column}", xml_text(text), "") for text in texts if text)


def _grid_lines(number: int, block: Grid) -> Iterator[Line]:
    yield from ((f"table {number}, head {place}", xml_text(head), "") for place, head in enumerate(block.heads, 1))
    for row, pieces in enumerate(block.rows, start=1):
        for column, piece in enumerate(pieces, start=1):
            if piece.text:
                yield f"table {number}, row {row}, column {column}", xml_text(piece.text), piece.key


def template_lines(template: Path, record: Record, wishes: AppendixWishes) -> tuple[list[Line], list[str]]:
    """Return what a filled template says, line by line, the place of the appendix without text; and its headers."""
    document = filled_template(template, record, wishes)
    place = content_place(document)
    said = [(one is place, paragraph_text(one)) for one in document.element.body.iter(qn("w:p"))]
    content = BytesIO()
    document.save(content)
    return [("template", "" if here else text, "") for here, text in said if here or text], list(
        read_document(content.getvalue()).around
    )


def _within(around: Sequence[Line], wanted: list[Line]) -> list[Line]:
    """Return the lines of a template with those of the appendix in their place, which is a line without text."""
    place = next(number for number, line in enumerate(around) if not line[1])
    return [*around[:place], *wanted, *around[place + 1 :]]


def _lines(file: str, printed: Sequence[str], lines: Sequence[Line]) -> Iterator[Difference]:
    texts = [text for _, text, _ in lines]
    if list(printed) == texts:
        return
    if len(printed) == len(lines):
        for found, (place, text, fact) in zip(printed, lines, strict=True):
            if found != text:
                yield Difference(file, place, fact, found, text)
        return
    for kind, first, last, start, end in SequenceMatcher(None, printed, texts, autojunk=False).get_opcodes():
        if kind != "equal":
            place, _, fact = lines[min(start, len(lines) - 1)]
            found, wanted = (" · ".join(some)[:_DIFFERENT_MAX] for some in (printed[first:last], texts[start:end]))
            yield Difference(file, place, fact, found, wanted)


def _said(file: str, printed: Sequence[str], record: Record, lang: Lang) -> Iterator[Difference]:
    """Read the sentences back, as anyone would who knows their patterns: none may contradict a fact."""
    for wrong in read_back("\n".join(printed), record, lang).contradictions:
        yield Difference(file, f"sentence {wrong.pattern} {wrong.place}".strip(), "", wrong.said, wrong.wanted)


def _others(file: str, document: StoredDocument, expected: WordExpected) -> Iterator[Difference]:
    """Compare headers, footers and notes with what they should say; nothing may stand there that nobody reads."""
    if Counter(document.around) != Counter(expected.headers):
        yield Difference(file, "headers and footers", "", " · ".join(document.around), " · ".join(expected.headers))
    if document.strange:
        yield Difference(file, "content that is not text", "", " ".join(sorted({*document.strange})), "")


def _in_order(file: str, what: str, found: Sequence[str], wanted: Sequence[str]) -> Iterator[Difference]:
    for number, (one, other) in enumerate(zip_longest(found, wanted, fillvalue=""), start=1):
        if one != other:
            yield Difference(file, f"{what} {number}", other.partition(" ")[0], one, other)


def _controls(expected: WordExpected) -> list[str]:
    """Return key and text of every fact in running text."""
    pieces = (piece for block in expected.blocks if isinstance(block, Paragraph) for piece in block.pieces)
    return [f"{xml_text(piece.key)} {xml_text(piece.text)}" for piece in pieces if piece.key and not piece.target]


def _codes(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield what fields are made of: when somebody prints, Word computes their numbers anew."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (reference_code(piece.target) for piece in block.pieces if piece.target)
        elif isinstance(block, Caption):
            yield bookmark_name(block.name)
            yield number_code(block.counted)
