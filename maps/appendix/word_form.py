"""The form of an administrative document after Decree 30/2020: paper, margins, typeface, page numbers.

A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman; the number of the page above, in the
middle, not on the first page. The decree leaves room in the margins (20–25, 20–25, 30–35, 15–20 mm).
"""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
TEXT_WIDTH_MM = 210 - 30 - 15
# Page of the maps; its top, right, bottom and left margins; room for a picture, under which its caption stands.
MAP_PAPER_MM, MAP_MARGIN_MM, MAP_WIDTH_MM = (420, 297), (8, 10, 3, 10), 400
_BODY_PT, CELL_PT = 13, 10
# Free room left and right of a text in a table.
CELL_MARGIN_MM = 1.06
# Name, size, bold, italic, alignment, space before and after in points, first line indent in mm.
_STYLES: tuple[tuple[str, float, bool, bool, Any, float, float, float], ...] = (
    ("MG Body", _BODY_PT, False, False, WD_ALIGN_PARAGRAPH.JUSTIFY, 0, 6, 10),
    ("MG Label", 14, True, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 3, 0),
    ("MG Title", 14, True, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 2, 0),
    ("MG Note", 13, False, True, WD_ALIGN_PARAGRAPH.CENTER, 2, 10, 0),
    ("MG Notice", 12, True, False, WD_ALIGN_PARAGRAPH.CENTER, 6, 8, 0),
    ("MG Right", 13, False, True, WD_ALIGN_PARAGRAPH.RIGHT, 12, 2, 0),
    ("MG Sign", 13, True, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 0, 0),
    ("MG Cell", CELL_PT, False, False, WD_ALIGN_PARAGRAPH.LEFT, 1, 1, 0),
    ("MG Number", CELL_PT, False, False, WD_ALIGN_PARAGRAPH.RIGHT, 1, 1, 0),
    ("MG Head", CELL_PT, True, False, WD_ALIGN_PARAGRAPH.CENTER, 2, 2, 0),
    ("MG Map", 11, False, False, WD_ALIGN_PARAGRAPH.CENTER, 0, 0, 0),
)
_OWN = {"Heading 1": 14, "Heading 2": 13, "Caption": 12}
STYLE_OF = {
    "label": "MG Label",
    "title": "MG Title",
    "note": "MG Note",
    "body": "MG Body",
    "notice": "MG Notice",
    "right": "MG Right",
    "sign": "MG Sign",
}


def set_page(document: Document) -> None:
    """Give a new document the paper, the margins and the page numbers of the decree."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE", "2")
    for run in number.runs:
        _set_font(run.font, run.element.get_or_add_rPr(), _BODY_PT)


def set_styles(document: Document) -> None:
    """Give a document the styles of the appendix; styles that an office has under these names stay."""
    styles = document.styles
    known = {style.name for style in styles}
    for name, size, bold, italic, alignment, before, after, indent in _STYLES:
        if name in known:
            continue
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_font(style.font, style.element.get_or_add_rPr(), size)
        style.font.bold, style.font.italic = bold, italic
        form = style.paragraph_format
        form.alignment, form.space_before, form.space_after = alignment, Pt(before), Pt(after)
        form.first_line_indent, form.line_spacing = Mm(indent), 1.0


def set_own_styles(document: Document) -> None:
    """Give a new document headings and captions in black Times New Roman."""
    normal: Any = document.styles["Normal"]
    _set_font(normal.font, normal.element.get_or_add_rPr(), _BODY_PT)
    for name, size in _OWN.items():
        style: Any = document.styles[name]
        _set_font(style.font, style.element.get_or_add_rPr(), size)
        style.font.bold, style.font.italic, style.font.color.rgb = True, False, None
        colour = style.element.rPr.find(qn("w:color"))
        if colour is not None:
            style.element.rPr.remove(colour)
        form = style.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(10), Pt(4), name != "Caption"
    caption: Any = document.styles["Caption"]
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_field(paragraph: Any, code: str, result: str) -> None:
    """Add a live field with the result that it has now, so that readers without Word see it too."""
    for kind in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run(result if kind == "result" else "")
        if kind == "code":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {code} "
            run._r.append(told)
        elif kind != "result":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _set_font(font: Any, properties: Any, size: float) -> None:
    font.name, font.size = FONT, Pt(size)
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
