"""The VN-2000 grid of a sheet: lines every 10 cm of paper, and the coordinates that stand at the frame."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maps.sheet.paper import Window

# "Lưới tọa độ" of a printed map: every 10 cm of paper (FACTS 4, practice).
GRID_MM = 100.0
# On small maps two lines at least would be missing: there the grid is denser.
_SMALL_MM = 250.0
_DENSER_MM = 50.0

_POWERS = (1, 10, 100, 1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of the grid.

    Attributes
    ----------
    axis : ``easting`` for a line that runs north, ``northing`` for one that runs east
    value_m : its coordinate
    at_mm : from the left or from the upper edge of the map
    """

    axis: Literal["easting", "northing"]
    value_m: int
    at_mm: float


def grid_lines(window: Window) -> Iterator[GridLine]:
    """Yield the lines of the grid from west to east and from south to north."""
    spacing_m = spacing(window)
    west, south, east, north = window.bounds
    for value in _multiples(west, east, spacing_m):
        yield GridLine("easting", value, (value - west) / window.metres_per_mm)
    for value in _multiples(south, north, spacing_m):
        yield GridLine("northing", value, (north - value) / window.metres_per_mm)


def spacing(window: Window) -> float:
    """Return the distance of grid lines on the ground, m."""
    step_mm = GRID_MM if min(window.width_mm, window.height_mm) >= _SMALL_MM else _DENSER_MM
    return step_mm * window.metres_per_mm


def bar_length(window: Window) -> int:
    """Return the ground length of the scale bar in m: a round one, at most a fifth of the map's width."""
    longest = window.width_mm * window.metres_per_mm / 5
    round_lengths = [step * power for power in _POWERS for step in (1, 2, 4, 5)]
    return max(length for length in round_lengths if length <= max(longest, 1.0))


def _multiples(start: float, end: float, step: float) -> Iterator[int]:
    value = math.ceil(start / step) * step
    while value <= end:
        yield round(value)
        value += step
