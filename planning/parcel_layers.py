"""The layers that a parcel is checked against: each with its classes, their accuracy, and the paper behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.cover import Cover
from gis.errors import GeometryInvalid
from layers import admin_units, constraints, functional_areas, gates, infrastructure, projects, yards, zone
from layers.constraints import WITHHELD_KINDS
from layers.workspace import Workspace
from planning.cadastre import NO_VALUE
from planning.proposal import Proposal, established_zone, propose

Version = Literal["established", "proposed"]
ESTABLISHED: Version = "established"
PROPOSED: Version = "proposed"

# In the order in which an extract tells of them.
ASKED = (
    zone.SCHEMA.name,
    admin_units.SCHEMA.name,
    functional_areas.SCHEMA.name,
    constraints.SCHEMA.name,
    yards.SCHEMA.name,
    projects.SCHEMA.name,
    infrastructure.SCHEMA.name,
    gates.SCHEMA.name,
)
# Their classes may lie over each other, so that areas are told gross and net.
MAY_OVERLAP = (
    functional_areas.SCHEMA.name,
    constraints.SCHEMA.name,
    yards.SCHEMA.name,
    projects.SCHEMA.name,
)
TOLD = ("key", "name", "kind", "document", "planned_use", "accuracy_m")


@dataclass(frozen=True, eq=False)
class CheckedLayer:
    """One layer, or one vintage of the administrative units, as parcels are checked against it.

    Attributes
    ----------
    name : ``zone``, ``admin_units@2025-07-01``, ``constraints`` …
    version : as established, or as a scenario proposes it where it changes the layer
    rows : its features, with ``key`` (unique), ``name``, ``kind``, ``document``, ``planned_use``, ``accuracy_m`` (NaN:
        not stated)
    source : the files that its rows came from
    """

    name: str
    version: Version
    rows: GeoDataFrame
    source: str

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """Shapes of the rows; None where one is missing, empty or invalid."""
        shapes = np.array(self.rows.geometry.values, dtype=object)
        shapes[~shapely.is_valid(shapes) | shapely.is_empty(shapes)] = None
        return shapes

    @cached_property
    def areas(self) -> npt.NDArray[np.int64]:
        """Positions of the rows that are areas."""
        return np.flatnonzero(shapely.get_dimensions(self.shapes) == 2)

    @cached_property
    def objects(self) -> npt.NDArray[np.int64]:
        """Positions of the rows that are lines or points."""
        return np.flatnonzero(np.isin(shapely.get_dimensions(self.shapes), (0, 1)))

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Keys of the rows whose place is not known."""
        return tuple(self.rows["key"][shapely.is_missing(self.shapes)])

    @cached_property
    def cover(self) -> Cover:
        """The areas as classes, a class each."""
        keys = self.rows["key"].to_numpy(dtype=object)[self.areas]
        return Cover.of_valid(keys, self.shapes[self.areas], self.rows.crs)

    @cached_property
    def accuracy_m(self) -> npt.NDArray[np.float64]:
        """Accuracy to compute with, by row; a line without a stated one is taken as exact, and listed as no data."""
        return np.asarray(self.rows["accuracy_m"].fillna(0.0), dtype=np.float64)

    @cached_property
    def withheld(self) -> npt.NDArray[np.bool_]:
        """Which rows are defence land, told only when asked for."""
        if self.name != constraints.SCHEMA.name:
            return np.zeros(len(self.rows), dtype=np.bool_)
        return np.asarray(self.rows["kind"].isin(WITHHELD_KINDS), dtype=np.bool_)

    @cached_property
    def told(self) -> Mapping[str, npt.NDArray[np.object_]]:
        """The attributes of the rows as plain values; None is no data."""
        return {name: self.rows[name].to_numpy(dtype=object, na_value=None) for name in TOLD}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its rows that may be named."""
        return tuple(sorted(self.rows["kind"][~self.withheld].dropna().unique()))


@dataclass(frozen=True, eq=False)
class AskedLayers:
    """What parcels are checked against, and what is missing for it.

    Attributes
    ----------
    scenario : name of the scenario whose versions of the layers are checked too; empty for none
    proposal : what it proposes
    no_data : layers that the project does not hold, features without a usable shape (``constraints/HC07``), and
        accuracies that nobody stated (``yards.accuracy_m``)
    """

    layers: tuple[CheckedLayer, ...]
    scenario: str
    proposal: Proposal | None
    no_data: tuple[str, ...]


def asked_layers(workspace: Workspace, scenario: str | None = None) -> AskedLayers:
    """Read the layers of a project that parcels are checked against.

    Raises
    ------
    ScenarioUnknown, ScenarioDamaged, and what a scenario that cannot be applied raises
    FileDamaged, CrsMixed
    """
    proposal = propose(workspace, scenario) if scenario else None
    layers = tuple(one for name in ASKED for one in _versions(workspace, name, proposal))
    return AskedLayers(layers, scenario or "", proposal, tuple(_missing(layers)))


def checked_layer(workspace: Workspace, name: str, proposal: Proposal | None = None) -> CheckedLayer | None:
    """Return one layer of features as the proposal has it, else as established; None where there is none, or no row."""
    versions = list(_versions(workspace, name, proposal))
    return versions[-1] if versions else None


def _missing(layers: tuple[CheckedLayer, ...]) -> Iterator[str]:
    there = {one.name.partition("@")[0] for one in layers}
    yield from (name for name in ASKED if name not in there)
    for layer in layers:
        yield from (f"{layer.name}/{key}" for key in layer.unknown)
    for layer in layers:
        if layer.version == ESTABLISHED and layer.rows["accuracy_m"].isna().any():
            yield f"{layer.name}.accuracy_m"


def _versions(workspace: Workspace, name: str, proposal: Proposal | None) -> Iterator[CheckedLayer]:
    if not workspace.has(name) or not workspace.identity(name).rows:
        return
    rows = proposal.before[name] if proposal and name in proposal.before else workspace.read(name)
    if name == zone.SCHEMA.name:
        yield from _zones(workspace, rows, proposal)
        return
    if name == admin_units.SCHEMA.name:
        for day, units in rows.groupby("valid_from", sort=True):
            yield _layer(workspace, admin_units.layer_of_vintage(str(day)), units.reset_index(drop=True), str(day))
        return
    yield _layer(workspace, name, rows)
    if proposal and name in proposal.after and proposal.after[name] is not proposal.before[name]:
        yield _layer(workspace, name, proposal.after[name].reset_index(drop=True), version=PROPOSED)


def _zones(workspace: Workspace, rows: GeoDataFrame, proposal: Proposal | None) -> Iterator[CheckedLayer]:
    """Yield the zone as one area, before and after."""
    told: dict[str, Any] = {"key": _joined(rows, "name"), "name": _joined(rows, "name"), "kind": None}
    told |= {
        "document": _joined(rows, "document"),
        "accuracy_m": _accuracies(workspace, "zone", rows).max(skipna=False),
    }
    versions: list[tuple[Version, Any]] = []
    if proposal:
        versions = [(ESTABLISHED, proposal.regions.base), (PROPOSED, proposal.regions.proposed)]
    else:
        try:
            versions = [(ESTABLISHED, established_zone(workspace))]
        except GeometryInvalid:
            versions = [(ESTABLISHED, None)]  # its place is not known, which is told as no data
    for version, shape in versions:
        row = GeoDataFrame(DataFrame([told], columns=list(TOLD)), geometry=[shape], crs=rows.crs)
        yield CheckedLayer("zone", version, row, _source(workspace, "zone"))


def _layer(
    workspace: Workspace, name: str, rows: GeoDataFrame, day: str | None = None, version: Version = ESTABLISHED
) -> CheckedLayer:
    layer = name.partition("@")[0]
    keys = rows["code"].fillna(NO_VALUE).astype("str")
    repeats = keys.groupby(keys).cumcount()
    keys = keys.where(repeats == 0, keys + "#" + (repeats + 1).astype("str"))
    told = DataFrame({"key": keys.to_numpy(dtype=object)})
    told["name"] = (rows["name"].fillna(keys) if "name" in rows else keys).to_numpy(dtype=object)
    for field in ("kind", "document", "planned_use"):
        told[field] = rows[field].to_numpy(dtype=object) if field in rows else None
    told["accuracy_m"] = _accuracies(workspace, layer, rows, day).to_numpy(dtype=np.float64)
    return CheckedLayer(
        name, version, GeoDataFrame(told, geometry=rows.geometry.values, crs=rows.crs), _source(workspace, layer)
    )


def _accuracies(workspace: Workspace, layer: str, rows: GeoDataFrame, day: str | None = None) -> Any:
    """Return the stated accuracy by row, else that of the files that the layer came from, the worst; NaN for none."""
    sources = [one for one in _sources(workspace, layer) if one.vintage in (None, day) or day is None]
    stated = [np.nan if one.accuracy_m is None else one.accuracy_m for one in sources]
    of_files = max(stated) if stated and not np.isnan(stated).any() else np.nan
    own = rows["accuracy_m"] if "accuracy_m" in rows else pd.Series(np.nan, index=rows.index)
    return own.astype("float64").fillna(of_files)


def _source(workspace: Workspace, layer: str) -> str:
    return "; ".join(dict.fromkeys(one.file for one in _sources(workspace, layer)))


def _sources(workspace: Workspace, layer: str) -> tuple[Any, ...]:
    entry = workspace.project.layers.get(layer)
    return entry.sources if entry else ()


def _joined(rows: GeoDataFrame, field: str) -> str | None:
    values = rows[field].dropna().unique() if field in rows else []
    return "; ".join(map(str, values)) or None
