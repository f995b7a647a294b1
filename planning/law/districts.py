"""Former districts that the change brings in or leaves.

Since 1 July 2025 there are none; the districts of the predecessors are one of two ways to read a law that counts them.
Units of a vintage that still had districts tell them; without such units, the list of the districts that today's units
came of. A unit that came of several districts tells of each of them only where it is inside or outside as a whole.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import pandas as pd
from pandas import DataFrame

from gis.measure import to_mm2
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from gis.text import nfc
from layers.admin_units import layer_of_vintage
from planning.cadastre import NO_VALUE
from planning.context import Context, Units
from planning.law.change import Change
from planning.law.figure import square_metres
from planning.record import Table

Presence = Literal["yes", "maybe", "no"]
Fate = Literal["in", "out", "same", "doubt"]


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
    rows = _by_predecessors(units, areas) if by_predecessors else _by_parents(units, areas)
    fates: dict[str, Fate] = {str(district): _fate(of_it) for district, of_it in rows.groupby("district", sort=True)}
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


def _by_parents(units: Units, areas: DataFrame) -> DataFrame:
    return areas.assign(district=units.before["parent"].fillna(NO_VALUE).map(nfc).to_numpy())


def _by_predecessors(units: Units, areas: DataFrame) -> DataFrame:
    """Return a row for every district that a unit came of."""
    day = units.layer.removeprefix(layer_of_vintage(""))
    districts = [_predecessors().get((str(key), day), (NO_VALUE,)) for key in areas["key"]]
    rows = areas.assign(district=districts, several=[len(some) > 1 for some in districts]).explode("district")
    for side in ("state_base", "state_proposed"):
        state = rows[side].astype(object)
        rows[side] = state.mask((state == CROSSED) & rows["several"], UNDECIDABLE)
    return rows


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
    for column, region in (("added_m2", change.added), ("removed_m2", change.removed)):
        beyond = region - square_metres(int(to_mm2(rows[column].fillna(0)).sum()))
        if beyond.low is None or beyond.low > 0:
            return True
    return False


def _fate(rows: DataFrame) -> Fate:
    """Return what becomes of one district; only the change can alter it."""
    if not (rows[["added_m2", "removed_m2"]].fillna(0) > 0).any(axis=None):
        lost = rows["added_m2"].isna().any()  # a unit without a shape may lie anywhere
        return "doubt" if lost else "same"
    was, will_be = (_presence(rows[f"state_{side}"]) for side in ("base", "proposed"))
    if "maybe" in (was, will_be):
        return "doubt"
    return "same" if was == will_be else "in" if will_be == "yes" else "out"


def _presence(states: "pd.Series[str]") -> Presence:
    if states.isin((INSIDE, CROSSED)).any():
        return "yes"
    return "maybe" if (states == UNDECIDABLE).any() else "no"
