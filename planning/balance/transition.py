"""From current to planned use: how much land of each use the plan has in store for what, before and after.

Defence and security land is in no row.
"""

from collections.abc import Mapping

import numpy as np
from pandas import DataFrame

from gis.language import Text
from gis.measure import MM2_PER_M2, IntArray
from layers.land_use import WITHHELD_CODES
from layers.written_use import codes_of
from planning.balance.land_use import SIDES
from planning.balance.uses import WITHHELD, UseLines
from planning.coded import Coded
from planning.planned_land import UNPLANNED, PlannedLand
from planning.record import Column, Table

OVERLAP = "overlap"
_TITLES = {
    OVERLAP: Text(vi="chồng lấn giữa các khu (trừ đi)", en="overlaps of the areas (taken off)"),
    UNPLANNED: Text(vi="chưa có quy hoạch", en="nothing planned"),
}
_HELD = {WITHHELD, *WITHHELD_CODES}
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "current and planned use"),
    "land_use": Column("text", "current land use, a line each where a parcel has several"),
    "planned_use": Column("words", "planned use; what is planned twice is taken off"),
    "base_m2": Column("m2", "parcels inside the zone by the kernel's products, to 1 mm²"),
    "proposed_m2": Column("m2", "parcels inside the zone by the kernel's products, to 1 mm²"),
}


def to_planned_areas(lines: UseLines, planned: PlannedLand) -> Table:
    """Return the matrix from current use to the planned use of the functional area in which the land lies."""
    names = (*planned.uses, OVERLAP)
    sums = {}
    for side in SIDES:
        of_side = getattr(planned, side)
        areas, twice = of_side.areas, np.flatnonzero(of_side.overlap_mm2)
        sums[side] = lines.matrix_mm2(areas.unit, areas.cover, areas.area_mm2, len(names))
        sums[side] += lines.matrix_mm2(twice, len(names) - 1, -of_side.overlap_mm2[twice], len(names))
    return _matrix(sums, lines.names, names)


def to_planned_codes(lines: UseLines, planned: Coded, inside_mm2: Mapping[str, IntArray]) -> Table:
    """Return the matrix from current to planned use as the parcels themselves state it.

    Parameters
    ----------
    planned : planned land use of every parcel
    """
    names = (*("+".join(codes_of(text)) for text in planned.texts), UNPLANNED)
    into = np.where(planned.missing, len(planned.texts), planned.which)
    sums = {side: lines.matrix_mm2(None, into, inside_mm2[side], len(names)) for side in SIDES}
    return _matrix(sums, lines.names, names)


def _matrix(sums_mm2: Mapping[str, IntArray], current: tuple[str, ...], planned: tuple[str, ...]) -> Table:
    """Return the areas by current and planned use as a table; the names of both may come up several times."""
    both_mm2 = np.stack([sums_mm2[side] for side in SIDES], axis=-1)
    told: dict[tuple[str, str], IntArray] = {}
    for now, to_come in np.argwhere(both_mm2.any(axis=-1)).tolist():
        pair = current[now], planned[to_come]
        if _HELD.isdisjoint(pair):
            told[pair] = told.get(pair, 0) + both_mm2[now, to_come]
    rows = sorted(told)
    base, proposed = np.array([told[pair] for pair in rows], dtype=np.int64).reshape(-1, 2).T
    frame = DataFrame(
        {
            "key": [f"{now} → {to_come}" for now, to_come in rows],
            "land_use": [now for now, _ in rows],
            "planned_use": [_TITLES[use].both() if use in _TITLES else use for _, use in rows],
            "base_m2": base / MM2_PER_M2,
            "proposed_m2": proposed / MM2_PER_M2,
        }
    )
    return Table(frame, _COLUMNS)
