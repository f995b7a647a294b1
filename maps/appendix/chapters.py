"""chapters(): what the Word file says, in order: sentences, tables, maps, signatures; every number a fact.

The form of an appendix of Decree 30/2020: the word *Phụ lục*, its title, the document that it belongs to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from pandas import DataFrame

from gis.language import Lang, Text
from gis.states import CROSSED, UNDECIDABLE
from maps.appendix.blocks import Block, Caption, Grid, Heading, Paragraph, Picture, Piece, Signatures
from maps.appendix.wishes import AppendixWishes
from maps.formatter import day_text, fact_text, head_text, reading_unit, table_texts
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
from maps.sentences.chapters import proposal_text
from maps.sheet.coordinates import marker_texts
from maps.sheet.page import Page
from maps.workbook import closing
from planning.markers import PROPOSED
from planning.record import Record, Table

_LABEL = Text(vi="PHỤ LỤC", en="APPENDIX")
_TITLE = Text(
    vi="Thuyết minh, số liệu và bản đồ\nphương án {scenario}",
    en="Sentences, figures and maps\nof the scenario {scenario}",
)
_WITH = Text(vi="(Kèm theo {document})", en="(With {document})")
_BLANK_DOCUMENT = Text(vi="Tờ trình số ……/TTr-…… ngày …… tháng …… năm ………", en="submission No. …… of ………")
_SENTENCES = Text(vi="Thuyết minh", en="Sentences")
_TABLES = Text(vi="Bảng số liệu", en="Tables")
_CORNERS = Text(vi="Tọa độ mốc ranh giới đề xuất", en="Coordinates of the proposed boundary")
_MAPS = Text(vi="Bản đồ", en="Maps")
_FIGURES = Text(vi="Các chỉ tiêu chính", en="Principal figures")
_HEADS = (Text(vi="Chỉ tiêu", en="Figure"), Text(vi="Giá trị", en="Value"), Text(vi="Cách tính", en="How it was made"))
_CUT = Text(
    vi="Thửa đất bị ranh giới đề xuất cắt hoặc chưa xác định", en="Parcels cut by the proposed boundary, or undecidable"
)
_MISSING = Text(
    vi="Không có số liệu (không có nghĩa là không ảnh hưởng): {layers}.",
    en="No data, which is not “not affected”: {layers}.",
)
_SEE = Text(vi="Số liệu chi tiết tại các bảng từ ", en="The figures stand in the tables from ")
_UNTIL = Text(vi=" đến ", en=" to ")
_CRS = Text(
    vi="Hệ tọa độ VN-2000, {crs}; X về phía bắc, Y về phía đông, mét; {count} mốc.",
    en="VN-2000, {crs}; X northing, Y easting, metres; {count} markers.",
)
_REDUCED = Text(
    vi="Các bản đồ dưới đây được thu nhỏ từ tệp ban-do.pdf; bản in đúng tỷ lệ là tệp đó.",
    en="The maps below are reduced from the file ban-do.pdf, which prints true to scale.",
)
_RECORD = Text(
    vi="Mọi số liệu trong phụ lục này lấy từ hồ sơ kết quả {id}, kèm theo trong thư mục ho-so.",
    en="Every figure in this appendix is from the Record {id}, which comes with it in the folder ho-so.",
)
COUNTED = {"table": Text(vi="Bảng", en="Table"), "map": Text(vi="Bản đồ", en="Map")}
_PLACE = Text(vi="{place}, {date}", en="{place}, {date}")
_DOTS = "……………"
_DRAWN, _CHECKED, _APPROVED = (
    Text(vi="NGƯỜI LẬP", en="PREPARED BY"),
    Text(vi="NGƯỜI KIỂM TRA", en="CHECKED BY"),
    Text(vi="THỦ TRƯỞNG ĐƠN VỊ", en="HEAD OF THE OFFICE"),
)
_PRINCIPAL = (ZONE, AREAS, PARCELS, LINE, LAW)
_MARKER_WEIGHTS = (0.8, 1.25, 1.2, 0.95, 1.15, 2.15, 2.15, 1.35)

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
    "criteria": _Shown(
        ("key", "title", "verdict", "value", "threshold", "citation"), (0.9, 3.4, 1.3, 1.4, 1.4, 2.2)
    ),
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


def chapters(record: Record, wishes: AppendixWishes, pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks of the document.

    Parameters
    ----------
    pages : of the file of sheets; those with a map are shown
    """
    lang = wishes.lang
    tables = tuple(_tables(record, lang))
    return (
        *_opening(record, wishes),
        Heading(f"I. {_SENTENCES.to(lang)}"),
        *_sentences(record, lang),
        *_see(tables, lang),
        Heading(f"II. {_TABLES.to(lang)}"),
        *tables,
        *_corners(record, lang, 1 + sum(isinstance(one, Caption) for one in tables)),
        *_signatures(record, wishes),
        *_maps(pages, lang),
    )


def _opening(record: Record, wishes: AppendixWishes) -> Iterator[Block]:
    lang = wishes.lang
    document = wishes.block.document or _BLANK_DOCUMENT.to(lang)
    yield Paragraph((Piece(_LABEL.to(lang)),), "label")
    for line in _TITLE.to(lang, scenario=record.reason or record.scenario).split("\n"):
        yield Paragraph((Piece(line),), "title")
    yield Paragraph((Piece(record.project),), "title")
    yield Paragraph((Piece(_WITH.to(lang, document=document)),), "note")
    if record.notice:
        yield Paragraph((Piece(record.notice),), "notice")
    yield Paragraph((Piece(_RECORD.to(lang, id=record.id[:16])),))


def _sentences(record: Record, lang: Lang) -> Iterator[Block]:
    """Yield the paragraphs that facts make; what authors have to write themselves is no part of the appendix."""
    made = (chapter for chapter in proposal_text(record, lang) if chapter.sentences)
    for number, chapter in enumerate(made, start=1):
        yield Heading(f"{number}. {chapter.title}", 2)
        pieces: list[Piece] = []
        for sentence in chapter.sentences:
            pieces += [Piece(" ")] if pieces else []
            pieces += [Piece(run.text, run.key) for run in sentence.runs]
        yield Paragraph(tuple(pieces))


def _see(tables: Sequence[Block], lang: Lang) -> Iterator[Block]:
    captions = [one for one in tables if isinstance(one, Caption)]
    if captions:
        first, last = (Piece(_counted(one, lang), target=one.name) for one in (captions[0], captions[-1]))
        yield Paragraph((Piece(_SEE.to(lang)), first, Piece(_UNTIL.to(lang)), last, Piece(".")))


def _counted(one: Caption, lang: Lang) -> str:
    return f"{COUNTED[one.counted].to(lang)} {one.number}"


def _tables(record: Record, lang: Lang) -> Iterator[Block]:
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


def _corners(record: Record, lang: Lang, number: int) -> Iterator[Block]:
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
    yield Grid(PROPOSED, heads, _MARKER_WEIGHTS, right, tuple(zip(*columns, strict=True)))


def _signatures(record: Record, wishes: AppendixWishes) -> Iterator[Block]:
    lang, block = wishes.lang, wishes.block
    date = day_text(block.date or record.stamp.created[:10], lang)
    roles = ((_DRAWN, block.drawn), (_CHECKED, block.checked), (_APPROVED, block.approved))
    yield Signatures(
        _PLACE.to(lang, place=wishes.place or _DOTS, date=date), tuple((role.to(lang), name) for role, name in roles)
    )


def _maps(pages: Sequence[Page], lang: Lang) -> Iterator[Block]:
    shown = [(place, page) for place, page in enumerate(pages) if page.kind == "map"]
    if not shown:
        return
    yield Heading(f"IV. {_MAPS.to(lang)}")
    yield Paragraph((Piece(_REDUCED.to(lang)),))
    for number, (place, page) in enumerate(shown, start=1):
        yield Picture(place, page.key)
        yield Caption("map", number, page.title, f"map.{page.key}")
