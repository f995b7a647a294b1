"""Gridded lines: the edges of a cover cut at the cells of a grid, and the classes at the corners of the cells."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gis.grid import Grid
from gis.outlines import Edges
from gis.ragged import expand, ordered, starts_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Edges cut at the sides of the cells, ordered by cell, shape (p,) each.

    Attributes
    ----------
    cell : in row-major order
    edge : the edge of which a piece is a stretch
    west, east : the stretch of eastings, metres
    top : its highest northing, metres, rounded up a little
    """

    cell: Ints
    edge: Ints
    west: Floats
    east: Floats
    top: Floats


@dataclass(frozen=True, eq=False)
class Crossings:
    """Where edges cross the upper side of a cell, ordered by cell, shape (c,) each.

    Attributes
    ----------
    row, column : of the cell; column -1 is everything left of the window
    x : easting, metres
    unit : class whose edge crosses
    step : what its winding number gains on the way to the right, +1 or -1
    """

    row: Ints
    column: Ints
    x: Floats
    unit: Ints
    step: Ints


@dataclass(frozen=True, eq=False)
class Corners:
    """The classes at the upper left corner of every cell, as runs of corners that have the same, in row-major order.

    Attributes
    ----------
    first : corner with which a run begins, shape (r,)
    starts : first entry of every run, and the end, shape (r + 1,)
    unit, winding : class and its winding number, never 0, ordered by class within a run
    """

    first: Ints
    starts: Ints
    unit: Ints
    winding: Ints

    def runs_of(self, cells: Ints) -> Ints:
        """Return the run in which the corners of `cells` lie."""
        runs: Ints = np.searchsorted(self.first, cells, side="right") - 1
        return runs

    def listed(self, runs: Ints) -> tuple[Ints, Ints]:
        """Return (place in `runs`, entry) of all classes of `runs`."""
        return expand(self.starts[runs], self.starts[runs + 1] - self.starts[runs])


@dataclass(frozen=True, eq=False)
class Sides:
    """The classes that each edge of a line bounds: an edge of two neighbours is one edge with two sides.

    Attributes
    ----------
    starts : first side of every edge, and the end, shape (k + 1,)
    edge : the edge as it was given
    unit, below, rising : class, and on which side of the edge it lies, as in Edges
    """

    starts: Ints
    edge: Ints
    unit: Ints
    below: Ints
    rising: Ints

    def of(self, edges: Ints) -> tuple[Ints, Ints]:
        """Return (place in `edges`, side) of all sides of `edges`."""
        return expand(self.starts[edges], self.starts[edges + 1] - self.starts[edges])


@dataclass(frozen=True, eq=False)
class GriddedLines:
    """The lines of k classes on a grid: everything that a unit asks of what lies near it.

    Attributes
    ----------
    grid : window of the cells that the classes reach
    edges : their edges, each once
    sides : the classes on the sides of each edge
    busy : how many pieces lie in the cells left of and below a corner, shape (rows + 1, columns + 1)
    """

    grid: Grid
    edges: Edges
    sides: Sides
    pieces: Pieces
    crossings: Crossings
    busy: npt.NDArray[np.int32]

    @classmethod
    def on(cls, grid: Grid, edges: Edges) -> "GriddedLines | None":
        """Lay `edges` on the part of `grid` that they reach; None where they reach nothing of it."""
        if not len(edges):
            return None
        west, east = edges.left_x.min(), edges.right_x.max()
        south = min(edges.left_y.min(), edges.right_y.min())
        north = max(edges.left_y.max(), edges.right_y.max())
        window = grid.within(west, south, east, north)
        if window is None:
            return None
        edges, sides = told_once(edges)
        bands = _cut_at_rows(window, edges)
        pieces = _cut_at_columns(window, edges, bands)
        return cls(window, edges, sides, pieces, _crossings(window, sides, bands), _summed_area(window, pieces))

    @cached_property
    def corners(self) -> Corners:
        """The classes at the corners of the cells."""
        return _corners(self.grid, self.crossings)

    def lie_near(self, bounds: Floats) -> npt.NDArray[np.bool_]:
        """Return which boxes, shape (n, 4), have a piece in one of their cells."""
        west, south, east, north = self.grid.cells_of(bounds)
        near: npt.NDArray[np.bool_] = (
            self.busy[north + 1, east + 1] - self.busy[south, east + 1]
            != self.busy[north + 1, west] - self.busy[south, west]
        )
        return near

    def pieces_near(self, bounds: Floats) -> tuple[Ints, Ints]:
        """Return (box, piece) of every piece in a cell of each box, shape (n, 4), ordered by box."""
        west, south, east, north = self.grid.cells_of(bounds)
        box, row = expand(south, north - south + 1)
        band, piece = _members(self.pieces.cell, *(row * self.grid.columns + column[box] for column in (west, east)))
        return box[band], piece

    def crossings_above(self, west: Ints, east: Ints, north: Ints) -> tuple[Ints, Ints]:
        """Return (box, crossing) of every crossing of the upper side of boxes of cells, ordered by box."""
        return _members(self._crossed, *(north * (self.grid.columns + 1) + column + 1 for column in (west, east)))

    @cached_property
    def _crossed(self) -> Ints:
        crossed: Ints = self.crossings.row * (self.grid.columns + 1) + self.crossings.column + 1
        return crossed

    def corner_of(self, bounds: Floats) -> Ints:
        """Return the cell at the upper left of each box, shape (n, 4): its corner speaks for a box without lines."""
        west, _, _, north = self.grid.cells_of(bounds)
        return north * self.grid.columns + west


def _members(ordered: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return (span, position) of the numbers of `ordered` that lie in each span, both its ends included."""
    starts = np.searchsorted(ordered, first, side="left")
    return expand(starts, np.searchsorted(ordered, last, side="right") - starts)


def told_once(edges: Edges) -> tuple[Edges, Sides]:
    """Return each edge once, with the classes that it bounds; one that is missed here is only asked twice."""
    # Equal edges have equal sums, and unequal ones hardly ever.
    order = np.argsort(edges.left_x + 0.618 * edges.right_x + 0.271 * (edges.left_y + 0.733 * edges.right_y))
    ends = [getattr(edges, name)[order] for name in ("left_x", "left_y", "right_x", "right_y")]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.logical_or.reduce([values[1:] != values[:-1] for values in ends])
    if first.all():
        every = np.arange(len(order))
        return edges, Sides(np.arange(len(order) + 1), every, edges.unit, edges.below, edges.rising)
    starts = np.append(np.flatnonzero(first), len(order))
    told = edges.take(order)
    return told.take(first), Sides(starts, order, told.unit, told.below, told.rising)


@dataclass(frozen=True, eq=False)
class _Bands:
    # Edges cut at the horizontal grid lines: the stretch of `edge` in `row`, from its lower end at x `low` to `high`.
    edge: Ints
    row: Ints
    low: Floats
    high: Floats
    reaches_top: npt.NDArray[np.bool_]


def _cut_at_rows(grid: Grid, edges: Edges) -> _Bands:
    upward = edges.left_y <= edges.right_y
    low_x, high_x = np.where(upward, edges.left_x, edges.right_x), np.where(upward, edges.right_x, edges.left_x)
    low_y, high_y = np.minimum(edges.left_y, edges.right_y), np.maximum(edges.left_y, edges.right_y)
    first, last = grid.rows_of(low_y), grid.rows_of(high_y)
    begin, end = np.maximum(first, 0), np.minimum(last, grid.rows - 1)
    edge, row = expand(begin, np.maximum(end - begin + 1, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        lean = (edges.right_x - edges.left_x) / (edges.right_y - edges.left_y)
    reaches_top, comes_from_below = row < last[edge], row > first[edge]
    low, high = low_x[edge], high_x[edge]
    low[comes_from_below] = _x_at(grid, edges, lean, edge[comes_from_below], row[comes_from_below])
    high[reaches_top] = _x_at(grid, edges, lean, edge[reaches_top], row[reaches_top] + 1)
    return _Bands(edge, row, low, high, reaches_top)


def _x_at(grid: Grid, edges: Edges, lean: Floats, edge: Ints, line: Ints) -> Floats:
    # A function of the edge and the line alone: both cells at the line see the same crossing.
    x = edges.left_x[edge] + (grid.south_of(line) - edges.left_y[edge]) * lean[edge]
    return np.clip(x, edges.left_x[edge], edges.right_x[edge])


def _cut_at_columns(grid: Grid, edges: Edges, bands: _Bands) -> Pieces:
    west, east = np.minimum(bands.low, bands.high), np.maximum(bands.low, bands.high)
    first, last = grid.columns_of(west), grid.columns_of(east)
    begin, end = np.maximum(first, 0), np.minimum(last, grid.columns - 1)
    band, column = expand(begin, np.maximum(end - begin + 1, 0))
    cell = bands.row[band] * grid.columns + column
    order = ordered(cell)
    band, column = band[order], column[order]
    edge = bands.edge[band]
    highest = np.maximum(edges.left_y, edges.right_y)[edge]
    return Pieces(
        cell=cell[order],
        edge=edge,
        west=np.maximum(west[band], grid.west_of(column)),
        east=np.minimum(east[band], grid.west_of(column + 1)),
        top=np.minimum(highest, grid.south_of(bands.row[band] + 1)),
    )


def _summed_area(grid: Grid, pieces: Pieces) -> npt.NDArray[np.int32]:
    busy = np.zeros((grid.rows + 1, grid.columns + 1), dtype=np.int32)
    opens = np.flatnonzero(np.diff(pieces.cell, prepend=-1))
    row, column = np.divmod(pieces.cell[opens], grid.columns)
    busy[row + 1, column + 1] = np.diff(np.append(opens, len(pieces.cell)))
    np.cumsum(busy, axis=1, out=busy)
    # Row onto row: numpy would walk up every column, from one line of memory to the next.
    for below, above in pairwise(busy):
        np.add(above, below, out=above)
    return busy


def _crossings(grid: Grid, sides: Sides, bands: _Bands) -> Crossings:
    # Those left of the window stand in column -1: they count at its first corner. Right of it nobody asks.
    top = np.flatnonzero(bands.reaches_top)
    column = np.maximum(grid.columns_of(bands.high[top]), -1)
    kept = column < grid.columns
    top, column = top[kept], column[kept]
    order = ordered(bands.row[top] * (grid.columns + 1) + column + 1)
    top, column = top[order], column[order]
    one, side = sides.of(bands.edge[top])
    return Crossings(bands.row[top][one], column[one], bands.high[top][one], sides.unit[side], sides.rising[side])


def _corners(grid: Grid, crossings: Crossings) -> Corners:
    """Return the classes at each corner: those whose crossings to its left do not cancel."""
    group = crossings.row * (int(crossings.unit.max(initial=0)) + 1) + crossings.unit
    order = ordered(group)
    group, step = group[order], crossings.step[order]
    row, start, unit = crossings.row[order], crossings.column[order] + 1, crossings.unit[order]
    opens = np.diff(group, prepend=-1) != 0
    running = np.cumsum(step)
    before = (running - step)[opens]
    winding = running - np.repeat(before, np.diff(np.append(np.flatnonzero(opens), len(group))))
    # A class holds from one of its crossings to the next one of the row, or to the row's end.
    follows = np.append(~opens[1:], False) if len(opens) else opens
    stop = np.where(follows, np.roll(start, -1), grid.columns)
    some = (winding != 0) & (start < stop)
    begin, end = (row * grid.columns + start)[some], (row * grid.columns + stop)[some]
    unit, winding = unit[some], winding[some]
    first = np.unique(np.concatenate([[0], begin, end]))
    begin, end = np.searchsorted(first, begin), np.searchsorted(first, end)
    held, run = expand(begin, end - begin)
    order = ordered(run * (int(unit.max(initial=0)) + 1) + unit[held])
    starts = starts_of(np.bincount(run, minlength=len(first)))
    return Corners(first, starts, unit[held][order], winding[held][order])
