"""Conditions of a zone and of an expansion: thresholds of seventy percent, 10,000 ha, one gate; land that is taken in."""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import MultiPolygon, box

from planning.law import conditions
from planning.law.allocated import Allocated, allocated
from planning.law.figure import Figure
from planning.planned_land import Plan

HA = 10_000 * 1_000_000
CRS = "EPSG:9215"


def let(share, unknown=0):
    """Return a part of 1,000,000 m² that is let, and what may be let beside it."""
    least = Fraction(str(share)) * 1_000_000
    return Figure(least, least, least + Fraction(str(unknown)) * 1_000_000, "m2")


@pytest.mark.parametrize(
    ("projects", "parcels", "verdict"),
    [
        (let(0.69999999), None, "not_met"),
        # the share is reached: complete infrastructure and Art. 14 still need documents
        (let(0.7), None, "needs_input"),
        (let(0.70000001), None, "needs_input"),
        (let(0.6, unknown=0.1), None, "cannot_tell"),
        (let(0.6, unknown=0.0999), None, "not_met"),
        (let(0.8), let(0.5), "cannot_tell"),
        (None, let(0.5), "not_met"),
        (None, None, "needs_input"),
    ],
)
def test_seventy_percent_let(asked, monkeypatch, projects, parcels, verdict):
    """ZB-06: numerator and denominator are told; what is unknown widens the share."""
    monkeypatch.setattr(conditions, "allocated", lambda *_: Allocated(Fraction(1_000_000), projects, parcels))
    finding = asked("ZB-06")
    assert finding.verdict == verdict
    told = {one.key: one.finding.figure.value for one in finding.readings}
    if projects is not None:
        assert (told["projects_area"], told["functional"]) == (projects.value, 1_000_000)


def test_land_of_projects_counts_once_and_only_in_functional_areas(clauses):
    """Two projects overlap; a third has no day of handover; half of one lies outside the functional areas."""
    areas = GeoDataFrame({"code": ["f"]}, geometry=[box(0, 0, 100, 100)], crs=CRS)
    shapes = [box(0, 0, 40, 100), box(20, 0, 60, 100), box(80, 0, 120, 100)]
    days = ["2020-01-01", "2021-01-01", None]
    projects = GeoDataFrame({"code": ["p", "q", "r"], "handover_date": days}, geometry=shapes, crs=CRS)
    plan = {"base": Plan(areas, box(-10, -10, 200, 200))}
    context = SimpleNamespace(plan=plan, projects=projects, parcels=None)
    found = allocated(context, None, clauses["ZB-06"])
    assert (found.functional, found.by_projects.low, found.by_projects.high) == (10_000, 6_000, 8_000)
    assert found.by_parcels is None


def gates(*rows):
    return {"gates": SimpleNamespace(frame=DataFrame(rows, columns=["kind", "state_proposed"]))}


INSIDE = gates(("quốc tế (đường bộ)", "inside"))


@pytest.mark.parametrize(
    ("base_ha", "declared_ha", "removed", "tables", "verdict"),
    [
        (10_000, 10_000, 0, INSIDE, "met"),
        (10_000, 10_000, 1, INSIDE, "not_met"),
        (10_001, 10_001, 1 * HA, INSIDE, "met"),
        # drawn and declared disagree on the threshold
        (9_999, 10_000, 0, INSIDE, "cannot_tell"),
        (9_999, None, 0, INSIDE, "not_met"),
        (39_400, 39_400, 0, gates(("quốc tế", "outside")), "not_met"),
        (39_400, 39_400, 0, gates(("phụ", "inside")), "not_met"),
        (39_400, 39_400, 0, gates(("quốc tế", "undecidable")), "cannot_tell"),
        (39_400, 39_400, 0, gates(("phụ", "inside"), (None, "inside")), "cannot_tell"),
        (39_400, 39_400, 0, gates((None, "inside")), "needs_input"),
        (39_400, 39_400, 0, {}, "needs_input"),
        (9_000, 9_000, 0, {}, "not_met"),
    ],
)
def test_ten_thousand_hectares_and_an_international_gate(asked, change, base_ha, declared_ha, removed, tables, verdict):
    """ZB-08: area by declaration and by drawing, and a gate that is surely inside."""
    finding = asked("ZB-08", tables=tables, change=change(0, removed, declared_ha, base_ha))
    assert finding.verdict == verdict


def with_constraints(kind, gap_m=0.0, accuracy_m=None, added=None):
    added = MultiPolygon([box(0, 0, 100, 100)]) if added is None else added
    rows = {"code": ["k"], "kind": [kind], "accuracy_m": [accuracy_m]}
    land = GeoDataFrame(rows, geometry=[box(90 + gap_m, 0, 190 + gap_m, 100)], crs=CRS)
    regions = SimpleNamespace(added=added)
    zone = DataFrame({"status": ["official"]})
    return SimpleNamespace(
        constraints=SimpleNamespace(before=land),
        proposal=SimpleNamespace(regions=regions),
        stated_accuracy_m=0.0,
        zone=zone,
    )


@pytest.mark.parametrize(
    ("kind", "gap_m", "accuracy_m", "verdict"),
    [
        ("rừng phòng hộ", 0.0, 0.0, "needs_input"),
        ("protective_forest", 9.99, 0.0, "needs_input"),
        ("protective_forest", 10.0, 0.0, "met"),
        ("protective_forest", 10.01, 0.0, "met"),
        # 10 m overlap or a gap of 2 m, each known to 5 m or to 20 m
        ("protective_forest", 0.0, 5.0, "needs_input"),
        ("protective_forest", 0.0, 20.0, "cannot_tell"),
        ("protective_forest", 12.0, 5.0, "cannot_tell"),
        ("protective_forest", 15.5, 5.0, "met"),
        ("đất chuyên trồng lúa", 0.0, 0.0, "needs_input"),  # no forest in the layer: nobody said there is none
    ],
)
def test_protective_forest_taken_in(asked, kind, gap_m, accuracy_m, verdict):
    """ZB-07: nothing taken in is met, something needs an authority, what accuracy leaves open is open."""
    finding = asked("ZB-07", context=with_constraints(kind, gap_m, accuracy_m))
    assert {one.key: one.finding.verdict for one in finding.readings}["protective_forest"] == verdict
    assert finding.verdict == "needs_input"


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("special_use_forest", "special_use_forest"),
        ("rừng đặc dụng", "special_use_forest"),
        ("rice_land", "rice"),
        ("Đất chuyên trồng lúa", "rice"),
        ("defence", "defence"),
        ("đất quốc phòng", "defence"),
    ],
)
def test_each_kind_is_asked_in_its_own_words(asked, kind, key):
    """Only the reading of that kind sees it; the area of defence land is told to nobody."""
    finding = asked("ZB-07", context=with_constraints(kind, accuracy_m=0.0))
    told = {one.key: one.finding for one in finding.readings}
    assert told.pop(key).figure is None if key == "defence" else told.pop(key).figure.value == 1_000
    assert {one.figure for one in told.values()} == {None}


def test_no_constraints_are_no_data(asked):
    """Without the layer nothing is “not affected”, also where nothing is added."""
    context = with_constraints("protective_forest", added=MultiPolygon())
    assert asked("ZB-07", context=context).readings[1].finding.verdict == "met"
    context.constraints = None
    assert {one.finding.verdict for one in asked("ZB-07", context=context).readings} == {"needs_input"}
