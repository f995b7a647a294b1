"""Rows as Arrow batches: texts in UTF-8, shapes as WKB in a last column ``geometry``. Runs in the reading process."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

BATCH_ROWS = 65536


class TooMuch(Exception):
    """More comes out of the file than it may; the text says how much."""


class Wrong(Exception):
    """The file cannot be read; the text is for the user."""


def named(batch: Any, geometry: str) -> Any:
    """Return the batch with its geometry called ``geometry`` and its texts in UTF-8."""
    columns = {}
    for field, column in zip(batch.schema, batch.columns, strict=True):
        if field.name == geometry:
            geometry_column = column
        else:
            plain = column.dictionary_decode() if pa.types.is_dictionary(field.type) else column
            columns[field.name] = _text(plain) if pa.types.is_string(plain.type) else plain
    if geometry in batch.schema.names:
        columns["geometry"] = geometry_column
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def decoded(one: bytes | None) -> str | None:
    """Return the text of bytes; what is no UTF-8 comes as Latin-1, one character a byte."""
    if one is None:
        return None
    try:
        return one.decode("utf-8")
    except UnicodeDecodeError:
        return one.decode("latin-1")


def write(batches: Iterator[Any], out: Path, most_bytes: int) -> None:
    """Write the batches as an Arrow file, no more than `most_bytes`; no file where there is no batch."""
    first = next(batches, None)
    if first is None:
        return
    size = 0
    with pa.OSFile(str(out), "wb") as file, pa.ipc.new_file(file, first.schema) as writer:
        for batch in chain([first], batches):
            size += batch.nbytes
            if size > most_bytes:
                raise TooMuch(f"> {most_bytes // 1024**2} MiB")
            writer.write_batch(batch)


def _text(column: Any) -> Any:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return pa.array([decoded(one) for one in column.cast(pa.binary()).to_pylist()], type=pa.string())
    return column
