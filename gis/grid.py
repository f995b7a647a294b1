"""Grid: square cells of a power of two metres, anchored at the origin of the coordinate system."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from gis.ragged import Array

# More corners than this cost more to label than they save.
MOST_CELLS = 1 << 21
# A parcel has fewer, a commune many more.
FEW_CORNERS = 32


@dataclass(frozen=True, slots=True)
class Grid:
    """A window of the one plane-wide grid of cells of `cell_m`.

    The cell of a coordinate depends on the coordinate alone (a division by a power of two is exact), never on the
    window; so two windows of one grid agree about every cell, and a result that is a function of the cells near a
    unit is a function of the unit and of what lies near it.

    Attributes
    ----------
    cell_m : side of a cell, metres
    column, row : the first column and row of the window, counted from the origin of the plane
    columns, rows : size of the window
    """

    cell_m: float
    column: int
    row: int
    columns: int
    rows: int

    @classmethod
    def over(cls, bounds: Array, corners: Array) -> Self:
        """Return the grid over units, with cells of about the size of a unit, and smaller for units of many corners.

        Parameters
        ----------
        bounds : boxes of the units, shape (n, 4)
        corners : number of corners of each, shape (n,); beyond `FEW_CORNERS` on average the cells shrink with them, so
            that a cell along the outline of a large unit still holds few of its edges
        """
        has_place = np.isfinite(bounds).all(axis=1)
        placed = bounds[has_place]
        if not len(placed):
            return cls(1.0, 0, 0, 1, 1)
        west, south = placed[:, :2].min(axis=0)
        east, north = placed[:, 2:].max(axis=0)
        side = np.maximum(placed[:, 2] - placed[:, 0], placed[:, 3] - placed[:, 1]).mean()
        side *= min(1.0, FEW_CORNERS / corners[has_place].mean())
        cell = 2.0 ** np.ceil(np.log2(max(side, 1e-3)) - 0.5)
        while ((east - west) / cell + 1) * ((north - south) / cell + 1) > MOST_CELLS:
            cell *= 2
        # A margin of one cell: a line beside the outermost units is still near them.
        return cls._spanning(float(cell), west - cell, south - cell, east + cell, north + cell)

    @classmethod
    def _spanning(cls, cell: float, west: float, south: float, east: float, north: float) -> Self:
        column, row = int(np.floor(west / cell)), int(np.floor(south / cell))
        return cls(cell, column, row, int(np.floor(east / cell)) - column + 1, int(np.floor(north / cell)) - row + 1)

    def within(self, west: float, south: float, east: float, north: float) -> "Grid | None":
        """Return the window of the cells that meet a box, or None."""
        box = Grid._spanning(self.cell_m, west, south, east, north)
        column, row = max(self.column, box.column), max(self.row, box.row)
        columns = min(self.column + self.columns, box.column + box.columns) - column
        rows = min(self.row + self.rows, box.row + box.rows) - row
        return Grid(self.cell_m, column, row, columns, rows) if columns > 0 and rows > 0 else None

    def columns_of(self, x: Array) -> Array:
        """Return the column of eastings, counted from the window's first; may lie outside it."""
        return np.floor(x / self.cell_m).astype(np.int64) - self.column

    def rows_of(self, y: Array) -> Array:
        """Return the row of northings, counted from the window's first; may lie outside it."""
        return np.floor(y / self.cell_m).astype(np.int64) - self.row

    def cells_of(self, bounds: Array) -> tuple[Array, Array, Array, Array]:
        """Return first column, first row, last column and last row of boxes, shape (n, 4), cut at the window."""
        west, east = self.columns_of(bounds[:, 0]), self.columns_of(bounds[:, 2])
        south, north = self.rows_of(bounds[:, 1]), self.rows_of(bounds[:, 3])
        for column in (west, east):
            column.clip(0, self.columns - 1, out=column)
        for row in (south, north):
            row.clip(0, self.rows - 1, out=row)
        return west, south, east, north

    def meets(self, bounds: Array) -> Array:
        """Return which boxes, shape (n, 4), share a cell with the window."""
        west, south = self.column * self.cell_m, self.row * self.cell_m
        east, north = west + self.columns * self.cell_m, south + self.rows * self.cell_m
        meets: Array = (bounds[:, 0] < east) & (bounds[:, 1] < north) & (bounds[:, 2] >= west) & (bounds[:, 3] >= south)
        return meets

    def west_of(self, columns: Array) -> Array:
        """Return the easting of the west side of columns: exact."""
        west: Array = (columns + self.column) * self.cell_m
        return west

    def south_of(self, rows: Array) -> Array:
        """Return the northing of the south side of rows: exact."""
        south: Array = (rows + self.row) * self.cell_m
        return south
