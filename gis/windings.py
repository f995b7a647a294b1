"""How often units lie in classes, in numbers that add up in any order to the same sum and may be taken back."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from gis.gridded import Floats, Ints
from gis.ragged import ordered

# A term is about the area of the unit's box at most, which is taken as 2**58 quanta: finer than a double, and a sum of
# terms that runs over 2**63 on its way comes back, as whole numbers do.
_BITS = 58


@dataclass(frozen=True, eq=False)
class Windings:
    """How often units lie in classes: ``times`` whole areas and ``quanta`` more; one row per pair, shape (r,) each.

    Attributes
    ----------
    unit, cover : unit and class
    times : whole areas of the unit
    quanta : the rest, in quanta of the unit
    """

    unit: Ints
    cover: Ints
    times: Ints
    quanta: Ints

    @classmethod
    def nothing(cls) -> Self:
        """Return no rows."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty, empty)

    @classmethod
    def joined(cls, parts: "list[Windings]") -> "Windings":
        """Return the rows of all `parts`, one after the other."""
        parts = parts or [cls.nothing()]
        return Windings(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})

    @classmethod
    def summed(cls, unit: Ints, cover: Ints, times: Ints, quanta: Ints) -> Self:
        """Return one row per unit and class that is not nothing, ordered by both."""
        span = int(cover.max()) + 1 if len(cover) else 1
        key = unit * span + cover
        order = ordered(key)
        key = key[order]
        opens = np.flatnonzero(np.diff(key, prepend=-1) != 0)
        if not len(opens):
            return cls.nothing()
        times, quanta = np.add.reduceat(times[order], opens), np.add.reduceat(quanta[order], opens)
        some = (times != 0) | (quanta != 0)
        units, classes = np.divmod(key[opens][some], span)
        return cls(units, classes, times[some], quanta[some])


def quantum_m2(bounds: Floats) -> Floats:
    """Return the quantum of units with boxes `bounds`, shape (n, 4): a power of two in m², shape (n,)."""
    area = (bounds[:, 2] - bounds[:, 0]) * (bounds[:, 3] - bounds[:, 1])
    quantum: Floats = np.ldexp(1.0, np.frexp(area)[1] - _BITS)
    return quantum
