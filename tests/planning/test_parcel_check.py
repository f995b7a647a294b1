"""Parcels against layers: counted on the drawing, equal to the analysis, the same alone and among all."""

import numpy as np
import pytest
from shapely import Polygon

from gis.measure import to_mm2
from gis.states import STATES
from layers.withheld import withheld
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddUnits, CutPolygon, Feature
from planning.effect import analyse
from planning.parcel_check import ParcelCheck

HA = 10_000.0
EXACT = ("unit", "feature", "state")


def position(check: ParcelCheck, key: str) -> int:
    return check.cadastre.keys.tolist().index(key)


def rows(check: ParcelCheck, key: str) -> dict[str, tuple[float, str]]:
    """Return area in ha and state by layer and class."""
    pairs, features = check.touching(np.array([position(check, key)])).pairs, check.features
    return {
        f"{features.layer[one]}/{features.key[one]}": (round(area / HA, 6), STATES[state])
        for one, area, state in zip(pairs.feature, pairs.area_m2, pairs.state, strict=True)
    }


def test_every_class_that_touches_is_told_with_its_area(land_office: Workspace) -> None:
    """Parcel 1/1, four cells: two in rice land, one of these in a river corridor too, a mast on it."""
    found = rows(ParcelCheck.open(land_office), "06184/1/1")
    assert found["zone/Khu minh họa"] == (4.0, "inside")
    assert found["admin_units@2009-04-01/06184"] == found["admin_units@2025-07-01/06184"] == (4.0, "inside")
    assert found["constraints/k"] == (2.0, "crossed")
    assert found["constraints/m"] == (1.0, "crossed")
    assert found["infrastructure/T1"][1] == "crossed"
    assert len(found) == 6


def test_all_zones_of_a_straddling_parcel_are_told(land_office: Workspace) -> None:
    """Parcel 2/1 lies in two communes; the line between them is exact, as nobody stated an accuracy."""
    found = rows(ParcelCheck.open(land_office), "06184/2/1")
    assert found["admin_units@2009-04-01/06184"] == (3.0, "crossed")
    assert found["admin_units@2009-04-01/06208"] == (1.0, "crossed")
    assert found["admin_units@2025-07-01/06184"] == (4.0, "inside")


def test_the_interval_is_that_of_the_accuracy(land_office: Workspace) -> None:
    """Rice land is known to 5 m where its line crosses the parcel, and exact where it runs along its edge."""
    check = ParcelCheck.open(land_office)
    pairs = check.touching(np.array([position(check, "06184/1/1")])).pairs
    place = check.features.key[pairs.feature].tolist().index("k")
    assert pairs.share_min[place] == pytest.approx(0.5 - 0.025, abs=1e-3)
    assert pairs.share_max[place] == pytest.approx(0.5 + 0.025, abs=1e-3)


def test_net_counts_an_overlap_once(land_office: Workspace) -> None:
    """Two restrictions cover 2 and 1 cells of the parcel, together 2."""
    check = ParcelCheck.open(land_office)
    nets = check.touching(np.array([position(check, "06184/1/1")])).nets
    assert nets["constraints"].tolist() == [to_mm2(2 * HA)]


def test_defence_is_marked_and_left_out_of_the_net(land_office: Workspace) -> None:
    """It touches, so that the layer is not among those that do not; its area is nobody's business."""
    check = ParcelCheck.open(land_office)
    touched = check.touching(np.array([position(check, "06136/1/1")]))
    assert check.features.withheld[touched.pairs.feature].sum() == 1
    assert touched.nets["constraints"].tolist() == [0]
    assert "constraints" not in check.not_affected(touched.pairs)
    assert "constraints/defence" not in check.kinds_not_met(touched.pairs)


def test_a_line_counts_by_its_length_inside(land_office: Workspace) -> None:
    """The road crosses the lower parcels in their middle, 200 m each, and no other."""
    check = ParcelCheck.open(land_office)
    pairs = check.touching().pairs
    road = check.features.key[pairs.feature] == "D1"
    crossed = {
        check.cadastre.keys[unit]: length for unit, length in zip(pairs.unit[road], pairs.length_m[road], strict=True)
    }
    assert crossed == {"06166/1/1": 200.0, "06166/1/2": 200.0, "06136/1/1": 200.0}


def test_all_equals_each(land_office: Workspace) -> None:
    """One parcel asked alone gets the rows that it gets among all, bit for bit."""
    scenarios.add(land_office, scenarios.Scenario("x", (AddUnits(("06136",), "2009-04-01"),)))
    check = ParcelCheck.open(land_office, "x")
    every = check.touching()
    for unit in range(len(check.cadastre)):
        alone, among = check.touching(np.array([unit])), every.pairs.unit == unit
        for name, values in vars(alone.pairs).items():
            assert np.array_equal(values, getattr(every.pairs, name)[among], equal_nan=name not in EXACT)
        assert {name: net[0] for name, net in alone.nets.items()} == {
            name: net[unit] for name, net in every.nets.items()
        }
        assert {name: one[0] for name, one in alone.changes.items()} == {
            name: one[unit] for name, one in every.changes.items()
        }


def test_a_scenario_tells_what_its_analysis_tells(land_office: Workspace) -> None:
    """Areas to the square millimetre, and the states against the proposed line."""
    west, south, *_ = land_office.read("zone").total_bounds
    cut = Polygon([(west + 33, south), (west + 133, south + 7), (west + 70, south + 190)])
    edits = (AddUnits(("06136",), "2009-04-01"), CutPolygon((Feature(cut),)))
    scenarios.add(land_office, scenarios.Scenario("x", edits))
    check, record = ParcelCheck.open(land_office, "x"), analyse(land_office, "x")
    touched, told = check.touching(), record.tables["parcels"].frame
    shown = ~withheld(check.cadastre.table.to_pandas())
    for name, values in touched.changes.items():
        assert values[shown].tolist() == told[name].tolist()
    pairs, features = touched.pairs, check.features
    proposed = (features.layer[pairs.feature] == "zone") & (features.version[pairs.feature] == "proposed")
    state = np.full(len(shown), "outside", dtype=object)
    state[pairs.unit[proposed]] = np.array(STATES, dtype=object)[pairs.state[proposed]]
    assert state[shown].tolist() == told["state_proposed"].tolist()


def test_what_is_missing_is_never_not_affected(land_office: Workspace) -> None:
    """Layers that are not there, features without a usable shape, accuracies that nobody stated."""
    constraints = land_office.read("constraints")
    constraints.loc[0, "geometry"] = None
    bow_tie = Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])
    constraints.loc[1, "geometry"] = bow_tie
    check = ParcelCheck.open(land_office.write({"constraints": constraints}))
    pairs = check.touching(np.array([position(check, "06184/1/1")])).pairs
    assert check.asked.no_data[:6] == (
        "functional_areas",
        "yards",
        "projects",
        "gates",
        "constraints/k",
        "constraints/m",
    )
    assert "admin_units@2009-04-01.accuracy_m" in check.asked.no_data
    assert check.not_affected(pairs) == ()
    assert check.kinds_not_met(pairs) == ()


def test_an_invalid_parcel_does_not_stop_the_others(land_office: Workspace) -> None:
    """It has no answer, and says why; analyses keep refusing the layer."""
    parcels = land_office.read("parcels")
    parcels.loc[0, "geometry"] = Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])
    check = ParcelCheck.open(land_office.write({"parcels": parcels}))
    bad = position(check, "/".join(parcels.loc[0, ["commune", "sheet_no", "parcel_no"]]))
    assert "Self-intersection" in (check.cadastre.shape_problem(bad) or "")
    assert len(check.touching(np.array([bad])).pairs.unit) == 0
    assert len(check.touching().pairs.unit) > 10
    again = ParcelCheck.open(Workspace.open(land_office.path))
    assert "Self-intersection" in (again.cadastre.shape_problem(bad) or "")


def test_a_project_of_parcels_alone_has_no_answer_but_no_data(land_office: Workspace, tmp_path) -> None:
    """Nothing to check against is not *not affected*."""
    bare = Workspace.create(tmp_path / "x", "X", "EPSG:9215").write({"parcels": land_office.read("parcels")})
    check = ParcelCheck.open(bare)
    pairs = check.touching().pairs
    assert len(pairs.unit) == 0
    assert check.not_affected(pairs) == ()
    assert "zone" in check.asked.no_data
