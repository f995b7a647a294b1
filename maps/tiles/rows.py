"""row_blocks(): the cells of a large layer in blocks of rows, each packed, so that a click loads one of them."""

import gzip
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

# A block is what one click loads: a few tens of kilobytes.
ROWS = 1024
# Boxes lead a search to its place: a tenth of a metre will do.
BOX_SCALE = 1_000_000


def row_blocks(
    keys: Sequence[str], boxes: npt.NDArray[np.float64], columns: Sequence[Sequence[str]]
) -> tuple[bytes, ...]:
    """Return the rows in blocks: packed JSON of keys, boxes and columns.

    Parameters
    ----------
    keys : of the rows, in their order
    boxes : west, south, east, north in degrees, shape (rows, 4); NaN for a row without a shape
    columns : texts of each field, shape (fields, rows)
    """
    whole = np.rint(np.nan_to_num(boxes) * BOX_SCALE).astype(np.int64)
    return tuple(
        packed({
            "k": list(keys[start : start + ROWS]),
            "b": whole[start : start + ROWS].ravel().tolist(),
            "v": [list(column[start : start + ROWS]) for column in columns],
        })
        for start in range(0, len(keys), ROWS)
    )  # fmt: skip


def packed(value: Any) -> bytes:
    """Return a value as compressed JSON; the same value gives the same bytes."""
    return packed_text(plain_json(value))


def packed_text(text: str) -> bytes:
    """Return a text compressed; the same text gives the same bytes."""
    return gzip.compress(text.encode(), 6, mtime=0)


def plain_json(value: Any) -> str:
    """Return a value as JSON without a blank between its parts; raise ValueError for a number that JSON has not."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def unpacked(content: bytes) -> Any:
    """Return what was packed."""
    return json.loads(gzip.decompress(content))
