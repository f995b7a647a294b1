"""The balance of the plan: by functional area, and by the horizons that the plan sets, each closed to the zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame, isna

from gis.language import Text
from gis.measure import MM2_PER_M2, area_mm2, areas_mm2
from planning.balance.land_use import AMOUNTS, SIDES
from planning.balance.percent import apportioned, shares_of
from planning.cadastre import NO_VALUE
from planning.planned_land import ROUNDING_MM2, Plan
from planning.record import Column, Table

# Rows that are no functional area: what is counted twice, and what is left of the zone.
OVERLAP, OTHER = "overlap", "other"
_TITLES = {
    OVERLAP: Text(vi="Chồng lấn giữa các khu (trừ đi)", en="Overlaps of the areas (taken off)"),
    OTHER: Text(vi="Đất khác trong khu kinh tế", en="Other land of the zone"),
}
_AREA = Column("m2", "planar grid area inside the zone")
_SHARE = Column("share", "of the whole zone, to 0.01 % by largest remainder")
_AMOUNTS: Mapping[str, Column] = {
    name: _SHARE if column.unit == "share" else column if name == "change_m2" else _AREA
    for name, column in AMOUNTS.items()
}
_AS_IN_LAYER = Column("text", "as in the layer")
_AREA_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer, or what takes its place"),
    "name": Column("words", "name as in the layer"),
    "kind": _AS_IN_LAYER,
    "planned_use": _AS_IN_LAYER,
    "phase": _AS_IN_LAYER,
    **_AMOUNTS,
}
_HORIZON_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "horizon and planned use"),
    "horizon": Column("state", "year up to which areas of the plan are counted, from their phase"),
    "name": Column("words", "planned use as in the layer"),
    **_AMOUNTS,
}
# A horizon is a year in the text of a phase.
_YEAR = re.compile(r"(?<!\d)(19|20|21)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    name: str
    base: int
    proposed: int


def by_functional_area(sides: Mapping[str, Plan]) -> Table:
    """Return one row per functional area before or after, with overlaps taken off and the rest of the zone."""
    every = {
        side: dict(zip(plan.areas["code"], areas_mm2(plan.inside).tolist(), strict=True))
        for side, plan in sides.items()
    }
    told = _attributes(sides)
    rows = [
        _Row(key, str(its.get("name", key)), *(every[side].get(key, 0) for side in SIDES)) for key, its in told.items()
    ]
    columns = _closed(rows, {side: area_mm2(plan.united()) for side, plan in sides.items()}, _zone_mm2(sides))
    for field in _FIELDS[1:]:
        columns[field] = [told[key].get(field) if key in told else "" for key in columns["key"]]
    return Table(DataFrame(columns, columns=list(_AREA_COLUMNS)), _AREA_COLUMNS)


def by_horizon(sides: Mapping[str, Plan]) -> Table:
    """Return the planned uses at each horizon: everything planned up to that year, overlaps within a use once."""
    years = {side: _years(plan.areas) for side, plan in sides.items()}
    known = set().union(*years.values())
    # Areas whose phase names no year belong to no horizon.
    horizons = [*sorted(year for year in known if year is not None), *([None] if None in known else [])]
    tables = [_at(year, sides, years) for year in horizons]
    columns = {name: [value for table in tables for value in table[name]] for name in _HORIZON_COLUMNS}
    return Table(DataFrame(columns), _HORIZON_COLUMNS)


def _at(year: int | None, sides: Mapping[str, Plan], years: Mapping[str, list[int | None]]) -> dict[str, Any]:
    """Return the columns of one horizon; None: areas whose phase names no year."""
    chosen = {side: _up_to(years[side], year) for side in SIDES}
    names = sorted({name for side in SIDES for name in sides[side].uses[chosen[side]]})
    rows = [
        _Row(name, name, *(area_mm2(sides[side].united(chosen[side] & (sides[side].uses == name))) for side in SIDES))
        for name in names
    ]
    united = {side: area_mm2(plan.united(chosen[side])) for side, plan in sides.items()}
    columns, horizon = _closed(rows, united, _zone_mm2(sides)), NO_VALUE if year is None else str(year)
    return columns | {
        "horizon": [horizon] * len(columns["key"]),
        "key": [f"{horizon}/{key}" for key in columns["key"]],
    }


def _up_to(years: list[int | None], year: int | None) -> Any:
    return np.array([(one is None) if year is None else (one is not None and one <= year) for one in years], dtype=bool)


def _years(areas: GeoDataFrame) -> list[int | None]:
    if "phase" not in areas:
        return [None] * len(areas)
    found = [_YEAR.search(text) if isinstance(text, str) else None for text in areas["phase"]]
    return [None if year is None else int(year.group()) for year in found]


_FIELDS = ("name", "kind", "planned_use", "phase")


def _attributes(sides: Mapping[str, Plan]) -> dict[str, dict[str, Any]]:
    """Return by code what the layer says of each functional area, the newer word first, in the order of the layer."""
    told: dict[str, dict[str, Any]] = {code: {} for side in SIDES for code in sides[side].areas["code"]}
    for areas in (sides[side].areas for side in SIDES[::-1]):
        for field in (name for name in _FIELDS if name in areas):
            for code, value in zip(areas["code"], areas[field], strict=True):
                if not isna(value):
                    told[code].setdefault(field, value)
    return told


def _zone_mm2(sides: Mapping[str, Plan]) -> dict[str, int]:
    return {side: area_mm2(plan.zone) for side, plan in sides.items()}


def _closed(rows: list[_Row], united_mm2: Mapping[str, int], zone_mm2: Mapping[str, int]) -> dict[str, Any]:
    """Return the columns of the rows with what closes them to the zone, and percentages that sum to 100."""
    gross = {side: sum(getattr(row, side) for row in rows) for side in SIDES}
    # Areas are rounded one by one: so little is no overlap.
    overlap = {side: _beyond_rounding(united_mm2[side] - gross[side]) for side in SIDES}
    other = {side: zone_mm2[side] - gross[side] - overlap[side] for side in SIDES}
    told = [row for row in rows if row.base or row.proposed]
    if any(overlap.values()):
        told.append(_Row(OVERLAP, _TITLES[OVERLAP].both(), overlap["base"], overlap["proposed"]))
    told.append(_Row(OTHER, _TITLES[OTHER].both(), other["base"], other["proposed"]))
    amounts = {side: [getattr(row, side) for row in told] for side in SIDES}
    return {
        "key": [row.key for row in told],
        "name": [row.name for row in told],
        **{f"{side}_m2": np.array(amounts[side]) / MM2_PER_M2 for side in SIDES},
        **{f"{side}_percent": shares_of(apportioned(amounts[side])) for side in SIDES},
        "change_m2": (np.array(amounts["proposed"]) - np.array(amounts["base"])) / MM2_PER_M2,
    }


def _beyond_rounding(amount_mm2: int) -> int:
    return amount_mm2 if abs(amount_mm2) > ROUNDING_MM2 else 0
