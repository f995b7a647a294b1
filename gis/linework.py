"""Drawings to areas: boundary lines polygonised, labels joined to the areas that they stand in, one to one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

_NUMBER = re.compile(r"(\d+)\D*$")
# How many places of what is left over are named.
_NAMED = 5


@dataclass(frozen=True)
class Levels:
    """Which levels (or layers) of a drawing hold what; each by its number or its name.

    Attributes
    ----------
    boundary : lines that bound areas
    label : texts, one in each area
    fields : texts that tell a field of the area that they stand in
    """

    boundary: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    frame : column ``label``, the fields that texts tell, and the geometry; one row per area with exactly one label
    leftovers : what is not in it
    """

    frame: GeoDataFrame
    leftovers: tuple[Leftover, ...]


def is_linework(frame: GeoDataFrame, levels: Levels) -> bool:
    """Tell whether a drawing has boundaries and labels on the levels for them."""
    return bool(on(frame, levels.boundary).any() and on(frame, levels.label).any())


def on(frame: GeoDataFrame, wanted: tuple[str, ...]) -> Any:
    """Return which elements stand on one of the levels."""
    names = _layers(frame)
    numbers = {int(one) for one in wanted if one.isdecimal()}
    return np.isin(levels_of(frame), list(numbers)) | np.isin(names, list(wanted))


def levels_of(frame: GeoDataFrame) -> Any:
    """Return the level number of each element: of DGN its level, of DXF the number that its layer name ends with."""
    if "Level" in frame:
        return frame["Level"].to_numpy()
    return np.array([int(found.group(1)) if (found := _NUMBER.search(name)) else -1 for name in _layers(frame)])


def _layers(frame: GeoDataFrame) -> Any:
    """Return the layer name of each element; an element of a broken drawing may have none."""
    return frame["Layer"].fillna("").astype(str).to_numpy() if "Layer" in frame else np.full(len(frame), "")


def areas_of_lines(frame: GeoDataFrame, levels: Levels) -> Areas:
    """Polygonise the boundary lines and give each area its label.

    Lines are noded first, so that a line that crosses another or ends on it makes corners there; nothing is moved
    or closed: a line that ends short of another is a leftover.

    Parameters
    ----------
    frame : elements of a drawing, with ``Level`` or ``Layer`` and ``Text``
    """
    shapes = np.asarray(frame.geometry.values, dtype=object)
    lines = shapes[_there(shapes) & on(frame, levels.boundary)]
    lines = np.where(shapely.get_dimensions(lines) == 2, shapely.boundary(lines), lines)
    noded = shapely.node(shapely.union_all(shapely.force_2d(lines)))
    polygons, cuts, dangles, broken = shapely.polygonize_full(shapely.get_parts(noded))
    loose = np.concatenate([shapely.get_parts(one) for one in (cuts, dangles, broken)])
    return _labelled(frame, shapely.get_parts(polygons), loose, on(frame, levels.label), levels)


def areas_of_shapes(frame: GeoDataFrame, levels: Levels) -> Areas:
    """Take the closed shapes of a drawing as areas and give each the text that stands in it.

    Parameters
    ----------
    levels : without levels of labels every text is one
    """
    shapes = np.asarray(frame.geometry.values, dtype=object)
    closed = closed_to_areas(shapes)
    is_area = shapely.get_dimensions(closed) == 2
    loose = shapes[_there(shapes) & (shapely.get_dimensions(closed) == 1)]
    texts = _texts(frame) if not levels.label else on(frame, levels.label)
    return _labelled(frame, shapely.force_2d(closed[is_area]), loose, texts, levels)


def has_texts(frame: GeoDataFrame) -> bool:
    """Tell whether a drawing has any text."""
    return bool(_texts(frame).any())


def closed_to_areas(shapes: Any) -> Any:
    """Return the shapes with closed lines as polygons; everything else as it is."""
    is_ring = (shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING) & shapely.is_closed(shapes)
    is_ring &= shapely.get_num_coordinates(shapes) >= 4
    result = np.array(shapes, dtype=object)
    result[is_ring] = [shapely.Polygon(one) for one in result[is_ring]]
    return result


def _labelled(frame: GeoDataFrame, areas: Any, loose: Any, is_label: Any, levels: Levels) -> Areas:
    points, texts = _placed_texts(frame, is_label)
    tree = shapely.STRtree(areas)
    label, area = tree.query(points, predicate="intersects")
    per_area, per_label = np.bincount(area, minlength=len(areas)), np.bincount(label, minlength=len(points))
    paired = (per_area[area] == 1) & (per_label[label] == 1)
    told = {name: _told(frame, tree, on(frame, wanted)) for name, wanted in levels.fields.items()}
    columns = {"label": texts[label[paired]]} | {
        name: [found.get(one) for one in area[paired]] for name, found in told.items() if found
    }
    return Areas(
        GeoDataFrame(columns, geometry=areas[area[paired]], crs=frame.crs),
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


def _told(frame: GeoDataFrame, tree: shapely.STRtree, rows: Any) -> dict[int, str]:
    """Return the one text of a level that stands in an area, by area; where several do, none is it."""
    points, texts = _placed_texts(frame, rows)
    text, area = tree.query(points, predicate="intersects")
    per_area = np.bincount(area, minlength=len(tree.geometries))
    return {int(one): str(texts[place]) for place, one in zip(text, area, strict=True) if per_area[one] == 1}


def _placed_texts(frame: GeoDataFrame, rows: Any) -> tuple[Any, Any]:
    chosen = rows & _texts(frame)
    return shapely.centroid(np.asarray(frame.geometry.values, dtype=object)[chosen]), frame["Text"].to_numpy()[chosen]


def _texts(frame: GeoDataFrame) -> Any:
    if "Text" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return frame["Text"].notna().to_numpy() & _there(np.asarray(frame.geometry.values, dtype=object))


def _there(shapes: Any) -> Any:
    return ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))


def _leftover(kind: str, shapes: Any) -> Leftover:
    places = shapely.get_coordinates(shapely.point_on_surface(shapes[:_NAMED])) if len(shapes) else []
    return Leftover(kind, len(shapes), tuple((round(float(e), 2), round(float(n), 2)) for e, n in places))
