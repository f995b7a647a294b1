"""What stands on one page: every text that is printed, every picture, and where.

The template writes no word of its own. That is what makes the ledger possible: the texts of a page are known before it
is printed, and read back after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import shapely

from gis.language import Lang, Text
from layers.zone import STATUS_TITLES
from maps.formatter import NO_DATA, show
from maps.labels import column_title, fact_title
from maps.numerals import count_text, day_text, number_text
from maps.relief import Relief
from maps.sheet.drawing import DrawnMap, LegendItem, draw_map, newest_units
from maps.sheet.grid import bar_length, grid_lines
from maps.sheet.paper import BORDER_MM, Bounds, Window
from maps.sheet.plan import PlannedSheet
from maps.sheet.vector import Label, picture, styled
from maps.style import Look
from planning.record import Record

_LEGEND = Text(vi="Chú giải", en="Legend")
_SCALE = Text(vi="Tỷ lệ 1:{denominator}", en="Scale 1:{denominator}")
_CRS = Text(vi="Hệ tọa độ VN-2000, {crs}; lưới {spacing} m", en="VN-2000, {crs}; grid {spacing} m")
_INSET = Text(vi="Vị trí tờ bản đồ", en="Location of the sheet")
_SOURCE = Text(vi="Nguồn ranh giới: {document}", en="Source of the boundary: {document}")
_STATUS = Text(
    vi="Ranh giới {status}, độ chính xác {accuracy}, tỷ lệ nguồn {scale}",
    en="Boundary {status}, accuracy {accuracy}, source scale {scale}",
)
_LEFT_OUT = Text(vi="{count} nhãn không đủ chỗ ở tỷ lệ này", en="{count} labels found no room at this scale")
_APPROXIMATE = Text(vi="RANH GIỚI GẦN ĐÚNG", en="APPROXIMATE BOUNDARY")
SCENARIO = Text(vi="Phương án: {scenario}", en="Scenario: {scenario}")
_NEIGHBOURS = Text(vi="Các tờ liền kề: {numbers}", en="Adjoining sheets: {numbers}")
SHEET = Text(vi="Tờ số {number}/{count}", en="Sheet {number}/{count}")
RECORD = Text(vi="Hồ sơ kết quả {id}", en="Record {id}")
_NORTH = Text(vi="B", en="N")
_DRAWN, _CHECKED, _APPROVED = (
    Text(vi="Người vẽ", en="Drawn"),
    Text(vi="Kiểm tra", en="Checked"),
    Text(vi="Phê duyệt", en="Approved"),
)
_OFFICE, _DOCUMENT, _DATE = (
    Text(vi="Đơn vị lập", en="Office"),
    Text(vi="Kèm theo văn bản", en="Document"),
    Text(vi="Ngày", en="Date"),
)
_KM, _M = "km", "m"
_SWATCH_MM = (9.0, 4.6)
_INSET_MM = 40.0


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What people fill in; an empty field stays an empty line to write on."""

    office: str = ""
    drawn: str = ""
    checked: str = ""
    approved: str = ""
    document: str = ""
    date: str = ""


@dataclass(frozen=True, eq=False)
class Page:
    """One page, ready for the template.

    Attributes
    ----------
    key : of the planned sheet
    kind : which template lays it out; ``parcel`` flows over as many sheets of paper as it needs
    layout : numbers and names of pictures
    texts : every text that the template prints, each once
    pictures : SVG by name
    labels : every text inside the map picture, in its place
    left_out : labels that found no room, told in the ledger
    window : west, south, east, north of the map, m; None for a table
    facts : key and printed text of every fact on the page
    title : of the sheet, as in a list of maps
    """

    key: str
    kind: Literal["map", "table", "parcel"]
    layout: Mapping[str, Any]
    texts: Mapping[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    left_out: tuple[str, ...] = ()
    window: Bounds | None = None
    facts: tuple[tuple[str, str], ...] = ()
    title: str = ""

    @property
    def around(self) -> list[str]:
        """Every text outside the map picture, each as often as it is printed."""
        return list(_flat(self.texts))

    @property
    def printed(self) -> list[str]:
        """Every text of the page, each as often as it is printed."""
        return [*self.around, *(label.text for label in self.labels)]

    @property
    def map_corner_mm(self) -> tuple[float, float]:
        """Where the upper left corner of the map of a map page lies, mm from that of the paper."""
        border = self.layout["margin"] + self.layout["border"]
        return border, border + self.layout["title"]


def page_of(
    record: Record,
    planned: PlannedSheet,
    numbers: Mapping[str, int],
    block: TitleBlock,
    lang: Lang,
    relief: Relief | None = None,
) -> Page:
    """Draw one sheet and put down everything that stands around its map.

    Parameters
    ----------
    numbers : number of every sheet of the file, by key
    relief : lies under the map
    """
    drawn = draw_map(record, planned.layers, planned.window, lang, planned.class_fields, relief)
    number, window = numbers[planned.key], planned.window
    names = {"map": f"{number}-map.svg", "inset": f"{number}-inset.svg"}
    swatches, swatch_mm = legend_swatches(drawn.legend, str(number))
    inset, inset_size = _inset(record, window)
    bar_m = bar_length(window)
    return Page(
        key=planned.key,
        kind="map",
        layout={
            "paper": planned.sheet.paper,
            "width": planned.sheet.width_mm,
            "height": planned.sheet.height_mm,
            "margin": planned.sheet.margin_mm,
            "border": BORDER_MM,
            "unit": planned.sheet.unit_mm,
            "title": planned.sheet.title_mm,
            "panel": planned.sheet.panel_mm,
            "side": planned.sheet.side,
            "map": {"file": names["map"], "width": window.width_mm, "height": window.height_mm},
            "inset": {"file": names["inset"], "width": inset_size[0], "height": inset_size[1]},
            "swatches": list(swatches),
            "swatch": swatch_mm,
            "grid": [{"axis": line.axis, "at": line.at_mm} for line in grid_lines(window)],
            "bar": bar_m / window.metres_per_mm,
        },
        texts=_texts(record, planned, drawn, numbers, block, bar_m, lang),
        pictures={names["map"]: drawn.svg, names["inset"]: inset, **swatches},
        labels=drawn.labels.labels,
        left_out=drawn.labels.left_out,
        window=window.bounds,
        facts=tuple((key, show(record, key, lang).text) for key in _told(record, planned)),
        title=planned.title,
    )


def _texts(
    record: Record,
    planned: PlannedSheet,
    drawn: DrawnMap,
    numbers: Mapping[str, int],
    block: TitleBlock,
    bar_m: int,
    lang: Lang,
) -> dict[str, Any]:
    window = planned.window
    neighbours = ", ".join(str(numbers[key]) for key in planned.neighbours if key in numbers)
    approximate = record.facts["zone.status"].value == "approximate"
    return {
        "title": planned.title.upper(),
        "project": record.project.upper(),
        "scenario": " – ".join(
            filter(None, (record.scenario and SCENARIO.to(lang, scenario=record.scenario), record.reason))
        ),
        "notice": record.notice,
        "mark": _APPROXIMATE.to(lang) if approximate else "",
        "scale": _SCALE.to(lang, denominator=_whole(window.scale, lang)),
        "bar": ["0", *bar_texts(bar_m, lang)],
        "crs": _CRS.to(lang, crs=record.crs, spacing=_whole(_spacing_of(window), lang)),
        "grid": [_whole(line.value_m, lang) for line in grid_lines(window)],
        "north": _NORTH.to(lang),
        "legend_title": _LEGEND.to(lang).upper(),
        "legend": [item.title for item in drawn.legend],
        "inset_title": _INSET.to(lang).upper(),
        "facts": [[_fact_title(key, lang), show(record, key, lang).text] for key in _told(record, planned)],
        "notes": [*_notes(record, lang), *_left_out(drawn, lang)],
        "neighbours": _NEIGHBOURS.to(lang, numbers=neighbours) if neighbours else "",
        "block": [list(row) for row in _block(block, record, lang)],
        "signed": signatures(block, lang),
        "sheet": SHEET.to(lang, number=count_text(numbers[planned.key], lang), count=count_text(len(numbers), lang)),
        "record": RECORD.to(lang, id=record.id[:12]),
    }


def _flat(texts: Any) -> Iterator[str]:
    if isinstance(texts, str):
        yield from [texts] if texts else []
        return
    for one in texts.values() if isinstance(texts, Mapping) else texts:
        yield from _flat(one)


def _told(record: Record, planned: PlannedSheet) -> list[str]:
    return [key for key in planned.facts if "[" in key or key in record.facts]


def _fact_title(key: str, lang: Lang) -> str:
    """Return the title of a fact; of a cell that of its column, because the sheet is about its row."""
    table, bracket, column = key.partition("[")
    return column_title(column.partition("].")[2], lang, table) if bracket else fact_title(key, lang)


def _notes(record: Record, lang: Lang) -> Iterator[str]:
    document = record.facts["zone.document"].value
    yield _SOURCE.to(lang, document=str(document) if document else NO_DATA.to(lang))
    status = record.facts["zone.status"].value
    yield _STATUS.to(
        lang,
        status=STATUS_TITLES[str(status)].to(lang) if status else NO_DATA.to(lang),
        accuracy=show(record, "zone.accuracy_m", lang).text,
        scale=show(record, "zone.source_scale", lang).text,
    )


def _left_out(drawn: DrawnMap, lang: Lang) -> Iterator[str]:
    if drawn.labels.left_out:
        yield _LEFT_OUT.to(lang, count=_whole(len(drawn.labels.left_out), lang))


def _block(block: TitleBlock, record: Record, lang: Lang) -> Iterator[tuple[str, str]]:
    yield _OFFICE.to(lang), block.office
    yield _DOCUMENT.to(lang), block.document
    yield _DATE.to(lang), day_text(block.date or record.stamp.created[:10], lang)


def signatures(block: TitleBlock, lang: Lang) -> list[list[str]]:
    """Return who signs, as heading and name; an empty name is a place to sign at."""
    rows = ((_DRAWN, block.drawn), (_CHECKED, block.checked), (_APPROVED, block.approved))
    return [[title.to(lang), name] for title, name in rows]


def legend_swatches(legend: Sequence[LegendItem], prefix: str) -> tuple[dict[str, bytes], tuple[float, float]]:
    """Return a picture by file name for each class of a legend, and their size in mm."""
    return {f"{prefix}-legend-{place}.svg": _swatch(item) for place, item in enumerate(legend)}, _SWATCH_MM


def bar_texts(bar_m: int, lang: Lang) -> Iterator[str]:
    """Yield the numbers at the middle and at the end of the scale bar, the last with its unit."""
    unit, per_unit = (_KM, 1000) if bar_m >= 2000 else (_M, 1)
    yield number_text(bar_m / 2 / per_unit, "#,##0.##", lang)
    yield f"{number_text(bar_m / per_unit, '#,##0.##', lang)} {unit}"


def _spacing_of(window: Window) -> int:
    values = sorted({line.value_m for line in grid_lines(window) if line.axis == "easting"})
    return values[1] - values[0] if len(values) > 1 else round(100 * window.metres_per_mm)


def _whole(value: int, lang: Lang) -> str:
    return number_text(value, "#,##0", lang)


def _swatch(item: LegendItem) -> bytes:
    width, height = _SWATCH_MM
    shape = {
        2: shapely.box(0.3, 0.3, width - 0.3, height - 0.3),
        1: shapely.LineString([(0.3, height / 2), (width - 0.3, height / 2)]),
        0: shapely.Point(width / 2, height / 2),
    }[item.dimension]
    return picture(styled([shape], item.look), width, height, [item.look])


def _inset(record: Record, window: Window) -> tuple[bytes, tuple[float, float]]:
    """Return a small map of all units with the zone and, in red, the window of the sheet."""
    units = newest_units(record)
    around = [*(record.geometry[units].geometry.values if units else ()), shapely.box(*window.bounds)]
    west, south, east, north = shapely.total_bounds(around).tolist()
    more = 0.02 * max(east - west, north - south)  # a line at the edge is drawn whole
    west, south, east, north = west - more, south - more, east + more, north + more
    k = max(east - west, north - south) / _INSET_MM
    here = Window(west, south, 1, (east - west) / k, (north - south) / k)

    def small(shapes: Any) -> Any:
        return shapely.transform(shapes, lambda places: (places - (west, north)) / (k, -k))

    parts: list[str] = []
    if units:
        shapes = record.geometry[units].geometry.values
        parts += styled(small(shapes), Look("", "", fill="#f4f1ea", opacity=1, line="#b9b2a6", width=0.5))
    parts += styled(small(record.geometry["base"].geometry.values), Look("", "", fill="#8d9aa5", opacity=0.7))
    parts += styled(small([shapely.box(*window.bounds)]), Look("", "", line="#c2182f", width=1.6))
    return picture(parts, here.width_mm, here.height_mm), (here.width_mm, here.height_mm)
