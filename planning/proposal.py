"""What a scenario proposes: the zone and the re-planned layers before and after its edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

import shapely
from geopandas import GeoDataFrame

from gis.errors import GeometryInvalid
from gis.fabric import require_valid
from layers.workspace import Workspace
from planning.edits import TARGETS, Edit, apply_to_features, apply_to_zone
from planning.errors import ZoneEmptied
from planning.scenario import Scenario, all_edits
from planning.units import units_of_vintage

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
        return _polygonal(shapely.difference(self.proposed, self.base))

    @cached_property
    def removed(self) -> Any:
        """Land that leaves the zone."""
        return _polygonal(shapely.difference(self.base, self.proposed))


@dataclass(frozen=True)
class Proposal:
    """The layers that a scenario can change, before and after it.

    Attributes
    ----------
    regions : the zone before and after
    before, after : rows by layer name (``functional_areas``, ``yards``); the same object where nothing changed
    """

    regions: Regions
    before: Mapping[str, GeoDataFrame]
    after: Mapping[str, GeoDataFrame]


def propose(workspace: Workspace, name: str) -> Proposal:
    """Apply the edits of a scenario, and of the scenarios under it, to the established layers.

    Raises
    ------
    LayerMissing
        The project has no zone, or not the layer that an edit re-plans.
    GeometryInvalid, UnitUnknown, FeatureUnknown, EditTargetWrong, ZoneEmptied
    """
    return _proposed(workspace, name, all_edits(workspace, name))


def established(workspace: Workspace) -> Proposal:
    """Return the layers as they stand, as a proposal that changes nothing; raise LayerMissing or GeometryInvalid."""
    return _proposed(workspace, "", ())


def require_applicable(workspace: Workspace, scenario: Scenario) -> None:
    """Raise what `propose` would raise of a scenario that is not stored yet; without a zone nothing can be tried."""
    if workspace.has("zone"):
        under = all_edits(workspace, scenario.base) if scenario.base else ()
        _proposed(workspace, scenario.name, (*under, *scenario.edits))


def _proposed(workspace: Workspace, name: str, edits: tuple[Edit, ...]) -> Proposal:
    base = established_zone(workspace)
    proposed = base
    units_of = cache(partial(units_of_vintage, workspace))
    for edit in (edit for edit in edits if edit.target == "zone"):
        proposed = apply_to_zone(edit, proposed, units_of)
    proposed = _polygonal(proposed)
    if proposed.is_empty:
        raise ZoneEmptied(scenario=name)
    before: dict[str, GeoDataFrame] = {}
    after: dict[str, GeoDataFrame] = {}
    for layer in TARGETS[1:]:
        changes = [edit for edit in edits if edit.target == layer]
        if changes or workspace.has(layer):
            before[layer] = after[layer] = workspace.read(layer)
        for edit in changes:
            after[layer] = apply_to_features(edit, after[layer])
    return Proposal(Regions(base, proposed), before, after)


def established_zone(workspace: Workspace) -> Any:
    """Return the area of the zone layer, all its rows together; raise LayerMissing or GeometryInvalid."""
    zone = workspace.read("zone")
    require_valid(zone.geometry.values, zone["name"].to_numpy(), layer="zone")
    area = _polygonal(shapely.union_all(zone.geometry.values))
    if area.is_empty:
        raise GeometryInvalid(layer="zone", rows=len(zone), example=zone["name"].iloc[0], reason="Empty")
    return area


def _polygonal(geometry: Any) -> Any:
    """Return the polygons of an overlay result as a multipolygon: touching edges leave lines, which have no area."""
    parts = shapely.get_parts(geometry)
    if (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts = shapely.get_parts(parts)
    polygons = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)]
    return shapely.multipolygons(polygons)
