"""The layout of a yard: as many slots for the design vehicle as its ground holds, each reached from an entry.

Rows of slots at right angles to their aisles, back to back, are laid in every direction that an edge of the yard
suggests and in every position in which a row or an aisle lies along an edge; lanes join the aisles and the entries; the
layout with most slots that can be reached is kept. It is a plan for comparison, not a design: no slope, no drainage.

The lane between aisles follows from the turning circle. A vehicle that turns within the ring between the radii R and r
passes a right angle between two lanes of width w where the centre of its circle lies r/√2 from both inner edges, so

    w = R - r/√2

(own derivation); R = 12.5 m, r = 5.3 m are what an articulated vehicle of 16.5 m has to keep to in Europe (Directive
96/53/EC; background, not verified here). All measures are parameters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from planning.slot_lanes import Lane, Network, network
from planning.slot_rows import EPS_M, Pattern, Rows, Stretches, slots_in

Floats = npt.NDArray[np.float64]
# Directions and positions that are tried, and how many of them in full.
_DIRECTIONS, _POSITIONS, _IN_FULL = 8, 14, 6
_UNIFORM = 4
# Edges shorter than this suggest nothing; edges within this angle suggest the same.
_EDGE_M, _SAME_DEGREES = 6.0, 0.7


@dataclass(frozen=True, slots=True)
class DesignVehicle:
    """What has to fit, and the room that it needs, metres.

    Attributes
    ----------
    length_m, width_m : of the vehicle; an articulated truck unless said otherwise
    end_gap_m, side_gap_m : free at each end and at each side of it in its slot
    aisle_m : room before a slot to turn into it
    outer_radius_m, inner_radius_m : the ring within which it turns
    edge_gap_m : between slots and the fence or an obstacle
    """

    length_m: float = 16.5
    width_m: float = 2.55
    end_gap_m: float = 0.75
    side_gap_m: float = 0.475
    aisle_m: float = 20.0
    outer_radius_m: float = 12.5
    inner_radius_m: float = 5.3
    edge_gap_m: float = 0.5

    @property
    def lane_m(self) -> float:
        """Width of a lane in which it passes a right angle."""
        return self.outer_radius_m - self.inner_radius_m / sqrt(2)

    @property
    def pattern(self) -> Pattern:
        """Measures of rows and aisles; an aisle is never narrower than a lane."""
        return Pattern(
            slot_length_m=self.length_m + 2 * self.end_gap_m,
            slot_width_m=self.width_m + 2 * self.side_gap_m,
            aisle_m=max(self.aisle_m, self.lane_m),
            lane_m=self.lane_m,
        )


@dataclass(frozen=True, eq=False)
class YardGround:
    """What is laid out, planar metres.

    Attributes
    ----------
    outline : the fence, a (multi)polygon
    obstacles : areas where nothing can drive or stand
    lanes : areas to be kept free, where vehicles may drive
    entries : points at the fence where vehicles come in; none: anywhere
    """

    outline: Any
    obstacles: Sequence[Any] = ()
    lanes: Sequence[Any] = ()
    entries: Sequence[Any] = ()


@dataclass(frozen=True, eq=False)
class YardLayout:
    """A layout.

    Attributes
    ----------
    slots : rectangles, shape (n,)
    aisles, lanes : ground kept free along the rows and across them
    direction_deg : of the rows, counter-clockwise from east, 0 to 180
    entries_joined : how many of the entries lead to an aisle
    tried : how many combinations of direction and position were counted
    """

    slots: npt.NDArray[np.object_]
    aisles: npt.NDArray[np.object_]
    lanes: npt.NDArray[np.object_]
    direction_deg: float
    entries_joined: int
    tried: int
    vehicle: DesignVehicle = field(default_factory=DesignVehicle)

    def __len__(self) -> int:
        """Return the number of slots."""
        return len(self.slots)


@dataclass(frozen=True, eq=False)
class _Turned:
    # The ground in the frame of one direction.
    angle: float
    drivable: Any
    standable: Any
    open_ground: Any
    entries: tuple[tuple[float, float], ...]


def lay_out(ground: YardGround, vehicle: DesignVehicle | None = None) -> YardLayout:
    """Return the best layout of a yard; one without a slot where none fits, or where no entry leads in.

    Parameters
    ----------
    ground : the yard; invalid outlines are not mended here
    vehicle : what has to fit
    """
    vehicle = vehicle or DesignVehicle()
    pattern, origin = vehicle.pattern, np.asarray(shapely.get_coordinates(shapely.centroid(ground.outline)))
    if not len(origin):
        return _empty(vehicle, 0)
    turned = [_turned(ground, vehicle, angle, origin[0]) for angle in _directions(ground)]
    tries = [
        (rows.count, place, frame, rows)
        for place, (frame, rows) in enumerate(
            (frame, Rows.of(pattern, frame.drivable, frame.standable, start))
            for frame in turned
            if not shapely.is_empty(frame.drivable)
            for start in _positions(frame, pattern)
        )
    ]
    best = sorted(tries, key=lambda one: (-one[0], one[1]))[:_IN_FULL]
    done = [(frame, rows, network(rows, frame.open_ground, frame.entries)) for count, _, frame, rows in best if count]
    if not done:
        return _empty(vehicle, len(tries))
    frame, rows, joined = max(done, key=lambda one: one[2].count(one[1]))
    return _drawn(frame, rows, joined, origin[0], vehicle, len(tries))


def _empty(vehicle: DesignVehicle, tried: int) -> YardLayout:
    nothing = np.zeros(0, dtype=object)
    return YardLayout(nothing, nothing, nothing, 0.0, 0, tried, vehicle)


def _directions(ground: YardGround) -> list[float]:
    """Return directions of rows in radians: along the longest edges, and across them."""
    rings = shapely.get_coordinates(shapely.get_parts(ground.outline))
    runs = np.diff(rings, axis=0)
    length = np.hypot(*runs.T)
    angle = np.degrees(np.arctan2(runs[:, 1], runs[:, 0])) % 180.0
    found: dict[float, float] = {}
    for one, weight in sorted(zip(angle.tolist(), length.tolist(), strict=True), key=lambda pair: -pair[1]):
        if weight >= _EDGE_M:
            known = next((other for other in found if abs((one - other + 90) % 180 - 90) < _SAME_DEGREES), one)
            found[known] = found.get(known, 0.0) + weight
    longest = sorted(found, key=lambda one: -found[one])[: _DIRECTIONS // 2] or [0.0]
    both = dict.fromkeys(round(one % 180.0, 6) for first in longest for one in (first, first + 90.0))
    return [float(np.radians(one)) for one in both]


def _turned(ground: YardGround, vehicle: DesignVehicle, angle: float, origin: Floats) -> _Turned:
    gap = max(vehicle.edge_gap_m, 2 * EPS_M)
    built = shapely.union_all(np.array(ground.obstacles, dtype=object)) if len(ground.obstacles) else None
    open_ground = ground.outline if built is None else shapely.difference(ground.outline, built)
    drivable = shapely.buffer(open_ground, -gap, join_style="mitre")
    kept = shapely.union_all(np.array(ground.lanes, dtype=object)) if len(ground.lanes) else None
    standable = drivable if kept is None else shapely.difference(drivable, kept)
    drivable, standable, open_ground = (_turn(one, -angle, origin) for one in (drivable, standable, open_ground))
    points = [shapely.get_coordinates(_turn(one, -angle, origin))[0] for one in ground.entries]
    return _Turned(angle, drivable, standable, open_ground, tuple((float(u), float(v)) for u, v in points))


def _turn(shapes: Any, angle: float, origin: Floats, *, back: bool = False) -> Any:
    """Turn shapes counter-clockwise about `origin`, which becomes (0, 0); `back` undoes it."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    if back:
        return shapely.transform(shapes, lambda places: places @ turn + origin)
    return shapely.transform(shapes, lambda places: (places - origin) @ turn)


def _positions(frame: _Turned, pattern: Pattern) -> list[float]:
    """Return lower edges of an aisle that put a row or an aisle along an edge of the ground, and a few between."""
    rings = shapely.get_coordinates(shapely.get_rings(frame.standable))
    runs = np.diff(rings, axis=0)
    along = (np.abs(runs[:, 1]) < np.abs(runs[:, 0]) * np.tan(np.radians(_SAME_DEGREES))) & (
        np.abs(runs[:, 0]) >= _EDGE_M
    )
    levels, weight = rings[:-1, 1][along], np.abs(runs[along, 0])
    bounds = shapely.bounds(frame.standable)
    edges = [*levels[np.argsort(-weight)][:_POSITIONS].tolist(), float(bounds[1]), float(bounds[3])]
    a, d = pattern.aisle_m, pattern.slot_length_m
    starts = [start for edge in edges for start in (edge + d, edge - a - d, edge, edge - a)]
    starts += [float(bounds[1]) + pattern.period_m * part / _UNIFORM for part in range(_UNIFORM)]
    return list(dict.fromkeys(round(start % pattern.period_m, 2) for start in starts))[: _POSITIONS + _UNIFORM]


def _drawn(
    frame: _Turned, rows: Rows, joined: Network, origin: Floats, vehicle: DesignVehicle, tried: int
) -> YardLayout:
    pattern = rows.pattern
    slots = [
        *_row_slots(joined.above, rows.aisle_v + pattern.aisle_m, pattern),
        *_row_slots(joined.below, rows.aisle_v - pattern.slot_length_m, pattern),
    ]
    aisles = [
        Lane(start, float(v), end, float(v + pattern.aisle_m))
        for v, stretches in zip(rows.aisle_v, joined.reached, strict=True)
        for start, end in stretches
    ]
    return YardLayout(
        slots=_drawn_back(slots, frame, origin),
        aisles=_drawn_back(aisles, frame, origin),
        lanes=_drawn_back(joined.lanes, frame, origin),
        direction_deg=float(np.degrees(frame.angle)) % 180.0,
        entries_joined=sum(joined.entries),
        tried=tried,
        vehicle=vehicle,
    )


def _drawn_back(lanes: Sequence[Lane], frame: _Turned, origin: Floats) -> npt.NDArray[np.object_]:
    shapes = np.array([one.shape for one in lanes], dtype=object)
    return np.asarray(_turn(shapes, frame.angle, origin, back=True), dtype=object) if len(shapes) else shapes


def _row_slots(rows: Sequence[Stretches], low: Floats, pattern: Pattern) -> Iterator[Lane]:
    for stretches, south in zip(rows, low.tolist(), strict=True):
        for west in slots_in(stretches, pattern.slot_width_m).tolist():
            yield Lane(west, south, west + pattern.slot_width_m, south + pattern.slot_length_m)


def per_hectare(layout: YardLayout, area_m2: float) -> float:
    """Return slots per hectare of a yard."""
    return len(layout) / (area_m2 / 10_000) if area_m2 else 0.0
