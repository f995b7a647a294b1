"""The coordinate table of boundary markers on A4 pages: so many rows a page, every row on exactly one of them."""

from collections.abc import Iterator, Mapping

from gis.language import Lang, Text
from maps.formatter import SYMBOLS, column_texts, value_text
from maps.labels import column_title, table_title
from maps.sheet.page import RECORD, SCENARIO, SHEET, Page
from maps.sheet.paper import PAPERS
from planning.markers import PROPOSED
from planning.record import Record

ROWS_PER_PAGE = 60
# What is printed, each with its share of the width; the ring is told by the gap in the numbers.
_COLUMNS: Mapping[str, float] = {
    "key": 1.0,
    "northing_m": 1.5,
    "easting_m": 1.4,
    "edge_m": 1.0,
    "azimuth_deg": 1.2,
    "unit_inside": 1.9,
    "unit_outside": 1.9,
    "change": 1.2,
}
_NUMBERS = ("northing_m", "easting_m", "edge_m", "azimuth_deg")
_CRS = Text(
    vi="Hệ tọa độ VN-2000, {crs}; X về phía bắc, Y về phía đông, mét",
    en="VN-2000, {crs}; X northing, Y easting, metres",
)


def page_keys(record: Record) -> tuple[str, ...]:
    """Return the key of each page that the table needs."""
    rows = len(record.tables[PROPOSED].frame)
    return tuple(f"markers-{number}" for number in range(1, -(-rows // ROWS_PER_PAGE) + 1))


def coordinate_pages(record: Record, numbers: Mapping[str, int], lang: Lang) -> Iterator[Page]:
    """Yield the pages of the table; `numbers` are those of all sheets of the file, by key."""
    table = record.tables[PROPOSED]
    cells = marker_texts(record, lang)
    width, height = PAPERS["A4"]
    for place, key in enumerate(page_keys(record)):
        rows = slice(place * ROWS_PER_PAGE, (place + 1) * ROWS_PER_PAGE)
        yield Page(
            key=key,
            kind="table",
            layout={
                "width": width,
                "height": height,
                "columns": list(_COLUMNS.values()),
                "right": [column in _NUMBERS for column in _COLUMNS],
            },
            texts={
                "project": record.project.upper(),
                "title": table_title(PROPOSED, lang).upper(),
                "scenario": SCENARIO.to(lang, scenario=record.scenario),
                "crs": _CRS.to(lang, crs=record.crs),
                "heads": [_head(column, table.columns[column].unit, lang) for column in _COLUMNS],
                "rows": [list(row) for row in zip(*(column[rows] for column in cells.values()), strict=True)],
                "record": RECORD.to(lang, id=record.id[:12]),
                "notice": record.notice,
                "sheet": SHEET.to(lang, number=numbers[key], count=len(numbers)),
            },
        )


def marker_texts(record: Record, lang: Lang) -> dict[str, list[str]]:
    """Return the cells of the table of the proposed line as text, by column; a unit that is not there is a dash."""
    table = record.tables[PROPOSED]
    nothing = value_text(None, "text", lang)
    told = {}
    for column in _COLUMNS:
        keys = (f"{PROPOSED}[{key}].{column}" for key in table.frame["key"])
        texts = column_texts(keys, table.frame[column], table.columns[column].unit, lang, symbol=False)
        told[column] = ["–" if text == nothing else text for text in texts]
    return told


def _head(column: str, unit: str, lang: Lang) -> str:
    symbol = "m" if unit == "coordinate" else SYMBOLS.get(unit, "")
    title = column_title(column, lang, PROPOSED)
    return f"{title} ({symbol})" if symbol else title
