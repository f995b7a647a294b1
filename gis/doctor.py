"""The VN-2000 doctor: reads a file's numbers in every usual way and tells which one fits what is known nearby.

It proposes, with evidence; it never shifts data. Three kinds of evidence, from coarse to fine:

- *cover*: the share of the file's points that fall on the neighbour layer; tells meridians, UTM, axes, degrees;
- *edges*: the distance from the file's vertices to lines or points of the neighbour, where the two share some (a
  commune boundary drawn twice); tells also k₀ and a lost datum shift;
- *control*: distances between the same points in both, found by a shared key; tells also the sign of rotations.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.crs import area_of_use, require_planar
from gis.errors import NothingToCompare
from gis.readings import Problem, Reading, readings

Evidence = Literal["cover", "edges", "control"]

# Enough vertices to judge by; taken evenly from the whole file.
SAMPLED_VERTICES = 4000
# A reading fits where this share of the points lies on the neighbour, or within this distance of it.
FITTING_SHARE = 0.95
NEAR_M = 100.0
# Points of gates or of control stand alone: what lies around them counts, this far.
AROUND_POINTS_M = 5000.0
# Vertices this near to the neighbour's lines, in the best reading, are taken for the same lines.
SAME_LINES_M = 15.0
# What one kind of evidence cannot tell apart.
RESOLUTION_M = {"cover": 0.0, "edges": 2.0, "control": 0.1}
# At least this share of the file belongs to a second system before the file is called mixed.
MIXED_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Fit:
    """How one reading fits.

    Attributes
    ----------
    share : of the points on the neighbour, 0 to 1
    distance_m : median distance to the neighbour's lines, or between control points; None where nothing coincides
    """

    problem: Problem
    epsg: int | None
    title: str
    share: float
    distance_m: float | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor found.

    Attributes
    ----------
    problem : ``none`` where the declared system fits as well as any; None where no reading fits
    best : readings that fit equally well, the simplest first
    declared : how the file's own statement fits; None where it states no system
    mixed : points by reading, where a file holds several systems
    cannot_tell : problems that this evidence is too coarse for
    """

    evidence: Evidence
    problem: Problem | None
    best: tuple[Fit, ...]
    declared: Fit | None
    mixed: tuple[tuple[Fit, int], ...]
    points: int
    cannot_tell: tuple[Problem, ...]


@dataclass(frozen=True)
class _Known:
    """The neighbour in the measuring system, ready to be asked."""

    crs: CRS
    shapes: Any
    lines: Any
    reach_m: float


def diagnose(frame: GeoDataFrame, neighbour: GeoDataFrame | None, working: CRS, key: str | None = None) -> Diagnosis:
    """Judge the coordinates of a file.

    Parameters
    ----------
    frame : rows as read; its CRS is what the file states (None: nothing)
    neighbour : a layer whose place is sure; None to go by the area of use of `working` alone
    working : planar CRS in which distances are measured
    key : a column of both that names the same points, which makes the neighbour control points

    Raises
    ------
    NothingToCompare
        No row with a shape, or no shared key.
    """
    require_planar(working)
    known = _known(neighbour, working)
    raw, control = _points(frame, neighbour, working, key)
    ways = readings(raw, frame.crs, working)
    places = [_finite(way.place(raw)) for way in ways]
    on = np.array([_on(known, place) for place in places])
    distances = _distances(known, places, on, control)
    evidence: Evidence = "control" if control is not None else "cover" if distances is None else "edges"
    fits = [_fit(way, rows, place) for way, rows, place in zip(ways, on, distances or [None] * len(ways), strict=True)]
    usable = [place for place, way in enumerate(ways) if evidence == "control" or not _too_fine(way, evidence)]
    best = _best(fits, usable, evidence)
    declared = fits[0] if frame.crs is not None else None
    mixed = () if best else _mixed(fits, on, usable)
    return Diagnosis(
        evidence=evidence,
        problem="mixed" if mixed else (best[0].problem if best else None),
        best=best,
        declared=declared,
        mixed=mixed,
        points=len(raw),
        cannot_tell=_CANNOT_TELL[evidence],
    )


_CANNOT_TELL: dict[Evidence, tuple[Problem, ...]] = {
    "cover": ("scale", "datum", "rotation"),
    "edges": ("rotation",),
    "control": (),
}


def _too_fine(way: Reading, evidence: Evidence) -> bool:
    return way.problem in _CANNOT_TELL[evidence]


def _known(neighbour: GeoDataFrame | None, working: CRS) -> _Known:
    if neighbour is None:
        area = area_of_use(working)
        if area is None:
            raise NothingToCompare(reason="–")
        return _Known(working, np.array([shapely.box(*area)], dtype=object), None, 0.0)
    shapes = np.asarray(neighbour.to_crs(working).geometry.values, dtype=object)
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    if not len(shapes):
        raise NothingToCompare(reason="0")
    if (shapely.get_dimensions(shapes) == 2).all():
        return _Known(working, shapes, shapely.boundary(shapes), NEAR_M)
    hull = shapely.convex_hull(shapely.geometrycollections(shapes))
    return _Known(working, np.array([hull], dtype=object), shapes, AROUND_POINTS_M)


def _points(
    frame: GeoDataFrame, neighbour: GeoDataFrame | None, working: CRS, key: str | None
) -> tuple[Any, Any | None]:
    """Return points of the file and, with a key, where the neighbour has the same ones."""
    placed = frame[~(frame.geometry.isna() | frame.geometry.is_empty)]
    if key is None or neighbour is None:
        raw = shapely.get_coordinates(placed.geometry.values)
        raw = raw[np.isfinite(raw).all(axis=1)]
        if not len(raw):
            raise NothingToCompare(reason="0")
        return raw[:: max(1, len(raw) // SAMPLED_VERTICES)], None
    if key not in frame or key not in neighbour:
        raise NothingToCompare(reason=key)
    pairs = placed[[key, "geometry"]].merge(
        neighbour.to_crs(working)[[key, "geometry"]], on=key, suffixes=("", "_known")
    )
    if pairs.empty:
        raise NothingToCompare(reason=key)
    # The middle of a shape is the same point of both, whatever vertex it starts with.
    ours, theirs = (shapely.centroid(pairs[one].values) for one in ("geometry", "geometry_known"))
    return shapely.get_coordinates(ours), shapely.get_coordinates(theirs)


def _finite(place: Any) -> Any:
    """Return positions with those that no projection holds moved out of every neighbour."""
    return np.where(np.isfinite(place), place, 1e12)


def _on(known: _Known, place: Any) -> Any:
    tree = shapely.STRtree(known.shapes)
    near = tree.query(shapely.points(place), predicate="dwithin", distance=known.reach_m)[0]
    return np.isin(np.arange(len(place)), near)


def _distances(known: _Known, places: list[Any], on: Any, control: Any | None) -> list[float | None] | None:
    """Return a median distance per reading, None where the evidence is the cover alone."""
    if control is not None:
        return [float(np.median(np.hypot(*(place - control).T))) for place in places]
    if known.lines is None:
        return None
    tree = shapely.STRtree(known.lines)
    medians = [
        _median_to(tree, place[rows]) if rows.mean() >= FITTING_SHARE else None
        for place, rows in zip(places, on, strict=True)
    ]
    return medians if any(one is not None and one <= SAME_LINES_M for one in medians) else None


def _median_to(tree: shapely.STRtree, place: Any) -> float:
    return float(np.median(tree.query_nearest(shapely.points(place), return_distance=True, all_matches=False)[1]))


def _fit(way: Reading, on: Any, distance_m: float | None) -> Fit:
    return Fit(way.problem, way.epsg, way.title, float(on.mean()), distance_m)


def _best(fits: list[Fit], usable: list[int], evidence: Evidence) -> tuple[Fit, ...]:
    """Return what fits equally well; the declared reading first, then in the order of simplicity."""
    fitting = [fits[place] for place in usable if evidence == "control" or fits[place].share >= FITTING_SHARE]
    if evidence == "cover":
        most = max((one.share for one in fitting), default=0.0)
        return tuple(one for one in fitting if one.share >= most - (1 - FITTING_SHARE) / 2)
    measured = [one for one in fitting if one.distance_m is not None]
    least = min((one.distance_m for one in measured if one.distance_m is not None), default=0.0)
    if evidence == "control" and least > SAME_LINES_M:
        return ()
    limit = max(3 * least, RESOLUTION_M[evidence])
    return tuple(one for one in measured if one.distance_m is not None and one.distance_m <= limit)


def _mixed(fits: list[Fit], on: Any, usable: list[int]) -> tuple[tuple[Fit, int], ...]:
    """Return the readings that together cover the file, greedily; empty where they do not."""
    left, found = np.ones(on.shape[1], dtype=bool), []
    while left.mean() > 1 - FITTING_SHARE:
        gains = {place: int((on[place] & left).sum()) for place in usable}
        place = max(gains, key=lambda one: (gains[one], -one))
        if gains[place] < MIXED_SHARE * len(left):
            return ()
        found.append((fits[place], gains[place]))
        left &= ~on[place]
    return tuple(found) if len(found) > 1 else ()
