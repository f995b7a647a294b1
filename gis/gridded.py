"""Gridded lines: the edges of a cover cut at the cells of a grid, and the classes at the corners of the cells."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gis.grid import Grid
from gis.outlines import Edges
from gis.ragged import expand, starts_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Edges cut at the sides of the cells, ordered by cell, shape (p,) each.

    Attributes
    ----------
    starts : first piece of every cell in row-major order, and the end, shape (cells + 1,)
    edge : the edge of which a piece is a stretch
    west, east : the stretch of eastings, metres
    top : its highest northing, metres, rounded up a little
    """

    starts: Ints
    edge: Ints
    west: Floats
    east: Floats
    top: Floats


@dataclass(frozen=True, eq=False)
class Crossings:
    """Where edges cross the upper side of a cell, ordered by cell, shape (c,) each.

    Attributes
    ----------
    starts : first crossing of every cell in row-major order, and the end, shape (cells + 1,)
    x : easting, metres
    unit : class whose edge crosses
    step : what its winding number gains on the way to the right, +1 or -1
    """

    starts: Ints
    x: Floats
    unit: Ints
    step: Ints


@dataclass(frozen=True, eq=False)
class Corners:
    """The classes at the upper left corner of every cell, as a list for each in row-major order.

    Attributes
    ----------
    starts : first entry of every cell, and the end, shape (cells + 1,)
    unit, winding : class and its winding number, never 0, ordered by class within a cell
    """

    starts: Ints
    unit: Ints
    winding: Ints


@dataclass(frozen=True, eq=False)
class Sides:
    """The classes that each edge of a line bounds: an edge of two neighbours is one edge with two sides.

    Attributes
    ----------
    starts : first side of every edge, and the end, shape (k + 1,)
    unit, below, rising : class, and on which side of the edge it lies, as in Edges
    """

    starts: Ints
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
    corners: Corners
    busy: Ints

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
        edges, sides = _told_once(edges)
        bands = _cut_at_rows(window, edges)
        pieces = _cut_at_columns(window, edges, bands)
        crossings = _crossings(window, sides, bands)
        corners = _corners(window, crossings)
        counts = np.diff(pieces.starts).reshape(window.rows, window.columns)
        busy = np.zeros((window.rows + 1, window.columns + 1), dtype=np.int64)
        counts.cumsum(axis=0).cumsum(axis=1, out=busy[1:, 1:])
        return cls(window, edges, sides, pieces, _inside(window, crossings), corners, busy)

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
        first, last = row * self.grid.columns + west[box], row * self.grid.columns + east[box]
        band, piece = expand(self.pieces.starts[first], self.pieces.starts[last + 1] - self.pieces.starts[first])
        return box[band], piece

    def corner_of(self, bounds: Floats) -> Ints:
        """Return the cell at the upper left of each box, shape (n, 4): its corner speaks for a box without lines."""
        west, _, _, north = self.grid.cells_of(bounds)
        return north * self.grid.columns + west


def _told_once(edges: Edges) -> tuple[Edges, Sides]:
    """Return each edge once, with the classes that it bounds; one that is missed here is only asked twice."""
    # Equal edges have equal sums, and unequal ones hardly ever.
    order = np.argsort(
        edges.left_x + 0.618 * edges.right_x + 0.271 * (edges.left_y + 0.733 * edges.right_y), kind="stable"
    )
    ends = [getattr(edges, name)[order] for name in ("left_x", "left_y", "right_x", "right_y")]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = np.logical_or.reduce([values[1:] != values[:-1] for values in ends])
    if first.all():
        return edges, Sides(np.arange(len(order) + 1), edges.unit, edges.below, edges.rising)
    starts = np.append(np.flatnonzero(first), len(order))
    return edges.take(order[first]), Sides(starts, edges.unit[order], edges.below[order], edges.rising[order])


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
    order = np.argsort(cell, kind="stable")
    band, column = band[order], column[order]
    edge = bands.edge[band]
    highest = np.maximum(edges.left_y, edges.right_y)[edge]
    return Pieces(
        starts=starts_of(np.bincount(cell, minlength=grid.rows * grid.columns)),
        edge=edge,
        west=np.maximum(west[band], grid.west_of(column)),
        east=np.minimum(east[band], grid.west_of(column + 1)),
        top=np.minimum(highest, grid.south_of(bands.row[band] + 1)),
    )


def _crossings(grid: Grid, sides: Sides, bands: _Bands) -> Crossings:
    # Those left of the window stand in column -1: they count at its first corner. Right of it nobody asks.
    top = np.flatnonzero(bands.reaches_top)
    column = np.maximum(grid.columns_of(bands.high[top]), -1)
    kept = column < grid.columns
    top, column = top[kept], column[kept]
    cell = bands.row[top] * (grid.columns + 1) + column + 1
    order = np.argsort(cell, kind="stable")
    band, side = sides.of(bands.edge[top[order]])
    starts = starts_of(np.bincount(cell[order][band], minlength=grid.rows * (grid.columns + 1)))
    return Crossings(starts, bands.high[top[order]][band], sides.unit[side], sides.rising[side])


def _inside(grid: Grid, crossings: Crossings) -> Crossings:
    # Drop column -1: what is left is ordered by cell of the window.
    counts = np.diff(crossings.starts).reshape(grid.rows, grid.columns + 1)
    kept = np.repeat((np.arange(grid.columns + 1) > 0)[np.newaxis].repeat(grid.rows, axis=0).ravel(), counts.ravel())
    starts = starts_of(counts[:, 1:].ravel())
    return Crossings(starts, crossings.x[kept], crossings.unit[kept], crossings.step[kept])


def _corners(grid: Grid, crossings: Crossings) -> Corners:
    """Return the classes at each corner: those whose crossings to its left do not cancel."""
    width = grid.columns + 1
    cell = np.repeat(np.arange(grid.rows * width), np.diff(crossings.starts))
    count = _summed(cell, crossings.step, grid)
    if not crossings.unit.any():
        present = count != 0
        return Corners(starts_of(present), np.zeros(int(present.sum()), dtype=np.int64), count[present])
    if count.max() <= 1:
        label = _summed(cell, (crossings.unit + 1) * crossings.step, grid)
        present = label > 0
        return Corners(starts_of(present), label[present] - 1, np.ones(int(present.sum()), dtype=np.int64))
    return _listed(grid, cell, crossings)


def _summed(cell: Ints, values: Ints, grid: Grid) -> Ints:
    # Sum of all values to the left of each corner, shape (rows * columns,); small integers are exact in a double.
    sums = np.bincount(cell, weights=values, minlength=grid.rows * (grid.columns + 1))
    return sums.reshape(grid.rows, -1).cumsum(axis=1)[:, :-1].ravel().astype(np.int64)


def _listed(grid: Grid, cell: Ints, crossings: Crossings) -> Corners:
    """Return the classes at each corner where they overlap: runs between the crossings of each class and row."""
    row, start = np.divmod(cell, grid.columns + 1)
    group = row * (int(crossings.unit.max()) + 1) + crossings.unit
    order = np.argsort(group, kind="stable")
    group, start, step = group[order], start[order], crossings.step[order]
    opens = np.diff(group, prepend=-1) != 0
    running = np.cumsum(step)
    before = (running - step)[opens]
    winding = running - np.repeat(before, np.diff(np.append(np.flatnonzero(opens), len(group))))
    follows = np.append(~opens[1:], False) if len(opens) else opens
    stop = np.where(follows, np.roll(start, -1), grid.columns)
    run, column = expand(start, np.where(winding != 0, stop - start, 0))
    corner = row[order][run] * grid.columns + column
    place = np.argsort(corner, kind="stable")
    unit = crossings.unit[order][run][place]
    starts = starts_of(np.bincount(corner, minlength=grid.rows * grid.columns))
    return Corners(starts, unit, winding[run][place])
