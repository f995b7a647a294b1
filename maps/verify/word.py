"""The Word file: paragraphs, table cells, captions and headers in reading order, every fact by its digits, every map.

The text is read from the file's own XML, fields by the result that is shown. What stands in a content control must say
the fact that its tag names; the maps must be the pages of the file of sheets.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt
import pypdfium2
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image, UnidentifiedImageError

from gis.language import Lang
from maps.appendix.blocks import Block, Caption, Grid, Heading, Paragraph, Picture, Signatures
from maps.appendix.chapters import COUNTED
from maps.appendix.template import content_place, filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import page_picture
from maps.appendix.xml_text import xml_text
from maps.read_back import agrees
from maps.sentences.read_back import read_back
from maps.verify.difference import Difference
from planning.record import Record

# A place in the document, what stands there, and the fact that it shows.
Line = tuple[str, str, str]
# Two renderings of a page may differ at the edges of letters; a digit that is another one differs more.
_STRONG, _STRONG_MAX = 96, 12
_PARTS = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_BROKEN = (BadZipFile, KeyError, etree.LxmlError, UnidentifiedImageError, OSError, pypdfium2.PdfiumError)


def word_differences(
    file: str,
    content: bytes,
    blocks: Sequence[Block],
    record: Record,
    lang: Lang,
    sheets: bytes,
    headers: Sequence[str] = ("2",),
    around: Sequence[Line] | None = None,
) -> Iterator[Difference]:
    """Yield every place of the Word file that does not say what it should.

    Parameters
    ----------
    sheets : the finished file of sheets, whose pages the maps are
    headers : what headers and footers say
    around : what the office's template says before and after; None for the form of the decree
    """
    wanted = list(expected_lines(blocks, lang))
    try:
        printed = document_lines(content)
        if around is not None:
            wanted = _within(around, wanted)
        yield from _compared(file, printed, wanted)
        yield from _said(file, _sentences(printed, blocks, around), record, lang)
        yield from _others(file, content, headers)
        yield from _controls(file, content, blocks)
        yield from _pictures(file, content, blocks, sheets)
    except _BROKEN as error:
        yield Difference(file, "", "", f"{type(error).__name__}: {error}", "DOCX")
    yield from _facts(file, wanted, record, lang)


def expected_lines(blocks: Sequence[Block], lang: Lang) -> Iterator[Line]:
    """Yield what each paragraph and each cell of the document says, in order."""
    for number, block in enumerate(blocks, start=1):
        match block:
            case Paragraph():
                text = "".join(xml_text(piece.text) for piece in block.pieces)
                yield f"paragraph {number}", text, next((piece.key for piece in block.pieces if piece.key), "")
            case Heading():
                yield f"heading {number}", xml_text(block.text), ""
            case Caption():
                counted = COUNTED[block.counted].to(lang)
                yield f"caption {number}", f"{counted} {block.number}. {xml_text(block.text)}", ""
            case Grid():
                yield from _grid_lines(number, block)
            case Signatures():
                yield f"place {number}", xml_text(block.place), ""
                for role, name in block.columns:
                    yield from ((f"signature {number}", xml_text(text), "") for text in (role, name) if text)


def _grid_lines(number: int, block: Grid) -> Iterator[Line]:
    yield from ((f"table {number}, head {place}", xml_text(head), "") for place, head in enumerate(block.heads, 1))
    for row, pieces in enumerate(block.rows, start=1):
        for column, piece in enumerate(pieces, start=1):
            if piece.text:
                yield f"table {number}, row {row}, column {column}", xml_text(piece.text), piece.key


def document_lines(content: bytes) -> list[str]:
    """Return the text of every paragraph of a DOCX that says something, in reading order, those of cells too."""
    with ZipFile(BytesIO(content)) as parts:
        return list(_lines(parts.read("word/document.xml")))


def _lines(xml: bytes) -> Iterator[str]:
    for paragraph in _tree(xml).iter(qn("w:p")):
        if text := paragraph_text(paragraph):
            yield text


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def paragraph_text(paragraph: etree._Element) -> str:
    """Return what a paragraph shows: the text of its runs; of a field its result, not its code."""
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t"), qn("w:delText")))


def _within(around: Sequence[Line], wanted: list[Line]) -> list[Line]:
    """Return the lines of a template with those of the appendix in their place, which is a line without text."""
    place = next(number for number, line in enumerate(around) if not line[1])
    return [*around[:place], *wanted, *around[place + 1 :]]


def _compared(file: str, printed: Sequence[str], wanted: Sequence[Line]) -> Iterator[Difference]:
    texts = [text for _, text, _ in wanted if text]
    if list(printed) == texts:
        return
    lines = [line for line in wanted if line[1]]
    if len(printed) == len(lines):
        for found, (place, text, fact) in zip(printed, lines, strict=True):
            if found != text:
                yield Difference(file, place, fact, found, text)
        return
    for kind, first, last, start, end in SequenceMatcher(None, printed, texts, autojunk=False).get_opcodes():
        if kind != "equal":
            place, _, fact = lines[min(start, len(lines) - 1)]
            yield Difference(
                file, place, fact, " · ".join(printed[first:last])[:200], " · ".join(texts[start:end])[:200]
            )


def _others(file: str, content: bytes, headers: Sequence[str]) -> Iterator[Difference]:
    """Compare what headers, footers and notes say with what they should: the number of the page, or a template's."""
    found = _around_pages(content)
    if Counter(found) != Counter(headers):
        yield Difference(file, "headers and footers", "", " · ".join(found), " · ".join(headers))


def _around_pages(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as parts:
        names = sorted(name for name in parts.namelist() if _PARTS.fullmatch(name))
        return [text for name in names for text in _lines(parts.read(name))]


def template_lines(template: Path, record: Record, wishes: AppendixWishes) -> list[Line]:
    """Return what a filled template says, line by line; the place of the appendix is a line without text."""
    document = filled_template(template, record, wishes)
    place = content_place(document)
    body = document.element.body
    said = [(paragraph is place, paragraph_text(paragraph)) for paragraph in body.iter(qn("w:p"))]
    return [("template", "" if here else text, "") for here, text in said if here or text]


def template_headers(template: Path, record: Record, wishes: AppendixWishes) -> list[str]:
    """Return what the headers, footers and notes of a filled template say."""
    content = BytesIO()
    filled_template(template, record, wishes).save(content)
    return _around_pages(content.getvalue())


def _controls(file: str, content: bytes, blocks: Sequence[Block]) -> Iterator[Difference]:
    """Compare the content controls: which fact each one says it shows, and what stands in it."""
    with ZipFile(BytesIO(content)) as parts:
        root = _tree(parts.read("word/document.xml"))
    found = [(_tag(control), paragraph_text(control)) for control in root.iter(qn("w:sdt"))]
    pieces = (piece for block in blocks if isinstance(block, Paragraph) for piece in block.pieces)
    wanted = [(xml_text(piece.key), xml_text(piece.text)) for piece in pieces if piece.key and not piece.target]
    for number, (one, other) in enumerate(zip_longest(found, wanted, fillvalue=("", "")), start=1):
        if one != other:
            yield Difference(file, f"content control {number}", other[0], " ".join(one), " ".join(other))


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else tag.get(qn("w:val"), "")


def _sentences(printed: Sequence[str], blocks: Sequence[Block], around: Sequence[Line] | None) -> list[str]:
    """Return the printed paragraphs before the first table: where the sentences stand."""
    ahead = next((place for place, block in enumerate(blocks) if isinstance(block, Caption)), len(blocks))
    return list(printed[: ahead + len(around or ())])


def _said(file: str, printed: Sequence[str], record: Record, lang: Lang) -> Iterator[Difference]:
    """Read the sentences back, as anyone would who knows their patterns: none may contradict a fact."""
    for wrong in read_back("\n".join(printed), record, lang).contradictions:
        yield Difference(file, f"sentence {wrong.pattern} {wrong.place}".strip(), "", wrong.said, wrong.wanted)


def _facts(file: str, wanted: Sequence[Line], record: Record, lang: Lang) -> Iterator[Difference]:
    """Hold the cells, as they were found in their place, against the Record by their digits."""
    for place, text, key in wanted:
        if key and place.startswith("table"):
            fact = record.fact(key)
            if fact.value is not None and not agrees(fact, text, lang):
                yield Difference(file, place, key, text, str(fact.value))


def _pictures(file: str, content: bytes, blocks: Sequence[Block], sheets: bytes) -> Iterator[Difference]:
    """Compare each map with the page of the file of sheets that it is a picture of."""
    pages = [block for block in blocks if isinstance(block, Picture)]
    if not pages:
        return
    with ZipFile(BytesIO(content)) as parts:
        found = _shown_pictures(parts)
        if len(found) < len(pages):
            yield Difference(file, "maps", "", str(len(found)), str(len(pages)))
            return
        document = pypdfium2.PdfDocument(sheets)
        try:
            for block, name in zip(pages, found[len(found) - len(pages) :], strict=True):
                page = np.asarray(page_picture(document, block.page))
                with Image.open(BytesIO(parts.read(name))) as picture:
                    there = np.asarray(picture.convert("RGB"))
                if not _same_picture(there, page):
                    yield Difference(file, name, "", f"{there.shape}", f"page {block.page + 1} ({block.name})")
        finally:
            document.close()


def _same_picture(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> bool:
    if one.shape != other.shape:
        return False
    apart = np.abs(one.astype(np.int16) - other).max(axis=2) if not np.array_equal(one, other) else np.zeros(1)
    return bool((apart > _STRONG).sum() <= _STRONG_MAX)


def _shown_pictures(parts: ZipFile) -> list[str]:
    """Return the names of the pictures of a document in the order in which they are shown."""
    targets: Mapping[str, str] = {
        one.get("Id", ""): one.get("Target", "") for one in etree.fromstring(parts.read("word/_rels/document.xml.rels"))
    }
    blips = _tree(parts.read("word/document.xml")).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    return [f"word/{targets[one.get(qn('r:embed'))]}" for one in blips]
