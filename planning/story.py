"""Where a number comes from: what it is made of, step by step, down to parcels, edits, rules and layers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

import numpy as np
from pandas import Series
from pandas.api.types import is_numeric_dtype

from gis.measure import to_m2, to_mm2
from layers import admin_units, constraints, functional_areas, gates, papers, parcel_uses, parcels, yards, zone
from layers.project import Source
from layers.rasters import RASTERS
from layers.versions import Version, history
from layers.workspace import Workspace
from planning.errors import FactMisnamed, FactUnknown
from planning.law.choice import rule_set_named
from planning.law.rule_set import Clause
from planning.record import Fact, Input, Record

# sum: the parts add up to it; formula: it is computed from them; decided: they are what it was decided by;
# given: it is in the layer, or measured on its shapes.
Kind = Literal["sum", "formula", "decided", "given"]
# So many parts of one number are told, the largest first, and so deep.
MOST, DEEPEST = 5, 4


@dataclass(frozen=True, slots=True)
class Story:
    """One fact and what it is made of.

    Attributes
    ----------
    parts : the largest first, at most as many as were asked for
    count : how many there are
    rest_m2 : of an area that is a sum, what the parts that are not told add up to
    """

    fact: Fact
    kind: Kind
    parts: tuple["Story", ...] = ()
    count: int = 0
    rest_m2: float | None = None

    def told(self) -> Iterator[str]:
        """Yield the keys of all facts that are told."""
        yield self.fact.key
        for part in self.parts:
            yield from part.told()


@dataclass(frozen=True, slots=True)
class Origin:
    """A layer that a number hangs on, as it went into the Record.

    Attributes
    ----------
    version : in the history of the layer; None where that does not hold it
    sources : files that the layer was imported from
    """

    input: Input
    version: Version | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """How facts of one kind are made: keys that match, and the keys of what they are made of."""

    pattern: str
    kind: Kind
    parts: Callable[[Record, re.Match[str]], Sequence[str]]


def why(record: Record, key: str, most: int = MOST, deepest: int = DEEPEST) -> Story:
    """Return the story of one fact of a Record.

    Parameters
    ----------
    key : of a scalar fact or a cell: ``area_m2.added``, ``by.land_use[LUC].added_m2``, ``criteria[ZB-02].verdict``
    most, deepest : parts of one fact that are told, and steps down

    Raises
    ------
    FactMisnamed
        Naming the keys that are nearest.
    """
    try:
        fact = record.fact(key)
    except FactUnknown as error:
        raise FactMisnamed(key=key, near=", ".join(nearest_keys(record, key)) or "–") from error
    kind, keys = _parts(record, key)
    if not keys or not deepest:
        return Story(fact, kind if keys else "given", (), len(keys))
    told = tuple(why(record, one, most, deepest - 1) for one in keys[:most])
    rest_m2 = _sum_m2(record, keys[most:]) if kind == "sum" and fact.unit == "m2" and len(keys) > most else None
    return Story(fact, kind, told, len(keys), rest_m2)


def nearest_keys(record: Record, key: str) -> list[str]:
    """Return the keys that look most like one that is not there: of facts, of rows of its table, of its columns."""
    name, opened, rest = key.partition("[")
    if opened and name in record.tables:
        row, _, column = rest.rpartition("].")
        table = record.tables[name]
        rows = get_close_matches(row or rest, table.frame["key"].astype(str), 3, 0.3) or [
            str(table.frame["key"].iloc[0])
        ]
        columns = [column] if column in table.columns else get_close_matches(column, table.columns, 2, 0.3)
        return [f"{name}[{one}].{other}" for one in rows for other in columns or list(table.columns)[-1:]][:5]
    columns = [f"{name}[…]" for name in record.tables]
    return get_close_matches(key, [*record.facts, *columns], 5, 0.4)


def origins(workspace: Workspace, record: Record, story: Story) -> tuple[Origin, ...]:
    """Return the layers that the facts of a story hang on, as they went into the Record."""
    names = {name for key in story.told() for name in _layers_of(key)}
    whole = not names
    found = []
    for one in record.inputs:
        named = one.layer.partition("/")[0]
        if whole or named in names:
            version = next((each for each in history(workspace.path, one.layer) if each.sha256 == one.sha256), None)
            entry = workspace.project.layers.get(one.layer)
            same = entry is not None and entry.sha256 == one.sha256
            found.append(Origin(one, version, entry.sources if entry is not None and same else ()))
    return tuple(found)


def clauses(workspace: Workspace, record: Record, story: Story) -> tuple[Clause, ...]:
    """Return the clauses of the rule set that the facts of a story hang on."""
    ids = dict.fromkeys(
        match[1] for key in story.told() if (match := re.match(r"criteria(?:\.readings)?\[([^\]/]+)", key))
    )
    known = {one.id: one for one in rule_set_named(record.rules.id, workspace.path).clauses} if ids else {}
    return tuple(known[one] for one in ids if one in known)


def _parts(record: Record, key: str) -> tuple[Kind, Sequence[str]]:
    for way in _WAYS:
        match = re.fullmatch(way.pattern, key)
        if match is not None:
            return way.kind, way.parts(record, match)
    return "given", ()


def _sum_m2(record: Record, keys: Sequence[str]) -> float:
    """Return the exact sum of cells of one column."""
    return to_m2(sum(int(to_mm2(record.value(key) or 0.0)) for key in keys))


def _named(*templates: str) -> Callable[[Record, re.Match[str]], Sequence[str]]:
    """Return the facts of these keys if all of them are there: half a sum is none."""

    def parts(record: Record, match: re.Match[str]) -> Sequence[str]:
        keys = [match.expand(template) for template in templates]
        return keys if all(_is_there(record, key) for key in keys) else []

    return parts


def _is_there(record: Record, key: str) -> bool:
    try:
        record.fact(key)
    except FactUnknown:
        return False
    return True


def _rows(
    table: str, column: str, where: Callable[[Any, re.Match[str]], Series] | None = None
) -> Callable[[Record, re.Match[str]], Sequence[str]]:
    """Return the cells of one column of a table, of numbers those that are not zero, the largest first."""

    def parts(record: Record, match: re.Match[str]) -> Sequence[str]:
        name, cells = match.expand(table), match.expand(column)
        if name not in record.tables or cells not in record.tables[name].columns:
            return []
        frame = record.tables[name].frame
        if where is not None:
            frame = frame[where(frame, match).to_numpy(dtype=bool)]
        if is_numeric_dtype(frame[cells]):
            sizes = frame[cells].abs().fillna(0.0).to_numpy()
            frame = frame.iloc[np.argsort(-sizes, kind="stable")[: int((sizes > 0).sum())]]
        return [f"{name}[{key}].{cells}" for key in frame["key"]]

    return parts


def _is(column: str, group: int) -> Callable[[Any, re.Match[str]], Series]:
    return lambda frame, match: frame[column].fillna("–") == match[group]


_AREA = r"(?:unit|base|proposed|kept|added|removed)_m2"
_WAYS: tuple[_Way, ...] = (
    _Way(r"area_m2\.(?:net|gross)", "formula", _named("area_m2.added", "area_m2.removed")),
    _Way(r"area_m2\.proposed", "sum", _named("area_m2.kept", "area_m2.added", "area_m2.residual.proposed")),
    _Way(r"area_m2\.base", "sum", _named("area_m2.kept", "area_m2.removed", "area_m2.residual.base")),
    _Way(r"area_m2\.(added|removed)", "decided", _rows("edits", r"\1_m2")),
    _Way(r"share_of_declared\.(\w+)", "formula", _named(r"area_m2.\1", "zone.declared_area_m2")),
    _Way(r"zone\.drawn_less_declared_m2", "formula", _named("area_m2.base", "zone.declared_area_m2")),
    _Way(r"zone\.drawn_less_declared_share", "formula", _named("zone.drawn_less_declared_m2", "zone.declared_area_m2")),
    _Way(r"(.+)\.residual_m2\.(\w+)", "formula", _named(r"area_m2.\2", r"\1.total.\2_m2")),
    _Way(r"((?:by|crosswalk)\..+|yards_replanned)\.total\.(\w+)", "sum", _rows(r"\1", r"\2")),
    _Way(r"(balance\.(?:functional_areas|land_use|land_use_2024|groups))\.total\.(\w+)", "sum", _rows(r"\1", r"\2")),
    _Way(r"balance\.horizons\.(\d+)\.total\.(\w+)", "sum", _rows("balance.horizons", r"\2", _is("horizon", 1))),
    _Way(rf"by\.land_use\[(.+)\]\.({_AREA})", "sum", _rows("parcels", r"\2", _is("land_use", 1))),
    _Way(
        r"parcels\.(inside|outside|crossed|undecidable)",
        "decided",
        _rows("parcels", "state_proposed", lambda frame, match: frame["state_proposed"] == match[1]),
    ),
    _Way(r"edits\.overlap_m2", "sum", _rows("edits", "overlap_m2")),
    _Way(r"movement\.verdict", "decided", _rows("movement", "kind", lambda frame, _: frame["kind"] != "unchanged")),
    _Way(r"movement\.(moved|redrawn|cannot_tell|unchanged)\.(\w+)", "sum", _rows("movement", r"\2", _is("kind", 1))),
    _Way(r"movement\.(agree|differ)_m", "formula", _named("movement.accuracy_base_m", "movement.accuracy_proposed_m")),
    _Way(r"law\.procedure", "decided", _rows("criteria.procedures", "procedure")),
    _Way(
        r"law\.(met|not_met|cannot_tell|needs_input)",
        "decided",
        _rows("criteria", "verdict", lambda frame, match: frame["verdict"] == match[1]),
    ),
    _Way(
        r"criteria\[(.+)\]\.verdict",
        "decided",
        lambda record, match: [
            *_named(r"criteria[\1].value", r"criteria[\1].threshold")(record, match),
            *_rows("criteria.readings", "verdict", _is("clause", 1))(record, match),
        ],
    ),
    _Way(
        r"criteria\.readings\[(.+)\]\.verdict",
        "decided",
        _named(r"criteria.readings[\1].value", r"criteria.readings[\1].threshold"),
    ),
    _Way(
        r"(whole_or_cut@.+)\[(.+)\]\.state_(base|proposed)", "decided", _named(r"\1[\2].listed_\3", r"\1[\2].shapes_\3")
    ),
    _Way(r"(.+\[.+\])\.proposed_m2", "sum", _named(r"\1.kept_m2", r"\1.added_m2")),
    _Way(r"(.+\[.+\])\.base_m2", "sum", _named(r"\1.kept_m2", r"\1.removed_m2")),
    _Way(r"(.+\[.+\])\.share_proposed", "formula", _named(r"\1.proposed_m2", r"\1.unit_m2")),
    _Way(r"(.+\[.+\])\.share_base", "formula", _named(r"\1.base_m2", r"\1.unit_m2")),
    _Way(r"(.+\[.+\])\.state_proposed", "decided", _named(r"\1.share_proposed_min", r"\1.share_proposed_max")),
    _Way(r"(.+\[.+\])\.difference_m2", "formula", _named(r"\1.area_after_m2", r"\1.area_before_m2")),
    _Way(r"(.+\[.+\])\.change_m2", "formula", _named(r"\1.proposed_m2", r"\1.base_m2")),
)

_LINE = (zone.SCHEMA.name, "scenario")
# What a fact hangs on, by the beginning of its key; verdicts hang on everything.
_HANGS_ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("zone.", (zone.SCHEMA.name,)),
    ("area_m2.", _LINE),
    ("share_of_declared.", _LINE),
    ("markers.", _LINE),
    ("movement", (*_LINE, admin_units.SCHEMA.name)),
    ("edits", _LINE),
    ("by.admin_units", (*_LINE, admin_units.SCHEMA.name)),
    ("by.districts", (*_LINE, admin_units.SCHEMA.name)),
    ("crosswalk", (*_LINE, admin_units.SCHEMA.name, "predecessors")),
    ("whole_or_cut", (*_LINE, admin_units.SCHEMA.name, "predecessors", "zone_units")),
    ("by.functional_areas", (*_LINE, functional_areas.SCHEMA.name)),
    ("by.land_use", (*_LINE, parcels.SCHEMA.name)),
    ("parcels", (*_LINE, parcels.SCHEMA.name)),
    ("by.constraints", (*_LINE, constraints.SCHEMA.name)),
    ("balance.functional_areas", (*_LINE, functional_areas.SCHEMA.name)),
    ("balance.horizons", (*_LINE, functional_areas.SCHEMA.name)),
    ("balance", (*_LINE, parcels.SCHEMA.name, parcel_uses.SCHEMA.name, functional_areas.SCHEMA.name)),
    ("yards_replanned", (*_LINE, yards.SCHEMA.name, gates.SCHEMA.name, papers.SCHEMA.name)),
    ("yards", (*_LINE, yards.SCHEMA.name, gates.SCHEMA.name)),
    ("gates", (*_LINE, gates.SCHEMA.name)),
    *((f"terrain.{one.name}.", (one.name,)) for one in RASTERS),
    ("terrain", (*_LINE, functional_areas.SCHEMA.name, yards.SCHEMA.name, *(one.name for one in RASTERS))),
)


def _layers_of(key: str) -> tuple[str, ...]:
    return next((layers for beginning, layers in _HANGS_ON if key.startswith(beginning)), ())
