"""Fields: quantities that vary over the land, held on a coarse grid and read between its points."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from layers.demo.noise import FloatArray

Function = Callable[[FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, eq=False)
class Field:
    """Values at the points of a grid.

    Attributes
    ----------
    west, south : of the first point, metres
    step_m : from point to point
    values : shape (rows from the south, columns from the west)
    """

    west: float
    south: float
    step_m: float
    values: FloatArray

    def __call__(self, easting: FloatArray, northing: FloatArray) -> FloatArray:
        """Return the value at each place, linear between the points and constant beyond them."""
        rows, columns = self.values.shape
        east = np.clip((np.asarray(easting) - self.west) / self.step_m, 0, columns - 1.001)
        north = np.clip((np.asarray(northing) - self.south) / self.step_m, 0, rows - 1.001)
        column, row = east.astype(np.intp), north.astype(np.intp)
        across, up = east - column, north - row
        lower = self.values[row, column] * (1 - across) + self.values[row, column + 1] * across
        upper = self.values[row + 1, column] * (1 - across) + self.values[row + 1, column + 1] * across
        return np.asarray(lower * (1 - up) + upper * up)


def gridded(bounds: tuple[float, float, float, float], step_m: float, function: Function) -> Field:
    """Return the field of a function over (west, south, east, north)."""
    west, south, east, north = bounds
    easting, northing = np.meshgrid(np.arange(west, east + step_m, step_m), np.arange(south, north + step_m, step_m))
    return Field(west, south, step_m, function(easting, northing))


def distance_to(lines: Iterable[Any]) -> Function:
    """Return the function that gives the distance to the nearest of the lines, metres."""
    points = shapely.get_coordinates(shapely.segmentize(np.array(list(lines), dtype=object), 120.0))
    tree = shapely.STRtree(shapely.points(points))

    def distance(easting: FloatArray, northing: FloatArray) -> FloatArray:
        places = shapely.points(np.ravel(easting), np.ravel(northing))
        found = tree.query_nearest(places, all_matches=False, return_distance=True)[1]
        return np.asarray(found).reshape(np.shape(easting))

    return distance
