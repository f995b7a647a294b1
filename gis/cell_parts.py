"""Which cells of a raster zones cover, and by what part: runs of whole cells, and the cells along the edges.

Every edge is cut where it leaves a row, and then where it leaves a column. What lies to its right in the row is covered
from there on, by the height of the piece; of its own cell the piece covers what is to its right. Summed along the row,
with the sign of the side on which the land is, that is the part of every cell that is covered; between two cells with
edges lies a run of cells that is covered whole or not at all. No cell inside a zone is ever touched.

This is our own, because to exactextract (by which the tests measure it) each cell inside a zone is one to be told.

Coordinates are in cells: eastwards and southwards from the north-western corner of the raster.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from gis.cell_runs import Runs
from gis.gridded import Floats, Ints
from gis.outlines import Outlines
from gis.ragged import expand, ordered, starts_of

# Of a cell; what is less is the rounding of coordinates.
_NOISE = 1e-9


@dataclass(frozen=True, eq=False)
class Window:
    """A part of a raster: the first column and row, and how many there are."""

    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Parts:
    """What zones cover of a window; its cells are numbered row by row.

    Attributes
    ----------
    run_zone, runs : zone, and cells of one row that it covers whole, shape (r,)
    zone, cell, part : zone, cell on its edge, and the part of it that is covered, 0 < part <= 1; ordered by zone and
        cell, shape (n,)
    """

    run_zone: Ints
    runs: Runs
    zone: Ints
    cell: Ints
    part: Floats


@dataclass(frozen=True, eq=False)
class Borders:
    """The edges of zones from their upper to their lower end, zone after zone.

    Attributes
    ----------
    starts : first edge of every zone, and the end, shape (zones + 1,)
    top, bottom, top_x, bottom_x : southing and easting of the ends, in cells, shape (k,) each
    gain : +1 where a step to the right over the edge leads into the zone, -1 where it leads out, 0 where it is level
    """

    starts: Ints
    top: Floats
    bottom: Floats
    top_x: Floats
    bottom_x: Floats
    gain: Ints

    @classmethod
    def of(cls, zones: Any) -> Self:
        """Take the edges of shapely (multi)polygons in cells."""
        edges = Outlines.of(zones).edges()
        falls = edges.left_y <= edges.right_y
        return cls(
            starts_of(np.bincount(edges.unit, minlength=len(zones))),
            np.where(falls, edges.left_y, edges.right_y),
            np.where(falls, edges.right_y, edges.left_y),
            np.where(falls, edges.left_x, edges.right_x),
            np.where(falls, edges.right_x, edges.left_x),
            edges.rising,
        )


@dataclass(frozen=True, eq=False)
class _Pieces:
    # Pieces of edges in one row each: zone, row of the window, eastings, and the height with its sign.
    zone: Ints
    row: Ints
    west: Floats
    east: Floats
    gain: Floats


def parts(borders: Borders, zones: Ints, window: Window) -> Parts:
    """Return what some zones cover of a window."""
    pieces = _cut_at_rows(borders, zones, window)
    place, own, gain = _summed(*_cut_at_columns(pieces, window))
    # Pieces beyond either side are counted there, so that every row of a zone closes to nothing.
    line, column = np.divmod(place, window.width + 2)
    column -= 1
    zone, row = np.divmod(line, window.height)
    cell = row * window.width + column
    until = np.cumsum(gain)
    part = np.minimum(until - gain + own, 1.0)
    on_edge = (part > _NOISE) & (column >= 0) & (column < window.width)
    inside = np.flatnonzero((np.rint(until[:-1]) > 0) & (place[1:] > place[:-1] + 1))
    inside = inside[ordered(cell[inside] + 1)]
    runs = Runs(cell[inside] + 1, cell[inside + 1])
    return Parts(zone[inside], runs, zone[on_edge], cell[on_edge], part[on_edge])


def _cut_at_rows(borders: Borders, zones: Ints, window: Window) -> _Pieces:
    owner, edge = expand(borders.starts[zones], np.diff(borders.starts)[zones])
    top, bottom = borders.top[edge], borders.bottom[edge]
    first = np.maximum(np.floor(top), window.row).astype(np.int64)
    rows = np.minimum(np.ceil(bottom), window.row + window.height).astype(np.int64) - first
    some = rows > 0
    which, row = expand(first[some], rows[some])
    edge, zone = edge[some][which], zones[owner[some]][which]
    top, bottom = np.maximum(borders.top[edge], row), np.minimum(borders.bottom[edge], row + 1)
    one, other = _easting(borders, edge, top, 0.0), _easting(borders, edge, bottom, 1.0)
    gain = (bottom - top) * borders.gain[edge]
    return _Pieces(zone, row - window.row, np.minimum(one, other), np.maximum(one, other), gain)


def _easting(borders: Borders, edge: Ints, southing: Floats, level: float) -> Floats:
    """Return where edges cross a line, level ones at a given part of them.

    It is a function of both alone, so that the rows above and below the line see one crossing.
    """
    top, bottom, one, other = (of[edge] for of in (borders.top, borders.bottom, borders.top_x, borders.bottom_x))
    part = np.divide(southing - top, bottom - top, out=np.full(len(edge), level), where=bottom > top)
    found: Floats = np.clip(one + part * (other - one), np.minimum(one, other), np.maximum(one, other))
    return found


def _cut_at_columns(pieces: _Pieces, window: Window) -> tuple[Ints, Floats, Floats]:
    """Return places (by zone, row, and column from that before the window on), what pieces cover of them, and gains."""
    before, after = window.column - 1, window.column + window.width
    first = np.clip(np.floor(pieces.west), before, after).astype(np.int64)
    last = np.maximum(np.clip(np.ceil(pieces.east) - 1, before, after).astype(np.int64), first)
    piece, column = expand(first, last - first + 1)
    west, east = pieces.west[piece], pieces.east[piece]
    one = np.where(column == first[piece], west, column)
    other = np.where(column == last[piece], east, column + 1)
    wide = east > west
    gain = pieces.gain[piece] * np.divide(other - one, east - west, out=np.ones(len(piece)), where=wide)
    line = (pieces.zone * window.height + pieces.row) * (window.width + 2)
    return line[piece] + column - before, gain * (column + 1 - (one + other) / 2), gain


def _summed(place: Ints, own: Floats, gain: Floats) -> tuple[Ints, Floats, Floats]:
    """Return every place once, ascending, with the sums of what is there."""
    order = ordered(place)
    place = place[order]
    opens = np.flatnonzero(np.diff(place, prepend=-1))
    if not len(opens):
        return place, own, gain
    return place[opens], np.add.reduceat(own[order], opens), np.add.reduceat(gain[order], opens)
