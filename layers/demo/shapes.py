"""Shapes: invented outlines of a wished area, so that a figure from a document and a drawing agree."""

from typing import Any

import numpy as np
import shapely
from shapely import Geometry, Polygon

from gis.measure import M2_PER_HA
from layers.demo.noise import FloatArray, smooth

MM = 0.001


def blob(easting: float, northing: float, area_ha: float, stretch: float = 1.3, azimuth: float = 0.0) -> Polygon:
    """Return a rounded outline around a place: longer than wide by `stretch`, its length turned from north."""
    angle = np.linspace(0.0, 2 * np.pi, 49)[:-1]
    east, north = np.cos(angle), np.sin(angle)
    uneven = 1.0 + 0.22 * smooth(1.7 * east + easting, 1.7 * north + northing, 1.0, seed=int(area_ha * 10))
    along, across = uneven * north * np.sqrt(stretch), uneven * east / np.sqrt(stretch)
    turn = np.radians(azimuth)
    outline = np.column_stack(
        [across * np.cos(turn) + along * np.sin(turn), along * np.cos(turn) - across * np.sin(turn)]
    )
    size = np.sqrt(area_ha * M2_PER_HA / Polygon(outline).area)
    return Polygon(np.round(outline * size + (easting, northing), 3))


def within(outline: Polygon, area_ha: float, land: Geometry) -> Any:
    """Return the outline, made larger until `area_ha` of it lie on the land that is free."""
    least, most = 0.5, 4.0
    for _ in range(24):
        scale = (least + most) / 2.0
        part = _largest(shapely.intersection(_scaled(outline, scale), land))
        least, most = (scale, most) if part.area < area_ha * M2_PER_HA else (least, scale)
    return _largest(shapely.intersection(_scaled(outline, most), land, grid_size=MM))


def _scaled(outline: Polygon, scale: float) -> Polygon:
    points = shapely.get_coordinates(outline)
    centre = points[:-1].mean(axis=0)
    return Polygon(centre + scale * (points - centre))


def _largest(geometry: Geometry) -> Any:
    parts = shapely.get_parts(geometry)
    return parts[shapely.area(parts).argmax()] if len(parts) else Polygon()


def plot(middle: FloatArray, along: FloatArray, length_m: float, depth_m: float) -> Polygon:
    """Return a plot with cut corners beside a road: its middle, the direction of its front, its sides."""
    side = np.array([-along[1], along[0]])
    half, deep, cut = length_m / 2, depth_m / 2, 0.12 * min(length_m, depth_m)
    corners = [
        (-half + cut, -deep),
        (half - cut, -deep),
        (half, -deep + cut),
        (half, deep),
        (0.1 * half, 1.04 * deep),
        (-half, deep),
        (-half, -deep + cut),
    ]
    return Polygon(np.round([middle + right * along + up * side for right, up in corners], 3))
