"""How much of the functional areas is allocated or leased to investors: by projects, and by what parcels say."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from gis.fabric import require_valid
from gis.measure import area_mm2
from layers.shared import Same
from planning.context import Context
from planning.law.figure import Figure, square_metres
from planning.law.rule_set import Clause
from planning.law.wording import speaks_of
from planning.planned_land import PlannedLand


@dataclass(frozen=True, slots=True)
class Allocated:
    """Functional land of the established zone (m²) and what of it is let; None: the project cannot tell."""

    functional: Fraction
    by_projects: Figure | None
    by_parcels: Figure | None


def allocated(context: Context, planned: PlannedLand | None, clause: Clause) -> Allocated | None:
    """Return the functional land and what of it is let; None without functional areas in the zone.

    Parameters
    ----------
    clause : its words ``allocated`` are codes of the origin of use, ``investor`` classes of land users
    """
    if context.plan is None:
        return None
    land = context.plan["base"].united()
    functional = square_metres(area_mm2(land)).value
    if not functional:
        return None
    projects = context.projects
    by_projects = None if projects is None or not len(projects) else _by_projects(Same(projects), land)
    return Allocated(functional, by_projects, _by_parcels(context, planned, clause))


@lru_cache(maxsize=4)
def _by_projects(projects: Same, land: Any) -> Figure:
    """Return the land of projects that was handed over; one without a day of handover may be."""
    rows = projects.frame
    shapes = np.asarray(rows.geometry.values, dtype=object)
    require_valid(shapes, rows["code"].to_numpy(), layer="projects")
    days = rows["handover_date"] if "handover_date" in rows else pd.Series(None, index=rows.index, dtype=object)
    surely = area_mm2(shapely.intersection(shapely.union_all(shapes[days.notna().to_numpy()]), land))
    perhaps = area_mm2(shapely.intersection(shapely.union_all(shapes), land))
    return _between(surely, perhaps)


def _by_parcels(context: Context, planned: PlannedLand | None, clause: Clause) -> Figure | None:
    """Return the parcels of investors with an origin of use that is an allocation or a lease."""
    if planned is None or context.parcels is None:
        return None
    origin, owner = context.parcel_texts("origin_of_use"), context.parcel_texts("owner_class")
    if origin is None or owner is None:
        return None
    here = planned.base.planned_mm2(unplanned=len(planned.uses) - 1)
    let = origin.rows(lambda text: speaks_of(text, clause.words["allocated"]))
    investor = owner.rows(lambda text: speaks_of(text, clause.words["investor"]))
    surely = let & investor
    perhaps = (let | origin.missing) & (investor | owner.missing)
    return _between(int(here[surely].sum()), int(here[perhaps].sum()))


def _between(surely_mm2: int, perhaps_mm2: int) -> Figure:
    least, most = square_metres(surely_mm2).value, square_metres(perhaps_mm2).value
    return Figure(least, least, most, "m2")
