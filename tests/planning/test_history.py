"""The log of a scenario: append-only; undo and redo are each other's inverse; a branch goes its own way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, examples
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.difference import difference
from planning.edit_log import Step, edits_in_force, in_force, made, to_redo, to_undo
from planning.edits import AddPolygon, AddUnits, CutPolygon, Edit, Feature, MergeFeatures, RemoveFeatures
from planning.errors import EditNeeded, EditUnknown, NothingToRedo, NothingToUndo, ScenarioEmpty, ScenarioExists
from planning.proposal import propose
from planning.revising import branch, go_on, plan, redo, undo
from planning.scenario import Scenario

DAY = "2009-04-01"


def cells(west: int, south: int, east: int, north: int) -> Edit:
    e, n = ORIGIN_EASTING, ORIGIN_NORTHING
    return AddPolygon((Feature(box(e + west * 100, n + south * 100, e + east * 100, n + north * 100)),))


@pytest.fixture
def planned(project: Workspace) -> Workspace:
    plan(project, Scenario("x", (AddUnits(("d",), DAY),), reason="vì"), "An")
    go_on(project, "x", (cells(0, 0, 1, 1), cells(1, 0, 2, 1)), "Bình")
    return project


def numbers(project: Workspace, name: str = "x") -> tuple[int, ...]:
    return in_force(scenarios.log_of(project, name))


def text(project: Workspace) -> str:
    return (project.path / "scenarios" / "x.toml").read_text(encoding="utf-8")


def test_the_file_only_grows_at_its_end(planned: Workspace) -> None:
    """Whatever is done, what was written before stands as it was; undone edits stay listed."""
    before = text(planned)
    for act in (undo, undo, redo):
        act(planned, "x", by="Chi")
        assert text(planned).startswith(before)
        before = text(planned)
    go_on(planned, "x", (cells(2, 0, 3, 1),))
    assert text(planned).startswith(before)
    log = scenarios.log_of(planned, "x")
    assert [(step.did, step.number) for step in log] == [
        ("edit", 1), ("edit", 2), ("edit", 3), ("undo", 3), ("undo", 2), ("redo", 2), ("edit", 4)
    ]  # fmt: skip
    assert [step.by for step in log] == ["An", "Bình", "Bình", "Chi", "Chi", "Chi", ""]
    assert len(made(log)) == 4
    assert in_force(log) == (1, 2, 4)


def test_undo_and_redo_are_each_others_inverse(planned: Workspace) -> None:
    """What comes back is what was there, shapes and all, in its place."""
    whole = scenarios.load(planned, "x")
    area = propose(planned, "x").regions.proposed.area
    assert (undo(planned, "x"), undo(planned, "x")) == (3, 2)
    assert len(scenarios.load(planned, "x").edits) == 1
    assert (redo(planned, "x"), redo(planned, "x")) == (2, 3)
    assert scenarios.load(planned, "x") == whole
    undo(planned, "x", 1)
    assert numbers(planned) == (2, 3)
    redo(planned, "x", 1)
    assert scenarios.load(planned, "x") == whole
    assert propose(planned, "x").regions.proposed.area == area


def test_what_cannot_be_undone_or_redone_is_told(planned: Workspace) -> None:
    """Nothing left, a number that is not there, a new edit since the undo."""
    with pytest.raises(NothingToRedo):
        redo(planned, "x")
    for number in (4, 0):
        with pytest.raises(EditUnknown):
            undo(planned, "x", number)
    with pytest.raises(EditUnknown):
        redo(planned, "x", 2)
    undo(planned, "x")
    go_on(planned, "x", (cells(5, 4, 6, 5),))
    with pytest.raises(NothingToRedo):
        redo(planned, "x")
    assert redo(planned, "x", 3) == 3
    for _ in range(4):
        undo(planned, "x")
    with pytest.raises(NothingToUndo):
        undo(planned, "x")
    assert propose(planned, "x").regions.added.is_empty
    with pytest.raises(ScenarioEmpty):
        go_on(planned, "x", ())


def test_an_edit_that_others_stand_on_is_not_undone(project: Workspace) -> None:
    """The message says which, and why; nothing is written."""
    new = AddPolygon((Feature(cells(0, 0, 1, 1).features[0].geometry, "n"),), target="yards")
    plan(project, Scenario("x", (new, MergeFeatures(("n", "y"), "y", target="yards"))))
    before = text(project)
    with pytest.raises(EditNeeded, match="“n”"):
        undo(project, "x", 1)
    assert text(project) == before
    undo(project, "x", 2)
    undo(project, "x", 1)


def test_a_branch_goes_its_own_way(planned: Workspace) -> None:
    """It has the edits that were in force; what either does later does not touch the other."""
    undo(planned, "x", 2)
    branched = branch(planned, "nhánh", "x", "thử")
    assert (branched.branched_from, branched.reason) == ("x", "thử")
    assert scenarios.load(planned, "nhánh") == branched
    assert branched.edits == scenarios.load(planned, "x").edits
    redo(planned, "x")
    go_on(planned, "nhánh", (cells(4, 4, 6, 5),))
    assert (numbers(planned), numbers(planned, "nhánh")) == ((1, 2, 3), (1, 2, 3))
    again = branch(planned, "nhánh-2", "nhánh")
    assert again.branched_from == "nhánh"
    with pytest.raises(ScenarioExists):
        branch(planned, "x", "nhánh")


def test_two_variants_differ_in_edits_and_in_areas(planned: Workspace) -> None:
    """Shared edits are one edit, whatever their number; areas and units of the newest vintage by hand."""
    branch(planned, "nhánh", "x")
    undo(planned, "x")
    go_on(planned, "nhánh", (RemoveFeatures(("y",)), CutPolygon((Feature(cells(0, 4, 1, 5).features[0].geometry),))))
    found = difference(planned, "x", "nhánh")
    assert [one.key for one in found.in_both] == ["x/1", "x/2"]
    assert found.only_first == ()
    assert [one.key for one in found.only_second] == ["nhánh/3", "nhánh/4", "nhánh/5"]
    areas = {fact.key: fact.value for fact in found.areas}
    assert areas["area_m2.only_first"] == 10_000.0
    assert areas["area_m2.only_second"] == 10_000.0
    assert areas["area_m2.first"] == areas["area_m2.second"] == areas["area_m2.both"] + 10_000.0
    assert found.units.set_index("key")[["only_first_m2", "only_second_m2"]].sum().tolist() == [10_000.0, 10_000.0]
    assert found.features["yards"].to_numpy().tolist()[0][:3] == ["y", "Bãi Y", 20_000.0]
    assert found.features["yards"]["differs"].tolist() == ["feature"]
    same = difference(planned, "x", "x")
    assert (same.only_first, same.only_second, len(same.units), dict(same.features)) == ((), (), 0, {})


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=25))
@settings(max_examples=examples(60), deadline=None)
def test_the_log_is_an_undo_stack(acts: list[str]) -> None:
    """Against the plain model of two stacks."""
    log: list[Step] = []
    done: list[int] = []
    undone: list[int] = []
    for act in acts:
        if act == "edit":
            number = len(made(log)) + 1
            log.append(Step("edit", number, edit=AddUnits((str(number),), DAY)))
            done.append(number)
            undone.clear()
        elif act == "undo" and done:
            assert to_undo(log) == done[-1]
            undone.append(done.pop())
            log.append(Step("undo", undone[-1]))
        elif act == "redo" and undone:
            assert to_redo(log) == undone[-1]
            done.append(undone.pop())
            log.append(Step("redo", done[-1]))
        assert in_force(log) == tuple(done)
        assert to_redo(log) == (undone[-1] if undone else None)
    assert [edit.units for edit in edits_in_force(log)] == [(str(number),) for number in done]


def test_a_scenario_from_before_there_were_logs_is_read(project: Workspace) -> None:
    """Its edits become entries, and the first change writes the log."""
    plan(project, Scenario("x", (AddUnits(("d",), DAY),), reason="vì"))
    old = f'reason = "vì"\n\n[[edits]]\nkind = "add_units"\ntarget = "zone"\nreason = ""\nunits = ["d"]\nvintage = "{DAY}"\n'
    (project.path / "scenarios" / "x.toml").write_text(old, encoding="utf-8")
    assert scenarios.load(project, "x") == Scenario("x", (AddUnits(("d",), DAY),), reason="vì")
    assert scenarios.changed_footings(project, "x") == {}
    assert undo(project, "x") == 1
    assert "[[log]]" in text(project)
