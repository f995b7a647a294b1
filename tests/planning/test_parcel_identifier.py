"""The provisional identifier: a GeoHash as everybody computes it, as sure as its transformation."""

import numpy as np
import pytest
from pyproj import CRS
from shapely import Polygon

from gis.testing import drawn
from planning.parcel_identifier import geohash, provisional

# Codes that are quoted wherever GeoHash is explained.
KNOWN = [
    (-5.6, 42.6, "ezs42"),
    (10.40744, 57.64911, "u4pruydqqvj8"),
    (-180.0, -90.0, "000000000000"),
    (0.0, 0.0, "s00000000000"),
]


@pytest.mark.parametrize(("longitude", "latitude", "code"), KNOWN)
def test_known_places_have_their_known_codes(longitude: float, latitude: float, code: str) -> None:
    """Whatever the length."""
    assert geohash([longitude], [latitude], len(code)).tolist() == [code]


def test_the_corner_of_the_world_is_in_it() -> None:
    """180° and 90° belong to the last cell."""
    assert geohash([180.0], [90.0]).tolist() == ["z" * 12]


def test_twelve_characters_are_more_than_the_transformation_knows() -> None:
    """The identifier is sure to fewer characters than it has; parcels without a shape have none."""
    frame = drawn("ab")
    shapes = np.array([*frame.geometry.values, None, Polygon()], dtype=object)
    found = provisional(shapes, CRS.from_epsg(9215))
    assert [len(one) for one in found.identifier] == [12, 12, 0, 0]
    assert found.accuracy_m == 1.0
    assert all(4 <= sure < 12 for sure in found.sure[:2])
    assert found.sure[2:].tolist() == [0, 0]
    assert found.identifier[0] != found.identifier[1]
    assert np.allclose((found.longitude[0], found.latitude[0]), (106.67, 21.88), atol=0.05)
