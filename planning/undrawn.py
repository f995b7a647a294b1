"""Parcels that are too many for a Record to draw: taken from the layer, as long as it is the one that it came from."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from geopandas import GeoDataFrame

from layers import parcels
from layers.conform import as_multi
from layers.withheld import withheld
from layers.workspace import Workspace
from planning.context import Units, parcel_units
from planning.errors import RecordOutdated
from planning.record import Record

Bounds = tuple[float, float, float, float]
_SHOWN = ("key", "name", "land_use", "planned_use")


@dataclass(frozen=True, eq=False)
class UndrawnParcels:
    """The parcels of a Record that draws none; defence and security land stays out."""

    units: Units

    @classmethod
    def of(cls, record: Record, workspace: Workspace) -> Self | None:
        """Return the parcels of the project that the Record came from; None where it draws them itself, or has none.

        Raises
        ------
        RecordOutdated
            The layer is not the one that the Record was made of: its identity tells.
        """
        name = parcels.SCHEMA.name
        if name not in record.not_drawn:
            return None
        taken = {one.layer: one.sha256 for one in record.inputs}
        if not workspace.has(name) or taken.get(name) != workspace.identity(name).sha256:
            raise RecordOutdated(layer=name, scenario=record.scenario)
        units = parcel_units(workspace)
        return cls(units) if units is not None else None

    def count(self, bounds: Bounds) -> int:
        """Return how many parcels have a box that meets `bounds`."""
        return len(self._near(bounds))

    def within(self, bounds: Bounds) -> GeoDataFrame:
        """Return the parcels whose box meets `bounds` as the Record would draw them."""
        near = self._near(bounds)
        rows, fabric = self.units.before, self.units.fabric_before
        rows = rows[[name for name in _SHOWN if name in rows]].iloc[near].reset_index(drop=True)
        return GeoDataFrame(rows, geometry=as_multi(fabric.drawn(near)), crs=fabric.crs)

    def _near(self, bounds: Bounds) -> npt.NDArray[np.int64]:
        fabric = self.units.fabric_before
        west, south, east, north = fabric.bounds.T
        meets = (west <= bounds[2]) & (east >= bounds[0]) & (south <= bounds[3]) & (north >= bounds[1])
        near = np.flatnonzero(meets & (fabric.area_mm2 > 0))
        return near[~withheld(self.units.before.iloc[near])]
