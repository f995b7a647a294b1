"""The layers that an analysis asks, read once, with one key and one name each; personal fields stay behind."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.errors import GeometryInvalid
from gis.fabric import Fabric
from layers import (
    admin_units,
    constraints,
    functional_areas,
    gates,
    infrastructure,
    papers,
    parcel_uses,
    parcels,
    predecessors,
    projects,
    yards,
    zone,
    zone_units,
)
from layers.errors import KeyRepeated
from layers.shared import Same, rows_once
from layers.warm import warm_rows
from layers.withheld import withheld
from layers.workspace import Workspace
from planning.cadastre import parcel_keys
from planning.coded import Coded
from planning.planned_land import Plan
from planning.proposal import Proposal
from planning.told_parcels import ToldParcels, told_parcels

# Layers that an analysis asks beside the zone; one that is missing is *no data*.
ASKED = (
    admin_units.SCHEMA.name,
    functional_areas.SCHEMA.name,
    parcels.SCHEMA.name,
    constraints.SCHEMA.name,
    yards.SCHEMA.name,
    gates.SCHEMA.name,
)
# Asked by the law and the balance only; what is missing there is told by what asks.
ASKED_BY_LAW = (infrastructure.SCHEMA.name, projects.SCHEMA.name, parcel_uses.SCHEMA.name, papers.SCHEMA.name)
# What the law says of units: which became which, which are of the zone; what is missing is told by what asks.
LISTS = (predecessors.SCHEMA.name, zone_units.SCHEMA.name)
# Everything that goes into a Record.
INPUTS = (zone.SCHEMA.name, *ASKED, *ASKED_BY_LAW, *LISTS)
# What an analysis tells of a parcel beside its areas and states.
PARCEL_FIELDS = (
    "commune",
    "sheet_no",
    "parcel_no",
    "land_use",
    "legal_use",
    "planned_use",
    "owner_class",
    "measured_area_m2",
    "legal_area_m2",
)


@dataclass(frozen=True, eq=False)
class Units:
    """The rows of one layer before and after the scenario; the same object where nothing changes.

    Attributes
    ----------
    layer : name of its breakdown, ``admin_units@2025-07-01``
    before, after : rows with the columns ``key`` (unique) and ``name`` beside their own
    warm : the fabric of `before` where it was opened with the rows, which then carry no geometry
    identity : of the layer as it stood before it was opened so
    """

    layer: str
    before: DataFrame
    after: DataFrame
    warm: Fabric | None = None
    identity: str = ""

    @cached_property
    def fabric_before(self) -> Fabric:
        """The rows before, indexed."""
        return self.warm or _fabric(self.before, self.layer)

    @cached_property
    def fabric_after(self) -> Fabric:
        """The rows after, indexed."""
        return self.fabric_before if self.changes_nothing else _fabric(self.after, self.layer)

    @cached_property
    def withheld_after(self) -> npt.NDArray[np.bool_]:
        """Which rows after the scenario are defence or security land, shape (n,)."""
        return withheld(self.after)

    def shapes_after(self, chosen: npt.NDArray[np.bool_]) -> GeoDataFrame:
        """Return the chosen rows after the scenario with their geometry."""
        rows = self.after[chosen].reset_index(drop=True)
        if "geometry" in rows:
            return rows
        fabric = self.fabric_after
        return GeoDataFrame(rows, geometry=fabric.outlines(np.flatnonzero(chosen)).polygons(), crs=fabric.crs)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the scenario leaves the layer alone."""
        return self.before is self.after


@dataclass(frozen=True, eq=False)
class OpenedParcels:
    """The parcels of a project, opened when they are first asked for; for several analyses in a row.

    They hold the files of the cache open: not to be kept for longer than that. Who saves the layer meanwhile makes them
    old, which `identity` tells.
    """

    workspace: Workspace

    @property
    def identity(self) -> str | None:
        """Identity of the layer before it was opened; None where there is no such layer, or no row."""
        return None if self._opened is None else self._opened[0]

    @cached_property
    def rows(self) -> tuple[pa.Table, Fabric] | None:
        """All attributes that are not personal, and the fabric; None where there is no such layer."""
        return None if self._opened is None else self._opened[1:]

    @cached_property
    def _opened(self) -> tuple[str, pa.Table, Fabric] | None:
        return _opened_parcels(self.workspace)

    @cached_property
    def units(self) -> Units | None:
        """The rows with what an analysis tells of a parcel."""
        return None if self._opened is None else _units_of_parcels(*self._opened)

    @cached_property
    def told(self) -> ToldParcels | None:
        """What every Record tells of them alike."""
        units = self.units
        return None if units is None else told_parcels(units.before.drop(columns="name"), units.withheld_after)

    def field(self, name: str) -> Series | None:
        """Return one more field of all parcels, shape (n,); None where the layer does not have it."""
        there = self.rows is not None and name in self.rows[0].column_names
        return self.rows[0].column(name).to_pandas() if self.rows is not None and there else None

    def texts(self, name: str) -> Coded | None:
        """Return a column of few different texts of all parcels; None where there is no such column, or it is empty."""
        if name not in self._texts:
            column = None if self.units is None else self.units.before.get(name)
            column = self.field(name) if column is None else column
            self._texts[name] = None if column is None or column.isna().all() else Coded.of(column)
        return self._texts[name]

    @cached_property
    def _texts(self) -> dict[str, Coded | None]:
        return {}


@dataclass(frozen=True, eq=False)
class Context:
    """The project as one analysis sees it.

    Attributes
    ----------
    opened : the parcels, where several analyses of the same workspace ask for them
    """

    workspace: Workspace
    proposal: Proposal
    opened: OpenedParcels | None = None

    @cached_property
    def zone(self) -> GeoDataFrame:
        """Rows of the zone layer."""
        return rows_once(self.workspace, zone.SCHEMA.name)

    @cached_property
    def stated_accuracy_m(self) -> float | None:
        """The stated accuracy of the zone's line, the worst of its rows; None: not stated for all of them."""
        stated = self.zone["accuracy_m"].max(skipna=False) if "accuracy_m" in self.zone else np.nan
        return None if pd.isna(stated) else float(stated)

    @property
    def accuracy_m(self) -> float:
        """The accuracy to compute with; a line without a stated one is taken as exact, and listed as *no data*."""
        return self.stated_accuracy_m or 0.0

    @cached_property
    def vintages(self) -> tuple[Units, ...]:
        """The administrative units of each vintage, oldest first."""
        if not self.workspace.has(admin_units.SCHEMA.name):
            return ()
        return _vintages(Same(rows_once(self.workspace, admin_units.SCHEMA.name)))

    @cached_property
    def functional_areas(self) -> Units | None:
        """Functional areas before and after, None where there is no such layer."""
        return self._planned(functional_areas.SCHEMA.name)

    @cached_property
    def yards(self) -> Units | None:
        """Yards before and after, None where there is no such layer."""
        return self._planned(yards.SCHEMA.name)

    @cached_property
    def constraints(self) -> Units | None:
        """Constraints, None where there is no such layer."""
        return self._fixed(constraints.SCHEMA.name)

    @cached_property
    def gates(self) -> Units | None:
        """Gates (points), None where there is no such layer."""
        return self._fixed(gates.SCHEMA.name)

    @cached_property
    def infrastructure(self) -> Units | None:
        """Infrastructure, for drawing only; None where there is no such layer."""
        return self._fixed(infrastructure.SCHEMA.name)

    @cached_property
    def plan(self) -> dict[str, Plan] | None:
        """The functional areas in their zone, before (``base``) and after (``proposed``); None without such a layer."""
        areas, regions = self.functional_areas, self.proposal.regions
        if areas is None:
            return None
        base = Plan(areas.before, regions.base)
        same = areas.changes_nothing and regions.base.equals_exact(regions.proposed, 0)
        return {"base": base, "proposed": base if same else Plan(areas.after, regions.proposed)}

    @cached_property
    def projects(self) -> GeoDataFrame | None:
        """Investment projects, None where there is no such layer."""
        return self._table(projects.SCHEMA.name)

    @cached_property
    def papers(self) -> DataFrame | None:
        """Papers, None where there is no such table."""
        return self._table(papers.SCHEMA.name)

    @cached_property
    def parcel_uses(self) -> DataFrame | None:
        """The uses of parcels, a line each, None where there is no such table."""
        return self._table(parcel_uses.SCHEMA.name)

    @cached_property
    def parcels(self) -> Units | None:
        """Parcels, None where there is no such layer."""
        return self._opened.units

    @cached_property
    def told_parcels(self) -> ToldParcels | None:
        """What every Record tells of the parcels alike; None where there is no such layer."""
        return self._opened.told

    @cached_property
    def _opened(self) -> OpenedParcels:
        return self.opened or OpenedParcels(self.workspace)

    def parcel_field(self, name: str) -> Series | None:
        """Return one more field of all parcels, shape (n,); None where the layer does not have it."""
        return self._opened.field(name)

    def parcel_texts(self, name: str) -> Coded | None:
        """Return a column of few different texts of all parcels; None where there is no such column, or it is empty."""
        return self._opened.texts(name)

    def rows(self, layer: str) -> GeoDataFrame:
        """Return the rows of a layer as they stand before the scenario; what was read is not read again."""
        if layer == zone.SCHEMA.name:
            return self.zone
        if layer == admin_units.SCHEMA.name and self.vintages:
            return GeoDataFrame(pd.concat([units.before for units in self.vintages], ignore_index=True))
        return self.proposal.before[layer] if layer in self.proposal.before else rows_once(self.workspace, layer)

    @property
    def no_data(self) -> tuple[str, ...]:
        """What the analysis asked for and did not find."""
        missing = [layer for layer in ASKED if layer not in self.proposal.before and not self._holds(layer)]
        if self.parcels is not None and "land_use" not in self.parcels.before:
            missing.append("parcels.land_use")
        if self.stated_accuracy_m is None:
            missing.append("zone.accuracy_m")
        return tuple(missing)

    def _holds(self, layer: str) -> bool:
        return self.workspace.has(layer) and self.workspace.identity(layer).rows > 0

    def _planned(self, layer: str) -> Units | None:
        if layer not in self.proposal.before:
            return None
        before, after = self.proposal.before[layer], self.proposal.after[layer]
        established = _units(layer, Same(before))
        return established if after is before else Units(layer, established.before, _keyed(after, layer))

    def _table(self, name: str) -> Any:
        if not self.workspace.has(name):
            return None
        return rows_once(self.workspace, name)

    def _fixed(self, layer: str) -> Units | None:
        return _units(layer, Same(rows_once(self.workspace, layer))) if self.workspace.has(layer) else None


def parcel_units(workspace: Workspace) -> Units | None:
    """Return the parcels with their fabric, None where there are none; the key is unique, repeats get ``#2`` …."""
    return OpenedParcels(workspace).units


def _opened_parcels(workspace: Workspace) -> tuple[str, pa.Table, Fabric] | None:
    """Return the identity of the layer before it was opened, its rows and its fabric."""
    there = workspace.identity(parcels.SCHEMA.name) if workspace.has(parcels.SCHEMA.name) else None
    return (there.sha256, *warm_rows(workspace, parcels.SCHEMA)) if there is not None and there.rows else None


def _units_of_parcels(identity: str, table: pa.Table, fabric: Fabric) -> Units:
    rows = DataFrame(table.select([field for field in PARCEL_FIELDS if field in table.column_names]).to_pandas())
    key = parcel_keys(table)
    rows = rows.assign(key=key, name=key)
    return Units(parcels.SCHEMA.name, rows, rows, fabric, identity)


@lru_cache(maxsize=4)
def _vintages(rows: Same) -> tuple[Units, ...]:
    groups = rows.frame.groupby("valid_from", sort=True)
    return tuple(_unchanged(admin_units.layer_of_vintage(str(day)), units) for day, units in groups)


@lru_cache(maxsize=8)
def _units(layer: str, rows: Same) -> Units:
    return _unchanged(layer, rows.frame)


def _unchanged(layer: str, rows: GeoDataFrame) -> Units:
    keyed = _keyed(rows, layer)
    return Units(layer, keyed, keyed)


def _keyed(rows: GeoDataFrame, layer: str) -> GeoDataFrame:
    repeated = rows["code"].duplicated() | rows["code"].isna()
    if repeated.any():
        raise KeyRepeated(layer=layer, example=rows["code"][repeated].iloc[0], rows=int(repeated.sum()))
    names = rows["name"].fillna(rows["code"]) if "name" in rows else rows["code"]
    return rows.reset_index(drop=True).assign(key=rows["code"].to_numpy(), name=names.to_numpy())


def _fabric(rows: GeoDataFrame, layer: str) -> Fabric:
    try:
        return Fabric.from_frame(rows)
    except GeometryInvalid as error:
        place: Any = error.values["example"]
        named = {"layer": layer, "example": rows["key"].iloc[int(place)]}
        raise GeometryInvalid(**{**error.values, **named}) from error
