"""Scenarios side by side: what differs is named, what is named differs, differences are exact."""

import shutil
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame

from layers.beside import waiting
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.analysis_json import as_json
from planning.comparison import Comparison, compare, differing
from planning.current import current_record
from planning.edits import AddUnits, RemoveUnits
from planning.errors import ScenarioUnknown
from planning.parts import StoredParts
from planning.record import Column, Table
from planning.scenario import Scenario
from planning.second_analyst import MODULE

DAY = "2009-04-01"
HA = 10_000.0


@pytest.fixture(scope="module")
def both(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Comparison]:
    """Return three scenarios of one project: d comes in; d comes in and c goes; the same as the first one."""
    project = Workspace.open(shutil.copytree(project_template, tmp_path_factory.mktemp("so") / "du-an"))
    scenarios.add(project, Scenario("more", (AddUnits(("d",), DAY),)))
    scenarios.add(project, Scenario("both", (AddUnits(("d",), DAY), RemoveUnits(("c",), DAY))))
    scenarios.add(project, Scenario("same", (AddUnits(("d",), DAY),)))
    return project, compare(project, ("more", "both", "same"))


@pytest.fixture
def compared(both: tuple[Workspace, Comparison]) -> Comparison:
    """Return the comparison of the three."""
    return both[1]


@pytest.mark.slow
def test_a_second_process_keeps_the_records_that_this_one_would(
    both: tuple[Workspace, Comparison], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same ids, whoever computed them; what it kept is current."""
    project = Workspace.open(shutil.copytree(both[0].path, tmp_path / "du-an"))
    shutil.rmtree(project.path / "records")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with waiting(MODULE, str(project.path)) as second, second.taking_turns(("more", "both")) as turns:
        done: list[str] = []  # whoever takes nothing leaves all to the other
        deadline = time.monotonic() + 60
        while len(done) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
            done += turns.done()
    kept = [current_record(project, name) for name in ("more", "both")]
    assert [one and one.id for one in kept] == [one.id for one in both[1].records[:2]]


def test_each_fact_is_named_exactly_if_it_differs(compared: Comparison) -> None:
    """Of scalar facts and of every cell of the tables that are compared."""
    named = {one.key: one.values for one in compared.differences}
    first = compared.records[0]
    for key in first.facts:
        values = tuple(record.facts[key].value if key in record.facts else None for record in compared.records)
        assert (key in named) == (len(set(values)) > 1), key
    for table in ("by.admin_units@2009-04-01", "by.land_use", "yards", "criteria"):
        for key in first.tables[table].frame["key"]:
            for column in first.tables[table].columns:
                name = f"{table}[{key}].{column}"
                values = tuple(record.value(name) for record in compared.records)
                assert (name in named) == (len(set(values)) > 1), name


def test_rows_and_columns_that_one_side_lacks_are_named(compared: Comparison) -> None:
    """Each with its own unit, no data where there is no such cell; a row that stands elsewhere is the same row."""
    meant = {"key": Column("text", ""), "unit": Column("text", ""), "value": Column("row", "")}
    one = Table(DataFrame({"key": ["a", "b"], "unit": ["m", "m2"], "value": [1.0, np.nan]}), meant)
    rows = {"key": ["b", "c", "a"], "unit": ["m2", "count", "m"], "value": [2.5, 3.0, 1.0], "note": ["", "new", None]}
    other = Table(DataFrame(rows), {**meant, "note": Column("text", "")})
    records = [replace(compared.records[0], facts={}, tables={"made": table}) for table in (one, other)]
    told = [(one.key, one.unit, one.values, one.difference) for one in differing(records)]
    assert told == [
        ("made[b].value", "m2", (None, 2.5), None),
        ("made[b].note", "text", (None, ""), None),
        ("made[c].unit", "text", (None, "count"), None),
        ("made[c].value", "count", (None, 3.0), None),
        ("made[c].note", "text", (None, "new"), None),
    ]


def test_differences_are_exact(compared: Comparison) -> None:
    """Of more than two the largest less the smallest; no difference of words or of what one lacks."""
    named = {one.key: one for one in compared.differences}
    assert named["area_m2.removed"].values == (0.0, 3 * HA, 0.0)
    assert named["area_m2.removed"].difference == 3 * HA
    assert named["by.admin_units@2009-04-01[c].removed_m2"].difference == 3 * HA
    assert all(one.difference is None for one in compared.differences if one.unit in ("text", "state", "words"))


def test_of_two_the_second_less_the_first(both: tuple[Workspace, Comparison]) -> None:
    """The difference has a sign; a fact that one scenario alone has is there with None."""
    project = both[0]
    scenarios.add(project, Scenario("less", (RemoveUnits(("c",), DAY),)))
    named = {one.key: one for one in compare(project, ("more", "less")).differences}
    assert named["area_m2.added"].difference == -5 * HA
    assert named["area_m2.net"].values == (5 * HA, -3 * HA)


def test_equal_scenarios_differ_in_nothing_and_their_records_are_kept(both: tuple[Workspace, Comparison]) -> None:
    """What was analysed once is not analysed again."""
    project, compared = both
    again = compare(project, ("more", "same"))
    assert again.differences == ()
    assert all(current_record(project, name) is not None for name in ("more", "both", "same"))
    assert [one.stamp for one in again.records] == [compared.records[0].stamp, compared.records[2].stamp]


def test_an_unknown_scenario_is_told_before_anything_is_computed(project: Workspace) -> None:
    """Its name and those that there are."""
    scenarios.add(project, Scenario("more", (AddUnits(("d",), DAY),)))
    with pytest.raises(ScenarioUnknown, match="nope"):
        compare(project, ("more", "nope"))
    assert current_record(project, "more") is None


def test_a_spoilt_table_is_made_anew_unless_nobody_reads_it(both: tuple[Workspace, Comparison], tmp_path: Path) -> None:
    """What is compared is held against its identity first; parcels where somebody asks for them."""
    project = Workspace.open(shutil.copytree(both[0].path, tmp_path / "du-an"))
    for table, is_read in (("yards", True), ("parcels", False)):
        before = current_record(project, "more")
        assert before is not None
        path = next((project.path / "records" / "more").rglob(f"{table}.parquet"))
        path.write_bytes(path.read_bytes()[:-9])
        record = compare(project, ("more", "both")).records[0]
        assert record.id == before.id
        assert current_record(project, "more").has_whole_tables(but="") is is_read


def test_answers_for_programs_read_no_parcels(
    both: tuple[Workspace, Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored table of a million parcels is not read to look at its name; another comparison may have replaced it."""
    record = current_record(both[0], "more")
    assert record is not None
    read = StoredParts.__getitem__

    def noted(parts: StoredParts[object], name: str) -> object:
        assert name != "parcels"
        return read(parts, name)

    monkeypatch.setattr(StoredParts, "__getitem__", noted)
    assert as_json(record)["parcels"]["count"] > 0
