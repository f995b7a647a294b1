"""bars(): the charts of the side panel, whose every number is a fact and whose every length is that fact's share."""

from collections.abc import Iterator
from typing import Any

from gis.language import Lang, Text
from maps.formatter import fact_text
from maps.labels import VINTAGES, table_order
from maps.style import land_use_title
from maps.webmap import words
from planning.record import Record

_PARTS = ("added", "removed")
# A chart is for a glance; the table below it has every row.
_ROWS = 8


def bars(record: Record, lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield a chart of what comes in and goes out by commune of the newest vintage, and by land use."""
    newest = next((name for name in table_order(record) if name.startswith(VINTAGES)), None)
    charts: tuple[tuple[str | None, Text], ...] = (
        (newest, words.COMMUNE_BARS),
        ("by.land_use", words.LAND_USE_BARS),
    )
    for table, title in charts:
        if table in record.tables:
            chart = _chart(record, str(table), title, lang)
            if chart["rows"]:
                yield chart


def _chart(record: Record, table: str, title: Text, lang: Lang) -> dict[str, Any]:
    frame = record.tables[table].frame.set_index("key")
    change = frame["added_m2"].fillna(0) + frame["removed_m2"].fillna(0)
    # Less than 1 m² is what rounding leaves along a line.
    largest = change[change >= 1].nlargest(_ROWS, keep="first")
    rows = [_row(record, table, str(key), lang) for key in largest.index]
    return {"kind": "bars", "title": title.to(lang), "layer": table.removeprefix("by."), "rows": rows}


def _row(record: Record, table: str, key: str, lang: Lang) -> dict[str, Any]:
    parts = []
    for part in _PARTS:
        fact = record.fact(f"{table}[{key}].{part}_m2")
        size = float(fact.value or 0)
        text = {"t": fact_text(fact, lang, symbol=False), "f": fact.key} if size >= 1 else {}
        parts.append({"part": part, "size": size, **text})
    name = str(record.value(f"{table}[{key}].name"))
    return {"key": key, "title": land_use_title(key, lang) if table == "by.land_use" else name, "parts": parts}
