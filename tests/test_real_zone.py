"""The real zone: 23 communes of the Decision of 2008, both vintages, Chi Ma added; beside plain geopandas."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from desk.cli.app import main
from layers.admin_units import unit_key
from layers.workspace import Workspace
from planning.analysis_json import as_json
from planning.effect import kept_record

# The list of Decision 1009/2024, by district; names repeat in the province.
COMMUNES_OF_THE_DECISION = {
    "Lạng Sơn": "Hoàng Văn Thụ, Tam Thanh, Vĩnh Trại, Đông Kinh, Chi Lăng, Hoàng Đồng, Quảng Lạc, Mai Pha",
    "Cao Lộc": (
        "Cao Lộc, Đồng Đăng, Bảo Lâm, Hồng Phong, Phú Xá, Thụy Hùng, Thạch Đạn, Bình Trung, Hợp Thành, Yên Trạch, Tân Liên"
    ),
    "Văn Lãng": "Tân Thanh, Tân Mỹ",
    "Văn Quan": "Đồng Giáp",
    "Chi Lăng": "Vân An",
}
UNITS = [
    f"{district}/{name.strip()}" for district, names in COMMUNES_OF_THE_DECISION.items() for name in names.split(",")
]
CHI_MA = ["Lộc Bình/Yên Khoái", "Lộc Bình/Tú Mịch"]
AREAS = ("unit_m2", "base_m2", "proposed_m2", "added_m2")


@pytest.fixture(scope="module")
def folder(testdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project, made through the command line alone."""
    folder = tmp_path_factory.mktemp("that") / "dong-dang"
    old, new = (testdata / f"vn_communes_{year}" / f"lang_son_communes_{year}.gpkg" for year in (2009, 2025))
    for words in (
        ["new", folder, "--name", "KKTCK Đồng Đăng – Lạng Sơn", "--crs", "EPSG:9215"],
        ["import", old, "--as", "admin_units", "--vintage", "2009-04-01", "-p", folder],
        ["import", new, "--layer", "communes_2025", "--as", "admin_units", "--vintage", "2025-07-01", "-p", folder],
        [
            "zone",
            "--from-units",
            ",".join(UNITS),
            "--vintage",
            "2009-04-01",
            "--accuracy",
            "50",
            "--set",
            "declared_area_ha=39400",
            "-p",
            folder,
        ],
        ["scenario", "add", "chi-ma", "--add-units", ",".join(CHI_MA), "--vintage", "2009-04-01", "-p", folder],
        ["analyse", "chi-ma", "-p", folder],
    ):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert not end.value.code, words
    return folder


@pytest.fixture(scope="module")
def answer(folder: Path) -> Mapping[str, Any]:
    """Return the JSON of the analysis, from the stored Record."""
    return json.loads(json.dumps(as_json(kept_record(Workspace.open(folder), "chi-ma"))))


@pytest.fixture(scope="module")
def plain(testdata: Path) -> Mapping[str, geopandas.GeoDataFrame]:
    """Return the same by plain geopandas: zone, extension, communes of 2025."""
    old = geopandas.read_file(testdata / "vn_communes_2009" / "lang_son_communes_2009.gpkg").to_crs(9215)
    new = geopandas.read_file(
        testdata / "vn_communes_2025" / "lang_son_communes_2025.gpkg", layer="communes_2025"
    ).to_crs(9215)
    named = [
        f"{unit_key(district)}/{unit_key(name)}"
        for district, name in zip(old["district_vn"], old["commune_vn"], strict=True)
    ]
    pick = {
        one: old[[name in {_key(unit) for unit in units} for name in named]]
        for one, units in (("zone", UNITS), ("chi-ma", CHI_MA))
    }
    return {**pick, "communes": new.set_index("code")}


def _key(unit: str) -> str:
    return "/".join(unit_key(part) for part in unit.split("/"))


def test_the_union_of_the_communes_is_larger_than_what_was_declared(answer: Mapping[str, Any]) -> None:
    """400.7 km² drawn against 394 km² declared; the difference is a fact; the status says approximate."""
    assert answer["area_m2"]["base"] == pytest.approx(400.7e6, rel=2e-4)
    assert answer["zone"]["declared_area_m2"] == 394e6
    assert answer["zone"]["drawn_less_declared_m2"] == pytest.approx(answer["area_m2"]["base"] - 394e6, abs=1e-6)
    assert answer["zone"]["status"] == "approximate"


def test_the_thinned_source_leaves_sliver_holes_and_they_are_told(answer: Mapping[str, Any]) -> None:
    """Some fifty holes of the base are slivers between communes that were thinned each alone."""
    assert answer["zone"]["holes"]["base"] == {"count": 52, "slivers": 52}


@pytest.mark.parametrize(
    ("code", "share"),
    [("06184", 0.99), ("06172", 0.57), ("06187", 0.45), ("06286", 0.36), ("06211", 0.34), ("06481", 0.28)],
    ids=["Đồng Đăng", "Hoàng Văn Thụ", "Kỳ Lừa", "Khánh Khê", "Cao Lộc", "Chiến Thắng"],
)
def test_communes_of_2025_lie_in_the_zone_as_expected(answer: Mapping[str, Any], code: str, share: float) -> None:
    """Six of the nine communes that the zone meets, with the share of each inside."""
    row = next(row for row in answer["by"]["admin_units@2025-07-01"]["rows"] if row["key"] == code)
    assert row["base_m2"] / row["unit_m2"] == pytest.approx(share, abs=0.006)


def test_every_area_agrees_with_plain_geopandas(
    answer: Mapping[str, Any], plain: Mapping[str, geopandas.GeoDataFrame]
) -> None:
    """Union, difference and intersection of all 65 communes, to 1e-6."""
    zone = shapely.union_all(plain["zone"].geometry.values)
    proposed = shapely.union(zone, shapely.union_all(plain["chi-ma"].geometry.values))
    assert len(plain["zone"]) == 23
    assert answer["area_m2"]["base"] == pytest.approx(zone.area, rel=1e-6)
    assert answer["area_m2"]["added"] == pytest.approx(proposed.difference(zone).area, rel=1e-6)
    communes = plain["communes"]
    expected = {
        "unit_m2": communes.area,
        "base_m2": communes.intersection(zone).area,
        "proposed_m2": communes.intersection(proposed).area,
        "added_m2": communes.intersection(proposed.difference(zone)).area,
    }
    rows = {row["key"]: row for row in answer["by"]["admin_units@2025-07-01"]["rows"]}
    for column in AREAS:
        assert [rows[code][column] for code in communes.index] == pytest.approx(
            expected[column].tolist(), rel=1e-6, abs=1e-3
        )


def test_the_layers_that_nobody_has_are_no_data(answer: Mapping[str, Any]) -> None:
    """No parcels, yards, gates … of the real zone were found, and the answer says so."""
    assert answer["no_data"] == ["functional_areas", "parcels", "constraints", "yards", "gates"]
