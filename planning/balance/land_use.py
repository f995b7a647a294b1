"""Land use before and after, by code and by main group, closed to the zone; overlay totals stand apart.

Codes of both regimes are counted as they were recorded; a second table brings the older ones under their successors
of 2024 where a successor is known. Shares are apportioned to the groups first and then within each group, so that
both levels sum to 100 %.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from pandas import DataFrame

from gis.language import Text
from gis.measure import MM2_PER_M2, IntArray, to_m2
from layers.land_use import HEADS, land_uses
from layers.written_use import codes_of
from planning.balance.percent import apportioned, shares_of
from planning.balance.uses import WITHHELD, UseLines
from planning.cadastre import NO_VALUE
from planning.coded import Coded
from planning.record import Column, Table

SIDES = ("base", "proposed")
# Rows that are no code: several groups in one parcel, a code nobody knows, and what closes the table: land that no
# parcel covers, together with land that is withheld.
MIXED, UNKNOWN, UNPARCELLED = "mixed", "unknown", "unparcelled"
GROUPS = (*HEADS, MIXED, UNKNOWN, NO_VALUE, UNPARCELLED)
_TITLES = {
    MIXED: Text(vi="Nhiều mục đích, sổ chưa tách", en="Several uses, not split in the register"),
    UNKNOWN: Text(vi="Mã loại đất không có trong danh mục", en="Codes that no list has"),
    NO_VALUE: Text(vi="Chưa có loại đất", en="No land use stated"),
    UNPARCELLED: Text(
        vi="Ngoài các thửa đất; đất quốc phòng, an ninh (không nêu riêng)",
        en="Outside all parcels; defence and security land (not told apart)",
    ),
}
OLD_ONLY, NEW_ONLY, BOTH_REGIMES = "2014/2018", "2024", "2014/2018 + 2024"

_AREA = Column("m2", "areas of parcels inside the zone, split by the uses of the register")
_SHARE = Column("share", "of the whole zone, to 0.01 % by largest remainder within the group")
AMOUNTS: Mapping[str, Column] = {
    "base_m2": _AREA,
    "base_percent": _SHARE,
    "proposed_m2": _AREA,
    "proposed_percent": _SHARE,
    "change_m2": Column("m2", "proposed less established"),
}
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "code of the land use, or what takes its place"),
    "name": Column("words", "name by the list of codes"),
    "group": Column("words", "main group in the list of codes"),
    "regime": Column("text", "circulars whose list has the code"),
    **AMOUNTS,
}


@dataclass(frozen=True, eq=False)
class UseAreas:
    """Areas by use before and after, mm², shape (k,) each; `zone_mm2` is the zone by side."""

    names: tuple[str, ...]
    base: IntArray
    proposed: IntArray
    zone_mm2: Mapping[str, int]


def use_areas(lines: UseLines, inside_mm2: Mapping[str, IntArray], zone_mm2: Mapping[str, int]) -> UseAreas:
    """Return the areas of all uses inside the zone, with what no parcel covers.

    Parameters
    ----------
    inside_mm2 : area of every parcel inside the zone, by side
    zone_mm2 : area of the zone, by side
    """
    told = np.array([name != WITHHELD for name in lines.names])
    sums = {side: lines.sums_mm2(inside_mm2[side])[told] for side in SIDES}
    names = [name for name in lines.names if name != WITHHELD]
    closed = {side: np.append(sums[side], zone_mm2[side] - sums[side].sum()) for side in SIDES}
    return UseAreas((*names, UNPARCELLED), closed["base"], closed["proposed"], zone_mm2)


def group_of(use: str) -> str:
    """Return the main group of a use: that of all its codes, else mixed; unknown where no list has it."""
    if use in (NO_VALUE, UNPARCELLED):
        return use
    heads = {land_uses()[code].head if code in land_uses() else UNKNOWN for code in use.split("+")}
    return heads.pop() if len(heads) == 1 else MIXED


def by_code(areas: UseAreas) -> Table:
    """Return one row per use that the zone has before or after, by group and in the order of the list."""
    sums = _sums_mm2(areas.names, areas)
    uses = sorted(sums, key=lambda use: (GROUPS.index(group_of(use)), _place_in_list(use), use))
    groups = [group_of(use) for use in uses]
    told = {
        "key": uses,
        "name": [_name(use) for use in uses],
        "group": [_name(group) for group in groups],
        "regime": [_regime(use) for use in uses],
        **_amounts([sums[use] for use in uses], lambda amounts: _within_groups(groups, amounts)),
    }
    return Table(DataFrame(told, columns=list(_COLUMNS)), _COLUMNS)


def by_group(areas: UseAreas) -> Table:
    """Return one row per main group."""
    sums = _sums_mm2([group_of(use) for use in areas.names], areas)
    groups = sorted(sums, key=GROUPS.index)
    columns = {name: column for name, column in _COLUMNS.items() if name not in ("group", "regime")}
    amounts = _amounts([sums[group] for group in groups], lambda amounts: shares_of(apportioned(amounts)))
    told = {"key": groups, "name": [_name(group) for group in groups], **amounts}
    return Table(DataFrame(told, columns=list(columns)), columns)


def in_codes_of_2024(areas: UseAreas) -> UseAreas:
    """Return the areas with older codes under their successors; one without a known successor stays."""
    names = tuple("+".join(successors().get(code, code) for code in use.split("+")) for use in areas.names)
    return UseAreas(names, areas.base, areas.proposed, areas.zone_mm2)


def overlays(written: Coded, inside_mm2: Mapping[str, IntArray], zone_mm2: Mapping[str, int]) -> Table:
    """Return the overlay totals, which no balance sums: the zone itself, and what parcels were written to be.

    Parameters
    ----------
    written : land use of every parcel as the layer has it
    """
    rows = [_overlay(code, written, inside_mm2, zone_mm2) for code, use in land_uses().items() if use.overlay]
    columns = {
        "key": _COLUMNS["key"],
        "name": _COLUMNS["name"],
        "base_m2": Column("m2", "overlay total: the zone itself, or parcels written so; not part of any sum"),
        "proposed_m2": Column("m2", "overlay total: the zone itself, or parcels written so; not part of any sum"),
    }
    return Table(DataFrame(rows, columns=list(columns)).astype({"base_m2": float, "proposed_m2": float}), columns)


@cache
def successors() -> dict[str, str]:
    """Return the code of 2024 that takes the place of an older one, where one is known."""
    with (files("planning") / "data" / "land_use_successors.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["successor"] for row in csv.DictReader(file)}


def _sums_mm2(keys: Sequence[str], areas: UseAreas) -> dict[str, tuple[int, int]]:
    """Return the areas before and after by key, without what the zone has on neither side."""
    sums: dict[str, tuple[int, int]] = {}
    for key, base, proposed in zip(keys, areas.base.tolist(), areas.proposed.tolist(), strict=True):
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + base, before[1] + proposed)
    return {key: both for key, both in sums.items() if any(both)}


def _within_groups(groups: Sequence[str], amounts: Sequence[int]) -> list[float]:
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    parted = [[amounts[place] for place in places] for places in members.values()]
    parts = [0] * len(amounts)
    for places, of_it, whole in zip(members.values(), parted, apportioned([sum(one) for one in parted]), strict=True):
        for place, part in zip(places, _signed(of_it, whole), strict=True):
            parts[place] = part
    return shares_of(parts)


def _signed(amounts: Sequence[int], whole: int) -> list[int]:
    if sum(amounts) >= 0:
        return apportioned(amounts, whole)
    return [-part for part in apportioned([-amount for amount in amounts], -whole)]


def _amounts(rows: Sequence[tuple[int, int]], percent_of: Callable[[Sequence[int]], list[float]]) -> dict[str, Any]:
    """Return the columns of `AMOUNTS` of rows with their area before and after, mm²."""
    base, proposed = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return {
        "base_m2": base / MM2_PER_M2,
        "base_percent": percent_of(base.tolist()),
        "proposed_m2": proposed / MM2_PER_M2,
        "proposed_percent": percent_of(proposed.tolist()),
        "change_m2": (proposed - base) / MM2_PER_M2,
    }


def _place_in_list(use: str) -> int:
    order = _order()
    return min((order[code] for code in use.split("+") if code in order), default=len(order))


@cache
def _order() -> dict[str, int]:
    return {code: place for place, code in enumerate(land_uses())}


def _name(use: str) -> str:
    if use in _TITLES:
        return _TITLES[use].both()
    titles = [land_uses()[code].title if code in land_uses() else Text(vi=code, en=code) for code in use.split("+")]
    return Text(vi=" + ".join(one.vi for one in titles), en=" + ".join(one.en for one in titles)).both()


def _regime(use: str) -> str | None:
    if use in (NO_VALUE, UNPARCELLED):
        return None
    regimes = {land_uses()[code].regime if code in land_uses() else UNKNOWN for code in use.split("+")}
    only = [one for one in (UNKNOWN, OLD_ONLY, NEW_ONLY) if one in regimes]
    return only[0] if only else BOTH_REGIMES


def _overlay(
    code: str, written: Coded, inside_mm2: Mapping[str, IntArray], zone_mm2: Mapping[str, int]
) -> tuple[str, str, float | None, float | None]:
    name = land_uses()[code].title.both()
    if code == _ZONE_ITSELF:
        return code, name, to_m2(zone_mm2["base"]), to_m2(zone_mm2["proposed"])
    if not any(code in codes_of(text) for text in written.texts):
        return code, name, None, None
    here = written.rows(lambda text: code in codes_of(text))
    base, proposed = (to_m2(int(inside_mm2[side][here].sum())) for side in SIDES)
    return code, name, base, proposed


# The economic zone is an overlay total of its own.
_ZONE_ITSELF = "KKT"
