"""Pages to PDF or pictures: the template, the typefaces, and one call of typst."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from gis.language import Lang
from maps.errors import SheetTooSmall
from maps.sheet.page import Page
from maps.sheet.typeface import font_folders, one_line
from planning.record import Record

_TEMPLATES, _DATA = ("main.typ", "map.typ", "table.typ", "parcel.typ", "inks.typ"), "pages.json"
# An archive keeps it: fonts inside, no outside reference (ISO 19005-2, level B).
_STANDARD = "a-2b"
# What the template says of a legend that finds no room even in the smallest type.
_DOES_NOT_FIT = "legend does not fit"


def pdf_of(pages: Sequence[Page], record: Record, lang: Lang) -> bytes:
    """Return the pages as one PDF/A-2b, vector, its fonts embedded."""
    return bytes(_compiled(pages, record, lang, format="pdf", pdf_standards=[_STANDARD], pdf_tags=False))


def pictures_of(pages: Sequence[Page], record: Record, lang: Lang, dpi: int) -> list[bytes]:
    """Return each page as PNG at so many dots per inch."""
    found = _compiled(pages, record, lang, format="png", ppi=float(dpi))
    return [bytes(one) for one in found] if isinstance(found, list) else [bytes(found)]


@cache
def _fonts() -> typst.Fonts:
    """Return the typefaces, read once: a batch prints hundreds of files."""
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compiled(pages: Sequence[Page], record: Record, lang: Lang, **options: Any) -> Any:
    told = {
        "title": f"{record.project} – {record.scenario}",
        "author": "Mốc Giới",
        "lang": lang,
        "pages": [{"kind": page.kind, "layout": page.layout, "texts": page.texts} for page in pages],
    }
    sources = {
        **{name: (files("maps.sheet") / "static" / name).read_bytes() for name in _TEMPLATES},
        _DATA: one_line(json.dumps(told, ensure_ascii=False)).encode(),
        **{name: svg for page in pages for name, svg in page.pictures.items()},
    }
    try:
        return typst.compile(sources, font_paths=_fonts(), **options)
    except typst.TypstError as error:
        if _DOES_NOT_FIT in str(error):
            raise SheetTooSmall(
                paper=", ".join({str(page.layout["paper"]) for page in pages if page.kind == "map"})
            ) from error
        raise
