"""Scenarios side by side: every fact in which their Records differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis.measure import to_m2, to_mm2
from layers.beside import Second
from layers.workspace import Workspace
from planning.current import up_to_date_records
from planning.law.judgement import CRITERIA
from planning.record import Record, Table, Unit, Value

# Edits and stretches are numbered in each scenario by itself; of parcels and markers the counts are compared.
_NOT_COMPARED = ("edits", "movement", "parcels", "markers.")
_MEASURED: tuple[Unit, ...] = ("m2", "ha", "m", "share", "count", "degree", "ratio", "month", "day")
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Differing:
    """One fact that is not the same in all scenarios.

    Attributes
    ----------
    key : of the fact
    unit : of the values
    values : one each scenario, in their order; None: *no data*, or no such thing there
    difference : of two numbers the second less the first, of more the largest less the smallest; None where one lacks
    """

    key: str
    unit: Unit
    values: tuple[Value, ...]
    difference: float | int | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios of one project, and what is different between them.

    Attributes
    ----------
    records : up to date, in the order of asking
    differences : scalar facts first, then cells, table by table
    """

    records: tuple[Record, ...]
    differences: tuple[Differing, ...]

    def of_table(self, name: str, column: str) -> tuple[Differing, ...]:
        """Return the differing cells of one column of a table."""
        return tuple(
            one for one in self.differences if one.key.startswith(f"{name}[") and one.key.endswith(f"].{column}")
        )

    @property
    def verdicts(self) -> tuple[Differing, ...]:
        """The criteria of which the verdict differs."""
        return self.of_table(CRITERIA, "verdict")


def compare(workspace: Workspace, names: Sequence[str], second: Second | None = None) -> Comparison:
    """Return scenarios side by side; one that is not analysed as it stands is analysed, and its Record kept.

    Parameters
    ----------
    second : a process that takes part, see `planning.current.up_to_date_records`

    Raises
    ------
    ScenarioUnknown, and those of `planning.effect.analyse`
    """
    records = up_to_date_records(workspace, names, second)
    return Comparison(records, tuple(differing(records)))


def differing(records: Sequence[Record], not_compared: tuple[str, ...] = _NOT_COMPARED) -> Iterator[Differing]:
    """Yield the facts that are not the same in all Records.

    Parameters
    ----------
    not_compared : beginnings of the names of tables that are left out
    """
    for key in dict.fromkeys(key for record in records for key in record.facts):
        facts = [record.facts.get(key) for record in records]
        values = tuple(None if fact is None else fact.value for fact in facts)
        if len(set(values)) > 1:
            unit = next(fact.unit for fact in facts if fact is not None)
            yield Differing(key, unit, values, _difference(values, unit))
    for name in dict.fromkeys(name for record in records for name in record.tables):
        if not name.startswith(not_compared) and len({record.parts.get(("tables", name)) for record in records}) > 1:
            yield from _cells(name, [record.tables.get(name) for record in records])


def _cells(name: str, tables: Sequence[Table | None]) -> Iterator[Differing]:
    """Yield the cells of one table that differ, in the order of its rows and columns."""
    there = [table for table in tables if table is not None]
    keys = list(dict.fromkeys(key for table in there for key in table.plain["key"]))
    units = {column: meaning.unit for table in reversed(there) for column, meaning in table.columns.items()}
    abreast = [{} if table is None else _in_rows_of(keys, table.plain) for table in tables]
    nothing: list[Any] = [None] * len(keys)
    columns = dict.fromkeys(column for table in there for column in table.columns if column != "key")
    cells = {column: [one.get(column, nothing) for one in abreast] for column in columns}
    unlike = {column: rows for column, values in cells.items() if (rows := dict(_unlike(values)))}
    for row, key in enumerate(keys):
        for column, of_rows in unlike.items():
            if row in of_rows:
                unit = units[column]
                if unit == "row":
                    unit = next(values[row] for values in cells["unit"] if values[row] is not None)
                yield Differing(f"{name}[{key}].{column}", unit, of_rows[row], _difference(of_rows[row], unit))


def _in_rows_of(keys: list[str], plain: Mapping[str, list[Any]]) -> Mapping[str, list[Any]]:
    """Return the columns of a table in the rows of `keys`, None where it has no such row."""
    if plain["key"] == keys:
        return plain
    rows = {key: row for row, key in enumerate(plain["key"])}
    places = [rows.get(key) for key in keys]
    return {column: [None if place is None else values[place] for place in places] for column, values in plain.items()}


def _unlike(tables: Sequence[list[Value]]) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the rows in which a column is not the same in all tables, and what each has there."""
    if any(values != tables[0] for values in tables):
        for row, values in enumerate(zip(*tables, strict=True)):
            if any(value != values[0] for value in values):
                yield row, values


def _difference(values: Sequence[Value], unit: Unit) -> float | int | None:
    numbers = [value for value in values if isinstance(value, int | float)]
    if unit not in _MEASURED or len(numbers) < len(values):
        return None
    low, high = numbers if len(numbers) == 2 else (min(numbers), max(numbers))
    if unit == "m2":
        return to_m2(int(to_mm2(high)) - int(to_mm2(low)))
    return high - low if isinstance(high, int) and isinstance(low, int) else round(high - low, _DECIMALS)
