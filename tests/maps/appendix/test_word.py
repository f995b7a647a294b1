"""The Word file: the form of the decree, an office's own template, and templates that may not run anything."""

from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image

from maps.appendix.blocks import Caption, Grid, Paragraph, Picture, Piece
from maps.appendix.template import filled_template
from maps.appendix.wishes import AppendixWishes
from maps.appendix.word import PICTURE_DPI, word_of
from maps.errors import TemplateUnsafe, TemplateWrong
from maps.sheet.book import book_of
from maps.sheet.page import TitleBlock
from maps.testing import HOSTILE
from maps.verify.document import read_document
from maps.verify.map_pictures import MapPictures
from maps.verify.word import WordExpected, expected_lines, word_differences
from planning.record import Record

BLOCKS = (
    Paragraph((Piece("Diện tích "), Piece("1,00 ha", "area_m2.added"), Piece(" "), Piece(HOSTILE)), "body"),
    Caption("table", 1, "Bảng thử", "t"),
    Grid("", ("A", "B"), (1.0, 1.0), (False, True), ((Piece("x"), Piece("2")), (Piece(HOSTILE), Piece("3"))), 1),
)


def template(folder, *paragraphs):
    """Write a template with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "Số {{so_van_ban}}"
    document.save(folder / "mau.docx")
    return folder / "mau.docx"


def test_the_form_of_the_decree(record: Record, tmp_path):
    """A4, Times New Roman, margins of the decree, a live page number that the first page does not have."""
    (tmp_path / "a.docx").write_bytes(word_of(record, AppendixWishes(), BLOCKS, b""))
    document = docx.Document(tmp_path / "a.docx")
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert document.styles["Normal"].font.name == document.styles["MG Body"].font.name == "Times New Roman"
    codes = [one.text for one in document.element.body.iter(qn("w:instrText"))]
    assert any("SEQ Bang" in code for code in codes)


def test_what_is_written_is_read(record: Record):
    """Text of people stays text: templates, tags and entities come back letter by letter."""
    lines = [text for _, text, _ in expected_lines(BLOCKS, "vi") if text]
    assert list(read_document(word_of(record, AppendixWishes(), BLOCKS, b"")).lines) == lines


def test_maps_are_true_to_scale(record: Record, tmp_path):
    """A sheet of A3 lies, and a millimetre of it is a millimetre on the page of Word; its caption has room below."""
    wishes = AppendixWishes()
    pdf = book_of(record, replace(wishes.sheets, only=("boundary",), markers=False), TitleBlock()).pdf
    (tmp_path / "a.docx").write_bytes(word_of(record, wishes, (Picture(0, "boundary"),), pdf))
    document = docx.Document(tmp_path / "a.docx")
    section, (shape,) = document.sections[-1], document.inline_shapes
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (420, 297)
    width, height = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert width > height
    pixels = Image.open(BytesIO(read_document((tmp_path / "a.docx").read_bytes()).pictures[0][1])).size
    assert [shape.width.mm, shape.height.mm] == pytest.approx([side * 25.4 / PICTURE_DPI for side in pixels], rel=1e-3)
    assert shape.width.mm < section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    assert shape.height.mm < section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm - 8


def test_an_offices_own_template(record: Record, tmp_path):
    """Fields are filled in as text, the appendix comes in at its place, and all of it is verified."""
    path = template(tmp_path, "KÍNH GỬI {{ten_du_an}}", "{{phu_luc}}", "Ngày {{ngay}}")
    wishes = AppendixWishes()
    content = word_of(record, wishes, BLOCKS, b"", path)
    lines = read_document(content).lines
    assert lines[0] == f"KÍNH GỬI {record.project}"
    assert lines[-1].startswith("Ngày ")
    expected = WordExpected.of(BLOCKS, record, wishes, path)
    assert expected.headers == ["Số "]
    assert list(word_differences("x", content, expected, record, "vi", MapPictures(b""))) == []
    without = WordExpected.of(BLOCKS, record, wishes, None)
    assert list(word_differences("x", content, without, record, "vi", MapPictures(b""))) != []


@pytest.mark.parametrize("text", ["{{7*7}}", "{{ten_du_an.__class__}}", "{{khong_co}}"])
def test_a_field_that_is_not_on_the_list_stops_the_export(record: Record, tmp_path, text):
    """Nothing is evaluated: a field is a name or an error."""
    with pytest.raises(TemplateWrong, match=r"mau\.docx"):
        filled_template(template(tmp_path, text, "{{phu_luc}}"), record, AppendixWishes())


def test_a_template_without_a_place_is_refused(record: Record, tmp_path):
    """The appendix has to stand somewhere."""
    with pytest.raises(TemplateWrong):
        filled_template(template(tmp_path, "x"), record, AppendixWishes())


def test_a_template_that_reaches_out_is_refused(record: Record, tmp_path):
    """Fields that start programs or fetch files are not opened."""
    path = template(tmp_path, "x", "{{phu_luc}}")
    document = docx.Document(path)
    run = document.paragraphs[0].add_run()
    code = docx.oxml.OxmlElement("w:instrText")
    code.text = ' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" '
    run._r.append(code)
    document.save(path)
    with pytest.raises(TemplateUnsafe, match="DDEAUTO"):
        filled_template(path, record, AppendixWishes())
