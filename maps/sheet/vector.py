"""Shapes and labels of a map as SVG, in millimetres of paper: one path for all shapes that look alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely

from maps.sheet.paper import Window
from maps.sheet.typeface import MAP_FONT, one_line
from maps.style import Hatch, Look

# A line of one pixel on screen is this wide on paper.
MM_PER_PIXEL = 0.2
# Places behind the point of a millimetre: 0.01 mm is finer than any printer.
_PLACES = 2
_HATCH_STEP_MM, _HATCH_LINE_MM = 1.6, 0.18
_HATCH_ANGLE = {"/": 45, "\\": -45, "|": 0}
_HALO_SHARE = 0.22
# Radius of the disc that stands for a point; a look of less width has a smaller one.
POINT_MM = 1.3


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a kind of label is written.

    Attributes
    ----------
    size_mm : of the type
    colour : ``#rrggbb``
    bold : weight 600 instead of 400
    """

    size_mm: float
    colour: str = "#2b2b2b"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text in its place: the middle of its baseline, mm from the upper left corner of the map."""

    text: str
    x_mm: float
    y_mm: float
    lettering: Lettering


def on_paper(shapes: Any, window: Window, beyond_mm: float = 0.0) -> Any:
    """Return shapes in mm of the map, y downwards, cut at the window; what is outside is empty, shape (n,).

    Parameters
    ----------
    beyond_mm : cut so far outside: an area that is cut at the window itself would get an outline along its edge
    """
    west, south, east, north = window.bounds
    k = window.metres_per_mm
    more = beyond_mm * k
    shapes = np.asarray(shapes, dtype=object)
    cut = shapely.clip_by_rect(shapes, west - more, south - more, east + more, north + more)
    return shapely.transform(cut, lambda places: (places - (west, north)) / (k, -k))


def picture(parts: Iterable[str], width_mm: float, height_mm: float, hatches: Iterable[Look] = ()) -> bytes:
    """Return parts as one SVG of that size."""
    patterns = "".join(sorted({_pattern(look) for look in hatches if look.hatch}))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm}mm" height="{height_mm}mm"'
    view = f'viewBox="0 0 {width_mm} {height_mm}"'
    edge = f'<clipPath id="map"><rect width="{width_mm}" height="{height_mm}"/></clipPath>'
    body = f'<g clip-path="url(#map)">{"".join(parts)}</g>'
    return f"{head} {view}><defs>{edge}{patterns}</defs>{body}</svg>".encode()


def styled(paper_shapes: Any, look: Look) -> list[str]:
    """Return shapes in mm of the map as SVG paths of one look."""
    parts = shapely.get_parts(paper_shapes)
    parts = parts[~shapely.is_empty(parts)]
    dimension = shapely.get_dimensions(parts)
    areas, lines, points = (parts[dimension == one] for one in (2, 1, 0))
    told = []
    if len(points):
        told.append(_disc(points, look))
    if len(areas):
        told += _areas(path_data(areas), look)
    if len(lines):
        told += _lines(path_data(lines), look)
    return told


def path_data(parts: Any) -> str:
    """Return polygons or lines as SVG path data; rings turn one way and holes the other, so that overlaps are filled.

    Examples
    --------
    >>> path_data(np.array([shapely.box(0, 0, 1, 2)]))
    'M1 0, 1 2, 0 2, 0 0, 1 0Z'
    """
    written = shapely.to_wkt(shapely.orient_polygons(parts), rounding_precision=_PLACES)
    joined = "".join(written.tolist())
    for words, command in (("POLYGON ((", "M"), ("), (", "ZM"), ("))", "Z"), ("LINESTRING (", "M"), (")", "")):
        joined = joined.replace(words, command)
    return joined


def lettered(label: Label) -> str:
    """Return a label as SVG text with a white halo."""
    style = label.lettering
    halo = (
        f'stroke="#fff" stroke-width="{style.size_mm * _HALO_SHARE:.2f}" stroke-linejoin="round" paint-order="stroke"'
    )
    weight = 600 if style.bold else 400
    font = f'font-family="{MAP_FONT}" font-size="{style.size_mm:.2f}" font-weight="{weight}" text-anchor="middle"'
    place = f'x="{label.x_mm:.2f}" y="{label.y_mm:.2f}"'
    return f'<text {place} {font} fill="{style.colour}" {halo}>{escape(one_line(label.text))}</text>'


def _areas(data: str, look: Look) -> list[str]:
    told = []
    if look.fill:
        told.append(f'<path d="{data}" fill="{look.fill}" fill-opacity="{look.opacity}"/>')
    if look.hatch:
        told.append(f'<path d="{data}" fill="url(#{_pattern_name(look)})"/>')
    return told + (_lines(data, look) if look.line else [])


def _lines(data: str, look: Look) -> list[str]:
    width = look.width * MM_PER_PIXEL
    dash = " ".join(f"{float(one) * MM_PER_PIXEL:.2f}" for one in look.dash.split())
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path d="{data}" fill="none" stroke-linejoin="round" stroke'
    casing = [f'{line}="{look.casing}" stroke-width="{width + 0.5:.2f}"/>'] if look.casing else []
    return [*casing, f'{line}="{look.line}" stroke-width="{width:.2f}"{dashes}/>']


def _disc(points: Any, look: Look) -> str:
    places = shapely.get_coordinates(points)
    radius = POINT_MM * min(1.0, look.width)
    discs = "".join(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}"/>' for x, y in places)
    return (
        f'<g fill="{look.fill or look.casing or look.line}" stroke="#fff" stroke-width="{0.3 * radius:.2f}">{discs}</g>'
    )


def _pattern_name(look: Look) -> str:
    return f"h{list(_HATCH_ANGLE).index(look.hatch)}{look.line[1:]}"


def _pattern(look: Look) -> str:
    hatch: Hatch = look.hatch
    step, turned = _HATCH_STEP_MM, f'patternTransform="rotate({_HATCH_ANGLE[hatch]})"'
    line = f'<path d="M{step / 2} 0V{step}" stroke="{look.line}" stroke-width="{_HATCH_LINE_MM}"/>'
    size = f'patternUnits="userSpaceOnUse" width="{step}" height="{step}"'
    return f'<pattern id="{_pattern_name(look)}" {size} {turned}>{line}</pattern>'
