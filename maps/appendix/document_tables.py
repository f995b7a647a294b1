"""The tables of the Word file: which ones, which of their columns and rows, and how they close."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pandas import DataFrame

from gis.language import Lang, Text
from gis.states import CROSSED, UNDECIDABLE
from maps.appendix.blocks import Block, Caption, Grid, Heading, Paragraph, Piece
from maps.appendix.column_widths import fitting_widths
from maps.formatter import fact_text, head_text, reading_unit, table_texts
from maps.labels import (
    AREAS,
    LAW,
    LINE,
    PARCELS,
    VINTAGES,
    ZONE,
    column_title,
    fact_title,
    how_text,
    missing_title,
    section_keys,
    table_order,
    table_title,
)
from maps.reading import in_zone
from maps.sheet.coordinates import marker_texts
from maps.workbook import closing
from planning.markers import PROPOSED
from planning.record import Record, Table

_FIGURES = Text(vi="Các chỉ tiêu chính", en="Principal figures")
_HEADS = (Text(vi="Chỉ tiêu", en="Figure"), Text(vi="Giá trị", en="Value"), Text(vi="Cách tính", en="How it was made"))
_CUT = Text(
    vi="Thửa đất bị ranh giới đề xuất cắt hoặc chưa xác định", en="Parcels cut by the proposed boundary, or undecidable"
)
_MISSING = Text(
    vi="Không có số liệu (không có nghĩa là không ảnh hưởng): {layers}.",
    en="No data, which is not “not affected”: {layers}.",
)
_CRS = Text(
    vi="Hệ tọa độ VN-2000, {crs}; X về phía bắc, Y về phía đông, mét; {count} mốc.",
    en="VN-2000, {crs}; X northing, Y easting, metres; {count} markers.",
)
_CORNERS = Text(vi="Tọa độ mốc ranh giới đề xuất", en="Coordinates of the proposed boundary")
_PRINCIPAL = (ZONE, AREAS, PARCELS, LINE, LAW)
# Of the table of markers: names of units may take two lines, numbers never do.
_NAMES_OF_UNITS = ("unit_inside", "unit_outside")

Rows = Callable[[Table], DataFrame]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A table of the Record as it stands in the document: some columns with their widths, some rows."""

    columns: tuple[str, ...]
    weights: tuple[float, ...]
    rows: Rows = lambda table: table.frame
    closes: bool = False


def _affected(table: Table) -> DataFrame:
    return table.frame[table.frame["state_proposed"].isin((CROSSED, UNDECIDABLE))]


_REGIONS = ("base_m2", "proposed_m2", "added_m2", "removed_m2")
_BALANCE = ("base_m2", "base_percent", "proposed_m2", "proposed_percent", "change_m2")
_BREAKDOWN = _Shown(("name", *_REGIONS), (3.0, 1.3, 1.3, 1.2, 1.2), in_zone, closes=True)
_TABLES_SHOWN: dict[str, _Shown] = {
    VINTAGES: _BREAKDOWN,
    "by.functional_areas": _BREAKDOWN,
    "by.land_use": _Shown(("key", *_BREAKDOWN.columns), (0.8, 3.0, 1.3, 1.3, 1.2, 1.2), in_zone, closes=True),
    "by.constraints": _BREAKDOWN,
    "balance.groups": _Shown(("name", *_BALANCE), (2.6, 1.3, 1.0, 1.3, 1.0, 1.2), closes=True),
    "balance.functional_areas": _Shown(("name", *_BALANCE), (2.6, 1.3, 1.0, 1.3, 1.0, 1.2), closes=True),
    "criteria": _Shown(("key", "title", "verdict", "value", "threshold", "citation"), (0.85, 3.1, 1.3, 1.6, 1.6, 2.2)),
    "criteria.procedures": _Shown(("counted", "districts", "limit", "procedure"), (1.3, 1.6, 1.8, 1.8)),
    "yards": _Shown(
        ("key", "name", "state_base", "state_proposed", "nearest_gate", "gate_distance_m"),
        (0.8, 2.6, 1.3, 1.3, 1.5, 1.1),
    ),
    "gates": _Shown(("name", "kind", "state_base", "state_proposed"), (2.0, 2.4, 1.3, 1.3)),
    "parcels": _Shown(
        ("key", "land_use", "unit_m2", "proposed_m2", "share_proposed", "state_proposed"),
        (1.6, 1.2, 1.2, 1.2, 1.1, 1.5),
        _affected,
    ),
}


def tables(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the numbered tables of a Record, and what it has no data of."""
    numbers = count(1)
    yield Caption("table", next(numbers), _FIGURES.to(lang), "facts")
    yield _figures(record, lang)
    for name in table_order(record):
        shown = _TABLES_SHOWN.get(VINTAGES if name.startswith(VINTAGES) else name)
        rows = None if shown is None else shown.rows(record.tables[name])
        if shown is not None and rows is not None and len(rows):
            title = _CUT.to(lang) if name == "parcels" else table_title(name, lang)
            yield Caption("table", next(numbers), title, name)
            yield _grid(record, name, shown, rows, lang)
    if record.no_data:
        layers = ", ".join(missing_title(name, lang) for name in record.no_data)
        yield Paragraph((Piece(_MISSING.to(lang, layers=layers)),), "notice")


def _figures(record: Record, lang: Lang) -> Grid:
    facts = [record.fact(key) for heading in _PRINCIPAL for key in section_keys(heading, record)]
    rows = tuple(
        (Piece(fact_title(one.key, lang)), Piece(fact_text(one, lang), one.key), Piece(how_text(one, lang)))
        for one in facts
    )
    heads = tuple(head.to(lang) for head in _HEADS)
    return Grid("", heads, (2.4, 1.8, 3.3), (False, False, False), rows)


def _grid(record: Record, name: str, shown: _Shown, rows: DataFrame, lang: Lang) -> Grid:
    table = record.tables[name]
    places = [place for place, column in enumerate(shown.columns) if column in table.columns]
    columns = [shown.columns[place] for place in places]
    texts = [table_texts(name, table, rows, column, lang) for column in columns]
    keys = list(rows["key"])
    body = [
        tuple(Piece(text, f"{name}[{key}].{column}") for column, text in zip(columns, cells, strict=True))
        for key, *cells in zip(keys, *texts, strict=True)
    ]
    ends = list(_closing_rows(record, name, columns, lang)) if shown.closes else []
    return Grid(
        name,
        tuple(_head(name, column, table, lang) for column in columns),
        tuple(shown.weights[place] for place in places),
        tuple(_is_number(table.columns[column].unit) for column in columns),
        (*body, *ends),
        len(ends),
    )


def _closing_rows(record: Record, name: str, columns: Sequence[str], lang: Lang) -> Iterator[tuple[Piece, ...]]:
    titled = columns.index("name")
    for title, keys in closing(name, record.tables[name], record):
        yield tuple(
            Piece(title.to(lang))
            if place == titled
            else Piece(fact_text(record.fact(keys[column]), lang, symbol=False), keys[column])
            if column in keys
            else Piece("")
            for place, column in enumerate(columns)
        )


def _head(name: str, column: str, table: Table, lang: Lang) -> str:
    return head_text(column_title(column, lang, name), reading_unit(f"{name}[", table.columns[column].unit))


def _is_number(unit: str) -> bool:
    return unit not in ("text", "words", "state", "date")


def corners(record: Record, lang: Lang, number: int) -> Iterator[Block]:
    """Yield the coordinates of the proposed boundary under a heading of their own; `number` is that of the table."""
    table = record.tables.get(PROPOSED)
    if table is None or table.frame.empty:
        return
    cells = marker_texts(record, lang)
    keys = table.frame["key"].tolist()
    units = {column: table.columns[column].unit for column in cells}
    heads = tuple(
        f"{column_title(column, lang, PROPOSED)}{' (m)' if units[column] == 'coordinate' else ''}" for column in cells
    )
    columns = [
        [Piece(text, f"{PROPOSED}[{key}].{column}") for key, text in zip(keys, texts, strict=True)]
        for column, texts in cells.items()
    ]
    right = tuple(_is_number(unit) for unit in units.values())
    total = fact_text(record.fact(f"{PROPOSED}.count"), lang)
    yield Heading(f"III. {_CORNERS.to(lang)}")
    yield Paragraph((Piece(_CRS.to(lang, crs=record.crs, count=total)),))
    yield Caption("table", number, table_title(PROPOSED, lang), PROPOSED)
    names = [place for place, column in enumerate(cells) if column in _NAMES_OF_UNITS]
    yield Grid(
        PROPOSED, heads, fitting_widths(heads, list(cells.values()), names), right, tuple(zip(*columns, strict=True))
    )
