"""What a repair says of itself: every change with its area, and what it left as it is, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.measure import IntArray

# What is mended, in the order in which it is done.
VALIDITY, SPIKE, REPEATED_ROW = "validity", "spike", "repeated_row"
SLIVER, OVERLAP, GAP, EDGES = "sliver", "overlap", "gap", "edges"
KINDS = (REPEATED_ROW, VALIDITY, SPIKE, SLIVER, OVERLAP, GAP, EDGES)

# Why something was left as it is.
NO_SHAPE, NO_AREA, NO_PLACE = "no_shape", "no_area", "no_place"
SAME_SHAPE, WITHIN, TOO_WIDE, TOO_MUCH = "same_shape", "within", "too_wide", "too_much"
NOBODY_BESIDE, WAITS, UNSTABLE = "nobody_beside", "waits", "unstable"
REASONS = (NO_SHAPE, NO_AREA, NO_PLACE, SAME_SHAPE, WITHIN, TOO_WIDE, TOO_MUCH, NOBODY_BESIDE, WAITS, UNSTABLE)

Objects = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes in the order in which they are made, one row each; columns of shape (n,).

    The area after a change of a unit is the area before its next one, so that the differences of a unit add up to what
    it gained, and those of all units to what the layer gained.

    Attributes
    ----------
    unit : row position of the unit
    kind : one of `KINDS`
    other : the unit that keeps the ground of an overlap, the first of two equal rows; -1 where there is none
    before_mm2, after_mm2 : area of the unit, planar
    even_odd_mm2 : of an invalid shape, its area when ground inside of an even number of rings is left out; else -1
    easting, northing : a place in it, metres; NaN for an equal row without a shape
    shape : the ground that is gained or lost, None where only corners change
    """

    unit: IntArray
    kind: Objects
    other: IntArray
    before_mm2: IntArray
    after_mm2: IntArray
    even_odd_mm2: IntArray
    easting: Floats
    northing: Floats
    shape: Objects

    @property
    def difference_mm2(self) -> IntArray:
        """Area gained, or lost where negative, shape (n,)."""
        return self.after_mm2 - self.before_mm2

    def __len__(self) -> int:
        """Return the number of changes."""
        return len(self.unit)

    @classmethod
    def none(cls) -> Self:
        """Return no changes."""
        return cls(**_empty(cls))

    @classmethod
    def chained(
        cls, unit: Any, kind: Any, other: Any, gain_mm2: Any, shape: Any, at: Any, was_mm2: Any, becomes_mm2: Any
    ) -> Self:
        """Return the changes of every unit one after the other, so that they add up to what it gains in whole mm².

        Parameters
        ----------
        gain_mm2 : area of each change, rounded by itself; what rounding leaves over goes to the largest of a unit
        at : shapely geometry of which a point is the place of the change
        was_mm2, becomes_mm2 : area of its unit before all of them and after
        """
        order = np.lexsort((-np.abs(gain_mm2), unit))
        unit, gain, was = unit[order], gain_mm2[order], was_mm2[order]
        opens = np.flatnonzero(np.diff(unit, prepend=-1))
        if len(opens):
            gain[opens] += (becomes_mm2[order] - was)[opens] - np.add.reduceat(gain, opens)
        run = np.cumsum(gain) - gain
        before = was + run - np.repeat(run[opens], np.diff(np.append(opens, len(unit))))
        points = shapely.get_coordinates(shapely.point_on_surface(at[order]))
        even_odd = np.full(len(unit), -1)
        columns = (kind[order], other[order], before, before + gain, even_odd, points[:, 0], points[:, 1], shape[order])
        return cls(unit, *columns)

    def renumbered(self, units: IntArray) -> "Changes":
        """Return the changes under other positions: `units` of the position here, shape (n,)."""
        other = np.where(self.other < 0, -1, units[self.other])
        return replace(self, unit=units[self.unit], other=other)

    @classmethod
    def joined(cls, parts: "Iterable[Changes]") -> Self:
        """Return the changes of all `parts`, one after the other."""
        return cls(**_joined(cls, [cls.none(), *parts]))


@dataclass(frozen=True, eq=False)
class Exceptions:
    """What was left as it is, one row each; columns of shape (n,).

    Attributes
    ----------
    unit, other : row positions of the units; -1 where there is none
    kind : kind of `gis.topology.defects`
    reason : one of `REASONS`
    area_mm2, width_m : of the overlap or gap; 0 and NaN where it has none
    easting, northing : a place in it, metres; NaN where nobody can tell
    shape : its area, None where it has none
    """

    unit: IntArray
    other: IntArray
    kind: Objects
    reason: Objects
    area_mm2: IntArray
    width_m: Floats
    easting: Floats
    northing: Floats
    shape: Objects

    def __len__(self) -> int:
        """Return the number of exceptions."""
        return len(self.unit)

    @classmethod
    def none(cls) -> Self:
        """Return no exceptions."""
        return cls(**_empty(cls))

    def take(self, chosen: Any) -> "Exceptions":
        """Return the exceptions of a mask or of positions."""
        return Exceptions(**{one.name: getattr(self, one.name)[chosen] for one in fields(self)})

    def renumbered(self, units: IntArray) -> "Exceptions":
        """Return the exceptions under other positions: `units` of the position here, shape (n,)."""
        numbers = (np.where(one < 0, -1, units[one]) for one in (self.unit, self.other))
        return replace(self, **dict(zip(("unit", "other"), numbers, strict=True)))

    @classmethod
    def joined(cls, parts: "Iterable[Exceptions]") -> Self:
        """Return the exceptions of all `parts`, one after the other."""
        return cls(**_joined(cls, [cls.none(), *parts]))


@dataclass(frozen=True, eq=False)
class Mended:
    """What one step proposes.

    Attributes
    ----------
    unit, shape : units that change, in ascending order, and what they become; None of a row that goes, shape (k,)
    """

    unit: IntArray
    shape: Objects
    changes: Changes
    exceptions: Exceptions

    @classmethod
    def nothing(cls, exceptions: Exceptions) -> Self:
        """Return a step that changes nothing, and why."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object), Changes.none(), exceptions)


_TYPES: dict[str, Any] = {
    **dict.fromkeys(("unit", "other", "before_mm2", "after_mm2", "even_odd_mm2", "area_mm2"), np.int64),
    **dict.fromkeys(("easting", "northing", "width_m"), np.float64),
    **dict.fromkeys(("kind", "reason", "shape"), object),
}


def _empty(columns: Any) -> dict[str, Any]:
    return {one.name: np.zeros(0, dtype=_TYPES[one.name]) for one in fields(columns)}


def _joined(columns: Any, parts: Any) -> dict[str, Any]:
    return {one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(columns)}
