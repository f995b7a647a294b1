"""Lanes that join the aisles and the entries: every aisle with slots can be reached, at the least loss of slots.

Aisles are the nodes of a graph, lanes across the rows between them its edges, weighed by the slots that they take. From
the entries the cheapest lanes are taken first (Prim); an aisle that nothing reaches keeps no slot.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import shapely

from planning.slot_rows import EPS_M, Rows, Stretches, common, fitting, without

# Where the lane from an entry lies beside it, and how far in it begins, in widths of a lane.
_BESIDE, _FURTHER_IN = (-0.5, 0.0, -1.0, -0.25, -0.75, 0.5, -1.5, 1.0, -2.0), (0.0, 0.5, 1.0, 1.5)
# A node: number of the aisle, and of its free stretch.
Node = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lane:
    """A stretch of ground kept free across rows, in the turned frame."""

    west: float
    south: float
    east: float
    north: float

    @property
    def shape(self) -> Any:
        """The lane as a polygon."""
        return shapely.box(self.west, self.south, self.east, self.north)


@dataclass(frozen=True, eq=False)
class Network:
    """Which aisles can be reached, and by which lanes.

    Attributes
    ----------
    reached : free stretches of each aisle that can be reached
    lanes : lanes across rows, and from the entries
    above, below : stretches of the rows in which slots stand, lanes taken off
    entries : which entries are joined to an aisle
    """

    reached: list[Stretches]
    lanes: tuple[Lane, ...]
    above: list[Stretches]
    below: list[Stretches]
    entries: tuple[bool, ...]

    def count(self, rows: Rows) -> int:
        """Return how many slots there are."""
        return sum(fitting(one, rows.pattern.slot_width_m) for row in (*self.above, *self.below) for one in row)


def network(rows: Rows, drivable: Any, entries: Sequence[tuple[float, float]]) -> Network:
    """Join the aisles of a pattern.

    Parameters
    ----------
    rows : the pattern over its ground
    drivable : where vehicles may drive, turned
    entries : places at which vehicles come in, turned; none: the largest aisle is where they do
    """
    nodes = {(k, i): one for k, row in enumerate(rows.aisles) for i, one in enumerate(row) if _is_wide(one, rows)}
    doors = [_door(rows, drivable, nodes, place) for place in entries]
    roots = [door.node for door in doors if door is not None]
    lanes = [door.lane for door in doors if door is not None]
    kept = [door.kept for door in doors if door is not None]
    if not entries and nodes:
        roots = [max(nodes, key=lambda node: (_slots_at(rows, nodes, node), nodes[node][1] - nodes[node][0]))]
    reached, joined = _grown(rows, nodes, roots)
    every = (*kept, *joined)
    stretches = [sorted(nodes[node] for node in reached if node[0] == k) for k in range(len(rows.aisles))]
    above, below = (
        [
            without(
                common(row, stretches[k]), [(one.west, one.east) for one in every if _meets(one, *_band(rows, k, side))]
            )
            for k, row in enumerate(strips)
        ]
        for side, strips in ((1, rows.above), (-1, rows.below))
    )
    return Network(stretches, (*lanes, *joined), above, below, tuple(door is not None for door in doors))


def _grown(rows: Rows, nodes: dict[Node, tuple[float, float]], roots: list[Node]) -> tuple[set[Node], list[Lane]]:
    """Return what can be reached from the roots by the cheapest lanes, and those lanes."""
    reached, lanes, number = set(roots), [], count()
    edges = [
        (cost, next(number), lane, there) for node in roots for cost, lane, there in _edges(rows, nodes, node, None)
    ]
    heapq.heapify(edges)
    while edges:
        cost, _, lane, there = heapq.heappop(edges)
        if there in reached or cost > _slots_at(rows, nodes, there) + _slots_beyond(rows, nodes, there, reached):
            continue
        reached.add(there)
        lanes.append(lane)
        for edge in _edges(rows, nodes, there, lane):
            heapq.heappush(edges, (edge[0], next(number), edge[1], edge[2]))
    return reached, lanes


def _edges(
    rows: Rows, nodes: dict[Node, tuple[float, float]], node: Node, before: Lane | None
) -> Iterator[tuple[int, Lane, Node]]:
    """Yield the lanes from one aisle to those above and below it: slots lost, lane, the aisle there."""
    k = node[0]
    for low, there in ((k, k + 1), (k - 1, k - 1)):
        if not 0 <= low < len(rows.passages):
            continue
        for other in (one for one in nodes if one[0] == there):
            both = common(common(rows.passages[low], [nodes[node]]), [nodes[other]])
            best = _cheapest(rows, low, [one for one in both if _is_wide(one, rows)], before)
            if best is not None:
                south, north = rows.aisle_v[low] + rows.pattern.aisle_m, rows.aisle_v[low + 1]
                yield best[0], Lane(best[1], south, best[1] + rows.pattern.lane_m, north), other


def _cheapest(rows: Rows, low: int, wide: Stretches, before: Lane | None) -> tuple[int, float] | None:
    """Return slots lost and left edge of the lane that loses least; of two alike the one in line with the last."""
    lane, row_slots = rows.pattern.lane_m, (rows.above[low], rows.below[low + 1])
    places = sorted({place for one in wide for place in _places(one, lane, row_slots, before)})
    if not places:
        return None
    here = before.west if before is not None else places[0]
    return min(
        ((_lost(rows, row_slots, place), place) for place in places), key=lambda one: (one[0], abs(one[1] - here))
    )


def _places(
    wide: tuple[float, float], lane: float, row_slots: Sequence[Stretches], before: Lane | None
) -> Iterator[float]:
    start, end = wide[0], wide[1] - lane
    marks = [start, end, *([before.west] if before is not None else [])]
    marks += [place for row in row_slots for a, b in row for place in (a, a - lane, b, b - lane)]
    yield from (min(max(mark, start), end) for mark in marks if start - lane <= mark <= end + lane)


def _lost(rows: Rows, row_slots: Sequence[Stretches], place: float) -> int:
    width, taken = rows.pattern.slot_width_m, [(place, place + rows.pattern.lane_m)]
    before = sum(fitting(one, width) for row in row_slots for one in row)
    return before - sum(fitting(one, width) for row in row_slots for one in without(row, taken))


def _slots_at(rows: Rows, nodes: dict[Node, tuple[float, float]], node: Node) -> int:
    """Return how many slots open to the aisle of a node."""
    width, own = rows.pattern.slot_width_m, [nodes[node]]
    return sum(fitting(one, width) for row in (rows.above, rows.below) for one in common(row[node[0]], own))


def _slots_beyond(rows: Rows, nodes: dict[Node, tuple[float, float]], node: Node, reached: set[Node]) -> int:
    """Return how many slots open to the aisles that only come after this one: a lane may be worth it for them."""
    beyond = (node[0] - 1, node[0] + 1)
    return sum(_slots_at(rows, nodes, other) for other in nodes if other[0] in beyond and other not in reached)


@dataclass(frozen=True, slots=True)
class _Door:
    # The lane from an entry, what is kept free of slots for it, and the aisle that it leads to.
    lane: Lane
    kept: Lane
    node: Node


def _door(
    rows: Rows, drivable: Any, nodes: dict[Node, tuple[float, float]], place: tuple[float, float]
) -> _Door | None:
    """Return the way from an entry to the aisle that takes fewest slots; None where none leads there."""
    found = [
        (_taken(rows, door.kept), door.lane.shape.area, position, door)
        for position, door in enumerate(_ways_in(rows, nodes, place))
        if shapely.area(shapely.difference(_inset(door.lane), drivable)) <= EPS_M and _leads(place, door.lane, drivable)
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def _ways_in(rows: Rows, nodes: dict[Node, tuple[float, float]], place: tuple[float, float]) -> Iterator[_Door]:
    """Yield straight lanes from an entry to the aisles: across the rows, or along an aisle that ends there."""
    for node, (start, end) in nodes.items():
        low, high = float(rows.aisle_v[node[0]]), float(rows.aisle_v[node[0]] + rows.pattern.aisle_m)
        if low - EPS_M <= place[1] <= high + EPS_M:
            yield from _along(rows.pattern.lane_m, node, (start, end), (low, high), place)
        else:
            yield from _across(rows.pattern.lane_m, node, (start, end), (low, high), place)


def _along(
    lane: float, node: Node, stretch: tuple[float, float], band: tuple[float, float], place: tuple[float, float]
) -> Iterator[_Door]:
    """Yield lanes from an entry at the end of an aisle, or in it."""
    (start, end), (u, v) = stretch, place
    south = min(max(v - lane / 2, band[0]), band[1] - lane)
    inner = min(max(u, start), end)
    west, east = (u, inner + lane) if u < start else (inner - lane, u) if u > end else (u - lane / 2, u + lane / 2)
    whole = Lane(max(west, min(start, u)), south, min(east, max(end, u)), south + lane)
    for step in (part * lane for part in _FURTHER_IN):  # beside a slanting fence the lane begins further in
        yield _Door(_shrunk(whole, step, u), whole, node)


def _across(
    lane: float, node: Node, stretch: tuple[float, float], band: tuple[float, float], place: tuple[float, float]
) -> Iterator[_Door]:
    """Yield lanes from an entry above or below an aisle, across the rows between them."""
    (start, end), (low, high), (u, v) = stretch, band, place
    for shift in _BESIDE:
        west = min(max(u + shift * lane, start), end - lane)
        if not west - lane <= u <= west + 2 * lane:
            continue
        kept = Lane(min(west, u), min(v, high), max(west + lane, u), max(v, low))
        for step in (part * lane for part in _FURTHER_IN):
            south, north = (v + step, low) if v < low else (high, v - step)
            if north > south:
                yield _Door(Lane(west, south, west + lane, north), kept, node)


def _leads(place: tuple[float, float], lane: Lane, drivable: Any) -> bool:
    """Tell whether one comes straight from an entry to the middle of its lane."""
    east, north = lane.east - lane.west, lane.north - lane.south
    half = min(east, north) / 2
    middle = shapely.box(lane.west + half, lane.south + half, lane.east - half, lane.north - half)
    way = shapely.shortest_line(shapely.Point(place), middle)
    return bool(shapely.length(shapely.difference(way, shapely.buffer(drivable, EPS_M))) <= EPS_M)


def _shrunk(lane: Lane, step: float, u: float) -> Lane:
    """Return a lane along an aisle that begins so much further in from an entry at u."""
    if abs(lane.west - u) < abs(lane.east - u):
        return Lane(min(lane.west + step, lane.east - EPS_M * 3), lane.south, lane.east, lane.north)
    return Lane(lane.west, lane.south, max(lane.east - step, lane.west + EPS_M * 3), lane.north)


def _taken(rows: Rows, lane: Lane) -> int:
    width, taken = rows.pattern.slot_width_m, [(lane.west, lane.east)]
    met = [
        strips[k]
        for side, strips in ((1, rows.above), (-1, rows.below))
        for k in range(len(rows.aisle_v))
        if _meets(lane, *_band(rows, k, side))
    ]
    return sum(fitting(one, width) for row in met for one in row) - sum(
        fitting(one, width) for row in met for one in without(row, taken)
    )


def _band(rows: Rows, k: int, side: int) -> tuple[float, float]:
    """Return from where to where along v the row above (1) or below (-1) an aisle lies."""
    low, slot = float(rows.aisle_v[k]), rows.pattern.slot_length_m
    return (low + rows.pattern.aisle_m, low + rows.pattern.aisle_m + slot) if side > 0 else (low - slot, low)


def _meets(lane: Lane, south: float, north: float) -> bool:
    return lane.south < north - EPS_M and lane.north > south + EPS_M


def _inset(lane: Lane) -> Any:
    return shapely.box(lane.west + EPS_M, lane.south + EPS_M, lane.east - EPS_M, lane.north - EPS_M)


def _is_wide(stretch: tuple[float, float], rows: Rows) -> bool:
    return stretch[1] - stretch[0] >= rows.pattern.lane_m
