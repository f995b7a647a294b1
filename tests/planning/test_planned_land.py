"""The areas of a parcel by planned use close to the mm², parcel by parcel."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gis.overlay import Shares
from planning.planned_land import ROUNDING_MM2, PlannedSide, _closed

UNPLANNED = 4
NET = -1
# What rounding leaves, and what it cannot have left.
AREAS = st.sampled_from([1, 7, ROUNDING_MM2, ROUNDING_MM2 + 1, 500, 501, 900])
PARCELS = st.lists(st.tuples(st.dictionaries(st.sampled_from([NET, 0, 1, 2]), AREAS), AREAS | st.just(0)), max_size=12)


def closed_alone(rows: dict[int, int], inside: int, *, net_asked: bool) -> tuple[dict[int, int], int]:
    """Return what one parcel has of each use and how much of that overlaps, by the definition."""
    uses = {use: area for use, area in rows.items() if use != NET}
    gross = sum(uses.values())
    net = rows.get(NET, 0) if net_asked else gross
    for missing in (inside - net, net - gross):
        if abs(missing) <= ROUNDING_MM2 and uses:
            uses[max(uses, key=lambda use: (uses[use], use))] += missing
    net = inside if abs(inside - net) <= ROUNDING_MM2 else net
    return uses | ({UNPLANNED: inside - net} if inside > net else {}), sum(uses.values()) - net


@given(PARCELS)
def test_each_parcel_closes_by_itself(parcels: list[tuple[dict[int, int], int]]) -> None:
    """What is missing by rounding goes to the largest use, all else inside the zone is unplanned."""
    rows = [(unit, use, area) for unit, (uses, _) in enumerate(parcels) for use, area in sorted(uses.items())]
    unit, use, area = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    inside = np.array([inside for _, inside in parcels], dtype=np.int64)
    side: PlannedSide = _closed(Shares(unit, use, area), inside, UNPLANNED + 1)
    net_asked = any(NET in uses for uses, _ in parcels)
    for number, (uses, within) in enumerate(parcels):
        own = side.areas.unit == number
        told = dict(zip(side.areas.cover[own].tolist(), side.areas.area_mm2[own].tolist(), strict=True))
        expected, overlap = closed_alone(uses, within, net_asked=net_asked)
        assert (told, side.overlap_mm2[number]) == (expected, overlap)
