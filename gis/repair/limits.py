"""Limits: how far a repair may go."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

# What is narrower than this stands for nothing on the ground: no parcel and no path.
NARROW_M = 2.0
# Two lines of one boundary may each be off by twice the accuracy, in opposite directions.
_TWO_LINES = 4.0


@dataclass(frozen=True, eq=False)
class Limits:
    """How far a repair may go, for every unit; of several units the largest counts. Columns of shape (n,), metres.

    Attributes
    ----------
    tolerance_m : accuracy of the outlines: no corner moves further, no wider needle is dropped
    gap_width_m, overlap_width_m : what is wider anywhere is left to people
    """

    tolerance_m: npt.NDArray[np.float64]
    gap_width_m: npt.NDArray[np.float64]
    overlap_width_m: npt.NDArray[np.float64]

    @classmethod
    def of(cls, count: int, tolerance_m: Any = 0.0, gap_width_m: Any = None, overlap_width_m: Any = None) -> Self:
        """Return the limits of `count` units; a width that is not given is four accuracies, and 2 m at least.

        Parameters
        ----------
        tolerance_m, gap_width_m, overlap_width_m : one number, or one of each unit
        """
        tolerance = np.broadcast_to(np.asarray(tolerance_m, dtype=np.float64), (count,))
        usual = np.maximum(NARROW_M, _TWO_LINES * tolerance)
        widths = (
            usual if width is None else np.broadcast_to(np.asarray(width, dtype=np.float64), (count,))
            for width in (gap_width_m, overlap_width_m)
        )
        return cls(tolerance, *widths)

    def take(self, units: Any) -> "Limits":
        """Return the limits of `units` alone."""
        return Limits(self.tolerance_m[units], self.gap_width_m[units], self.overlap_width_m[units])
