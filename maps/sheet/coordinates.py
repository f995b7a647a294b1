"""The coordinate table of boundary markers on A4 pages: so many rows a page, every row on exactly one of them."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from gis.language import Lang, Text
from maps.formatter import SYMBOLS, column_texts, value_text
from maps.labels import column_title, table_title
from maps.numerals import count_text
from maps.sheet.page import RECORD, SCENARIO, SHEET, Page
from maps.sheet.paper import PAPERS
from maps.sheet.typeface import text_width
from planning.markers import PROPOSED
from planning.record import Record

# Lines of type that a page holds; a long name takes several.
LINES_PER_PAGE = 60
_TYPE_MM = 3.0
# Room for a name in its column, less what is lost where a line breaks between words.
_NAME_MM = 25.0
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
    return tuple(f"markers-{number}" for number in range(1, len(_row_ranges(record)) + 1))


def coordinate_pages(record: Record, numbers: Mapping[str, int], lang: Lang) -> Iterator[Page]:
    """Yield the pages of the table; `numbers` are those of all sheets of the file, by key."""
    table = record.tables[PROPOSED]
    cells = marker_texts(record, lang)
    markers = table.frame["key"].tolist()
    width, height = PAPERS["A4"]
    for key, rows in zip(page_keys(record), _row_ranges(record), strict=True):
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
                "sheet": SHEET.to(lang, number=count_text(numbers[key], lang), count=count_text(len(numbers), lang)),
            },
            facts=tuple(
                (f"{PROPOSED}[{marker}].{column}", text)
                for column, texts in cells.items()
                for marker, text in zip(markers[rows], texts[rows], strict=True)
            ),
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


def _row_ranges(record: Record) -> list[slice]:
    """Return the rows of each page: as many as have room, counted in lines."""
    frame = record.tables[PROPOSED].frame
    names = frame[["unit_inside", "unit_outside"]].fillna("")
    room = {name: math.ceil(text_width(name, _TYPE_MM) / _NAME_MM) for name in {*names.to_numpy().ravel()}}
    lines = np.maximum(1, names.apply(lambda column: column.map(room)).to_numpy(dtype=np.int64).max(axis=1))
    starts, used = [0], 0
    for row, taken in enumerate(lines.tolist()):
        if used + taken > LINES_PER_PAGE:
            starts.append(row)
            used = 0
        used += taken
    return [slice(start, end) for start, end in pairwise([*starts, len(frame)])]


def _head(column: str, unit: str, lang: Lang) -> str:
    symbol = "m" if unit == "coordinate" else SYMBOLS.get(unit, "")
    title = column_title(column, lang, PROPOSED)
    return f"{title} ({symbol})" if symbol else title
