"""A table of the appendix as the XML of Word, row by row: cell by cell a library is quadratic."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from maps.appendix.blocks import Grid
from maps.appendix.word_form import CELL_MARGIN_MM, TEXT_WIDTH_MM
from maps.appendix.xml_text import xml_text

TWIPS_PER_MM = 56.6929


def table_xml(block: Grid) -> Iterator[str]:
    """Yield a table with a repeated head; its description leads back to the table of the Record and its columns."""
    widths = [round(TEXT_WIDTH_MM * TWIPS_PER_MM * weight / sum(block.weights)) for weight in block.weights]
    line = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    edges = "".join(line.format(edge) for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))
    columns = [piece.key.rpartition("].")[2] for piece in block.rows[0]] if block.name and block.rows else []
    yield f"<w:tbl {nsdecls('w')}><w:tblPr>"
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
    margin = round(CELL_MARGIN_MM * TWIPS_PER_MM)
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
    yield f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
    yield f"<w:tblCaption w:val={quoteattr(xml_text(block.name or 'facts'))}/>"
    yield f"<w:tblDescription w:val={quoteattr(xml_text(' '.join(columns)))}/></w:tblPr><w:tblGrid>"
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF1"/><w:vAlign w:val="center"/>'
    yield "".join(_cell(head, "MG Head", width, shade) for head, width in zip(block.heads, widths, strict=True))
    yield "</w:tr>"
    styles = ["MG Number" if right else "MG Cell" for right in block.right]
    closing = len(block.rows) - block.closing
    for number, row in enumerate(block.rows):
        bold = number >= closing
        # Sums stand on one page with each other and with the last row that they sum.
        together = bool(block.closing) and closing - 1 <= number < len(block.rows) - 1
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for piece, style, width in zip(row, styles, widths, strict=True):
            yield _cell(piece.text, style, width, "", bold=bold, together=together)
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(text: str, style: str, width: int, extra: str, *, bold: bool = False, together: bool = False) -> str:
    paragraph = cell_paragraph(text, style, bold=bold, together=together)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr>{paragraph}</w:tc>'


def cell_paragraph(text: str, style: str, *, bold: bool = False, together: bool = False) -> str:
    """Return one paragraph of a cell as XML; `together` with what comes after, on the same page."""
    keep = "<w:keepNext/>" if together else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{weight}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{keep}</w:pPr>{run}</w:p>'


def escaped(text: str) -> str:
    """Return a text as XML holds it."""
    return escape(xml_text(text))
