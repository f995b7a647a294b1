"""Which units of one vintage came of which units of an older one: the list of predecessors, matched with the layer."""

from collections.abc import Hashable
from typing import Any

from pandas import DataFrame, Series, isna

from layers.admin_units import name_parts, unit_key


def lineage(listed: DataFrame, old: DataFrame, new: DataFrame) -> DataFrame:
    """Return the pairs of units that the list tells of, as far as both sides stand in the layer.

    A unit of the list is one of the layer where code and name agree, or parent and name; a code alone proves nothing,
    because codes are used again.

    Parameters
    ----------
    listed : as `planning.units.predecessor_list`
    old, new : units of two vintages, with ``code``, ``name`` and, where it is known, ``parent``

    Returns
    -------
    DataFrame with the columns ``old``, ``new`` (codes), ``part`` (whole or part of the old unit went into the new one),
    ``source``.
    """
    before = matched(listed, old, "old_")
    since = matched(listed, new, "new_")
    found = DataFrame({"old": before, "new": since, "part": listed["part"], "source": listed["source"]})
    return found.dropna(subset=["old", "new"]).drop_duplicates(["old", "new"]).reset_index(drop=True)


def matched(listed: DataFrame, units: DataFrame, side: str = "") -> Series:
    """Return the code in the layer of each listed unit, shape (n,); missing where it is not there, or not for sure.

    Parameters
    ----------
    listed : units as a paper names them: ``code``, ``name``, ``parent``, each with `side` before it
    units : units of one vintage
    """
    rows = units.reindex(columns=["code", "name", "parent"])
    names = [_name(name) for name in rows["name"]]
    by_code = dict(zip(zip(rows["code"], names, strict=True), rows["code"], strict=True))
    by_parent = _once(zip(zip([_parent(one) for one in rows["parent"]], names, strict=True), rows["code"], strict=True))
    named = listed.reindex(columns=[f"{side}code", f"{side}name", f"{side}parent"])
    found = []
    for code, name, parent in named.itertuples(index=False):
        key = _name(name)
        found.append(
            by_code.get((code, key)) or by_code.get((code, ("", key[1]))) or _by_parent(by_parent, parent, key)
        )
    return Series(found, index=listed.index, dtype=object)


def _by_parent(known: dict[Hashable, str], parent: Any, name: tuple[str, str]) -> str | None:
    if isna(parent):
        return None
    return known.get((_parent(parent), name)) or known.get((_parent(parent), ("", name[1])))


def _once(pairs: Any) -> dict[Hashable, str]:
    """Return what each key stands for, without the keys that stand for several things."""
    known: dict[Hashable, str] = {}
    repeated = set()
    for key, value in pairs:
        if key in known:
            repeated.add(key)
        known[key] = value
    return {key: value for key, value in known.items() if key not in repeated}


def _name(name: Any) -> tuple[str, str]:
    return ("", "") if isna(name) else name_parts(name)


def _parent(parent: Any) -> str:
    return "" if isna(parent) else unit_key(parent)
