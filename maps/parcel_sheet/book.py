"""An extract as PDF: made, printed, read back, and only then handed on."""

from dataclasses import dataclass, field
from pathlib import Path

from gis.language import Lang
from maps.parcel_sheet.drawing import ground_of, parcel_map, window_around
from maps.parcel_sheet.page import extract_page
from maps.sheet.compose import pdf_of
from maps.sheet.ledger import require_flow_agreement, require_printable
from maps.sheet.page import TitleBlock
from maps.whole_file import whole_file
from planning.extract import extract
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Hit
from planning.record import Record
from planning.surroundings import with_surroundings


@dataclass(frozen=True, slots=True)
class ExtractWishes:
    """How extracts are wanted.

    Attributes
    ----------
    personal : with owner and address
    with_defence : with defence and security land
    block : what people fill in
    """

    personal: bool = False
    with_defence: bool = False
    block: TitleBlock = field(default_factory=TitleBlock)


def printed_extract(desk: ParcelDesk, hit: Hit, wishes: ExtractWishes, lang: Lang = "vi") -> tuple[Record, bytes]:
    """Return the extract of a parcel with its surroundings, and the PDF that was read back against it.

    Raises
    ------
    ParcelWithheld, AssetMissing
    SheetsDiffer
        What the PDF holds is not what was sent to it.
    """
    record = extract(desk, hit, personal=wishes.personal, with_defence=wishes.with_defence)
    shapes, chart = record.geometry["parcels"], None
    if len(shapes):
        window = window_around(tuple(shapes.total_bounds.tolist()))
        record = with_surroundings(record, desk, hit, ground_of(window), with_defence=wishes.with_defence)
        chart = parcel_map(record, window, lang)
    page = extract_page(record, chart, wishes.block, lang)
    require_printable([page], lang)
    pdf = pdf_of([page], record, lang)
    require_flow_agreement(page, pdf, lang)
    return record, pdf


def write_extract(desk: ParcelDesk, hit: Hit, path: Path, wishes: ExtractWishes, lang: Lang = "vi") -> Record:
    """Write the extract of a parcel as PDF; a file that is there is replaced whole or not at all."""
    record, pdf = printed_extract(desk, hit, wishes, lang)
    with whole_file(path) as beside:
        beside.write_bytes(pdf)
    return record
