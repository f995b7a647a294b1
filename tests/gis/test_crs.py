"""Coordinate systems are EPSG codes, planar, never mixed; what cannot be a place in the zone is refused."""

import numpy as np
import pytest
from geopandas import GeoDataFrame
from shapely import Point, box

from gis.crs import moved, operation, parse_crs, require_planar, require_same_crs, to_working_crs
from gis.errors import (
    CoordinatesInDegrees,
    CoordinatesNotFinite,
    CoordinatesOutside,
    CrsMissing,
    CrsMixed,
    CrsNotPlanar,
    CrsUnknown,
    CrsUnrelated,
)

VN2000 = parse_crs("EPSG:9215")


def layer(geometry: object, crs: str | None) -> GeoDataFrame:
    return GeoDataFrame({"name": ["a"]}, geometry=[geometry], crs=crs)


@pytest.mark.parametrize("text", ["+proj=tmerc +lat_0=0 +lon_0=107.25", "9215", "EPSG:x", "EPSG:1", "", "ESRI:102100"])
def test_only_epsg_codes_are_taken(text: str) -> None:
    """A proj4 string loses the datum of VN-2000, so nothing but a code of the registry is accepted."""
    with pytest.raises(CrsUnknown):
        parse_crs(text)


@pytest.mark.parametrize("code", ["EPSG:4326", "EPSG:2232"])
def test_areas_need_planar_metres(code: str) -> None:
    """Degrees and US feet give no square metres."""
    with pytest.raises(CrsNotPlanar):
        require_planar(parse_crs(code))


def test_mixed_systems_are_an_error() -> None:
    """Two layers in different systems, or one in none, never meet in a computation."""
    here = layer(box(440_000, 2_420_000, 440_100, 2_420_100), "EPSG:9215")
    assert require_same_crs(here, here) == VN2000
    for other in ("EPSG:3405", None):
        with pytest.raises(CrsMixed):
            require_same_crs(here, layer(here.geometry[0], other))


def test_geographic_coordinates_are_brought_to_the_plane_by_the_registered_operation() -> None:
    """Friendship Pass (21.97639 N, 106.71222 E) falls into the zone's plane; the operation states 1 m."""
    placed = to_working_crs(layer(Point(106.71222, 21.97639), "EPSG:4326"), VN2000, "x.geojson")
    point = placed.geometry[0]
    assert 440_000 < point.x < 450_000
    assert 2_425_000 < point.y < 2_435_000
    assert operation(parse_crs("EPSG:4326"), VN2000).accuracy_m == 1.0


def test_systems_without_a_registered_way_are_refused() -> None:
    """Hanoi 1972 reaches VN-2000 by a ballpark offset only: hundreds of metres, so it is not taken."""
    with pytest.raises(CrsUnrelated, match="Coordinate Transfer"):
        to_working_crs(layer(box(18_670_000, 2_420_000, 18_670_100, 2_420_100), "EPSG:2044"), VN2000, "x")
    with pytest.raises(CrsUnrelated):
        operation(parse_crs("EPSG:4147"), VN2000)


def test_what_is_told_is_what_is_done() -> None:
    """Shapes go by the very operation that is named, null shapes stay, and the way back meets within 2 mm."""
    gate = layer(Point(106.71222, 21.97639), "EPSG:4326")
    there = moved(gate, VN2000)
    assert operation(gate.crs, VN2000).accuracy_m == 1.0
    assert there.crs == VN2000
    assert moved(there, gate.crs).geometry[0].distance(gate.geometry[0]) < 2e-8
    assert moved(layer(None, "EPSG:4326"), VN2000).geometry.isna().tolist() == [True]


def test_a_place_without_a_system_is_refused() -> None:
    """A file that does not state its system is not guessed at."""
    with pytest.raises(CrsMissing):
        to_working_crs(layer(box(0, 0, 1, 1), None), VN2000, "x.shp")


def test_degrees_under_a_metre_label_are_told_apart() -> None:
    """Degrees that claim to be metres are named as what they are."""
    with pytest.raises(CoordinatesInDegrees, match=r"106\.7"):
        to_working_crs(layer(box(106.7, 21.9, 106.8, 22.0), "EPSG:9215"), VN2000, "x.shp")


def test_swapped_axes_fall_outside() -> None:
    """Northing in the place of easting puts the zone outside Vietnam."""
    with pytest.raises(CoordinatesOutside):
        to_working_crs(layer(box(2_420_000, 440_000, 2_420_100, 440_100), "EPSG:9215"), VN2000, "x.shp")


def test_infinite_coordinates_are_refused() -> None:
    """NaN and infinity are no places."""
    with pytest.raises(CoordinatesNotFinite):
        to_working_crs(layer(Point(np.inf, 1), "EPSG:9215"), VN2000, "x.shp")
