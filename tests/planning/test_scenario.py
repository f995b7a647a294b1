"""Scenarios: edits are values, stored whole, applied to copies, named clearly when they cannot be."""

import pytest
from shapely import box

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING, drawn
from layers.errors import KeyRepeated
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddPolygon, AddUnits, CutPolygon, Edit, Feature, RemoveUnits, ReplaceBoundary
from planning.errors import (
    EditTargetWrong,
    FeatureUnknown,
    ScenarioDamaged,
    ScenarioEmpty,
    ScenarioExists,
    ScenarioNameWrong,
    ScenarioNeeded,
    ScenarioUnknown,
    UnitAmbiguous,
    UnitUnknown,
    VintageUnknown,
    ZoneEmptied,
)
from planning.proposal import propose
from planning.scenario import Scenario
from planning.units import choose_vintage, find_codes, units_of_vintage

DAY = "2009-04-01"


def cells(west: int, south: int, east: int, north: int) -> Feature:
    """Return a rectangle in cells of 100 m of the small project, as a feature with key ``n``."""
    e, n = ORIGIN_EASTING, ORIGIN_NORTHING
    return Feature(box(e + west * 100, n + south * 100, e + east * 100, n + north * 100), "n", (("name", "Mới"),))


def proposed_area_ha(project: Workspace, *edits: Edit) -> float:
    scenarios.add(project, Scenario("x", edits))
    return propose(project, "x").regions.proposed.area / 10_000


@pytest.mark.parametrize(
    ("edit", "area_ha"),
    [
        (AddUnits(("d",), DAY), 16 + 6 - 1),
        (RemoveUnits(("a",), DAY), 16 - 9),
        (AddPolygon((cells(3, 0, 5, 2),)), 16 + 4 - 1),
        (CutPolygon((cells(3, 0, 5, 2),)), 16 - 1),
        (ReplaceBoundary((cells(0, 0, 1, 1), cells(4, 4, 5, 5))), 2),
    ],
)
def test_each_edit_does_what_it_says(project: Workspace, edit: Edit, area_ha: float) -> None:
    """The zone is 4 × 4 cells of 1 ha; areas are counted by hand."""
    assert proposed_area_ha(project, edit) == pytest.approx(area_ha, abs=1e-9)


def test_a_scenario_is_read_back_as_it_was_stored(project: Workspace) -> None:
    """Units, shapes, attributes, reasons and targets survive the disk."""
    scenario = Scenario(
        "mở-rộng_1",
        (AddUnits(("b", "c"), DAY, 'lý do {x} "y"'), AddPolygon((cells(0, 0, 1, 1),), "bãi mới", "yards")),
        reason="Vì cửa khẩu",
    )
    scenarios.add(project, scenario)
    assert scenarios.load(project, "mở-rộng_1") == scenario
    assert scenarios.names(project) == ("mở-rộng_1",)


def test_a_variant_starts_from_another_but_is_told_against_the_established_zone(project: Workspace) -> None:
    """Edits of the base come first; the base of the effect stays the zone, which the law measures by."""
    scenarios.add(project, Scenario("một", (AddUnits(("d",), DAY),)))
    scenarios.add(project, Scenario("hai", (CutPolygon((cells(0, 1, 1, 5),)),), base="một"))
    regions = propose(project, "hai").regions
    assert regions.base.area == 160_000.0
    assert regions.proposed.area == pytest.approx(160_000 + 50_000 - 40_000)
    with pytest.raises(ScenarioNeeded, match="hai"):
        scenarios.drop(project, "một")
    scenarios.drop(project, "hai")
    scenarios.drop(project, "một")
    assert scenarios.names(project) == ()


def test_other_layers_change_by_their_keys(project: Workspace) -> None:
    """A new yard, a replaced area, a cut through all: the layer itself stays as it is on the disk."""
    scenarios.add(
        project,
        Scenario(
            "lại",
            (
                AddPolygon((cells(0, 0, 1, 1),), target="yards"),
                ReplaceBoundary((Feature(cells(0, 0, 2, 1).geometry, "f"),), target="functional_areas"),
                CutPolygon((cells(1, 0, 6, 5),), target="functional_areas"),
            ),
        ),
    )
    proposal = propose(project, "lại")
    assert dict(zip(proposal.after["yards"]["code"], proposal.after["yards"].area, strict=True)) == {
        "y": 20_000.0,
        "n": 10_000.0,
    }
    assert proposal.after["yards"]["name"].tolist() == ["Bãi Y", "Mới"]
    assert proposal.after["functional_areas"].area.tolist() == [10_000.0, 0.0]
    assert project.read("functional_areas").area.tolist() == [40_000.0, 40_000.0]


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (AddUnits(("zz",), DAY), UnitUnknown),
        (RemoveUnits(("a", "b", "c", "d"), DAY), ZoneEmptied),
        (AddUnits(("a",), DAY, target="yards"), EditTargetWrong),
        (AddPolygon((Feature(drawn("a").geometry[0], "y"),), target="yards"), KeyRepeated),
        (ReplaceBoundary((cells(0, 0, 1, 1),), target="yards"), FeatureUnknown),
    ],
)
def test_edits_that_cannot_be_applied_are_named(project: Workspace, edit: Edit, error: type[Exception]) -> None:
    """Never a silent number."""
    with pytest.raises(error):
        proposed_area_ha(project, edit)


def test_wrong_names_are_refused(project: Workspace) -> None:
    """Taken, empty, impossible as a file name on any system, standing on nothing."""
    good = Scenario("a", (AddUnits(("d",), DAY),))
    scenarios.add(project, good)
    with pytest.raises(ScenarioExists):
        scenarios.add(project, Scenario("A", good.edits))
    with pytest.raises(ScenarioEmpty):
        scenarios.add(project, Scenario("b", ()))
    with pytest.raises(ScenarioUnknown, match="a"):
        scenarios.add(project, Scenario("c", good.edits, base="không"))
    for name in ("../x", "a/b", "con", "", "-x", "a" * 61, "a b", "x.toml"):
        with pytest.raises(ScenarioNameWrong):
            scenarios.add(project, Scenario(name, good.edits))


def test_a_spoilt_scenario_file_is_told(project: Workspace) -> None:
    """A TOML that a hand has broken is named, not half-read."""
    scenarios.add(project, Scenario("a", (AddUnits(("d",), DAY),)))
    (project.path / "scenarios" / "a.toml").write_text('[[edits]]\nkind = "blow_up"\n', encoding="utf-8")
    with pytest.raises(ScenarioDamaged, match=r"a\.toml"):
        scenarios.load(project, "a")


def test_units_are_found_by_code_or_by_name_and_never_guessed(project: Workspace) -> None:
    """Case, spaces, kind and district do not matter; two units of one name are an error that lists them."""
    units = units_of_vintage(project, DAY).assign(parent=["Huyện A", "Huyện B", "Huyện A", "Huyện A"])
    assert find_codes(units, ["d", "xã cao lộc", "Huyện A/Đồng Đăng"], DAY) == ("d", "c", "d")
    with pytest.raises(UnitUnknown):
        find_codes(units, ["Dong Dang"], DAY)
    twins = units.assign(name="Thụy Hùng")
    assert find_codes(twins, ["B/Thuỵ Hùng"], DAY) == ("b",)
    with pytest.raises(UnitAmbiguous, match="Huyện B"):
        find_codes(twins, ["Thụy Hùng"], DAY)


def test_a_code_without_its_vintage_is_an_error(project: Workspace) -> None:
    """With two vintages in the project nobody may leave the day out."""
    assert choose_vintage(project, DAY) == DAY
    for vintage in (None, "2010-01-01"):
        with pytest.raises(VintageUnknown, match="2025-07-01"):
            choose_vintage(project, vintage)
