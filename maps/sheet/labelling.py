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
# Types of geometry that hold a text: polygon and multipolygon.
_AREAS = (3, 6)
# Of a block of parcels the middle is looked for to this, mm; and what is smaller than its text in a type of one
# millimetre is not looked at.
_NEAR_ENOUGH_MM, _ROOM_MM = 0.2, 1.0
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
# The label of a point leaves its disc free by this much, mm.
_CLEAR_MM = 0.3
# A label may shrink to these parts of its size before it is left out.
_SHRUNK = (1.0, 0.8, 0.62)


Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Wanted:
    """Texts of one layer that ask for room.

    Attributes
    ----------
    texts : one per shape; empty where a shape has none
    shapes : in mm of the map, already cut at its window
    lettering : how they are written
    within : a text stands inside its own polygon or not at all (codes of parcels)
    together : neighbours of the same text, too small each, carry it once
    along : a text needs a line of this many times its width; 0 for none (names of roads and rivers)
    point_mm : radius of the discs of points
    """

    texts: Sequence[str]
    shapes: Any
    lettering: Lettering
    within: bool = False
    together: bool = False
    along: float = 0.0
    point_mm: float = POINT_MM


@dataclass(frozen=True, slots=True)
class Placed:
    """What was asked and what stands: labels, and the texts that found no room."""

    labels: tuple[Label, ...]
    left_out: tuple[str, ...]


class _Taken:
    # The room that is taken: boxes, west to top in mm, of which a few thousand are asked at once.

    def __init__(self) -> None:
        self._boxes = np.empty((64, 4))
        self._count = 0

    @property
    def boxes(self) -> Floats:
        return self._boxes[: self._count]

    def add(self, boxes: Floats) -> None:
        if self._count + len(boxes) > len(self._boxes):
            self._boxes = np.concatenate([self.boxes, np.empty((self._count + len(boxes), 4))])
        self._boxes[self._count : self._count + len(boxes)] = boxes
        self._count += len(boxes)

    def meet(self, box: Floats) -> bool:
        west, north, east, south = self.boxes.T
        return bool(((west <= box[2]) & (east >= box[0]) & (north <= box[3]) & (south >= box[1])).any())


def placed(wishes: Sequence[Wanted], width_mm: float, height_mm: float) -> Placed:
    """Give room to texts, those of the first layer first; no two boxes meet and none leaves the map."""
    taken = _Taken()
    labels: list[Label] = []
    left_out: list[str] = []
    frame = np.array([0.0, 0.0, width_mm, height_mm])
    for wish in wishes:
        taken.add(_discs(wish))  # of every layer, before the first label: none may hide a point
    for wish in wishes:
        found, told = _within(wish, taken, frame) if wish.within else _beside(wish, taken, frame)
        labels += found
        left_out += [text for row, text in enumerate(wish.texts) if text and row not in told]
    return Placed(tuple(labels), tuple(left_out))


def _beside(wish: Wanted, taken: _Taken, frame: Floats) -> tuple[list[Label], set[int]]:
    """Place labels one after the other, large shapes first, each where its box is free; return them and whose."""
    size = np.where(shapely.get_dimensions(wish.shapes) == 2, shapely.area(wish.shapes), shapely.length(wish.shapes))
    found = {}
    for row in np.argsort(-size, kind="stable").tolist():
        text, shape = wish.texts[row], wish.shapes[row]
        if not text or shapely.is_empty(shape) or _too_short(text, shape, wish):
            continue
        for label, box in _candidates(text, shape, wish):
            if _inside(frame, box) and not taken.meet(box):
                taken.add(box[np.newaxis])
                found[row] = label
                break
    return list(found.values()), set(found)


def _discs(wish: Wanted) -> Floats:
    """Return the boxes of the points of a layer."""
    shapes = np.asarray(wish.shapes, dtype=object)
    points = shapes[(shapely.get_dimensions(shapes) == 0) & ~shapely.is_empty(shapes)]
    boxes: Floats = shapely.bounds(shapely.buffer(points, wish.point_mm)).reshape(-1, 4)
    return boxes


def _inside(frame: Floats, box: Floats) -> bool:
    return bool((box[:2] >= frame[:2]).all() and (box[2:] <= frame[2:]).all())


def _too_short(text: str, shape: Any, wish: Wanted) -> bool:
    return bool(shapely.length(shape) < wish.along * text_width(text, wish.lettering.size_mm))


def _within(wish: Wanted, taken: _Taken, frame: Floats) -> tuple[list[Label], set[int]]:
    """Place the labels of a coverage: each inside its own polygon, where no two can meet; return them and whose.

    Codes of polygons too small for them are told once for neighbours that have the same.
    """
    shapes = np.asarray(wish.shapes, dtype=object)
    asked = np.array([bool(text) for text in wish.texts]) & np.isin(shapely.get_type_id(shapes), _AREAS)
    rows = np.flatnonzero(asked)
    texts = np.array(wish.texts, dtype=object)[rows]
    anchors = shapely.point_on_surface(shapes[rows])
    labels, fits = _fitting(texts, shapes[rows], anchors, wish.lettering, (taken, frame))
    told = set(rows[fits].tolist())
    small = rows[~fits]
    if not wish.together or not len(small):
        return labels, told
    names, blocks = _blocks(texts[~fits], shapes[small])
    middles = shapely.get_point(shapely.maximum_inscribed_circle(blocks, _NEAR_ENOUGH_MM), 0)
    more, of_block = _fitting(names, blocks, middles, wish.lettering, (taken, frame))
    place, block = shapely.STRtree(blocks[of_block]).query(anchors[~fits], predicate="intersects").reshape(2, -1)
    same = names[of_block][block] == texts[~fits][place]
    return [*labels, *more], told | set(small[place[same]].tolist())


def _blocks(texts: npt.NDArray[np.object_], shapes: Any) -> tuple[npt.NDArray[np.object_], Any]:
    """Return the connected ground of each text that could hold it in the smallest type: text and polygon of each."""
    names, blocks = [np.zeros(0, dtype=object)], [np.zeros(0, dtype=object)]
    for text in dict.fromkeys(texts):
        parts = shapely.get_parts(shapely.coverage_union_all(shapes[texts == text]))
        size = min(_SHRUNK) * _ROOM_MM
        parts = parts[shapely.area(parts) >= size * size * text_width(str(text), 1.0)]
        names.append(np.full(len(parts), text, dtype=object))
        blocks.append(parts)
    return np.concatenate(names), np.concatenate(blocks)


def _fitting(
    texts: npt.NDArray[np.object_], shapes: Any, anchors: Any, lettering: Lettering, room: tuple[_Taken, Floats]
) -> tuple[list[Label], npt.NDArray[np.bool_]]:
    """Return the labels that fit into their own shapes at their anchors, in the largest type, and which those are."""
    taken, frame = room
    places = shapely.get_coordinates(anchors).reshape(-1, 2)
    widths = np.array([text_width(str(text), 1.0) for text in texts])
    others, map_box = shapely.STRtree(shapely.box(*taken.boxes.T)), shapely.box(*frame)
    labels: list[Label] = []
    open_rows: npt.NDArray[np.int64] = np.arange(len(texts))
    shapely.prepare(map_box)
    for part in _SHRUNK:
        style = Lettering(lettering.size_mm * part, lettering.colour, lettering.bold)
        bounds = _boxes(places[open_rows], widths[open_rows] * style.size_mm, style.size_mm, _INSIDE_MM)
        rooms = shapely.box(*bounds.T)
        fits = shapely.contains(shapes[open_rows], rooms) & shapely.contains(map_box, rooms)
        fits[others.query(rooms, predicate="intersects")[0]] = False
        labels += [_label(str(texts[row]), places[row], style) for row in open_rows[fits].tolist()]
        taken.add(bounds[fits])
        open_rows = open_rows[~fits]
    fitting = np.ones(len(texts), dtype=np.bool_)
    fitting[open_rows] = False
    return labels, fitting


def _candidates(text: str, shape: Any, wish: Wanted) -> Iterator[tuple[Label, Floats]]:
    style, is_point = wish.lettering, shapely.get_dimensions(shape) == 0
    anchor = shapely.get_coordinates(_anchor(shape))[0]
    width, height = text_width(text, style.size_mm, bold=style.bold), style.size_mm * _HEIGHT
    clear = wish.point_mm + _CLEAR_MM if is_point else 1.0
    for right, down in _BESIDE[1:] if is_point else _BESIDE:
        step = np.array([right * (width + 2 * _GAP_MM), down * (height / 2 + _GAP_MM)])
        middle = anchor + step + np.sign(step) * clear
        yield _label(text, middle, style), _boxes(middle[None], np.array([width]), style.size_mm)[0]


def _label(text: str, middle: Floats, style: Lettering) -> Label:
    return Label(text, float(middle[0]), float(middle[1]) + style.size_mm * _ASCENT, style)


def _boxes(middles: Floats, widths: Floats, size_mm: float, gap_mm: float = _GAP_MM) -> Floats:
    """Return the boxes of texts, west to south in mm, shape (n, 4)."""
    half_w, half_h = widths / 2 + gap_mm, size_mm * _HEIGHT / 2 + gap_mm
    x, y = middles.T
    return np.stack([x - half_w, y - half_h, x + half_w, y + half_h], axis=1)


def _anchor(shape: Any) -> Any:
    if shapely.get_dimensions(shape) == 1:
        return shapely.line_interpolate_point(_longest(shape), 0.5, normalized=True)
    return shapely.point_on_surface(shape)


def _longest(line: Any) -> Any:
    parts = shapely.get_parts(line)
    return parts[np.argmax(shapely.length(parts))]
