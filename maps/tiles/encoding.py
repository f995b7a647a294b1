"""encoded(): pieces as the bytes of vector tiles (Mapbox Vector Tile 2.1), all features of a zoom at once.

Everything in a feature is a whole number of one to five bytes, so a zoom is one array of whole numbers that becomes
one array of bytes; a loop runs over tiles, never over features.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gis.ragged import starts_of
from maps.tiles.cutting import EXTENT, Pieces
from maps.tiles.flat import AREA, POINT, Ints, Kind

Bytes = npt.NDArray[np.uint8]

# Heads of fields as the specification numbers them: (field << 3) | type.
_LAYER, _NAME, _FEATURE, _KEY, _VALUE, _EXTENT, _VERSION = 0x1A, 0x0A, 0x12, 0x1A, 0x22, 0x28, 0x78
_ID, _TAGS, _TYPE, _GEOMETRY, _STRING = 0x08, 0x12, 0x18, 0x22, 0x0A
_CLOSE = 15


@dataclass(frozen=True, eq=False)
class Attributes:
    """What a tile says of its features besides their row: one class for each theme.

    Attributes
    ----------
    names : of the themes, ``land_use``
    values : the classes of all themes, one list for every tile
    codes : place in `values` of each row for each theme, shape (rows, themes)
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    codes: Ints

    @cached_property
    def tail(self) -> bytes:
        """What every tile ends with: names, classes, extent and version."""
        keys = b"".join(_text(_KEY, name) for name in self.names)
        values = b"".join(_framed(_VALUE, _text(_STRING, value)) for value in self.values)
        return keys + values + bytes([_EXTENT]) + _varint(EXTENT) + bytes([_VERSION, 2])


def encoded(name: str, kind: Kind, pieces: Pieces, row: Ints, attributes: Attributes) -> Iterator[tuple[Ints, bytes]]:
    """Yield column and row of every tile and its layer as bytes.

    Parameters
    ----------
    name : of the layer
    pieces : in the order of their tiles
    row : of each piece, which becomes its id
    """
    if not len(pieces):
        return
    numbers, counts = _features(kind, pieces, row, attributes.codes)
    content, sizes = varints(numbers)
    ends = np.cumsum(np.add.reduceat(sizes, starts_of(counts)[:-1]))
    changes = np.flatnonzero(np.diff(pieces.tile, axis=0).any(axis=1))
    stops = [*(ends[changes]).tolist(), len(content)]
    firsts = [0, *(changes + 1).tolist()]
    head, tail = _text(_NAME, name), attributes.tail
    start = 0
    for first, stop in zip(firsts, stops, strict=True):
        body = head + content[start:stop].tobytes() + tail
        yield pieces.tile[first], _framed(_LAYER, body)
        start = stop


def varints(numbers: Ints) -> tuple[Bytes, Ints]:
    """Return non-negative whole numbers below 2³⁵ as variable-length bytes, and how many bytes each takes.

    Examples
    --------
    >>> [part.tolist() for part in varints(np.array([1, 300]))]
    [[1, 172, 2], [1, 2]]
    """
    sizes = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= 1 << bits
    starts = starts_of(sizes)
    out = np.zeros(starts[-1], np.uint8)
    for byte in range(5):
        has = np.flatnonzero(sizes > byte)
        more = (sizes[has] > byte + 1).astype(np.int64) << 7
        out[starts[has] + byte] = (numbers[has] >> (7 * byte)) & 0x7F | more
    return out, sizes


def _features(kind: Kind, pieces: Pieces, row: Ints, codes: Ints) -> tuple[Ints, Ints]:
    """Return the whole numbers of all features, and how many each has."""
    geometry, counts = _commands(kind, pieces)
    lengths = np.add.reduceat(varints(geometry)[1], starts_of(counts)[:-1])
    themes = codes.shape[1]
    tags = np.empty((len(pieces), 2 * themes), np.int64)
    tags[:, 0::2], tags[:, 1::2] = np.arange(themes), codes[row]
    tag_lengths = varints(tags.ravel())[1].reshape(tags.shape).sum(axis=1)
    fields = [_ID, row, _TAGS, tag_lengths, *tags.T, _TYPE, kind, _GEOMETRY, lengths]
    head = np.column_stack([np.broadcast_to(one, len(pieces)) for one in fields])
    sizes = varints(head.ravel())[1].reshape(head.shape).sum(axis=1) + lengths
    head = np.column_stack([np.full(len(pieces), _FEATURE), sizes, head])
    totals = counts + head.shape[1]
    starts = starts_of(totals)[:-1]
    out = np.empty(totals.sum(), np.int64)
    is_head = np.zeros(len(out), bool)
    is_head[(starts[:, None] + np.arange(head.shape[1])).ravel()] = True
    out[is_head], out[~is_head] = head.ravel(), geometry
    return out, totals


def _commands(kind: Kind, pieces: Pieces) -> tuple[Ints, Ints]:
    """Return the drawing commands of all pieces, and how many numbers each piece has."""
    lengths = np.diff(pieces.ring_starts)
    place = np.arange(len(pieces.vertices)) - np.repeat(pieces.ring_starts[:-1], lengths)
    ring_of = np.repeat(np.arange(len(lengths)), lengths)
    counts = 2 * lengths + {POINT: 1, AREA: 3}.get(kind, 2)
    starts = starts_of(counts)
    out = np.empty(starts[-1], np.int64)
    steps = np.diff(pieces.vertices, axis=0, prepend=np.zeros((1, 2), np.int64))
    first = pieces.ring_starts[pieces.piece_starts[:-1]]
    steps[first] = pieces.vertices[first]
    zigzag = (steps << 1) ^ (steps >> 63)
    at = starts[ring_of] + 2 * place + (1 if kind == POINT else 2) - (kind != POINT) * (place == 0)
    out[at], out[at + 1] = zigzag[:, 0], zigzag[:, 1]
    out[starts[:-1]] = (lengths << 3 | 1) if kind == POINT else 9
    if kind != POINT:
        out[starts[:-1] + 3] = (lengths - 1) << 3 | 2
    if kind == AREA:
        out[starts[1:] - 1] = _CLOSE
    return out, np.add.reduceat(counts, pieces.piece_starts[:-1])


def _text(field: int, text: str) -> bytes:
    return _framed(field, text.encode())


def _framed(field: int, content: bytes) -> bytes:
    return bytes([field]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
