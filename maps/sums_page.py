"""A table of sums as lines of text, its columns aligned and no wider than a terminal where that can be."""

import textwrap
from collections.abc import Sequence

from gis.language import Lang
from maps.formatter import SYMBOLS, show
from maps.labels import column_title, table_title
from maps.layer_names import layer_title
from planning.record import Record

# Tables that are wider than a terminal have their headings on several lines.
_TERMINAL = 80


def sums_page(record: Record, name: str, lang: Lang) -> list[str]:
    """Return the lines of one table of sums, its columns aligned."""
    return ["", table_title(name, lang), *_aligned(_cells_of(record, name, lang))]


def _cells_of(record: Record, name: str, lang: Lang) -> list[list[str]]:
    table = record.tables[name]
    columns = [one for one in table.columns if one != "key" or "layer" not in table.columns]
    if not record.scenario:
        columns = [one for one in columns if one != "version"]  # all as established
    lines = [[column_title(one, lang, name) if one != "key" else "" for one in columns]]
    for row in (f"{name}[{key}]" for key in table.frame["key"]):
        texts = [show(record, f"{row}.{one}", lang).text for one in columns]
        blank = [record.value(f"{row}.{one}") is None for one in columns]
        lines.append(["–" if empty else text for text, empty in zip(texts, blank, strict=True)])
        if "layer" in columns:
            lines[-1][columns.index("layer")] = layer_title(str(record.value(f"{row}.layer")), lang)
    return lines


def _aligned(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    texts = 2 if len(lines) > 1 and not lines[1][1][:1].isdigit() and lines[1][1] != "–" else 1
    if sum(widths) + 2 * len(widths) > _TERMINAL:
        heads, *rows = zip(*(_unit_in_head(list(column)) for column in zip(*lines, strict=True)), strict=True)
        lines = [*_heads_in_lines(heads, rows), *map(list, rows)]
        widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    between = "  " if sum(widths) + 2 * len(widths) <= _TERMINAL else " "
    return [
        "  "
        + between.join(
            f"{cell:<{w}}" if place < texts else f"{cell:>{w}}"
            for place, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]


def _unit_in_head(column: list[str]) -> list[str]:
    """Return a column whose unit stands in the heading, where all its cells have the same."""
    head, *cells = column
    units = {cell.rpartition(" ")[2] for cell in cells if cell != "–"}
    if len(units) != 1 or not units <= set(SYMBOLS.values()):
        return column
    unit = units.pop()
    return [f"{head} ({unit})", *(cell.removesuffix(f" {unit}") for cell in cells)]


def _heads_in_lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the headings on several lines, each no wider than its column has to be."""
    needed = [max([len(row[place]) for row in rows] or [1]) for place in range(len(heads))]
    widths = [max([width, *map(len, head.split())]) for width, head in zip(needed, heads, strict=True)]
    parts = [textwrap.wrap(head, width) for head, width in zip(heads, widths, strict=True)]
    high = max(map(len, parts))
    return [list(line) for line in zip(*([""] * (high - len(part)) + part for part in parts), strict=True)]
