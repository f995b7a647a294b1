"""The mesh: land divided again and again into small lots and the lanes between them, every vertex shared.

Lots are rectangles of a square lattice of whole numbers, so that what lies on whose edge is decided exactly. Only then
is the lattice bent, shaken and laid onto the plane, each of its points once: neighbours share their vertices because
they name the same point.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.demo.fields import Field
from layers.demo.noise import FloatArray, IntArray, hashed, smooth, uniform

# The lattice: one step is a metre before bending.
SIDE = 1 << 16
_CELL = 128
_LEAST_SIDE = 9
# No land holds more lots than this: 70 a hectare.
_FULL_PER_CELL = 70.0 * _CELL**2 / 10_000.0
# How many of the short sides are not straight, and from which length on a side must follow the bending of the lattice.
_BEND_SHARE, _BEND_M = 0.66, 70.0
_MOST_SWAY_M = 18.0
# A turn by arctan(7/24), exact in whole numbers.
_COS, _SIN = 0.96, 0.28
CENTRE = (460_000.0, 2_423_000.0)
_MASS_UNIT = 1e6


@dataclass(frozen=True, eq=False)
class Rectangles:
    """Rectangles of the lattice, shape (n,) each: west, south, east, north; and whether it is a lane."""

    west: IntArray
    south: IntArray
    east: IntArray
    north: IntArray
    lane: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of rectangles."""
        return len(self.west)


@dataclass(frozen=True, eq=False)
class _Mass:
    """How many lots belong where, summed from the south-west corner of the lattice: whole numbers, so exact."""

    total: IntArray

    def within(self, west: IntArray, south: IntArray, east: IntArray, north: IntArray) -> IntArray:
        """Return the mass within rectangles."""
        return self._to(east, north) - self._to(west, north) - self._to(east, south) + self._to(west, south)

    def _to(self, east: IntArray, north: IntArray) -> IntArray:
        column, row = np.minimum(east // _CELL, SIDE // _CELL - 1), np.minimum(north // _CELL, SIDE // _CELL - 1)
        across, up = east - column * _CELL, north - row * _CELL
        lower = self.total[row, column] * (_CELL - across) + self.total[row, column + 1] * across
        upper = self.total[row + 1, column] * (_CELL - across) + self.total[row + 1, column + 1] * across
        return np.asarray(lower * (_CELL - up) + upper * up)


def laid(u: FloatArray, v: FloatArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return easting and northing of points of the lattice: turned, and bent so that no field is a rectangle."""
    right, up = u - SIDE / 2, v - SIDE / 2
    easting = CENTRE[0] + _COS * right - _SIN * up
    northing = CENTRE[1] + _SIN * right + _COS * up
    for scale_m, sway_m, turn in ((2_600.0, 260.0, 101), (800.0, 60.0, 103)):
        east, north = smooth(u, v, scale_m, seed + turn), smooth(u, v, scale_m, seed + turn + 50)
        easting, northing = easting + sway_m * east, northing + sway_m * north
    return easting, northing


def divided(density: Field, urban: Field, lots: int, seed: int) -> Rectangles:
    """Divide the lattice into about `lots` lots of equal mass, and the lanes that reach them.

    Parameters
    ----------
    density : lots per unit of land, relative; 0 where none are wanted
    urban : from 0 to 1; streets in town are closer and wider
    """
    mass, in_town = _on_lattice(density, urban, lots, seed)
    whole = int(mass.within(*(np.array([edge]) for edge in (0, 0, SIDE, SIDE)))[0])
    tree = _Tree.grown(mass, in_town, at_least=whole // (2 * lots), seed=seed)
    return tree.cut(lots)


def _on_lattice(density: Field, urban: Field, lots: int, seed: int) -> tuple[_Mass, FloatArray]:
    middle = (np.arange(SIDE // _CELL) + 0.5) * _CELL
    across, up = np.meshgrid(middle, middle)
    easting, northing = laid(across, up, seed)
    wished = _crowded(density(easting, northing), lots)
    units = np.rint(wished * _MASS_UNIT).astype(np.int64)
    total = np.zeros((len(middle) + 1,) * 2, dtype=np.int64)
    total[1:, 1:] = units.cumsum(axis=0).cumsum(axis=1)
    return _Mass(total), np.round(urban(easting, northing), 6)


def _crowded(relative: FloatArray, lots: int) -> FloatArray:
    """Return lots per cell of the lattice: in proportion while there is room, never more than fit."""
    least, most = 0.0, 1e6 * _FULL_PER_CELL / max(relative.max(), 1e-9)
    for _ in range(80):
        scale = (least + most) / 2.0
        wished = scale * relative / (1.0 + scale * relative / _FULL_PER_CELL)
        least, most = (scale, most) if wished.sum() < lots else (least, scale)
    return np.asarray(wished)


@dataclass(frozen=True, eq=False)
class _Tree:
    """All divisions, coarse to fine: boxes (n, 4) with their mass and their parent's, and the lane of each division."""

    boxes: IntArray
    mass: IntArray
    parent_mass: IntArray
    lanes: IntArray
    lane_mass: IntArray

    @classmethod
    def grown(cls, mass: _Mass, in_town: FloatArray, at_least: int, seed: int) -> "_Tree":
        """Divide every box whose mass is more than `at_least` and that is large enough."""
        boxes = np.array([[0, 0, SIDE, SIDE]])
        inherited = np.array([np.iinfo(np.int64).max])
        levels, lanes = [], []
        while len(boxes):
            here = mass.within(*boxes.T)
            divisible = (here > at_least) & (_long_side(boxes) >= 2 * _LEAST_SIDE)
            # What cannot be divided weighs nothing, so that it stays a leaf whatever the threshold.
            levels.append((boxes, np.where(divisible, here, 0), inherited))
            first, second, lane = _halved(boxes[divisible], in_town, seed)
            lanes.append((lane, here[divisible]))
            boxes, inherited = np.concatenate([first, second]), np.tile(here[divisible], 2)
        return cls(
            *(np.concatenate(part) for part in zip(*levels, strict=True)),
            *(np.concatenate(part) for part in zip(*lanes, strict=True)),
        )

    def cut(self, lots: int) -> Rectangles:
        """Return the rectangles when only the heaviest boxes are divided, so many that `lots` lots remain."""
        divisions = min(lots - 1, int((self.mass > 0).sum()))
        limit = np.partition(self.mass, len(self.mass) - divisions - 1)[len(self.mass) - divisions - 1]
        leaves = self.boxes[(self.mass <= limit) & (self.parent_mass > limit)]
        lanes = self.lanes[
            (self.lane_mass > limit) & (self.lanes[:, 2] > self.lanes[:, 0]) & (self.lanes[:, 3] > self.lanes[:, 1])
        ]
        every = np.concatenate([leaves, lanes])
        west, south, east, north = every.T
        return Rectangles(west, south, east, north, lane=np.arange(len(every)) >= len(leaves))


def _long_side(boxes: IntArray) -> IntArray:
    return np.asarray(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]))


def _halved(boxes: IntArray, in_town: FloatArray, seed: int) -> tuple[IntArray, IntArray, IntArray]:
    """Divide each box across its longer side; return both parts and the lane between, which may be empty."""
    west, south, east, north = boxes.T
    upright = (east - west) >= (north - south)  # the dividing line runs north
    start, end = np.where(upright, west, south), np.where(upright, east, north)
    # Whole per mille, so that the place of the line is decided without rounding.
    share = 400 + (hashed(seed, west, south, east, north) % np.uint64(201)).astype(np.int64)
    line = start + (end - start) * share // 1000
    width = _lane_width(end - start, _town_at(boxes, in_town))
    low, high = line - width // 2, line - width // 2 + width
    first, second, lane = boxes.copy(), boxes.copy(), boxes.copy()
    rows, axis = np.arange(len(boxes)), np.where(upright, 0, 1)
    first[rows, axis + 2], second[rows, axis] = low, high
    lane[rows, axis], lane[rows, axis + 2] = low, high
    return first, second, lane


def _town_at(boxes: IntArray, in_town: FloatArray) -> FloatArray:
    column, row = (boxes[:, 0] + boxes[:, 2]) // 2 // _CELL, (boxes[:, 1] + boxes[:, 3]) // 2 // _CELL
    return np.asarray(in_town[row, column])


def _lane_width(side: IntArray, town: FloatArray) -> IntArray:
    """Streets in town, tracks in the country, nothing between the lots of one block."""
    street = np.select(
        [(side > 75) & (side <= 180), (side > 180) & (side <= 420), (side > 420) & (side <= 900)], [6, 9, 14], 0
    )
    track = np.select([(side > 260) & (side <= 520)], [4], 0)
    return np.where(town > 0.12, street, np.where(town > 0.004, np.minimum(street, 5), track))


@dataclass(frozen=True, eq=False)
class Rings:
    """Closed rings over shared points, ready for shapely.

    Attributes
    ----------
    coordinates : shape (m, 2), metres, whole millimetres; the first point of a ring is not repeated
    ring : which ring each coordinate belongs to, shape (m,), ascending
    """

    coordinates: FloatArray
    ring: IntArray


def rings(rectangles: Rectangles, seed: int) -> Rings:
    """Return the outline of every rectangle on the plane, with every point that a neighbour has on it."""
    nodes, ring, u, v = _nodes(rectangles)
    following = _following(nodes, ring)
    play = _play(rectangles, nodes, ring, len(u))
    placed = _shaken(nodes, following, play, u, v, seed)
    return _with_bends(nodes, following, ring, placed, play, seed)


def _nodes(boxes: Rectangles) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the corners along each outline, anticlockwise: node numbers, their ring, and u and v of each node."""
    corners = [
        (boxes.west, boxes.south),
        (boxes.east, boxes.south),
        (boxes.east, boxes.north),
        (boxes.west, boxes.north),
    ]
    keys = np.concatenate([v * SIDE * 2 + u for u, v in corners])
    by_row, row = _numbered(keys)
    v, u = np.divmod(by_row, SIDE * 2)
    by_column = np.argsort(u * SIDE * 2 + v, kind="stable")
    column = np.empty_like(by_column)
    column[by_column] = np.arange(len(by_column))
    # A side runs through all nodes between its corners, along their row or their column.
    here = row.reshape(4, -1).T
    after = np.roll(here, -1, axis=1)
    upright = np.array([False, True, False, True])
    starts, ends = (np.where(upright, column[side], side) for side in (here, after))
    counts = np.abs(ends - starts).ravel()
    step = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    place = np.repeat(starts.ravel(), counts) + step * np.repeat(np.sign(ends - starts).ravel(), counts)
    nodes = np.where(np.repeat(np.tile(upright, len(boxes)), counts), by_column[place], place)
    return nodes, np.repeat(np.repeat(np.arange(len(boxes)), 4), counts), u, v


def _numbered(keys: IntArray) -> tuple[IntArray, IntArray]:
    """Return the different keys in order, and the number of each key among them."""
    order = np.argsort(keys, kind="stable")
    new = np.append(True, np.diff(keys[order]) != 0)
    number = np.empty_like(keys)
    number[order] = np.cumsum(new) - 1
    return keys[order][new], number


def _play(boxes: Rectangles, nodes: IntArray, ring: IntArray, count: int) -> FloatArray:
    """Return how much room each node has: the shorter side of the narrowest rectangle that it belongs to, metres."""
    narrow = np.minimum(boxes.east - boxes.west, boxes.north - boxes.south).astype(np.float64)
    play = np.full(count, np.inf)
    np.minimum.at(play, nodes, narrow[ring])
    return play


def _shaken(nodes: IntArray, following: IntArray, play: FloatArray, u: IntArray, v: IntArray, seed: int) -> FloatArray:
    """Return the nodes moved on the lattice, by too little to make a side turn over, shape (n, 2)."""
    gap = np.hypot(u[nodes] - u[following], v[nodes] - v[following])
    room = play.copy()
    np.minimum.at(room, nodes, gap)
    np.minimum.at(room, following, gap)
    return np.column_stack([part + 0.3 * room * (uniform(seed + turn, u, v) - 0.5) for part, turn in ((u, 7), (v, 8))])


def _following(nodes: IntArray, ring: IntArray) -> IntArray:
    following = np.roll(nodes, -1)
    last = np.flatnonzero(np.append(np.diff(ring) != 0, True))
    first = np.concatenate([[0], last[:-1] + 1])
    following[last] = nodes[first]
    return following


def _with_bends(
    nodes: IntArray, following: IntArray, ring: IntArray, placed: FloatArray, play: FloatArray, seed: int
) -> Rings:
    """Put points between the nodes, the same for both neighbours, and lay all of them onto the plane.

    A short side has none or one. A long one has so many that both sides of a lane follow the bending of the lattice.
    """
    low, high = np.minimum(nodes, following), np.maximum(nodes, following)
    length = np.hypot(*(placed[high] - placed[low]).T)
    some = (uniform(seed + 9, low, high) < _BEND_SHARE) & (length > 6.0)
    count = 1 + np.where(length > _BEND_M, np.clip(length / 55.0, 1, 20), some).astype(np.int64)
    owner = np.repeat(np.arange(len(nodes)), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    nth = np.where(nodes[owner] == low[owner], step, count[owner] - step)
    start, along = placed[low[owner]], (placed[high] - placed[low])[owner]
    share = nth / count[owner]
    between = start + share[:, None] * along
    room = np.minimum(np.minimum(0.09 * length, 0.22 * np.minimum(play[low], play[high])), _MOST_SWAY_M)[owner]
    # Less near the ends, where the next side may be close.
    room = np.minimum(room, 0.18 * length[owner] * np.minimum(share, 1.0 - share))
    sway = room * _wander(between, seed)
    side = np.column_stack([-along[:, 1], along[:, 0]]) / np.maximum(length[owner], 1.0)[:, None]
    points = np.where((step == 0)[:, None], placed[nodes[owner]], between + sway[:, None] * side)
    coordinates = np.column_stack(laid(points[:, 0], points[:, 1], seed))
    return Rings(np.round(coordinates, 3).astype(np.float64), ring[owner])


def _wander(points: FloatArray, seed: int) -> FloatArray:
    u, v = points.T
    return np.asarray(0.75 * smooth(u, v, 190.0, seed + 10) + 0.5 * smooth(u, v, 45.0, seed + 12))
