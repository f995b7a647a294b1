"""Spikes: needles that stick out of an outline or cut into it, narrower than the outline is accurate."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.measure import to_mm2
from gis.outlines import Outlines
from gis.ragged import Array
from gis.topology.chains import hashed
from gis.topology.defects import SPIKE, Defects, mean_width_m

# A needle is at least eleven times as long as wide, and at its foot the outline turns away from it; the end of a wedge
# goes on as it began.
SHARPEST_DEG = 5.0
_TURN_DEG = 30.0


@dataclass(frozen=True, eq=False)
class _Corners:
    """Corners of rings: where each stands among the coordinates, its unit, the sides to both neighbours, shape (k,)."""

    place: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    back: npt.NDArray[np.float64]
    forth: npt.NDArray[np.float64]

    def take(self, chosen: Array) -> "_Corners":
        return _Corners(self.place[chosen], self.unit[chosen], self.back[chosen], self.forth[chosen])


def spikes(geometries: Any, tolerance_m: Any, ground: Any = ()) -> Defects:
    """Return the tips of needles: corners of less than 5°, no wider at the foot than the tolerance.

    A corner that another unit or the ground has too is no needle: the two were drawn together. The area is that of the
    needle as long as its shorter side, the width that of its foot.

    Parameters
    ----------
    geometries : valid shapely polygons, shape (n,); None where there is none
    tolerance_m : accuracy of the outlines, metres, one for all or one each
    ground : areas between the units, shape (g,)
    """
    outlines = Outlines.of(geometries)
    corners = _sharp(outlines, np.broadcast_to(np.asarray(tolerance_m, dtype=np.float64), (len(outlines),)))
    others = np.concatenate([outlines.coordinates, shapely.get_coordinates(np.asarray(ground, dtype=object))])
    corners = corners.take(_alone(outlines.coordinates[corners.place], others))
    apex = outlines.coordinates[corners.place]
    shapes = _needles(apex, corners)
    units = corners.unit[:, np.newaxis]
    found = Defects.areal(SPIKE, units, shapes, to_mm2(shapely.area(shapes)))
    return Defects(
        **{**vars(found), "width_m": mean_width_m(shapes) * 2, "easting": apex[:, 0], "northing": apex[:, 1]}
    )


def cut_off(geometries: Any, needles: Defects) -> npt.NDArray[np.object_]:
    """Return `geometries` without the corners that `spikes` found; a unit that is not valid without them stays."""
    trimmed = np.array(geometries, dtype=object)
    for unit in np.unique(needles.unit):
        tips = np.stack([needles.easting, needles.northing], axis=1)[needles.unit == unit]
        without = _without(trimmed[unit], tips)
        trimmed[unit] = without if shapely.is_valid(without) and not shapely.is_empty(without) else trimmed[unit]
    return trimmed


def _sharp(outlines: Outlines, tolerance_m: Array) -> _Corners:
    corners = _corners(outlines)
    back, forth = np.hypot(*corners.back.T), np.hypot(*corners.forth.T)
    cross = np.abs(corners.back[:, 0] * corners.forth[:, 1] - corners.back[:, 1] * corners.forth[:, 0])
    ahead = (corners.back * corners.forth).sum(axis=1) > 0
    sharp = ahead & (cross <= np.sin(np.radians(SHARPEST_DEG)) * back * forth)
    sharp &= cross <= tolerance_m[corners.unit] * np.maximum(back, forth)
    needles = corners.take(sharp)
    return needles.take(_turns_away(outlines, needles))


def _turns_away(outlines: Outlines, needles: _Corners) -> Array:
    """Tell whether the outline leaves each needle at the foot of its shorter side."""
    start, end = _ring_of(outlines, needles.place)
    shorter_forth = np.hypot(*needles.forth.T) <= np.hypot(*needles.back.T)
    step = np.where(shorter_forth, 2, -2)
    # The closing coordinate of a ring is its first: one round is end - start steps.
    beyond = start + (needles.place - start + step) % (end - start)
    side = np.where(shorter_forth[:, np.newaxis], needles.forth, needles.back)
    onward = outlines.coordinates[beyond] - (outlines.coordinates[needles.place] + side)
    along = (side * onward).sum(axis=1)
    turned: Array = along < np.cos(np.radians(_TURN_DEG)) * np.hypot(*side.T) * np.hypot(*onward.T)
    return turned


def _ring_of(outlines: Outlines, places: Array) -> tuple[Array, Array]:
    """Return the first coordinate of the ring of each place, and its last."""
    ring = np.searchsorted(outlines.ring_starts, places, side="right") - 1
    return outlines.ring_starts[ring], outlines.ring_starts[ring + 1] - 1


def _alone(points: Array, others: Array) -> Array:
    """Tell which of few points stand once among many."""
    keys, turn = np.unique(hashed(points), return_inverse=True)
    if not len(keys):
        return np.zeros(0, dtype=np.bool_)
    asked = hashed(others)
    found = np.searchsorted(keys, asked).clip(max=len(keys) - 1)
    times = np.bincount(found[keys[found] == asked], minlength=len(keys))
    alone: Array = times[turn] == 1
    return alone


def _corners(outlines: Outlines) -> _Corners:
    """Return every corner once; a ring is closed, so that its first coordinate is its last."""
    starts, ends = outlines.ring_starts[:-1], outlines.ring_starts[1:] - 1
    place = np.delete(np.arange(len(outlines.coordinates)), ends)
    before, after = place - 1, place + 1
    opens = np.searchsorted(place, starts)
    before[opens] = ends - 1
    ring_unit = np.repeat(np.arange(len(outlines)), np.diff(outlines.unit_starts))
    here = outlines.coordinates[place]
    back, forth = outlines.coordinates[before] - here, outlines.coordinates[after] - here
    return _Corners(place, np.repeat(ring_unit, ends - starts), back, forth)


def _needles(apex: Array, corners: _Corners) -> npt.NDArray[np.object_]:
    back, forth = np.hypot(*corners.back.T)[:, np.newaxis], np.hypot(*corners.forth.T)[:, np.newaxis]
    length = np.minimum(back, forth)
    feet = apex + corners.back * (length / back), apex + corners.forth * (length / forth)
    return np.asarray(shapely.polygons(np.stack([apex, *feet, apex], axis=1)), dtype=object)


def _without(geometry: Any, tips: Array) -> Any:
    def ring(line: Any) -> Any:
        corners = shapely.get_coordinates(line)[:-1]
        kept = corners[~(corners[:, np.newaxis] == tips).all(axis=2).any(axis=1)]
        return kept if len(kept) > 2 else np.zeros((0, 2))

    parts = [shapely.Polygon(ring(part.exterior), [ring(one) for one in part.interiors]) for part in _parts(geometry)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _parts(geometry: Any) -> Any:
    return shapely.get_parts(geometry)
