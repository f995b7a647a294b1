"""Which cells of a raster zones cover, and by what part: whole blocks of cells, and the cells along the edges.

exactextract says how much of a cell is covered. It fills the inside of a zone cell by cell, which is most of its time,
and every zone costs it a start. Here it is asked of blocks of cells first, then of the cells of those blocks alone
through which an edge runs; each time all pieces are laid side by side on one sheet, as one shape.

Coordinates are in cells: eastwards from the western edge of the raster, and northwards (hence negative) from its
northern edge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from exactextract import exact_extract
from exactextract.feature import Feature, FeatureSource
from exactextract.raster import NumPyRasterSource

# Cells along the side of a block: smaller ones leave less to fill, larger ones less to cut.
BLOCK = 32
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_POLYGON = 3


@dataclass(frozen=True, eq=False)
class Parts:
    """What zones cover of a window of cells; cells and blocks are numbered row by row within it.

    Attributes
    ----------
    block_zone, block : zone, and block that it covers whole; shape (b,)
    zone, cell, part : zone, cell on its edge, and the part of it that is covered, 0 < part <= 1; shape (n,)
    """

    block_zone: Ints
    block: Ints
    zone: Ints
    cell: Ints
    part: Floats


def parts(zones: Any, column: int, row: int, width: int, height: int) -> Parts:
    """Return what zones cover of a window.

    Parameters
    ----------
    zones : shapely (multi)polygons, in cells
    column, row, width, height : of the window; width and height are multiples of BLOCK
    """
    pieces, zone = _polygons(shapely.clip_by_rect(zones, column, -row - height, column + width, -row))
    origin, across = np.array([column, -row]), width // BLOCK
    piece, block, part = _covered(pieces, np.tile(origin, (len(pieces), 1)), (across, height // BLOCK), BLOCK)
    # A part that rounds to a whole block lacks less than a ten-thousandth of one cell.
    whole = part == 1
    block_zone, block, piece, edge = zone[piece[whole]], block[whole], piece[~whole], block[~whole]
    place = np.column_stack([edge % across, edge // across]) * BLOCK
    corners: Ints = origin + place * np.array([1, -1])
    cuts, cut = _polygons(_clipped(pieces[piece], corners))
    on, cell, covered = _covered(cuts, corners[cut], (BLOCK, BLOCK), 1)
    down, right = np.divmod(cell, BLOCK)
    cells = (place[cut[on], 1] + down) * width + place[cut[on], 0] + right
    return Parts(block_zone, block, zone[piece[cut[on]]], cells, covered)


def _polygons(shapes: Any) -> tuple[Any, Ints]:
    """Return the polygons among the parts of shapes, and of which shape each is one."""
    found, of = shapely.get_parts(shapes, return_index=True)
    is_land = (shapely.get_type_id(found) == _POLYGON) & ~shapely.is_empty(found)
    return found[is_land], of[is_land]


def _clipped(pieces: Any, corners: Ints) -> Any:
    """Return what of each piece lies in the block whose north-western corner is given."""
    boxes = np.column_stack([corners[:, 0], corners[:, 1] - BLOCK, corners[:, 0] + BLOCK, corners[:, 1]]).tolist()
    cut = [shapely.clip_by_rect(piece, *box) for piece, box in zip(pieces, boxes, strict=True)]
    return np.array(cut, dtype=object)


def _covered(pieces: Any, corners: Ints, size: tuple[int, int], side: int) -> tuple[Ints, Ints, Floats]:
    """Return piece, cell and covered part of all cells that pieces cover; sorted by none of them.

    Parameters
    ----------
    pieces : polygons; each lies within a field of cells
    corners : north-western corner of each field, shape (pieces, 2)
    size : columns and rows of a field; its cells are numbered row by row
    side : of one of its cells
    """
    if not len(pieces):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    across, down = size
    # One free column and row between two fields: no piece touches another.
    fields = int(np.ceil(np.sqrt(len(pieces))))
    wide, high = fields * (across + 1), -(-len(pieces) // fields) * (down + 1)
    number = np.arange(len(pieces))
    left, top = number % fields * (across + 1), number // fields * (down + 1)
    coordinates, of = shapely.get_coordinates(pieces, return_index=True)
    placed = (coordinates - corners[of]) / side + np.column_stack([left, -top])[of]
    sheet = shapely.multipolygons(shapely.set_coordinates(pieces.copy(), placed))
    # Numbers as values: exactextract hands them out at a third of the cost of its own numbers of cells.
    numbers = NumPyRasterSource(np.arange(high * wide, dtype=np.int32).reshape(high, wide), 0, -high, wide, 0)
    found = exact_extract(numbers, _Shapes(sheet), ["values", "coverage"], output="pandas")
    row, column = np.divmod(found["values"].iloc[0].astype(np.int64), wide)
    piece = row // (down + 1) * fields + column // (across + 1)
    cell = (row - top[piece]) * across + column - left[piece]
    return piece, cell, found["coverage"].iloc[0].astype(np.float64)


class _Shape(Feature):  # type: ignore[misc]  # exactextract ships no types
    """One shape without attributes, handed over in binary."""

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def geometry(self) -> bytes:
        """Return the shape."""
        return bytes(shapely.to_wkb(self.shape))

    def fields(self) -> list[str]:
        """Return no attributes."""
        return []


class _Shapes(FeatureSource):  # type: ignore[misc]  # exactextract ships no types
    """A source of one shape."""

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def count(self) -> int:
        """Return how many there are."""
        return 1

    def __iter__(self) -> Iterator[_Shape]:
        """Yield the shape."""
        yield _Shape(self.shape)

    def srs_wkt(self) -> None:
        """Return nothing: cells are in no system."""
