"""How many things of each layer the zone holds, cuts, takes in and gives up: one row of counts a layer.

The same rows that are counted here are named in sentences (`members`), so that a number and its list cannot part.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from gis.states import CROSSED, INSIDE, OUTSIDE, UNDECIDABLE
from layers.admin_units import layer_of_vintage
from layers.catalog import schema_of
from planning.record import Column, Table

TALLIES = "tallies"
# Less than this is what overlaying leaves along a shared line, no change of land.
_SOME_LAND_M2 = 1.0
# What is undecidable and lies inside with most of its land had land in the zone.
_MOST = 0.5
_IN = (INSIDE, CROSSED)

Chosen = Callable[[DataFrame], Any]


def _state(side: str, *states: str) -> Chosen:
    return lambda rows: rows[f"state_{side}"].isin(states)


def _undecidable_with(rows: DataFrame, side: str, share: str, least: float) -> Any:
    undecidable = rows[f"state_{side}"] == UNDECIDABLE
    return undecidable & (rows[share].fillna(0.0) > least) if share in rows else undecidable & False


def _had_land(rows: DataFrame) -> Any:
    return rows["state_base"].isin(_IN) | _undecidable_with(rows, "base", "share_base", _MOST)


def _has_land(rows: DataFrame) -> Any:
    return rows["state_proposed"].isin(_IN) | _undecidable_with(rows, "proposed", "share_proposed_min", 0.0)


def _some(rows: DataFrame, column: str) -> Any:
    return rows[column].fillna(0.0) >= _SOME_LAND_M2


_MEMBERS: Mapping[str, tuple[Chosen, str]] = {
    **{
        f"{side}_{state}": (_state(side, state), f"rows of which the state against the {side} boundary is {state}")
        for side in ("base", "proposed")
        for state in (INSIDE, CROSSED, UNDECIDABLE)
    },
    "proposed_met": (
        _has_land,
        "rows inside or crossed after, or undecidable with some land inside whatever the error of the line",
    ),
    "entering": (
        lambda rows: _state("base", OUTSIDE)(rows) & _has_land(rows),
        "rows outside before that have land in the zone after",
    ),
    "leaving": (
        lambda rows: _had_land(rows) & _state("proposed", OUTSIDE)(rows),
        "rows inside or crossed before, or undecidable with most of their land inside, that are outside after",
    ),
    "extended": (
        lambda rows: ~_state("base", OUTSIDE)(rows) & _some(rows, "added_m2"),
        "rows not outside before, with at least 1 m² added",
    ),
    "reduced": (
        lambda rows: ~_state("proposed", OUTSIDE)(rows) & _some(rows, "removed_m2"),
        "rows not outside after, with at least 1 m² removed",
    ),
}
_OF_LAND = ("extended", "reduced")
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "name of the layer"),
    "name": Column("words", "name of the layer"),
    "valid_from": Column("date", "day from which the units of the layer are valid"),
    "rows": Column("count", "rows of the table"),
    **{name: Column("count", how) for name, (_, how) in _MEMBERS.items()},
}


def members(rows: DataFrame, tally: str) -> DataFrame:
    """Return the rows that a tally counts.

    Parameters
    ----------
    rows : of a breakdown, of the yards or of the gates
    tally : ``entering``, ``proposed_inside`` …, a column of `COLUMNS`
    """
    return rows[_is_counted_in(rows, tally)]


def _is_counted_in(rows: DataFrame, tally: str) -> npt.NDArray[np.bool_]:
    chosen, _ = _MEMBERS[tally]
    return np.asarray(chosen(rows).to_numpy(), dtype=np.bool_)


def tally_table(tables: Mapping[str, Table]) -> Table:
    """Return the counts of administrative units (each vintage), functional areas, yards and gates."""
    counted = [_counts(name, table.frame) for name, table in tables.items() if _is_counted(name)]
    return Table(DataFrame(counted, columns=list(COLUMNS)).convert_dtypes(), COLUMNS)


def _is_counted(name: str) -> bool:
    return name in ("yards", "gates", "by.functional_areas") or name.startswith(f"by.{layer_of_vintage('')}")


def _counts(name: str, rows: DataFrame) -> dict[str, Any]:
    layer = name.removeprefix("by.")
    day = layer.removeprefix(layer_of_vintage("")) if layer.startswith(layer_of_vintage("")) else None
    measured = "added_m2" in rows
    counts = {
        tally: int(_is_counted_in(rows, tally).sum()) if measured or tally not in _OF_LAND else None
        for tally in _MEMBERS
    }
    title = schema_of(layer.partition("@")[0]).title.both()
    return {"key": layer, "name": title, "valid_from": day, "rows": len(rows), **counts}
