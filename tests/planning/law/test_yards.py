"""Yards: 10 km, 5,000 m², 10,000 m², 1,000 m²; who leaves the zone; which papers are there."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import Point

from planning.law.yard_places import with_distances

WORDS = (("quốc tế", "chính", "song phương", "phụ"), ("gate", "cửa khẩu"))


def placed(*rows):
    """Return yards by (state before, state after, distance, distance to gates of no kind, margin)."""
    frame = DataFrame(rows, columns=["state_base", "state_proposed", "distance_m", "nearest_m", "margin_m"])
    frame = frame.assign(key=[f"Y{number}" for number in range(1, len(rows) + 1)])
    return {("yards",): frame, ("placed", *WORDS): frame}


@pytest.mark.parametrize(
    ("after", "distance_m", "margin_m", "verdict"),
    [
        ("inside", 50_000.0, 0.0, "met"),
        ("outside", 9_999.999, 0.0, "met"),
        ("outside", 10_000.0, 0.0, "met"),
        ("outside", 10_000.001, 0.0, "not_met"),
        ("crossed", 10_000.001, 0.0, "not_met"),
        ("undecidable", 10_000.001, 0.0, "cannot_tell"),
        ("outside", 9_990.0, 10.0, "met"),
        ("outside", 9_990.0, 10.001, "cannot_tell"),
        ("outside", 10_020.0, 10.0, "not_met"),
        ("outside", np.nan, 0.0, "needs_input"),
        ("inside", np.nan, 0.0, "met"),
    ],
)
def test_inside_or_within_ten_kilometres_of_a_gate_area(asked, after, distance_m, margin_m, verdict):
    """YD-01, to the millimetre; without any gate a yard outside needs input."""
    finding = asked("YD-01", _made=placed(("inside", after, distance_m, distance_m, margin_m)))
    assert finding.verdict == verdict
    assert ("Y1" in finding.note.vi) is (verdict != "met")


@pytest.mark.parametrize(
    ("before", "after", "distance_m", "verdict"),
    [
        ("inside", "inside", 50_000.0, "met"),
        ("inside", "outside", 10_000.0, "met"),
        ("inside", "outside", 10_000.001, "not_met"),
        ("inside", "crossed", 10_000.001, "not_met"),
        ("inside", "undecidable", 10_000.001, "cannot_tell"),
        ("outside", "outside", 10_000.001, "met"),  # it had no place before either
        ("outside", "inside", 10_000.001, "met"),
    ],
)
def test_a_change_must_not_break_the_recognition_of_a_yard(asked, before, after, distance_m, verdict):
    """YD-06: every yard that leaves is named, with what becomes of it."""
    finding = asked("YD-06", _made=placed((before, after, distance_m, distance_m, 0.0)))
    assert finding.verdict == verdict
    assert ("Y1" in finding.note.vi) is (before == "inside" and after != "inside")


def test_a_gate_that_does_not_say_its_kind_leaves_it_open(asked):
    """The known gate is too far, one of no stated kind is near."""
    assert asked("YD-01", _made=placed(("outside", "outside", 20_000.0, 9_000.0, 0.0))).verdict == "cannot_tell"


def test_distances_are_to_gates_and_gate_areas_of_our_side(clauses):
    """A reference point on the other side and an urban area are no gate; a gate area may be nearer than its gate."""
    points = DataFrame({"kind": ["quốc tế (đường bộ)", "điểm tham chiếu phía bên kia", None]})
    points["geometry"] = [Point(1000, 0), Point(10, 0), Point(500, 0)]
    areas = DataFrame({"kind": ["gate", "urban"], "geometry": [Point(800, 0).buffer(100), Point(0, 0).buffer(5)]})

    def units(layer, frame):
        return SimpleNamespace(layer=layer, after=GeoDataFrame(frame, geometry="geometry", crs="EPSG:9215"))

    context = SimpleNamespace(gates=units("gates", points), functional_areas=units("functional_areas", areas))
    yards = DataFrame({"shape": [Point(0, 0)], "accuracy_m": [0.0]})
    found = with_distances(yards, context, clauses["YD-01"]).iloc[0]
    assert (found["distance_m"], found["nearest_m"]) == (700.0, 500.0)


def sized(kind, area_m2, least=None, most=None):
    row = {"key": "Y1", "kind": kind, "area_m2": area_m2, "least_m2": area_m2, "most_m2": area_m2}
    row |= {"least_m2": area_m2 if least is None else least, "most_m2": area_m2 if most is None else most}
    return {"context": SimpleNamespace(yards=object()), "_made": {("yards",): DataFrame([row])}}


@pytest.mark.parametrize(
    ("clause", "kind", "area_m2", "verdict"),
    [
        ("YD-02", "bãi tập kết, kiểm tra hàng hóa", 4_999.999999, "not_met"),
        ("YD-02", "bãi tập kết, kiểm tra hàng hóa", 5_000.0, "met"),
        ("YD-02", "bãi tập kết, kiểm tra hàng hóa", 5_000.000001, "met"),
        ("YD-02", "địa điểm kiểm tra tập trung", 9_999.999999, "not_met"),
        ("YD-02", "địa điểm kiểm tra tập trung", 10_000.0, "met"),
        ("YD-02", "địa điểm kiểm tra tập trung", 10_000.000001, "met"),
        ("YD-02", "kho chuyển phát nhanh", 4_999.9, "not_met"),
        ("YD-02", "kho chuyển phát nhanh", 5_000.0, "met"),
        ("YD-02", "bưu chính", 999.9, "not_met"),
        ("YD-02", "bưu chính", 1_000.0, "met"),
        # a kind that does not say what it is
        ("YD-02", "bãi đỗ xe hàng", 4_999.9, "needs_input"),
        ("YD-02", "bãi đỗ xe hàng", 5_000.0, "met"),
        ("YD-02", None, 4_999.9, "needs_input"),
        ("YD-02", "kho CFS", 10.0, "met"),  # the matter of another clause
        ("YD-04", "kho CFS", 999.999999, "not_met"),
        ("YD-04", "kho CFS", 1_000.0, "needs_input"),  # the warehouse in it is in no layer
        ("YD-04", "kho CFS", 1_000.000001, "needs_input"),
        ("YD-04", "bãi đỗ xe hàng", 10.0, "met"),
        ("YD-05", "kho ngoại quan", 4_999.999999, "not_met"),
        ("YD-05", "kho ngoại quan", 5_000.0, "needs_input"),
        ("YD-05", "kho ngoại quan", 5_000.000001, "needs_input"),
        ("YD-05", "bãi ngoại quan", 9_999.999999, "not_met"),
        ("YD-05", "bãi ngoại quan", 10_000.0, "met"),
        ("YD-05", "bãi ngoại quan", 10_000.000001, "met"),
    ],
)
def test_least_areas(asked, clause, kind, area_m2, verdict):
    """YD-02, YD-04, YD-05: by what the yard is."""
    assert asked(clause, **sized(kind, area_m2)).verdict == verdict


@pytest.mark.parametrize(
    ("least", "most", "verdict"),
    [
        (5_000, 6_000, "met"),
        (4_999, 5_001, "cannot_tell"),
        (4_998, 4_999.9, "not_met"),
        (np.nan, np.nan, "cannot_tell"),
    ],
)
def test_drawn_and_licensed_area_that_disagree_leave_it_open(asked, least, most, verdict):
    """The interval spans both; a yard without a shape or a licence is not small."""
    kind = "bãi tập kết"
    assert asked("YD-02", **sized(kind, np.nan if np.isnan(least) else 5_000.0, least, most)).verdict == verdict


def test_without_yards_input_is_needed(asked):
    """No layer is not “no yard”."""
    for clause in ("YD-01", "YD-02", "YD-04", "YD-05", "YD-06", "YD-07"):
        context = SimpleNamespace(papers=None)
        assert asked(clause, context=context, _made={("yards",): None}).verdict == "needs_input"


KINDS = ["đăng ký đầu tư", "thuê đất", "giấy phép xây dựng", "phòng cháy chữa cháy", "môi trường", "hải quan"]


@pytest.mark.parametrize(
    ("kinds", "verdict"), [(KINDS, "met"), (KINDS[1:], "not_met"), (KINDS + KINDS, "met"), ([], "not_met")]
)
def test_six_kinds_of_papers(asked, kinds, verdict):
    """YD-07: all six, five, twelve, none; papers of another layer do not count."""
    papers = DataFrame({"layer": "yards", "feature": "Y1", "kind": kinds}, index=range(len(kinds)))
    other = DataFrame({"layer": ["projects"], "feature": ["Y1"], "kind": [KINDS[0]]})
    subjects = sized("bãi", 1.0)
    subjects["context"].papers = pd.concat([papers, other], ignore_index=True)
    assert asked("YD-07", **subjects).verdict == verdict
