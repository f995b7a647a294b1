"""What stands on the extract of a parcel: every text, the map, and the table of its corners, ready for the template."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.language import Lang, Text
from layers.kinds import kind_title
from maps.formatter import column_texts, show
from maps.labels import column_title
from maps.layer_names import layer_title
from maps.numerals import day_text, number_text
from maps.parcel_page import Section, commune_code, extract_foot, parcel_key, parcel_name, sections
from maps.parcel_sheet.drawing import ParcelMap
from maps.sheet.page import RECORD, SCENARIO, Page, TitleBlock, bar_texts, legend_swatches, signatures
from planning.parcel_layers import ESTABLISHED
from planning.record import Record
from planning.surroundings import CORNERS

_NONE = "–"
_LAYER_COLUMNS = ("name", "state", "area_m2", "share", "accuracy_m", "document")
# Sections that stand before the map, and the one that is a table.
_BEFORE_MAP, _AS_TABLE = ("areas", "uses", "change"), "layers"
_SET_IN = "      "
# The table of corners stands in blocks side by side where it is long.
_MOST_BLOCKS, _LEAST_ROWS = 3, 6


def extract_page(record: Record, chart: ParcelMap | None, block: TitleBlock, lang: Lang) -> Page:
    """Put down the page of an extract with its surroundings.

    Parameters
    ----------
    chart : its map; None for a parcel without a shape
    """
    key = parcel_key(record)
    pictures, layout = _pictures(chart)
    parts = tuple(_parts(record, chart, lang))
    return Page(
        key=key,
        kind="parcel",
        layout={**layout, "parts": [{"kind": part.kind, "levels": part.levels} for part in parts]},
        texts={
            "project": record.project.upper(),
            "office": block.office,
            "title": _TITLE.to(lang).upper(),
            "parcel": parcel_name(record, lang),
            "code": commune_code(record, lang),
            "scenario": SCENARIO.to(lang, scenario=record.scenario) if record.scenario else "",
            "notice": record.notice,
            "day": _DAY.to(lang, day=day_text(block.date or record.stamp.created[:10], lang)),
            "parts": [part.texts for part in parts],
            "map": _map_texts(record, chart, lang) if chart else {},
            "no_title": _NO_TITLE.to(lang),
            "foot": extract_foot(record, lang),
            "signed": [[_MADE.to(lang), block.drawn], *signatures(block, lang)[1:]],
            "running": f"{key} · {RECORD.to(lang, id=record.id[:12])}",
        },
        pictures=pictures,
        labels=chart.drawn.labels.labels if chart else (),
        left_out=chart.drawn.labels.left_out if chart else (),
        window=chart.window.bounds if chart else None,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    # One numbered part: which way it is laid out, how far each of its lines is set in, and its texts.
    kind: str
    texts: Mapping[str, Any]
    levels: tuple[int, ...] = ()


def _parts(record: Record, chart: ParcelMap | None, lang: Lang) -> Iterator[_Part]:
    """Yield the numbered parts in reading order: what the parcel is, its map and corners, what lies on it."""
    told = {section.key: section for section in sections(record, lang)}
    names = [name for name in _BEFORE_MAP if name in told]
    names += ["map", "corners"] if chart else []
    names += [name for name in told if name not in _BEFORE_MAP]
    for number, name in enumerate(names, start=1):
        if name == "map":
            yield _Part(name, {"title": f"{number}. {_MAP.to(lang)}"})
        elif name == "corners":
            yield _Part(name, {"title": f"{number}. {_CORNERS.to(lang)}", **_corners(record, lang)})
        else:
            yield _section_part(record, told[name], number, lang)


def _section_part(record: Record, section: Section, number: int, lang: Lang) -> _Part:
    title = f"{number}. {section.title}"
    if section.key == _AS_TABLE:
        rows = [list(row) for row in _layer_rows(record, lang)]
        return _Part(section.key, {"title": title, "heads": _layer_heads(lang), "rows": rows})
    lines = [" ".join(line.split()) for line in section.lines]
    texts = {"title": title, "pairs": [list(pair) for pair in section.pairs], "lines": lines}
    return _Part(section.key, texts, tuple(int(line.startswith(_SET_IN)) for line in section.lines))


def _layer_heads(lang: Lang) -> list[str]:
    titles = {"name": _LAYER.to(lang), "share": _SHARE.to(lang)}
    return [titles.get(one) or column_title(one, lang) for one in _LAYER_COLUMNS]


def _layer_rows(record: Record, lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield the layers that touch, a row each: what it is, state, area or length, share, accuracy, document."""
    table = record.tables["parcels.layers"]
    for key in table.frame["key"]:
        row, place = table.row(key), f"parcels.layers[{key}]"
        told = {name: show(record, f"{place}.{name}", lang).text for name in table.columns}
        known = {name: told[name] if row[name] is not None else _NONE for name in table.columns}
        kind = f" ({kind_title(str(row['kind']), lang)})" if row["kind"] else ""
        version = "" if row["version"] == ESTABLISHED else f" ({told['version']})"
        code = "" if row["class"] == row["name"] else f"{row['class']} "
        interval = [told["share_min"], told["share_max"]]
        sure = interval == [told["share"]] * 2
        share = told["share"] if sure else f"{told['share']} ({' – '.join(interval)})"
        yield (
            f"{layer_title(str(row['layer']), lang)}{version}: {code}{row['name']}{kind}",
            told["state"],
            known["area_m2"] if row["area_m2"] is not None else known["length_m"],
            share if row["share"] is not None else _NONE,
            told["accuracy_m"] if row["accuracy_m"] is not None else _NOT_STATED.to(lang),
            "; ".join(filter(None, (str(row["document"] or ""), str(row["papers"] or "")))) or _NONE,
        )


def _corners(record: Record, lang: Lang) -> dict[str, Any]:
    table = record.tables[CORNERS]
    names = [name for name in table.columns if name != "key"]
    cells = [
        column_texts(
            (f"{CORNERS}[{key}].{name}" for key in table.frame["key"]),
            table.frame[name],
            table.columns[name].unit,
            lang,
            symbol=False,
        )
        for name in names
    ]
    rows = [list(row) for row in zip(*cells, strict=True)]
    blocks = min(_MOST_BLOCKS, math.ceil(len(rows) / _LEAST_ROWS))
    each = math.ceil(len(rows) / blocks)
    heads = [one.to(lang) for one in (_CORNER, _NORTHING, _EASTING, _EDGE)]
    return {"blocks": [{"heads": heads, "rows": rows[first : first + each]} for first in range(0, len(rows), each)]}


def _pictures(chart: ParcelMap | None) -> tuple[dict[str, bytes], dict[str, Any]]:
    if chart is None:
        return {}, {}
    swatches, size = legend_swatches(chart.drawn.legend, "parcel")
    window = chart.window
    layout = {
        "map": {"file": "parcel-map.svg", "width": window.width_mm, "height": window.height_mm},
        "grid": [{"axis": line.axis, "at": line.at_mm} for line in chart.grid],
        "bar": chart.bar_m / window.metres_per_mm,
        "swatches": list(swatches),
        "swatch": size,
    }
    return {"parcel-map.svg": chart.drawn.svg, **swatches}, layout


def _map_texts(record: Record, chart: ParcelMap, lang: Lang) -> dict[str, Any]:
    def whole(value: float) -> str:
        return number_text(value, "#,##0", lang)

    eastings = np.unique([line.value_m for line in chart.grid if line.axis == "easting"])
    spacing = eastings[1] - eastings[0] if len(eastings) > 1 else 0
    return {
        "scale": _SCALE.to(lang, denominator=whole(chart.window.scale)),
        "bar": ["0", *bar_texts(chart.bar_m, lang)],
        "crs": _CRS.to(lang, crs=record.crs) + (_GRID.to(lang, spacing=whole(spacing)) if spacing else ""),
        "grid": [whole(line.value_m) for line in chart.grid],
        "north": _NORTH.to(lang),
        "legend": [item.title for item in chart.drawn.legend],
    }


_TITLE = Text(vi="Trích lục thông tin thửa đất", en="Extract of a parcel")
_DAY = Text(vi="Lập ngày {day}", en="Made on {day}")
_MAP = Text(vi="Sơ đồ thửa đất", en="Map of the parcel")
_CORNERS = Text(vi="Tọa độ đỉnh thửa", en="Coordinates of the corners")
_CORNER, _NORTHING, _EASTING, _EDGE = (
    Text(vi="Đỉnh", en="Corner"),
    Text(vi="X, bắc (m)", en="Northing (m)"),
    Text(vi="Y, đông (m)", en="Easting (m)"),
    Text(vi="Cạnh (m)", en="Edge (m)"),
)
_NOT_STATED = Text(vi="chưa nêu", en="not stated")
_MADE = Text(vi="Người trích lục", en="Made by")
_LAYER = Text(vi="Lớp và đối tượng", en="Layer and feature")
_SHARE = Text(vi="Tỷ lệ (ít nhất – nhiều nhất)", en="Share (at least – at most)")
_SCALE = Text(vi="Tỷ lệ 1:{denominator}", en="Scale 1:{denominator}")
_CRS = Text(vi="VN-2000, {crs}", en="VN-2000, {crs}")
_GRID = Text(vi="; lưới {spacing} m", en="; grid {spacing} m")
_NORTH = Text(vi="B", en="N")
_NO_TITLE = Text(
    vi="Lập từ dữ liệu của dự án ở thời điểm nêu trên; không thay cho giấy chứng nhận quyền sử dụng đất.",
    en="Made from the data of the project on that day; it takes no certificate's place.",
)
