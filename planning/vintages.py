"""What a Record says of the vintages of administrative units: districts, crosswalks, which units are whole or cut."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pandas import DataFrame, Series

from gis.states import STATES
from layers import zone_units
from layers.admin_units import DISTRICTS_UNTIL
from layers.predecessors import WHOLE
from layers.shared import rows_once
from planning.context import Context, Units
from planning.crosswalk import NAME as CROSSWALK
from planning.crosswalk import crosswalk, crosswalk_table
from planning.districts import district_table
from planning.lineage import lineage, matched
from planning.record import Fact, Table
from planning.units import predecessor_list, vintage_accuracy_m
from planning.whole_or_cut import DIFFER, States, Vintage, codes_of, members, table_of_units, whole_or_cut
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
    named = _named(context, vintages)
    changes = [change for change in context.proposal.changes if change.applied.edit.target == "zone"]
    told = {one.day: members([one], {one.day: _keys(one)}, named, changes) for one in vintages}
    for old, new in pairwise(vintages):
        listed = lineage(predecessor_list(context.workspace), old.units.before, new.units.before)
        apart_m = math.hypot(*(vintage_accuracy_m(context.workspace, one.day) or 0.0 for one in (old, new)))
        table = crosswalk(old.units, new.units, context.proposal.regions, listed, apart_m)
        yield f"{CROSSWALK}{old.day}.{new.day}", crosswalk_table(table)
        both = members([old, new], codes_of(old, new, _pairs(listed, table)), named, changes)
        # The first pair that a vintage is in speaks for it, so that the zone's list reaches both ways from its own.
        told |= {one.day: both for one in (old, new) if len(told[one.day].codes) == 1}
    for vintage in vintages:
        found = whole_or_cut(vintage, told[vintage.day], changes, by_list=any(named.values()))
        yield f"{WHOLE_OR_CUT}{vintage.day}", table_of_units(found)


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
    lost = _unmatched(context)
    if lost:
        yield Fact("zone_units.unmatched", ", ".join(lost), "text", "units of the zone's list that no vintage has")


def _keys(vintage: Vintage) -> States:
    keys: States = vintage.rows["key"].to_numpy(dtype=object)
    return keys


def _vintage(context: Context, units: Units, rows: DataFrame) -> Vintage:
    own_m = vintage_accuracy_m(context.workspace, units.layer.partition("@")[2])
    return Vintage(units, rows, math.hypot(context.accuracy_m, own_m or 0.0))


def _pairs(listed: DataFrame, table: DataFrame) -> DataFrame:
    """Return the pairs of the list, and for old units that it does not know those that the shapes show."""
    shown = table[(table["share_of_old"] > _MOST) & ~table["old_code"].isin(listed["old"])]
    pairs = DataFrame({"old": [*listed["old"], *shown["old_code"]], "new": [*listed["new"], *shown["new_code"]]})
    return pairs.drop_duplicates()


def _named(context: Context, vintages: Sequence[Vintage]) -> dict[str, dict[str, str]]:
    """Return by vintage the units that the zone's list names, and whether whole or in part."""
    listed = _zone_list(context)
    found: dict[str, dict[str, str]] = {vintage.day: {} for vintage in vintages}
    if listed is None:
        return found
    for day, rows in listed.groupby(_days(listed, vintages)):
        units = next((vintage.units.before for vintage in vintages if vintage.day == day), None)
        if units is not None:
            codes = matched(rows, units)
            found[str(day)] = {code: part for code, part in zip(codes, rows["part"], strict=True) if code is not None}
    return found


def _zone_list(context: Context) -> DataFrame | None:
    if not context.workspace.has(zone_units.SCHEMA.name):
        return None
    rows = rows_once(context.workspace, zone_units.SCHEMA.name)
    rows = rows.reindex(columns=[field.name for field in zone_units.SCHEMA.fields])
    return rows.assign(part=rows["part"].fillna(WHOLE))


def _days(listed: DataFrame, vintages: Sequence[Vintage]) -> Series:
    """Return the vintage that each unit of the zone's list is one of: as stated, else the newest with districts."""
    known = [vintage.day for vintage in vintages]
    older = [day for day in known if day < DISTRICTS_UNTIL]
    other = older[-1] if older else (known[-1] if known else "")
    return listed["valid_from"].where(listed["valid_from"].isin(known), other)


def _unmatched(context: Context) -> list[str]:
    listed = _zone_list(context)
    if listed is None:
        return []
    vintages = [Vintage(units, DataFrame()) for units in context.vintages]
    lost = []
    for day, rows in listed.groupby(_days(listed, vintages)):
        units = next((vintage.units.before for vintage in vintages if vintage.day == day), None)
        codes = matched(rows, units) if units is not None else [None] * len(rows)
        lost += [str(name) for name, code in zip(rows["name"], codes, strict=True) if code is None]
    return lost
