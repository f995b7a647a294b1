"""Coordinate systems: EPSG codes only, never mixed silently, planar metres for every area."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from pyproj import CRS
from pyproj.exceptions import CRSError
from pyproj.transformer import AreaOfInterest, Transformer, TransformerGroup

from gis.errors import (
    CoordinatesInDegrees,
    CoordinatesNotFinite,
    CoordinatesOutside,
    CrsMissing,
    CrsMixed,
    CrsNotPlanar,
    CrsUnknown,
    CrsUnrelated,
)

WGS84 = CRS.from_epsg(4326)
# A layer may reach past the area of use of its own zone: a neighbour province, the far side of the border.
AREA_OF_USE_MARGIN_M = 50_000


@dataclass(frozen=True, slots=True)
class Operation:
    """The transformation that brought coordinates from one system to another; `accuracy_m` None: not stated."""

    name: str
    accuracy_m: float | None


def parse_crs(text: str) -> CRS:
    """Return the CRS of an ``EPSG:n`` code.

    Raises
    ------
    CrsUnknown
        Anything else, proj4 strings among them: they lose the datum of VN-2000.
    """
    authority, _, code = text.strip().partition(":")
    if authority.upper() != "EPSG" or not code.isdecimal():
        raise CrsUnknown(crs=text)
    try:
        return CRS.from_epsg(int(code))
    except CRSError as error:
        raise CrsUnknown(crs=text) from error


def crs_name(crs: CRS) -> str:
    """Return ``EPSG:n`` where the registry knows the system, else its name."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.name)


def require_planar(crs: CRS | None) -> CRS:
    """Return `crs` if areas in it are square metres; raise CrsNotPlanar otherwise."""
    if crs is None or not crs.is_projected or {axis.unit_name for axis in crs.axis_info} != {"metre"}:
        raise CrsNotPlanar(crs=crs_name(crs) if crs else "None")
    return crs


def require_same_crs(*frames: Any) -> CRS:
    """Return the one CRS of all `frames` (anything with a ``crs``); raise CrsMixed where they differ."""
    first: CRS | None
    first, *others = (frame.crs for frame in frames)
    for other in others:
        if first is None or other is None or not first.equals(other, ignore_axis_order=True):
            raise CrsMixed(first=_shown(first), second=_shown(other))
    if first is None:
        raise CrsMixed(first=_shown(None), second=_shown(None))
    return first


def _shown(crs: CRS | None) -> str:
    return crs_name(crs) if crs else "(–)"


def operation(source: CRS, target: CRS) -> Operation:
    """Return the transformation that `moved` uses between two systems, with its stated accuracy; raise CrsUnrelated."""
    if source.equals(target, ignore_axis_order=True):
        return Operation("identity", 0.0)
    best = _transformer(source, target)
    return Operation(best.description, best.accuracy if best.accuracy >= 0 else None)


def moved(frame: GeoDataFrame, target: CRS) -> GeoDataFrame:
    """Return the frame in another system, in two dimensions, by the registered transformation with the best accuracy.

    Raises
    ------
    CrsUnrelated
        The registry has none: Hanoi 1972, say, whose ballpark way to VN-2000 is off by hundreds of metres.
    """
    if frame.crs.equals(target, ignore_axis_order=True):
        return frame.set_crs(target, allow_override=True)
    shapes = shapely.transform(frame.geometry.values, _transformer(frame.crs, target).transform, interleaved=False)
    return frame.set_geometry(GeoSeries(shapes, index=frame.index, crs=target))


def pipeline(source: CRS, target: CRS) -> str:
    """Return the steps of the transformation that `moved` uses, in the order of axes of the registry; "": none.

    Raises
    ------
    CrsUnrelated
    """
    if source.equals(target, ignore_axis_order=True):
        return ""
    return str(_transformer(source, target, always_xy=False).definition)


def placed_bounds(bounds: tuple[float, float, float, float], source: CRS, target: CRS) -> tuple[float, ...]:
    """Return west, south, east, north of a box in another system; raise CrsUnrelated."""
    if source.equals(target, ignore_axis_order=True):
        return bounds
    return tuple(_transformer(source, target).transform_bounds(*bounds))


def _transformer(source: CRS, target: CRS, *, always_xy: bool = True) -> Transformer:
    area = target.area_of_use if target.is_projected else source.area_of_use
    interest = AreaOfInterest(area.west, area.south, area.east, area.north) if area else None
    group = TransformerGroup(source, target, always_xy=always_xy, area_of_interest=interest, allow_ballpark=False)
    if not group.transformers:
        raise CrsUnrelated(source=crs_name(source), target=crs_name(target))
    return group.transformers[0]


def to_working_crs(frame: GeoDataFrame, working: CRS, path: str) -> GeoDataFrame:
    """Bring a layer to the project's coordinate system; what cannot be trusted is refused.

    Parameters
    ----------
    frame : rows as read from a file
    working : the project's planar CRS
    path : how the source is called in messages

    Raises
    ------
    CrsMissing, CrsUnrelated, CoordinatesInDegrees, CoordinatesNotFinite, CoordinatesOutside
    """
    if frame.crs is None:
        raise CrsMissing(path=path)
    _require_finite(frame, path)
    if frame.crs.is_projected:
        _require_not_degrees(frame, path)
    placed = moved(frame, working)
    _require_somewhere(placed, frame, path, working)
    _require_inside(placed, working, path)
    return placed


def _require_finite(frame: GeoDataFrame, path: str) -> None:
    coordinates, rows = shapely.get_coordinates(frame.geometry.values, return_index=True)
    bad = np.unique(rows[~np.isfinite(coordinates).all(axis=1)])
    if len(bad):
        raise CoordinatesNotFinite(rows=len(bad), path=path, example=int(bad[0]) + 1)


def _require_somewhere(placed: GeoDataFrame, frame: GeoDataFrame, path: str, working: CRS) -> None:
    """Refuse what the transformation cannot place at all: latitude and longitude swapped, say."""
    coordinates, rows = shapely.get_coordinates(placed.geometry.values, return_index=True)
    lost = np.unique(rows[~np.isfinite(coordinates).all(axis=1)])
    if len(lost):
        east, north = shapely.get_coordinates(frame.geometry.values[lost[0]])[0]
        area = working.area_of_use.name if working.area_of_use else ""
        example = f"{east:.4f} {north:.4f}"
        raise CoordinatesOutside(rows=len(lost), path=path, crs=crs_name(working), area=area, example=example)


def _require_not_degrees(frame: GeoDataFrame, path: str) -> None:
    west, south, east, north = frame.total_bounds
    if np.isfinite(west) and max(abs(west), abs(east)) <= 360 and max(abs(south), abs(north)) <= 360:
        raise CoordinatesInDegrees(path=path, crs=crs_name(frame.crs), example=f"{west:.4f} {south:.4f}")


def _require_inside(frame: GeoDataFrame, working: CRS, path: str) -> None:
    allowed = area_of_use(working)
    if allowed is None:
        return
    bounds = shapely.bounds(frame.geometry.values)
    has_place = np.isfinite(bounds).all(axis=1)
    outside = has_place & ~(
        (bounds[:, 0] >= allowed[0])
        & (bounds[:, 1] >= allowed[1])
        & (bounds[:, 2] <= allowed[2])
        & (bounds[:, 3] <= allowed[3])
    )
    if outside.any():
        easting, northing = bounds[outside][0, :2]
        raise CoordinatesOutside(
            rows=int(outside.sum()),
            path=path,
            crs=crs_name(working),
            area=working.area_of_use.name if working.area_of_use else "",
            example=f"E {easting:.1f}, N {northing:.1f}",
        )


@cache
def area_of_use(crs: CRS) -> tuple[float, float, float, float] | None:
    """Return (west, south, east, north) in `crs` where it may be used, with a margin of 50 km; None: not stated."""
    area = crs.area_of_use
    if area is None:
        return None
    transformer = Transformer.from_crs(WGS84, crs, always_xy=True)
    west, south, east, north = transformer.transform_bounds(area.west, area.south, area.east, area.north)
    margin = AREA_OF_USE_MARGIN_M
    return west - margin, south - margin, east + margin, north + margin
