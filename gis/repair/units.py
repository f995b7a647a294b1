"""Units of a layer as a repair sees them: valid shapes, limits, and what else is known of each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gis.ragged import Array
from gis.repair.limits import Limits


@dataclass(frozen=True, eq=False)
class Units:
    """All units of a layer, and what is known of each; columns of shape (n,).

    Attributes
    ----------
    shapes : valid shapely (multi)polygons, None where there is none
    limits : how far a repair may go
    stated_m2 : area by the papers, NaN where it is not known
    hulls : convex hull of the shape before it was made valid, None of one that was valid
    """

    shapes: npt.NDArray[np.object_]
    limits: Limits
    stated_m2: npt.NDArray[np.float64]
    hulls: npt.NDArray[np.object_]

    def take(self, units: Array) -> "Units":
        """Return these units alone."""
        return Units(self.shapes[units], self.limits.take(units), self.stated_m2[units], self.hulls[units])
