"""Planted faults: each is listed, and each is where the list says."""

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from layers.demo.faults import FILE, Fault, with_faults, write_faults
from layers.demo.parcels import cadastre
from layers.demo.place import CRS
from layers.workspace import Workspace

Rows = geopandas.GeoDataFrame


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, tuple[Fault, ...], Path]:
    workspace = Workspace.create(tmp_path_factory.mktemp("faults") / "project", "faults", CRS)
    planted, listed = with_faults(cadastre(1_200, 7).layer, 7)
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
