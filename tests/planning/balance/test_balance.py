"""The balance counted on the drawing: it closes to the square millimetre, sums no overlay, splits parcels by their uses."""

import shutil
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame
from hypothesis import given, settings
from hypothesis import strategies as some
from pandas import DataFrame, Series
from shapely.affinity import translate

from gis.fabric import Fabric
from gis.measure import to_mm2
from gis.testing import drawn, examples
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.balance.land_use import by_code, by_group, in_codes_of_2024, use_areas
from planning.balance.printed import check
from planning.balance.today import balance_today
from planning.balance.uses import use_lines
from planning.coded import Coded
from planning.edits import AddUnits
from planning.effect import analyse
from planning.planned_land import Plan, planned_land
from planning.record import Record
from planning.scenario import Scenario

HA = 10_000.0
SIDES = ("base", "proposed")


def coded(texts) -> Coded:
    return Coded.of(Series(texts, dtype=object))


def record_of(project: Workspace) -> Record:
    scenarios.add(project, Scenario("x", (AddUnits(("d",), "2009-04-01"),)))
    return analyse(project, "x")


@pytest.fixture(scope="module")
def project_in(project_template, tmp_path_factory) -> Workspace:
    """Return the small project, with planned uses, horizons, uses of both regimes and a register of uses."""
    folder = shutil.copytree(project_template, tmp_path_factory.mktemp("can-bang") / "du-an")
    project = Workspace.open(folder)
    areas = project.read("functional_areas").assign(
        planned_use=["phi thuế quan", "trung chuyển"], phase=["2030", "giai đoạn đến 2045"]
    )
    uses = ["ONT-C+CLN-P", "LUC", "KKT", "CQP", None, "BHK"]
    parcels = project.read("parcels").assign(land_use=uses, planned_use=["TMD", "LUC", None, "CQP", "ONT", "ONT"])
    register = DataFrame(
        {"parcel": ["a/1/a", "a/1/a"], "land_use": ["ONT", "CLN"], "measured_area_m2": [10_000.0, 30_000.0]}
    )
    return project.write({"functional_areas": areas, "parcels": parcels, "parcel_uses": register})


@pytest.fixture(scope="module")
def record(project_in: Workspace) -> Record:
    return record_of(project_in)


def column(record: Record, table: str, name: str) -> dict[str, float]:
    frame = record.tables[table].frame
    return dict(zip(frame["key"], frame[name], strict=True))


def test_every_balance_closes_to_the_zone(record: Record):
    """Rows sum to the area of the zone before and after, to 1 mm²; percentages sum to 100.00 %."""
    for table in ("groups", "land_use", "land_use_2024", "functional_areas"):
        name = f"balance.{table}"
        frame = record.tables[name].frame
        for side in SIDES:
            assert to_mm2(frame[f"{side}_m2"]).sum() == to_mm2(record.value(f"area_m2.{side}"))
            assert record.value(f"{name}.total.{side}_m2") == record.value(f"area_m2.{side}")
            assert sum(Decimal(str(share)) for share in frame[f"{side}_percent"]) == 1
    horizons = record.tables["balance.horizons"].frame
    for _, rows in horizons.groupby("horizon"):
        assert to_mm2(rows["proposed_m2"]).sum() == to_mm2(record.value("area_m2.proposed"))
        assert sum(Decimal(str(share)) for share in rows["proposed_percent"]) == 1


def test_the_checker_of_printed_tables_finds_our_own_closed(record: Record):
    """The same checker: whole hectares of the small project, and the percentages."""
    frame = record.tables["balance.groups"].frame
    lines = [f"{row.key},{row.proposed_m2:.6f},{100 * row.proposed_percent:.2f}" for row in frame.itertuples()]
    text = "\n".join(["nhóm,m2,%", *lines, f"Tổng cộng,{record.value('area_m2.proposed'):.6f},100"])
    assert [one.closes for one in check(text, "x", lang="en")] == [True, True]


def test_rows_are_those_counted_on_the_drawing(record: Record):
    """A parcel of two uses is split one to three; overlay and withheld codes are no use; the rest closes the zone."""
    base = {key: area / HA for key, area in column(record, "balance.land_use", "base_m2").items()}
    # a: 1 ha ONT and 3 ha CLN; b: 4 ha LUC; d: withheld; e: 2 ha inside, of no use; f: BHK, comes in; 4 ha are no parcel
    assert base == {"LUC": 4, "BHK": 0, "CLN": 3, "ONT": 1, "–": 2, "unparcelled": 6}
    groups = {key: area / HA for key, area in column(record, "balance.groups", "base_m2").items()}
    assert groups == {"NNP": 7, "PNN": 1, "–": 2, "unparcelled": 6}


def test_overlay_totals_stand_apart(record: Record):
    """KKT is the zone itself; KDT, DNT, KBT nobody recorded: no data, not zero; none is in a sum."""
    overlays = column(record, "balance.overlays", "proposed_m2")
    assert overlays.pop("KKT") == record.value("area_m2.proposed")
    assert all(np.isnan(area) for area in overlays.values())
    assert not {"KKT", "KDT", "DNT", "KBT"} & set(column(record, "balance.land_use", "base_m2"))


def test_codes_of_both_regimes_are_counted_as_recorded_and_under_their_successors(record: Record):
    """BHK is a code of before 2024 and becomes HNK; how much land stands in older codes is a fact."""
    assert "BHK" in column(record, "balance.land_use", "base_m2")
    later = column(record, "balance.land_use_2024", "proposed_m2")
    assert "BHK" not in later
    assert later["HNK"] == record.value("balance.codes.old_only.proposed_m2")


def test_horizons_add_up_what_is_planned_by_then(record: Record):
    """Area f by 2030; f and g by 2045; the rest is other land."""
    base = {key: area / HA for key, area in column(record, "balance.horizons", "base_m2").items()}
    assert base == {
        "2030/phi thuế quan": 4,
        "2030/other": 12,
        "2045/phi thuế quan": 4,
        "2045/trung chuyển": 4,
        "2045/other": 8,
    }


def test_the_transition_closes_with_the_uses(record: Record):
    """Each current use goes somewhere, planned or not; withheld land is in no row."""
    frame = record.tables["balance.transition"].frame
    uses = column(record, "balance.land_use", "proposed_m2")
    for use, rows in frame.groupby("land_use"):
        assert to_mm2(rows["proposed_m2"]).sum() == to_mm2(uses[use])
    assert record.value("balance.transition[ONT → phi thuế quan].base_m2") == HA / 2
    assert not frame["key"].str.contains("CQP|withheld").any()
    codes = record.tables["balance.transition_codes"].frame["key"]
    assert {"ONT → TMD", "CLN → TMD"} <= set(codes)
    assert not codes.str.contains("CQP").any()


def test_the_json_holds_the_balance_in_both_languages(record: Record):
    """Rows by table, words with their English."""
    rows = as_json(record)["balance"]["groups"]
    assert (rows[0]["key"], rows[0]["name"], rows[0]["name_en"]) == (
        "NNP",
        "Đất nông nghiệp",
        "Agricultural land (group total)",
    )


def test_the_established_zone_has_a_balance_without_a_scenario(project_in: Workspace, record: Record):
    """Its base is that of every scenario; both sides are the same."""
    today = balance_today(project_in)
    frame = today.tables["balance.land_use"].frame
    assert column(today, "balance.land_use", "base_m2") == {
        key: area for key, area in column(record, "balance.land_use", "base_m2").items() if area
    }
    assert frame["base_m2"].tolist() == frame["proposed_m2"].tolist()


def test_without_parcels_or_plan_there_is_no_balance(project_in: Workspace, tmp_path):
    """What is not there has no table, and no zero."""
    bare = Workspace.create(tmp_path / "trong", "Trống", "EPSG:9215").write({"zone": project_in.read("zone")})
    assert balance_today(bare).tables == {}


def test_planned_uses_that_overlap_are_taken_off_once(project_template, tmp_path):
    """Two areas share a cell: each has it, the overlap takes it off, and everything closes."""
    project = Workspace.open(shutil.copytree(project_template, tmp_path / "du-an"))
    areas = drawn("ff....\nff....\n......\n......\n......", key="code", cell_m=100)
    moved = areas.assign(code="h").set_geometry([translate(areas.geometry[0], 100, 0)])
    areas = GeoDataFrame(pd.concat([areas, moved], ignore_index=True), crs=areas.crs)
    areas = areas.assign(planned_use=["a", "b"], name=["F", "H"])
    today = balance_today(project.write({"functional_areas": areas}))
    base = {key: area / HA for key, area in column(today, "balance.functional_areas", "base_m2").items()}
    assert base == {"f": 4, "h": 4, "overlap": -2, "other": 10}
    rows = today.tables["balance.transition"].frame
    assert rows["base_m2"][rows["key"].str.endswith("overlap")].sum() == -HA  # the other shared cell is no parcel
    uses = column(today, "balance.land_use", "base_m2")
    for use, part in rows.groupby("land_use"):
        assert to_mm2(part["base_m2"]).sum() == to_mm2(uses[use])


@settings(max_examples=examples(40))
@given(some.lists(some.integers(1, 10**10), min_size=2, max_size=5), some.integers(1, 10**13))
def test_a_parcel_is_split_without_loss(shares, area_mm2):
    """Whatever the lines of the register, the parts sum to the parcel."""
    codes = ["ONT", "CLN", "LUC", "NTS", "TMD"][: len(shares)]
    register = DataFrame({"parcel": "p", "land_use": codes, "measured_area_m2": np.array(shares) / 10})
    lines = use_lines(coded(["+".join(codes)]), Series(["p"]), register)
    sums = lines.sums_mm2(np.array([area_mm2]))
    assert sums.sum() == area_mm2
    assert set(lines.names) >= set(codes)


@pytest.mark.parametrize(
    ("written", "lines", "use"),
    [
        ("ONT+CLN", [], "ONT+CLN"),  # nobody says how much of each
        ("ONT+CLN", [("ONT", 5.0)], "ONT+CLN"),  # one line of two
        ("ONT+CLN", [("ONT", 5.0), ("CLN", None)], "ONT+CLN"),
        ("ONT*", [], "ONT"),
        ("ONT+KDT", [], "ONT"),  # an overlay is no use
        ("KKT", [], "–"),
        (None, [], "–"),
        ("CAN", [], "withheld"),
        ("17", [], "17"),
    ],
)
def test_what_the_register_does_not_say_is_not_split(written, lines, use):
    """A parcel stays whole under all of its codes rather than being guessed apart."""
    register = DataFrame(lines, columns=["land_use", "measured_area_m2"]).assign(parcel="p")
    found = use_lines(coded([written]), Series(["p"]), register)
    assert {found.names[place] for place in np.flatnonzero(found.sums_mm2(np.array([7])))} == {use}


def test_groups_of_odd_uses():
    """Codes of one group keep it; of two are mixed; unknown ones are unknown; subtotals have the group of their head."""
    written = Series(["CLN+LUC", "ONT+CLN", "17", "OTC", "LUA", "CSD"])
    lines = use_lines(coded(written), Series(list("abcdef")), None)
    inside = {side: np.full(6, 1_000_000) for side in SIDES}
    areas = use_areas(lines, inside, dict.fromkeys(SIDES, 6000000))
    groups = dict(zip(by_group(areas).frame["key"], by_group(areas).frame["base_m2"], strict=True))
    assert groups == {"NNP": 2.0, "PNN": 1.0, "CSD": 1.0, "mixed": 1.0, "unknown": 1.0}
    assert by_code(in_codes_of_2024(areas)).frame["regime"].notna().all()


def test_parcels_and_plan_close_to_the_square_millimetre():
    """Wandering plan lines through many parcels: planned and unplanned sum to what lies in the zone."""
    side = 20
    picture = "\n".join("".join(chr(0x4E00 + row * side + place) for place in range(side)) for row in range(side))
    parcels = Fabric.from_frame(drawn(picture, cell_m=9.7))
    areas = drawn("aab\nabb\ncc.", key="code", cell_m=61.3).assign(planned_use=["x", "y", "z"])
    areas = areas.set_geometry(areas.geometry.rotate(13, origin=(440_090, 2_420_090)).buffer(-0.37))
    zone = drawn("zz\nzz").geometry.iloc[0].buffer(130).simplify(3)
    plan = Plan(areas, zone)
    inside = to_mm2([parcel.intersection(zone).area for parcel in parcels.source])
    found = planned_land(parcels, dict.fromkeys(SIDES, inside), dict.fromkeys(SIDES, plan))
    sums = np.zeros(len(parcels), dtype=np.int64)
    np.add.at(sums, found.base.areas.unit, found.base.areas.area_mm2)
    assert (sums - found.base.overlap_mm2 == inside).all()
    assert not found.base.overlap_mm2.any()
