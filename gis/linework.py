"""Drawings to areas: boundary lines polygonised, labels joined to the areas that they stand in, one to one."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

# Levels of the cadastral drawing standard of 2014: parcel boundaries and parcel labels.
LINE_LEVEL, LABEL_LEVEL = 10, 11
_NUMBER = re.compile(r"(\d+)\D*$")
# How many places of what is left over are named.
_NAMED = 5


@dataclass(frozen=True)
class Leftover:
    """What found no partner: how many, and where the first ones are (easting, northing in the drawing)."""

    kind: str
    count: int
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Areas:
    """Areas with the label that stands in each.

    Attributes
    ----------
    frame : column ``label`` and the geometry, one row per area with exactly one label
    leftovers : what is not in it
    """

    frame: GeoDataFrame
    leftovers: tuple[Leftover, ...]


def is_linework(frame: GeoDataFrame) -> bool:
    """Tell whether a drawing has boundaries as lines and labels as texts on the levels for them."""
    levels = levels_of(frame)
    return bool((levels == LINE_LEVEL).any() and (levels == LABEL_LEVEL).any())


def levels_of(frame: GeoDataFrame) -> Any:
    """Return the level number of each element: of DGN its level, of DXF the number that its layer name ends with."""
    if "Level" in frame:
        return frame["Level"].to_numpy()
    names = frame["Layer"].astype(str) if "Layer" in frame else frame.index.map(lambda _: "")
    return np.array([int(found.group(1)) if (found := _NUMBER.search(name)) else -1 for name in names])


def areas_of(frame: GeoDataFrame) -> Areas:
    """Polygonise the boundary lines and give each area its label.

    Lines are noded first, so that a line that crosses another or ends on it makes corners there; nothing is moved
    or closed: a line that ends short of another is a leftover.

    Parameters
    ----------
    frame : elements of a drawing, with ``Level`` or ``Layer`` and ``Text``
    """
    levels = levels_of(frame)
    shapes = np.asarray(frame.geometry.values, dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    lines = shapes[there & (levels == LINE_LEVEL)]
    lines = np.where(shapely.get_dimensions(lines) == 2, shapely.boundary(lines), lines)
    noded = shapely.node(shapely.union_all(shapely.force_2d(lines)))
    polygons, cuts, dangles, broken = shapely.polygonize_full(shapely.get_parts(noded))
    areas = shapely.get_parts(polygons)
    is_label = there & (levels == LABEL_LEVEL) & frame["Text"].notna().to_numpy()
    points, texts = shapely.centroid(shapes[is_label]), frame["Text"].to_numpy()[is_label]
    label, area = shapely.STRtree(areas).query(points, predicate="intersects")
    per_area, per_label = np.bincount(area, minlength=len(areas)), np.bincount(label, minlength=len(points))
    paired = (per_area[area] == 1) & (per_label[label] == 1)
    joined = GeoDataFrame({"label": texts[label[paired]]}, geometry=areas[area[paired]], crs=frame.crs)
    loose = np.concatenate([shapely.get_parts(one) for one in (cuts, dangles, broken)])
    return Areas(
        joined,
        tuple(
            one
            for one in (
                _leftover("area-without-label", areas[per_area == 0]),
                _leftover("area-with-several-labels", areas[per_area > 1]),
                _leftover("label-outside", points[per_label == 0]),
                _leftover("label-on-a-boundary", points[per_label > 1]),
                _leftover("line-that-bounds-nothing", loose),
            )
            if one.count
        ),
    )


def closed_to_areas(shapes: Any) -> Any:
    """Return the shapes with closed lines as polygons; everything else as it is."""
    is_ring = (shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING) & shapely.is_closed(shapes)
    is_ring &= shapely.get_num_coordinates(shapes) >= 4
    result = np.array(shapes, dtype=object)
    result[is_ring] = [shapely.Polygon(one) for one in result[is_ring]]
    return result


def _leftover(kind: str, shapes: Any) -> Leftover:
    places = shapely.get_coordinates(shapely.point_on_surface(shapes[:_NAMED])) if len(shapes) else []
    return Leftover(kind, len(shapes), tuple((round(float(e), 2), round(float(n), 2)) for e, n in places))
