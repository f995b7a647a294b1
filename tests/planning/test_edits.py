"""Every kind of edit as a value: what it does, where it belongs, that it survives the disk, and what it refuses."""

from dataclasses import replace
from typing import Any

import pytest
from shapely import LineString, Polygon, box

from gis.errors import CornerUnknown, GeometryInvalid
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.errors import KeyRepeated, ValueRefused
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import (
    KINDS,
    TITLES,
    AddPolygon,
    AddUnits,
    CutPolygon,
    Edit,
    Feature,
    MergeFeatures,
    MoveVertices,
    RemoveFeatures,
    RemoveUnits,
    ReplaceBoundary,
    ReplaceStretch,
    RetypeFeatures,
    edit_of,
    values_of,
)
from planning.effect import analyse
from planning.errors import (
    EditTargetWrong,
    EditWithoutEffect,
    FeatureUnknown,
    FieldUnknown,
    UnitUnknown,
    ZoneEmptied,
)
from planning.proposal import propose, require_applicable
from planning.revising import go_on, plan
from planning.scenario import Scenario

DAY = "2009-04-01"


def place(east: float, north: float) -> tuple[float, float]:
    """Return a place in cells of 100 m of the small project."""
    return ORIGIN_EASTING + 100 * east, ORIGIN_NORTHING + 100 * north


def cells(west: float, south: float, east: float, north: float, key: str | None = None) -> Feature:
    return Feature(box(*place(west, south), *place(east, north)), key)


def line(*points: tuple[float, float], key: str | None = None) -> Feature:
    return Feature(LineString([place(*point) for point in points]), key)


def after(project: Workspace, *edits: Edit) -> Any:
    scenarios.add(project, Scenario("x", edits))
    return propose(project, "x")


EVERY: tuple[Edit, ...] = (
    AddUnits(("d",), DAY, "thêm", document="QĐ 1", dated="2024-09-19", author="A", accuracy_m=5.0),
    RemoveUnits(("a",), DAY),
    AddPolygon((cells(3, 0, 5, 2),), "vùng"),
    CutPolygon((cells(3, 0, 5, 2),), accuracy_m=0.0),
    ReplaceBoundary((cells(0, 0, 1, 1), cells(4, 4, 5, 5))),
    ReplaceStretch((line((4, 2), (4.5, 3), (4, 4)),), reach_m=0.5),
    MoveVertices((line((4, 5), (5, 5)),)),
    RemoveFeatures(("y",), "bỏ bãi"),
    MergeFeatures(("f", "g"), "fg"),
    RetypeFeatures(("f",), (("kind", "transit"), ("phase", "2045")), document="CV 2"),
)


@pytest.mark.parametrize("edit", EVERY, ids=lambda edit: type(edit).__name__)
def test_every_kind_survives_the_disk_and_has_a_name(project: Workspace, edit: Edit) -> None:
    """Grounds, shapes, lines, keys and values come back as they were."""
    scenarios.add(project, Scenario("x", (edit,)))
    assert scenarios.load(project, "x").edits == (edit,)
    assert edit_of(values_of(edit), getattr(edit, "features", ())) == edit
    assert {type(one) for one in EVERY} == set(KINDS.values())
    assert set(TITLES) == set(KINDS)


@pytest.mark.parametrize(
    ("edit", "area_ha"),
    [
        (ReplaceStretch((line((4, 2), (5, 2), (5, 4), (4, 4)),)), 16 + 2),
        (ReplaceStretch((line((4, 2), (3, 2), (3, 4), (4, 4)),)), 16 - 2),
        (MoveVertices((line((4, 5), (5, 5)),)), 16 + 0.5),
        (MoveVertices((line((4, 5), (5, 5)), line((4, 4), (5, 4)))), 16 + 1.5),
    ],
)
def test_lines_change_the_zone(project: Workspace, edit: Edit, area_ha: float) -> None:
    """The zone is 4 × 4 cells of 1 ha from (0, 1) to (4, 5), with a corner at every cell; areas are counted by hand."""
    assert after(project, edit).regions.proposed.area / 10_000 == pytest.approx(area_ha, abs=1e-6)


def areas(rows: Any) -> dict[str, float]:
    return dict(zip(rows["code"], (rows.area / 10_000).round(6), strict=True))


def test_features_are_removed_merged_and_retyped(project: Workspace) -> None:
    """Functional areas f and g have 4 ha each; the merged one keeps what the first said of itself."""
    proposal = after(
        project,
        RetypeFeatures(("f", "g"), (("kind", "transit"),)),
        MergeFeatures(("g", "f"), "f"),
        RemoveFeatures(("y",)),
    )
    rows = proposal.after["functional_areas"]
    assert areas(rows) == {"f": 8.0}
    assert (rows["name"][0], rows["kind"][0]) == ("Phi thuế quan", "transit")
    assert areas(proposal.after["yards"]) == {}
    assert "kind" not in project.read("functional_areas")


def test_outlines_of_features_follow_lines(project: Workspace) -> None:
    """A stretch changes the feature of its key; a corner that two features share moves in both."""
    proposal = after(
        project, ReplaceStretch((line((0, 5), (0, 5.5), (2, 5.5), (2, 5), key="f"),), target="functional_areas")
    )
    assert areas(proposal.after["functional_areas"]) == {"f": 5.0, "g": 4.0}
    scenarios.add(project, Scenario("y", (MoveVertices((line((2, 3), (2.5, 3)),), target="functional_areas"),)))
    assert areas(propose(project, "y").after["functional_areas"]) == {"f": 4.25, "g": 3.75}
    named = MoveVertices((line((2, 3), (2.5, 3), key="g"),), target="functional_areas")
    scenarios.add(project, Scenario("z", (named,)))
    assert areas(propose(project, "z").after["functional_areas"]) == {"f": 4.0, "g": 3.75}


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (RemoveFeatures(("z",), target="zone"), EditTargetWrong),
        (RetypeFeatures(("z",), (("name", "x"),), target="zone"), EditTargetWrong),
        (AddUnits(("a",), DAY, target="yards"), EditTargetWrong),
        (RemoveFeatures(("n",)), FeatureUnknown),
        (MergeFeatures(("f", "n"), "f"), FeatureUnknown),
        (MergeFeatures(("f", "g"), "g2", target="yards"), FeatureUnknown),
        (RetypeFeatures(("f",), (("knd", "x"),)), FieldUnknown),
        (RetypeFeatures(("f",), (("code", "x"),)), FieldUnknown),
        (RetypeFeatures(("y",), (("licensed_area_m2", "nhiều"),), target="yards"), ValueRefused),
        (AddPolygon((cells(0, 0, 1, 1, "y"),), target="yards"), KeyRepeated),
        (MoveVertices((line((0.5, 0.5), (1, 1)),)), CornerUnknown),
        (MoveVertices((line((2.5, 2.5), (1, 1)),), target="yards"), CornerUnknown),
        (AddUnits(("zz",), DAY), UnitUnknown),
        (RemoveUnits(("a", "b", "c", "d"), DAY), ZoneEmptied),
        (AddPolygon((Feature(Polygon([place(0, 0), place(1, 1), place(1, 0), place(0, 1)])),)), GeometryInvalid),
    ],
)
def test_edits_that_cannot_be_applied_are_named(project: Workspace, edit: Edit, error: type[Exception]) -> None:
    """Never a silent number."""
    with pytest.raises(error):
        after(project, edit)


def test_a_feature_merged_into_anothers_key_is_refused(project: Workspace) -> None:
    """The key of the merged feature is free, or one of the merged."""
    with pytest.raises(KeyRepeated):
        after(
            project,
            AddPolygon((cells(0, 0, 1, 1, "n"), cells(1, 0, 2, 1, "m")), target="yards"),
            MergeFeatures(("n", "m"), "y", target="yards"),
        )


@pytest.mark.parametrize(
    "edit",
    [
        AddUnits(("a",), DAY),
        RemoveUnits(("d",), DAY),
        AddPolygon((cells(0, 1, 2, 3),)),
        CutPolygon((cells(5, 0, 6, 1),)),
        ReplaceBoundary((cells(0, 1, 4, 5),)),
        RetypeFeatures(("f",), (("name", "Phi thuế quan"),)),
        CutPolygon((cells(5, 0, 6, 1),), target="yards"),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_an_edit_that_changes_nothing_is_refused(project: Workspace, edit: Edit) -> None:
    """Already in, not in, the same shape, the same value: a mistake, told before anything is written."""
    drop_d = RemoveUnits(("d",), DAY)
    under = (drop_d,) if edit == drop_d else ()
    with pytest.raises(EditWithoutEffect):
        require_applicable(project, Scenario("x", (*under, edit)), new=1)
    if not under:
        with pytest.raises(EditWithoutEffect):
            plan(project, Scenario("x", (edit,)))
    assert scenarios.names(project) == ()


def test_the_record_tells_the_story_of_each_edit(project: Workspace) -> None:
    """Grounds, land that came and went, and what later edits change again."""
    first = AddUnits(("d",), DAY, "vì cửa khẩu", document="QĐ 9", dated="2024-09-19", author="Phòng QH", accuracy_m=5.0)
    plan(project, Scenario("nền", (first,)))
    plan(project, Scenario("x", (CutPolygon((cells(4, 0, 6, 1),), "bớt"),), base="nền"))
    record = analyse(project, "x")
    row = record.tables["edits"].row("nền/1")
    assert (row["edit_kind"], row["named"], row["document"], row["author"]) == ("add_units", "d", "QĐ 9", "Phòng QH")
    assert (row["added_m2"], row["removed_m2"], row["overlap_m2"]) == (50_000.0, 0.0, 20_000.0)
    assert record.value("edits[x/1].removed_m2") == 20_000.0
    assert record.value("edits.count") == 2
    assert record.value("edits.overlap_m2") == 20_000.0
    assert record.value("edits.without_effect") == 0


def test_features_that_lie_on_each_other_are_told(project: Workspace) -> None:
    """A new yard half on the one that is there: half of it is there twice."""
    plan(project, Scenario("x", (AddPolygon((cells(4, 2, 6, 3, "n"),), target="yards"),)))
    assert analyse(project, "x").value("edits[x/1].overlap_m2") == 10_000.0


def test_data_that_changed_since_are_told(project: Workspace) -> None:
    """The unit, the zone, the base scenario: each by name; what has nothing to do with the edit is not."""
    plan(project, Scenario("nền", (AddUnits(("d",), DAY),)))
    plan(project, Scenario("x", (AddPolygon((cells(0, 0, 1, 1),)),), base="nền"))
    assert scenarios.changed_footings(project, "x") == {}
    yards = project.read("yards")
    project = project.write({"yards": yards.assign(name="Tên khác")})
    assert scenarios.changed_footings(project, "x") == {}
    go_on(project, "nền", (CutPolygon((cells(0, 3, 1, 5),)),))
    assert scenarios.changed_footings(project, "x") == {"x/1": ("scenario/nền",)}
    units = project.read("admin_units")
    moved = units.set_geometry(units.geometry.where(units["code"] != "d", units.geometry.buffer(1.0)))
    project = project.write({"admin_units": moved})
    assert scenarios.changed_footings(project, "x")["nền/1"] == (f"admin_units@{DAY}",)
    record = analyse(project, "x")
    assert record.value("edits.changed_since") == 2
    assert record.value("edits[x/1].changed_since") == "scenario/nền"


def test_what_nobody_stated_is_not_stored(project: Workspace) -> None:
    """An edit without grounds is as short in the file as it was said."""
    assert values_of(RemoveUnits(("a",), DAY)) == {
        "kind": "remove_units", "target": "zone", "reason": "", "units": ["a"], "vintage": DAY
    }  # fmt: skip
    assert values_of(replace(EVERY[3], accuracy_m=None)) == {"kind": "cut_polygon", "target": "zone", "reason": ""}
