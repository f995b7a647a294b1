"""What a Record says of the vintages of administrative units: districts, crosswalks, which units are whole or cut."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pandas import DataFrame, Series

from gis.states import STATES
from layers import zone_units
from layers.admin_units import DISTRICTS_UNTIL
from layers.predecessors import WHOLE
from layers.shared import Same, rows_once
from planning.context import Context, Units
from planning.crosswalk import NAME as CROSSWALK
from planning.crosswalk import crosswalk, crosswalk_table
from planning.districts import district_table
from planning.lineage import lineage, matched
from planning.record import Fact, Table
from planning.units import predecessor_list, vintage_accuracy_m
from planning.whole_or_cut import DIFFER, States, Vintage, codes_of, members, redrawn_by, table_of_units, whole_or_cut
from planning.whole_or_cut import NAME as WHOLE_OR_CUT

# An old unit that no list knows belongs to the new one that has more than this of it.
_MOST = 0.5


def vintage_tables(context: Context, rows: Mapping[str, DataFrame]) -> Iterator[tuple[str, Table]]:
    """Yield the tables by district, the crosswalks of vintages in sequence, and which units are whole or cut.

    Parameters
    ----------
    rows : areas of the units of each vintage, by the name of its layer, as from `planning.breakdown.by_unit`
    """
    vintages = [_vintage(context, units, rows[units.layer]) for units in context.vintages]
    for vintage in vintages:
        yield from district_table(vintage.units, vintage.rows)
    named = _zone_list(context).named
    changes = [change for change in context.proposal.changes if change.applied.edit.target == "zone"]
    told = {one.day: members([one], {one.day: _keys(one)}, named, changes) for one in vintages}
    predecessors = Same(predecessor_list(context.workspace))
    for old, new in pairwise(vintages):
        listed = _lineage(predecessors, old.units, new.units)
        apart_m = math.hypot(*(vintage_accuracy_m(context.workspace, one.day) or 0.0 for one in (old, new)))
        table = crosswalk(old.units, new.units, context.proposal.regions, listed, apart_m)
        yield f"{CROSSWALK}{old.day}.{new.day}", crosswalk_table(table)
        both = members([old, new], codes_of(old, new, _pairs(listed, table)), named, changes)
        # The first pair that a vintage is in speaks for it, so that the zone's list reaches both ways from its own.
        told |= {one.day: both for one in (old, new) if len(told[one.day].codes) == 1}
    redrawn = redrawn_by(changes) if any(named.values()) else None
    for vintage in vintages:
        yield f"{WHOLE_OR_CUT}{vintage.day}", table_of_units(whole_or_cut(vintage, told[vintage.day], redrawn))


def vintage_facts(context: Context, tables: Mapping[str, Table]) -> Iterator[Fact]:
    """Yield how many units are whole, cut and open, where list and shapes differ, and what a list names in vain."""
    for name, table in tables.items():
        if name.startswith(WHOLE_OR_CUT):
            for side in ("base", "proposed"):
                counts = table.frame[f"state_{side}"].value_counts()
                for state in STATES:
                    how = "units by state, the list's word first"
                    if state != "outside":
                        yield Fact(f"{name}.{state}_{side}", int(counts.get(state, 0)), "count", how)
            differ = int((table.frame["agreement"] == DIFFER).sum())
            yield Fact(f"{name}.differ", differ, "count", "units of which list and shapes say different things")
    lost = _zone_list(context).lost
    if lost:
        yield Fact("zone_units.unmatched", ", ".join(lost), "text", "units of the zone's list that no vintage has")


def _keys(vintage: Vintage) -> States:
    keys: States = vintage.rows["key"].to_numpy(dtype=object)
    return keys


def _vintage(context: Context, units: Units, rows: DataFrame) -> Vintage:
    own_m = vintage_accuracy_m(context.workspace, _day(units))
    return Vintage(units, rows, math.hypot(context.accuracy_m, own_m or 0.0))


@lru_cache(maxsize=8)
def _lineage(listed: Same, old: Units, new: Units) -> DataFrame:
    return lineage(listed.frame, old.before, new.before)


def _pairs(listed: DataFrame, table: DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of the list, and for old units that it does not know those that the shapes show."""
    pairs = list(zip(listed["old"], listed["new"], strict=True))
    known = set(listed["old"])
    most = table[(table["share_of_old"] > _MOST).to_numpy()]
    shown = [pair for pair in zip(most["old_code"], most["new_code"], strict=True) if pair[0] not in known]
    return list(dict.fromkeys([*pairs, *shown]))


@dataclass(frozen=True, eq=False)
class _ZoneList:
    # By vintage the units that the zone's own list names, and whether whole or in part; names that no vintage has.
    named: Mapping[str, Mapping[str, str]]
    lost: tuple[str, ...]


def _zone_list(context: Context) -> _ZoneList:
    if not context.workspace.has(zone_units.SCHEMA.name):
        return _ZoneList({}, ())
    return _found(Same(rows_once(context.workspace, zone_units.SCHEMA.name)), context.vintages)


@lru_cache(maxsize=4)
def _found(listed: Same, vintages: tuple[Units, ...]) -> _ZoneList:
    """Return the units of the zone's list in the vintages that they are of."""
    rows = listed.frame.reindex(columns=[field.name for field in zone_units.SCHEMA.fields])
    rows = rows.assign(part=rows["part"].fillna(WHOLE))
    of_day = {_day(units): units.before for units in vintages}
    named, lost = {}, []
    for day, some in rows.groupby(_days(rows, list(of_day))):
        codes = matched(some, of_day[day]) if day in of_day else [None] * len(some)
        told = list(zip(codes, some["part"], some["name"], strict=True))
        named[str(day)] = {code: part for code, part, _ in told if code is not None}
        lost += [str(name) for code, _, name in told if code is None]
    return _ZoneList(named, tuple(lost))


def _days(listed: DataFrame, known: Sequence[str]) -> Series:
    """Return the vintage that each unit of the zone's list is one of: as stated, else the newest with districts."""
    older = [day for day in known if day < DISTRICTS_UNTIL]
    other = older[-1] if older else (known[-1] if known else "")
    return listed["valid_from"].where(listed["valid_from"].isin(known), other)


def _day(units: Units) -> str:
    return units.layer.partition("@")[2]
