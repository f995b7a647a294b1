"""Invalid shapes, each class of invalidity told apart, with its place."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.cores import threads
from gis.ragged import Array
from gis.topology.defects import EMPTY, MISSING, Defects

# The words of GEOS for the classes of OGC Simple Features 1.2.1, 6.1.11.
_CLASSES = {
    "Self-intersection": "self_intersection",
    "Ring Self-intersection": "ring_self_intersection",
    "Hole lies outside shell": "hole_outside_shell",
    "Holes are nested": "nested_holes",
    "Nested shells": "nested_shells",
    "Interior is disconnected": "disconnected_interior",
    "Too few points in geometry component": "too_few_points",
    "Duplicate Rings": "duplicate_rings",
    "Ring is not closed": "unclosed_ring",
    "Invalid Coordinate": "invalid_coordinate",
}
_SLICE = 1 << 14
_REASON = re.compile(r"(?P<words>[^\[]*)(?:\[(?P<easting>\S+) (?P<northing>[^\s\]]+))?")


def invalid(geometries: Any) -> Defects:
    """Return the units whose shape is missing, empty or not valid, one defect each.

    The place is that of the first fault of the shape; of an invalid coordinate the nearest that can be told.

    Parameters
    ----------
    geometries : array of shapely geometry, shape (n,)
    """
    geometries = np.asarray(geometries, dtype=object)
    missing, empty = shapely.is_missing(geometries), shapely.is_empty(geometries)
    nowhere = np.full(len(geometries), np.nan)
    return Defects.joined(
        [
            Defects.at(MISSING, np.flatnonzero(missing), nowhere[missing], nowhere[missing]),
            Defects.at(EMPTY, np.flatnonzero(empty), nowhere[empty], nowhere[empty]),
            _classified(geometries, np.flatnonzero(~(are_valid(geometries) | missing | empty))),
        ]
    )


def are_valid(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Tell which shapes are valid, on as many threads as help; a missing one is not."""
    slices: list[Array] = [geometries[start : start + _SLICE] for start in range(0, len(geometries), _SLICE)]
    with threads(len(geometries)) as beside:
        return np.concatenate([np.zeros(0, dtype=np.bool_), *beside.map(shapely.is_valid, slices)])


def _classified(geometries: Any, units: Any) -> Defects:
    reasons = [_REASON.match(str(one)) for one in shapely.is_valid_reason(geometries[units])]
    kinds = [_CLASSES.get(one["words"].strip(), "otherwise_invalid") if one else "otherwise_invalid" for one in reasons]
    places = np.array([_place(one) for one in reasons]).reshape(-1, 2)
    lost = ~np.isfinite(places).all(axis=1)
    places[lost] = np.array([_some_corner(one) for one in geometries[units[lost]]]).reshape(-1, 2)
    return Defects.at(np.array(kinds, dtype=object), units, places[:, 0], places[:, 1])


def _place(reason: "re.Match[str] | None") -> tuple[float, float]:
    if reason is None or reason["easting"] is None:
        return np.nan, np.nan
    return float(reason["easting"]), float(reason["northing"])


def _some_corner(geometry: Any) -> tuple[float, float]:
    corners = shapely.get_coordinates(geometry)
    told = corners[np.isfinite(corners).all(axis=1)]
    return (float(told[0, 0]), float(told[0, 1])) if len(told) else (np.nan, np.nan)
