"""Administrative units and the border: what is cut, whether lists are whole, what touches the line, how wide the belt is."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import LineString, MultiPolygon, box

from gis.fabric import Fabric
from planning.coded import Coded
from planning.law.border import Border

CRS = "EPSG:9215"
NOW = "admin_units@2025-07-01"


def vintage(layer, names, codes=None, **fields):
    codes = codes or [f"{number:05d}" for number in range(len(names))]
    return SimpleNamespace(layer=layer, before=DataFrame({"key": codes, "name": names, **fields}))


def states(layer, base=(), proposed=()):
    base, proposed = list(base) or ["inside"] * len(proposed), list(proposed) or ["inside"] * len(base)
    names = [f"Xã {number}" for number in range(len(base))]
    frame = DataFrame({"name": names, "state_base": base, "state_proposed": proposed})
    return {f"by.{layer}": SimpleNamespace(frame=frame)}


ZONE = DataFrame({"status": ["approximate"]})


def oldest(base=(), proposed=(), stated_m=5.0):
    layer = "admin_units@2009-04-01"
    return {
        "context": SimpleNamespace(vintages=(vintage(layer, []),), stated_accuracy_m=stated_m, zone=ZONE),
        "tables": states(layer, base, proposed),
    }


@pytest.mark.parametrize(
    ("clause", "state", "verdict"),
    [
        # ZB-15: where the proposed line cuts a commune its hamlets are needed
        ("ZB-15", [], "met"),
        ("ZB-15", ["crossed"], "needs_input"),
        ("ZB-15", ["undecidable"], "cannot_tell"),
        # ZB-16: at least one commune of the list is in it in part
        ("ZB-16", ["inside", "outside"], "not_met"),
        ("ZB-16", ["crossed"], "met"),
        ("ZB-16", ["crossed", "crossed"], "met"),
        ("ZB-16", ["undecidable"], "cannot_tell"),
    ],
)
def test_communes_that_are_cut(asked, clause, state, verdict):
    """None, one, several, undecidable."""
    state = state or ["inside"]
    finding = asked(clause, **(oldest(proposed=state) if clause == "ZB-15" else oldest(base=state)))
    assert finding.verdict == verdict
    assert ("Xã 0" in finding.note.vi) is (state[0] in ("crossed", "undecidable"))


@pytest.mark.parametrize(("count", "verdict"), [(64, "needs_input"), (65, "met"), (66, "not_met")])
def test_the_units_of_the_province(asked, count, verdict):
    """AD-01: 65 since 1 July 2025; fewer are an incomplete list, more cannot be."""
    units = vintage(NOW, [f"Xã {number}" for number in range(count)])
    assert asked("AD-01", context=SimpleNamespace(vintages=(units,))).verdict == verdict


def test_a_vintage_that_still_has_districts(asked):
    """AD-01: 65 rows of which one is a district."""
    units = vintage(NOW, ["Huyện Lộc Bình", *(f"Xã {number}" for number in range(64))])
    assert asked("AD-01", context=SimpleNamespace(vintages=(units,))).verdict == "not_met"


@pytest.mark.parametrize(
    ("cut", "inside", "open_", "verdict"),
    [
        (5, 4, 0, "met"),
        (4, 5, 0, "not_met"),
        (6, 3, 0, "not_met"),
        (5, 3, 0, "not_met"),
        (5, 5, 0, "not_met"),
        (5, 3, 1, "cannot_tell"),
        (5, 4, 1, "cannot_tell"),
    ],
)
def test_the_units_of_the_zone(asked, cut, inside, open_, verdict):
    """AD-03: nine units, five of them cut."""
    state = ["crossed"] * cut + ["inside"] * inside + ["undecidable"] * open_ + ["outside"] * 3
    context = SimpleNamespace(vintages=(vintage(NOW, []),), stated_accuracy_m=5.0, zone=ZONE)
    assert asked("AD-03", context=context, tables=states(NOW, base=state)).verdict == verdict


@pytest.mark.parametrize(
    "state", [["crossed"], ["inside", "outside"], ["crossed"] * 5 + ["inside"] * 4, ["crossed"] * 15]
)
def test_a_line_of_unknown_accuracy_cuts_nothing_for_sure(asked, state):
    """What is counted along it decides nothing, unless it is the official one, which is exact if it says nothing."""
    of_2009 = oldest(base=state, stated_m=None)
    context = SimpleNamespace(vintages=(vintage(NOW, []),), stated_accuracy_m=None, zone=ZONE)
    for found in (asked("ZB-16", **of_2009), asked("AD-03", context=context, tables=states(NOW, base=state))):
        assert found.verdict == "cannot_tell"
        assert "sai số của ranh giới" in found.note.vi or "sai số của ranh giới" in found.readings[0].finding.note.vi
    whole = oldest(proposed=["inside"], stated_m=None)
    assert asked("ZB-15", **whole).verdict == "cannot_tell"
    for context in (of_2009["context"], whole["context"]):
        context.zone = DataFrame({"status": ["official"]})
    assert asked("ZB-15", **whole).verdict == "met"
    assert asked("ZB-16", **of_2009).verdict == ("met" if "crossed" in state else "not_met")


def test_a_vintage_that_is_not_there(asked):
    """Its rules need input."""
    for clause in ("AD-01", "AD-02", "AD-03", "ZB-15", "ZB-16"):
        assert asked(clause, context=SimpleNamespace(vintages=()), books=None).verdict == "needs_input"


class Books:
    """Parcels with the columns that are given."""

    def __init__(self, count, **columns):
        self.count, self.columns = count, columns

    def __len__(self):
        return self.count

    def field(self, name):
        return DataFrame(self.columns)[name] if name in self.columns else None


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(["2009-04-01", "2009-04-01"], "met"), (["2009-04-01", None], "needs_input"), (None, "needs_input")],
)
def test_codes_stand_with_their_day(asked, days, verdict):
    """AD-02: codes that are used again are counted; parcels whose code has no day need one."""
    before = vintage("admin_units@2009-04-01", ["Phường Vĩnh Trại", "Xã Hoàng Đồng"], ["05977", "05986"])
    now = vintage(NOW, ["Phường Đông Kinh", "Xã Hoàng Đồng"], ["05977", "05986"])
    books = Books(2, valid_from=days) if days else Books(2)
    finding = asked("AD-02", context=SimpleNamespace(vintages=(before, now)), books=books)
    assert finding.verdict == verdict
    assert finding.readings[0].finding.figure.value == 1


BORDER = LineString([(0, 0), (0, 10_000)])


def at_border(*, yards=None, projects=None, belt=None, units=None, added=None, accuracy_m=0.0, border=BORDER):
    lines = GeoDataFrame({"kind": ["border"]}, geometry=[border], crs=CRS) if border else None
    return SimpleNamespace(
        infrastructure=None if lines is None else SimpleNamespace(before=lines),
        yards=None if yards is None else SimpleNamespace(after=yards),
        projects=projects,
        constraints=None if belt is None else SimpleNamespace(before=belt),
        vintages=() if units is None else (SimpleNamespace(layer=NOW, before=units),),
        proposal=SimpleNamespace(regions=SimpleNamespace(added=added or MultiPolygon())),
        stated_accuracy_m=accuracy_m,
        accuracy_m=accuracy_m,
        zone=DataFrame({"status": ["digitised"]}),
        parcels=None,
    )


def land(gap_m, **fields):
    return GeoDataFrame({"code": ["a"], **fields}, geometry=[box(gap_m, 100, gap_m + 50, 200)], crs=CRS)


@pytest.mark.parametrize(
    ("gap_m", "accuracy_m", "part"),
    [
        (29.999, 0.0, "not_met"),
        (30.0, 0.0, "met"),
        (30.001, 0.0, "met"),
        (35.0, 5.0, "met"),
        (34.999, 5.0, "cannot_tell"),
        (24.999, 5.0, "not_met"),
    ],
)
def test_thirty_metres_from_the_border(asked, gap_m, accuracy_m, part):
    """BD-03: yards and projects can be asked; what is no layer needs a survey, so nothing is simply met."""
    finding = asked("BD-03", context=at_border(yards=land(gap_m), accuracy_m=accuracy_m))
    assert finding.readings[0].finding.verdict == part
    assert finding.verdict == ("needs_input" if part == "met" else part)
    assert asked("BD-03", context=at_border(projects=land(gap_m), accuracy_m=accuracy_m)).verdict == finding.verdict


@pytest.mark.parametrize(
    ("gap_m", "land_use", "part"),
    [
        (499.999, "SKS", "not_met"),
        (500.0, "SKS", "met"),
        (500.001, "SKS*", "met"),
        (10.0, "CLN", "met"),
        (10.0, "CLN-C+SKS-P", "not_met"),
    ],
)
def test_five_hundred_metres_for_mines(asked, gap_m, land_use, part):
    """BD-04: parcels of mining; burning and blasting are in no layer."""
    context = at_border()
    rows = land(gap_m, land_use=[land_use])
    context.parcels = SimpleNamespace(before=rows, fabric_before=Fabric.from_frame(rows))
    context.parcel_texts = lambda name: Coded.of(rows[name])
    finding = asked("BD-04", context=context)
    assert finding.readings[0].finding.verdict == part
    assert finding.verdict == ("needs_input" if part == "met" else part)


@pytest.mark.parametrize(
    ("width_m", "accuracy_m", "verdict"),
    [
        (99.999, 0.0, "not_met"),
        (100.0, 0.0, "met"),
        (100.001, 0.0, "met"),
        (999.999, 0.0, "met"),
        (1_000.0, 0.0, "met"),
        (1_000.001, 0.0, "not_met"),
        (998.0, 5.0, "cannot_tell"),
    ],
)
def test_the_belt_is_as_wide_as_a_province_may_set(asked, width_m, accuracy_m, verdict):
    """BD-02: 100 to 1,000 m inwards from the border, from the supplied layer."""
    shape = box(0, 0, width_m, 10_000)
    belt = GeoDataFrame({"code": ["v"], "kind": ["border_belt"], "accuracy_m": [accuracy_m]}, geometry=[shape], crs=CRS)
    finding = asked("BD-02", context=at_border(belt=belt))
    assert {one.key: one.finding.verdict for one in finding.readings} == {"taken_in": "met", "width": verdict}
    assert finding.verdict == verdict


def test_a_belt_is_never_computed(asked):
    """BD-02: without the supplied layer there is no data; land of it that is taken in needs an authority."""
    assert asked("BD-02", context=at_border()).verdict == "needs_input"
    belt = GeoDataFrame({"code": ["v"], "kind": ["vành đai biên giới"]}, geometry=[box(0, 0, 500, 10_000)], crs=CRS)
    added = MultiPolygon([box(400, 0, 900, 100)])
    finding = asked("BD-02", context=at_border(belt=belt, added=added))
    assert (finding.verdict, finding.figure.value) == ("needs_input", 10_000)


@pytest.mark.parametrize(
    ("gap_m", "verdict", "count"),
    [(0.0, "met", 1), (0.001, "met", 1), (0.002, "cannot_tell", 0), (5.0, "cannot_tell", 0), (5.001, "met", 0)],
)
def test_border_communes_touch_the_border(asked, gap_m, verdict, count):
    """BD-01: to the millimetre; within the accuracy of the line it is open."""
    units = land(gap_m, name=["Xã Đồng Đăng"])
    tables = states(NOW, proposed=["inside"])
    finding = asked("BD-01", context=at_border(units=units, accuracy_m=5.0), tables=tables)
    assert (finding.verdict, finding.figure.value) == (verdict, count)


def test_without_a_border_line_its_rules_need_input(asked):
    """The line has to be supplied by the state."""
    for clause in ("BD-01", "BD-03", "BD-04"):
        assert asked(clause, context=at_border(border=None, yards=land(1.0))).verdict == "needs_input"


def test_the_nearest_of_many_shapes_is_found_among_few():
    """Which shape is nearest to the border is told by boxes first: its distance is that of all shapes asked."""
    numbers = np.random.default_rng(3)
    for _ in range(50):
        line = shapely.LineString(np.cumsum(numbers.uniform(-40, 90, (30, 2)), axis=0))
        corners = numbers.uniform(-500, 2500, (40, 1, 2)) + numbers.uniform(0, 300, (40, 3, 2))
        shapes = shapely.convex_hull(shapely.multipoints(corners))
        wanted = round(float(shapely.distance(shapes, line).min()), 3)
        assert Border(line, None).least_distance_m(shapes) == pytest.approx(wanted, abs=1e-9)
