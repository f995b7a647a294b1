"""Which units lie in the zone whole and which are cut: by the lists of the law where they speak, shapes as evidence.

The word of a list goes before a drawing: a decision names the units of the zone, a resolution names those that a new
unit was made of, and both are exact where a line on a map is not. The zone's own list (``zone_units``) speaks of the
units of one vintage; where there is none, the shapes of that vintage speak with which the zone's line shares its
corners. The list of predecessors carries that over to the other vintage. Edits that add or remove whole units speak
like the zone's list; where an edit of shapes touches a unit, the lists have nothing more to say about it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame, Index

from gis.measure import IntArray, areas_mm2
from gis.states import CROSSED, INSIDE, OUTSIDE, UNDECIDABLE
from layers.predecessors import WHOLE
from planning.context import Units
from planning.edits import AddUnits, RemoveUnits
from planning.proposal import Change
from planning.record import Column, Table

NAME = "whole_or_cut@"
# How list and shapes stand to each other.
AGREE, WITHIN, DIFFER, SHAPES_OPEN, SHAPES_ONLY = AGREEMENT = (
    "agree", "agree_within_accuracy", "differ", "shapes_open", "shapes_only"
)  # fmt: skip
# A unit belongs where most of it lies, if the rest is no more than the accuracy of lines can explain.
_HALF = 0.5

# A list that does not know a unit, or not what becomes of it.
_SILENT = np.array([None, UNDECIDABLE], dtype=object)

_HOW_LISTED = "by the list of the zone's units, the list of predecessors and the edits that name whole units"
_HOW_SHAPES = "four states against the line, by its stated accuracy"
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "name": Column("text", "name as in the layer"),
    "state_base": Column("state", "the list's word where it has one, else that of the shapes"),
    "state_proposed": Column("state", "the list's word where it has one, else that of the shapes"),
    "listed_base": Column("state", _HOW_LISTED),
    "listed_proposed": Column("state", _HOW_LISTED),
    "shapes_base": Column("state", _HOW_SHAPES),
    "shapes_proposed": Column("state", _HOW_SHAPES),
    "share_base": Column("share", "base_m2 / area of the unit before"),
    "share_proposed": Column("share", "proposed_m2 / unit_m2"),
    "members": Column("count", "units of the other vintage that the lists know it by"),
    "members_base": Column("count", "of those, units that the zone has whole"),
    "members_proposed": Column("count", "of those, units that the zone has whole"),
    "agreement": Column("text", "list against shapes, for the zone as it is established"),
    "agreement_proposed": Column("text", "list against shapes, for the zone as it is proposed"),
}

States = npt.NDArray[np.object_]
SIDES = ("base", "proposed")


@dataclass(frozen=True, eq=False)
class Vintage:
    """The units of one vintage with their areas and states.

    Attributes
    ----------
    rows : as from `planning.breakdown.by_unit`
    accuracy_m : how far the zone's line and the outlines of the units may lie apart where they are one
    """

    units: Units
    rows: DataFrame
    accuracy_m: float = 0.0

    @property
    def day(self) -> str:
        """Day from which the units are valid."""
        return self.units.layer.partition("@")[2]

    def by_area(self, side: str) -> States:
        """Return where each unit belongs by its area, ``side`` is base or proposed.

        What lies on the wrong side counts for nothing as long as it is no more than a strip along the outline of the
        unit, as wide as the accuracy.
        """
        inside, whole = (self.rows[name].to_numpy() for name in (f"{side}_m2", "unit_m2"))
        strip = self.accuracy_m * self.units.fabric_before.length_m
        most = inside > _HALF * whole
        found = np.select([most & (whole - inside <= strip), ~most & (inside <= strip)], [INSIDE, OUTSIDE], CROSSED)
        return np.where(np.isnan(whole), UNDECIDABLE, found).astype(object)


@dataclass(frozen=True, eq=False)
class Members:
    """The smallest parts of units that lists speak of: an old unit in a new one.

    Attributes
    ----------
    codes : of the units, by vintage, shape (n,); None where a unit has no counterpart
    shapes_of : the vintage whose shapes speak, because no list names its units; empty where one does
    base, proposed : state of each part, shape (n,)
    """

    codes: Mapping[str, States]
    shapes_of: str
    base: States
    proposed: States


def members(
    vintages: Sequence[Vintage],
    codes: Mapping[str, States],
    named: Mapping[str, Mapping[str, str]],
    changes: Sequence[Change],
) -> Members:
    """Return what the lists say of one vintage, or of two.

    Parameters
    ----------
    codes : of the smallest parts, by vintage: see `codes_of`
    named : by vintage, the units that the zone's list names, and whether whole or in part; empty where there is none
    changes : what the edits of the zone do, in their order
    """
    told = next((day for day in codes if named.get(day)), None)
    if told is None:
        anchor = max(vintages, key=_whole_m2)
        states = [
            _of_parts(codes[anchor.day], dict(zip(anchor.rows["key"], anchor.by_area(side), strict=True)), UNDECIDABLE)
            for side in SIDES
        ]
        return Members(codes, anchor.day, *states)
    listed = {code: INSIDE if part == WHOLE else CROSSED for code, part in named[told].items()}
    base = _of_parts(codes[told], listed, OUTSIDE)
    return Members(codes, "", base, _after(base, codes, changes))


def codes_of(old: Vintage, new: Vintage, pairs: Sequence[tuple[str, str]]) -> dict[str, States]:
    """Return by vintage the codes of the smallest parts: a pair each, and units that are in none alone.

    Parameters
    ----------
    pairs : old and new units that belong together
    """
    paired = {older for older, _ in pairs}, {newer for _, newer in pairs}
    before, since = (
        [code for code in vintage.rows["key"] if code not in its]
        for vintage, its in zip((old, new), paired, strict=True)
    )
    every = [*pairs, *((code, None) for code in before), *((None, code) for code in since)]
    return {
        vintage.day: np.array([pair[side] for pair in every], dtype=object) for side, vintage in enumerate((old, new))
    }


def _whole_m2(vintage: Vintage) -> float:
    """Return how much of the zone are whole units of a vintage: its line shares its corners with them."""
    whole = (vintage.rows["state_base"] == INSIDE).to_numpy()
    return float(vintage.rows["base_m2"].to_numpy()[whole].sum())


def _of_parts(codes: States, states: Mapping[str, str], other: str) -> States:
    """Return the state of each part by that of its unit; of a cut unit with several parts nobody knows which is cut."""
    times = Counter(codes.tolist())
    several = np.array([times[code] > 1 for code in codes], dtype=np.bool_)
    found = np.array([UNDECIDABLE if code is None else states.get(code, other) for code in codes], dtype=object)
    return np.where((found == CROSSED) & several, UNDECIDABLE, found)


def _after(base: States, codes: Mapping[str, States], changes: Sequence[Change]) -> States:
    """Return the states after the edits that add or remove whole units."""
    states = base.copy()
    for change in changes:
        edit = change.applied.edit
        if isinstance(edit, AddUnits | RemoveUnits) and edit.vintage in codes:
            states[np.isin(codes[edit.vintage], edit.units)] = INSIDE if isinstance(edit, AddUnits) else OUTSIDE
    return states


def whole_or_cut(vintage: Vintage, told: Members, redrawn: Any = None) -> DataFrame:
    """Return one row per unit that the zone meets or that a list puts into it, as the columns of the table.

    Parameters
    ----------
    told : what the lists say of this vintage
    redrawn : where edits of shapes change a zone whose own list names units: there it has nothing more to say
    """
    rows = vintage.rows
    names = {name: rows[name].array for name in ("key", "name")}
    place = Index(names["key"]).get_indexer(told.codes[vintage.day])
    found: dict[str, Any] = {}
    for side, agreement in (("base", "agreement"), ("proposed", "agreement_proposed")):
        shapes = rows[f"state_{side}"].to_numpy(dtype=object)
        listed, found["members"], found[f"members_{side}"] = _by_lists(place, len(rows), vintage.day, told, side)
        if side == "proposed" and redrawn is not None:
            listed[_touched(vintage.units, redrawn)] = None
        speaks = ~np.isin(listed, _SILENT)
        found |= {f"listed_{side}": listed, f"shapes_{side}": shapes, f"share_{side}": rows[f"share_{side}"].to_numpy()}
        found[f"state_{side}"] = np.where(speaks, listed, shapes)
        found[agreement] = np.select(
            [~speaks, listed == shapes, shapes == UNDECIDABLE, listed == vintage.by_area(side)],
            [SHAPES_ONLY, AGREE, SHAPES_OPEN, WITHIN],
            DIFFER,
        )
    met = np.logical_or.reduce(
        [np.isin(found[f"listed_{side}"], (INSIDE, CROSSED)) for side in SIDES]
        + [found[f"shapes_{side}"] != OUTSIDE for side in SIDES]
    )
    every = names | found
    return DataFrame({name: every[name][met] for name in _COLUMNS})


def table_of_units(rows: DataFrame) -> Table:
    """Return the rows as a table of the Record."""
    return Table(rows, _COLUMNS)


def _by_lists(place: IntArray, units: int, day: str, told: Members, side: str) -> tuple[States, IntArray, IntArray]:
    """Return what the lists say of each unit, of how many parts they know it, and how many of those are inside.

    Parameters
    ----------
    place : unit of each part, -1 for none
    units : how many there are
    """
    state = getattr(told, side)
    inside, outside, crossed, open_ = (
        np.bincount(place[(state == one) & (place >= 0)], minlength=units)
        for one in (INSIDE, OUTSIDE, CROSSED, UNDECIDABLE)
    )
    every = inside + outside + crossed + open_
    cut = (crossed > 0) | ((inside > 0) & (outside > 0))
    state = np.select([every == inside, every == outside, cut], [INSIDE, OUTSIDE, CROSSED], UNDECIDABLE)
    said = state.astype(object)
    said[(every == 0) | (told.shapes_of == day)] = None
    return said, every, inside


def redrawn_by(changes: Sequence[Change]) -> Any:
    """Return where edits of shapes change the zone; edits that name whole units are not among them."""
    shapes = [
        part
        for change in changes
        if not isinstance(change.applied.edit, AddUnits | RemoveUnits)
        for part in (change.added, change.removed)
    ]
    return shapely.union_all(shapes)


def _touched(units: Units, area: Any) -> IntArray:
    """Return the units of which some land lies in an area, by their position."""
    shapes = units.before.geometry.values
    shapely.prepare(area)
    near = np.flatnonzero(shapely.intersects(area, shapes))
    return near[areas_mm2(shapely.intersection(shapes[near], area)) > 0]
