"""An office's own Word template: fields in double braces from a closed list, and one place for the appendix.

Nothing in a template is run: no macro, no expression, no reference to anything outside the file. Fields are replaced
as text, letter by letter; one that is not on the list stops the export, by name.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from maps.appendix.wishes import AppendixWishes
from maps.appendix.xml_text import xml_text
from maps.errors import TemplateUnsafe, TemplateWrong
from maps.numerals import day_text
from planning.record import Record

CONTENT = "phu_luc"
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# What would run, or reach out of the file, when the document is opened.
_ACTIVE_PARTS = re.compile(r"vbaProject|\.bin$|activeX|embeddings/|customUI", re.IGNORECASE)
_ACTIVE_FIELDS = re.compile(
    r"\b(DDE(AUTO)?|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|DATABASE|RD|LINK|IMPORT|EMBED|AUTOTEXT)\b", re.IGNORECASE
)
_TEXT_MAX, _PARTS_MAX = 30_000_000, 2000


def fields_of(record: Record, wishes: AppendixWishes) -> Mapping[str, str]:
    """Return what a template may ask for, by the name of the field."""
    block = wishes.block
    return {
        "ten_du_an": record.project,
        "phuong_an": record.scenario,
        "ly_do": record.reason,
        "ma_ho_so_ket_qua": record.id[:16],
        "luu_y": record.notice,
        "he_toa_do": record.crs,
        "don_vi_lap": block.office,
        "nguoi_lap": block.drawn,
        "nguoi_kiem_tra": block.checked,
        "nguoi_phe_duyet": block.approved,
        "so_van_ban": block.document,
        "noi_ky": wishes.place,
        "ngay": day_text(block.date or record.stamp.created[:10], wishes.lang),
    }


def filled_template(path: Path, record: Record, wishes: AppendixWishes) -> Document:
    """Return a template with its fields filled in; the place of the appendix still stands.

    Raises
    ------
    TemplateUnsafe
        It holds something that runs or reaches out.
    TemplateWrong
        It is no DOCX, asks for a field that is not on the list, or has no place for the appendix.
    """
    _require_inert(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, ValueError, KeyError) as error:
        raise TemplateWrong(path=path, problem=str(error)) from error
    known = {name: xml_text(text) for name, text in fields_of(record, wishes).items()}
    for root in _roots(document):
        for paragraph in root.iter(qn("w:p")):
            _fill(paragraph, known, path)
    content_place(document, path)
    return document


def content_place(document: Document, path: Path = Path()) -> Any:
    """Return the paragraph of the body that stands for the appendix; raise TemplateWrong."""
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        found = _FIELD.fullmatch(_text(paragraph).strip())
        if found is not None and found[1] == CONTENT:
            return paragraph
    raise TemplateWrong(path=path, problem=f"{{{{{CONTENT}}}}}")


def _roots(document: Document) -> Iterator[Any]:
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield part._element


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def _fill(paragraph: Any, known: Mapping[str, str], path: Path) -> None:
    """Replace the fields of one paragraph; Word may have cut a field into several runs."""
    pieces = list(paragraph.iter(qn("w:t")))
    text = "".join(one.text or "" for one in pieces)
    names = {name for name in _FIELD.findall(text) if name != CONTENT}
    if strange := names - known.keys():
        raise TemplateWrong(path=path, problem=", ".join(f"{{{{{name}}}}}" for name in sorted(strange)))
    if names:
        filled = _FIELD.sub(lambda found: known.get(found[1], found[0]), text)
        for number, one in enumerate(pieces):
            one.text = filled if number == 0 else ""
            one.set(qn("xml:space"), "preserve")


def _require_inert(path: Path) -> None:
    try:
        with ZipFile(path) as parts:
            listed = parts.infolist()
            if len(listed) > _PARTS_MAX or sum(part.file_size for part in listed) > _TEXT_MAX:
                raise TemplateUnsafe(path=path, what="zip")
            for part in listed:
                _require_inert_part(path, part.filename, parts)
    except (BadZipFile, OSError) as error:
        raise TemplateWrong(path=path, problem=str(error)) from error


def _require_inert_part(path: Path, name: str, parts: ZipFile) -> None:
    if _ACTIVE_PARTS.search(name):
        raise TemplateUnsafe(path=path, what=name)
    if name.endswith((".xml", ".rels")):
        content = parts.read(name).decode("utf-8", "replace")
        # Word may cut the name of a field into several pieces.
        fields = "".join(re.findall(r"(?:<w:instrText[^>]*>|w:instr=\")([^<\"]*)", content))
        if found := _ACTIVE_FIELDS.search(fields):
            raise TemplateUnsafe(path=path, what=found[0])
        outside = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', content)
        if any("/hyperlink" not in one for one in outside):
            raise TemplateUnsafe(path=path, what=name)
        if "<!DOCTYPE" in content or "macroEnabled" in content or "<w:altChunk" in content:
            raise TemplateUnsafe(path=path, what=name)
