"""A Record computed again: the same from another process; what is changed since is named, down to the value."""

import subprocess
import sys
from pathlib import Path

import pytest

from layers.workspace import Workspace
from planning import revising
from planning.current import kept_record
from planning.edits import RemoveUnits
from planning.errors import RecordMissing
from planning.replay import replay

DAY = "2009-04-01"


def changed(project: Workspace, layer: str, row: int, field: str, value: object) -> Workspace:
    rows = project.read(layer)
    rows.loc[row, field] = value
    return project.write({layer: rows})


@pytest.mark.slow
def test_a_record_of_another_process_is_the_same(planned: Workspace) -> None:
    """Every fact, cell and shape; by the name of its scenario and by its folder."""
    words = [sys.executable, "-m", "desk", "-p", str(planned.path), "analyse", "x", "--json"]
    subprocess.run(words, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    found = replay(planned, "x")
    assert found.is_same
    assert (found.inputs, found.settings, found.differences, found.shapes) == ((), (), (), ())
    folder = next(one.parent for one in (planned.path / "records" / "x").glob("*/record.json"))
    assert replay(planned, str(folder)).is_same


def test_one_changed_attribute_is_named(analysed: Workspace) -> None:
    """The layer, the row, the field, both values; and the figures that follow from it."""
    found = replay(changed(analysed, "parcels", 1, "land_use", "CLN"), "x")
    assert not found.is_same
    (parcels,) = found.inputs
    assert parcels.name == "parcels"
    assert parcels.cells is not None
    assert parcels.cells.to_numpy().tolist() == [["a/1/b", "land_use", "LUC", "CLN"]]
    named = {one.key: one.values for one in found.differences}
    assert named["by.land_use[LUC].unit_m2"] == (80_000.0, 40_000.0)
    assert named["parcels[a/1/b].land_use"] == ("LUC", "CLN")


def test_personal_values_are_not_told(analysed: Workspace) -> None:
    """The field is named; and no figure comes of it."""
    (parcels,) = replay(changed(analysed, "parcels", 0, "owner", "Người khác"), "x").inputs
    assert parcels.cells is not None
    assert parcels.cells["field"].tolist() == ["owner"]
    assert parcels.cells[["before", "after"]].isna().all(axis=None)


def test_a_shape_a_new_edit_and_a_reason_are_named(analysed: Workspace) -> None:
    """Inputs that are no attributes; a value that figures do not hang on makes another Record all the same."""
    moved = analysed.read("yards")
    moved["geometry"] = moved.geometry.translate(1, 0)
    project = analysed.write({"yards": moved})
    revising.go_on(project, "x", (RemoveUnits(("c",), DAY),))
    found = replay(project, "x")
    assert {one.name for one in found.inputs} == {"yards", "scenario/x"}
    yards = next(one for one in found.inputs if one.name == "yards")
    assert yards.cells is not None
    assert yards.cells[["key", "field"]].to_numpy().tolist() == [["y", "geometry"]]
    assert "area_m2.removed" in {one.key for one in found.differences}
    assert "yards" in found.shapes


def test_another_rule_set_is_named(analysed: Workspace) -> None:
    """The rules are part of what a Record says."""
    shipped = Path("planning/data/rules/nd-35-2022.toml")
    text = (Path(__file__).parents[2] / shipped).read_text(encoding="utf-8")
    (analysed.path / "rules").mkdir()
    own = text.replace('id = "nd-35-2022"', 'id = "thu"', 1)
    (analysed.path / "rules" / "thu.toml").write_text(own, encoding="utf-8")
    path = analysed.path / "project.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('rules = ""', 'rules = "thu"'), encoding="utf-8")
    found = replay(Workspace.open(analysed.path), "x")
    assert [one.name for one in found.settings] == ["rules"]
    assert found.settings[0].after.startswith("thu ")


def test_without_a_record_there_is_nothing_to_replay(planned: Workspace) -> None:
    """The scenario has to be analysed first."""
    with pytest.raises(RecordMissing):
        replay(planned, "x")


def test_the_stored_record_stays_as_it_is(analysed: Workspace) -> None:
    """A replay writes nothing."""
    before = kept_record(analysed, "x").id
    replay(changed(analysed, "parcels", 1, "land_use", "CLN"), "x")
    assert kept_record(analysed, "x").id == before
