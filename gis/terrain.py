"""What a raster says of areas: heights, slopes, classes; zonal statistics of any GeoTIFF, cell by cell to the fraction.

exactextract weighs every cell by the part of it that lies in a zone. A cell without a value, and ground beyond the
raster, is *missing*: told as an area of its own, never as zero. Slope is that of Horn (1981) over the eight neighbours;
where one of them is missing, so is the slope.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import rasterio
from exactextract import exact_extract
from exactextract.feature import GeoPandasFeatureSource
from exactextract.operation import Operation
from exactextract.raster import RasterSource
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from gis.errors import RasterUnreadable
from gis.measure import MM2_PER_M2, IntArray, areas_mm2

# Read at a time, in cells: memory stays far below 1 GiB whatever the size of a zone.
CELLS_AT_ONCE = 4_000_000
# Parts of cells are held in 32 bits: of an area, less than this is noise of that and not missing.
_NOISE = 1e-6
FloatArray = npt.NDArray[np.float32]
Kind = Literal["value", "slope", "class"]


@dataclass(eq=False)
class Raster:
    """An open raster in the system of a project.

    Attributes
    ----------
    dataset : rasterio's, warped where the file is in another system
    crs : of the cells as they are asked, that of the project
    file_crs : of the file, as text
    cell_m : width and height of a cell
    is_warped : values were resampled from the file's own cells
    """

    dataset: Any
    crs: CRS
    file_crs: str
    is_warped: bool
    _last: tuple[tuple[int, int, int, int], FloatArray] | None = field(default=None, repr=False)
    _slopes: tuple[FloatArray, FloatArray] | None = field(default=None, repr=False)

    @property
    def cell_m(self) -> tuple[float, float]:
        """Width and height of a cell."""
        return self.dataset.transform.a, -self.dataset.transform.e

    def padded(self, column: int, row: int, width: int, height: int) -> FloatArray:
        """Return the values of a window and of one cell around it, NaN where there is none; shape (h + 2, w + 2)."""
        window = (column, row, width, height)
        if self._last is None or self._last[0] != window:
            self._last = (window, self._read(column - 1, row - 1, width + 2, height + 2))
        return self._last[1]

    def slopes(self, padded: FloatArray) -> FloatArray:
        """Return the slopes of a window, percent; those of the last one are kept."""
        if self._slopes is None or self._slopes[0] is not padded:
            self._slopes = (padded, slope_percent(padded, self.cell_m))
        return self._slopes[1]

    def _read(self, column: int, row: int, width: int, height: int) -> FloatArray:
        values = np.full((height, width), np.nan, dtype=np.float32)
        left, top = max(column, 0), max(row, 0)
        right, bottom = min(column + width, self.dataset.width), min(row + height, self.dataset.height)
        if right > left and bottom > top:
            read = self.dataset.read(1, window=Window(left, top, right - left, bottom - top), masked=True)
            there = read.astype(np.float32).filled(np.nan) * self.dataset.scales[0] + self.dataset.offsets[0]
            values[top - row : bottom - row, left - column : right - column] = there
        return values


@contextmanager
def opened(path: Path, crs: CRS, *, classes: bool = False) -> Iterator[Raster]:
    """Open a GeoTIFF of one band in the system of a project.

    Parameters
    ----------
    classes : its numbers name classes, so that resampling never mixes them

    Raises
    ------
    RasterUnreadable
        It is no GeoTIFF, is turned, or states no system.
    """
    try:
        with rasterio.open(path, driver="GTiff") as file:
            if file.crs is None:
                raise RasterUnreadable(path=path, reason="CRS")
            own = CRS.from_user_input(file.crs.to_wkt())
            if own.equals(crs, ignore_axis_order=True):
                if file.transform.b or file.transform.d or file.transform.e > 0:
                    raise RasterUnreadable(path=path, reason=str(file.transform.to_gdal()))
                yield Raster(file, crs, own.to_string(), is_warped=False)
                return
            how = Resampling.nearest if classes else Resampling.bilinear
            with WarpedVRT(file, crs=crs.to_wkt(), resampling=how) as warped:
                yield Raster(warped, crs, own.to_string(), is_warped=True)
    except RasterioError as error:
        raise RasterUnreadable(path=path, reason=error) from error


def slope_percent(heights: FloatArray, cell_m: tuple[float, float]) -> FloatArray:
    """Return the steepest slope in percent of all but the outermost cells, shape (h - 2, w - 2); NaN where unknown.

    Source: B. K. P. Horn, Hill shading and the reflectance map, Proceedings of the IEEE 69 (1981).
    """
    east, north = _gradient(heights, cell_m)
    east *= east
    north *= north
    east += north
    slope: FloatArray = np.sqrt(east, out=east)
    slope *= 100
    return slope


def _gradient(z: FloatArray, cell_m: tuple[float, float]) -> tuple[FloatArray, FloatArray]:
    width, height = (np.float32(8 * size) for size in cell_m)
    down = z[:-2] + z[2:]
    down += 2 * z[1:-1]
    across = z[:, :-2] + z[:, 2:]
    across += 2 * z[:, 1:-1]
    east, north = down[:, 2:] - down[:, :-2], across[:-2] - across[2:]
    east /= width
    north /= height
    east[np.isnan(z[1:-1, 1:-1])] = np.nan  # the cell itself has no weight, and has to be there
    return east, north


def shade(heights: FloatArray, cell_m: tuple[float, float], *, exaggeration: float = 1.5) -> npt.NDArray[np.uint8]:
    """Return the relief lit from the north-west at 45°, 1 (dark) … 255, 0 where unknown; shape (h - 2, w - 2)."""
    east, north = (exaggeration * one for one in _gradient(heights, cell_m))
    light = (1 + (east - north) / np.sqrt(2)) / np.sqrt(2) / np.sqrt(1 + east**2 + north**2)
    lit = 1 + 254 * np.clip(light, 0, 1)
    return np.where(np.isnan(lit), 0, np.rint(np.nan_to_num(lit))).astype(np.uint8)


def write_hillshade(path: Path, crs: CRS, out: Path) -> None:
    """Write the shaded relief of an elevation model as a grey GeoTIFF picture; 0 where nothing is known.

    Raises
    ------
    RasterUnreadable
    """
    with opened(path, crs) as raster:
        size = {"width": raster.dataset.width, "height": raster.dataset.height, "count": 1, "dtype": "uint8"}
        profile = {"crs": crs.to_wkt(), "transform": raster.dataset.transform, "nodata": 0, "compress": "deflate"}
        with rasterio.open(out, "w", driver="GTiff", tiled=True, **size, **profile) as picture:
            for _, window in picture.block_windows(1):
                padded = raster.padded(window.col_off, window.row_off, window.width, window.height)
                picture.write(shade(padded, raster.cell_m), 1, window=window)


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
    rows = np.flatnonzero(sizes > 0)
    frame = GeoDataFrame(geometry=np.asarray(zones, dtype=object)[rows], crs=raster.crs)
    classes = {one.name: _classes(raster, frame, one) for one in questions}
    # Operations do not keep their sources alive: the list does.
    sources = [(one, _sources(raster, one, classes[one.name])) for one in questions]
    operations = [operation for one, its in sources for operation in _operations(one, its)]
    found = DataFrame()
    if len(rows):
        zoned = GeoPandasFeatureSource(frame)
        found = exact_extract(None, zoned, operations, output="pandas", max_cells_in_memory=CELLS_AT_ONCE)
    width, height = raster.cell_m
    cell_mm2 = width * height * MM2_PER_M2
    return {one.name: _answer(one, classes[one.name], found, rows, sizes, cell_mm2) for one in questions}


class _Cells(RasterSource):  # type: ignore[misc]  # exactextract ships no types
    """The cells of a raster, or what is made of them window by window."""

    def __init__(self, name: str, raster: Raster, make: Callable[[FloatArray], npt.NDArray[Any]]) -> None:
        super().__init__()
        self.set_name(name)  # sources of one name are taken for one
        self.raster, self.make = raster, make

    def res(self) -> tuple[float, float]:
        """Return width and height of a cell."""
        return self.raster.cell_m

    def extent(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north."""
        left, bottom, right, top = self.raster.dataset.bounds
        return left, bottom, right, top

    def nodata_value(self) -> None:
        """Return nothing: what is missing is NaN."""

    def srs_wkt(self) -> str:
        """Return the system, which is that of the zones."""
        return self.raster.crs.to_wkt()

    def read_window(self, x0: int, y0: int, nx: int, ny: int) -> npt.NDArray[Any]:
        """Return the cells of a window, shape (ny, nx)."""
        return np.ascontiguousarray(self.make(self.raster.padded(x0, y0, nx, ny)))


def _classes(raster: Raster, zones: GeoDataFrame, question: Question) -> list[int]:
    """Return the numbers of the classes: between the edges, or those that the raster names within the zones."""
    if question.kind != "class":
        return [*range(len(question.edges) + 1)]
    if not len(zones):
        return []
    numbers = _Cells(question.name, raster, lambda padded: np.rint(padded[1:-1, 1:-1]))
    named = [Operation("unique", "numbers", numbers)]
    zoned = GeoPandasFeatureSource(zones)
    found = exact_extract(None, zoned, named, output="pandas", max_cells_in_memory=CELLS_AT_ONCE)
    return sorted({int(number) for some in found["numbers"] for number in some})


def _sources(raster: Raster, question: Question, classes: Sequence[int]) -> list[_Cells]:
    """Return the values that a question asks about and, for each class but the last, whether a cell is in or below it.

    A cell without a value is below nothing, so that it counts in no class.
    """

    def values(padded: FloatArray) -> FloatArray:
        return raster.slopes(padded) if question.kind == "slope" else padded[1:-1, 1:-1]

    limits = question.edges if question.kind != "class" else [number + 0.5 for number in classes[:-1]]

    def below(limit: float) -> Callable[[FloatArray], npt.NDArray[Any]]:
        return lambda padded: (values(padded) < limit).view(np.uint8)

    first = _Cells(f"{question.name}.values", raster, values)
    limited = [_Cells(f"{question.name}.below.{place}", raster, below(one)) for place, one in enumerate(limits)]
    return [first, *limited]


def _operations(question: Question, sources: Sequence[_Cells]) -> list[Operation]:
    values, *below = sources
    return [
        *(Operation(name, f"{question.name}.{name}", values) for name in ("min", "mean", "max", "count")),
        *(Operation("sum", f"{question.name}.below.{place}", one) for place, one in enumerate(below)),
    ]


def _answer(
    question: Question, classes: Sequence[int], found: DataFrame, rows: Any, sizes: IntArray, cell_mm2: float
) -> Answer:
    statistics = DataFrame(np.nan, index=range(len(sizes)), columns=["least", "mean", "most"])
    area = np.zeros((len(sizes), len(classes)), dtype=np.int64)
    if len(rows) and classes:
        names = {"least": "min", "mean": "mean", "most": "max"}
        statistics.loc[rows] = found[[f"{question.name}.{name}" for name in names.values()]].to_numpy(dtype=np.float64)
        count = found[f"{question.name}.count"].to_numpy(dtype=np.float64)
        limits = [f"{question.name}.below.{place}" for place in range(len(classes) - 1)]
        below = found[limits].to_numpy(dtype=np.float64)
        parts = np.diff(np.column_stack([np.zeros(len(rows)), below, count]), axis=1)
        area[rows] = _closed(np.maximum(np.nan_to_num(parts), 0), count, sizes[rows], cell_mm2)
    return Answer(np.array(classes, dtype=np.int64), area, sizes - area.sum(axis=1), statistics)


def _closed(parts: Any, count: Any, sizes: IntArray, cell_mm2: float) -> IntArray:
    """Return the area of each class in whole mm²; where all is covered but for noise, the classes are the whole."""
    whole = (np.abs(count * cell_mm2 - sizes) <= _NOISE * sizes) & (count > 0)
    scale = np.where(whole, sizes / np.where(whole, count, 1), cell_mm2)
    area: IntArray = np.rint(parts * scale[:, None]).astype(np.int64)
    rest = np.where(whole, sizes - area.sum(axis=1), np.minimum(sizes - area.sum(axis=1), 0))
    area[np.arange(len(area)), area.argmax(axis=1)] += rest
    return area
