"""The national border as the project has it: which communes touch it, and what lies near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pandas import DataFrame

from gis.bound import SNAP_M
from gis.states import CROSSED, INSIDE, UNDECIDABLE
from planning.context import Context
from planning.law.change import accuracy_of
from planning.law.wording import that_speak_of


@dataclass(frozen=True, eq=False)
class Border:
    """The border line; `accuracy_m` is that of the zone's line, which runs along it (None: unknown)."""

    line: Any
    accuracy_m: float | None

    def distances_m(self, shapes: Any) -> Any:
        """Return the distance of shapes to the line, to the mm, shape (n,); NaN for a missing one."""
        return np.round(shapely.distance(shapes, self.line), 3)

    def least_distance_m(self, shapes: Any) -> float:
        """Return the distance of the nearest of many shapes, to the mm; each asks only the stretches near it."""
        points, part = shapely.get_coordinates(shapely.get_parts(self.line), return_index=True)
        follows = part[1:] == part[:-1]
        stretches = shapely.linestrings(np.stack([points[:-1][follows], points[1:][follows]], axis=1))
        _, found = shapely.STRtree(stretches).query_nearest(shapes, return_distance=True, all_matches=False)
        return float(np.round(found.min(), 3))


@dataclass(frozen=True, slots=True)
class BorderCommunes:
    """Communes of the proposed zone that touch the border: surely, and perhaps at the accuracy of the lines."""

    surely: tuple[str, ...]
    perhaps: tuple[str, ...]


def border_of(context: Context, words: Sequence[str]) -> Border | None:
    """Return the border line among the infrastructure; None where the project has none."""
    if context.infrastructure is None or "kind" not in context.infrastructure.before:
        return None
    rows = context.infrastructure.before
    shapes = rows.geometry.values[that_speak_of(rows["kind"], words)]
    line = shapely.union_all(shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))])
    accuracy = accuracy_of(context)
    return None if line.is_empty else Border(line, None if accuracy is None else float(accuracy))


def border_communes(border: Border, units: DataFrame, rows: DataFrame) -> BorderCommunes:
    """Return the communes of the proposed zone that touch the border.

    Parameters
    ----------
    units : communes of one vintage, with geometry
    rows : their breakdown
    """
    near = border.distances_m(units.geometry.values)
    state = rows["state_proposed"].astype(object).to_numpy()
    reach = np.inf if border.accuracy_m is None else border.accuracy_m
    surely = (near <= SNAP_M) & np.isin(state, (INSIDE, CROSSED))
    perhaps = ~surely & (near <= max(reach, SNAP_M)) & np.isin(state, (INSIDE, CROSSED, UNDECIDABLE))
    names = units["name"].to_numpy()
    return BorderCommunes(tuple(map(str, names[surely])), tuple(map(str, names[perhaps])))
