"""How the units of a layer fit together: computed once for all rules about coverages, agreement and missing shapes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gis.topology.defects import GAP, HOLE, Defects
from gis.topology.faces import Faces
from gis.topology.fit import gaps, mismatches, overlaps
from gis.topology.spikes import cut_off
from layers.rules.asked import GROUND, Asked
from layers.rules.thresholds import threshold

# Enclosed land of which nobody can tell whether it is a gap, a road or a water.
OPEN_GROUND = "open_ground"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A layer whose units share no ground.

    Attributes
    ----------
    complete : what units enclose belongs to one of them, or to the ground between
    by_day : units of different days are different coverages
    holes : whether a unit may have a hole that is nobody's
    """

    layer: str
    complete: bool
    by_day: bool = False
    holes: bool = True


COVERAGES = (
    Coverage("zone", complete=False, by_day=True),
    Coverage("admin_units", complete=True, by_day=True, holes=False),
    Coverage("functional_areas", complete=False),
    Coverage("parcels", complete=True),
    Coverage("yards", complete=False),
    Coverage("projects", complete=False),
)
COVERAGE_LAYERS = tuple(one.layer for one in COVERAGES)


@dataclass(frozen=True, eq=False)
class Fit:
    """Faults of fit of a layer; units are row positions.

    Attributes
    ----------
    overlaps, gaps, mismatches : as `gis.topology.fit` tells them
    shapeless : rows without a shape whose ground was found
    ground : where that is: gaps of the area of those rows, which are not among `gaps`
    """

    overlaps: Defects
    gaps: Defects
    mismatches: Defects
    shapeless: npt.NDArray[np.int64]
    ground: Defects


def fit_of(asked: Asked, layer: str) -> Fit:
    """Return the faults of fit of one of the `COVERAGES`."""
    return asked.once(("fit", layer), lambda: _fit(asked, next(one for one in COVERAGES if one.layer == layer)))


def _fit(asked: Asked, coverage: Coverage) -> Fit:
    shapes = cut_off(asked.sound(coverage.layer), asked.needles(coverage.layer))
    ground, unsound = asked.ground(coverage.layer), _unsound(asked, coverage.layer)
    every = [
        (rows, Faces.of_valid(shapes[rows], asked.crs, ground, unsound[rows])) for rows in groups_of(asked, coverage)
    ]
    tolerance_m, noise_m = asked.tolerance_m(coverage.layer), threshold("coincidence_m")
    between = [_of_rows(gaps(faces, tolerance_m[rows], noise_m), rows) for rows, faces in every if coverage.complete]
    apart = [_of_rows(mismatches(faces, noise_m), rows) for rows, faces in every if coverage.complete]
    between = [_between_units(one, asked.within) for one in between]
    without, kept, filled = shapeless(asked, coverage.layer, _told_apart(Defects.joined(between), coverage, ground))
    return Fit(
        overlaps=Defects.joined(_of_rows(overlaps(faces, tolerance_m[rows], noise_m), rows) for rows, faces in every),
        gaps=kept,
        mismatches=_unspiked(Defects.joined(apart), asked.needles(coverage.layer)),
        shapeless=without,
        ground=filled,
    )


def _between_units(between: Defects, within: Any) -> Defects:
    """Return the gaps that a unit borders on and that lie where all units were read."""
    kept = np.diff(between.starts) > 0
    return between.take(kept if within is None else kept & shapely.within(between.shape, within))


def _unspiked(apart: Defects, needles: Defects) -> Defects:
    """Return the mismatches without those that the foot of a needle has left, which is told as a spike."""
    spiked = np.isin(apart.unit, needles.unit)
    return apart.take(np.add.reduceat(spiked, apart.starts[:-1]) == 0) if len(apart) else apart


def _unsound(asked: Asked, layer: str) -> npt.NDArray[np.object_]:
    """Return the shapes that are there and invalid, None in place of all others: the finder is to know where they lie."""
    unsound = asked.shapes(layer).copy()
    unsound[~shapely.is_missing(asked.sound(layer))] = None
    return unsound


def groups_of(asked: Asked, coverage: Coverage) -> list[npt.NDArray[np.int64]]:
    """Return the rows of each coverage of a layer: of one day, and in a layer of units of one level."""
    rows = asked.rows(coverage.layer)
    if not coverage.by_day or not len(rows):
        return [np.arange(len(rows))] if len(rows) else []
    day = rows["valid_from"].fillna("") if "valid_from" in rows else pd.Series("", index=rows.index)
    parents = set(rows["parent"].dropna()) if "parent" in rows else set()
    named = [rows[name].isin(parents) for name in ("code", "name") if name in rows]
    is_parent = np.logical_or.reduce(named) if named else np.zeros(len(rows), dtype=np.bool_)
    numbers = pd.DataFrame({"day": day, "level": is_parent}).groupby(["day", "level"], sort=True).ngroup().to_numpy()
    return [np.flatnonzero(numbers == number) for number in range(numbers.max() + 1)]


def _of_rows(defects: Defects, rows: Any) -> Defects:
    return Defects(**{**vars(defects), "unit": rows[defects.unit]})


def _told_apart(between: Defects, coverage: Coverage, ground: Any) -> Defects:
    """Return the gaps: a hole counts where units may have none, and wide ones only where the ground is known."""
    named = between if coverage.holes else between.named(np.where(between.kind == HOLE, GAP, between.kind))
    named = named.take(named.kind != HOLE)
    if coverage.layer in GROUND and not len(ground):
        wide = (named.kind == GAP) & (named.width_m > threshold("widest_gap_m"))
        named = named.named(np.where(wide, OPEN_GROUND, named.kind))
    return named


def shapeless(asked: Asked, layer: str, between: Defects) -> tuple[npt.NDArray[np.int64], Defects, Defects]:
    """Return the rows without shape that a gap has the area of, the other gaps, and those gaps."""
    rows = asked.rows(layer)
    if "measured_area_m2" not in rows or not len(asked.missing(layer)):
        return np.zeros(0, dtype=np.int64), between, between.take(np.zeros(len(between), dtype=np.bool_))
    missing = asked.missing(layer)
    area_m2 = rows["measured_area_m2"].to_numpy()[missing]
    commune = rows["commune"].astype("category").cat.codes.to_numpy()
    pairs = []
    for place in range(len(between)):
        apart = np.abs(area_m2 - between.area_mm2[place] / 1e6)
        near = apart <= threshold("area_rounding_m2") + threshold("shape_area_share") * area_m2
        same = np.isin(commune[missing], commune[between.units_of(place)])
        pairs += [(apart[row], int(missing[row]), place) for row in np.flatnonzero(near & same)]
    taken = _each_once(sorted(pairs))
    places = np.array([place for _, place in taken], dtype=np.int64)
    others = np.ones(len(between), dtype=np.bool_)
    others[places] = False
    return np.array([row for row, _ in taken], dtype=np.int64), between.take(others), between.take(places)


def _each_once(pairs: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return row and place of the best pairs, no row and no place twice."""
    rows: dict[int, int] = {}
    for _, row, place in pairs:
        if row not in rows and place not in rows.values():
            rows[row] = place
    return list(rows.items())
