"""Layouts of yards on paper: a sheet for each yard, read back like every other sheet."""

from pathlib import Path

from gis.crs import parse_crs
from gis.language import Lang, Text
from maps.sheet.compose import pdf_of
from maps.sheet.georeference import georeferenced
from maps.sheet.ledger import require_agreement, require_printable
from maps.sheet.page import Page, TitleBlock, page_of
from maps.sheet.paper import PaperName, sheet_for
from maps.sheet.plan import PlannedSheet
from maps.whole_file import whole_file
from planning.record import Record
from planning.yard_capacity import AISLES, CAPACITY, LANES, PARTS, SLOTS

_LAYERS = ("infrastructure", "yards", AISLES, LANES, SLOTS, PARTS, "base", "gates")
# As many as find room beside a legend on A4.
_CELLS = ("area_m2", "slots", "capacity_vehicles", "entries_joined")
# Of a yard without a known entry.
_BARE = ("area_m2", "slots_upper", "capacity_vehicles", "entries")
_MEASURES = ("length_m", "width_m", "aisle_m", "lane_m")
_ROOM = 0.08
_TITLE = Text(vi="Bố trí ô đỗ xe: {name}", en="Layout of slots: {name}")


def write_yard_sheets(
    record: Record, path: Path, lang: Lang = "vi", paper: PaperName = "A3", block: TitleBlock | None = None
) -> tuple[Page, ...]:
    """Write a sheet for each yard of `planning.yard_capacity` as one PDF; a file that is there is replaced whole.

    Raises
    ------
    SheetsDiffer
        What the PDF holds is not what was sent to it.
    """
    planned = [_planned(record, str(key), paper, lang) for key in record.tables[CAPACITY].frame["key"]]
    numbers = {sheet.key: number for number, sheet in enumerate(planned, start=1)}
    pages = [page_of(record, sheet, numbers, block or TitleBlock(), lang) for sheet in planned]
    require_printable(pages, lang)
    pdf = georeferenced(pdf_of(pages, record, lang), pages, parse_crs(record.crs))
    require_agreement(pages, pdf, lang)
    with whole_file(path) as beside:
        beside.write_bytes(pdf)
    return tuple(pages)


def _planned(record: Record, key: str, paper: PaperName, lang: Lang) -> PlannedSheet:
    yards = record.geometry["yards"].set_index("key").geometry
    west, south, east, north = yards[key].bounds
    room = _ROOM * max(east - west, north - south)
    sheet, window = sheet_for(paper, (west - room, south - room, east + room, north + room))
    row = f"{CAPACITY}[{key}]"
    cells = _BARE if record.value(f"{row}.slots_upper") else _CELLS
    facts = (*(f"{row}.{cell}" for cell in cells), *(f"yards.vehicle.{one}" for one in _MEASURES))
    title = _TITLE.to(lang, name=record.value(f"{row}.name"))
    return PlannedSheet(f"yard-{key}", title, sheet, window, _LAYERS, facts=facts)
