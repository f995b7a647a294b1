"""The ways in which the numbers of a file may be meant as a place: systems, swapped axes, and the usual mistakes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import numpy as np
from pyproj import CRS, Transformer
from pyproj.transformer import TransformerGroup

from gis.vn2000 import VN2000, Zone, registered_zone, zones

Problem = Literal["none", "system", "meridian", "utm", "scale", "axes", "datum", "rotation", "degrees", "mixed"]
Place = Callable[[Any], Any]

WGS84, UTM_WGS84, HANOI_1972 = 4326, (32648, 32649), (2044, 2045)
_UTM_SCALE = 0.9996
# Beyond these numbers a coordinate is not in degrees.
_MOST_DEGREES = 360.0


@dataclass(frozen=True)
class Reading:
    """One way to read coordinates.

    Attributes
    ----------
    problem : what is wrong with the file if this reading is the right one
    epsg : the system to state with ``--crs``; None where no registered system repairs it
    meridian : central meridian of the system, None for degrees
    place : turns numbers, shape (n, 2), into positions of the measuring system
    needs_control : the difference is so small that only control points tell it
    """

    problem: Problem
    epsg: int | None
    title: str
    meridian: float | None
    place: Place
    needs_control: bool = False


def readings(raw: Any, declared: CRS | None, measuring: CRS) -> tuple[Reading, ...]:
    """Return the readings that the size of the numbers allows, the declared one first.

    Parameters
    ----------
    raw : coordinates as they stand in the file, shape (n, 2)
    declared : the system that the file states
    measuring : planar system in which the evidence is measured
    """
    code = declared.to_epsg() if declared is not None else None
    found = [] if declared is None else [_as_declared(declared, measuring)]
    if np.abs(raw).max() <= _MOST_DEGREES:
        found += _of_degrees(code, measuring)
    else:
        found += _of_metres(code, measuring)
    return (*found, *(_swapped(one) for one in found if not one.needs_control and one.problem != "datum"))


def _as_declared(declared: CRS, measuring: CRS) -> Reading:
    return Reading(
        "none", declared.to_epsg(), declared.name, _meridian(declared.to_epsg()), _by_crs(declared, measuring)
    )


def _of_degrees(code: int | None, measuring: CRS) -> list[Reading]:
    return [
        Reading("degrees", epsg, CRS.from_epsg(epsg).name, None, _by_crs(CRS.from_epsg(epsg), measuring))
        for epsg in (WGS84, VN2000)
        if epsg != code
    ]


def _of_metres(code: int | None, measuring: CRS) -> list[Reading]:
    declared_zone = registered_zone(code)
    by_habit = sorted(zones(), key=lambda zone: not zone.is_tm3)  # land offices use TM-3; it comes first among equals
    found = [_of_zone(zone, declared_zone, measuring) for zone in by_habit if zone.epsg != code]
    for epsg in (*UTM_WGS84, *HANOI_1972):
        if epsg != code:
            crs = CRS.from_epsg(epsg)
            problem: Problem = "utm" if epsg in UTM_WGS84 else "system"
            found.append(Reading(problem, epsg, crs.name, _meridian(epsg), _by_crs(crs, measuring)))
    tm3 = [zone for zone in zones() if zone.is_tm3]
    # TM-3 with k₀ of UTM on a meridian of UTM is UTM itself.
    of_utm = {zone.meridian for zone in zones() if not zone.is_tm3}
    found += [_wrong_scale(zone, measuring) for zone in tm3 if zone.meridian not in of_utm]
    found += [_lost_datum(zone, measuring) for zone in tm3]
    return found + [_wrong_rotation(zone, measuring) for zone in tm3]


def _of_zone(zone: Zone, declared: Zone | None, measuring: CRS) -> Reading:
    problem: Problem = "system" if declared is None else "meridian"
    if declared is not None and zone.is_tm3 != declared.is_tm3:
        problem = "utm"
    return Reading(problem, zone.epsg, zone.name, zone.meridian, _by_crs(CRS.from_epsg(zone.epsg), measuring))


def _meridian(epsg: int | None) -> float | None:
    zone = registered_zone(epsg)
    return None if zone is None else zone.meridian


def _by_crs(crs: CRS, measuring: CRS) -> Place:
    return _placed(_transformer(crs, measuring))


@lru_cache(maxsize=256)
def _transformer(source: CRS, target: CRS) -> Transformer:
    """Return what turns one system into another; to make one takes ten times as long as to use it on a sample."""
    return Transformer.from_crs(source, target, always_xy=True)


def _placed(*steps: Transformer) -> Place:
    def place(raw: Any) -> Any:
        positions = raw
        for step in steps:
            positions = np.column_stack(step.transform(positions[:, 0], positions[:, 1]))
        return positions

    return place


def _swapped(reading: Reading) -> Reading:
    def place(raw: Any) -> Any:
        return reading.place(raw[:, ::-1])

    title = f"{reading.title}, X ↔ Y"
    return Reading("axes", reading.epsg, title, reading.meridian, place)


def _wrong_scale(zone: Zone, measuring: CRS) -> Reading:
    """TM-3 computed with k₀ of UTM: grid coordinates grow with k₀, from the false origin."""
    by_crs, factor = _by_crs(CRS.from_epsg(zone.epsg), measuring), zone.scale / _UTM_SCALE

    def place(raw: Any) -> Any:
        return by_crs((raw - (500_000.0, 0.0)) * factor + (500_000.0, 0.0))

    return Reading("scale", None, f"{zone.name}, k₀ = {_UTM_SCALE}", zone.meridian, place)


def _lost_datum(zone: Zone, measuring: CRS) -> Reading:
    """WGS 84 latitudes and longitudes projected as if they were VN-2000."""
    to_degrees = _transformer(CRS.from_epsg(zone.epsg), CRS.from_epsg(VN2000))
    place = _placed(to_degrees, _transformer(CRS.from_epsg(WGS84), measuring))
    return Reading("datum", None, f"{zone.name}, WGS 84", zone.meridian, place)


def _wrong_rotation(zone: Zone, measuring: CRS) -> Reading:
    """WGS 84 brought to VN-2000 by the registered parameters under the other sign convention of rotations."""
    steps = (
        _transformer(CRS.from_epsg(zone.epsg), CRS.from_epsg(VN2000)),
        _turned_the_other_way(),
        _transformer(CRS.from_epsg(WGS84), measuring),
    )
    return Reading("rotation", None, f"{zone.name}, ±ω", zone.meridian, _placed(*steps), needs_control=True)


@cache
def _turned_the_other_way() -> Transformer:
    """Return the registered way from VN-2000 to WGS 84 with the sign of its rotations changed."""
    registered = TransformerGroup(VN2000, WGS84, always_xy=True).transformers[0].definition
    other = {"position_vector": "coordinate_frame", "coordinate_frame": "position_vector"}
    return Transformer.from_pipeline(
        re.sub(r"convention=(\w+)", lambda found: f"convention={other[found.group(1)]}", registered)
    )
