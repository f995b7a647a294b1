"""Settlement: where people live, and so where parcels are small: towns, villages, roadsides, valley floors."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely import Geometry

from layers.demo.fields import Field, gridded
from layers.demo.noise import FloatArray, uniform
from layers.demo.place import place
from layers.demo.tables import demo_table
from layers.demo.terrain import BOUNDS, steepness, valleys

# Communes outside the zone whose parcels are in the demo too: candidates of an extension, an enclave, a neighbour.
NEIGHBOURS_WITH_PARCELS = ("06541", "06547", "2091317", "06235")
_VILLAGE_PER_M2 = 1 / 1_600_000


@dataclass(frozen=True, eq=False)
class Centre:
    """A town or a village: parcels are densest at its middle."""

    easting: float
    northing: float
    radius_m: float
    density: float


@cache
def towns() -> tuple[Centre, ...]:
    """Return the towns of the table."""
    rows = demo_table("demo_settlements")[["easting", "northing", "radius_m", "density"]].to_numpy(dtype=float)
    return tuple(Centre(*row) for row in rows)


def villages(seed: int) -> tuple[Centre, ...]:
    """Return invented villages: on gentle ground near a road or a stream, more of them in larger communes."""
    found: list[Centre] = []
    for number in np.flatnonzero(with_parcels()):
        found += _villages_of(int(number), seed)
    return tuple(found)


def _villages_of(number: int, seed: int) -> list[Centre]:
    commune = place().shapes[number]
    west, south, east, north = commune.bounds
    tries = np.arange(160)
    easting = west + (east - west) * uniform(seed, tries, tries * 0 + number)
    northing = south + (north - south) * uniform(seed + 1, tries, tries * 0 + number)
    cost = valleys()(easting, northing) / 600.0 + 9.0 * steepness()(easting, northing) + uniform(seed + 2, tries)
    cost[~shapely.contains_xy(commune, easting, northing)] = np.inf
    best = np.argsort(cost, kind="stable")[: max(2, round(commune.area * _VILLAGE_PER_M2))]
    size = 110.0 + 170.0 * uniform(seed + 3, best)
    return [Centre(easting[i], northing[i], r, 0.3) for i, r in zip(best, size, strict=True) if np.isfinite(cost[i])]


def with_parcels() -> np.ndarray:
    """Return which communes have parcels in the demo, shape (communes,)."""
    communes = place().communes
    return np.asarray((communes["in_zone"] != "no") | communes["code"].isin(NEIGHBOURS_WITH_PARCELS))


@dataclass(frozen=True, eq=False)
class Settlement:
    """How settled each place is.

    Attributes
    ----------
    urban, rural : from 0 (nobody) to 1 (the middle of the city; of a village)
    density : parcels per unit of land, relative
    """

    urban: Field
    rural: Field
    density: Field


@cache
def settlement(seed: int) -> Settlement:
    """Return the settlement of the demo with that seed, on a grid of 60 m."""
    urban = gridded(BOUNDS, 60.0, lambda e, n: _built_up(e, n, towns()))
    rural = gridded(BOUNDS, 60.0, lambda e, n: _built_up(e, n, villages(seed)))
    easting, northing = np.meshgrid(
        BOUNDS[0] + 60.0 * np.arange(urban.values.shape[1]), BOUNDS[1] + 60.0 * np.arange(urban.values.shape[0])
    )
    fields = 0.055 * np.exp(-valleys()(easting, northing) / 450.0) * np.exp(-6.0 * steepness()(easting, northing))
    surveyed = shapely.contains_xy(shapely.buffer(surveyed_land(), 150.0), easting, northing)
    wished = surveyed * (0.0022 + fields + urban.values + 0.55 * rural.values)
    return Settlement(urban, rural, Field(urban.west, urban.south, 60.0, wished))


@cache
def surveyed_land() -> Geometry:
    """Return the communes that have parcels, as one area."""
    return shapely.coverage_union_all(place().shapes[with_parcels()])


def _built_up(easting: FloatArray, northing: FloatArray, centres: tuple[Centre, ...]) -> FloatArray:
    """Return the largest of the centres' densities; each centre looks no farther than three of its radii."""
    built = np.zeros(easting.shape)
    east, north = easting[0], northing[:, 0]
    for one in centres:
        rows = slice(*np.searchsorted(north, [one.northing - 3 * one.radius_m, one.northing + 3 * one.radius_m]))
        columns = slice(*np.searchsorted(east, [one.easting - 3 * one.radius_m, one.easting + 3 * one.radius_m]))
        away2 = (easting[rows, columns] - one.easting) ** 2 + (northing[rows, columns] - one.northing) ** 2
        here = one.density * np.exp(-((away2 / one.radius_m**2) ** 1.5))
        built[rows, columns] = np.maximum(built[rows, columns], here)
    return built
