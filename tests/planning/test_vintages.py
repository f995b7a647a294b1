"""Vintages: names and codes mean a unit of one day; districts, crosswalks, and what is whole or cut, by hand."""

import pandas as pd
import pytest
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import box

from gis.states import CROSSED, INSIDE, OUTSIDE
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.admin_units import same_unit_name
from layers.predecessors import PART, WHOLE, shipped
from layers.workspace import Workspace
from planning.edits import AddPolygon, AddUnits, CutPolygon, Edit, Feature, RemoveUnits
from planning.effect import analyse
from planning.errors import UnitAmbiguous, UnitOfOtherKind, UnitOfWhichVintage, UnitUnknown, VintageUnknown
from planning.establish import zone_of_units
from planning.lineage import lineage
from planning.record import Record
from planning.revising import plan
from planning.scenario import Scenario
from planning.units import find_units, kin, named_units

OLD, NEW = "2009-04-01", "2025-07-01"

# Names and codes as they are used again: three Chi Lăng, two Thụy Hùng, codes under other names.
BEFORE = {
    "05971": ("Phường Hoàng Văn Thụ", "Thành phố Lạng Sơn"),
    "05983": ("Phường Chi Lăng", "Thành phố Lạng Sơn"),
    "06136": ("Xã Thụy Hùng", "Huyện Văn Lãng"),
    "06172": ("Xã Tân Mỹ", "Huyện Văn Lãng"),
    "06178": ("Xã Hoàng Văn Thụ", "Huyện Văn Lãng"),
    "06187": ("Thị trấn Cao Lộc", "Huyện Cao Lộc"),
    "06208": ("Xã Thuỵ Hùng", "Huyện Cao Lộc"),
    "06541": ("Xã Yên Khoái", "Huyện Lộc Bình"),
}
SINCE = {
    "06172": ("Xã Hoàng Văn Thụ", None),
    "06187": ("Phường Kỳ Lừa", None),
    "06211": ("Xã Cao Lộc", None),
    "06463": ("Xã Chi Lăng", None),
    "06541": ("Xã Mẫu Sơn", None),
}


def named(rows: dict[str, tuple[str, str | None]], day: str) -> GeoDataFrame:
    shapes = [
        box(ORIGIN_EASTING + 10 * n, ORIGIN_NORTHING, ORIGIN_EASTING + 10 * n + 10, ORIGIN_NORTHING + 10)
        for n in range(len(rows))
    ]
    names, parents = zip(*rows.values(), strict=True)
    values = {"code": list(rows), "name": names, "parent": parents, "valid_from": day}
    return GeoDataFrame(values, geometry=shapes, crs="EPSG:9215")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a project with the names of both vintages; shapes do not matter."""
    workspace = Workspace.create(tmp_path_factory.mktemp("tinh") / "p", "Lạng Sơn", "EPSG:9215")
    return workspace.write({"admin_units": pd.concat([named(BEFORE, OLD), named(SINCE, NEW)], ignore_index=True)})


@pytest.mark.parametrize(
    ("wanted", "vintage", "codes"),
    [
        ("Phường Hoàng Văn Thụ", OLD, ("05971",)),
        ("Văn Lãng/Hoàng Văn Thụ", OLD, ("06178",)),
        ("hoàng văn thụ", NEW, ("06172",)),
        ("Cao Lộc/Thụy Hùng", OLD, ("06208",)),
        ("Văn Lãng/thuỵ  hùng", OLD, ("06136",)),
        ("thị trấn Cao Lộc", OLD, ("06187",)),
        ("06541", OLD, ("06541",)),
        ("06541", NEW, ("06541",)),
    ],
)
def test_traps_of_names_and_codes(province: Workspace, wanted: str, vintage: str, codes: tuple[str, ...]) -> None:
    """Tone placement, case, spaces, kinds, districts: the unit that is meant, in the vintage that is named."""
    assert named_units(province, [wanted], vintage) == (vintage, codes)


@pytest.mark.parametrize(
    ("wanted", "vintage", "error", "told"),
    [
        ("Hoàng Văn Thụ", OLD, UnitAmbiguous, "05971 Phường Hoàng Văn Thụ .*06178 Xã Hoàng Văn Thụ"),
        ("Thụy Hùng", OLD, UnitAmbiguous, "Huyện Văn Lãng.*Huyện Cao Lộc"),
        ("Phường Hoàng Văn Thụ", NEW, UnitOfOtherKind, "06172 Xã Hoàng Văn Thụ"),
        ("Thị trấn Cao Lộc", NEW, UnitOfOtherKind, "06211 Xã Cao Lộc"),
        ("Hoang Van Thu", NEW, UnitUnknown, "Hoang Van Thu"),
        ("Hoàng Văn Thụ", None, UnitOfWhichVintage, "2009-04-01: .*2025-07-01: 06172"),
        ("06541", None, UnitOfWhichVintage, "06541 Xã Yên Khoái .*06541 Xã Mẫu Sơn"),
        ("Chi Lăng", None, UnitOfWhichVintage, "05983 Phường Chi Lăng.*06463 Xã Chi Lăng"),
        ("Yên Khoái", None, VintageUnknown, "2009-04-01, 2025-07-01"),
    ],
)
def test_nothing_is_guessed(
    province: Workspace, wanted: str, vintage: str | None, error: type[Exception], told: str
) -> None:
    """Several hits are listed; a name or code without its day is asked for it."""
    with pytest.raises(error, match=told):
        named_units(province, [wanted], vintage)


def test_a_project_of_one_vintage_is_asked_too(tmp_path) -> None:
    """The list of predecessors knows what a code was before, though the project does not."""
    workspace = Workspace.create(tmp_path / "p", "Lạng Sơn", "EPSG:9215").write({"admin_units": named(SINCE, NEW)})
    with pytest.raises(UnitOfWhichVintage, match="2025-03-01: 06541 Xã Yên Khoái"):
        named_units(workspace, ["06541"], None)
    assert named_units(workspace, ["06541"], NEW) == (NEW, ("06541",))
    elsewhere = Workspace.create(tmp_path / "q", "Nơi khác", "EPSG:9215")
    elsewhere = elsewhere.write({"admin_units": named({"00001": ("Xã Chi Lăng", None)}, NEW)})
    assert named_units(elsewhere, ["Chi Lăng"], None) == (NEW, ("00001",))


def test_units_are_looked_up_in_every_vintage(province: Workspace) -> None:
    """Those of the project, and those that only the list knows; with what became of them."""
    hits = find_units(province, "Chi Lăng")
    assert [(hit.code, hit.vintage) for hit in hits] == [
        ("05983", OLD), ("06034", "2025-03-01"), ("06466", "2025-03-01"), ("06523", "2025-03-01"), ("06463", NEW)
    ]  # fmt: skip
    old, new = find_units(province, "06541")
    assert [(way, one.told()) for way, one in kin(province, old)] == [("whole_into", "06541 Xã Mẫu Sơn")]
    assert [one.code for way, one in kin(province, new) if way == "whole_of"] == ["06532", "06541", "06547"]
    split = find_units(province, "Bính Xá")[0]
    assert [(way, one.code) for way, one in kin(province, split)] == [("part_into", "06613"), ("part_into", "06625")]


def test_kinds_are_compared_where_both_sides_say_one() -> None:
    """A ward is not a commune; a bare name may be either."""
    assert same_unit_name("xã Thuỵ Hùng", "Thụy Hùng")
    assert not same_unit_name("Thị trấn Cao Lộc", "Xã Cao Lộc")
    assert not same_unit_name("Tân Thanh", "Tân Thành")


def test_the_list_that_comes_with_the_program_is_whole() -> None:
    """194 communes of March 2025 into 65, two of them split; every row has a source and a confidence."""
    rows = shipped()
    listed = rows[rows["old_valid_on"] == "2025-03-01"]
    assert (listed["old_code"].nunique(), listed["new_code"].nunique()) == (194, 65)
    assert sorted(set(listed.loc[listed["part"] == PART, "old_name"])) == ["Xã Bính Xá", "Xã Kiên Mộc"]
    assert rows[["source", "confidence"]].notna().all(axis=None)
    renamed = listed.drop_duplicates("new_code").merge(listed, left_on="new_code", right_on="old_code")
    assert len(renamed.drop_duplicates("new_code_x")) == 65  # every new code was the code of an older unit
    first = renamed.drop_duplicates("new_code_x")
    assert (first["new_name_x"].str.casefold() != first["old_name_y"].str.casefold()).sum() == 37


def test_a_code_alone_matches_nothing() -> None:
    """Of a unit with the code of the list and another name the list does not speak; parent and name do it too."""
    old = DataFrame(
        {
            "code": ["06541", "1", "2", "06187"],
            "name": ["Xã Khác", "Xã Yên Khoái", "Xã Tú Mịch", "Thị trấn Cao Lộc"],
            "parent": ["Huyện Lộc Bình", "huyện Lộc  Bình", "Huyện Khác", None],
        }
    )
    new = DataFrame({"code": ["06541", "06187"], "name": ["Mẫu Sơn", "Phường Kỳ Lừa"]})
    found = lineage(shipped(), old, new)
    assert found[["old", "new", "part"]].to_numpy().tolist() == [["06187", "06187", WHOLE], ["1", "06541", WHOLE]]


# Older units a–d; x is a and b merged, c stays, d is split between c and e; no list knows of it but that of the project.
OLD_UNITS = """
    aaabbb
    aaabbb
    aaabbb
    cccddd
    cccddd
"""
NEW_UNITS = """
    xxxxxx
    xxxxxx
    xxxxxx
    cccccc
    ccceee
"""
LIST = DataFrame(
    [
        ["A", "Huyện M", "X", WHOLE],
        ["B", "Huyện M", "X", WHOLE],
        ["C", "Huyện N", "C", WHOLE],
        ["D", "Huyện N", "C", PART],
        ["D", "Huyện N", "E", PART],
    ],
    columns=["old_name", "old_parent", "new_name", "part"],
).assign(new_code=["x", "x", "c", "c", "e"], old_code=["a", "b", "c", "d", "d"], source="bản vẽ")


def vintaged(folder, zone: str, listed: dict[str, str] | None = None, shift_m: float = 0.0) -> Workspace:
    """Make a project of two vintages; the newer one lies `shift_m` farther east."""
    old = drawn(OLD_UNITS, key="code", cell_m=100.0)
    old = old.assign(name=old["code"].str.upper(), parent=["Huyện M", "Huyện M", "Huyện N", "Huyện N"], valid_from=OLD)
    new = drawn(NEW_UNITS, key="code", cell_m=100.0)
    new = new.assign(name=new["code"].str.upper(), valid_from=NEW, geometry=new.geometry.translate(shift_m))
    area = drawn(zone, cell_m=100.0).assign(name="Z", accuracy_m=10.0)
    layers = {
        "zone": area,
        "admin_units": GeoDataFrame(pd.concat([old, new], ignore_index=True), crs=old.crs),
        "predecessors": LIST,
    }
    if listed is not None:
        parents = dict(zip(old["name"], old["parent"], strict=True))
        rows = [
            {"name": name, "parent": parents.get(name), "valid_from": OLD, "part": part}
            for name, part in listed.items()
        ]
        layers["zone_units"] = DataFrame(rows)
    return Workspace.create(folder, "K", "EPSG:9215").write(layers)


def told(workspace: Workspace, *edits: Edit) -> Record:
    plan(workspace, Scenario("x", edits))
    return analyse(workspace, "x")


def column(record: Record, table: str, name: str) -> dict[str, object]:
    rows = record.tables[table].frame
    return dict(zip(rows["key"], rows[name], strict=True))


WEST = """
    zzz...
    zzz...
    zzz...
    ......
    ......
"""
TAKE_C = AddUnits(("c",), OLD)


def test_areas_by_former_districts(tmp_path) -> None:
    """Districts are the parents of the older vintage alone; their sums close against the zone."""
    record = told(vintaged(tmp_path / "p", WEST), TAKE_C)
    assert "by.districts@2025-07-01" not in record.tables
    rows = record.tables["by.districts@2009-04-01"].frame.set_index("key")
    assert rows["base_m2"].to_dict() == {"Huyện M": 90_000.0, "Huyện N": 0.0}
    assert rows["added_m2"].to_dict() == {"Huyện M": 0.0, "Huyện N": 60_000.0}
    assert record.value("by.districts@2009-04-01.residual_m2.proposed") == 0.0
    assert record.value("by.districts@2009-04-01[Huyện N].state_proposed") == CROSSED


def test_the_crosswalk_closes_and_names_its_evidence(tmp_path) -> None:
    """Old × new × in or out, in whole square millimetres; what the list does not know is shapes only."""
    record = told(vintaged(tmp_path / "p", WEST), TAKE_C)
    name = "crosswalk.2009-04-01.2025-07-01"
    rows = record.tables[name].frame.set_index("key")
    assert rows["unit_m2"].to_dict() == {
        "a>x": 90_000.0,
        "b>x": 90_000.0,
        "c>c": 60_000.0,
        "d>c": 30_000.0,
        "d>e": 30_000.0,
    }
    assert rows["kept_m2"].to_dict() == {"a>x": 90_000.0, "b>x": 0.0, "c>c": 0.0, "d>c": 0.0, "d>e": 0.0}
    assert rows["added_m2"]["c>c"] == 60_000.0
    assert rows["share_of_old"].tolist() == [1.0, 1.0, 1.0, 0.5, 0.5]
    assert set(rows["evidence"]) == {"list_and_shapes"}
    assert rows["listed"].tolist() == [WHOLE, WHOLE, WHOLE, PART, PART]
    for region in ("base", "proposed", "kept", "added", "removed"):
        assert record.value(f"{name}.residual_m2.{region}") == 0.0
    shifted = told(vintaged(tmp_path / "q", WEST, shift_m=5.0), TAKE_C).tables[name].frame.set_index("key")
    assert shifted["evidence"]["a>x"] == "list_and_shapes"
    assert shifted["evidence"]["d>c"] == "list_and_shapes"
    assert shifted["unit_m2"]["a>x"] == 88_500.0


def test_whole_and_cut_units_follow_the_lists(tmp_path) -> None:
    """The zone is a: x has one of its two predecessors, so it is cut, whatever the shapes of the new vintage say."""
    record = told(vintaged(tmp_path / "p", WEST, {"A": WHOLE}, shift_m=4.0), TAKE_C)
    new = "whole_or_cut@2025-07-01"
    assert column(record, new, "listed_base")["x"] == CROSSED
    assert (column(record, new, "members")["x"], column(record, new, "members_base")["x"]) == (2, 1)
    assert column(record, "whole_or_cut@2009-04-01", "listed_base")["a"] == INSIDE
    # c of the newer vintage is the old c, which comes in, and half of d, which does not.
    assert column(record, new, "listed_proposed")["c"] == CROSSED
    assert record.value(f"{new}.crossed_proposed") == 2


def test_both_predecessors_make_it_whole_though_the_drawing_is_off(tmp_path) -> None:
    """The newer drawing lies 4 m east of the older one: the list says whole, the shapes do within their accuracy."""
    workspace = vintaged(tmp_path / "p", WEST.replace("zzz...", "zzzzzz"), {"A": WHOLE, "B": WHOLE}, shift_m=4.0)
    record = told(workspace, TAKE_C)
    new = "whole_or_cut@2025-07-01"
    assert column(record, new, "state_base")["x"] == INSIDE
    assert column(record, new, "shapes_base")["x"] != INSIDE
    assert column(record, new, "agreement")["x"] in ("agree_within_accuracy", "shapes_open")
    assert record.value(f"{new}.differ") == 0


def test_a_conflict_of_list_and_shapes_is_told(tmp_path) -> None:
    """The decision names half of a, the drawing has all of it; and a unit that no vintage has."""
    record = told(vintaged(tmp_path / "p", WEST, {"A": PART, "Không Có": WHOLE}), TAKE_C)
    old = "whole_or_cut@2009-04-01"
    assert column(record, old, "agreement")["a"] == "differ"
    assert (column(record, old, "state_base")["a"], column(record, old, "shapes_base")["a"]) == (CROSSED, INSIDE)
    assert record.value(f"{old}.differ") == 1
    assert record.value("zone_units.unmatched") == "Không Có"


def test_without_a_list_of_the_zone_its_own_units_speak(tmp_path) -> None:
    """The line shares its corners with the older units: they decide, and the list of predecessors carries it over."""
    record = told(vintaged(tmp_path / "p", WEST, shift_m=4.0), TAKE_C)
    assert set(column(record, "whole_or_cut@2009-04-01", "agreement").values()) == {"shapes_only"}
    assert column(record, "whole_or_cut@2025-07-01", "listed_base")["x"] == CROSSED


def test_edits_speak_like_the_list_or_silence_it(tmp_path) -> None:
    """Whole units in, whole units out; where a shape is cut out, the list has nothing more to say."""
    workspace = vintaged(tmp_path / "p", WEST, {"A": WHOLE})
    old = "whole_or_cut@2009-04-01"
    record = told(workspace, AddUnits(("x",), NEW), RemoveUnits(("a",), OLD))
    assert column(record, old, "listed_proposed") == {"a": OUTSIDE, "b": INSIDE}
    assert column(record, "whole_or_cut@2025-07-01", "listed_proposed")["x"] == CROSSED
    corner = box(ORIGIN_EASTING, ORIGIN_NORTHING + 400, ORIGIN_EASTING + 100, ORIGIN_NORTHING + 500)
    for name, edit in (("y", CutPolygon((Feature(corner),))), ("z", AddPolygon((Feature(corner.buffer(60)),)))):
        plan(workspace, Scenario(name, (edit,)))
        record = analyse(workspace, name)
        assert column(record, old, "listed_base")["a"] == INSIDE
        assert record.value(f"{old}[a].listed_proposed") == (None if name == "y" else INSIDE)


def test_the_zone_of_units_keeps_the_list(tmp_path) -> None:
    """`mocgioi zone` stores which units it was made of, and which the decision names in part."""
    workspace = vintaged(tmp_path / "p", WEST)
    rows, listed = zone_of_units(workspace, ["A", "B"], OLD, {"document": "QĐ 1"}, ["Huyện N/D"])
    assert rows.area.tolist() == [240_000.0]
    assert listed[["code", "part", "document"]].to_numpy().tolist() == [
        ["a", WHOLE, "QĐ 1"], ["b", WHOLE, "QĐ 1"], ["d", PART, "QĐ 1"]
    ]  # fmt: skip


def test_one_vintage_alone_has_no_crosswalk(project: Workspace) -> None:
    """And without any list it is the shapes that speak."""
    units = project.read("admin_units")
    project = project.write({"admin_units": units[units["valid_from"] == OLD]})
    record = told(project, AddUnits(("d",), OLD))
    assert not any(name.startswith("crosswalk") for name in record.tables)
    assert set(column(record, "whole_or_cut@2009-04-01", "agreement").values()) == {"shapes_only"}
