"""The national border as the project has it: which communes touch it, and what lies near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.bound import SNAP_M
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from layers.shared import Same
from planning.context import Context
from planning.law.change import accuracy_of
from planning.law.wording import that_speak_of


@dataclass(frozen=True, eq=False)
class Border:
    """The border as it is drawn; `accuracy_m` is that of the zone's line, which runs along it (None: unknown).

    Attributes
    ----------
    line : its lines as one shape, with the markers (points) and border areas (polygons) among them
    """

    line: Any
    accuracy_m: float | None

    def distances_m(self, shapes: Any) -> Any:
        """Return the distance of shapes to the border, to the mm, shape (n,); NaN for a missing one."""
        return np.round(_apart_m(shapes, self.line), 3)

    def least_distance_m(self, shapes: Any) -> float:
        """Return the distance of the nearest of many shapes, to the mm; none of them is missing or empty.

        A shape is as far as the middle of its box, give or take half its diagonal: few can be the nearest.
        """
        west, south, east, north = shapely.bounds(shapes).T
        middle_m = _apart_m(shapely.points((west + east) / 2, (south + north) / 2), self.line)
        reach_m = np.hypot(east - west, north - south) / 2 + 0.001
        perhaps = middle_m - reach_m <= (middle_m + reach_m).min()
        return float(self.distances_m(shapes[perhaps]).min())


@dataclass(frozen=True, slots=True)
class BorderCommunes:
    """Communes of the proposed zone that touch the border: surely, and perhaps at the accuracy of the lines."""

    surely: tuple[str, ...]
    perhaps: tuple[str, ...]


def border_of(context: Context, words: Sequence[str]) -> Border | None:
    """Return the border among the infrastructure; None where the project has none."""
    if context.infrastructure is None or "kind" not in context.infrastructure.before:
        return None
    line, accuracy = _line_of(Same(context.infrastructure.before), tuple(words)), accuracy_of(context)
    return None if line.is_empty else Border(line, None if accuracy is None else float(accuracy))


def border_communes(border: Border, units: GeoDataFrame, rows: DataFrame) -> BorderCommunes:
    """Return the communes of the proposed zone that touch the border.

    Parameters
    ----------
    units : communes of one vintage, with geometry
    rows : their breakdown
    """
    near = _near(Same(units), border.line)
    state = rows["state_proposed"].astype(object).to_numpy()
    reach = np.inf if border.accuracy_m is None else border.accuracy_m
    surely = (near <= SNAP_M) & np.isin(state, (INSIDE, CROSSED))
    perhaps = ~surely & (near <= max(reach, SNAP_M)) & np.isin(state, (INSIDE, CROSSED, UNDECIDABLE))
    names = units["name"].to_numpy()
    return BorderCommunes(tuple(map(str, names[surely])), tuple(map(str, names[perhaps])))


@lru_cache(maxsize=4)
def _line_of(infrastructure: Same, words: tuple[str, ...]) -> Any:
    """Return the shapes of which the kind speaks of the words as one; empty where there are none."""
    rows = infrastructure.frame
    shapes = rows.geometry.values[that_speak_of(rows["kind"], words)]
    return shapely.union_all(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])


def _apart_m(shapes: Any, line: Any) -> Any:
    """Return the distance of shapes to a border, shape (n,): each asks only the pieces near it."""
    near, distance_m = _pieces(line).query_nearest(shapes, return_distance=True, all_matches=False)
    apart_m = np.full(len(shapes), np.nan)
    apart_m[near[0]] = distance_m
    return apart_m


@lru_cache(maxsize=4)
def _pieces(line: Any) -> Any:
    """Return what a border is made of, indexed: lines by their straight stretches, markers and areas as they are."""
    parts = shapely.get_parts(line)
    straight = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    points, part = shapely.get_coordinates(parts[straight], return_index=True)
    follows = part[1:] == part[:-1]
    stretches = shapely.linestrings(np.stack([points[:-1][follows], points[1:][follows]], axis=1))
    return shapely.STRtree(np.concatenate([stretches, parts[~straight]]))


@lru_cache(maxsize=4)
def _near(units: Same, line: Any) -> Any:
    """Return the distance of units that no scenario changes to the line, shape (n,)."""
    return Border(line, None).distances_m(units.frame.geometry.values)
