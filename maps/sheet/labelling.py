"""Labels that do not collide: which texts stand on a sheet, where, and which found no room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from maps.sheet.typeface import text_width
from maps.sheet.vector import POINT_MM, Label, Lettering

# Height of capitals with their marks, and the room above the baseline, by size of type.
_HEIGHT, _ASCENT = 1.15, 0.36
# Free room around a label, mm.
_GAP_MM = 0.35
# The same between a code and the edge of its own parcel.
_INSIDE_MM = 0.12
# Where a label may stand beside its anchor, in widths and heights of its box: on it, above, below, right, left ….
_BESIDE = (
    (0.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.5, 0.0),
    (-0.5, 0.0),
    (0.5, -0.8),
    (-0.5, -0.8),
    (0.5, 0.8),
    (-0.5, 0.8),
)
# The label of a point leaves its disc free.
_CLEAR_MM = POINT_MM + 0.3
# A label may shrink to these parts of its size before it is left out.
_SHRUNK = (1.0, 0.8, 0.62)


@dataclass(frozen=True, eq=False)
class Wanted:
    """Texts of one layer that ask for room.

    Attributes
    ----------
    texts : one per shape; empty where a shape has none
    shapes : in mm of the map, already cut at its window
    lettering : how they are written
    within : a text stands inside its own polygon or not at all (codes of parcels)
    along : a text needs a line of this many times its width; 0 for none (names of roads and rivers)
    """

    texts: Sequence[str]
    shapes: Any
    lettering: Lettering
    within: bool = False
    along: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """What was asked and what stands: labels, and the texts that found no room."""

    labels: tuple[Label, ...]
    left_out: tuple[str, ...]


def placed(wishes: Sequence[Wanted], width_mm: float, height_mm: float) -> Placed:
    """Give room to texts, those of the first layer first; no two boxes meet and none leaves the map."""
    boxes: list[Any] = []
    labels: list[Label] = []
    left_out: list[str] = []
    frame = shapely.box(0, 0, width_mm, height_mm)
    shapely.prepare(frame)
    for wish in wishes:
        found = _within(wish, boxes, frame) if wish.within else _beside(wish, boxes, frame)
        told = {row: label for row, label, _ in found}
        labels += told.values()
        left_out += [text for row, text in enumerate(wish.texts) if text and row not in told]
    return Placed(tuple(labels), tuple(left_out))


def _beside(wish: Wanted, boxes: list[Any], frame: Any) -> list[tuple[int, Label, Any]]:
    """Place labels one after the other, large shapes first, each where its box is free."""
    size = np.where(shapely.get_dimensions(wish.shapes) == 2, shapely.area(wish.shapes), shapely.length(wish.shapes))
    points = wish.shapes[(shapely.get_dimensions(wish.shapes) == 0) & ~shapely.is_empty(wish.shapes)]
    boxes += list(shapely.buffer(points, POINT_MM))
    found = []
    for row in np.argsort(-size, kind="stable").tolist():
        text, shape = wish.texts[row], wish.shapes[row]
        if not text or shapely.is_empty(shape) or _too_short(text, shape, wish):
            continue
        taken = np.array(boxes, dtype=object)
        for label, box in _candidates(text, shape, wish.lettering):
            if shapely.contains(frame, box) and not shapely.intersects(taken, box).any():
                boxes.append(box)
                found.append((row, label, box))
                break
    return found


def _too_short(text: str, shape: Any, wish: Wanted) -> bool:
    return bool(shapely.length(shape) < wish.along * text_width(text, wish.lettering.size_mm))


def _within(wish: Wanted, boxes: list[Any], frame: Any) -> list[tuple[int, Label, Any]]:
    """Place all labels of a coverage at once: inside their own polygons they cannot meet each other."""
    shapes, taken = np.asarray(wish.shapes, dtype=object), shapely.STRtree(boxes)
    asked = np.array([bool(text) for text in wish.texts]) & (shapely.get_dimensions(shapes) == 2)
    anchors = np.full((len(shapes), 2), np.nan)
    anchors[asked] = shapely.get_coordinates(shapely.point_on_surface(shapes[asked]))
    widths = np.array([text_width(text, 1.0) for text in wish.texts])
    found: list[tuple[int, Label, Any]] = []
    open_rows: npt.NDArray[np.int64] = np.flatnonzero(asked)
    for part in _SHRUNK:
        style = Lettering(wish.lettering.size_mm * part, wish.lettering.colour, wish.lettering.bold)
        rooms = _boxes(anchors[open_rows], widths[open_rows] * style.size_mm, style.size_mm, _INSIDE_MM)
        fits = shapely.contains(shapes[open_rows], rooms) & shapely.contains(frame, rooms)
        fits[taken.query(rooms, predicate="intersects")[0]] = False
        for row, room in zip(open_rows[fits].tolist(), rooms[fits], strict=True):
            found.append((row, _label(wish.texts[row], anchors[row], style), room))
        open_rows = open_rows[~fits]
    boxes += [room for *_, room in found]
    return found


def _candidates(text: str, shape: Any, style: Lettering) -> Iterator[tuple[Label, Any]]:
    is_point = shapely.get_dimensions(shape) == 0
    anchor = shapely.get_coordinates(_anchor(shape))[0]
    width, height = text_width(text, style.size_mm, bold=style.bold), style.size_mm * _HEIGHT
    clear = _CLEAR_MM if is_point else 1.0
    for right, down in _BESIDE[1:] if is_point else _BESIDE:
        step = np.array([right * (width + 2 * _GAP_MM), down * (height / 2 + _GAP_MM)])
        middle = anchor + step + np.sign(step) * clear
        yield _label(text, middle, style), _boxes(middle[None], np.array([width]), style.size_mm)[0]


def _label(text: str, middle: npt.NDArray[np.float64], style: Lettering) -> Label:
    return Label(text, float(middle[0]), float(middle[1]) + style.size_mm * _ASCENT, style)


def _boxes(
    middles: npt.NDArray[np.float64], widths: npt.NDArray[np.float64], size_mm: float, gap_mm: float = _GAP_MM
) -> Any:
    half_w, half_h = widths / 2 + gap_mm, size_mm * _HEIGHT / 2 + gap_mm
    x, y = middles.T
    return shapely.box(x - half_w, y - half_h, x + half_w, y + half_h)


def _anchor(shape: Any) -> Any:
    if shapely.get_dimensions(shape) == 1:
        return shapely.line_interpolate_point(_longest(shape), 0.5, normalized=True)
    return shapely.point_on_surface(shape)


def _longest(line: Any) -> Any:
    parts = shapely.get_parts(line)
    return parts[np.argmax(shapely.length(parts))]
