"""A file of sheets: planned, drawn, printed, read back, and only then handed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gis.crs import parse_crs
from gis.language import Lang
from layers import parcels
from maps.errors import SheetUnknown
from maps.relief import Relief
from maps.sheet.compose import pdf_of, pictures_of
from maps.sheet.coordinates import coordinate_pages, page_keys
from maps.sheet.georeference import georeferenced
from maps.sheet.ledger import require_agreement, require_printable
from maps.sheet.page import Page, TitleBlock, page_of
from maps.sheet.paper import PaperName
from maps.sheet.plan import Plan, PlannedSheet, plan
from maps.whole_file import whole_file
from planning.record import Record
from planning.undrawn import UndrawnParcels


@dataclass(frozen=True, slots=True)
class Book:
    """A finished file.

    Attributes
    ----------
    pdf : the file
    pages : as they were sent
    without : titles of subjects that had no data
    crowded : titles of subjects whose parcels are too many for the paper
    """

    pdf: bytes
    pages: tuple[Page, ...]
    without: tuple[str, ...]
    crowded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file of sheets is wanted.

    Attributes
    ----------
    paper : of the maps; tables stand on A4
    scale : denominator of the sheets of the whole zone; None: the largest round one that fits
    only : keys of sheets (a leading part is enough: ``stretch``); empty for all
    markers : with the coordinate table
    relief : lies under the maps
    across : all maps lie; else each as it is largest
    """

    paper: PaperName = "A3"
    scale: int | None = None
    only: tuple[str, ...] = ()
    markers: bool = True
    relief: Relief | None = None
    across: bool = False


def book_of(
    record: Record, wishes: Wishes, block: TitleBlock, lang: Lang = "vi", undrawn: UndrawnParcels | None = None
) -> Book:
    """Print the sheets of a Record and read them back.

    Parameters
    ----------
    undrawn : the parcels, where they are too many for the Record to draw

    Raises
    ------
    SheetUnknown, AssetMissing
    SheetsDiffer
        What the PDF holds is not what was sent to it.
    """
    return printed(*pages_of(record, wishes, block, lang, undrawn), record, lang)


def printed(pages: Sequence[Page], planned: Plan, record: Record, lang: Lang = "vi") -> Book:
    """Print pages and read them back; raise AssetMissing or SheetsDiffer."""
    require_printable(pages, lang)
    pdf = georeferenced(pdf_of(pages, record, lang), pages, parse_crs(record.crs))
    require_agreement(pages, pdf, lang)
    without, crowded = (
        tuple(subject.title.to(lang) for subject in some) for some in (planned.without, planned.crowded)
    )
    return Book(pdf, tuple(pages), without, crowded)


def pages_of(
    record: Record, wishes: Wishes, block: TitleBlock, lang: Lang = "vi", undrawn: UndrawnParcels | None = None
) -> tuple[list[Page], Plan]:
    """Return every page of a file as it is sent to print, and the plan that it follows; raise SheetUnknown."""
    planned = plan(record, wishes.paper, lang, wishes.scale, undrawn, across=wishes.across)
    tables = page_keys(record) if wishes.markers else ()
    maps = _chosen(planned.sheets, tables, wishes.only)
    tables = tuple(key for key in tables if _is_wanted(key, wishes.only))
    numbers = {key: number for number, key in enumerate((*(sheet.key for sheet in maps), *tables), start=1)}
    pages = [page_of(_drawn(record, sheet, undrawn), sheet, numbers, block, lang, wishes.relief) for sheet in maps]
    if tables:
        pages += list(coordinate_pages(record, numbers, lang))
    return pages, planned


def write_book(
    record: Record,
    path: Path,
    wishes: Wishes,
    block: TitleBlock,
    lang: Lang = "vi",
    undrawn: UndrawnParcels | None = None,
) -> Book:
    """Write the sheets as PDF; a file that is there is replaced whole or not at all."""
    book = book_of(record, wishes, block, lang, undrawn)
    with whole_file(path) as beside:
        beside.write_bytes(book.pdf)
    return book


def write_pictures(book: Book, record: Record, folder: Path, dpi: int, lang: Lang = "vi") -> list[Path]:
    """Write each page as ``KEY.png`` into a folder."""
    paths = [folder / f"{page.key}.png" for page in book.pages]
    for path, picture in zip(paths, pictures_of(book.pages, record, lang, dpi), strict=True):
        with whole_file(path) as beside:
            beside.write_bytes(picture)
    return paths


def _drawn(record: Record, sheet: PlannedSheet, undrawn: UndrawnParcels | None) -> Record:
    """Return the Record with the parcels that the sheet shows."""
    if undrawn is None or parcels.SCHEMA.name not in sheet.layers:
        return record
    return undrawn.drawn_on(record, undrawn.within(sheet.window.bounds))


def _chosen(sheets: Sequence[PlannedSheet], tables: Sequence[str], only: Sequence[str]) -> list[PlannedSheet]:
    known = [sheet.key for sheet in sheets]
    for wanted in only:
        if not any(_is_wanted(key, (wanted,)) for key in (*known, *tables)):
            raise SheetUnknown(sheet=wanted, sheets=", ".join((*known, "markers")))
    return [sheet for sheet in sheets if _is_wanted(sheet.key, only)]


def _is_wanted(key: str, only: Sequence[str]) -> bool:
    return not only or any(key == one or key.startswith(f"{one}-") for one in only)
