"""The map of an extract: the parcel in the middle, its corners, its neighbours and what lies around, true to scale."""

from dataclasses import dataclass

from gis.language import Lang
from maps.sheet.drawing import DrawnMap, draw_map, newest_units
from maps.sheet.grid import GridLine, bar_length, grid_lines
from maps.sheet.paper import Bounds, Window, round_denominator
from maps.sheet.subjects import UNITS
from planning.record import Record

MAP_WIDTH_MM, MAP_HEIGHT_MM = 157.0, 104.0
# The parcel takes up this part of the map at most.
_PARCEL_SHARE = 0.6
# Shapes are taken from this far around the map, m on the ground for each m of it: outlines then leave it undisturbed.
_BEYOND = 0.06
# From below upwards.
_LAYERS = (
    UNITS,
    "functional_areas",
    "neighbours",
    "infrastructure",
    "asked",
    "constraints",
    "yards",
    "base",
    "proposed",
    "gates",
    "corners",
)


@dataclass(frozen=True, eq=False)
class ParcelMap:
    """A finished map, its window, and what stands at its frame."""

    drawn: DrawnMap
    window: Window

    @property
    def grid(self) -> tuple[GridLine, ...]:
        """The lines of the coordinate grid."""
        return tuple(grid_lines(self.window))

    @property
    def bar_m(self) -> int:
        """Length of the scale bar on the ground."""
        return bar_length(self.window)


def window_around(bounds: Bounds) -> Window:
    """Return the window of a parcel with such a box, at the largest round scale."""
    west, south, east, north = bounds
    width, height = (east - west) / MAP_WIDTH_MM, (north - south) / MAP_HEIGHT_MM
    scale = round_denominator(max(width, height) * 1000 / _PARCEL_SHARE)
    half_x, half_y = MAP_WIDTH_MM * scale / 2000, MAP_HEIGHT_MM * scale / 2000
    return Window((west + east) / 2 - half_x, (south + north) / 2 - half_y, scale, MAP_WIDTH_MM, MAP_HEIGHT_MM)


def ground_of(window: Window) -> Bounds:
    """Return the ground that is asked for a map: the window and a little around it."""
    west, south, east, north = window.bounds
    more = _BEYOND * (east - west)
    return west - more, south - more, east + more, north + more


def parcel_map(record: Record, window: Window, lang: Lang) -> ParcelMap:
    """Draw the map of an extract with its surroundings; one administrative unit alone is no more than a background."""
    units = newest_units(record)
    alone = not units or len(record.geometry[units]) < 2
    return ParcelMap(draw_map(record, _LAYERS if not alone else _LAYERS[1:], window, lang), window)
