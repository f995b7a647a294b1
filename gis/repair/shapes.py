"""Shapes one by one: invalid ones are read by their structure, needles are cut off."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.measure import areas_mm2
from gis.outlines import Outlines, areal
from gis.ragged import Array
from gis.repair.corners import beside, places, turns, units_of, with_corners
from gis.repair.listing import NO_AREA, NO_PLACE, NO_SHAPE, SPIKE, VALIDITY, Changes, Exceptions, Mended
from gis.topology.defects import Defects
from gis.topology.fit import NOISE_M
from gis.topology.spikes import cut_off, spikes
from gis.topology.validity import invalid


def made_valid(shapes: Any) -> Mended:
    """Read invalid shapes by their structure: shells cover, holes do not, whatever overlaps counts once.

    What cannot be read so is an exception, and so is a row without a shape.

    Parameters
    ----------
    shapes : shapely (multi)polygons, shape (n,)
    """
    found = invalid(shapes)
    shape = shapes[found.unit]
    there = ~shapely.is_missing(shape) & ~shapely.is_empty(shape)
    corners, row = shapely.get_coordinates(shape, return_index=True)
    placed = np.ones(len(shape), dtype=np.bool_)
    placed[row[~np.isfinite(corners).all(axis=1)]] = False
    read, even_odd = _read(shape, there & placed, "structure"), _read(shape, there & placed, "linework")
    areas = shapely.area(read) > 0
    reason = np.select([~there, ~placed, ~areas], [NO_SHAPE, NO_PLACE, NO_AREA], "").astype(object)
    good = reason == ""
    order = np.argsort(found.unit[good])
    return Mended(
        unit=found.unit[good][order],
        shape=read[good][order],
        changes=_validity(found.take(good), shape[good], read[good], even_odd[good]),
        exceptions=_left(found.take(~good), reason[~good]),
    )


def _read(shapes: Any, chosen: Array, method: str) -> npt.NDArray[np.object_]:
    read = np.full(len(shapes), shapely.Polygon(), dtype=object)
    keep = {"keep_collapsed": False} if method == "structure" else {}
    read[chosen] = areal(np.asarray(shapely.make_valid(shapes[chosen], method=method, **keep), dtype=object))
    return read


def _validity(found: Defects, before: Any, after: Any, even_odd: Any) -> Changes:
    count = len(found)
    return Changes(
        unit=found.unit,
        kind=np.full(count, VALIDITY, dtype=object),
        other=np.full(count, -1),
        before_mm2=areas_mm2(before),
        after_mm2=areas_mm2(after),
        even_odd_mm2=areas_mm2(even_odd),
        easting=found.easting,
        northing=found.northing,
        shape=np.full(count, None, dtype=object),
    )


def _left(found: Defects, reason: Any) -> Exceptions:
    return Exceptions(
        unit=found.unit,
        other=np.full(len(found), -1),
        kind=found.kind,
        reason=reason,
        area_mm2=found.area_mm2,
        width_m=found.width_m,
        easting=found.easting,
        northing=found.northing,
        shape=np.full(len(found), None, dtype=object),
    )


def without_needles(shapes: Any, tolerance_m: Array, ground: Any = ()) -> Mended:
    """Cut off needles that are no wider at their foot than the tolerance, and the feet where nothing turns.

    Parameters
    ----------
    shapes : valid shapely (multi)polygons, shape (n,); None where there is none
    ground : areas between the units
    """
    found = spikes(shapes, tolerance_m, ground)
    units = np.unique(found.unit)
    if not len(units):
        return Mended.nothing(Exceptions.none())
    without = _without_feet(shapes, cut_off(shapes, found), units, shapely.STRtree(shapes))
    changed = without != shapes[units]
    gone = found.take(np.isin(found.unit, units[changed]))
    changes = _needles(shapes[units[changed]], without[changed], units[changed], gone)
    return Mended(units[changed], without[changed], changes, Exceptions.none())


def _without_feet(before: Any, after: Any, units: Array, tree: shapely.STRtree) -> npt.NDArray[np.object_]:
    """Return `units` after their tips are gone, without the corners beside these that are straight and theirs alone."""
    old, new = Outlines.of(before[units]), Outlines.of(after[units])
    tip = ~np.isin(places(old.coordinates), places(new.coordinates))
    last, following = beside(old)
    feet = places(old.coordinates)[tip[last] | tip[following]]
    is_foot = np.isin(places(new.coordinates), feet) & ~turns(new, NOISE_M)
    rows = np.flatnonzero(is_foot)
    is_foot[rows] = ~_others_have(new.coordinates[rows], units[units_of(new)[rows]], before, tree)
    straight = with_corners(new, ~is_foot).polygons()
    return np.where(shapely.is_valid(straight) & ~shapely.is_empty(straight), straight, after[units])


def _others_have(corners: Array, own: Array, shapes: Any, tree: shapely.STRtree) -> Array:
    """Tell which corners of a unit are corners of another unit too."""
    row, unit = tree.query(shapely.points(corners), predicate="dwithin", distance=NOISE_M)
    other = (unit < len(shapes)) & (unit != own[row])
    near, place = np.unique(unit[other], return_inverse=True)
    theirs, index = shapely.get_coordinates(shapes[near], return_index=True)
    known = np.unique(np.concatenate([places(corners), places(theirs)]))
    asked = place * len(known) + np.searchsorted(known, places(corners[row[other]]))
    have = np.isin(asked, index * len(known) + np.searchsorted(known, places(theirs)))
    return np.bincount(row[other][have], minlength=len(corners)) > 0


def _needles(before: Any, after: Any, units: Array, found: Defects) -> Changes:
    """Return a row per needle; `before` and `after` are the shapes of `units`, shape (k,)."""
    place = np.searchsorted(units, found.unit)
    was, becomes = areas_mm2(before)[place], areas_mm2(after)[place]
    gain = np.sign(becomes - was) * found.area_mm2
    nobody = np.full(len(found), -1)
    kind = np.full(len(found), SPIKE, dtype=object)
    return Changes.chained(found.unit, kind, nobody, gain, found.shape, found.shape, was, becomes)
