"""Shapes on their way to the screen: WGS 84, whole numbers, each vertex as its step from the one before."""

from typing import Any

import numpy as np
import shapely
from geopandas import GeoSeries

from gis.crs import WGS84

# Above this many vertices a coverage is thinned for the screen, by the first of these tolerances with which it fits.
VERTICES_MAX = 120_000
_TOLERANCES_M = (1.0, 4.0)

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
    return [_encoded(shape, 10**decimals) for shape in shapes.to_crs(WGS84).values]


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


def _encoded(shape: Any, scale: int) -> Shape | None:
    if shape is None or shape.is_empty:
        return None
    parts = shapely.get_parts(shape)
    kind = shapely.get_dimensions(parts).max()
    same = parts[shapely.get_dimensions(parts) == kind]
    if kind == 2:
        polygons = [_rings(polygon, scale) for polygon in same]
        return {"t": "A", "g": [rings for rings in polygons if rings]}
    return {"t": "L" if kind == 1 else "P", "g": [_steps(shapely.get_coordinates(part), scale) for part in same]}


def _rings(polygon: Any, scale: int) -> list[list[int]]:
    rings = [_steps(shapely.get_coordinates(ring)[:-1], scale) for ring in (polygon.exterior, *polygon.interiors)]
    outer, *inner = rings
    return [outer, *(ring for ring in inner if len(ring) >= 6)] if len(outer) >= 6 else []


def _steps(coordinates: Any, scale: int) -> list[int]:
    whole = np.rint(coordinates * scale).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    moved = steps.any(axis=1)
    moved[0] = True
    steps_taken: list[int] = steps[moved].ravel().tolist()
    return steps_taken
