"""Where a number comes from: sums close exactly, stories reach parcels, edits, clauses and layers."""

import re
import shutil
from pathlib import Path

import pytest

from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddUnits, RemoveUnits
from planning.effect import analyse
from planning.errors import FactMisnamed
from planning.record import Record
from planning.scenario import Scenario
from planning.story import Story, clauses, origins, why

DAY = "2009-04-01"


@pytest.fixture(scope="module")
def project(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a project of this module's own, which nobody changes after its one scenario is there."""
    return Workspace.open(shutil.copytree(project_template, tmp_path_factory.mktemp("ke") / "du-an"))


@pytest.fixture(scope="module")
def record(project: Workspace) -> Record:
    """Return a scenario that takes d in and gives c up."""
    scenarios.add(project, Scenario("x", (AddUnits(("d",), DAY), RemoveUnits(("c",), DAY))))
    return analyse(project, "x")


def test_every_sum_is_the_sum_of_its_parts(record: Record) -> None:
    """Of all facts and all cells, to the square millimetre; and there are hundreds of them."""
    cells = (f"{name}[{key}].{one}" for name, table in record.tables.items() for key in table.frame["key"] for one in table.columns)  # fmt: skip
    sums = 0
    for key in (*record.facts, *cells):
        story = why(record, key, most=10_000, deepest=1)
        if story.kind == "sum" and story.fact.unit == "m2" and story.fact.value is not None:
            parts = sum(round((part.fact.value or 0) * 1e6) for part in story.parts)
            assert parts == round(story.fact.value * 1e6), key
            sums += 1
    assert sums > 100


def test_a_sum_goes_down_to_parcels_and_says_what_it_leaves_out(record: Record) -> None:
    """The largest first; the rest as one figure."""
    story = why(record, "by.land_use[LUC].unit_m2", most=1)
    assert (story.kind, story.count) == ("sum", 2)
    assert re.fullmatch(r"parcels\[a/1/[bc]\]\.unit_m2", story.parts[0].fact.key)
    assert story.rest_m2 == 40_000.0


def test_a_share_goes_down_to_the_edits(record: Record) -> None:
    """Net, added, and the edit that added; the declared area beside it."""
    told = list(why(record, "share_of_declared.net").told())
    assert told[:4] == ["share_of_declared.net", "area_m2.net", "area_m2.added", "edits[x/1].added_m2"]
    assert "edits[x/2].removed_m2" in told
    assert told[-1] == "zone.declared_area_m2"


def test_a_verdict_names_its_readings_and_its_clause(record: Record, project: Workspace) -> None:
    """With instrument, threshold, confidence and source; and everything that went in."""
    story = why(record, "criteria[ZB-02].verdict")
    assert "criteria.readings[ZB-02/net].value" in set(story.told())
    (clause,) = clauses(project, record, story)
    assert (clause.id, clause.confidence) == ("ZB-02", "quoted-secondary")
    assert {one.input for one in origins(project, record, story)} == set(record.inputs)


@pytest.mark.parametrize(
    ("key", "layers"),
    [
        ("area_m2.added", {"zone", "scenario/x"}),
        ("by.land_use[LUC].added_m2", {"zone", "scenario/x", "parcels"}),
        ("yards[y].gate_distance_m", {"zone", "scenario/x", "yards", "gates"}),
        ("zone.accuracy_m", {"zone"}),
    ],
)
def test_layers_that_a_number_hangs_on_are_named(
    record: Record, project: Workspace, key: str, layers: set[str]
) -> None:
    """As they went in: rows, identity, version."""
    found = origins(project, record, why(record, key))
    assert {one.input.layer for one in found} == layers
    assert all(one.version is not None for one in found if not one.input.layer.startswith("scenario/"))


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("area_m2.addded", "area_m2.added"),
        ("by.land_use[LUT].added_m2", r"by.land_use[LUC].added_m2"),
        ("yards[y].stat", "yards[y].state_base"),
        ("criteria", "criteria[…]"),
    ],
)
def test_a_key_that_is_not_there_names_the_nearest(record: Record, key: str, near: str) -> None:
    """So that a typing error is mended at once."""
    with pytest.raises(FactMisnamed, match=re.escape(near)):
        why(record, key)


def test_what_is_in_a_layer_is_given(record: Record) -> None:
    """A story ends there."""
    story = why(record, "zone.declared_area_m2")
    assert story == Story(record.fact("zone.declared_area_m2"), "given")
