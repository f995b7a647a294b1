"""Shapes on their way to the screen: WGS 84, whole numbers, each vertex as its step from the one before."""

from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from geopandas import GeoSeries

from gis.crs import WGS84

# Above this many vertices a coverage is thinned for the screen, by the first of these tolerances with which it fits.
VERTICES_MAX = 120_000
_TOLERANCES_M = (1.0, 4.0)
_NOTHING, _AREA = -1, 2
# What a shape of each dimension is called in the page.
_KINDS = "PLA"
# Numbers of the shortest ring: three vertices.
_RING_LEAST = 6

Shape = dict[str, Any]


def encoded(shapes: GeoSeries, decimals: int) -> list[Shape | None]:
    """Return each shape as ``{"t": "A" | "L" | "P", "g": parts}`` in WGS 84; None where there is nothing to draw.

    An area is a list of polygons, each a list of rings, each ring ``[lon, lat, step, step, …]`` in units of
    10⁻ᵈᵉᶜⁱᵐᵃˡˢ degrees without its closing vertex; a line is a list of such rings, a point a list of pairs.

    Parameters
    ----------
    shapes : geometry in any CRS
    decimals : of a degree; 7 is a centimetre
    """
    placed = np.asarray(shapes.to_crs(WGS84).values, dtype=object)
    parts, owner = shapely.get_parts(placed, return_index=True)
    dimension = shapely.get_dimensions(parts)
    kind = np.full(len(placed), _NOTHING)
    np.maximum.at(kind, owner, dimension)
    kind[shapely.is_empty(placed)] = _NOTHING
    told: list[Shape | None] = [None if one == _NOTHING else {"t": _KINDS[one], "g": []} for one in kind.tolist()]
    # Beside an area neither lines nor points are drawn, beside a line no points.
    drawn = dimension == kind[owner]
    for place, part in zip(owner[drawn].tolist(), _encoded(parts[drawn], 10**decimals), strict=True):
        shape = told[place]
        if shape is not None and part:
            shape["g"].append(part)
    return told


def thinned(shapes: GeoSeries) -> tuple[GeoSeries, float]:
    """Return a coverage with few enough vertices for a screen, shared edges kept, and the tolerance in metres.

    The tolerance is 0 where the coverage is small enough as it is.
    """
    if shapely.get_num_coordinates(shapes.values).sum() <= VERTICES_MAX:
        return shapes, 0.0
    for tolerance_m in _TOLERANCES_M:
        simple = shapely.coverage_simplify(shapes.values, tolerance_m)
        if shapely.get_num_coordinates(simple).sum() <= VERTICES_MAX:
            break
    return GeoSeries(simple, index=shapes.index, crs=shapes.crs), tolerance_m


def label_places(shapes: GeoSeries, decimals: int) -> list[list[int] | None]:
    """Return where the name of each shape stands, ``[lon, lat]`` in the units of `encoded`: well inside of it."""
    points = shapely.point_on_surface(shapes.values)
    places = GeoSeries(points, crs=shapes.crs).to_crs(WGS84)
    whole = np.rint(np.column_stack([places.x, places.y]) * 10**decimals)
    return [None if np.isnan(place[0]) else [int(place[0]), int(place[1])] for place in whole]


def bounds(shapes: GeoSeries) -> list[float]:
    """Return west, south, east, north in degrees."""
    return [round(float(edge), 6) for edge in shapes.to_crs(WGS84).total_bounds]


def _encoded(parts: Any, scale: int) -> list[list[Any]]:
    """Return each polygon as its rings, each line and point as its steps."""
    areas = shapely.get_dimensions(parts) == _AREA
    rings, owner = shapely.get_rings(parts[areas], return_index=True)
    polygons: list[list[list[int]]] = [[] for _ in range(int(areas.sum()))]
    for place, ring in zip(owner.tolist(), _steps(rings, scale, closed=True), strict=True):
        polygons[place].append(ring)
    others = iter(_steps(parts[~areas], scale, closed=False))
    standing = map(_standing, polygons)
    return [next(standing) if is_area else next(others) for is_area in areas.tolist()]


def _standing(rings: list[list[int]]) -> list[list[int]]:
    """Return the rings that are still areas in whole units; none where the outer one is none."""
    outer, *inner = rings
    return [outer, *(ring for ring in inner if len(ring) >= _RING_LEAST)] if len(outer) >= _RING_LEAST else []


def _steps(lines: Any, scale: int, *, closed: bool) -> list[list[int]]:
    """Return the vertices of each line as steps, those of no length left out; of a closed one not the last."""
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    whole = np.rint(coordinates * scale).astype(np.int64)
    first = np.diff(line, prepend=-1) != 0
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    steps[first] = whole[first]
    moved = steps.any(axis=1) | first
    if closed:
        moved &= ~np.append(first[1:], True)[: len(line)]
    ends = 2 * np.cumsum(np.bincount(line[moved], minlength=len(lines)))
    flat = steps[moved].ravel().tolist()
    return [flat[start:end] for start, end in pairwise([0, *ends.tolist()])]
