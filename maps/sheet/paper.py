"""Paper: its sizes, the room for the map on it, and the round scale at which an extent fits. All lengths in mm."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

PaperName = Literal["A4", "A3", "A2", "A1", "A0"]
Side = Literal["right", "bottom"]
Bounds = tuple[float, float, float, float]

# ISO 216, width and height of the sheet standing upright.
PAPERS: dict[PaperName, tuple[float, float]] = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "A1": (594, 841),
    "A0": (841, 1189),
}
# Denominators of a scale are these times a power of ten.
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5)
# Room between the map and its frame for the coordinates of the grid.
BORDER_MM = 7.0
# Share of the map that stays free around the extent.
_FREE = 0.04


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper and where the map stands on it.

    Attributes
    ----------
    paper : ``A3``
    width_mm, height_mm : of the sheet as it lies
    side : where legend, notes and title block stand beside the map
    """

    paper: PaperName
    width_mm: float
    height_mm: float
    side: Side

    @property
    def unit_mm(self) -> float:
        """Size of type and gaps grows with the paper, slower than the paper: 1 on A4."""
        return _unit_of(self.width_mm, self.height_mm)

    @property
    def margin_mm(self) -> float:
        """Free paper around everything."""
        return margin_of(self.width_mm, self.height_mm)

    @property
    def title_mm(self) -> float:
        """Height of the title above the map."""
        return 16.0 * self.unit_mm

    @property
    def panel_mm(self) -> float:
        """Width (beside) or height (below) of legend, notes and title block."""
        return (62.0 if self.side == "right" else 66.0) * self.unit_mm

    @property
    def map_mm(self) -> tuple[float, float]:
        """Width and height of the map itself."""
        beside, below = (self.panel_mm, 0.0) if self.side == "right" else (0.0, self.panel_mm)
        width = self.width_mm - 2 * self.margin_mm - 2 * BORDER_MM - beside
        height = self.height_mm - 2 * self.margin_mm - 2 * BORDER_MM - below - self.title_mm
        return width, height


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the ground that a map shows.

    Attributes
    ----------
    west, south : its lower left corner, easting and northing, m
    scale : denominator, 10000 for 1:10,000
    width_mm, height_mm : of the map
    """

    west: float
    south: float
    scale: int
    width_mm: float
    height_mm: float

    @property
    def metres_per_mm(self) -> float:
        """Length on the ground of one millimetre of paper."""
        return self.scale / 1000.0

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north, m."""
        k = self.metres_per_mm
        return self.west, self.south, self.west + self.width_mm * k, self.south + self.height_mm * k


def margin_of(width_mm: float, height_mm: float) -> float:
    """Return the free paper around everything on a sheet of that size.

    Examples
    --------
    >>> margin_of(210, 297)
    10.0
    """
    return 10.0 * _unit_of(width_mm, height_mm)


def _unit_of(width_mm: float, height_mm: float) -> float:
    return float((min(width_mm, height_mm) / PAPERS["A4"][0]) ** 0.5)


def sheet_for(
    paper: PaperName, extent: Bounds, scale: int | None = None, *, across: bool = False
) -> tuple[Sheet, Window]:
    """Return the way to lay the paper that shows the extent largest, and the window, its middle on the extent's.

    Parameters
    ----------
    extent : west, south, east, north, m
    scale : denominator; None: the largest round one at which the extent fits
    across : the paper lies, whatever the extent, as in a bound file
    """
    sheets = tuple(sheet for sheet in _sheets(paper) if not across or sheet.width_mm > sheet.height_mm)
    best = min(sheets, key=lambda sheet: _denominator(sheet, extent))
    chosen = scale or round_denominator(_denominator(best, extent))
    width, height = best.map_mm
    k = chosen / 1000.0
    west, south = (extent[0] + extent[2] - width * k) / 2, (extent[1] + extent[3] - height * k) / 2
    return best, Window(west, south, chosen, width, height)


def round_denominator(at_least: float) -> int:
    """Return the smallest round denominator that is not below `at_least`.

    Examples
    --------
    >>> [round_denominator(value) for value in (9_999, 10_001, 23_000, 51_000)]
    [10000, 15000, 25000, 75000]
    """
    candidates = (int(step * 10**power) for power, step in product(range(2, 8), _ROUND))
    return next(one for one in candidates if one >= at_least)


def _sheets(paper: PaperName) -> Iterator[Sheet]:
    short, long = PAPERS[paper]
    yield Sheet(paper, long, short, "right")
    yield Sheet(paper, short, long, "bottom")


def _denominator(sheet: Sheet, extent: Bounds) -> float:
    width, height = sheet.map_mm
    free = 1.0 - 2 * _FREE
    return max((extent[2] - extent[0]) / (width * free), (extent[3] - extent[1]) / (height * free)) * 1000.0
