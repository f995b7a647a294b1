"""Synthetic parcels and covers of a zone, seeded: the same layers for us and for every peer."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

from gis.synthetic import layer, units

CELL_M = 30.0
BOUNDARY_VERTICES = 20_000
COMMUNES = (13, 5)


def parcels(count: int, seed: int) -> GeoDataFrame:
    """Return about `count` parcels of 8 vertices that share their edges exactly."""
    side = max(round(count**0.5), 2)
    return units(seed, side, side, CELL_M)


def boundary(frame: GeoDataFrame, seed: int) -> GeoDataFrame:
    """Return one zone of 20,000 vertices that covers about 40 % of the parcels, free of their edges."""
    rng = np.random.default_rng(seed)
    west, south, east, north = frame.total_bounds
    turn = np.linspace(0, 2 * np.pi, BOUNDARY_VERTICES, endpoint=False)
    # Less than half of the distance of two vertices: the ring cannot cross itself.
    jitter = 2 * np.pi / BOUNDARY_VERTICES * rng.uniform(-0.4, 0.4, len(turn))
    reach = (east - west) * 0.35 * (1 + 0.1 * np.sin(7 * turn) + jitter)
    ring = np.stack([(west + east) / 2 + reach * np.cos(turn), (south + north) / 2 + reach * np.sin(turn)], axis=1)
    return layer([shapely.Polygon(ring)], ["zone"])


def communes(frame: GeoDataFrame, seed: int) -> GeoDataFrame:
    """Return 65 communes without gaps, of about 600 vertices each, free of the parcels' edges."""
    rng = np.random.default_rng(seed)
    west, south, east, north = frame.total_bounds
    columns, rows = COMMUNES
    x, y = np.meshgrid(np.linspace(west - 9, east + 9, columns + 1), np.linspace(south - 9, north + 9, rows + 1))
    corner = np.stack([x, y], axis=-1)
    step = np.array([(east - west) / columns, (north - south) / rows])
    corner[1:-1, 1:-1] += rng.uniform(-0.2, 0.2, corner[1:-1, 1:-1].shape) * step
    level = [[_wiggly(rng, corner[j, i], corner[j, i + 1]) for i in range(columns)] for j in range(rows + 1)]
    upright = [[_wiggly(rng, corner[j, i], corner[j + 1, i]) for i in range(columns + 1)] for j in range(rows)]
    rings = [
        np.vstack([level[j][i], upright[j][i + 1][1:], level[j + 1][i][::-1][1:], upright[j][i][::-1][1:]])
        for j in range(rows)
        for i in range(columns)
    ]
    return layer([shapely.Polygon(ring) for ring in rings], [f"Xã {number}" for number in range(len(rings))])


def _wiggly(rng: np.random.Generator, start: Any, end: Any, bends: int = 150) -> Any:
    part = np.linspace(0, 1, bends + 2)[:, np.newaxis]
    line = start + (end - start) * part
    across = np.array([-(end - start)[1], (end - start)[0]])
    line[1:-1] += across * rng.normal(size=(bends, 1)) * 0.002
    return line


def communes_along_parcels(frame: GeoDataFrame) -> GeoDataFrame:
    """Return 65 communes of whole parcels: every edge of their lines is an edge of a parcel."""
    side = round(len(frame) ** 0.5)
    columns, rows = COMMUNES
    number = np.arange(side)
    owner = (number * rows // side)[:, np.newaxis] * columns + number * columns // side
    polygons = frame.geometry.values
    merged = [shapely.coverage_union_all(polygons[owner.ravel() == one]) for one in range(columns * rows)]
    return layer(merged, [f"Xã {one}" for one in range(len(merged))])


def tiles(cover: GeoDataFrame, most_vertices: int = 64) -> GeoDataFrame:
    """Return `cover` cut into tiles of few vertices, with their boxes and whether a tile is its whole box.

    The best practice of the peers, who call it ST_Subdivide.
    """
    pairs = zip(cover["name"], cover.geometry, strict=True)
    rows = [(name, tile) for name, area in pairs for tile in _cut(area, most_vertices)]
    cut = layer([tile for _, tile in rows], [name for name, _ in rows])
    cut = cut.join(cut.bounds)
    cut["whole"] = cut.area > (cut["maxx"] - cut["minx"]) * (cut["maxy"] - cut["miny"]) - 1e-6
    return cut


def _cut(area: Any, most: int) -> Iterator[Any]:
    if shapely.get_num_coordinates(area) <= most:
        yield from (part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and not part.is_empty)
        return
    west, south, east, north = area.bounds
    if east - west > north - south:
        middle = (west + east) / 2
        halves = (west, south, middle, north), (middle, south, east, north)
    else:
        middle = (south + north) / 2
        halves = (west, south, east, middle), (west, middle, east, north)
    for half in halves:
        yield from _cut(shapely.clip_by_rect(area, *half), most)
