"""tidy(): pieces as a tile draws them, without what cannot be seen."""

import numpy as np
import numpy.typing as npt

from gis.ragged import starts_of
from maps.tiles.cutting import Pieces, joined
from maps.tiles.flat import AREA, POINT, Ints, Kind

_SPECK = np.array([[0, 0], [1, 0], [1, 1]])


def tidy(kind: Kind, pieces: Pieces, step: int) -> Pieces:
    """Return the pieces with vertices on a grid of `step` units, none twice in a row, rings open.

    Outer rings run clockwise on the screen, holes the other way. What becomes too small to be drawn is gone; at the
    finest zoom (`step` 1) it is a speck, so that every feature can be found.
    """
    if kind == POINT:
        return pieces
    snapped = _with(pieces, pieces.vertices // step * step)
    if kind == AREA:
        snapped = _filtered(snapped, ~_ends(snapped))
    fewer = _filtered(snapped, _moves(snapped))
    if kind == AREA:
        # Rounding may have brought the last vertex onto the first.
        lengths = np.diff(fewer.ring_starts)
        first, last = fewer.ring_starts[:-1][lengths > 1], fewer.ring_starts[1:][lengths > 1] - 1
        closed = np.zeros(len(fewer.vertices), bool)
        closed[last] = (fewer.vertices[first] == fewer.vertices[last]).all(axis=1)
        fewer = _filtered(fewer, ~closed)
    seen, lost = _seen(kind, fewer)
    return joined([seen, _specks(kind, pieces, lost)]).in_order() if step == 1 and len(lost) else seen


def _ends(pieces: Pieces) -> npt.NDArray[np.bool_]:
    ends = np.zeros(len(pieces.vertices), bool)
    ends[pieces.ring_starts[1:] - 1] = True
    return ends


def _moves(pieces: Pieces) -> npt.NDArray[np.bool_]:
    moves = np.ones(len(pieces.vertices), bool)
    moves[1:] = (pieces.vertices[1:] != pieces.vertices[:-1]).any(axis=1)
    lengths = np.diff(pieces.ring_starts)
    moves[pieces.ring_starts[:-1][lengths > 0]] = True
    return moves


def _filtered(pieces: Pieces, keep: npt.NDArray[np.bool_]) -> Pieces:
    lengths = np.bincount(pieces.ring_of[keep], minlength=len(pieces.is_shell))
    return Pieces(
        pieces.tile, pieces.unit, pieces.vertices[keep], starts_of(lengths), pieces.is_shell, pieces.piece_starts
    )


def _with(pieces: Pieces, vertices: Ints) -> Pieces:
    return Pieces(pieces.tile, pieces.unit, vertices, pieces.ring_starts, pieces.is_shell, pieces.piece_starts)


def _seen(kind: Kind, pieces: Pieces) -> tuple[Pieces, Ints]:
    """Return the pieces without rings that have no area or length, and the positions of those that are gone."""
    lengths = np.diff(pieces.ring_starts)
    good, turned = lengths >= 2, np.zeros(len(lengths), bool)
    if kind == AREA:
        double = double_areas(pieces)
        good = (lengths >= 3) & (double != 0)
        good &= good[
            np.maximum.accumulate(np.where(pieces.is_shell, np.arange(len(good)), 0))
        ]  # a hole needs its shell
        turned = good & ((double > 0) != pieces.is_shell)
    counts = np.add.reduceat(good.astype(np.int64), pieces.piece_starts[:-1])
    place = np.arange(len(pieces.vertices))
    mirrored = pieces.ring_starts[pieces.ring_of] + pieces.ring_starts[pieces.ring_of + 1] - 1 - place
    order = np.where(turned[pieces.ring_of], mirrored, place)[good[pieces.ring_of]]
    there = counts > 0
    seen = Pieces(
        pieces.tile[there], pieces.unit[there], pieces.vertices[order], starts_of(lengths[good]),
        pieces.is_shell[good], starts_of(counts[there]),
    )  # fmt: skip
    return seen, np.flatnonzero(~there)


def _specks(kind: Kind, pieces: Pieces, lost: Ints) -> Pieces:
    corner = pieces.vertices[pieces.ring_starts[pieces.piece_starts[lost]]]
    size = 3 if kind == AREA else 2
    ones = np.ones(len(lost), np.int64)
    vertices = (corner[:, None, :] + _SPECK[:size]).reshape(-1, 2)
    return Pieces(
        pieces.tile[lost], pieces.unit[lost], vertices, starts_of(size * ones), ones.astype(bool), starts_of(ones)
    )


def double_areas(pieces: Pieces) -> Ints:
    """Return twice the area of each open ring, positive where it runs clockwise on the screen."""
    lengths = np.diff(pieces.ring_starts)
    out = np.zeros(len(lengths), np.int64)
    filled = np.flatnonzero(lengths)
    if not len(filled):
        return out
    starts = pieces.ring_starts[filled]
    following = np.arange(1, len(pieces.vertices) + 1)
    following[starts + lengths[filled] - 1] = starts
    x, y = pieces.vertices.T
    out[filled] = np.add.reduceat(x * y[following] - x[following] * y, starts)
    return out
