"""The case that is put to the rules: the layers and the change, each asked once and only where a rule needs it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pandas import DataFrame

from planning.context import Context
from planning.law.border import Border, border_of
from planning.law.change import Change, change_of, status_of
from planning.law.districts import Districts, former_districts
from planning.law.parcel_books import ParcelBooks
from planning.law.rule_set import Clause
from planning.law.yard_places import with_distances, yard_rows
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

    def yards(self) -> DataFrame | None:
        """Return the yards before or after, a row each, None without such a layer."""
        return self._once(("yards",), lambda: yard_rows(self.context, self.tables))

    def placed_yards(self, clause: Clause) -> DataFrame | None:
        """Return the yards with their distance to the gate areas, by the words of the clause."""
        yards, key = self.yards(), ("placed", clause.words["gate"], clause.words["gate_area"])
        return None if yards is None else self._once(key, lambda: with_distances(yards, self.context, clause))

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
