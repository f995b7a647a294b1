"""PNG from arrays: what a page shows as a picture, the same bytes for the same picture."""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_PALETTE, _RGBA = 3, 6
_NONE, _UP = 0, 2


def png_of_classes(picture: npt.NDArray[np.uint8], colours: Sequence[str]) -> bytes:
    """Return a picture of colour numbers, shape (height, width), as a PNG; number 0 is nothing.

    Parameters
    ----------
    colours : ``#rrggbb`` of number 1, 2 …, at most 255
    """
    height, width = picture.shape
    palette = b"\0\0\0" + b"".join(bytes.fromhex(colour.removeprefix("#")) for colour in colours[:255])
    parts = ((b"PLTE", palette), (b"tRNS", b"\0"), (b"IDAT", _packed(picture, _NONE)))
    return _file(width, height, _PALETTE, parts)


def png_of_rgba(picture: npt.NDArray[np.uint8]) -> bytes:
    """Return a picture, shape (height, width, 4), as a PNG."""
    height, width, _ = picture.shape
    lines = picture.reshape(height, width * 4)
    steps = np.diff(lines, axis=0, prepend=np.zeros((1, width * 4), np.uint8))  # wraps, as the format wants it
    return _file(width, height, _RGBA, ((b"IDAT", _packed(steps, _UP)),))


def _packed(lines: npt.NDArray[np.uint8], how: int) -> bytes:
    """Return the lines compressed, each led by its filter."""
    return zlib.compress(np.hstack([np.full((len(lines), 1), how, np.uint8), lines]).tobytes(), 9)


def _file(width: int, height: int, kind: int, parts: Sequence[tuple[bytes, bytes]]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    every = ((b"IHDR", header), *parts, (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in every)


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
