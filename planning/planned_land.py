"""What the plan has in store for land: the area of every parcel by planned use, in one pass of the kernel."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import isna

from gis.cover import Cover
from gis.fabric import Fabric, require_valid
from gis.measure import IntArray, areas_mm2
from gis.outlines import areal
from gis.overlay import Shares, shares_mm2
from layers.shared import Same

UNPLANNED = "–"
# Shares of a parcel are rounded to the mm² one by one; by so little they may miss what they add up to.
ROUNDING_MM2 = 16


@dataclass(frozen=True, eq=False)
class PlannedSide:
    """Parcels in the plan of one side: before, or after.

    Attributes
    ----------
    areas : of parcels in each planned use inside the zone, `UNPLANNED` among them; with `overlap_mm2` taken off, those
        of a parcel sum to its area inside the zone
    overlap_mm2 : of each parcel, where planned uses overlap, shape (n,)
    """

    areas: Shares
    overlap_mm2: IntArray

    def planned_mm2(self, unplanned: int) -> IntArray:
        """Return how much of each parcel lies in any functional area inside the zone, shape (n,)."""
        some = self.areas.cover != unplanned
        return _sums(self.areas.unit[some], self.areas.area_mm2[some], len(self.overlap_mm2)) - self.overlap_mm2


@dataclass(frozen=True, eq=False)
class PlannedLand:
    """Parcels in the plan before and after; `uses` names the positions in the areas, `UNPLANNED` last."""

    uses: tuple[str, ...]
    base: PlannedSide
    proposed: PlannedSide


@dataclass(frozen=True, eq=False)
class Plan:
    """Functional areas of one side and the zone that they plan."""

    areas: GeoDataFrame
    zone: Any

    @cached_property
    def uses(self) -> npt.NDArray[np.object_]:
        """The planned use of every functional area: as stated, else its kind, else unplanned."""
        told = np.full(len(self.areas), UNPLANNED, dtype=object)
        for field in ("kind", "planned_use"):
            if field in self.areas:
                stated = self.areas[field].to_numpy(dtype=object)
                told = np.where(isna(stated), told, stated)
        return told

    @property
    def inside(self) -> npt.NDArray[np.object_]:
        """Each functional area as far as it lies in the zone, shape (n,); raise GeometryInvalid."""
        return self._in_zone.shapes

    def united(self, chosen: npt.NDArray[np.bool_] | None = None) -> Any:
        """Return functional areas inside the zone as one shape, overlaps once; raise GeometryInvalid."""
        return self._in_zone.united(None if chosen is None or chosen.all() else chosen.tobytes())

    @cached_property
    def _in_zone(self) -> "_InZone":
        return _in_zone(Same(self.areas), self.zone)


@dataclass(frozen=True, eq=False)
class _InZone:
    # Functional areas as far as they lie in a zone, and what was united of them before.
    shapes: npt.NDArray[np.object_]
    unions: dict[bytes | None, Any]

    def united(self, chosen: bytes | None) -> Any:
        if chosen not in self.unions:
            some = slice(None) if chosen is None else np.frombuffer(chosen, dtype=np.bool_)
            self.unions[chosen] = shapely.union_all(self.shapes[some])
        return self.unions[chosen]


@lru_cache(maxsize=4)  # the established plan is asked by every scenario
def _in_zone(areas: Same, zone: Any) -> _InZone:
    rows = areas.frame
    shapes = np.asarray(rows.geometry.values, dtype=object)
    require_valid(shapes, rows["code"].to_numpy(), layer="functional_areas")
    return _InZone(areal(np.asarray(shapely.intersection(shapes, zone), dtype=object)), {})


def planned_land(parcels: Fabric, inside_mm2: Mapping[str, IntArray], sides: Mapping[str, Plan]) -> PlannedLand:
    """Ask all parcels for their area in every planned use, inside the zone before and after.

    Parameters
    ----------
    inside_mm2 : area of each parcel inside the zone, by side (``base``, ``proposed``), shape (n,)
    sides : plan by side

    Raises
    ------
    GeometryInvalid, CrsMixed
    """
    known = {use for plan in sides.values() for use in plan.uses} - {UNPLANNED}
    uses = (*sorted(known), UNPLANNED)
    covers = {side: _cover(plan, uses, parcels) for side, plan in sides.items()}
    whole = Cover.of_valid(
        np.concatenate([cover.keys for cover in covers.values()]),
        np.concatenate([cover.geometries for cover in covers.values()]),
        parcels.crs,
    )
    found, first, told = shares_mm2(parcels, whole), 0, {}
    for side, cover in covers.items():
        here = np.flatnonzero((found.cover >= first) & (found.cover < first + len(cover)))
        classes = cover.keys.astype(np.int64)[found.cover[here] - first]
        told[side] = _closed(Shares(found.unit[here], classes, found.area_mm2[here]), inside_mm2[side], len(uses))
        first += len(cover)
    return PlannedLand(uses, told["base"], told["proposed"])


# The class of everything that is planned, asked only where planned uses overlap.
_NET = -1


def _cover(plan: Plan, uses: tuple[str, ...], parcels: Fabric) -> Cover:
    """Return a class for the position of every planned use inside the zone, and one for all where they overlap."""
    use = plan.uses
    keys: list[int] = [position for position, one in enumerate(uses) if (use == one).any()]
    shapes = [plan.united(use == uses[position]) for position in keys]
    net = plan.united()
    if areas_mm2(shapes).sum() - areas_mm2([net]).sum() > ROUNDING_MM2:
        keys, shapes = [*keys, _NET], [*shapes, net]
    return Cover.of_valid(np.array(keys, dtype=object), np.array(shapes, dtype=object), parcels.crs)


def _closed(found: Shares, inside_mm2: IntArray, count: int) -> PlannedSide:
    """Return the shares of one side with what is unplanned, so that they close to the mm²."""
    net, parcels = found.cover == _NET, len(inside_mm2)
    unit, use, area_mm2 = found.unit[~net], found.cover[~net], found.area_mm2[~net]
    gross_mm2 = _sums(unit, area_mm2, parcels)
    net_mm2 = _sums(found.unit[net], found.area_mm2[net], parcels) if net.any() else gross_mm2
    free_mm2 = inside_mm2 - net_mm2
    free_mm2[np.abs(free_mm2) <= ROUNDING_MM2] = 0
    overlap_mm2 = gross_mm2 - inside_mm2
    overlap_mm2 += free_mm2
    for whole, parts in ((inside_mm2, net_mm2), (net_mm2, gross_mm2)):
        missing = whole[unit] - parts[unit]
        missing[np.abs(missing) > ROUNDING_MM2] = 0
        largest = _largest(unit, area_mm2, missing)
        area_mm2[largest] += missing[largest]
        overlap_mm2[unit[largest]] += missing[largest]
    free = np.flatnonzero(free_mm2 > 0)
    return PlannedSide(
        Shares(
            np.concatenate([unit, free]),
            np.concatenate([use, np.full(len(free), count - 1)]),
            np.concatenate([area_mm2, free_mm2[free]]),
        ),
        overlap_mm2,
    )


def _largest(unit: IntArray, area_mm2: IntArray, missing_mm2: IntArray) -> IntArray:
    """Return the row of the largest area of every parcel of which, by its rows, something is missing."""
    rows = np.flatnonzero(missing_mm2)
    rows = rows[np.lexsort((area_mm2[rows], unit[rows]))]
    largest: IntArray = rows[np.append(np.diff(unit[rows]) != 0, True)[: len(rows)]]
    return largest


def _sums(unit: IntArray, area_mm2: IntArray, count: int) -> IntArray:
    # Doubles are whole numbers up to 2**53, here 9,007 km² a parcel; numpy counts in them in a third of the time.
    return np.bincount(unit, weights=area_mm2, minlength=count).astype(np.int64)
