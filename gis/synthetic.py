"""Synthetic layers for tests and benchmarks: neighbours that share edges, areas that touch, follow and cut them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING

VN2000_LANG_SON = "EPSG:9215"
# A unit has four corners and a bend on each side.
VERTICES = 8


def unit_rings(seed: int, columns: int, rows: int, cell_m: float = 30.0) -> npt.NDArray[np.float64]:
    """Return closed rings of ``columns * rows`` neighbours that share their edges exactly, shape (n, 9, 2), metres."""
    rng = np.random.default_rng(seed)
    north, east = np.mgrid[0 : rows + 1, 0 : columns + 1] * 1.0
    corner = np.stack([east, north], -1) + rng.uniform(-0.25, 0.25, (rows + 1, columns + 1, 2))
    level = (corner[:, :-1] + corner[:, 1:]) / 2 + rng.uniform(-0.12, 0.12, (rows + 1, columns, 2))
    upright = (corner[:-1] + corner[1:]) / 2 + rng.uniform(-0.12, 0.12, (rows, columns + 1, 2))
    south, north_side = [corner[:-1, :-1], level[:-1], corner[:-1, 1:]], [corner[1:, 1:], level[1:], corner[1:, :-1]]
    ring = np.stack([*south, upright[:, 1:], *north_side, upright[:, :-1], corner[:-1, :-1]], axis=2)
    placed: npt.NDArray[np.float64] = ring.reshape(-1, VERTICES + 1, 2) * cell_m + [ORIGIN_EASTING, ORIGIN_NORTHING]
    return placed


def units(seed: int, columns: int, rows: int, cell_m: float = 30.0) -> GeoDataFrame:
    """Return a layer of ``columns * rows`` neighbours with names ``U0``, ``U1`` and so on."""
    rings = unit_rings(seed, columns, rows, cell_m)
    owners = np.repeat(np.arange(len(rings)), VERTICES + 1)
    polygons = shapely.polygons(shapely.linearrings(rings.reshape(-1, 2), indices=owners))
    return layer(polygons, [f"U{position}" for position in range(len(rings))])


def layer(geometries: Any, names: Any = None) -> GeoDataFrame:
    """Return a layer of `geometries` with `names`, or their positions as text."""
    shown = [str(position) for position in range(len(geometries))] if names is None else list(names)
    return GeoDataFrame({"name": shown}, geometry=list(geometries), crs=VN2000_LANG_SON)


def area_over(layer_of_units: GeoDataFrame, seed: int) -> Any:
    """Return a valid area of a kind that `seed` chooses.

    Free of the units, through their corners, of whole units, of whole units and more, with holes.
    """
    rng = np.random.default_rng(seed)
    polygons = np.asarray(layer_of_units.geometry.values)
    corners = shapely.get_coordinates(polygons)
    west, south, east, north = layer_of_units.total_bounds
    some = shapely.union_all(polygons[rng.random(len(polygons)) < 0.5])
    star = _star(rng, (rng.uniform(west, east), rng.uniform(south, north)), (east - west) / 2)
    triangle = shapely.Polygon(rng.permutation(corners)[:3])
    kinds = (
        lambda: star,
        lambda: triangle,
        lambda: some,
        lambda: shapely.union(some, star),
        lambda: shapely.symmetric_difference(some, triangle),
        lambda: shapely.difference(star, triangle),
    )
    return polygonal(kinds[seed % len(kinds)]())


def polygonal(geometry: Any) -> Any:
    """Return the part of `geometry` that has area, as a valid (multi)polygon."""
    parts = shapely.get_parts(shapely.make_valid(geometry, method="structure", keep_collapsed=False))
    areal = [part for part in parts if part.geom_type == "Polygon"]
    return areal[0] if len(areal) == 1 else shapely.MultiPolygon(areal)


def _star(rng: np.random.Generator, center: tuple[float, float], radius: float) -> Any:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = radius * rng.uniform(0.3, 1.2, len(turn))
    return shapely.Polygon(np.stack([center[0] + reach * np.cos(turn), center[1] + reach * np.sin(turn)], axis=1))
