"""A finished file stands in its place whole, or the old one does: written beside it and moved in."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gis.formats.write import flush


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a name in the same folder to write to; when the block ends well, the file there replaces `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        yield beside
        flush(beside)
        os.replace(beside, path)  # noqa: PTH105 -- the words of the guarantee: os.replace is atomic
    finally:
        beside.unlink(missing_ok=True)
