"""Land of one kind of constraint that the change takes into the zone, with its interval."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.fabric import Fabric, require_valid
from gis.measure import area_mm2, to_mm2
from gis.states import states
from planning.context import Context
from planning.law.change import accuracy_of
from planning.law.figure import Figure, square_metres
from planning.law.wording import that_speak_of

# What is farther from the added area than its accuracy and this is not asked: it lies outside.
_BESIDE_M = 1.0


def land_of_kind(context: Context, words: Sequence[str]) -> GeoDataFrame | None:
    """Return the constraints whose kind speaks of the words; None where the project has no such constraint."""
    if context.constraints is None or "kind" not in context.constraints.before:
        return None
    rows = context.constraints.before
    chosen = rows[that_speak_of(rows["kind"], words)]
    return chosen if len(chosen) else None


def taken_in(context: Context, land: GeoDataFrame) -> Figure:
    """Return how much of the land comes into the zone, overlaps once.

    The interval is that of the four states: the share inside whatever the error, and the share that may be inside,
    where line and constraint together are off by as much as both state.
    """
    shapes = np.asarray(land.geometry.values, dtype=object)
    require_valid(shapes, land["code"].to_numpy(), layer="constraints")
    added = context.proposal.regions.added
    if added.is_empty:
        return Figure.exact(0, "m2")
    accuracy_m, lost = _accuracy_m(context, land), bool((shapely.is_missing(shapes) | shapely.is_empty(shapes)).any())
    shapely.prepare(added)
    near = shapes[shapely.dwithin(added, shapes, _BESIDE_M + (accuracy_m or 0.0))]
    whole = shapely.union_all(near)
    value = area_mm2(shapely.intersection(whole, added))
    if not len(near) and accuracy_m is not None and not lost:
        return Figure.exact(0, "m2")
    if accuracy_m is None or lost:
        return Figure(square_metres(value).value, Fraction(0), None, "m2")
    fabric = Fabric.from_frame(GeoDataFrame({"code": [0]}, geometry=[whole], crs=land.crs))
    told = states(fabric, added, accuracy_m).iloc[0]
    ends = [square_metres(int(to_mm2(told[share] * shapely.area(whole)))).value for share in ("share_min", "share_max")]
    return Figure.between(square_metres(value).value, ends[0], ends[1], "m2")


def _accuracy_m(context: Context, land: GeoDataFrame) -> float | None:
    """Return how far line and constraints together may be from where they are drawn; None: nobody knows of the line."""
    line = accuracy_of(context)
    own = land["accuracy_m"].max() if "accuracy_m" in land else np.nan
    return None if line is None else float(line) + (0.0 if np.isnan(own) else float(own))
