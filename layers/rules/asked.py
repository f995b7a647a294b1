"""What rules ask of a project: its layers, read once, and what several rules need, computed once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from gis.topology.defects import EMPTY, MISSING, Defects
from gis.topology.spikes import spikes
from gis.topology.validity import invalid
from layers.rules.naming import feature_keys
from layers.rules.reading import Reading
from layers.rules.thresholds import accuracy_of_scale_m, threshold

Value = TypeVar("Value")


@dataclass(eq=False)
class Asked:
    """A project as rules see it; nothing is read or computed before a rule asks.

    Attributes
    ----------
    crs : planar CRS of all layers
    reading_of : returns a layer, None where there is none
    today : ISO day of the check
    stated_m : accuracy that the imports of a layer state, by layer
    accuracy_m : accuracy that a person states for everything, before what the data say; None: the data say it
    personal : values of personal fields may be told
    within : area in which all rows were read; ground that lies open beyond it may be that of others; None: all were
    """

    crs: CRS
    reading_of: Callable[[str], Reading | None]
    today: str
    stated_m: Mapping[str, float] = field(default_factory=dict)
    accuracy_m: float | None = None
    personal: bool = False
    within: Any = None
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    def once(self, what: Any, make: Callable[[], Value]) -> Value:
        """Return what was made under that name, making it when it is asked for first."""
        if what not in self._known:
            self._known[what] = make()
        value: Value = self._known[what]
        return value

    def reading(self, layer: str) -> Reading | None:
        """Return a layer with all that was put aside; None where the project has none."""
        return self.once(("reading", layer), lambda: self.reading_of(layer))

    def rows(self, layer: str) -> DataFrame:
        """Return the rows of a layer; none where the project has no such layer."""
        reading = self.reading(layer)
        return DataFrame() if reading is None else reading.rows

    def shapes(self, layer: str) -> npt.NDArray[np.object_]:
        """Return the shapes of a layer, shape (n,); none of a table."""
        rows = self.rows(layer)
        values = rows.geometry.values if isinstance(rows, GeoDataFrame) else np.zeros(0)
        return np.asarray(values, dtype=object)

    def keys(self, layer: str, rows: Any = None) -> npt.NDArray[np.object_]:
        """Return how findings name the rows of a layer, all of them or those of the given positions."""
        reading = self.reading(layer)
        if reading is None:
            return np.zeros(0, dtype=object)
        keys: npt.NDArray[np.object_] = feature_keys(reading.rows, reading.schema, rows)
        return keys

    def tolerance_m(self, layer: str) -> npt.NDArray[np.float64]:
        """Return how accurate the outline of each row is, metres; where nothing is stated the finest class."""
        stated = self.stated_accuracy_m(layer)
        return np.where(np.isnan(stated), threshold("unstated_accuracy_m"), stated)

    def tolerance_range_m(self, layer: str) -> tuple[float, float]:
        """Return the finest and the coarsest accuracy of the rows of a layer, metres."""
        tolerance_m = self.tolerance_m(layer)
        return float(tolerance_m.min()), float(tolerance_m.max())

    def stated_accuracy_m(self, layer: str) -> npt.NDArray[np.float64]:
        """Return the stated accuracy of each row: by a person, the row itself, its scale, its import; else NaN."""
        rows = self.rows(layer)
        if self.accuracy_m is not None:
            return np.full(len(rows), self.accuracy_m)
        told = np.full(len(rows), self.stated_m.get(layer, np.nan))
        if "source_scale" in rows:
            by_scale = accuracy_of_scale_m(rows["source_scale"])
            told = np.where(np.isnan(by_scale), told, by_scale)
        if "accuracy_m" in rows:
            own = rows["accuracy_m"].to_numpy(dtype=np.float64, na_value=np.nan)
            told = np.where(own > 0, own, told)
        return told

    def invalid(self, layer: str) -> Defects:
        """Return the rows whose shape is missing, empty or invalid."""
        return self.once(("invalid", layer), lambda: invalid(self.shapes(layer)))

    def sound(self, layer: str) -> npt.NDArray[np.object_]:
        """Return the shapes of a layer, None in place of those that are empty or invalid."""
        return self.once(("sound", layer), lambda: _without(self.shapes(layer), self.invalid(layer)))

    def areas(self, layer: str) -> npt.NDArray[np.object_]:
        """Return the sound shapes of a layer that are areas."""
        shapes = self.sound(layer)
        areal: npt.NDArray[np.object_] = shapes[shapely.get_dimensions(shapes) == 2]
        return areal

    def needles(self, layer: str) -> Defects:
        """Return the spikes of a layer; those that the ground between its units has too are none."""
        ground = self.ground(layer)
        return self.once(("needles", layer), lambda: spikes(self.sound(layer), self.tolerance_m(layer), ground))

    def ground(self, layer: str) -> npt.NDArray[np.object_]:
        """Return the areas that lie between the units of a layer and are none of them."""
        return self.once(("ground", layer), lambda: _ground(self, layer))

    def missing(self, layer: str) -> npt.NDArray[np.int64]:
        """Return the rows without a shape that never had one: no kind of shape was put aside."""
        unit = self.invalid(layer).of(MISSING, EMPTY).unit
        reading = self.reading(layer)
        return unit if reading is None else np.setdiff1d(unit, reading.wrong_type)


# Ground is cut off so far beyond the rows that were read.
_BEYOND_M = 10.0
# Layers whose areas are no units of another layer and yet no gaps in it: land of roads and waters (Art. 8 and 12 of
# TT 25/2014/TT-BTNMT number such objects too).
GROUND: Mapping[str, tuple[str, ...]] = {"parcels": ("infrastructure",)}


def _ground(asked: Asked, layer: str) -> npt.NDArray[np.object_]:
    """Return the areas that lie between the units of a layer, as far as its rows were read."""
    ground = np.concatenate([np.zeros(0, dtype=object), *(asked.areas(one) for one in GROUND.get(layer, ()))])
    if asked.within is None:
        return ground
    near = shapely.buffer(asked.within, _BEYOND_M, join_style="mitre")
    return np.asarray(shapely.intersection(ground[shapely.intersects(ground, near)], near), dtype=object)


def _without(shapes: npt.NDArray[np.object_], defects: Defects) -> npt.NDArray[np.object_]:
    sound = shapes.copy()
    sound[defects.unit] = None
    return sound
