"""Claims: who gets each cell of contested ground, that of an overlap or of a gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gis.ragged import Array, expand, starts_of
from gis.repair.balance import FAIR_SHARE, Option, balanced
from gis.repair.pieces import Pieces

# Ground that nobody covers goes to a unit whose common edge with it is at least this part of the longest one, so that
# no unit grows an arm between two others.
_BESIDE = 0.5
# A unit never gives away more than this part of itself.
MOST_LOST = 0.5

# The cells that are decided together, and the ways to decide: who gets each of them.
Cells = Sequence[int]
Way = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Contest:
    """Contested cells among all pieces of some units.

    Attributes
    ----------
    pieces : what the ground is cut into
    cells : positions of the contested pieces, in ascending order, shape (k,)
    narrow : whether a cell is no wider than the accuracy of its outlines, shape (k,)
    owed : unit to which a cell belongs for a reason of its own, -1 where there is none, shape (k,)
    area_m2, stated_m2 : drawn area of every unit, and the area that its papers state (NaN: not known), shape (n,)
    tolerance_m : accuracy of every unit, shape (n,)
    """

    pieces: Pieces
    cells: npt.NDArray[np.int64]
    narrow: npt.NDArray[np.bool_]
    owed: npt.NDArray[np.int64]
    area_m2: npt.NDArray[np.float64]
    stated_m2: npt.NDArray[np.float64]
    tolerance_m: npt.NDArray[np.float64]

    def winners(self) -> npt.NDArray[np.int64]:
        """Return the unit that gets each cell, -1 where nobody can, shape (k,).

        A narrow strip between two units follows one of their outlines from end to end, so that the line that stays is
        one that somebody drew. Everything else is given out so that areas stay what they were, or become what is
        stated where the contested ground explains the difference.
        """
        if not len(self.cells):
            return np.zeros(0, dtype=np.int64)
        parties = self._parties()
        alone, wanted = self._areas(parties)
        split: set[int] = set()
        while True:
            groups = self._groups(parties, split)
            found, area = self._decided(groups, parties, alone, wanted)
            unfair = set(np.flatnonzero(np.abs(area - wanted) > FAIR_SHARE * wanted).tolist())
            # Following one outline may cost a unit too much: then the cells of its lines are decided one by one, and
            # if that does not help those of its neighbours.
            beside = {one for cells in groups for one in parties[cells[0]] if unfair & set(parties[cells[0]])}
            wider = (unfair if not unfair <= split else beside) - split
            if not any(len(cells) > 1 and wider & set(parties[cells[0]]) for cells in groups):
                return found
            split |= wider

    def _decided(
        self, groups: list[Cells], parties: list[list[int]], alone: Any, wanted: Any
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Return the unit that gets each cell, and the area of every unit then."""
        ways = [self._ways(cells, parties) for cells in groups]
        choices = [[self._option(cells, way) for way in some] for cells, some in zip(groups, ways, strict=True)]
        found = np.full(len(self.cells), -1, dtype=np.int64)
        for cells, some, taken in zip(groups, ways, balanced(choices, alone.tolist(), wanted.tolist()), strict=True):
            found[list(cells)] = some[taken]
        won = found >= 0
        gained = np.bincount(found[won], self.pieces.area_m2[self.cells[won]], minlength=len(self.area_m2))
        return found, alone + gained

    def _parties(self) -> list[list[int]]:
        """Return who may get each cell, the most accurate first, then the one with the longest common edge."""
        cell, unit, length = self._beside()
        depth = self.pieces.depth[self.cells]
        longest = np.zeros(len(self.cells))
        np.maximum.at(longest, cell, length)
        may = (depth[cell] > 1) | (length >= _BESIDE * longest[cell])
        may &= ~self._takes_too_much(cell, unit)
        may &= (self.owed[cell] < 0) | (self.owed[cell] == unit)
        cell, unit, length = cell[may], unit[may], length[may]
        order = np.lexsort((unit, -length, self.tolerance_m[unit], cell))
        cuts = np.searchsorted(cell[order], np.arange(1, len(self.cells)))
        return [one.tolist() for one in np.split(unit[order], cuts)]

    def _beside(self) -> tuple[Array, Array, Array]:
        """Return (cell, unit, length of common edges): of an overlap its claimants, of a gap whoever is beside it."""
        pieces, cell_of = self.pieces, np.full(len(self.pieces.shape), -1, dtype=np.int64)
        cell_of[self.cells] = np.arange(len(self.cells))
        side = cell_of[pieces.first] >= 0
        starts = starts_of(pieces.depth)
        row, claim = expand(starts[pieces.second[side]], pieces.depth[pieces.second[side]])
        cell, unit, length = cell_of[pieces.first[side]][row], pieces.claims.unit[claim], pieces.length_m[side][row]
        claimed = cell_of[pieces.claims.piece] >= 0
        own_cell, own_unit = cell_of[pieces.claims.piece[claimed]], pieces.claims.unit[claimed]
        count = len(self.area_m2)
        gap = pieces.depth[self.cells][cell] == 0
        keep = gap | np.isin(cell * count + unit, own_cell * count + own_unit)
        key, place = np.unique(
            np.concatenate([own_cell * count + own_unit, (cell * count + unit)[keep]]), return_inverse=True
        )
        total = np.bincount(place, weights=np.concatenate([np.zeros(len(own_cell)), length[keep]]))
        return key // count, key % count, total

    def _takes_too_much(self, cell: Array, unit: Array) -> Array:
        """Tell where a claimant cannot win because another one would lose most of itself."""
        area = self.pieces.area_m2[self.cells]
        hurt = area[cell] > MOST_LOST * self.area_m2[unit]
        hurt &= self.pieces.depth[self.cells][cell] > 1
        hurt_in_cell = np.bincount(cell, weights=hurt, minlength=len(self.cells))
        too_much: Array = hurt_in_cell[cell] - hurt > 0
        return too_much

    def _groups(self, parties: list[list[int]], split: set[int]) -> list[Cells]:
        """Return the cells that are decided together: narrow ones between the same two units, neither in `split`."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for cell, units in enumerate(parties):
            together = self.narrow[cell] and len(units) == 2 and not split & set(units)
            pair = tuple(sorted(units)) if together else (-1, cell)
            if units:
                groups.setdefault(pair, []).append(cell)
        return list(groups.values())

    def _ways(self, cells: Cells, parties: list[list[int]]) -> list[Way]:
        """Return the ways to decide; of cells that go together, one for each outline that may stay."""
        if len(cells) == 1:
            return [(unit,) for unit in parties[cells[0]]]
        depth = self.pieces.depth[self.cells]
        keepers = parties[cells[0]]
        return [
            tuple(keeper if depth[cell] > 1 else next(one for one in keepers if one != keeper) for cell in cells)
            for keeper in keepers
        ]

    def _option(self, cells: Cells, way: Way) -> Option:
        gains: dict[int, float] = {}
        for cell, unit in zip(cells, way, strict=True):
            gains[unit] = gains.get(unit, 0.0) + float(self.pieces.area_m2[self.cells[cell]])
        return Option(tuple(gains), tuple(gains.values()))

    def _areas(self, parties: list[list[int]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the area of every unit without the cells that are decided, and the one that it should have."""
        decided = np.array([bool(units) for units in parties], dtype=np.bool_)
        cell_of = np.full(len(self.pieces.shape), -1, dtype=np.int64)
        cell_of[self.cells[decided]] = np.flatnonzero(decided)
        claims, area, count = self.pieces.claims, self.pieces.area_m2, len(self.area_m2)
        claimed = cell_of[claims.piece] >= 0
        given = np.bincount(claims.unit[claimed], area[claims.piece[claimed]], minlength=count)
        alone = self.area_m2 - given
        possible: Any = np.zeros(count)
        for cell, units in enumerate(parties):
            possible[units] += area[self.cells[cell]]
        slack = FAIR_SHARE * self.stated_m2
        explained = (self.stated_m2 >= alone - slack) & (self.stated_m2 <= alone + possible + slack)
        return alone, np.where(explained & (self.stated_m2 > 0), self.stated_m2, self.area_m2)
