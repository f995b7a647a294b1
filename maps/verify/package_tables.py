"""What a GeoPackage says besides its features: names, columns, coordinate systems, styles."""

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from maps.verify.difference import Difference

# Rows of each table without what differs from writing to writing, and from layer to layer: dates, counts, extents.
Tables = Mapping[str, list[tuple[Any, ...]]]
_SCHEMA = "schema"
_SCHEMA_QUERY = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_LEFT_OUT = {
    "gpkg_contents": {"last_change", "min_x", "min_y", "max_x", "max_y"},
    "gpkg_ogr_contents": {"feature_count"},
    "layer_styles": {"update_time"},
}
_COUNTERS = "sqlite_sequence"
# Letters of a difference that are shown.
_SHOWN = 200


def tables_of(database: sqlite3.Connection, features: set[str]) -> Tables:
    """Return every table of a GeoPackage but the features, their index, and the counters of SQLite."""
    found: dict[str, list[tuple[Any, ...]]] = {_SCHEMA: database.execute(_SCHEMA_QUERY).fetchall()}
    for kind, name, _, _ in found[_SCHEMA]:
        if kind == "table" and name not in features and not name.startswith("rtree_") and name != _COUNTERS:
            found[name] = _rows(database, name)
    return found


def _rows(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    quoted = table.replace('"', '""')
    names = [row[1] for row in database.execute(f'PRAGMA table_info("{quoted}")')]
    shown = ", ".join(f'"{name}"' for name in names if name not in _LEFT_OUT.get(table, ()))
    return sorted(database.execute(f'SELECT {shown} FROM "{quoted}"'), key=repr)  # noqa: S608 -- quoted names


def table_differences(file: str, printed: Tables, expected: Tables) -> Iterator[Difference]:
    """Yield every row of these tables that differs."""
    for table in {**expected, **printed}:
        found, wanted = printed.get(table, []), expected.get(table, [])
        if found != wanted:
            strange = [row for row in found if row not in wanted]
            lost = [row for row in wanted if row not in found]
            for one, other in zip_longest(strange, lost, fillvalue=()):
                yield Difference(file, table, "", *_apart(one, other))
            if not strange and not lost:
                yield Difference(file, table, "", f"{len(found)}", f"{len(wanted)}")


def _apart(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[str, str]:
    """Return what two rows say where they differ, and a little around it."""
    if len(one) != len(other):
        return str(one)[:_SHOWN], str(other)[:_SHOWN]
    pairs = [(str(found), str(wanted)) for found, wanted in zip(one, other, strict=True) if found != wanted]
    at = _first_apart(*pairs[0]) if len(pairs) == 1 else 0
    found, wanted = (" · ".join(texts) for texts in zip(*pairs, strict=True))
    start = max(0, at - _SHOWN // 2)
    return found[start : start + _SHOWN], wanted[start : start + _SHOWN]


def _first_apart(one: str, other: str) -> int:
    """Return where two texts begin to differ."""
    pairs = zip_longest(one, other)
    return next(place for place, (letter, wanted) in enumerate(pairs) if letter != wanted)
