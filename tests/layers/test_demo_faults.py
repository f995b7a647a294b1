"""Planted faults: each is listed, is where the list says, and is found by the check, which finds nothing else."""

import json
from pathlib import Path

import geopandas
import pytest
import shapely
from geopandas import GeoDataFrame
from pandas import Series, concat

from gis.measure import areas_mm2
from layers.demo.faults import FILE, Fault, with_faults, write_faults
from layers.demo.infrastructure import infrastructure
from layers.demo.parcels import Parcels, cadastre
from layers.demo.place import CRS, admin_units, place
from layers.mend import apply, propose
from layers.report import Report
from layers.rules.coverage import COVERAGE
from layers.rules.geometry import GEOMETRY
from layers.rules.rule import OTHERS_JOINED
from layers.validate import Touched, check, check_touched
from layers.workspace import Workspace

Rows = geopandas.GeoDataFrame


@pytest.fixture(scope="module")
def land() -> Parcels:
    return cadastre(1_200, 7)


@pytest.fixture(scope="module")
def project(land: Parcels, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, tuple[Fault, ...], Path]:
    workspace = Workspace.create(tmp_path_factory.mktemp("faults") / "project", "faults", CRS)
    planted, listed = with_faults(land.layer, 7)
    workspace = workspace.write({"parcels": planted})
    write_faults(workspace.path / FILE, listed)
    content = json.loads((workspace.path / FILE).read_text(encoding="utf-8"))
    faults = tuple(Fault(**{**one, "features": tuple(one["features"])}) for one in content["faults"])
    parcels = workspace.read("parcels")
    parcels.index = parcels["commune"] + "/" + parcels["sheet_no"] + "/" + parcels["parcel_no"]
    return parcels, faults, workspace.path


def of_kind(project: tuple[Rows, tuple[Fault, ...], Path], kind: str) -> list[tuple[Fault, Rows]]:
    parcels, faults, _ = project
    found = [(fault, parcels.loc[list(dict.fromkeys(fault.features))]) for fault in faults if fault.kind == kind]
    assert len(found) == 4
    return found


@pytest.mark.parametrize("kind", ["overlap", "sliver_overlap", "contained_overlap", "duplicate_geometry"])
def test_overlaps_have_their_area(project: tuple[Rows, tuple[Fault, ...], Path], kind: str) -> None:
    """The two parcels share the listed area, and the listed place lies in both."""
    for fault, rows in of_kind(project, kind):
        one, other = rows.geometry
        place = shapely.Point(fault.easting, fault.northing)
        assert shapely.intersection(one, other).area == pytest.approx(fault.area_m2, abs=0.01)
        assert max(one.distance(place), other.distance(place)) < 0.01


@pytest.mark.parametrize("kind", ["gap", "sliver_gap"])
def test_gaps_are_empty(project: tuple[Rows, tuple[Fault, ...], Path], kind: str) -> None:
    """No parcel covers the listed place, which lies between the two listed parcels."""
    parcels = project[0]
    for fault, rows in of_kind(project, kind):
        place = shapely.Point(fault.easting, fault.northing)
        assert fault.area_m2 > 0
        assert not shapely.contains(parcels.geometry.values, place).any()
        assert rows.distance(place).max() < 2.0


def test_keys_are_repeated(project: tuple[Rows, tuple[Fault, ...], Path]) -> None:
    """A repeated key names two parcels."""
    for _, rows in of_kind(project, "duplicate_key"):
        assert len(rows) == 2


def test_outlines_cross_themselves(project: tuple[Rows, tuple[Fault, ...], Path]) -> None:
    """A bow-tie is invalid, and nothing else in the layer is."""
    parcels = project[0]
    crossed = {fault.features[0] for fault, _ in of_kind(project, "self_intersection")}
    invalid = parcels[~(parcels.is_valid | parcels.geometry.isna())]
    assert set(invalid.index) == crossed


def test_spikes_stick_out(project: tuple[Rows, tuple[Fault, ...], Path]) -> None:
    """The listed place is the tip of a spike."""
    for fault, rows in of_kind(project, "spike"):
        assert rows.geometry.iloc[0].distance(shapely.Point(fault.easting, fault.northing)) < 0.05


def test_geometry_is_missing(project: tuple[Rows, tuple[Fault, ...], Path]) -> None:
    """The parcel stays in its row, without a shape."""
    for _, rows in of_kind(project, "geometry_missing"):
        assert rows.geometry.isna().all()


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("unknown_code", "land_use"),
        ("lower_case_code", "land_use"),
        ("unknown_commune", "commune"),
        ("negative_area", "legal_area_m2"),
        ("date_in_future", "handover_date"),
        ("mixed_encoding", "owner"),
        ("measured_area_differs", "measured_area_m2"),
    ],
)
def test_values_are_wrong(project: tuple[Rows, tuple[Fault, ...], Path], kind: str, field: str) -> None:
    """The field holds the listed value."""
    for fault, rows in of_kind(project, kind):
        assert fault.field == field
        assert str(rows[field].iloc[0]) == fault.value


def test_no_parcel_has_two_faults(project: tuple[Rows, tuple[Fault, ...], Path]) -> None:
    """Faults do not touch, so that a check that finds one finds that one."""
    named = [key for fault in project[1] for key in dict.fromkeys(fault.features)]
    assert len(named) == len(set(named))


RULE_OF = {
    "overlap": "coverage.overlap",
    "gap": "coverage.gap",
    "sliver_overlap": "coverage.sliver_overlap",
    "sliver_gap": "coverage.sliver_gap",
    "contained_overlap": "coverage.contained",
    "duplicate_geometry": "coverage.duplicate",
    "duplicate_key": "keys.repeated",
    "self_intersection": "geometry.self_intersection",
    "spike": "geometry.spike",
    "geometry_missing": "geometry.missing",
    "measured_area_differs": "agreement.drawn_area",
    "unknown_code": "attributes.land_use_unknown",
    "lower_case_code": "attributes.land_use_spelling",
    "unknown_commune": "relations.commune_unknown",
    "negative_area": "attributes.area_not_positive",
    "date_in_future": "attributes.date_in_future",
    "mixed_encoding": "attributes.legacy_text",
}
PLACED = (
    "overlap",
    "gap",
    "sliver_overlap",
    "sliver_gap",
    "contained_overlap",
    "duplicate_geometry",
    "geometry_missing",
)
# What a fault brings about elsewhere: sums that no longer close, uses of a parcel whose key is gone.
CONSEQUENCES = ("agreement.", "relations.without_object")


class Checked:
    """The demo land, checked without and with its faults."""

    def __init__(self, workspace: Workspace, land: Parcels) -> None:
        planted, self.faults = with_faults(land.layer, 7)
        every = {
            "admin_units": admin_units(place()),
            "infrastructure": GeoDataFrame(concat([infrastructure(), land.lanes], ignore_index=True), crs=CRS),
            "parcel_uses": land.uses,
        }
        self.workspace, self.rows = workspace, {**every, "parcels": planted}
        self.clean = check(workspace, rows={**every, "parcels": land.layer}, today="2026-11-22")
        self.dirty = check(workspace, rows=self.rows, today="2026-11-22")
        self.accuracy_m = dict(zip(keys(planted), planted["accuracy_m"], strict=True))

    def rule_of(self, fault: Fault) -> str:
        """Return the rule for a fault: at the accuracy of forest sheets (3 m) a strip of 1.5 m is a sliver."""
        narrow = max(self.accuracy_m[key] for key in fault.features) >= 1.5
        kind = f"sliver_{fault.kind}" if fault.kind in ("overlap", "gap") and narrow else fault.kind
        return RULE_OF[kind]


def keys(parcels: GeoDataFrame) -> list[str]:
    return (parcels["commune"] + "/" + parcels["sheet_no"] + "/" + parcels["parcel_no"]).tolist()


def named(report: Report) -> list[tuple[str, frozenset[str], str]]:
    """Return rule, features and field of each finding."""
    rows = zip(*(report.findings[name] for name in ("rule", "feature", "others", "field")), strict=True)
    return [
        (rule, frozenset([one, *filter(None, others.split(OTHERS_JOINED))]), field) for rule, one, others, field in rows
    ]


@pytest.fixture(scope="module")
def checked(land: Parcels, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return Checked(Workspace.create(tmp_path_factory.mktemp("checked") / "project", "checked", CRS), land)


def test_the_demo_without_faults_is_sound(checked: Checked) -> None:
    """No finding of geometry, coverage, keys or relations; no rule failed."""
    families = {rule.partition(".")[0] for rule in checked.clean.counts}
    assert families <= {"attributes", "agreement"}
    assert set(checked.clean.counts) <= {
        "agreement.legal_area", "attributes.legal_area_missing", "attributes.land_use_regimes",
    }  # fmt: skip


@pytest.mark.parametrize("kind", RULE_OF)
def test_every_planted_fault_is_found(checked: Checked, kind: str) -> None:
    """By its rule, with its features and field; faults with an area at their place and with their area."""
    found = checked.dirty.findings
    faults = [fault for fault in checked.faults if fault.kind == kind]
    assert len(faults) == 4
    for fault in faults:
        rule = checked.rule_of(fault)
        rows = [row for row, one in enumerate(named(checked.dirty)) if one[0] == rule and one[1] == set(fault.features)]
        assert rows, fault
        if fault.field:
            assert (found["field"].iloc[rows] == fault.field).all()
        if kind in PLACED:
            place = shapely.Point(fault.easting, fault.northing)
            assert found["shape"].iloc[rows[0]].distance(place) < 0.01
            assert found["area_mm2"].iloc[rows[0]] / 1e6 == pytest.approx(fault.area_m2, abs=0.002)
        if kind == "spike":
            tip = (found["easting"].iloc[rows[0]], found["northing"].iloc[rows[0]])
            assert tip == pytest.approx((fault.easting, fault.northing), abs=0.05)


def test_nothing_else_is_found(checked: Checked) -> None:
    """What is not found without the faults is one of them, or follows from one in the sums and tables beside it."""
    expected = {(checked.rule_of(fault), frozenset(fault.features)) for fault in checked.faults}
    touched = {feature for fault in checked.faults for feature in fault.features}
    touched |= {feature.partition("/")[0] for feature in touched}
    before = set(named(checked.clean))
    for rule, features, field in named(checked.dirty):
        if (rule, features, field) in before or (rule, features) in expected:
            continue
        assert rule.startswith(CONSEQUENCES), (rule, features, field)
        if rule != "relations.without_object":
            assert features <= touched


def test_an_edit_is_checked_without_the_rest(checked: Checked) -> None:
    """Asked about the parcels of a few faults, the check finds those faults and no others."""
    chosen = [
        fault for fault in checked.faults if fault.kind in ("overlap", "gap", "self_intersection", "duplicate_key")
    ]
    for fault in chosen[::4]:
        report = check_touched(checked.workspace, Touched("parcels", fault.features), rows=checked.rows)
        assert not report.whole
        assert (checked.rule_of(fault), frozenset(fault.features)) in {one[:2] for one in named(report)}
        assert all(set(fault.features) & features for _, features, _ in named(report))
        others = {checked.rule_of(one) for one in checked.faults if one.kind != fault.kind} - {"agreement.drawn_area"}
        assert not others & set(report.counts)


def test_planted_faults_are_mended(land: Parcels, tmp_path: Path) -> None:
    """The check finds nothing of shapes but what is left to people, and every parcel is what it was before."""
    planted, listed = with_faults(land.layer, 7)
    ground = GeoDataFrame(concat([infrastructure(), land.lanes], ignore_index=True), crs=CRS)
    workspace = Workspace.create(tmp_path / "p", "p", CRS).write({"parcels": planted, "infrastructure": ground})
    proposal = propose(workspace, "parcels")
    counts = check(apply(workspace, proposal), ["parcels"], rules=(*GEOMETRY, *COVERAGE)).counts
    assert counts == {"coverage.contained": 4, "coverage.duplicate": 4}
    assert sorted(proposal.exceptions["reason"]) == ["same_shape"] * 4 + ["within"] * 4
    assert not proposal.units["far"].any()
    now, then = (areas_of(rows) for rows in (proposal.rows, land.layer))
    same = then.index.intersection(now.index)  # some faults are in the key
    assert len(same) >= len(then) - 2 * len([one for one in listed if one.kind in ("duplicate_key", "unknown_commune")])
    assert (now.loc[same] - then.loc[same]).abs().max() <= 10


def areas_of(rows: GeoDataFrame) -> Series:
    """Return the area of every parcel in mm², by its key where that is alone."""
    keys = rows["commune"] + "/" + rows["sheet_no"] + "/" + rows["parcel_no"]
    areas = Series(areas_mm2(rows.geometry.values), index=keys.to_numpy())
    return areas[~areas.index.duplicated(keep=False)]
