"""Shapes of a file: from WKB, arcs as chords, and what is lost where shapes are straight and flat."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.curves import TOLERANCE_M, finer_arc, has_arcs, straightened
from gis.language import Text

_DEGREES_PER_M = 1 / 111_320
# Curve, ellipse, arc, B-spline.
_ARCS_OF_DGN = (11, 15, 16, 27)


@dataclass(frozen=True, slots=True)
class Flattened:
    """What straight lines in two dimensions cannot hold.

    Attributes
    ----------
    heights : shapes with heights other than zero
    measures : shapes with measures along their lines
    arcs : shapes, or elements of a drawing, with arcs that were made chords
    deviation_m : how far a chord may lie from its arc; None where there are no arcs
    """

    heights: int = 0
    measures: int = 0
    arcs: int = 0
    deviation_m: float | None = None


@dataclass(frozen=True)
class Shapes:
    """A column of shapes.

    Attributes
    ----------
    shapes : None where there is none, or none that can be read
    broken : why records (from 1) have none although the file holds one
    """

    shapes: Any
    broken: dict[int, str | Text]
    flattened: Flattened


def shapes_of(column: pa.ChunkedArray, tolerance: float) -> Shapes:
    """Return the shapes of a column of WKB, with chords that are no farther than `tolerance` from their arcs."""
    raw = column.to_numpy(zero_copy_only=False)
    heads = pc.binary_slice(column, 0, 5)
    may_curve = [one for one in pc.unique(heads).drop_null().to_pylist() if has_arcs(one)]
    curved = pc.fill_null(pc.is_in(heads, pa.array(may_curve, type=column.type)), False).to_numpy()  # noqa: FBT003
    shapes = shapely.from_wkb(np.where(curved, None, raw) if may_curve else raw, on_invalid="ignore")
    lost = flattened(shapes)
    broken: dict[int, str | Text] = {}
    for row in np.flatnonzero(curved):
        try:
            one = straightened(raw[row], tolerance)
        except ValueError as error:
            broken[int(row) + 1] = str(error)
        else:
            shapes[row] = one.shape
            lost = replace(
                lost,
                heights=lost.heights + one.has_heights,
                measures=lost.measures + one.has_measures,
                arcs=lost.arcs + one.has_arcs,
                deviation_m=TOLERANCE_M if one.has_arcs else lost.deviation_m,
            )
    unread = shapely.is_missing(shapes) & column.is_valid().to_numpy()
    return Shapes(shapes, {**{int(row) + 1: _NO_SHAPE for row in np.flatnonzero(unread)}, **broken}, lost)


def flattened(shapes: Any) -> Flattened:
    """Return how many shapes have heights other than zero, and how many have measures."""
    measured, heights = shapely.has_m(shapes), 0
    if shapely.has_z(shapes).any():
        z, rows = shapely.get_coordinates(shapes, include_z=True, return_index=True)
        heights = len(np.unique(rows[np.isfinite(z[:, 2]) & (z[:, 2] != 0)]))
    return Flattened(heights=heights, measures=int(measured.sum()))


def are_arcs(drawing: GeoDataFrame) -> Any:
    """Return which elements of a DGN are curves, by their kind."""
    return drawing["Type"].isin(_ARCS_OF_DGN).to_numpy()


def with_finer_arcs(drawing: GeoDataFrame) -> GeoDataFrame:
    """Return a DGN with the arcs of circles within the tolerance; its driver draws each with 89 chords."""
    shapes = np.array(drawing.geometry.values, dtype=object)
    for row in np.flatnonzero(are_arcs(drawing)):
        if shapely.get_type_id(shapes[row]) == shapely.GeometryType.LINESTRING:
            finer = finer_arc(shapely.get_coordinates(shapes[row]), TOLERANCE_M)
            shapes[row] = shapes[row] if finer is None else shapely.LineString(finer)
    return drawing.set_geometry(shapes, crs=drawing.crs)


def chord_deviation_m(shapes: Any, *, all_arcs: bool) -> float:
    """Return how far the chords of a drawing lie from the arcs that they stand for, judged by three corners each.

    Parameters
    ----------
    all_arcs : every line is an arc; otherwise arcs are where equal chords turn by less than a degree
    """
    corners, part = shapely.get_coordinates(shapes, return_index=True)
    if len(corners) < 3:
        return 0.0
    steps = np.diff(corners, axis=0)
    one, two = steps[:-1], steps[1:]
    long, next_long = np.hypot(*one.T), np.hypot(*two.T)
    turn = np.abs(np.arctan2(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0], (one * two).sum(axis=1)))
    is_arc = (part[:-2] == part[2:]) & (turn > 0) & (turn < (np.pi / 2 if all_arcs else np.pi / 180))
    if not all_arcs:
        is_arc &= np.isclose(long, next_long, rtol=1e-3)
    # A chord of length c that turns by t from the next one has its arc c·tan(t/4)/2 away.
    away = np.minimum(long, next_long)[is_arc] * np.tan(turn[is_arc] / 4) / 2
    return float(away.max(initial=0.0))


def tolerance_in(crs: CRS | None) -> float:
    """Return the tolerance of arcs in the unit of a system; metres where nobody knows."""
    if crs is None:
        return TOLERANCE_M
    return TOLERANCE_M * _DEGREES_PER_M if crs.is_geographic else TOLERANCE_M / crs.axis_info[0].unit_conversion_factor


_NO_SHAPE = Text(vi="hình không đọc được", en="its shape cannot be read")
