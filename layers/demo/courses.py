"""Courses: the lines of the place (border, roads, railway, rivers) from their waypoints to natural curves."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from shapely import LineString

from layers.demo.noise import FloatArray, rough
from layers.demo.tables import demo_table

WAYPOINT_M = 100.0
MM = 0.001


@dataclass(frozen=True, slots=True)
class Course:
    """One line of the place: what it is, how wide, who looks after it, how much of it has a source."""

    code: str
    name: str
    kind: str
    width_m: float
    owner_unit: str
    condition: str
    confidence: str
    line: LineString


@cache
def courses() -> tuple[Course, ...]:
    """Return every line of the place, in the order of the table."""
    return tuple(_course(row) for row in demo_table("demo_lines").to_dict("records"))


def course(code: str) -> Course:
    """Return the line of that code."""
    return next(one for one in courses() if one.code == code)


def of_kind(*kinds: str) -> tuple[Course, ...]:
    """Return the lines of these kinds."""
    return tuple(one for one in courses() if one.kind in kinds)


def _course(row: dict[Any, Any]) -> Course:
    points = np.array([waypoint.split() for waypoint in row["course"].split(";")], dtype=float) * WAYPOINT_M
    texts = {name: str(row[name]) for name in ("code", "name", "kind", "owner_unit", "condition", "confidence")}
    return Course(**texts, width_m=float(row["width_m"]), line=_line(points, row["kind"]))


def _line(points: FloatArray, kind: str) -> LineString:
    """Return the course: a border and a river wander, a road bends gently, a railway least."""
    spacing, sway = {
        "border": (90.0, 120.0),
        "river": (60.0, 90.0),
        "stream": (60.0, 70.0),
        "railway": (80.0, 12.0),
    }.get(kind, (60.0, 35.0))
    line = points if kind == "border" else _rounded(points)
    placed = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(line), spacing))
    return LineString(np.round(swayed(placed, sway, 700.0 if kind == "border" else 900.0), 3))


def _rounded(points: FloatArray, steps: int = 8) -> FloatArray:
    """Return a curve through the points (Catmull and Rom 1974)."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    before, start, end, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    share = (np.arange(steps) / steps)[:, None, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * share
        + (2 * before - 5 * start + 4 * end - after) * share**2
        + (3 * start - before - 3 * end + after) * share**3
    )
    return np.vstack([curve.transpose(1, 0, 2).reshape(-1, 2), points[-1:]])


def swayed(points: FloatArray, sway_m: float, scale_m: float) -> FloatArray:
    """Return the points moved by noise that grows from nothing at both ends, at most about `sway_m`."""
    if len(points) < 3:
        return points
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    free = np.minimum(1.0, np.minimum(along, along[-1] - along) / (2.0 * scale_m / 3.0))
    moves = np.column_stack([rough(points[:, 0], points[:, 1], scale_m, seed, octaves=3) for seed in (11, 23)])
    return np.asarray(points + sway_m * free[:, None] * moves)
