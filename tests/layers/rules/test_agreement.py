"""Rules of agreement and relations: figures that should be one, and features that should belong together."""

from collections.abc import Callable

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.testing import drawn
from layers.report import Report
from layers.testing import of, parcels

Ask = Callable[..., Report]


def test_measured_area_against_the_drawing(ask: Ask) -> None:
    """What the accuracy of the sheet can explain is no finding: 7 cm along 400 m are 28 m²."""
    frame = parcels("abc", measured_area_m2=[10_020.0, 10_050.0, None])
    report = ask("parcels", frame)
    assert of(report, "agreement.drawn_area", "feature", "stated", "expected") == [("a/1/b", 10_050.0, 10_000.0)]
    assert of(report, "agreement.drawn_area", "allowed")[0] == 0.07 * 400 + 0.05
    assert "agreement.drawn_area" not in ask("parcels", frame.assign(source_scale="1:2000")).counts


def test_legal_area_against_the_measured(ask: Ask) -> None:
    """Papers that say another area than was measured; without one of the two there is nothing to compare."""
    frame = parcels("abcd", measured_area_m2=[1e4, 1e4, 1e4, None], legal_area_m2=[1e4, 1.1e4, None, 1e4])
    assert of(ask("parcels", frame), "agreement.legal_area", "feature", "stated") == [("a/1/b", 11_000.0)]


def test_declared_area_only_where_an_accuracy_is_stated(ask: Ask) -> None:
    """A decision declares its area; the drawing is measured against it only if it says how good it is."""
    zone = drawn("zz\nzz", cell_m=100.0).assign(name="Khu", declared_area_ha=5.0)
    assert "agreement.declared_area" not in ask("zone", zone).counts
    assert of(ask("zone", zone.assign(accuracy_m=5.0)), "agreement.declared_area", "expected") == [40_000.0]
    assert "agreement.declared_area" not in ask("zone", zone.assign(accuracy_m=25.0)).counts


def test_uses_sum_to_their_parcel(ask: Ask) -> None:
    """Lines of use that sum to another area than the parcel."""
    uses = DataFrame(
        {"parcel": ["a/1/a", "a/1/a", "a/1/b"], "land_use": ["ONT", "CLN", "ONT"], "measured_area_m2": [4e3, 6e3, 9e3]}
    )
    report = ask("parcels", parcels("ab", measured_area_m2=1e4), parcel_uses=uses)
    assert of(report, "agreement.uses_sum", "feature", "stated") == [("a/1/b", 9_000.0)]


def test_the_sum_of_objects_is_what_they_enclose(ask: Ask) -> None:
    """By commune, too much where parcels overlap and too little where they gape."""
    frame = parcels("aab\na.b\nccb")
    road = drawn("...\n...\n...\n..r", cell_m=100.0).assign(code="QL", kind="national_road_area")
    report = ask("parcels", frame, infrastructure=road)
    assert of(report, "agreement.envelope", "feature", "stated", "expected") == [("a", 80_000.0, 90_000.0)]
    twice = GeoDataFrame(pd.concat([frame, frame.iloc[[1]].assign(parcel_no="d")], ignore_index=True), crs=frame.crs)
    report = ask("parcels", twice, infrastructure=road)
    assert of(report, "agreement.envelope", "stated", "expected") == [(110_000.0, 90_000.0)]


def test_units_of_a_vintage_close_as_one(ask: Ask) -> None:
    """A column of their source that is called as ours is one of the source's: units are summed by their day."""
    units = drawn("aa.bbb\naa.bbb", key="code", cell_m=100.0).assign(
        valid_from="2009-04-01", commune=["Huu Le", "Van An"]
    )
    report = ask("admin_units", units)
    assert "agreement.envelope" not in report.counts
    twice = GeoDataFrame(
        pd.concat([units, units.iloc[[1]].assign(code="c", commune="Song")], ignore_index=True), crs=units.crs
    )
    assert of(ask("admin_units", twice), "agreement.envelope", "feature", "field") == [("2009-04-01", "valid_from")]


def test_parcels_lie_in_their_commune(ask: Ask) -> None:
    """Outside by the larger part, across the line by more than the accuracy, in an unknown commune, of an unknown day."""
    across = shapely.box(
        440_000, 2_420_250, 440_310, 2_420_400
    )  # commune a ends 300 m east of the corner, from 200 m up
    frame = parcels("abc").assign(commune=["a", "b", "zz"], geometry=[across, across, across])
    report = ask("parcels", frame)
    assert of(report, "relations.across_commune_line", "feature", "area_mm2") == [("a/1/a", 10 * 150 * 10**6)]
    assert of(report, "relations.outside_commune", "feature", "area_mm2") == [("b/1/b", 300 * 150 * 10**6)]
    assert of(report, "relations.commune_unknown", "feature", "value") == [("zz/1/c", "zz")]


def test_a_code_without_its_day_may_mean_two_communes(ask: Ask) -> None:
    """Once for each such code, with the number of parcels; a code of one vintage is clear."""
    report = ask("parcels", parcels("ab", valid_from=None).assign(commune=["a", "b"]))
    assert of(report, "relations.vintage_missing", "feature", "stated") == [("a", 1.0)]


def test_a_code_that_only_one_vintage_has_needs_no_day(ask: Ask) -> None:
    """Commune b was never used again: its parcels are placed in it; so are all where units have no day."""
    far = parcels("a", valid_from=None).assign(
        commune="b", geometry=shapely.box(440_000, 2_420_000, 440_100, 2_420_100)
    )
    assert of(ask("parcels", far), "relations.outside_commune", "feature") == ["b/1/a"]
    units = drawn("ab\nab", key="code", cell_m=100.0).assign(name=["A", "B"], valid_from=None)
    report = ask("parcels", parcels("ab\nab").assign(commune=["a", "b"]), admin_units=units)
    assert not [rule for rule in report.counts if rule.startswith("relations.")]


def test_functional_areas_lie_in_the_zone(ask: Ask) -> None:
    """Beyond the line by more than its accuracy; an area that is said to lie outside is none."""
    areas = drawn("ff..gg\nff..gg\n......\n......\n......", key="code", cell_m=100.0)
    beyond = drawn("...ff.\n......\n......\n......\n......", key="code", cell_m=100.0)
    assert of(ask("functional_areas", beyond), "relations.outside_zone", "area_mm2") == [10**10]
    report = ask("functional_areas", areas)
    assert of(report, "relations.outside_zone", "feature") == ["g"]
    assert "relations.outside_zone" not in ask("functional_areas", areas.assign(managed_by_board=[False, True])).counts


def test_yards_stand_on_parcels(ask: Ask) -> None:
    """A yard on two parcels is well, one beside them is told."""
    yards = drawn("......\n......\n......\n......\nxx.yy.", key="code", cell_m=100.0).assign(name=["X", "Y"])
    land = parcels("aabb")
    report = ask("yards", yards, parcels=land.iloc[[0]])
    assert of(report, "relations.yard_without_parcel", "feature") == ["y"]


def test_a_yard_serves_a_gate_that_is_there(ask: Ask) -> None:
    """By its name, however it is spelt, or its code; blank is not stated; without gates nothing can be asked."""
    yards = drawn("uuvvww\nxxyyzz", key="code", cell_m=100.0)
    yards = yards.assign(gate=["cửa khẩu  MỘT", "g2", None, "", "?", "Cửa khẩu lạ"])
    report = ask("yards", yards)
    assert of(report, "relations.gate_unknown", "feature") == ["y", "z"]
    assert of(report, "relations.gate_unknown", "value") == ["?", "Cửa khẩu lạ"]
    assert set(of(report, "relations.gate_unknown", "field")) == {"gate"}
    gates = GeoDataFrame({"code": [], "name": []}, geometry=[], crs=yards.crs)
    assert "relations.gate_unknown" not in ask("yards", yards, gates=gates).counts
    assert "relations.gate_unknown" not in ask("yards", yards.drop(columns="gate")).counts


def test_what_stands_in_yards_belongs_to_one(ask: Ask) -> None:
    """A building of a yard that is not there, or of none, is in no layout; without yards nothing can be asked."""
    parts = drawn("aabbcc", key="code", cell_m=10.0).assign(yard=["x", "y", None])
    yards = drawn("xx", key="code", cell_m=100.0)
    report = ask("yard_parts", parts, yards=yards)
    assert of(report, "relations.yard_unknown", "feature") == ["b", "c"]
    assert of(report, "relations.yard_unknown", "value") == ["y", ""]
    assert set(of(report, "relations.yard_unknown", "field")) == {"yard"}
    assert of(ask("yard_parts", parts.drop(columns="yard"), yards=yards), "relations.yard_unknown", "value") == [""] * 3
    assert "relations.yard_unknown" not in ask("yard_parts", parts, yards=yards.iloc[:0]).counts


def test_tables_speak_of_what_is_there(ask: Ask) -> None:
    """Papers of a yard that is not there, of a layer that is none; a unit is named with or without its day."""
    papers = DataFrame(
        {
            "layer": ["yards", "yards", "bến", "admin_units"],
            "feature": ["y", "Y9", "y", "a"],
            "kind": "giấy",
            "number": list("1234"),
        }
    )
    assert of(ask("papers", papers), "relations.without_object", "value") == ["bến y", "yards Y9"]
    uses = DataFrame({"parcel": ["a/1/a", "a/9/9"], "land_use": "ONT"})
    assert of(ask("parcel_uses", uses), "relations.without_object", "value") == ["parcels a/9/9"]
