"""Land of one kind of constraint that the change takes into the zone, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.fabric import Fabric, require_valid
from gis.measure import area_mm2, to_mm2
from gis.states import states
from layers.shared import Same
from planning.context import Context
from planning.law.change import accuracy_of
from planning.law.figure import Figure, square_metres
from planning.law.wording import that_speak_of

# What is farther from the added area than its accuracy and this is not asked: it lies outside.
_BESIDE_M = 1.0


@dataclass(frozen=True, eq=False)
class Land:
    """Constraints of one kind, which no scenario changes."""

    rows: GeoDataFrame

    @cached_property
    def shapes(self) -> Any:
        """Their shapes, shape (n,); raise GeometryInvalid."""
        shapes = np.asarray(self.rows.geometry.values, dtype=object)
        require_valid(shapes, self.rows["code"].to_numpy(), layer="constraints")
        return shapes

    @cached_property
    def placed(self) -> Any:
        """The shapes that are there, shape (m,)."""
        shapes = self.rows.geometry.values
        return np.asarray(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))], dtype=object)

    @cached_property
    def accuracy_m(self) -> float:
        """The worst stated accuracy, 0 where none is stated."""
        stated = self.rows["accuracy_m"].max() if "accuracy_m" in self.rows else np.nan
        return 0.0 if np.isnan(stated) else float(stated)


def land_of_kind(context: Context, words: Sequence[str]) -> Land | None:
    """Return the constraints whose kind speaks of the words; None where the project has no such constraint."""
    return None if context.constraints is None else _land_of(Same(context.constraints.before), tuple(words))


@lru_cache(maxsize=16)
def _land_of(constraints: Same, words: tuple[str, ...]) -> Land | None:
    rows = constraints.frame
    chosen = rows[that_speak_of(rows["kind"], words)] if "kind" in rows else ()
    return Land(chosen) if len(chosen) else None


def taken_in(context: Context, land: Land) -> Figure:
    """Return how much of the land comes into the zone, overlaps once.

    The interval is that of the four states: the share inside whatever the error, and the share that may be inside,
    where line and constraint together are off by as much as both state.
    """
    shapes, added = land.shapes, context.proposal.regions.added
    if added.is_empty:
        return Figure.exact(0, "m2")
    line = accuracy_of(context)
    accuracy_m = None if line is None else float(line) + land.accuracy_m
    lost = len(land.placed) < len(shapes)
    shapely.prepare(added)
    near = shapes[shapely.dwithin(added, shapes, _BESIDE_M + (accuracy_m or 0.0))]
    whole = shapely.union_all(near)
    value = area_mm2(shapely.intersection(whole, added))
    if not len(near) and accuracy_m is not None and not lost:
        return Figure.exact(0, "m2")
    if accuracy_m is None or lost:
        return Figure(square_metres(value).value, Fraction(0), None, "m2")
    fabric = Fabric.from_frame(GeoDataFrame({"code": [0]}, geometry=[whole], crs=land.rows.crs))
    told = states(fabric, added, accuracy_m).iloc[0]
    ends = [square_metres(int(to_mm2(told[share] * shapely.area(whole)))).value for share in ("share_min", "share_max")]
    return Figure.between(square_metres(value).value, ends[0], ends[1], "m2")
