"""Shapes on their way to the screen: steps of whole units, and the way back that the guard goes."""

import json

import pytest
import shapely
from geopandas import GeoSeries

from maps.guard.reading import Drawn
from maps.webmap.payload import light, payload, payloads
from maps.webmap.shapes import encoded

_HOLED = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 2, 2) - shapely.box(3, 3, 3.01, 3.01)
_SHAPES = {
    "nothing": None,
    "empty": shapely.Polygon(),
    "holes": _HOLED,
    "parts": shapely.MultiPolygon([shapely.box(5, 5, 6, 6), shapely.box(8, 8, 8.01, 8.01)]),
    "crumb": shapely.box(9, 9, 9.01, 9.01),
    "mixed": shapely.GeometryCollection([shapely.Point(0, 0), shapely.LineString([(1, 2), (1.01, 2), (3, 2)])]),
    "points": shapely.MultiPoint([(1, 1), (2, -7)]),
}


def test_shapes_travel_as_steps() -> None:
    """Vertices that fall together, rings that become none and what is less than the shape itself are left out."""
    told = dict(zip(_SHAPES, encoded(GeoSeries([*_SHAPES.values()], crs="EPSG:4326"), 0), strict=True))
    assert told["nothing"] is None
    assert told["empty"] is None
    assert [len(ring) for ring in told["holes"]["g"][0]] == [8, 8]
    assert told["parts"]["t"] == "A"
    assert len(told["parts"]["g"]) == 1
    assert told["crumb"] == {"t": "A", "g": []}
    assert told["mixed"] == {"t": "L", "g": [[1, 2, 2, 0]]}
    assert told["points"] == {"t": "P", "g": [[1, 1], [2, -7]]}


def test_the_guard_knows_where_a_layer_lies() -> None:
    """The extent is that of what is drawn, to the unit; a layer without shapes has none."""
    shapes = [one for one in encoded(GeoSeries([*_SHAPES.values()], crs="EPSG:4326"), 1) if one]
    assert Drawn({"scale": 10, "features": shapes}).box() == (0.0, -7.0, 6.0, 6.0)
    assert Drawn({"scale": 10, "features": [{"t": "A", "g": []}]}).box() is None
    assert Drawn({"features": [{"t": "L", "g": [[1, 2, 3], [5, 5, -1, 0.5]]}]}).box() == (1.0, 2.0, 5.0, 5.5)


@pytest.mark.parametrize("count", [1, 2_000, 6_000])
def test_data_arrives_as_it_was_sent(count: int) -> None:
    """Small data stands in the page, large data travels packed; both come back, and neither holds what could act."""
    value = {"a": ["</script>{{x}}"] * count}
    sent = light(value)
    assert payloads(sent) == [value]
    assert "</script>" not in sent
    assert "{" not in sent
    assert (sent == payload(value)) == (count == 1)
    assert len(json.dumps(value)) < 20_000 or sent.startswith("MocGioi.packed")
