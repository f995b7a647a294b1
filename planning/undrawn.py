"""Parcels that are too many for a Record to draw: taken from the layer, as long as it is the one that it came from.

A folder that leaves the project takes them along in a file of their own, which the Record's own areas prove.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Self

import geopandas
import numpy as np
import numpy.typing as npt
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.fabric import Fabric
from layers import parcels
from layers.conform import as_multi
from layers.withheld import withheld
from layers.workspace import Workspace
from planning.context import parcel_units
from planning.errors import RecordOutdated
from planning.record import Record

Bounds = tuple[float, float, float, float]
_SHOWN = ("key", "name", "land_use", "planned_use")


@dataclass(frozen=True, eq=False)
class UndrawnParcels:
    """The parcels of a Record that draws none; defence and security land stays out.

    Attributes
    ----------
    rows : ``key``, ``name`` and uses of every parcel
    fabric : their shapes, row for row
    """

    rows: DataFrame
    fabric: Fabric

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
        return cls(units.before, units.fabric_before) if units is not None else None

    @classmethod
    def stored(cls, path: Path) -> Self:
        """Return the parcels of a file that `store` wrote; raise OSError, ValueError or KeyError where it is none."""
        frame = geopandas.read_parquet(path)
        return cls(DataFrame(frame.drop(columns="geometry")), Fabric.from_frame(frame))

    def store(self, path: Path) -> None:
        """Write the parcels that may be shown, those without a shape too, into a file that needs no project."""
        kept = self._drawn(np.flatnonzero(~withheld(self.rows)))
        kept.to_parquet(path, index=False, compression="zstd")

    def every(self) -> GeoDataFrame:
        """Return all parcels that may be shown, as the Record would draw them."""
        return self._drawn(self._shown)

    def count(self, bounds: Bounds) -> int:
        """Return how many parcels have a box that meets `bounds`."""
        return len(self._near(bounds))

    def within(self, bounds: Bounds) -> GeoDataFrame:
        """Return the parcels whose box meets `bounds` as the Record would draw them."""
        return self._drawn(self._near(bounds))

    def drawn_on(self, record: Record, rows: GeoDataFrame) -> Record:
        """Return the Record with these parcels among its shapes; what it is called and says stays as it is."""
        drawn = replace(record, geometry={**record.geometry, parcels.SCHEMA.name: rows})
        vars(drawn)["id"] = record.id
        return drawn

    @cached_property
    def _shown(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero((self.fabric.area_mm2 > 0) & ~withheld(self.rows))

    def _drawn(self, chosen: npt.NDArray[np.int64]) -> GeoDataFrame:
        rows = self.rows[[name for name in _SHOWN if name in self.rows]].iloc[chosen].reset_index(drop=True)
        return GeoDataFrame(rows, geometry=as_multi(self.fabric.drawn(chosen)), crs=self.fabric.crs)

    def _near(self, bounds: Bounds) -> npt.NDArray[np.int64]:
        shown: npt.NDArray[np.int64] = self._shown
        west, south, east, north = self.fabric.bounds[shown].T
        meets = (west <= bounds[2]) & (east >= bounds[0]) & (south <= bounds[3]) & (north >= bounds[1])
        near: npt.NDArray[np.int64] = shown[meets]
        return near
