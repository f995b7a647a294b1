"""What is left as it is: told anew where something beside it was mended."""

from typing import Any

import numpy as np
import shapely

from gis.ragged import Array
from gis.repair.listing import Exceptions
from gis.topology.defects import GAPS, MISMATCH, OVERLAPS
from gis.topology.fit import NOISE_M

_PAIRS = (*OVERLAPS, MISMATCH)


def told_anew(before: Exceptions, found: Exceptions, suspects: Array, shapes: Any) -> Exceptions:
    """Return what was told before where that is still so, and what was found since.

    Parameters
    ----------
    before : exceptions of the whole layer
    found : those among the suspects, which know nothing of gaps that others enclose
    suspects, shapes : the units that were looked at again, and their shapes now, shape (s,)
    """
    again = np.isin(before.kind.astype(str), _PAIRS) & np.isin(before.unit, suspects)
    again &= (before.other < 0) | np.isin(before.other, suspects)
    kept = before.take(~(again | _gaps_within(before, shapes)))
    gaps = kept.shape[np.isin(kept.kind.astype(str), GAPS)]
    return Exceptions.joined([kept, found.take(~_gaps_within(found, gaps))])


def _gaps_within(exceptions: Exceptions, shapes: Any) -> Array:
    """Tell which exceptions are gaps that have their place in one of the shapes."""
    rows = np.flatnonzero(np.isin(exceptions.kind.astype(str), GAPS))
    # A point in an arm no wider than the noise would touch whoever stands beside it.
    wide = shapely.buffer(exceptions.shape[rows], -NOISE_M)
    points = shapely.point_on_surface(np.where(shapely.is_empty(wide), exceptions.shape[rows], wide))
    inside = np.zeros(len(exceptions), dtype=np.bool_)
    inside[rows[shapely.STRtree(shapes).query(points, predicate="dwithin", distance=NOISE_M)[0]]] = True
    return inside
