"""Naming a parcel: every way that people write it finds it, and what could be several is never guessed."""

import pytest

from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from planning.cadastre import Cadastre
from planning.communes import Communes
from planning.errors import CommuneUnknown, NoParcelThere, OwnerUnknown, ParcelKeyWrong, ParcelUnknown, ParcelWithheld
from planning.parcel_key import Found, find, find_at, find_owned


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


@pytest.fixture
def ask(land_office: Workspace):
    """Return a function that finds parcels by a text."""
    cadastre, communes = Cadastre.open(land_office), Communes.of(land_office)
    return lambda text: find(cadastre, communes, text)


@pytest.mark.parametrize(
    "text",
    [
        "Thị trấn Đồng Đăng/1/1",
        "tt Đồng Đăng / 01 / 001",
        "thi tran dong dang/1/1",
        "Cao Lộc/tt. Đồng Đăng/1/1",
        "06184@2009-04-01/1/1",
        "Thửa đất số 1, tờ bản đồ số 1, thị trấn Đồng Đăng",
    ],
)
def test_one_parcel_has_many_names(ask, text: str) -> None:
    """With or without accents, kind, district, zeros; in words; by the dated code."""
    assert keys(ask(text)) == ["06184@2009-04-01/1/1"]


def test_a_name_of_two_vintages_lists_what_lies_in_either(ask) -> None:
    """Đồng Đăng was a township and is a commune of two: the number 1/1 occurs in both predecessors."""
    found = ask("Đồng Đăng/1/1")
    assert keys(found) == ["06184@2009-04-01/1/1", "06208@2009-04-01/1/1"]
    assert [hit.way for hit in found.hits] == ["same", "other"]
    assert found.hits[1].asked.dated_code == "06184@2025-07-01"
    assert keys(ask("Đồng Đăng/2/1")) == ["06184@2009-04-01/2/1"]
    assert keys(ask("06184@2025-07-01/1/3")) == ["06208@2009-04-01/1/3"]


def test_a_new_commune_finds_the_parcels_of_its_predecessors(ask) -> None:
    """Hoàng Văn Thụ has no parcel under its own name; those of Tân Thanh lie on its land."""
    found = ask("Hoàng Văn Thụ/1/2")
    assert keys(found) == ["06166@2009-04-01/1/2"]
    assert found.hits[0].way == "other"


def test_a_name_that_occurs_twice_is_listed(ask) -> None:
    """Two communes are called Thụy Hùng; the district tells them apart, whatever the placement of the tone."""
    assert keys(ask("Thụy Hùng/1/1")) == ["06136@2009-04-01/1/1", "06208@2009-04-01/1/1"]
    assert keys(ask("Văn Lãng/Thuỵ Hùng/1/1")) == ["06136@2009-04-01/1/1"]


def test_a_bare_code_is_the_layers_own_and_other_readings_are_told(ask) -> None:
    """06184 is the township in the layer; since 2025 it means more, which is said beside the answer."""
    found = ask("06184/1/1")
    assert (keys(found), found.hits[0].way) == (["06184@2009-04-01/1/1"], "key")
    assert [hit.key for hit in found.other] == ["06208@2009-04-01/1/1"]
    assert not ask("06208/1/3").other


def test_an_old_name_finds_parcels_that_are_numbered_by_the_new_unit(land_office: Workspace) -> None:
    """Numbers repeat after the merger: the old name picks those that lie on its land."""
    rows = land_office.read("parcels")
    rows = rows.assign(
        commune=rows["commune"].map({"06184": "06184", "06208": "06184", "06166": "06166", "06136": "06166"}),
        valid_from="2025-07-01",
    )
    after = land_office.write({"parcels": rows})
    cadastre, communes = Cadastre.open(after), Communes.of(after)
    found = find(cadastre, communes, "tt Đồng Đăng/1/1")
    assert len(found.hits) == 1
    assert found.hits[0].asked.dated_code == "06184@2009-04-01"
    assert len(find(cadastre, communes, "xã Đồng Đăng/1/1").hits) == 2


def test_the_official_identifier_is_a_name_too(ask) -> None:
    """It finds its parcel."""
    assert keys(ask("VN-CHINH-THUC-9")) == ["06136@2009-04-01/1/1"]


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("Đồng Đăng", ParcelKeyWrong, "xã/tờ/thửa"),
        ("Đồng Đăng/1/", ParcelKeyWrong, "xã/tờ/thửa"),
        ("Tan Thành/1/1", CommuneUnknown, "“Xã Tân Thanh” (06166@2009-04-01)"),
        ("Không Có/1/1", CommuneUnknown, "2009-04-01, 2025-07-01"),
        ("Tân Thanh/1/99", ParcelUnknown, "Tờ này có các thửa: 1, 2."),
        ("Tân Thanh/7/1", ParcelUnknown, "Các tờ có thửa ở đó: 1."),
    ],
)
def test_what_is_not_there_is_said_with_what_is(ask, text: str, error: type[Exception], told: str) -> None:
    """A name with wrong accents is not guessed; the message names what sounds alike."""
    with pytest.raises(error) as raised:
        ask(text)
    assert told in raised.value.to("vi")


def test_a_place_finds_its_parcel(land_office: Workspace) -> None:
    """In the middle one, on an edge both, outside the nearest; exchanged numbers are noticed."""
    cadastre, communes = Cadastre.open(land_office), Communes.of(land_office)
    east, north = ORIGIN_EASTING, ORIGIN_NORTHING
    assert keys(find_at(cadastre, communes, east + 50, north + 450)) == ["06184@2009-04-01/1/1"]
    assert len(find_at(cadastre, communes, east + 200, north + 450).hits) == 2
    with pytest.raises(NoParcelThere, match=r"06184/1/1, 10 m"):
        find_at(cadastre, communes, east - 10, north + 450)
    with pytest.raises(NoParcelThere, match="northing first"):
        find_at(cadastre, communes, north + 450, east + 50)


def test_an_owner_finds_his_parcels(land_office: Workspace) -> None:
    """A part of the name will do, without accents; nobody is an error."""
    cadastre, communes = Cadastre.open(land_office), Communes.of(land_office)
    assert keys(find_owned(cadastre, communes, "tran thu")) == ["06136@2009-04-01/1/1"]
    for nobody in ("Lê Lợi", " "):
        with pytest.raises(OwnerUnknown):
            find_owned(cadastre, communes, nobody)


def test_an_owners_defence_land_is_counted_and_not_named(land_office: Workspace) -> None:
    """Unless it is asked for; who has nothing else is told that it is withheld."""
    rows = land_office.read("parcels")
    rows = rows.assign(owner="Lê Lợi", legal_use="LUC", planned_use="LUC")
    rows["land_use"] = ["LUC - CQP", *["LUC"] * (len(rows) - 1)]
    after = land_office.write({"parcels": rows})
    cadastre, communes = Cadastre.open(after), Communes.of(after)
    found = find_owned(cadastre, communes, "le loi")
    assert (len(found.hits), found.left_out) == (len(rows) - 1, 1)
    assert len(find_owned(cadastre, communes, "le loi", with_defence=True).hits) == len(rows)
    after = after.write({"parcels": rows.assign(land_use="CQP")})
    with pytest.raises(ParcelWithheld):
        find_owned(Cadastre.open(after), Communes.of(after), "le loi")


def test_without_communes_the_codes_of_the_layer_still_find(land_office: Workspace, tmp_path) -> None:
    """A project that holds parcels alone."""
    bare = Workspace.create(tmp_path / "x", "X", "EPSG:9215").write({"parcels": land_office.read("parcels")})
    cadastre, communes = Cadastre.open(bare), Communes.of(bare)
    assert keys(find(cadastre, communes, "06208/1/3")) == ["06208@2009-04-01/1/3"]
    with pytest.raises(CommuneUnknown):
        find(cadastre, communes, "Đồng Đăng/1/1")


def test_repeated_keys_are_told_apart(land_office: Workspace) -> None:
    """Both are listed; the count behind # names one."""
    rows = land_office.read("parcels")
    rows.loc[(rows["commune"] == "06184") & (rows["parcel_no"] == "2"), "parcel_no"] = "1"
    after = land_office.write({"parcels": rows})
    cadastre, communes = Cadastre.open(after), Communes.of(after)
    assert len(find(cadastre, communes, "06184/1/1").hits) == 2
    assert keys(find(cadastre, communes, "06184/1/1#2")) == ["06184@2009-04-01/1/1#2"]


def test_a_parcel_without_a_shape_is_found_by_its_number(land_office: Workspace) -> None:
    """Its place is not known, its row is."""
    rows = land_office.read("parcels")
    rows.loc[0, "geometry"] = None
    after = land_office.write({"parcels": rows})
    cadastre, communes = Cadastre.open(after), Communes.of(after)
    found = find(cadastre, communes, "/".join(rows.loc[0, ["commune", "sheet_no", "parcel_no"]]))
    assert cadastre.shape_problem(found.hits[0].position) == "missing"
