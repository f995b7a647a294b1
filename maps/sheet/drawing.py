"""The map of one sheet: its layers in the window, their labels, and the legend of what is on it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.language import Lang
from maps.labels import VINTAGES
from maps.relief import RELIEF, Relief
from maps.sheet.grid import grid_lines
from maps.sheet.labelling import Placed, Wanted, placed
from maps.sheet.paper import Window
from maps.sheet.relief import RELIEF_LOOK, relief_part
from maps.sheet.subjects import UNITS
from maps.sheet.vector import POINT_MM, Lettering, lettered, on_paper, picture, styled
from maps.style import LayerStyle, Look, base_code, classes, land_use_title, layer_styles
from planning.markers import PROPOSED
from planning.record import Record
from planning.surroundings import CORNERS

_GRID = Look("grid", "", line="#5b8db8", width=0.5)
# Who gets room first, and how it is written; the others of `labelled` layers follow.
_LETTERING: dict[str, Lettering] = {
    "gates": Lettering(2.5, "#12324a", bold=True),
    "corners": Lettering(1.9, "#7a0f1d"),
    "asked": Lettering(3.4, "#7a0f1d", bold=True),
    UNITS: Lettering(2.7, "#5a5148", bold=True),
    "yards": Lettering(2.1, "#4d2e08"),
    "functional_areas": Lettering(2.2, "#3d1a36"),
    "infrastructure": Lettering(1.9, "#6b5f50"),
    "constraints": Lettering(1.9, "#4a4a4a"),
    "markers": Lettering(1.8, "#7a0f1d"),
    "parcels": Lettering(1.7, "#303030"),
    "neighbours": Lettering(2.2, "#57524c"),
}
# Plain ground: units, and what the zone keeps.
_GROUND = ("kept",)
_CODES, _LINES = "parcels", "infrastructure"
# Their labels stand inside their own shape or nowhere.
_INSIDE = (_CODES, "asked", "neighbours")
# Layers of points that are tables of coordinates: the table, and what numbers a point.
POINTS: Mapping[str, tuple[str, str]] = {"markers": (PROPOSED, "key"), "corners": (CORNERS, "number")}
# The name of a land use in the other list of codes, which a legend has no room for.
_OTHER_REGIME = re.compile(r"\s*\(\d{4}:.*\)$")
# Up to this scale the outlines of parcels have their full width.
_FINE_LINES = 25_000
# Areas are cut so far outside the map, so that no outline runs along its edge.
_BEYOND_MM = 6.0
# The name of a line stands on it only where the line is so many times longer.
_ALONG = 1.6


@dataclass(frozen=True, eq=False)
class LegendItem:
    """One class that is on the sheet: its name, its look, and what it is (2 area, 1 line, 0 point)."""

    title: str
    look: Look
    dimension: int


@dataclass(frozen=True, eq=False)
class DrawnMap:
    """A finished map.

    Attributes
    ----------
    svg : the picture, in mm
    legend : the classes that are on it, in drawing order, the topmost first
    labels : what is written, and what found no room
    shapes : how many shapes of each layer lie in the window
    """

    svg: bytes
    legend: tuple[LegendItem, ...]
    labels: Placed
    shapes: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class _Layer:
    style: LayerStyle
    frame: GeoDataFrame
    shapes: Any  # cut at the window
    outlined: Any  # cut a little outside, for drawing
    looks: Mapping[Any, Look]


def draw_map(
    record: Record,
    layers: Sequence[str],
    window: Window,
    lang: Lang,
    class_fields: Mapping[str, str] | None = None,
    relief: Relief | None = None,
) -> DrawnMap:
    """Draw layers of a Record in a window, in this order.

    Parameters
    ----------
    layers : names of shapes; ``units`` stands for the newest administrative units, `POINTS` are drawn from tables
    class_fields : field that tells the classes of a layer apart, where it is another one than on screen
    relief : shades the plain ground of units and of the zone, and lies under all that has a colour of its own
    """
    shown = list(_layers(record, layers, window, lang, class_fields or {}))
    parts: list[str] = []
    items = [LegendItem(RELIEF.to(lang), RELIEF_LOOK, 2)] if relief else []
    shaded = max((place for place, layer in enumerate(shown, start=1) if _is_ground(layer)), default=0)
    for place, layer in enumerate(shown, start=1):
        # The ground of a road lies below its line, whatever the two are called.
        for look, chosen in sorted(_by_look(layer), key=lambda one: -_dimension(layer.shapes[one[1]])):
            fine = _on_paper(look, window) if layer.style.layer == _CODES else look
            parts += styled(layer.outlined[chosen], fine)
            if _is_seen(look, layer.frame.geometry.values[chosen], window):
                items.append(LegendItem(_legend_title(look, layer.style, lang), look, _dimension(layer.shapes[chosen])))
        if relief and place == shaded:
            parts.append(relief_part(relief, window))
    if relief and not shaded:
        parts.insert(0, relief_part(relief, window))
    legend = _legend(items)
    labels = placed(_wishes(shown), window.width_mm, window.height_mm)
    parts += [*_grid(window), *map(lettered, labels.labels)]
    looks = [item.look for item in legend]
    svg = picture(parts, window.width_mm, window.height_mm, looks)
    counts = {layer.style.layer: len(layer.shapes) for layer in shown}
    return DrawnMap(svg, legend, labels, counts)


def _is_ground(layer: _Layer) -> bool:
    return layer.style.layer in _GROUND or f"by.{layer.style.layer}".startswith(VINTAGES)


def newest_units(record: Record) -> str:
    """Return the name of the newest administrative units among the Record's shapes, empty for none."""
    vintages = [name for name in record.geometry if f"by.{name}".startswith(VINTAGES)]
    return max(vintages, default="")


def _layers(
    record: Record,
    layers: Sequence[str],
    window: Window,
    lang: Lang,
    class_fields: Mapping[str, str],
) -> Iterator[_Layer]:
    units = newest_units(record)
    named = (units if name == UNITS else name for name in layers)
    frames = {name: frame for name in named if (frame := _frame(record, name)) is not None}
    styles = {one.layer: one for one in layer_styles(frames, lang)}
    for style in (styles[name] for name in frames if name in styles):
        frame = frames[style.layer]
        shapes = on_paper(frame.geometry.values, window)
        there = ~shapely.is_empty(shapes)
        if not there.any():
            continue
        frame, shapes = frame[there], shapes[there]
        told = replace(style, class_field=class_fields.get(style.layer, style.class_field))
        yield _Layer(
            told, frame, shapes, on_paper(frame.geometry.values, window, _BEYOND_MM), _looks(told, frame, lang)
        )


def _frame(record: Record, name: str) -> GeoDataFrame | None:
    """Return the shapes of a layer, or the points of a table; None where the Record has neither."""
    if name in record.geometry:
        return record.geometry[name]
    table, column = POINTS.get(name, ("", ""))
    if table not in record.tables:
        return None
    rows = record.tables[table].frame
    number = rows[column] if rows[column].dtype.kind != "f" else rows[column].astype(np.int64)
    points = shapely.points(rows[["easting_m", "northing_m"]].to_numpy(dtype=np.float64))
    return GeoDataFrame({"key": rows["key"], "name": number.astype(str)}, geometry=points, crs=record.crs)


def _legend(items: Sequence[LegendItem]) -> tuple[LegendItem, ...]:
    """Return one item per title, the topmost first; of a road and its ground the line stands for both."""
    first: dict[str, LegendItem] = {}
    for item in reversed(items):
        known = first.get(item.title)
        if known is None or item.dimension < known.dimension:
            first[item.title] = item
    return tuple(first.values())


def _legend_title(look: Look, style: LayerStyle, lang: Lang) -> str:
    """Return what a class is called; codes of several uses stand under the first of them.

    A state alone, in small letters, says nothing without what is in it: “Bến bãi: thiếu giấy tờ”.
    """
    code = base_code(look.key) if style.layer == _CODES else ""
    if code:
        return _OTHER_REGIME.sub("", land_use_title(code, lang))
    return f"{style.title}: {look.title}" if look.title[:1].islower() else look.title


def _is_seen(look: Look, shapes: Any, window: Window) -> bool:
    """Tell whether a look leaves a mark in the window: of an area that is only outlined its line has to be there."""
    if look.fill or look.hatch:
        return True
    lines = np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
    return bool(shapely.intersects(lines, shapely.box(*window.bounds)).any())


def _dimension(shapes: Any) -> int:
    return int(shapely.get_dimensions(shapes).max())


def _on_paper(look: Look, window: Window) -> Look:
    """Return a look for paper: where parcels are small their outlines would be all that one sees."""
    return replace(look, width=look.width * min(1.0, max(0.25, _FINE_LINES / window.scale)))


def _looks(style: LayerStyle, frame: GeoDataFrame, lang: Lang) -> Mapping[Any, Look]:
    if not style.class_field or style.class_field not in frame:
        return {None: style.look}
    return classes(style, _values(style, frame), lang)


def _values(style: LayerStyle, frame: GeoDataFrame) -> list[str | None]:
    return [value if isinstance(value, str) and value else None for value in frame[style.class_field].tolist()]


def _by_look(layer: _Layer) -> Iterator[tuple[Look, Any]]:
    """Yield each look with the rows that have it; classes that look and read alike are one."""
    looks = list(dict.fromkeys([*layer.looks.values(), layer.style.look]))
    if layer.style.class_field not in layer.frame:
        yield layer.style.look, np.ones(len(layer.frame), bool)
        return
    place = {value: looks.index(look) for value, look in layer.looks.items()}
    of_row = np.array([place.get(value, len(looks) - 1) for value in _values(layer.style, layer.frame)])
    for number, look in enumerate(looks):
        chosen = of_row == number
        if chosen.any():
            yield look, chosen


def _wishes(shown: Sequence[_Layer]) -> list[Wanted]:
    by_name = {UNITS if f"by.{one.style.layer}".startswith(VINTAGES) else one.style.layer: one for one in shown}
    return [
        Wanted(
            _texts(by_name[name]),
            by_name[name].shapes,
            lettering,
            within=name in _INSIDE,
            together=name == _CODES,
            along=_ALONG if name == _LINES else 0.0,
            point_mm=POINT_MM * min(1.0, by_name[name].style.look.width),
        )
        for name, lettering in _LETTERING.items()
        if name in by_name
    ]


def _texts(layer: _Layer) -> list[str]:
    field = layer.style.class_field if layer.style.layer == _CODES else "name"
    if field not in layer.frame:
        return [""] * len(layer.frame)
    texts = layer.frame[field].fillna("").astype(str)
    # A line that is many rows (a road in stretches) carries its name once.
    return list(texts.where(~texts.duplicated(), "") if layer.style.layer == _LINES else texts)


def _grid(window: Window) -> Iterator[str]:
    across = {"easting": [], "northing": []}  # type: dict[str, list[float]]
    for line in grid_lines(window):
        across[line.axis].append(line.at_mm)
    lines = [f"M{x:.2f} 0V{window.height_mm:.2f}" for x in across["easting"]]
    lines += [f"M0 {y:.2f}H{window.width_mm:.2f}" for y in across["northing"]]
    if lines:
        yield f'<path d="{"".join(lines)}" fill="none" stroke="{_GRID.line}" stroke-width="0.1" stroke-opacity="0.7"/>'
