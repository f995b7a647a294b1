"""What a raster says of areas: heights, slopes, classes; zonal statistics of any GeoTIFF, cell by cell to the fraction.

A raster is read tile by tile, every cell once. Blocks of cells that a zone covers whole are summed once for all zones;
cells along an edge are weighed by the part that exactextract gives them. A cell without a value, and ground beyond the
raster, is *missing*: told as an area of its own, never as zero. Slope is that of Horn (1981) over the eight neighbours;
where one of them is missing, so is the slope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame

from gis import cell_parts
from gis.cell_parts import Parts
from gis.measure import MM2_PER_M2, IntArray, areas_mm2
from gis.raster import FloatArray, Raster
from gis.relief import slope_percent

# Blocks of cells along the side of a tile: memory stays far below 1 GiB whatever the size of a zone.
BLOCKS = 32
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
    asked = [_Sums(one, len(sizes)) for one in questions]
    for window, of in _tiles(in_cells, raster):
        covered = cell_parts.parts(in_cells[of], *window)
        padded = raster.padded(*window)
        for sums in asked:
            values = slope_percent(padded, raster.cell_m) if sums.question.kind == "slope" else padded[1:-1, 1:-1]
            sums.add(values, covered, of)
    return {sums.question.name: _answer(sums, sizes, width * height * MM2_PER_M2) for sums in asked}


def _in_cells(zones: Any, raster: Raster) -> Any:
    """Return zones in the coordinates of `gis.cell_parts`."""
    origin, size = np.array([raster.dataset.bounds.left, raster.dataset.bounds.top]), np.array(raster.cell_m)
    return shapely.transform(zones, lambda coordinates: (coordinates - origin) / size)


def _tiles(zones: Any, raster: Raster) -> Iterator[tuple[tuple[int, int, int, int], IntArray]]:
    """Yield windows of whole blocks that hold all land of zones on the raster, and the zones that each may meet."""
    side = BLOCKS * cell_parts.BLOCK
    west, south, east, north = shapely.bounds(zones).T
    for row in range(0, raster.dataset.height, side):
        beside = (-south > row) & (-north < row + side)
        for column in range(0, raster.dataset.width, side):
            of = np.flatnonzero(beside & (east > column) & (west < column + side))
            if len(of):
                columns = _blocks(west[of].min(), east[of].max(), column)
                rows = _blocks(-north[of].max(), -south[of].min(), row)
                yield (columns[0], rows[0], columns[1], rows[1]), of


def _blocks(low: float, high: float, start: int) -> tuple[int, int]:
    """Return where the blocks of a tile that reach from low to high begin, and how many cells they have."""
    block = cell_parts.BLOCK
    first = max(int((low - start) // block), 0)
    last = min(int(-((start - high) // block)), BLOCKS)
    return start + first * block, (last - first) * block


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

    def add(self, values: FloatArray, covered: Parts, of: IntArray) -> None:
        """Add what zones cover of a window; `of` says which zones those of `covered` are."""
        numbers, edges = self._classes_of(values)
        self._add_edges(values, covered, of, numbers, edges)
        if len(covered.block):
            self._add_blocks(values, covered, of, numbers, edges)

    def _classes_of(self, values: FloatArray) -> tuple[list[int], FloatArray]:
        """Return the numbers of the classes, ascending, and the edges between them."""
        if self.question.kind != "class":
            return [*self.classes], np.array(self.question.edges, dtype=np.float32)
        named = np.unique(np.rint(values[np.isfinite(values)]))
        return named.astype(np.int64).tolist(), named[:-1] + np.float32(0.5)

    def _add_edges(self, values: FloatArray, covered: Parts, of: IntArray, numbers: list[int], edges: Any) -> None:
        value = values.ravel()[covered.cell]
        known = np.isfinite(value)
        value, zone, part = value[known], of[covered.zone[known]], covered.part[known]
        zones = len(self.weight)
        self.weight += np.bincount(zone, part, zones)
        self.total += np.bincount(zone, part * value, zones)
        np.minimum.at(self.least, zone, value)
        np.maximum.at(self.most, zone, value)
        place = np.searchsorted(edges, value, side="right")
        found = np.bincount(place * zones + zone, part, len(numbers) * zones)
        self._add_classes(numbers, found.reshape(len(numbers), zones))

    def _add_blocks(self, values: FloatArray, covered: Parts, of: IntArray, numbers: list[int], edges: Any) -> None:
        """Add whole blocks: each is summed once, however many zones cover it."""
        block, zone, zones = cell_parts.BLOCK, of[covered.block_zone], len(self.weight)
        used, which = np.unique(covered.block, return_inverse=True)
        down, across = (size // block for size in values.shape)
        cells = values.reshape(down, block, across, block).swapaxes(1, 2).reshape(-1, block * block)[used]
        at_least = [np.isfinite(cells).sum(axis=1), *((cells >= edge).sum(axis=1) for edge in edges)]
        in_class = -np.diff([*at_least, np.zeros(len(used))], axis=0)
        self.weight += np.bincount(zone, at_least[0][which], zones)
        self.total += np.bincount(zone, np.asarray(np.nansum(cells, axis=1, dtype=np.float64))[which], zones)
        np.fmin.at(self.least, zone, np.fmin.reduce(cells, axis=1)[which])
        np.fmax.at(self.most, zone, np.fmax.reduce(cells, axis=1)[which])
        self._add_classes(numbers, np.array([np.bincount(zone, one[which], zones) for one in in_class]))

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
