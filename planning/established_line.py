"""What the accuracy of the established line leaves open of units that no scenario changes: asked once for a project."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import shapely

from gis.ragged import Array
from gis.states import Uncertain, uncertain_of_each
from layers.derived import derived
from layers.workspace import Workspace
from planning.context import Units
from planning.proposal import Regions


def uncertain_of_both(workspace: Workspace, units: Units, regions: Regions, accuracy_m: float) -> list[Uncertain]:
    """Return what is uncertain of units against the established and the proposed line.

    The established side comes from the cache of the project where it is there; else both lines are asked in one pass.

    Parameters
    ----------
    units : the same before and after
    """
    asked: dict[str, Uncertain] = {}

    def ask() -> Mapping[str, Array]:
        both = uncertain_of_each(units.fabric_before, [regions.base, regions.proposed], accuracy_m)
        asked["proposed"] = both[1]
        return {"fringe_mm2": both[0].fringe_mm2, "beyond_mm2": both[0].beyond_mm2}

    def is_still() -> bool:
        return not units.identity or workspace.identity(units.layer).sha256 == units.identity

    made_from = {
        "units": units.identity or _sha256(units.before.geometry.values),
        "zone": _sha256([regions.base]),
        "accuracy_m": repr(accuracy_m),
        "geometry": f"shapely {version('shapely')}, GEOS {shapely.geos_version_string}",
    }
    base = Uncertain(**derived(workspace, f"line-{units.layer}", made_from, ask, is_still))
    if "proposed" not in asked:
        same = regions.base.equals_exact(regions.proposed, 0)
        asked["proposed"] = base if same else uncertain_of_each(units.fabric_before, [regions.proposed], accuracy_m)[0]
    return [base, asked["proposed"]]


def _sha256(shapes: Any) -> str:
    wkb = (one or b"\0" for one in shapely.to_wkb(shapes))  # no shape starts with a zero
    return hashlib.sha256(b"".join(wkb)).hexdigest()
