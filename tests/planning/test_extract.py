"""The extract: a Record of one parcel, whose numbers are facts; what is personal or withheld stays out."""

from pathlib import Path

import pytest

from gis.measure import to_mm2
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddUnits
from planning.errors import ParcelWithheld
from planning.extract import extract
from planning.extract_json import as_json, hits_as_json
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import find
from planning.record import Record

KEY = "06184@2009-04-01/1/1"


@pytest.fixture(scope="module")
def desk(land_office_template: Path) -> ParcelDesk:
    """Return the land office's project, opened; nobody changes it."""
    return ParcelDesk.open(Workspace.open(land_office_template))


def extract_of(desk: ParcelDesk, key: str = KEY, **wishes: bool) -> Record:
    return extract(desk, find(desk.cadastre, desk.communes, key).hits[0], **wishes)


def test_every_number_is_a_fact(desk: ParcelDesk) -> None:
    """Areas side by side, one line per use, layers with state and document, gross and net."""
    record = extract_of(desk)
    value = record.value
    assert value(f"parcels[{KEY}].measured_area_m2") == 40_000.0
    assert value(f"parcels[{KEY}].legal_area_m2") == 39_000.0
    assert value(f"parcels[{KEY}].unit_m2") == 40_000.0
    assert value(f"parcels[{KEY}].measured_less_legal_m2") == 1_000.0
    assert value(f"parcels.layers[{KEY}|constraints/k].state") == "crossed"
    assert value(f"parcels.layers[{KEY}|constraints/k].document") == "QĐ 1"
    assert value(f"parcels.layers[{KEY}|constraints/k].papers") == "quyết định 12/QĐ"
    assert value(f"parcels.layers[{KEY}|zone/Khu minh họa].document") == "QĐ 138"
    nets = [value(f"parcels.nets[{KEY}|constraints].{name}") for name in ("gross_m2", "net_m2", "overlap_m2")]
    assert nets == [30_000.0, 20_000.0, 10_000.0]
    assert record.fact(f"parcels.layers[{KEY}|constraints/k].share").unit == "share"
    uses = record.tables["parcels.uses"].frame
    assert uses[["basis", "land_use", "role"]].to_numpy().tolist()[:2] == [
        ["current", "ONT", "main"],
        ["current", "CLN", "secondary"],
    ]
    assert uses["measured_area_m2"].tolist()[:2] == [10_000.0, 30_000.0]
    assert value(f"parcels.papers[{KEY}|1].number") == "GCN-1"


def test_the_record_is_the_same_in_every_run_and_on_the_disk(
    desk: ParcelDesk, land_office: Workspace, tmp_path
) -> None:
    """Its id is of its content; what is written is read back."""
    first, second = extract_of(desk), extract_of(ParcelDesk.open(land_office))
    assert first.id == second.id
    first.save(tmp_path / "r")
    assert Record.load(tmp_path / "r").id == first.id
    assert extract_of(desk, "06208/1/1").id != first.id


def test_layers_are_told_apart_touching_not_touching_unknown(desk: ParcelDesk) -> None:
    """Every layer that was asked is in exactly one of the three lists."""
    told = as_json(extract_of(desk, "06208/1/2"))
    touching = {row["layer"] for row in told["layers"]}
    missing = {name for name in told["no_data"] if "." not in name and "/" not in name}
    assert touching == {"zone", "admin_units@2009-04-01", "admin_units@2025-07-01"} - {"zone"}
    assert set(told["not_affected_by"]) == {"zone", "constraints", "infrastructure"}
    assert {"functional_areas", "yards", "projects", "gates"} <= missing
    assert not touching & set(told["not_affected_by"])
    assert "constraints/rice_land" in told["kinds_not_affected_by"]


def test_owner_and_address_only_when_asked(desk: ParcelDesk) -> None:
    """The choice is a fact of the Record; without it the names are nowhere in it."""
    plain = extract_of(desk)
    assert "Nguyễn" not in str(as_json(plain))
    assert plain.value("choice.personal") == "left out"
    asked = extract_of(desk, personal=True)
    assert asked.value(f"parcels[{KEY}].owner") == "Ông Nguyễn Minh Họa 0"
    assert asked.value("choice.personal") == "shown"
    assert asked.id != plain.id


def test_defence_only_when_asked(desk: ParcelDesk) -> None:
    """A defence area that touches is counted; a defence parcel is not told at all."""
    plain = as_json(extract_of(desk, "06136/1/1"))
    assert plain["withheld"] == 1
    assert not [row for row in plain["layers"] if row["layer"] == "constraints"]
    asked = as_json(extract_of(desk, "06136/1/1", with_defence=True))
    assert [row["class"] for row in asked["layers"] if row["layer"] == "constraints"] == ["q"]
    with pytest.raises(ParcelWithheld):
        extract_of(desk, "06208/1/3")
    assert extract_of(desk, "06208/1/3", with_defence=True)


def test_a_scenario_adds_what_it_makes_of_the_parcel(land_office: Workspace) -> None:
    """Both versions of the zone, and the area that comes in."""
    scenarios.add(land_office, scenarios.Scenario("x", (AddUnits(("06136",), "2009-04-01"),)))
    key = "06136@2009-04-01/1/1"
    record = extract_of(ParcelDesk.open(land_office, "x"), key)
    assert record.value(f"parcels[{key}].added_m2") == 40_000.0
    rows = {(row["layer"], row["version"]): row["state"] for row in as_json(record)["layers"]}
    assert rows["zone", "proposed"] == "inside"
    assert ("zone", "established") not in rows
    assert record.scenario == "x"
    assert "scenario/x" in [one.layer for one in record.inputs]


def test_the_json_of_the_contract(desk: ParcelDesk) -> None:
    """Names that others rely on, with plain values."""
    told = as_json(extract_of(desk))
    assert told["key"] == KEY
    assert (told["measured_area_m2"], told["legal_area_m2"]) == (40_000.0, 39_000.0)
    row = next(one for one in told["layers"] if one["class"] == "k")
    assert {"layer", "class", "state", "area_m2", "share", "share_min", "share_max", "document"} <= set(row)
    assert (row["layer"], row["state"], row["share"]) == ("constraints", "crossed", 0.5)
    assert row["share_min"] < row["share"] < row["share_max"]
    assert told["findings"] == []
    assert "findings" in told["no_data"]
    mast = next(one for one in told["layers"] if one["class"] == "T1")
    assert (mast["area_m2"], mast["share"], mast["length_m"]) == (None, None, 0.0)


def test_the_identifier_is_provisional_and_leaves_the_official_one(desk: ParcelDesk) -> None:
    """Transform, accuracy and point stand beside it."""
    told = as_json(extract_of(desk, "06136/1/1"))["identifier"]
    assert told["national_id"] == "VN-CHINH-THUC-9"
    assert len(told["provisional_id"]) == 12
    assert 0 < told["sure"] < 12
    assert "VN-2000" in told["transform"]
    assert told["point"].startswith("a point inside the parcel")


def test_a_parcel_without_a_shape_has_no_data_and_no_layers(land_office: Workspace) -> None:
    """No layer is *not affected*, and every one is no data."""
    parcels = land_office.read("parcels")
    row = parcels.index[(parcels["commune"] == "06184") & (parcels["sheet_no"] == "2")][0]
    parcels.loc[row, "geometry"] = None
    told = as_json(extract_of(ParcelDesk.open(land_office.write({"parcels": parcels})), "06184/2/1"))
    assert told["layers"] == told["not_affected_by"] == []
    assert {"parcels.geometry", "zone", "constraints", "admin_units@2025-07-01"} <= set(told["no_data"])
    assert (told["unit_m2"], told["measured_area_m2"]) == (None, 40_000.0)
    assert told["parcel"]["shape_problem"] == "missing"


def test_several_hits_are_told_as_a_list(desk: ParcelDesk) -> None:
    """Full keys, communes, and the vintage through which each was found."""
    told = hits_as_json(find(desk.cadastre, desk.communes, "Đồng Đăng/1/1"))
    assert [hit["key"] for hit in told["hits"]] == ["06184@2009-04-01/1/1", "06208@2009-04-01/1/1"]
    assert told["hits"][1]["through"]["valid_from"] == "2025-07-01"


def test_areas_close(desk: ParcelDesk) -> None:
    """The communes of each vintage share out the whole parcel."""
    for key in ("06184/1/1", "06184/2/1", "06166/1/2"):
        told = as_json(extract_of(desk, key))
        for vintage in ("2009-04-01", "2025-07-01"):
            areas = [row["area_m2"] for row in told["layers"] if row["layer"] == f"admin_units@{vintage}"]
            assert sum(to_mm2(areas)) == to_mm2(told["unit_m2"])
