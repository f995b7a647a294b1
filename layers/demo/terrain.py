"""Terrain: believable hills between the valleys of the river and the roads; invented, not surveyed."""

from functools import cache

import numpy as np

from layers.demo.courses import of_kind
from layers.demo.fields import Field, distance_to, gridded
from layers.demo.noise import FloatArray, rough

BOUNDS = (424_000.0, 2_396_000.0, 491_000.0, 2_458_000.0)
RIVER_LEVEL_M = 250.0
# A massif in the east of the demo, where the land between the zone and Chi Ma is highest.
_MASSIF = (468_500.0, 2_421_500.0, 6_500.0, 850.0)


@cache
def valleys() -> Field:
    """Return the distance to the nearest valley floor: a river, a stream or a main road, metres."""
    lines = [one.line for one in of_kind("river", "stream", "national_road", "railway", "provincial_road")]
    return gridded(BOUNDS, 250.0, distance_to(lines))


def elevation(easting: FloatArray, northing: FloatArray) -> FloatArray:
    """Return the elevation at each place, metres."""
    away = valleys()(easting, northing)
    rise = 1.0 - np.exp(-((away / 1_500.0) ** 1.4))
    ridges = 1.0 - np.abs(rough(easting, northing, 3_600.0, seed=71, octaves=5))
    knolls = 0.5 + 0.5 * rough(easting, northing, 900.0, seed=83, octaves=3)
    east, north, width, height = _MASSIF
    massif = height * np.exp(-(((easting - east) / width) ** 2 + ((northing - north) / width) ** 2) / 2.0)
    fall = (easting - 450_000.0) * 0.0006
    return RIVER_LEVEL_M + fall + 6.0 * knolls + rise * (40.0 + 330.0 * ridges**3 + 90.0 * knolls + massif)


@cache
def steepness() -> Field:
    """Return the slope, metres up per metre along."""
    ground = gridded(BOUNDS, 150.0, elevation)
    up, across = np.gradient(ground.values, ground.step_m)
    return Field(ground.west, ground.south, ground.step_m, np.hypot(up, across))
