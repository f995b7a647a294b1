"""Four states of a unit against a line of stated accuracy: inside, outside, crossed, or undecidable.

Stretches of the line that run along edges of units are *bound* to them and exact, for their neighbours too; but not for
a unit through whose inside they run, as they do where units overlap. With B the buffer by the accuracy of the remaining
stretches, Z the area and P the unit::

    share_min = |P ∩ (Z − B)| / |P|        share_max = |P ∩ (Z ∪ B)| / |P|

Inside: share_min = 1. Outside: share_max = 0. Crossed: share_min > 0 and share_max < 1. Otherwise nobody can
tell at this accuracy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pandas import Categorical, CategoricalDtype, DataFrame

from gis.bound import SNAP_M, BoundLines
from gis.cover import Cover
from gis.fabric import Fabric, require_valid
from gis.measure import IntArray, to_mm2
from gis.outlines import Outlines, areal
from gis.overlay import dense_mm2
from gis.through import through_stretches

# Segments of a quarter circle around a bend: they stay within 0.12 % of the accuracy.
_ARC = 16
INSIDE, OUTSIDE, CROSSED, UNDECIDABLE = STATES = ("inside", "outside", "crossed", "undecidable")
_INSIDE, _OUTSIDE, _CROSSED, _UNDECIDABLE = range(len(STATES))
_CATEGORIES = CategoricalDtype(STATES)


@dataclass(frozen=True, eq=False)
class Uncertain:
    """What of every unit is within the accuracy of an unbound stretch of the line of an area, mm², shape (n,) each.

    Attributes
    ----------
    fringe_mm2 : in the area, and may be out of it
    beyond_mm2 : out of the area, and may be in it
    """

    fringe_mm2: IntArray
    beyond_mm2: IntArray


def states(fabric: Fabric, zone: Any, accuracy_m: float, snap_m: float = SNAP_M) -> DataFrame:
    """Return the state of every unit against the area `zone`, whose line is known to `accuracy_m`.

    Parameters
    ----------
    fabric : units, shape (n,)
    zone : shapely (multi)polygon in the CRS of the fabric
    accuracy_m : stated accuracy of the line, metres; 0 takes it as exact
    snap_m : tolerance within which the line coincides with an edge of a unit, metres

    Returns
    -------
    DataFrame of n rows: ``state`` (categorical, of `STATES`), ``share``, ``share_min``, ``share_max`` (0 to 1; NaN and
    *undecidable* for a unit without area).

    Raises
    ------
    GeometryInvalid
    """
    return states_of_each(fabric, [zone], accuracy_m, snap_m)[0]


def states_of_each(
    fabric: Fabric,
    zones: Sequence[Any],
    accuracy_m: float,
    snap_m: float = SNAP_M,
    *,
    inside_mm2: IntArray | None = None,
) -> list[DataFrame]:
    """Return the same against each of several areas, k of them: in one pass, and what their lines share only once.

    Parameters
    ----------
    inside_mm2 : area of every unit in each of `zones` where it is known already, shape (k, n)
    """
    uncertain = uncertain_of_each(fabric, zones, accuracy_m, snap_m)
    if inside_mm2 is None:
        inside_mm2 = dense_mm2(fabric, _cover(fabric, np.array(zones, dtype=object)), closing=False)
    return states_within(fabric, inside_mm2, uncertain, snap_m)


def uncertain_of_each(
    fabric: Fabric, zones: Sequence[Any], accuracy_m: float, snap_m: float = SNAP_M
) -> list[Uncertain]:
    """Return what `states_of_each` asks of the lines of areas: of one alone the same as of several; GeometryInvalid."""
    areas = np.array(zones, dtype=object)
    require_valid(areas, ["zone"] * len(areas), layer="zone")
    return [Uncertain(*one) for one in zip(*_uncertain_mm2(fabric, areas, accuracy_m, snap_m), strict=True)]


def states_within(
    fabric: Fabric, inside_mm2: IntArray, uncertain: Sequence[Uncertain], snap_m: float = SNAP_M
) -> list[DataFrame]:
    """Return what `states_of_each` returns, of areas and lines that were asked before."""
    return [_told(fabric, inside, one, snap_m) for inside, one in zip(inside_mm2, uncertain, strict=True)]


def _told(fabric: Fabric, inside: IntArray, uncertain: Uncertain, snap_m: float) -> DataFrame:
    """Return state and shares of every unit; all but a few are plainly in or plainly out."""
    area = fabric.area_mm2
    some = np.flatnonzero(_in_question(fabric, inside, uncertain, snap_m))
    told = np.where(inside > 0, _INSIDE, _OUTSIDE).astype(np.int8)
    share = (inside > 0).astype(np.float64)
    share_min, share_max = share.copy(), share.copy()
    whole, within = area[some], inside[some]
    least, most = np.maximum(within - uncertain.fringe_mm2[some], 0), within + uncertain.beyond_mm2[some]
    # An edge within the snapping tolerance leaves a sliver no wider than it along the unit's own edge.
    slack = to_mm2(fabric.length_m[some] * snap_m)
    tests = [whole <= 0, whole - least <= slack, most <= slack, (least > slack) & (whole - most > slack)]
    told[some] = np.select(tests, [_UNDECIDABLE, _INSIDE, _OUTSIDE, _CROSSED], _UNDECIDABLE)
    with np.errstate(invalid="ignore", divide="ignore"):
        for shares, mm2 in ((share, within), (share_min, least), (share_max, most)):
            shares[some] = (mm2 / whole).clip(0, 1)
    state = Categorical.from_codes(told, dtype=_CATEGORIES)
    return DataFrame({"state": state, "share": share, "share_min": share_min, "share_max": share_max}, copy=False)


def _in_question(fabric: Fabric, inside: IntArray, uncertain: Uncertain, snap_m: float) -> npt.NDArray[np.bool_]:
    """Return the units that are not told by being in the area as a whole, or out of it and of all doubt."""
    area = fabric.area_mm2
    question: npt.NDArray[np.bool_] = (inside != 0) & (inside != area)
    question |= (uncertain.fringe_mm2 != 0) | (uncertain.beyond_mm2 != 0)
    # A unit that is nothing but a sliver, or has no area.
    question |= area <= to_mm2(fabric.length_m.max(initial=0.0) * snap_m)
    return question


def _uncertain_mm2(fabric: Fabric, zones: Any, accuracy_m: float, snap_m: float) -> tuple[IntArray, IntArray]:
    """Return what of every unit is in each zone, and out of it, within the accuracy of an unbound stretch."""
    if accuracy_m <= 0:
        nothing = np.zeros((len(zones), len(fabric)), dtype=np.int64)
        return nothing, nothing
    bound = BoundLines.of(fabric, Outlines.of(areal(zones)), snap_m)
    fuzzy = shapely.buffer(bound.unbound(), accuracy_m, quad_segs=_ARC)
    near = _cover(fabric, np.concatenate([shapely.intersection(zones, fuzzy), shapely.difference(fuzzy, zones)]))
    fringe, beyond = np.split(dense_mm2(fabric, near, closing=False), 2)
    unit, of_zone, stretches = through_stretches(fabric, bound)
    for place in np.unique(of_zone):
        units, through = unit[of_zone == place], stretches[of_zone == place]
        reach = shapely.intersection(fabric.drawn(units), shapely.buffer(through, accuracy_m, quad_segs=_ARC))
        reached = Fabric.of_valid(areal(reach), fabric.crs)
        known = near.geometries[[place, len(zones) + place]]
        inside, known_fringe, known_beyond = dense_mm2(
            reached, _cover(fabric, np.append(zones[place], known)), closing=False
        )
        fringe[place, units] += inside - known_fringe
        beyond[place, units] += reached.area_mm2 - inside - known_beyond
    return fringe, beyond


def _cover(fabric: Fabric, areas: Any) -> Cover:
    return Cover.of_valid(np.arange(len(areas)).astype(object), areas, fabric.crs)
