"""The procedure: every threshold at, just under and just over; every reading; nothing decided silently."""

from types import SimpleNamespace

import pytest
import shapely

from planning.law.case import Case
from planning.law.choice import rule_set_named
from planning.law.districts import Districts
from planning.law.procedure import common_procedure, procedures

HA = 10_000 * 1_000_000
SAME = Districts((), (), ())
DAY = "2025-07-01"


def readings(finding):
    return {one.key: one.finding.verdict for one in finding.readings}


@pytest.mark.parametrize(
    ("added", "removed", "verdict"),
    [
        (200 * HA - 1, 0, "met"),
        (200 * HA, 0, "met"),
        (200 * HA + 1, 0, "not_met"),
        (0, 200 * HA, "met"),
        (0, 200 * HA + 1, "not_met"),
        (0, 0, "met"),
        # net and gross disagree: 150 ha in and 150 ha out are nothing net, 300 ha gross
        (150 * HA, 150 * HA, "cannot_tell"),
        (100 * HA, 100 * HA, "met"),
    ],
)
def test_two_hundred_hectares_bind_a_large_zone(asked, change, added, removed, verdict):
    """ZB-02: of 39,400 ha one percent is 394 ha, so 200 ha decide, to the square millimetre."""
    finding = asked("ZB-02", change=change(added, removed))
    assert (finding.verdict, float(finding.threshold)) == (verdict, 2_000_000.0)


@pytest.mark.parametrize(("added", "verdict"), [(100 * HA - 1, "met"), (100 * HA, "met"), (100 * HA + 1, "not_met")])
def test_one_percent_binds_a_small_zone(asked, change, added, verdict):
    """ZB-02: of 10,000 ha one percent is 100 ha."""
    assert asked("ZB-02", change=change(added, declared_ha=10_000)).verdict == verdict


@pytest.mark.parametrize(
    ("margin", "verdict"),
    [(0, "met"), (10_000, "met"), (10_000.5, "cannot_tell"), (None, "cannot_tell")],
)
def test_a_margin_that_straddles_the_threshold_cannot_tell(asked, change, margin, verdict):
    """199 ha known to 1 ha is met; known a little worse, or nobody knows how well, it is open, and says so."""
    finding = asked("ZB-02", change=change(199 * HA, margin=margin))
    assert finding.verdict == verdict
    assert bool(finding.note.vi) is (verdict == "cannot_tell")


def test_percentages_are_of_the_declared_area_with_the_drawn_beside(asked, change):
    """3,940 ha are 10 % of the declared 39,400 ha and 12.5 % of a drawn 31,520 ha."""
    finding = asked("ZB-02", change=change(3_940 * HA, base_ha=31_520))
    gross = finding.readings[1]
    assert (float(gross.of_declared.value), float(gross.of_drawn.value)) == (0.1, 0.125)


@pytest.mark.parametrize("clause", ["ZB-02", "ZB-03", "ZB-04"])
def test_without_a_declared_area_input_is_needed(asked, change, clause):
    """A share of an area that nobody declared is no number."""
    finding = asked(clause, change=change(HA, declared_ha=None), _made={("districts", DAY): SAME})
    assert (finding.verdict, "declared_area_ha" in finding.note.en) == ("needs_input", True)


@pytest.mark.parametrize(
    ("added", "removed", "districts", "verdict"),
    [
        (3_940 * HA - 1, 0, SAME, "met"),
        (3_940 * HA, 0, SAME, "met"),
        (3_940 * HA + 1, 0, SAME, "not_met"),
        # another district: by the former ones not met, without districts met
        (3_940 * HA, 0, Districts(("Huyện Lộc Bình",), (), ()), "cannot_tell"),
        (3_940 * HA + 1, 0, Districts(("Huyện Lộc Bình",), (), ()), "not_met"),
        (HA, 0, Districts((), ("Huyện Chi Lăng",), ()), "cannot_tell"),
        (HA, 0, Districts((), (), ("–",)), "cannot_tell"),
        (HA, 0, None, "needs_input"),
        (3_941 * HA, 0, None, "not_met"),
        # 2,000 ha in and 2,000 ha out: 0 % net, 10.15 % gross
        (2_000 * HA, 2_000 * HA, SAME, "cannot_tell"),
        (1_970 * HA, 1_970 * HA, SAME, "met"),
    ],
)
def test_ten_percent_and_the_same_districts(asked, change, added, removed, districts, verdict):
    """ZB-03: both conditions, by every reading; where they differ nobody decides."""
    finding = asked("ZB-03", change=change(added, removed), _made={("districts", DAY): districts})
    assert finding.verdict == verdict
    assert set(readings(finding)) == {"net", "gross", "former_districts", "no_districts"}


@pytest.mark.parametrize(
    ("added", "removed", "verdict"),
    [
        (3_940 * HA - 1, 0, "met"),
        (3_940 * HA, 0, "met"),
        # beyond it only plans that require the change are a ground: a document
        (3_940 * HA + 1, 0, "needs_input"),
        (0, 20_000 * HA, "met"),
        # +5,000 −2,000: 7.6 % net, 12.7 % added
        (5_000 * HA, 2_000 * HA, "needs_input"),
    ],
)
def test_a_ground_of_adjustment(asked, change, added, removed, verdict):
    """ZB-04: a reduction, growth of at most ten percent, or a document."""
    assert asked("ZB-04", change=change(added, removed)).verdict == verdict


def beside(gap_m):
    zone = shapely.multipolygons([shapely.box(0, 0, 100, 100)])
    added = shapely.multipolygons([shapely.box(100 + gap_m, 0, 200 + gap_m, 100)])
    return SimpleNamespace(accuracy_m=5.0, proposal=SimpleNamespace(regions=SimpleNamespace(base=zone, added=added)))


@pytest.mark.parametrize(
    ("gap_m", "verdict"),
    [(0, "met"), (0.001, "met"), (0.002, "cannot_tell"), (5.0, "cannot_tell"), (5.001, "needs_input")],
)
def test_land_that_touches_is_adjacent(asked, gap_m, verdict):
    """ZB-05: to the millimetre; a gap within the accuracy is open, a wider one needs proof of shared infrastructure."""
    assert asked("ZB-05", context=beside(gap_m)).verdict == verdict


def test_without_added_land_there_is_nothing_to_be_adjacent(asked):
    """ZB-05 of a reduction."""
    context = beside(0)
    context.proposal.regions.added = shapely.MultiPolygon()
    assert asked("ZB-05", context=context).verdict == "met"


@pytest.mark.parametrize(
    ("districts", "verdict", "both"),
    [
        (SAME, "met", "met"),
        (Districts(("Huyện Lộc Bình",), (), ()), "not_met", "cannot_tell"),
        (Districts((), (), ("Huyện Lộc Bình",)), "cannot_tell", "cannot_tell"),
        (None, "needs_input", "needs_input"),
    ],
)
def test_the_list_of_districts_and_both_its_readings(asked, change, districts, verdict, both):
    """ZB-12 asks the former districts; ZB-13 says where it matters which way they are read."""
    subjects = {"change": change(HA), "_made": {("districts", DAY): districts}}
    assert asked("ZB-12", **subjects).verdict == verdict
    assert asked("ZB-13", **subjects).verdict == both
    if districts and districts.entering:
        assert "Huyện Lộc Bình" in asked("ZB-12", **subjects).note.vi


@pytest.mark.parametrize("districts", [SAME, Districts(("Huyện Lộc Bình",), (), ())])
def test_a_line_of_unknown_accuracy_takes_in_no_district_for_sure(asked, change, districts):
    """ZB-12, ZB-13, and what ZB-03 says of districts are open then; where nothing changes no line is asked."""
    subjects = {"change": change(HA, margin=None), "_made": {("districts", DAY): districts}}
    for clause in ("ZB-12", "ZB-13"):
        found = asked(clause, **subjects)
        assert (found.verdict, found.figure.high) == ("cannot_tell", None)
        assert "sai số của ranh giới" in found.note.vi
    assert readings(asked("ZB-03", **subjects))["former_districts"] == "cannot_tell"
    unchanged = {"change": change(margin=None), "_made": {("districts", DAY): SAME}}
    assert {asked(clause, **unchanged).verdict for clause in ("ZB-12", "ZB-13")} == {"met"}


@pytest.mark.parametrize(
    ("added", "removed", "districts", "common"),
    [
        (0, 0, SAME, "no_change"),
        (200 * HA, 0, SAME, "no_procedure"),
        (200 * HA + 1, 0, SAME, "adjustment"),
        (3_940 * HA, 0, SAME, "adjustment"),
        (3_940 * HA + 1, 0, SAME, "expansion"),
        (0, 3_940 * HA, SAME, "reduction"),
        # more than ten percent out: a reduction, or nothing that the clauses know
        (0, 3_940 * HA + 1, SAME, "cannot_tell"),
        (201 * HA, 0, Districts(("Huyện Lộc Bình",), (), ()), "cannot_tell"),
        (3_941 * HA, 0, Districts(("Huyện Lộc Bình",), (), ()), "expansion"),
        (201 * HA, 0, None, "cannot_tell"),
        (2_000 * HA, 2_000 * HA, SAME, "cannot_tell"),
    ],
)
def test_the_four_way_test(change, added, removed, districts, common):
    """No procedure, adjustment, expansion, reduction; eight readings, and one word only where they agree."""
    case = Case(SimpleNamespace(), {}, None)
    vars(case).update(change=change(added, removed), _made={("districts", DAY): districts})
    table = procedures(case, rule_set_named("nd-35-2022"))
    assert len(table.frame) == 8
    assert common_procedure(table) == common


def test_each_reading_is_told_where_they_differ(change):
    """Into another district: an expansion by the former districts, an adjustment without districts."""
    case = Case(SimpleNamespace(), {}, None)
    entering = Districts(("Huyện Lộc Bình",), (), ())
    vars(case).update(change=change(1_000 * HA), _made={("districts", DAY): entering})
    frame = procedures(case, rule_set_named("nd-35-2022")).frame
    assert set(frame["procedure"][frame["districts"] == "former_districts"]) == {"expansion"}
    assert set(frame["procedure"][frame["districts"] == "no_districts"]) == {"adjustment"}
