"""Which column of a source is which field of a layer: by a map that the user gives, else by the known aliases."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from gis.errors import FileMissing
from gis.text import search_key
from layers.errors import ColumnsFileWrong
from layers.schema import TableSchema

# A Shapefile cuts the names of its columns after these letters.
_DBF_NAME = 10


@dataclass(frozen=True, slots=True)
class Alias:
    """A column name known from practice; its numbers times `factor` are in the unit of the field."""

    layer: str
    field: str
    name: str
    factor: float = 1.0


@dataclass(frozen=True)
class ColumnMap:
    """Which column of the source fills which field.

    Attributes
    ----------
    columns : column by field
    values : per field, our value by theirs
    factors : per field, what its numbers are multiplied with
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)


@cache
def aliases() -> tuple[Alias, ...]:
    """Return the known aliases, in the order of preference."""
    table = files("layers") / "data" / "field_aliases.csv"
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(Alias(row["layer"], row["field"], row["alias"], float(row["factor"] or 1)) for row in rows)


def read_column_map(path: Path) -> ColumnMap:
    """Read a ``--columns`` file: ``[columns]`` ours = "theirs", ``[values.FIELD]`` "theirs" = "ours".

    Raises
    ------
    FileMissing, ColumnsFileWrong
    """
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        columns, values = content["columns"], content.get("values", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise ColumnsFileWrong(path=path, reason=error) from error
    tables = (columns, *values.values()) if isinstance(values, dict) else (None,)
    if not all(isinstance(table, dict) and all(isinstance(one, str) for one in table.values()) for table in tables):
        raise ColumnsFileWrong(path=path, reason="[columns], [values]")
    return ColumnMap(columns, values)


def guess_column_map(source: DataFrame, schema: TableSchema) -> ColumnMap:
    """Return the map that canonical names and known aliases give; a canonical name in the source always wins."""
    theirs = {_plain(str(column)): str(column) for column in reversed(source.columns) if column != "geometry"}
    columns, factors = {}, {}
    for one in schema.fields:
        own = one.name if one.name in source.columns else one.name[:_DBF_NAME]
        if own in source.columns and (own == one.name or _only(schema, own) == one.name):
            columns[one.name] = own
            continue
        known = (alias for alias in aliases() if alias.field == one.name and alias.layer in ("*", schema.name))
        hit = next((alias for alias in known if _plain(alias.name) in theirs), None)
        if hit is not None:
            columns[one.name] = theirs[_plain(hit.name)]
            factors[one.name] = hit.factor
    return ColumnMap(columns, factors=factors)


def _only(schema: TableSchema, start: str) -> str | None:
    """Return the only field whose name begins so: what a Shapefile leaves of it."""
    found = [one.name for one in schema.fields if len(one.name) > _DBF_NAME and one.name.startswith(start)]
    return found[0] if len(found) == 1 else None


def apply_column_map(source: DataFrame, mapping: ColumnMap, path: Path) -> DataFrame:
    """Return `source` with its columns under our names and values; the columns that nothing names stay as they are.

    Raises
    ------
    ColumnsFileWrong
        A column that the source does not have.
    """
    missing = [theirs for theirs in mapping.columns.values() if theirs not in source.columns]
    if missing:
        raise ColumnsFileWrong(path=path, reason=f"{', '.join(missing)} ∉ {', '.join(map(str, source.columns))}")
    renamed = source.rename(columns={theirs: ours for ours, theirs in mapping.columns.items()})
    for ours, values in mapping.values.items():
        if ours in renamed:
            renamed[ours] = renamed[ours].map(
                lambda value, values=values: values.get(str(value), value), na_action="ignore"
            )
    return renamed


def in_our_units(frame: DataFrame, mapping: ColumnMap) -> DataFrame:
    """Return the frame with the numbers of its fields in the unit of the field; a text that is no number stays."""
    scaled = {}
    for ours, factor in mapping.factors.items():
        if factor != 1.0:
            numbers = pd.to_numeric(frame[ours], errors="coerce")
            scaled[ours] = (numbers * factor).where(numbers.notna(), frame[ours])
    return frame.assign(**scaled)


def _plain(name: str) -> str:
    return search_key(name).replace("_", "").replace(" ", "")
