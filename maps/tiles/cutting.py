"""cut(): what of a layer lies on each tile of one zoom, in the whole numbers of that tile.

A small feature goes whole to every tile that its box meets: no seam of a cut ever shows, and its box on the tile is
its own. Only a feature over many tiles is cut, a little beyond their edges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.outlines import Outlines
from gis.ragged import expand, starts_of
from maps.tiles.flat import AREA, LINE, Flat, Ints

EXTENT = 4096
# A line at the edge of a tile is drawn to its whole width on both sides.
MARGIN = 64
# A feature over more tiles than this is cut.
_TILES_WHOLE = 4


@dataclass(frozen=True, eq=False)
class Pieces:
    """Features on tiles of one zoom, in the order of the tiles.

    Attributes
    ----------
    tile : column and row of the tile of each piece, shape (p, 2)
    unit : feature of each piece, as its position in the layer, shape (p,)
    vertices : shape (m, 2), in units of the tile, y to the south; rings are closed
    ring_starts, is_shell : as in `Flat`
    piece_starts : first ring of every piece, and the end, shape (p + 1,)
    """

    tile: Ints
    unit: Ints
    vertices: Ints
    ring_starts: Ints
    is_shell: npt.NDArray[np.bool_]
    piece_starts: Ints

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.unit)

    @property
    def ring_of(self) -> Ints:
        """Ring of every vertex, shape (m,)."""
        return np.repeat(np.arange(len(self.is_shell)), np.diff(self.ring_starts))

    def in_order(self) -> "Pieces":
        """Return the pieces tile after tile, in each by feature."""
        return self.take(np.lexsort((self.unit, self.tile[:, 0], self.tile[:, 1])))

    def take(self, order: Ints) -> "Pieces":
        """Return the pieces `order` alone, in that order."""
        counts = np.diff(self.piece_starts)[order]
        _, rings = expand(self.piece_starts[order], counts)
        lengths = np.diff(self.ring_starts)[rings]
        _, points = expand(self.ring_starts[rings], lengths)
        return Pieces(
            self.tile[order], self.unit[order], self.vertices[points], starts_of(lengths), self.is_shell[rings],
            starts_of(counts),
        )  # fmt: skip


def cut(flat: Flat, zoom: int, chosen: Ints) -> Pieces:
    """Return the chosen features on the tiles of one zoom, tile after tile.

    Parameters
    ----------
    chosen : positions in the layer
    """
    size = EXTENT << zoom
    boxes = flat.boxes[chosen] * size
    first = np.floor((boxes[:, :2] - MARGIN) / EXTENT).astype(np.int64)
    spans = np.floor((boxes[:, 2:] + MARGIN) / EXTENT).astype(np.int64) - first + 1
    whole = spans.prod(axis=1) <= _TILES_WHOLE
    found = [_whole(flat, size, chosen[whole], first[whole], spans[whole])]
    if flat.kind in (AREA, LINE) and not whole.all():
        found += _cut(flat, size, chosen[~whole])
    return joined(found).in_order()


def _whole(flat: Flat, size: int, units: Ints, first: Ints, spans: Ints) -> Pieces:
    """Return every tile that the box of a feature meets, with the whole feature."""
    owner, place = expand(np.zeros(len(units), np.int64), spans.prod(axis=1))
    tile = first[owner] + np.column_stack([place % spans[owner, 0], place // spans[owner, 0]])
    counts = np.diff(flat.unit_starts)[units[owner]]
    _, rings = expand(flat.unit_starts[units[owner]], counts)
    lengths = np.diff(flat.ring_starts)[rings]
    ring_of, points = expand(flat.ring_starts[rings], lengths)
    piece_of = np.repeat(np.arange(len(owner)), counts)[ring_of]
    vertices = np.rint(flat.world[points] * size).astype(np.int64) - tile[piece_of] * EXTENT
    return Pieces(tile, units[owner], vertices, starts_of(lengths), flat.is_shell[rings], starts_of(counts))


def _cut(flat: Flat, size: int, units: Ints) -> list[Pieces]:
    shapes = _shapes(flat, units, size)
    west, north, east, south = shapely.total_bounds(shapes)
    edge = EXTENT * 2.0 ** np.ceil(np.log2(max(east - west, south - north, EXTENT) / EXTENT))
    corner = np.floor(np.array([west, north]) / edge) * edge
    # The first square is one of the quadrants of the world, so that its halves are tiles.
    squares = [corner + edge * np.array(step) for step in ((0, 0), (1, 0), (0, 1), (1, 1))]
    return [
        _cut_piece(part, owner, tile, flat.kind)
        for square in squares
        for tile, part, owner in _quartered(shapes, units, square, edge)
    ]


def _quartered(shapes: Any, owner: Ints, corner: Any, edge: float) -> Iterator[tuple[Ints, Any, Ints]]:
    """Yield each tile with what of the shapes lies on it, halving a square until it is a tile."""
    west, north = corner - MARGIN
    part = shapely.clip_by_rect(shapes, west, north, west + edge + 2 * MARGIN, north + edge + 2 * MARGIN)
    there = ~shapely.is_empty(part)
    part, owner = part[there], owner[there]
    if not len(part):
        return
    if edge <= EXTENT:
        yield (corner // EXTENT).astype(np.int64), part, owner
        return
    half = edge / 2
    for step in ((0, 0), (1, 0), (0, 1), (1, 1)):
        yield from _quartered(part, owner, corner + half * np.array(step), half)


def _shapes(flat: Flat, units: Ints, size: int) -> Any:
    if flat.kind == AREA:
        outlines = Outlines(np.rint(flat.world * size), flat.ring_starts, flat.is_shell, flat.unit_starts)
        return outlines.take(units).polygons()
    counts = np.diff(flat.unit_starts)[units]
    owner, rings = expand(flat.unit_starts[units], counts)
    line_of, points = expand(flat.ring_starts[rings], np.diff(flat.ring_starts)[rings])
    lines = np.asarray(shapely.linestrings(np.rint(flat.world[points] * size), indices=line_of))
    return np.asarray(shapely.multilinestrings(lines, indices=owner))


def _cut_piece(part: Any, owner: Ints, tile: Ints, kind: int) -> Pieces:
    if kind == AREA:
        rings = Outlines.of(part)
        has = np.diff(rings.unit_starts) > 0
        coordinates, starts, is_shell, counts = (
            rings.coordinates, rings.ring_starts, rings.is_shell, np.diff(rings.unit_starts)[has]
        )  # fmt: skip
        owner = owner[has]
    else:
        lines, line_of = shapely.get_parts(part, return_index=True)
        coordinates, starts = shapely.get_coordinates(lines), starts_of(shapely.get_num_coordinates(lines))
        is_shell, counts = np.ones(len(lines), bool), np.bincount(line_of, minlength=len(part))
    vertices = np.rint(coordinates).astype(np.int64) - tile * EXTENT
    return Pieces(np.tile(tile, (len(owner), 1)), owner, vertices, starts, is_shell, starts_of(counts))


def joined(found: list[Pieces]) -> Pieces:
    """Return the pieces of several cuts as one."""
    rings = [np.diff(one.ring_starts) for one in found]
    counts = [np.diff(one.piece_starts) for one in found]
    return Pieces(
        np.concatenate([one.tile for one in found]),
        np.concatenate([one.unit for one in found]),
        np.concatenate([one.vertices for one in found]),
        starts_of(np.concatenate(rings)),
        np.concatenate([one.is_shell for one in found]),
        starts_of(np.concatenate(counts)),
    )
