"""The balance of the plan: by functional area, and by the horizons that the plan sets, each closed to the zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.language import Text
from gis.measure import MM2_PER_M2, area_mm2, areas_mm2
from planning.balance.land_use import AMOUNTS, SIDES
from planning.balance.percent import apportioned, shares_of
from planning.cadastre import NO_VALUE
from planning.planned_land import ROUNDING_MM2, Plan, planned_uses
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
        _Row(key, str(told["name"].get(key, key)), *(every[side].get(key, 0) for side in SIDES)) for key in told.index
    ]
    table = _closed(rows, {side: area_mm2(plan.united()) for side, plan in sides.items()}, _zone_mm2(sides))
    fields = {field: [told[field].get(key, "") for key in table["key"]] for field in ("kind", "planned_use", "phase")}
    return Table(table.assign(**fields)[list(_AREA_COLUMNS)], _AREA_COLUMNS)


def by_horizon(sides: Mapping[str, Plan]) -> Table:
    """Return the planned uses at each horizon: everything planned up to that year, overlaps within a use once."""
    years = sorted({year for plan in sides.values() for year in _years(plan.areas) if year is not None})
    tables = [_at(year, sides) for year in years]
    if any(None in _years(plan.areas) for plan in sides.values()):
        tables.append(_at(None, sides))
    frame = DataFrame([row for table in tables for row in table.to_dict("records")], columns=list(_HORIZON_COLUMNS))
    return Table(frame, _HORIZON_COLUMNS)


def _at(year: int | None, sides: Mapping[str, Plan]) -> DataFrame:
    """Return the rows of one horizon; None: areas whose phase names no year, which belong to no horizon."""
    chosen = {side: _up_to(plan.areas, year) for side, plan in sides.items()}
    use = {side: planned_uses(plan.areas) for side, plan in sides.items()}
    names = sorted({name for side in SIDES for name in use[side][chosen[side]]})
    rows = [
        _Row(name, name, *(area_mm2(sides[side].united(chosen[side] & (use[side] == name))) for side in SIDES))
        for name in names
    ]
    united = {side: area_mm2(plan.united(chosen[side])) for side, plan in sides.items()}
    table = _closed(rows, united, _zone_mm2(sides))
    horizon = NO_VALUE if year is None else str(year)
    return table.assign(horizon=horizon, key=[f"{horizon}/{key}" for key in table["key"]])


def _up_to(areas: GeoDataFrame, year: int | None) -> Any:
    years = _years(areas)
    return np.array([(one is None) if year is None else (one is not None and one <= year) for one in years], dtype=bool)


def _years(areas: GeoDataFrame) -> list[int | None]:
    if "phase" not in areas:
        return [None] * len(areas)
    found = [_YEAR.search(text) if isinstance(text, str) else None for text in areas["phase"]]
    return [None if year is None else int(year.group()) for year in found]


def _attributes(sides: Mapping[str, Plan]) -> DataFrame:
    """Return what the layer says of each functional area, the newer word first, by code in the order of the layer."""
    rows = [DataFrame(sides[side].areas.drop(columns="geometry")) for side in ("proposed", "base")]
    newest = rows[0].set_index("code").combine_first(rows[1].drop_duplicates("code").set_index("code"))
    order = [*rows[1]["code"], *(code for code in rows[0]["code"] if code not in set(rows[1]["code"]))]
    columns = ("name", "kind", "planned_use", "phase")
    plain = newest.reindex(order).reindex(columns=columns).astype(object)
    return plain.where(plain.notna(), None)


def _zone_mm2(sides: Mapping[str, Plan]) -> dict[str, int]:
    return {side: area_mm2(plan.zone) for side, plan in sides.items()}


def _closed(rows: list[_Row], united_mm2: Mapping[str, int], zone_mm2: Mapping[str, int]) -> DataFrame:
    """Return the rows with what closes them to the zone, and percentages that sum to 100."""
    gross = {side: sum(getattr(row, side) for row in rows) for side in SIDES}
    # Areas are rounded one by one: so little is no overlap.
    overlap = {side: _beyond_rounding(united_mm2[side] - gross[side]) for side in SIDES}
    other = {side: zone_mm2[side] - gross[side] - overlap[side] for side in SIDES}
    told = [row for row in rows if row.base or row.proposed]
    if any(overlap.values()):
        told.append(_Row(OVERLAP, _TITLES[OVERLAP].both(), overlap["base"], overlap["proposed"]))
    told.append(_Row(OTHER, _TITLES[OTHER].both(), other["base"], other["proposed"]))
    amounts = {side: [getattr(row, side) for row in told] for side in SIDES}
    return DataFrame(
        {
            "key": [row.key for row in told],
            "name": [row.name for row in told],
            **{f"{side}_m2": np.array(amounts[side]) / MM2_PER_M2 for side in SIDES},
            **{f"{side}_percent": shares_of(apportioned(amounts[side])) for side in SIDES},
            "change_m2": (np.array(amounts["proposed"]) - np.array(amounts["base"])) / MM2_PER_M2,
        }
    )


def _beyond_rounding(amount_mm2: int) -> int:
    return amount_mm2 if abs(amount_mm2) > ROUNDING_MM2 else 0
