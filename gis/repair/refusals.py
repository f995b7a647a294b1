"""What is left to people: overlaps and gaps that a repair does not decide, and why."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.ragged import Array
from gis.repair.corners import STRAIGHT_M
from gis.repair.listing import SAME_SHAPE, TOO_WIDE, WITHIN
from gis.repair.units import Units
from gis.topology.defects import CONTAINED, DUPLICATE, GAPS, Defects
from gis.topology.fit import NOISE_M


def by_part(found: Defects) -> Defects:
    """Return a defect for each place where two units overlap: a wide one says nothing of a narrow one elsewhere."""
    parts, defect = shapely.get_parts(found.shape, return_index=True)
    if len(parts) == len(found):
        return found
    exploded = found.take(defect)
    again = Defects.areal("", [exploded.units_of(one) for one in range(len(exploded))], parts)
    return again.named(exploded.kind)


def refusals(units: Units, found: Defects, tree: shapely.STRtree) -> npt.NDArray[np.object_]:
    """Return why a defect is left to people, an empty text where it is not."""
    kind = found.kind.astype(str)
    gap, overlap = (_largest(width, found, tree) for width in (units.limits.gap_width_m, units.limits.overlap_width_m))
    wide = _wider(found.shape, np.where(np.isin(kind, GAPS), gap, overlap)) & (owed_to(units, found) < 0)
    chosen: npt.NDArray[np.object_] = np.select(
        [kind == DUPLICATE, kind == CONTAINED, wide], [SAME_SHAPE, WITHIN, TOO_WIDE], ""
    ).astype(object)
    return chosen


def _largest(values: Array, found: Defects, tree: shapely.STRtree) -> Array:
    """Return the largest value of the units that each defect meets."""
    defect, unit = tree.query(found.shape, predicate="dwithin", distance=NOISE_M)
    is_unit = unit < len(values)
    largest = np.zeros(len(found))
    np.maximum.at(largest, defect[is_unit], values[unit[is_unit]])
    return largest


def _wider(shapes: Any, width_m: Array) -> Array:
    """Tell which areas are wider than that anywhere: a circle of that width lies in them."""
    wider: Array = ~shapely.is_empty(shapely.buffer(shapes, -width_m / 2, join_style="mitre"))
    return wider


def owed_to(units: Units, found: Defects) -> Array:
    """Return the mended unit that a gap beside it was part of, -1 where none: the gap lies in the hull it had."""
    owed = np.full(len(found), -1, dtype=np.int64)
    defect = np.repeat(np.arange(len(found)), np.diff(found.starts))
    beside = np.isin(found.kind.astype(str), GAPS)[defect] & ~shapely.is_missing(units.hulls[found.unit])
    defect, unit = defect[beside], found.unit[beside]
    within = shapely.covers(units.hulls[unit], shapely.buffer(found.shape[defect], -STRAIGHT_M))
    owed[defect[within]] = unit[within]
    return owed
