"""Rules of geometry: the class of each invalid shape, its place, and shapes that are missing."""

from collections.abc import Callable

import numpy as np
import shapely
from shapely.affinity import translate

from gis.testing import drawn
from layers.report import Report
from layers.testing import of, parcels

Ask = Callable[..., Report]


def test_classes_of_invalid_shapes(ask: Ask) -> None:
    """A bow-tie is told with its place; its neighbours and the ground that it leaves open are not told as well."""
    frame = parcels("aab\nacb\nabb")
    west, south, east, north = frame.geometry[2].bounds
    frame.loc[2, "geometry"] = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    report = ask("parcels", frame)
    assert of(report, "geometry.self_intersection", "feature", "easting", "northing") == [
        ("a/1/c", 440_150.0, 2_420_150.0)
    ]
    assert not any(rule.startswith("coverage.") for rule in report.counts)


def test_a_missing_shape_is_placed_where_its_area_is_open(ask: Ask) -> None:
    """Open ground of just the area of a parcel without shape is its place, and no gap."""
    frame = parcels("aab\nacb\nabb", measured_area_m2=[30_000.0, 50_000.0, 10_020.0])
    frame.loc[2, "geometry"] = None
    report = ask("parcels", frame)
    assert of(report, "geometry.missing", "feature", "easting", "northing") == [("a/1/c", 440_150.0, 2_420_150.0)]
    assert "coverage.gap" not in report.counts
    report = ask("parcels", frame.assign(measured_area_m2=[30_000.0, 50_000.0, 5_000.0]))
    assert np.isnan(of(report, "geometry.missing", "easting")[0])
    assert "coverage.open_ground" in report.counts


def test_shapes_of_another_kind_are_put_aside(ask: Ask) -> None:
    """A line among parcels is a finding, and neither an error nor a missing shape."""
    frame = parcels("ab")
    frame.loc[0, "geometry"] = frame.geometry[0].boundary
    report = ask("parcels", frame)
    assert of(report, "geometry.wrong_type", "feature") == ["a/1/a"]
    assert "geometry.missing" not in report.counts


def test_spikes_are_told_by_the_accuracy_of_the_sheet(ask: Ask) -> None:
    """A needle of 2 cm is a spike on any sheet, one of 40 cm only where lines are not better than that."""
    square = [(0, 0), (20, 0), (20, 20), (0, 20)]
    for width, scale, told in ((0.02, "1:500", 1), (0.4, "1:500", 0), (0.4, "1:10000", 1)):
        spiked = shapely.Polygon([*square, (0, 10 + width), (-9, 10), (0, 10)])
        frame = parcels("a", source_scale=scale)
        frame["geometry"] = [translate(spiked, 440_000.0, 2_420_000.0)]
        report = ask("parcels", frame)
        assert report.counts.get("geometry.spike", 0) == told
    assert of(report, "geometry.spike", "easting", "northing") == [(439_991.0, 2_420_010.0)]


def test_every_layer_is_asked_for_missing_shapes(ask: Ask) -> None:
    """Gates are points; one without a place is told by its code."""
    gates = drawn("g", key="code").assign(name="Cửa khẩu", geometry=[None])
    assert of(ask("gates", gates), "geometry.missing", "feature") == ["g"]
