"""Record by record: what can be had of a file that cannot be read whole, and why each other record cannot.

Runs in the reading process. pyogrio leaves a shape that it cannot read out without a word, or gives the whole layer up;
fiona hands on what the driver says of the record at hand.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from gis.formats.arrow import Wrong
from gis.formats.gdal import Gdal

# A file with more than these is not a file with broken records but a broken file.
MOST_BROKEN = 100_000
_BATCH_ROWS = 5_000
_REASON_LETTERS = 160


class _Heard(logging.Handler):
    """Keeps what the driver says of the record that is being read."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def taken(self) -> str:
        """Return what was said, and forget it."""
        text, self.said = "; ".join(dict.fromkeys(self.said)), []
        return text[:_REASON_LETTERS]


def reasons(source: Gdal, layer: dict[str, Any]) -> dict[int, str]:
    """Return why records (from 1) cannot be read; none of their values is."""
    broken: dict[int, str] = {}
    for place, _, reason in _records(source, layer, ignored=[name for name, _ in layer["fields"]]):
        _tell(broken, place, reason)
    return broken


def one_by_one(source: Gdal, layer: dict[str, Any], broken: dict[int, str]) -> Iterator[Any]:
    """Yield every record in Arrow batches, those that cannot be read without a shape; say why in `broken`."""
    schema, rows = source.schema(layer["name"]), []
    for place, record, reason in _records(source, layer, ignored=[]):
        row, wrong = (None, reason) if record is None else _row(record, schema)
        rows.append(row or {})
        _tell(broken, place, reason or wrong)
        if len(rows) == _BATCH_ROWS:
            yield _batch(rows, schema)
            rows = []
    if rows:
        yield _batch(rows, schema)


def _records(source: Gdal, layer: dict[str, Any], ignored: list[str]) -> Iterator[tuple[int, Any, str]]:
    """Yield place (from 1), record or None, and what is wrong with it; as many as the header promises, or more."""
    heard, place = _Heard(), 0
    log = logging.getLogger("fiona")
    log.addHandler(heard)
    log.propagate = False
    try:
        with _opened(source.path, source, layer["name"], ignored) as collection:
            records = iter(collection)
            heard.taken()
            while place < layer["rows"]:
                try:
                    record = next(records)
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001 -- whatever one record provokes is its reason
                    record = None
                    heard.said.append(str(error) or type(error).__name__)
                place += 1
                yield place, record, heard.taken()
    finally:
        log.removeHandler(heard)
    last = heard.taken() or "no record"
    for beyond in range(place + 1, layer["rows"] + 1):
        yield beyond, None, last


def _opened(path: Path, source: Gdal, layer: str, ignored: list[str]) -> Any:
    import fiona  # noqa: PLC0415 -- only where something is broken

    return fiona.open(
        path,
        layer=layer,
        enabled_drivers=[source.driver],
        allow_unsupported_drivers=True,
        encoding=source.encoding,
        ignore_fields=ignored,
    )


def _row(record: Any, schema: Any) -> tuple[dict[str, Any], str]:
    """Return the values of a record in the types of the schema, and what is wrong with its shape."""
    import shapely  # noqa: PLC0415 -- only where something is broken
    from shapely.geometry import shape  # noqa: PLC0415

    values = {
        field.name: _typed(record.properties.get(field.name), field.type)
        for field in schema
        if field.name != "geometry"
    }
    if record.geometry is None:
        return values, ""
    try:
        return {**values, "geometry": shapely.to_wkb(shape(record.geometry))}, ""
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        return values, str(error)


def _typed(value: Any, kind: Any) -> Any:
    if isinstance(value, str) and pa.types.is_date(kind):
        return date.fromisoformat(value[:10])
    if isinstance(value, str) and pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value)
    return value


def _batch(rows: list[dict[str, Any]], schema: Any) -> Any:
    return pa.RecordBatch.from_pylist(rows, schema)


def _tell(broken: dict[int, str], place: int, reason: str) -> None:
    if reason:
        broken[place] = reason
    if len(broken) > MOST_BROKEN:
        raise Wrong(f"more than {MOST_BROKEN} broken records")
