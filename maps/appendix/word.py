"""word_of(): the blocks of an appendix as DOCX, in the form of the decree or in an office's own template.

Each fact stands where it can be led back: in running text a content control whose tag is its key, in a table the name
and the columns in the table's description.
"""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
import pypdfium2
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from PIL import Image

from gis.language import Lang
from maps.appendix.blocks import Block, Caption, Counted, Grid, Heading, Paragraph, Picture, Piece, Signatures
from maps.appendix.chapters import COUNTED
from maps.appendix.template import content_place, filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word_form import (
    MAP_MARGIN_MM,
    MAP_PAPER_MM,
    MAP_WIDTH_MM,
    STYLE_OF,
    TEXT_WIDTH_MM,
    add_field,
    set_own_styles,
    set_page,
    set_styles,
)
from maps.appendix.word_table import TWIPS_PER_MM, cell_paragraph, escaped, table_xml
from maps.appendix.xml_text import xml_text
from maps.sheet.paper import margin_of
from planning.record import Record

PICTURE_DPI = 150
MM_PER_INCH = 25.4
# What the lines of a frame reach into the free paper.
_FRAME_MM = 0.5
_SEQUENCES = {"table": "Bang", "map": "BanDo"}


def word_of(
    record: Record, wishes: AppendixWishes, blocks: Sequence[Block], pdf: bytes, template: Path | None = None
) -> bytes:
    """Return the appendix as DOCX.

    Parameters
    ----------
    pdf : the finished file of sheets, whose pages are the maps
    template : of the office, checked and filled in (`maps.appendix.template`); None for the form of the decree

    Raises
    ------
    TemplateUnsafe, TemplateWrong
    """
    document = _own_form() if template is None else filled_template(template, record, wishes)
    set_styles(document)
    before = set(document.element.body)
    _Writer(document, wishes.lang, pdf).write(blocks)
    if template is not None:
        _move(document, [one for one in document.element.body if one not in before])
    _set_properties(document, record)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def page_picture(document: pypdfium2.PdfDocument, page: int) -> Image.Image:
    """Return a page of the file of sheets as a picture, as Word shows it: without the free paper around it."""
    picture: Image.Image = document[page].render(scale=PICTURE_DPI / 72, rev_byteorder=True).to_pil()
    free = round(_free_mm(*page_mm(document, page)) * PICTURE_DPI / MM_PER_INCH)
    picture = picture.crop((free, free, picture.width - free, picture.height - free))
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def page_mm(document: pypdfium2.PdfDocument, page: int) -> tuple[float, float]:
    """Return width and height of a page."""
    width, height = document[page].get_size()
    return width * MM_PER_INCH / 72, height * MM_PER_INCH / 72


def _free_mm(width_mm: float, height_mm: float) -> float:
    return margin_of(width_mm, height_mm) - _FRAME_MM


def bookmark_name(name: str) -> str:
    """Return the name of a bookmark: letters, digits and underscores, at most 40.

    Examples
    --------
    >>> bookmark_name("by.admin_units@2025-07-01")
    'mg_by_admin_units_2025_07_01'
    """
    return ("mg_" + "".join(one if one.isascii() and one.isalnum() else "_" for one in name))[:40]


def reference_code(name: str) -> str:
    """Return the code of the field that refers to the caption of that name."""
    return f"REF {bookmark_name(name)} \\h"


def number_code(counted: Counted) -> str:
    """Return the code of the field that numbers a caption."""
    return f"SEQ {_SEQUENCES[counted]} \\* ARABIC"


def _own_form() -> Document:
    document = docx.Document()
    set_page(document)
    set_own_styles(document)
    return document


class _Writer:
    """Appends blocks to a document, one after another."""

    def __init__(self, document: Document, lang: Lang, pdf: bytes) -> None:
        self.document, self.lang, self.pdf = document, lang, pdf
        self.bookmarks = 0

    def write(self, blocks: Sequence[Block]) -> None:
        """Append all blocks; maps stand in sections of their own, A3 across."""
        across = False
        for block in blocks:
            if isinstance(block, Picture) and not across:
                self._open_map_section()
                across = True
            self._write_one(block)

    def _write_one(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(block)
            case Heading():
                self.document.add_heading(xml_text(block.text), block.level)
            case Caption():
                self._caption(block)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)
            case Signatures():
                self._signatures(block)

    def _paragraph(self, block: Paragraph) -> None:
        written = self.document.add_paragraph(style=STYLE_OF[block.tone])
        for piece in block.pieces:
            if piece.target:
                add_field(written, reference_code(piece.target), piece.text)
            elif piece.key:
                written._p.append(parse_xml(_controlled(piece)))
            else:
                written.add_run(xml_text(piece.text))

    def _caption(self, block: Caption) -> None:
        """Write ``Bảng 3. …`` with a live number, inside a bookmark to which references lead."""
        written = self.document.add_paragraph(style="Caption")
        written.paragraph_format.keep_with_next = block.counted == "table"
        if block.counted == "map":  # a sheet of A3 leaves little room
            written.paragraph_format.space_before = Pt(2)
        self.bookmarks += 1
        for tag in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{tag}")
            mark.set(qn("w:id"), str(self.bookmarks))
            if tag == "bookmarkStart":
                mark.set(qn("w:name"), bookmark_name(block.name))
            written._p.append(mark)
            if tag == "bookmarkStart":
                written.add_run(f"{COUNTED[block.counted].to(self.lang)} ")
                add_field(written, number_code(block.counted), str(block.number))
        written.add_run(xml_text(f". {block.text}"))

    def _grid(self, block: Grid) -> None:
        table = parse_xml("".join(table_xml(block)))
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def _picture(self, block: Picture) -> None:
        content = BytesIO()
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            page_picture(document, block.page).save(content, "PNG", compress_level=4)
            width, height = page_mm(document, block.page)
        finally:
            document.close()
        paragraph = self.document.add_paragraph(style="MG Map")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = True
        shown = width - 2 * _free_mm(width, height)
        paragraph.add_run().add_picture(BytesIO(content.getvalue()), width=Mm(min(shown, MAP_WIDTH_MM)))

    def _open_map_section(self) -> None:
        """Begin a section on A3, across, on which sheets of A3 are true to scale; the pages before it keep theirs."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = (Mm(side) for side in MAP_PAPER_MM)
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
            Mm(margin) for margin in MAP_MARGIN_MM
        )
        section.header_distance, section.footer_distance = Mm(2), Mm(2)
        section.different_first_page_header_footer = False

    def _signatures(self, block: Signatures) -> None:
        place = self.document.add_paragraph(xml_text(block.place), style=STYLE_OF["right"])
        place.paragraph_format.keep_with_next = True
        cells = "".join(
            f"<w:tc>{cell_paragraph(role, 'MG Sign')}{cell_paragraph('', 'MG Sign') * 4}"
            f"{cell_paragraph(name, 'MG Sign')}</w:tc>"
            for role, name in block.columns
        )
        width = round(TEXT_WIDTH_MM * TWIPS_PER_MM / len(block.columns))
        columns = f'<w:gridCol w:w="{width}"/>' * len(block.columns)
        xml = (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
        )
        self.document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _controlled(piece: Piece) -> str:
    """Return a fact in running text as a content control whose tag is its key."""
    return (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:tag w:val={quoteattr(xml_text(piece.key))}/></w:sdtPr>"
        f'<w:sdtContent><w:r><w:t xml:space="preserve">{escaped(piece.text)}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _move(document: Document, written: Sequence[Any]) -> None:
    """Move what was written to where the template has its place for it; its last section keeps the office's paper."""
    place = content_place(document)
    body = document.element.body
    last = body.sectPr
    original = deepcopy(last)
    for one in written:
        if one is not last:
            place.addprevious(one)
    opening = next((one for one in written if one.find(f".//{qn('w:sectPr')}") is not None), None)
    if opening is not None:  # maps came in: their section ends where the template goes on
        ending = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(original)
        ending.append(properties)
        place.addprevious(ending)
        body.replace(last, deepcopy(opening.find(f".//{qn('w:sectPr')}")))
    place.getparent().remove(place)


def _set_properties(document: Document, record: Record) -> None:
    told = document.core_properties
    told.title, told.subject, told.comments = (
        xml_text(text)[:255] for text in (record.project, record.scenario, record.id)
    )
    told.author, told.last_modified_by = "Mốc Giới", "Mốc Giới"
    try:
        moment = datetime.fromisoformat(record.stamp.created).astimezone(UTC)
    except ValueError:
        return
    told.created = told.modified = moment.replace(tzinfo=None)
