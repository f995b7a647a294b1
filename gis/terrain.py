"""What a raster says of areas: heights, slopes, classes; zonal statistics of any GeoTIFF, cell by cell to the fraction.

A raster is read tile by tile, every cell once. Cells that a zone covers whole are summed in runs along the rows; cells
along an edge are weighed by the part of them that is covered. A cell without a value, and ground beyond the raster, is
*missing*: told as an area of its own, never as zero. Slope is that of Horn (1981) over the eight neighbours; where one
of them is missing, so is the slope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame

from gis.cell_parts import Borders, Parts, Window, parts
from gis.measure import MM2_PER_M2, IntArray, areas_mm2
from gis.raster import FloatArray, Raster
from gis.relief import slope_percent

# Cells along the side of a tile: whatever the size of a zone, what is at hand of it fits into a processor's own memory.
SIDE = 512
# Parts of cells are held in 32 bits: of an area, less than this is noise of that and not missing.
_NOISE = 1e-6
Kind = Literal["value", "slope", "class"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a raster.

    Attributes
    ----------
    name : of the answer
    kind : its value, the slope of it (percent), or the class that its number names
    edges : ascending; class ``n`` has values from ``edges[n - 1]`` up to below ``edges[n]``. None for kind "class"
    """

    name: str
    kind: Kind
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Answer:
    """What a raster says of zones.

    Attributes
    ----------
    classes : numbers of the classes, ascending, shape (c,)
    area_mm2 : of each zone in each class, shape (zones, c)
    missing_mm2 : of each zone, ground of which nothing is known, shape (zones,); with the classes it is the whole zone
    statistics : columns ``least``, ``mean``, ``most``, a row a zone; NaN where nothing is known
    """

    classes: npt.NDArray[np.int64]
    area_mm2: IntArray
    missing_mm2: IntArray
    statistics: DataFrame


def zonal(raster: Raster, zones: Any, questions: Sequence[Question]) -> dict[str, Answer]:
    """Return the answer to each question for every zone.

    Parameters
    ----------
    zones : shapely (multi)polygons in the system of the raster as it was opened; an empty one has no land
    """
    sizes = areas_mm2(zones)
    width, height = raster.cell_m
    in_cells = _in_cells(np.asarray(zones, dtype=object), raster)
    borders = Borders.of(in_cells)
    asked = [_Sums(one, len(sizes)) for one in questions]
    for window, of in _tiles(in_cells, raster):
        covered = parts(borders, of, window)
        padded = raster.padded(window.column, window.row, window.width, window.height)
        for sums in asked:
            values = slope_percent(padded, raster.cell_m) if sums.question.kind == "slope" else padded[1:-1, 1:-1]
            sums.add(np.append(values, np.float32(np.nan)), covered)
    return {sums.question.name: _answer(sums, sizes, width * height * MM2_PER_M2) for sums in asked}


def _in_cells(zones: Any, raster: Raster) -> Any:
    """Return zones in the coordinates of `gis.cell_parts`."""
    origin, (width, height) = np.array([raster.dataset.bounds.left, raster.dataset.bounds.top]), raster.cell_m
    return shapely.transform(zones, lambda coordinates: (coordinates - origin) / [width, -height])


def _tiles(zones: Any, raster: Raster) -> Iterator[tuple[Window, IntArray]]:
    """Yield windows that hold all land of zones on the raster, and the zones that each may meet."""
    west, north, east, south = shapely.bounds(zones).T
    for top, bottom in _steps(raster.dataset.height):
        beside = np.flatnonzero((south > top) & (north < bottom))
        for left, right in _steps(raster.dataset.width):
            of = beside[(east[beside] > left) & (west[beside] < right)]
            if len(of):
                column, row = max(int(west[of].min() // 1), left), max(int(north[of].min() // 1), top)
                width, height = min(east[of].max(), right) - column, min(south[of].max(), bottom) - row
                yield Window(column, row, int(np.ceil(width)), int(np.ceil(height))), of


def _steps(cells: int) -> Iterator[tuple[int, int]]:
    """Yield where tiles begin and end."""
    for first in range(0, cells, SIDE):
        yield first, min(first + SIDE, cells)


class _Sums:
    """What has been found so far for one question: weights, in cells, and values of every zone."""

    def __init__(self, question: Question, zones: int) -> None:
        self.question = question
        self.weight, self.total = np.zeros(zones), np.zeros(zones)
        # In 32 bits, as the cells are: numpy's `at` is quick only where nothing has to be converted.
        self.least, self.most = (np.full(zones, end, dtype=np.float32) for end in (np.inf, -np.inf))
        self.classes: dict[int, npt.NDArray[np.float64]] = {}
        if question.kind != "class":
            self.classes = {number: np.zeros(zones) for number in range(len(question.edges) + 1)}

    def add(self, cells: FloatArray, covered: Parts) -> None:
        """Add what zones cover of a window; behind its cells stands one that is none."""
        numbers, edges = self._classes_of(cells)
        self._add_edges(cells, covered, numbers, edges)
        if len(covered.runs):
            self._add_runs(cells, covered, numbers, edges)

    def _classes_of(self, cells: FloatArray) -> tuple[list[int], FloatArray]:
        """Return the numbers of the classes, ascending, and the edges between them."""
        if self.question.kind != "class":
            return [*self.classes], np.array(self.question.edges, dtype=np.float32)
        named = np.unique(np.rint(cells[np.isfinite(cells)]))
        return named.astype(np.int64).tolist(), named[:-1] + np.float32(0.5)

    def _add_edges(self, cells: FloatArray, covered: Parts, numbers: list[int], edges: FloatArray) -> None:
        value = cells[covered.cell]
        known = np.isfinite(value)
        value, zone, part = value[known], covered.zone[known], covered.part[known]
        zones = len(self.weight)
        self.weight += np.bincount(zone, part, zones)
        self.total += np.bincount(zone, part * value, zones)
        np.minimum.at(self.least, zone, value)
        np.maximum.at(self.most, zone, value)
        place = np.searchsorted(edges, value, side="right")
        found = np.bincount(place * zones + zone, part, len(numbers) * zones)
        self._add_classes(numbers, found.reshape(len(numbers), zones))

    def _add_runs(self, cells: FloatArray, covered: Parts, numbers: list[int], edges: FloatArray) -> None:
        zone, runs, zones = covered.run_zone, covered.runs, len(self.weight)
        known = np.isfinite(cells)
        at_least = [runs.counts(one) for one in (known, *(cells >= edge for edge in edges))]
        self.weight += np.bincount(zone, at_least[0], zones)
        addends = cells.astype(np.float64)
        addends[~known] = 0
        self.total += np.bincount(zone, runs.reduced(np.add, addends), zones)
        np.fmin.at(self.least, zone, runs.reduced(np.fmin, cells))
        np.fmax.at(self.most, zone, runs.reduced(np.fmax, cells))
        in_class = -np.diff([*at_least, np.zeros(len(zone))], axis=0)
        self._add_classes(numbers, np.array([np.bincount(zone, one, zones) for one in in_class]))

    def _add_classes(self, numbers: list[int], found: Any) -> None:
        for number, weight in zip(numbers, found, strict=False):
            self.classes[number] = self.classes.get(number, 0) + weight


def _answer(sums: _Sums, sizes: IntArray, cell_mm2: float) -> Answer:
    named = sorted(n for n, weight in sums.classes.items() if sums.question.kind != "class" or weight.any())
    parts = np.array([sums.classes[number] for number in named]).reshape(len(named), len(sizes)).T
    known = sums.weight > 0
    statistics = DataFrame(
        {
            "least": np.where(known, sums.least, np.nan),
            "mean": np.where(known, sums.total / np.where(known, sums.weight, 1), np.nan),
            "most": np.where(known, sums.most, np.nan),
        }
    )
    area = np.zeros(parts.shape, dtype=np.int64)
    area[known] = _closed(parts[known], sums.weight[known], sizes[known], cell_mm2)
    return Answer(np.array(named, dtype=np.int64), area, sizes - area.sum(axis=1), statistics)


def _closed(parts: Any, count: Any, sizes: IntArray, cell_mm2: float) -> IntArray:
    """Return the area of each class in whole mm²; where all is covered but for noise, the classes are the whole."""
    whole = np.abs(count * cell_mm2 - sizes) <= _NOISE * sizes
    scale = np.where(whole, sizes / count, cell_mm2)
    area: IntArray = np.rint(parts * scale[:, None]).astype(np.int64)
    rest = np.where(whole, sizes - area.sum(axis=1), np.minimum(sizes - area.sum(axis=1), 0))
    if len(area):
        area[np.arange(len(area)), area.argmax(axis=1)] += rest
    return area
