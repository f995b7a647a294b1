"""The land uses of parcels: one use a line; a parcel of several uses is split by its lines in the register."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pandas import DataFrame, Series

from gis.measure import IntArray
from gis.ragged import expand, starts_of
from layers.land_use import WITHHELD_CODES, land_uses
from layers.written_use import codes_of
from planning.cadastre import NO_VALUE
from planning.coded import Coded, places_among

# Defence and security land is in no row of its own.
WITHHELD = "withheld"
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class UseLines:
    """Which uses parcels have: most have one, a few have several lines in the register.

    Attributes
    ----------
    names : codes; several joined by ``+`` where no register says how much of each; `NO_VALUE` without a use, `WITHHELD`
        for defence and security land
    use : position in `names` of the use of each parcel, shape (n,); -1 where it has lines
    starts : where the lines of each parcel begin, and at last where all end, shape (n + 1,)
    line_use : position in `names` of the use of each line, shape (k,)
    upto : part of the parcel that a line and those before it make up, shape (k,); 1 at the last
    """

    names: tuple[str, ...]
    use: IntArray
    starts: IntArray
    line_use: IntArray
    upto: npt.NDArray[np.float64]

    def sums_mm2(self, area_mm2: IntArray) -> IntArray:
        """Return the sum by use of an area of every parcel, shape (len(names),)."""
        return self.matrix_mm2(None, 0, area_mm2, 1)[:, 0]

    def matrix_mm2(self, parcel: IntArray | None, into: Any, area_mm2: IntArray, columns: int) -> IntArray:
        """Return the sums of areas of parcels by use and by what they are put into, shape (len(names), columns).

        Parameters
        ----------
        parcel, area_mm2 : position of the parcel and area of each row, shape (r,); None: all parcels, a row each
        into : column of each row, shape (r,), or one for all
        """
        use = self.use if parcel is None else self.use[parcel]
        split = np.flatnonzero(use < 0)
        row, line_use, part = self._parts(split if parcel is None else parcel[split], area_mm2[split])
        # A parcel that has lines has the use -1: the last row, which is left out.
        sums = np.zeros((len(self.names) + 1) * columns, dtype=np.int64)
        np.add.at(sums, use * columns + into, area_mm2)
        np.add.at(sums, line_use * columns + np.broadcast_to(into, use.shape)[split[row]], part)
        return sums[:-columns].reshape(-1, columns)

    def _parts(self, parcel: IntArray, area_mm2: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Split areas of parcels that have lines; return row, use and area in mm², which sum to the area of the row."""
        row, line = expand(self.starts[parcel], self.starts[parcel + 1] - self.starts[parcel])
        # Rounded by a running total, so that nothing is lost.
        reached = np.rint(area_mm2[row] * self.upto[line]).astype(np.int64)
        continues = np.diff(row, prepend=-1) == 0
        return row, self.line_use[line], reached - np.where(continues, np.roll(reached, 1), 0)


def use_lines(written: Coded, keys: Series, register: DataFrame | None) -> UseLines:
    """Return the uses of parcels.

    Parameters
    ----------
    written : land use of each parcel as the layer has it
    keys : of the parcels, ``commune/sheet/number``, shape (n,)
    register : the table ``parcel_uses``, where the project has one
    """
    told = [_leaf_codes(text) for text in written.texts]
    several = np.array([*(len(codes) > 1 for codes in told), False])[written.which]
    lines = _registered(keys, np.flatnonzero(several), register)
    names = tuple(sorted({*(_name(codes) for codes in told), NO_VALUE, *lines.names}))
    place = {name: position for position, name in enumerate(names)}
    use = written.values(lambda text: place[_name(_leaf_codes(text))], place[NO_VALUE], np.int64)
    use[lines.parcel] = -1
    of_lines = np.array([place[name] for name in lines.names], dtype=np.int64)
    return UseLines(
        names, use, starts_of(np.bincount(lines.parcel, minlength=len(keys))), of_lines[lines.use], lines.upto
    )


@dataclass(frozen=True, eq=False)
class _Lines:
    # Lines of the register, ordered by parcel; `use` is a position in `names`.
    names: tuple[str, ...]
    parcel: IntArray
    use: IntArray
    upto: npt.NDArray[np.float64]


_NO_LINES = _Lines((), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def _leaf_codes(written: str) -> tuple[str, ...]:
    """Return the codes of a written use without overlay totals, which are not the use of a parcel."""
    return tuple(code for code in codes_of(written) if code not in land_uses() or not land_uses()[code].overlay)


def _name(codes: tuple[str, ...]) -> str:
    if set(codes) & set(WITHHELD_CODES):
        return WITHHELD
    return "+".join(codes) or NO_VALUE


def _registered(keys: Series, several: IntArray, register: DataFrame | None) -> _Lines:
    """Return the lines of parcels of several uses, those whose register says how much of each use."""
    if register is None or not len(several) or "measured_area_m2" not in register:
        return _NO_LINES
    found = places_among(register["parcel"], keys.take(several))
    known = np.flatnonzero(found >= 0)
    uses = Coded.of(register["land_use"])
    names = tuple(dict.fromkeys([*(_name(_leaf_codes(text)) for text in uses.texts), NO_VALUE]))
    use = uses.values(lambda text: names.index(_name(_leaf_codes(text))), names.index(NO_VALUE), np.int64)
    order = known[np.lexsort((use[known], found[known]))]
    area_m2 = register["measured_area_m2"].to_numpy(dtype=np.float64)[order]
    group = np.cumsum(np.diff(found[order], prepend=-1) != 0) - 1
    size = np.bincount(group)
    told = ((size > 1) & (np.bincount(group, weights=area_m2 > 0) == size))[group]
    order, group, area_m2 = order[told], group[told], area_m2[told]
    if not len(order):
        return _NO_LINES
    last = np.append(np.diff(group) != 0, True)
    before = np.concatenate([[0.0], np.cumsum(area_m2)])
    begins = np.flatnonzero(np.append(True, last[:-1]))
    start = np.repeat(before[begins], np.diff(np.append(begins, len(order))))
    total = np.bincount(group, weights=area_m2)[group]
    upto = np.where(last, 1.0, (before[1:] - start) / total)
    return _Lines(names, several[found[order]], use[order], upto.clip(0.0, 1.0))
