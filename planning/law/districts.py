"""Former districts that the change brings in or leaves.

Since 1 July 2025 there are none; the districts of the predecessors are one of two ways to read a law that counts them.
Units of a vintage that still had districts tell them; without such units, the list of the districts that today's units
came of. A unit that came of several districts tells of each of them only where it is inside or outside as a whole.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from gis.measure import IntArray, to_mm2
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from gis.text import nfc
from layers.admin_units import layer_of_vintage
from planning.cadastre import NO_VALUE
from planning.context import Context, Units
from planning.law.change import Change
from planning.law.figure import square_metres
from planning.record import Table

Fate = Literal["in", "out", "same", "doubt"]
_CHANGED = ("added_m2", "removed_m2")


@dataclass(frozen=True, slots=True)
class Districts:
    """What becomes of the list of districts.

    Attributes
    ----------
    entering, leaving : surely
    doubtful : touched by the change, and undecidable at the accuracy of the line; “–” for land of no known district
    by_predecessors : told by the list of predecessors, not by units of that time
    """

    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    doubtful: tuple[str, ...]
    by_predecessors: bool = False


def former_districts(
    context: Context, tables: Mapping[str, Table], change: Change, abolished_on: str
) -> Districts | None:
    """Return the fate of the districts; None where neither units nor the list of predecessors know them.

    Parameters
    ----------
    tables : ``by.admin_units@…`` of the Record
    abolished_on : ISO day from which there are no districts
    """
    units, by_predecessors = _with_districts(context, abolished_on)
    if units is None:
        return None
    areas = tables[f"by.{units.layer}"].frame
    fates = _fates(_held(units, by_predecessors), areas)
    if fates.get(NO_VALUE, "same") != "same" or _reaches_beyond(areas, change):
        fates[NO_VALUE] = "doubt"
    named = {fate: tuple(one for one, its in fates.items() if its == fate) for fate in ("in", "out", "doubt")}
    return Districts(named["in"], named["out"], named["doubt"], by_predecessors)


def _with_districts(context: Context, abolished_on: str) -> tuple[Units | None, bool]:
    """Return the newest units from before that day which name their districts, else those that a list knows."""
    before = [
        units
        for units in context.vintages
        if units.layer < layer_of_vintage(abolished_on)
        and "parent" in units.before
        and units.before["parent"].notna().any()
    ]
    if before:
        return before[-1], False
    known = {layer_of_vintage(day) for _, day in _predecessors()}
    return next((units for units in reversed(context.vintages) if units.layer in known), None), True


@dataclass(frozen=True, eq=False)
class _Held:
    # Which units a district held, a row for each: positions in `names` and in the layer; whether the unit came of
    # several districts.
    names: tuple[str, ...]
    district: IntArray
    unit: IntArray
    several: npt.NDArray[np.bool_]


@lru_cache(maxsize=4)
def _held(units: Units, by_predecessors: bool) -> _Held:  # noqa: FBT001 -- a key
    if by_predecessors:
        day = units.layer.removeprefix(layer_of_vintage(""))
        districts = [_predecessors().get((str(key), day), (NO_VALUE,)) for key in units.before["key"]]
    else:
        districts = [(nfc(parent),) for parent in units.before["parent"].fillna(NO_VALUE)]
    names, district = np.unique([one for some in districts for one in some], return_inverse=True)
    count = np.array([len(some) for some in districts], dtype=np.int64)
    unit = np.repeat(np.arange(len(districts)), count)
    return _Held(tuple(map(str, names)), district, unit, count[unit] > 1)


@cache
def _predecessors() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the districts that units came of, by code and day from which that is valid."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    with (files("planning") / "data" / "former_districts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["code"], row["valid_from"])
            found[key] = (*found.get(key, ()), nfc(row["district"]))
    return found


def _reaches_beyond(rows: DataFrame, change: Change) -> bool:
    """Tell whether more of the change lies outside all units than the error of the line explains."""
    for column, region in zip(_CHANGED, (change.added, change.removed), strict=True):
        beyond = region - square_metres(int(to_mm2(rows[column].fillna(0)).sum()))
        if beyond.low is None or beyond.low > 0:
            return True
    return False


def _fates(held: _Held, areas: DataFrame) -> dict[str, Fate]:
    """Return what becomes of each district; only the change can alter it."""

    def some(units: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        return np.bincount(held.district[units], minlength=len(held.names)) > 0

    added, removed = (areas[name].to_numpy(np.float64, na_value=np.nan)[held.unit] for name in _CHANGED)
    changes, lost = some((added > 0) | (removed > 0)), some(np.isnan(added))  # one without a shape may lie anywhere
    presences = []
    for side in ("base", "proposed"):
        state = areas[f"state_{side}"].to_numpy(dtype=object)[held.unit]
        # Where a unit of several districts is cut, nobody knows in which of them.
        told = (state == INSIDE) | ((state == CROSSED) & ~held.several)
        open_ = (state == UNDECIDABLE) | ((state == CROSSED) & held.several)
        presences.append(np.select([some(told), some(open_)], ["yes", "maybe"], "no"))
    was, will_be = presences
    open_ = (was == "maybe") | (will_be == "maybe")
    fates = np.select(
        [~changes & lost, ~changes, open_, was == will_be, will_be == "yes"],
        ["doubt", "same", "doubt", "same", "in"],
        "out",
    )
    return dict(zip(held.names, fates.tolist(), strict=True))
