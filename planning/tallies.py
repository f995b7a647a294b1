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

Flags = npt.NDArray[np.bool_]
# The columns that are asked, as plain arrays: states as text, figures as doubles, NaN where there is no data.
Asked = Mapping[str, npt.NDArray[Any]]
Chosen = Callable[[Asked], Flags]

_STATES = ("state_base", "state_proposed")
_FIGURES = ("share_base", "share_proposed_min", "added_m2", "removed_m2")


def _asked(rows: DataFrame) -> Asked:
    states = {name: rows[name].to_numpy(dtype=object).astype(str) for name in _STATES}
    return states | {name: rows[name].to_numpy(np.float64, na_value=np.nan) for name in _FIGURES if name in rows}


def _state(side: str, *states: str) -> Chosen:
    return lambda asked: np.isin(asked[f"state_{side}"], states)


def _undecidable_with(asked: Asked, side: str, share: str, least: float) -> Flags:
    undecidable = asked[f"state_{side}"] == UNDECIDABLE
    return undecidable & (asked[share] > least) if share in asked else np.zeros_like(undecidable)


def _had_land(asked: Asked) -> Flags:
    return _state("base", *_IN)(asked) | _undecidable_with(asked, "base", "share_base", _MOST)


def _has_land(asked: Asked) -> Flags:
    return _state("proposed", *_IN)(asked) | _undecidable_with(asked, "proposed", "share_proposed_min", 0.0)


def _some(asked: Asked, column: str) -> Flags:
    some: Flags = asked[column] >= _SOME_LAND_M2
    return some


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
        lambda asked: _state("base", OUTSIDE)(asked) & _has_land(asked),
        "rows outside before that have land in the zone after",
    ),
    "leaving": (
        lambda asked: _had_land(asked) & _state("proposed", OUTSIDE)(asked),
        "rows inside or crossed before, or undecidable with most of their land inside, that are outside after",
    ),
    "extended": (
        lambda asked: ~_state("base", OUTSIDE)(asked) & _some(asked, "added_m2"),
        "rows not outside before, with at least 1 m² added",
    ),
    "reduced": (
        lambda asked: ~_state("proposed", OUTSIDE)(asked) & _some(asked, "removed_m2"),
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
    chosen, _ = _MEMBERS[tally]
    return rows[chosen(_asked(rows))]


def tally_table(tables: Mapping[str, Table]) -> Table:
    """Return the counts of administrative units (each vintage), functional areas, yards and gates."""
    counted = [_counts(name, table.frame) for name, table in tables.items() if _is_counted(name)]
    return Table(DataFrame(counted, columns=list(COLUMNS)).convert_dtypes(), COLUMNS)


def _is_counted(name: str) -> bool:
    return name in ("yards", "gates", "by.functional_areas") or name.startswith(f"by.{layer_of_vintage('')}")


def _counts(name: str, rows: DataFrame) -> dict[str, Any]:
    layer = name.removeprefix("by.")
    day = layer.removeprefix(layer_of_vintage("")) if layer.startswith(layer_of_vintage("")) else None
    asked = _asked(rows)
    counts = {
        tally: int(chosen(asked).sum()) if "added_m2" in asked or tally not in _OF_LAND else None
        for tally, (chosen, _) in _MEMBERS.items()
    }
    title = schema_of(layer.partition("@")[0]).title.both()
    return {"key": layer, "name": title, "valid_from": day, "rows": len(rows), **counts}
