"""A DOCX as it is stored: what its paragraphs, cells, fields and content controls say, and which pictures it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree

_AROUND = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
# What shows something that is neither a paragraph nor a picture: other documents, equations, symbols, old drawings.
_STRANGE = tuple(qn(name) for name in ("w:altChunk", "w:subDoc", "w:object", "w:pict", "w:sym", "m:oMath"))


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What a document says.

    Attributes
    ----------
    lines : text of every paragraph that says something, in reading order, those of cells too
    around : the same of headers, footers and notes
    controls : tag and text of every content control
    codes : code of every field, and name of every bookmark
    strange : names of elements that show what nobody here reads
    pictures : name and content of every picture, in the order in which they are shown
    """

    lines: tuple[str, ...]
    around: tuple[str, ...]
    controls: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    strange: tuple[str, ...]
    pictures: tuple[tuple[str, bytes], ...]


def read_document(content: bytes) -> StoredDocument:
    """Read a DOCX; raise BadZipFile, KeyError or LxmlError where it is none."""
    with ZipFile(BytesIO(content)) as parts:
        root = _tree(parts.read("word/document.xml"))
        names = sorted(name for name in parts.namelist() if _AROUND.fullmatch(name))
        around = tuple(text for name in names for text in _lines(_tree(parts.read(name))))
        return StoredDocument(
            tuple(_lines(root)),
            around,
            tuple((_tag(control), paragraph_text(control)) for control in root.iter(qn("w:sdt"))),
            tuple(_codes(root)),
            tuple(etree.QName(one).localname for one in root.iter(*_STRANGE)),
            tuple((name, parts.read(name)) for name in _shown_pictures(root, parts)),
        )


def paragraph_text(paragraph: etree._Element) -> str:
    """Return what a paragraph shows: the text of its runs; of a field its result, not its code."""
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t"), qn("w:delText")))


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _lines(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(qn("w:p")):
        if text := paragraph_text(paragraph):
            yield text


def _codes(root: etree._Element) -> Iterator[str]:
    """Yield what fields are made of: when somebody prints, Word computes them anew."""
    for one in root.iter(qn("w:instrText"), qn("w:bookmarkStart"), qn("w:fldSimple")):
        code = one.text or one.get(qn("w:name")) or one.get(qn("w:instr")) or ""
        if code := code.strip():
            yield code


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else tag.get(qn("w:val"), "")


def _shown_pictures(root: etree._Element, parts: ZipFile) -> list[str]:
    targets = {
        one.get("Id", ""): one.get("Target", "") for one in etree.fromstring(parts.read("word/_rels/document.xml.rels"))
    }
    return [f"word/{targets[one.get(qn('r:embed'))]}" for one in root.iter(_PICTURE)]
