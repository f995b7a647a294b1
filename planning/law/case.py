"""The case that is put to the rules: the layers and the change, each asked once and only where a rule needs it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from pandas import DataFrame

from planning.context import Context, Units
from planning.law.border import Border, border_of
from planning.law.change import Change, change_of, status_of
from planning.law.districts import Districts, former_districts
from planning.law.parcel_books import ParcelBooks
from planning.law.rule_set import Clause
from planning.law.yard_places import Side, standing, with_distances, yard_rows
from planning.planned_land import PlannedLand
from planning.record import Table

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Case:
    """What rules ask.

    Attributes
    ----------
    context : the layers and what the scenario proposes
    tables : of the Record so far, with areas and states of units, yards, gates
    planned : parcels in the plan, None without parcels or functional areas
    """

    context: Context
    tables: Mapping[str, Table]
    planned: PlannedLand | None

    @cached_property
    def change(self) -> Change:
        """Areas of the change with their intervals."""
        return change_of(self.context)

    @cached_property
    def status(self) -> str | None:
        """How far the drawn zone may be relied on."""
        return status_of(self.context)

    def districts(self, abolished_on: str) -> Districts | None:
        """Return what becomes of the districts that there were until that day; None where the project cannot tell."""
        return self._once(
            ("districts", abolished_on), lambda: former_districts(self.context, self.tables, self.change, abolished_on)
        )

    def border(self, words: Sequence[str]) -> Border | None:
        """Return the border line among the infrastructure; None where the project has none."""
        return self._once(("border", *words), lambda: border_of(self.context, words))

    def yards(self, side: Side = "proposed") -> DataFrame | None:
        """Return the yards of both sides, a row each, as they are on one of them; None without such a layer."""
        if side == "base" and not self._replanned:
            return self.yards()
        key = ("yards",) if side == "proposed" else ("yards", side)
        return self._once(key, lambda: yard_rows(self.context, self.tables, side))

    def placed_yards(self, clause: Clause, side: Side = "proposed") -> DataFrame | None:
        """Return the yards with their distance to the gate areas of one side, by the words of the clause."""
        if side == "base" and not self._replanned:
            return self.placed_yards(clause)
        yards, of_side = self.yards(side), () if side == "proposed" else (side,)
        key = ("placed", clause.words["gate"], clause.words["gate_area"], *of_side)
        return None if yards is None else self._once(key, lambda: with_distances(yards, self.context, clause, side))

    def standing_yards(self, keys: Any) -> tuple[Any, Any]:
        """Tell which of the yards there are before and after, shape (n,) each; where nothing is re-planned, all."""
        units = getattr(self.context, "yards", None)
        if not isinstance(units, Units) or units.changes_nothing:
            return np.ones(len(keys), dtype=np.bool_), np.ones(len(keys), dtype=np.bool_)
        return standing(units, keys)

    @property
    def _replanned(self) -> bool:
        """Whether yards or functional areas are not the same on both sides."""
        layers = (getattr(self.context, name, None) for name in ("yards", "functional_areas"))
        return any(isinstance(units, Units) and not units.changes_nothing for units in layers)

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made before under that key; an error is not kept."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def books(self) -> ParcelBooks | None:
        """What the parcels state of themselves, None without such a layer."""
        return None if self.context.parcels is None else ParcelBooks(self.context, self.context.parcels.before)
