"""Boundary markers: the corners of the line as a coordinate table, numbered so that a number means the same corner.

The established line is numbered clockwise from its north-western corner, the largest part first, holes last. In the
proposed line a corner that stays keeps its number; corners that are new take the number before them with ``-1``,
``-2`` …; a ring without any old corner is called ``M1``, ``M2`` … (*mới*) and its corners ``M1-1``, ``M1-2`` …. So a
number changes only where the line changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame

from layers.shared import Same
from planning.context import Context
from planning.record import Column, Fact, Table

BASE, PROPOSED = "markers.base", "markers.proposed"
KEPT, NEW, REMOVED = "kept", "new", "removed"
# How far beside the middle of an edge its communes are looked up, metres.
_BESIDE_M = 1.0
_DECIMALS, _DECIMALS_DEGREE = 3, 6

COLUMNS = {
    "key": Column("text", "clockwise from the north-western corner; a corner that stays keeps its number"),
    "ring": Column("count", "rings of the line: parts from large to small, then holes"),
    "northing_m": Column("coordinate", "grid coordinate X of VN-2000, to 1 mm"),
    "easting_m": Column("coordinate", "grid coordinate Y of VN-2000, to 1 mm"),
    "edge_m": Column("coordinate", "straight distance on the grid to the next corner"),
    "azimuth_deg": Column("azimuth", "grid azimuth to the next corner, clockwise from grid north"),
    "unit_inside": Column("text", "administrative unit 1 m to the right of the middle of the edge, in the zone"),
    "unit_outside": Column("text", "administrative unit 1 m to the left of the middle of the edge, out of the zone"),
    "change": Column("text", "corner of both lines, of the proposed line alone or of the established line alone"),
}


@dataclass(frozen=True, eq=False)
class Corners:
    """The corners of a line, ring after ring, each ring with the zone on its right.

    Attributes
    ----------
    places : easting and northing, shape (n, 2), metres
    ring : ring of each corner, shape (n,), from 0
    """

    places: npt.NDArray[np.float64]
    ring: npt.NDArray[np.int64]

    @property
    def next(self) -> npt.NDArray[np.int64]:
        """The corner that follows each one in its ring, shape (n,)."""
        follows = np.arange(1, len(self.ring) + 1)
        firsts = np.flatnonzero(np.diff(self.ring, prepend=-1))
        follows[np.flatnonzero(np.diff(self.ring, append=-1))] = firsts
        return follows

    @cached_property
    def packed(self) -> npt.NDArray[np.int64]:
        """A number for each place, equal where places are equal to the millimetre, shape (n,)."""
        east, north = np.round(self.places * 10**_DECIMALS).astype(np.int64).T
        packed: npt.NDArray[np.int64] = (east << 34) + north  # a northing has at most 34 bits of millimetres
        return packed


def marker_tables(context: Context) -> Iterator[tuple[str, Table]]:
    """Yield the coordinate tables of the established and of the proposed line."""
    regions = context.proposal.regions
    units = Same(context.vintages[-1].before) if context.vintages else None
    (base, old), (proposed, new) = (_line(area, units) for area in (regions.base, regions.proposed))
    numbers = np.arange(1, len(base.ring) + 1).astype(str).astype(object)
    stays = np.isin(base.packed, proposed.packed)
    yield BASE, _table(old, numbers, np.where(stays, KEPT, REMOVED))
    followed = numbers_following(base, numbers, proposed)
    yield PROPOSED, _table(new, followed, np.where(np.isin(proposed.packed, base.packed), KEPT, NEW))


def marker_counts(tables: Mapping[str, Table]) -> Iterator[Fact]:
    """Yield how many markers each line has."""
    for name in (BASE, PROPOSED):
        if name in tables:
            yield Fact(f"{name}.count", len(tables[name].frame), "count", "corners of the line")


def corners(area: Any) -> Corners:
    """Return the corners of a (multi)polygon: parts from large to small, then holes; each from its north-west.

    Examples
    --------
    >>> corners(shapely.box(0, 0, 2, 1)).places.tolist()
    [[0.0, 1.0], [2.0, 1.0], [2.0, 0.0], [0.0, 0.0]]
    """
    parts = shapely.get_parts(shapely.orient_polygons(area, exterior_cw=True))
    parts = parts[np.argsort(-shapely.area(parts), kind="stable")]
    holes = [hole for part in parts for hole in part.interiors]
    rings = [_from_north_west(np.asarray(ring.coords)) for ring in (*(part.exterior for part in parts), *holes)]
    places = np.concatenate(rings) if rings else np.empty((0, 2))
    return Corners(places, np.repeat(np.arange(len(rings)), [len(ring) for ring in rings]))


def numbers_following(base: Corners, numbers: npt.NDArray[Any], proposed: Corners) -> npt.NDArray[Any]:
    """Return the number of each proposed corner: its old one, or the one before it with a count of its own."""
    old = dict(zip(base.packed.tolist(), numbers, strict=True))
    result = np.empty(len(proposed.ring), dtype=object)
    fresh = 0
    for ring in np.split(np.arange(len(proposed.ring)), np.flatnonzero(np.diff(proposed.ring)) + 1):
        kept = [old.pop(name, None) for name in proposed.packed[ring].tolist()]
        fresh += not any(kept)
        result[ring] = _numbered(kept, f"M{fresh}")
    return result


def _numbered(kept: list[str | None], ring_name: str) -> list[str]:
    """Return the numbers of one ring's corners, from those of the corners that stay."""
    start = next((place for place, number in enumerate(kept) if number), 0)
    turned, before, count = [*kept[start:], *kept[:start]], ring_name, 0
    told: list[str] = []
    for number in turned:
        before, count = (number, 0) if number else (before, count + 1)
        told.append(number or f"{before}-{count}")
    return [*told[len(told) - start :], *told[: len(told) - start]]


def _from_north_west(ring: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    open_ring = ring[:-1, :2]
    open_ring = open_ring[(np.round(np.diff(ring[:, :2], axis=0), _DECIMALS) != 0).any(axis=1)]
    first = int(np.argmax(open_ring[:, 1] - open_ring[:, 0]))
    turned: npt.NDArray[np.float64] = np.roll(open_ring, -first, axis=0)
    return turned


def _table(line: DataFrame, numbers: npt.NDArray[Any], change: npt.NDArray[Any]) -> Table:
    return Table(line.assign(key=numbers, change=change.astype(object))[list(COLUMNS)], COLUMNS)


@lru_cache(maxsize=4)
def _line(area: Any, units: Same | None) -> tuple[Corners, DataFrame]:
    """Return the corners of an area, and what is told of each whatever its number."""
    line = corners(area)
    here, following = line.places, line.places[line.next]
    run = following - here
    length_m = np.hypot(*run.T)
    across = np.column_stack([run[:, 1], -run[:, 0]]) / np.maximum(length_m, 1e-9)[:, None] * _BESIDE_M
    middle = (here + following) / 2
    frame = DataFrame(
        {
            "ring": line.ring + 1,
            "northing_m": np.round(here[:, 1], _DECIMALS),
            "easting_m": np.round(here[:, 0], _DECIMALS),
            "edge_m": np.round(length_m, _DECIMALS),
            "azimuth_deg": np.round(np.degrees(np.arctan2(run[:, 0], run[:, 1])) % 360, _DECIMALS_DEGREE),
            "unit_inside": _unit_at(middle + across, units),
            "unit_outside": _unit_at(middle - across, units),
        }
    )
    return line, frame


def _unit_at(places: npt.NDArray[np.float64], units: Same | None) -> npt.NDArray[Any]:
    """Return the name of the unit at each place, the first of several, None where there is none."""
    names = np.full(len(places), None, dtype=object)
    if units is not None:
        rows = units.frame
        # The few units are asked for the many places in them: the kernel prepares what asks.
        unit, point = shapely.STRtree(shapely.points(places)).query(rows.geometry.values, predicate="intersects")
        names[point[::-1]] = rows["name"].to_numpy()[unit[::-1]]
    return names
