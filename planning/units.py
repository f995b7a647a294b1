"""Naming administrative units: by code or by name, always within one vintage, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from layers import admin_units, predecessors
from layers.admin_units import SCHEMA, same_unit_name, unit_key
from layers.shared import Same, rows_once
from layers.workspace import Workspace
from planning.errors import UnitAmbiguous, UnitOfOtherKind, UnitOfWhichVintage, UnitUnknown, VintageUnknown


@dataclass(frozen=True)
class Hit:
    """A unit that answers to a name or code: what it is called, where it belongs, and from which day."""

    code: str
    name: str
    parent: str
    vintage: str

    def told(self) -> str:
        """Return the unit as a message names it."""
        return f"{self.code or '–'} {self.name}" + (f" ({self.parent})" if self.parent else "")


def choose_vintage(workspace: Workspace, vintage: str | None) -> str:
    """Return `vintage` if the project has it; without one, the only vintage there is.

    Raises
    ------
    VintageUnknown
        No such vintage, or several and none was named: a code without its date is an error.
    """
    present = workspace.vintages()
    chosen = vintage or (present[0] if len(present) == 1 else None)
    if chosen not in present:
        raise VintageUnknown(vintage=vintage or "–", vintages=", ".join(present) or "–")
    return chosen


def units_of_vintage(workspace: Workspace, vintage: str) -> GeoDataFrame:
    """Return the administrative units valid from the day `vintage`, row numbers from 0."""
    units = rows_once(workspace, SCHEMA.name)
    return units[units["valid_from"] == vintage].reset_index(drop=True)


def unit_names(workspace: Workspace, vintage: str) -> dict[str, str]:
    """Return the name of every unit of a vintage by its code; empty where the project has no such units."""
    if not workspace.has(SCHEMA.name):
        return {}
    units = _plain(units_of_vintage(workspace, vintage)).fillna("")
    return dict(zip(units["code"], units["name"], strict=True))


def named_units(workspace: Workspace, wanted: Sequence[str], vintage: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the vintage and the codes of the units that a person names.

    Where no vintage is named, every name and code has to mean one unit only, in all vintages of the project and of the
    list of predecessors: all commune codes of 2025 were codes of other communes before.

    Raises
    ------
    VintageUnknown, UnitUnknown, UnitAmbiguous, UnitOfOtherKind
    UnitOfWhichVintage
        Listing what the name or code stands for.
    """
    if vintage is None:
        for one in wanted:
            hits = find_units(workspace, one)
            if len({hit.vintage for hit in hits}) > 1:
                raise UnitOfWhichVintage(unit=one.strip(), units=_by_vintage(hits))
    day = choose_vintage(workspace, vintage)
    return day, find_codes(units_of_vintage(workspace, day), wanted, day)


def find_codes(units: GeoDataFrame, wanted: Sequence[str], vintage: str) -> tuple[str, ...]:
    """Return the code of each unit in `wanted`: a code, a name, or ``parent/name``.

    Names are compared whatever tone placement, case and spaces, and with their kind (xã, phường, …) where both sides
    say one: the ward Hoàng Văn Thụ is not the commune.

    Raises
    ------
    UnitUnknown, UnitAmbiguous, UnitOfOtherKind
    """
    return tuple(_find(units, one.strip(), vintage) for one in wanted)


def find_units(workspace: Workspace, wanted: str) -> tuple[Hit, ...]:
    """Return every unit that answers to a code, a name or ``parent/name``, in any vintage, oldest first.

    The list of predecessors is asked for units that the project does not hold.
    """
    held = workspace.has(SCHEMA.name)
    units = _plain(workspace.read(SCHEMA.name) if held else DataFrame())
    hits = [Hit(*row) for row in _hits(units, wanted)]
    listed = predecessor_list(workspace)
    if _concerns(listed, units):
        for side in ("old", "new"):
            named = [Hit(*row) for row in _hits(_side_of(listed, side), wanted)]
            hits += [hit for hit in named if not any(_same_unit(hit, other) for other in hits)]
    return tuple(sorted(hits, key=lambda hit: (hit.vintage, hit.code)))


def kin(workspace: Workspace, hit: Hit) -> tuple[tuple[str, Hit], ...]:
    """Return what the list of predecessors knows of a unit: units that it was made of, and units that it went into.

    Each with how: ``whole_of``, ``part_of``, ``whole_into``, ``part_into``.
    """
    found = []
    for row in predecessor_list(workspace).fillna("").itertuples(index=False):
        old = Hit(row.old_code, row.old_name, row.old_parent, row.old_valid_on)
        new = Hit(row.new_code, row.new_name, "", row.new_valid_from)
        if _is_listed(hit, new, sure=hit.vintage == new.vintage):
            found.append((f"{row.part}_of", old))
        if _is_listed(hit, old, sure=hit.vintage < new.vintage):
            found.append((f"{row.part}_into", new))
    return tuple(found)


def _is_listed(hit: Hit, listed: Hit, *, sure: bool) -> bool:
    """Tell whether a unit is one of the list: of its days, and equal in name and in code or parent."""
    if not sure or not same_unit_name(hit.name, listed.name):
        return False
    return hit.code == listed.code or (listed.parent != "" and unit_key(hit.parent) == unit_key(listed.parent))


def predecessor_list(workspace: Workspace) -> DataFrame:
    """Return the project's list of predecessors, or the one that comes with the program; not to be changed."""
    if not workspace.has(predecessors.SCHEMA.name):
        return predecessors.shipped()
    return _with_parts(Same(rows_once(workspace, predecessors.SCHEMA.name)))


@lru_cache(maxsize=4)
def _with_parts(listed: Same) -> DataFrame:
    rows = listed.frame.reindex(columns=[field.name for field in predecessors.SCHEMA.fields])
    return rows.assign(part=rows["part"].fillna(predecessors.WHOLE))


def vintage_accuracy_m(workspace: Workspace, vintage: str) -> float | None:
    """Return the accuracy that is stated of the units of a vintage, the worst of its sources; None: not stated."""
    entry = workspace.project.layers.get(SCHEMA.name)
    stated = [source.accuracy_m for source in entry.sources if source.vintage == vintage] if entry else []
    known = [one for one in stated if one is not None]
    return max(known) if known and len(known) == len(stated) else None


def _find(units: GeoDataFrame, wanted: str, vintage: str) -> str:
    if (units["code"] == wanted).any():
        return wanted
    plain = _plain(units)
    hits = _hits(plain, wanted)
    if len(hits) > 1:
        raise UnitAmbiguous(unit=wanted, vintage=vintage, units="; ".join(Hit(*hit).told() for hit in hits))
    if not hits:
        others = _hits(plain, _without_kind(wanted))
        if others:
            raise UnitOfOtherKind(unit=wanted, vintage=vintage, units="; ".join(Hit(*hit).told() for hit in others))
        raise UnitUnknown(unit=wanted, vintage=vintage)
    return hits[0][0]


def _plain(units: DataFrame) -> DataFrame:
    return units.reindex(columns=["code", "name", "parent", "valid_from"]).astype(object)


def _side_of(listed: DataFrame, side: str) -> DataFrame:
    """Return the units before or since, as a list of predecessors names them."""
    names = {
        "old": ("old_code", "old_name", "old_parent", "old_valid_on"),
        "new": ("new_code", "new_name", None, "new_valid_from"),
    }
    columns = [listed[name] if name else "" for name in names[side]]
    return DataFrame(dict(zip(("code", "name", "parent", "valid_from"), columns, strict=True))).drop_duplicates()


def _hits(units: DataFrame, wanted: str) -> list[tuple[str, str, str, str]]:
    """Return the units that a code, a name or ``parent/name`` stands for; ``valid_from`` last."""
    parent, _, name = wanted.strip().rpartition("/")
    by_name = units["name"].map(lambda one: same_unit_name(one, name), na_action="ignore") == True  # noqa: E712 -- missing
    if parent:
        by_name &= units["parent"].map(unit_key, na_action="ignore") == unit_key(parent)
    found = units[by_name | (units["code"] == wanted.strip())].fillna("")
    return [tuple(row) for row in found.itertuples(index=False, name=None)]


def _without_kind(wanted: str) -> str:
    parent, slash, name = wanted.rpartition("/")
    kind = next((kind for kind in admin_units.KINDS if f"{name.strip().casefold()} ".startswith(f"{kind} ")), "")
    return f"{parent}{slash}{name.strip()[len(kind) :]}"


def _concerns(listed: DataFrame, units: DataFrame) -> bool:
    """Tell whether a list knows any of the units: names and codes of another province mean nothing here."""
    known = pd.concat([_side_of(listed, side) for side in ("old", "new")])
    pairs = [{(code, unit_key(name)) for code, name in _named(rows)} for rows in (known, units)]
    return not pairs[0].isdisjoint(pairs[1])


def _named(rows: DataFrame) -> list[tuple[str, str]]:
    return list(rows[["code", "name"]].dropna().itertuples(index=False, name=None))


def _same_unit(listed: Hit, held: Hit) -> bool:
    """Tell whether the layer holds a unit of the list: both with districts or both without, of one name and place."""
    if (listed.vintage < admin_units.DISTRICTS_UNTIL) != (held.vintage < admin_units.DISTRICTS_UNTIL):
        return False
    same_place = listed.code == held.code or (listed.parent != "" and unit_key(listed.parent) == unit_key(held.parent))
    return same_place and same_unit_name(listed.name, held.name)


def _by_vintage(hits: Sequence[Hit]) -> str:
    days = sorted({hit.vintage for hit in hits})
    return "; ".join(f"{day}: {', '.join(hit.told() for hit in hits if hit.vintage == day)}" for day in days)
