"""What a scenario proposes: the zone and the re-planned layers before and after its edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import GeometryInvalid
from gis.fabric import require_valid
from gis.language import Text
from gis.measure import area_mm2
from layers.identity import rows_sha256
from layers.shared import Same, rows_once
from layers.workspace import Workspace
from planning.applying import apply_to_features, apply_to_zone
from planning.edits import TARGETS, title_of
from planning.errors import EditWithoutEffect, ZoneEmptied
from planning.scenario import Applied, Scenario, all_applied
from planning.units import units_of_vintage

_SHAPES = Text(vi="{count} hình", en="{count:shape|shapes}")
# How a scenario divides the land.
REGIONS = ("base", "proposed", "kept", "added", "removed")


@dataclass(frozen=True)
class Regions:
    """The zone before and after, and what that makes of the land: kept, added, removed.

    Attributes
    ----------
    base, proposed : shapely (multi)polygons in the project's CRS
    """

    base: Any
    proposed: Any

    @cached_property
    def kept(self) -> Any:
        """Land in the zone before and after."""
        return _polygonal(shapely.intersection(self.base, self.proposed))

    @cached_property
    def added(self) -> Any:
        """Land that comes into the zone."""
        return _without(self.proposed, self.base)

    @cached_property
    def removed(self) -> Any:
        """Land that leaves the zone."""
        return _without(self.base, self.proposed)


@dataclass(frozen=True, eq=False)
class Change:
    """What one edit makes of its layer.

    Attributes
    ----------
    applied : the edit
    before, after : area of the zone, or rows of another layer, before and after it
    """

    applied: Applied
    before: Any
    after: Any

    @cached_property
    def added(self) -> Any:
        """Land that the edit brings into its layer."""
        before, after = self._areas
        return _without(after, before)

    @cached_property
    def removed(self) -> Any:
        """Land that the edit takes out of its layer."""
        before, after = self._areas
        return _without(before, after)

    @cached_property
    def _areas(self) -> tuple[Any, Any]:
        if self.applied.edit.target == "zone":
            return self.before, self.after
        # What stays as it is cancels out, and is most of a layer.
        unlike = [
            rows.geometry.values[~_same_rows(rows, other)]
            for rows, other in ((self.before, self.after), (self.after, self.before))
        ]
        before, after = (shapely.union_all(shapes) for shapes in unlike)
        return before, after

    @property
    def does_something(self) -> bool:
        """Tell whether anything is different after it: a square millimetre of land, or a value."""
        if area_mm2(self.added) or area_mm2(self.removed):
            return True
        if self.applied.edit.target == "zone":
            return False
        said = [DataFrame(rows.drop(columns="geometry")) for rows in (self.before, self.after)]
        return rows_sha256(said[0], ("code",)) != rows_sha256(said[1], ("code",))


@dataclass(frozen=True)
class Proposal:
    """The layers that a scenario can change, before and after it.

    Attributes
    ----------
    regions : the zone before and after
    before, after : rows by layer name (``functional_areas``, ``yards``); the same object where nothing changed
    changes : what each edit makes of its layer, in the order of applying
    """

    regions: Regions
    before: Mapping[str, GeoDataFrame]
    after: Mapping[str, GeoDataFrame]
    changes: tuple[Change, ...] = ()


def propose(workspace: Workspace, name: str) -> Proposal:
    """Apply the edits of a scenario, and of the scenarios under it, to the established layers.

    Raises
    ------
    LayerMissing
        The project has no zone, or not the layer that an edit re-plans.
    GeometryInvalid, UnitUnknown, FeatureUnknown, EditTargetWrong, OutlineError, ZoneEmptied
    """
    return _proposed(workspace, name, all_applied(workspace, name))


def established(workspace: Workspace) -> Proposal:
    """Return the layers as they stand, as a proposal that changes nothing; raise LayerMissing or GeometryInvalid."""
    return _proposed(workspace, "", ())


def require_applicable(workspace: Workspace, scenario: Scenario, new: int | None = None) -> None:
    """Raise what `propose` would raise of a scenario that is not stored yet; without a zone nothing can be tried.

    Parameters
    ----------
    new : so many edits at the end are new, and have to do something; None for all

    Raises
    ------
    EditWithoutEffect
    """
    if not workspace.has("zone"):
        return
    under = all_applied(workspace, scenario.base) if scenario.base else ()
    own = tuple(Applied(scenario.name, place, edit) for place, edit in enumerate(scenario.edits, start=1))
    changes = _proposed(workspace, scenario.name, (*under, *own)).changes[len(under) :]
    for change in changes[len(changes) - (len(changes) if new is None else new) :]:
        if not change.does_something:
            edit = change.applied.edit
            named = getattr(edit, "units", ()) or getattr(edit, "keys", ())
            what = ", ".join(named) or _SHAPES.filled(count=len(getattr(edit, "features", ())))
            raise EditWithoutEffect(edit=title_of(edit), target=edit.target, what=what)


def _proposed(workspace: Workspace, name: str, edits: tuple[Applied, ...]) -> Proposal:
    base = established_zone(workspace)
    proposed = base
    units_of = cache(partial(units_of_vintage, workspace))
    before: dict[str, GeoDataFrame] = {
        layer: rows_once(workspace, layer) for layer in TARGETS[1:] if _is_asked(workspace, layer, edits)
    }
    after = dict(before)
    changes = []
    for applied in edits:
        edit = applied.edit
        if edit.target == "zone":
            was, proposed = proposed, _polygonal(apply_to_zone(edit, proposed, units_of))
            if proposed.is_empty:
                raise ZoneEmptied(scenario=name, edit=title_of(edit))
            changes.append(Change(applied, was, proposed))
        else:
            rows, after[edit.target] = after[edit.target], apply_to_features(edit, after[edit.target])
            changes.append(Change(applied, rows, after[edit.target]))
    return Proposal(Regions(base, proposed), before, after, tuple(changes))


def _is_asked(workspace: Workspace, layer: str, edits: tuple[Applied, ...]) -> bool:
    return workspace.has(layer) or any(one.edit.target == layer for one in edits)


def _same_rows(rows: GeoDataFrame, other: GeoDataFrame) -> Any:
    """Tell which rows have the same shape in `other`, by their key; shape (n,)."""
    known = dict(zip(other["code"], shapely.to_wkb(other.geometry.values), strict=True))
    shapes = zip(rows["code"], shapely.to_wkb(rows.geometry.values), strict=True)
    return np.array([known.get(key) == shape for key, shape in shapes], dtype=np.bool_)


def established_zone(workspace: Workspace) -> Any:
    """Return the area of the zone layer, all its rows together; raise LayerMissing or GeometryInvalid."""
    return _united(Same(rows_once(workspace, "zone")))


@lru_cache(maxsize=4)
def _united(zone: Same) -> Any:
    rows = zone.frame
    require_valid(rows.geometry.values, rows["name"].to_numpy(), layer="zone")
    area = _polygonal(shapely.union_all(rows.geometry.values))
    if area.is_empty:
        raise GeometryInvalid(layer="zone", rows=len(rows), example=rows["name"].iloc[0], reason="Empty")
    return area


@lru_cache(maxsize=8)  # where one edit is all that changes the zone, its land is that of the scenario
def _without(area: Any, other: Any) -> Any:
    """Return the land of an area that is not in the other one."""
    return _polygonal(shapely.difference(area, other))


def _polygonal(geometry: Any) -> Any:
    """Return the polygons of an overlay result as a multipolygon: touching edges leave lines, which have no area."""
    parts = shapely.get_parts(geometry)
    if (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts = shapely.get_parts(parts)
    polygons = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)]
    return shapely.multipolygons(polygons)
