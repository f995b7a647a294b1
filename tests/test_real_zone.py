"""The real zone: 23 communes of the Decision of 2008, both vintages, Chi Ma added; beside plain geopandas."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from desk.cli.app import main
from gis.displacement import displacement
from gis.graded_side import Tolerance
from gis.line import Course
from layers.admin_units import unit_key
from layers.workspace import Workspace
from planning.analysis_json import as_json
from planning.current import kept_record

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
# The decision names a part of it, and no source gives the line: it is drawn whole.
IN_PART = "Chi Lăng/Vân An"
CHI_MA = ["Lộc Bình/Yên Khoái", "Lộc Bình/Tú Mịch"]
# What became of the zone on 1 July 2025, by the lists: code, units of 2009 that the lists know it by, and those in the zone.
WHOLE = {"06184": (5, 5), "05986": (2, 2), "05977": (4, 4), "05983": (2, 2)}
CUT = {"06187": (5, 4), "06172": (5, 2), "06211": (3, 1), "06286": (6, 2), "06481": (4, 0)}
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
            ",".join(unit for unit in UNITS if unit != IN_PART),
            "--part-units",
            IN_PART,
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


def test_nine_communes_of_2025_are_in_the_zone_and_five_of_them_are_cut(answer: Mapping[str, Any]) -> None:
    """By the lists of the decision and the resolution; the drawing of 2009 alone would cut fourteen."""
    rows = {row["key"]: row for row in answer["whole_or_cut"]["2025-07-01"]}
    assert {key for key, row in rows.items() if row["state_base"] == "inside"} == set(WHOLE)
    assert {key for key, row in rows.items() if row["state_base"] == "crossed"} == set(CUT)
    for key, known in {**WHOLE, **CUT}.items():
        assert (rows[key]["members"], rows[key]["members_base"]) == known
    assert sum(row["shapes_base"] == "crossed" for row in rows.values()) > len(CUT) + len(WHOLE)
    assert {rows[key]["agreement"] for key in WHOLE} <= {"agree_within_accuracy", "shapes_open"}
    assert rows["06541"]["state_proposed"] == "crossed"  # Mẫu Sơn: two of its three come in with Chi Ma


def test_the_commune_that_the_decision_names_in_part_is_a_conflict(answer: Mapping[str, Any]) -> None:
    """Vân An is drawn whole: list and shapes contradict each other, and that is told."""
    differ = [row["name"] for row in answer["whole_or_cut"]["2009-04-01"] if row["agreement"] == "differ"]
    assert differ == ["Xã Vân An"]


def test_former_districts_and_the_crosswalk_close(answer: Mapping[str, Any]) -> None:
    """Chi Ma lies in a sixth district; the crosswalk knows every pair of the list, and what it leaves is told."""
    districts = {row["key"]: row for row in answer["by"]["districts@2009-04-01"]["rows"]}
    assert districts["Huyện Lộc Bình"]["added_m2"] > 79e6
    assert districts["Huyện Cao Lộc"]["added_m2"] == pytest.approx(0, abs=1)
    rows = answer["crosswalk"]["2009-04-01.2025-07-01"]
    assert sum(row["evidence"] == "list_and_shapes" for row in rows) == 186
    assert not [row for row in rows if row["evidence"] == "list_only"]
    kept = sum(row["kept_m2"] for row in rows)
    assert kept == pytest.approx(answer["area_m2"]["kept"], rel=0.002)


def test_taking_chi_ma_in_is_a_move_and_its_area_is_all_there_is(answer: Mapping[str, Any]) -> None:
    """79.9 km² farther off than any accuracy: moved, if the accuracy of the units were stated; it is not."""
    movement = answer["movement"]
    assert (movement["verdict"], movement["accuracy_proposed_m"]) == ("cannot_tell", None)
    assert movement["cannot_tell"]["added_m2"] == pytest.approx(answer["area_m2"]["added"], abs=1e-3)
    assert movement["unchanged"]["length_m"] > 200_000


@pytest.fixture(scope="module")
def province(testdata: Path) -> tuple[Any, Any, Any, Any]:
    """Return the province by the drawings of 2009 and 2025, and what the second adds and removes."""
    before, after = (
        _filled(
            geopandas.read_file(
                testdata / f"vn_communes_{year}" / f"lang_son_communes_{year}.gpkg", layer=f"communes_{year}"
            )
        )
        for year in (2009, 2025)
    )
    return before, after, after.difference(before), before.difference(after)


@pytest.mark.parametrize(("accuracy_m", "redrawn"), [(5.0, (0.0, 0.1)), (50.0, (0.4, 0.6)), (150.0, (0.85, 0.95))])
def test_the_province_of_2009_drawn_again_in_2025(
    province: tuple[Any, Any, Any, Any], accuracy_m: float, redrawn: tuple[float, float]
) -> None:
    """Half of the outlines lie within 43 m of each other: redrawn at 50 m, another line for a survey of 5 m."""
    before, after, added, removed = province
    count = len(Course.of(after))
    tolerance = Tolerance(np.full(count, math.hypot(accuracy_m, accuracy_m)), np.full(count, 2 * accuracy_m))
    stretches = displacement(before, after, added, removed, tolerance, "EPSG:9215")
    assert stretches["length_m"].sum() == pytest.approx(after.length, rel=1e-9)
    assert stretches["base_length_m"].sum() == pytest.approx(before.length, rel=1e-9)
    assert stretches["added_mm2"].sum() / 1e6 == pytest.approx(added.area, abs=0.01)
    share = stretches.loc[stretches["kind"] == "redrawn", "length_m"].sum() / after.length
    assert redrawn[0] <= share <= redrawn[1]


def test_a_coarse_drawing_of_a_district_is_no_move_at_its_own_accuracy(testdata: Path) -> None:
    """Lạng Sơn city as a free gazetteer draws it, 7 % larger: at 1 km most of it is the same line, at 50 m nearly none."""
    communes = geopandas.read_file(testdata / "vn_communes_2009" / "lang_son_communes_2009.gpkg")
    city = _filled(communes[communes["district_vn"] == "Thành phố Lạng Sơn"])
    coarse = geopandas.read_file(testdata / "wof_districts" / "lang_son_wof_counties.gpkg").to_crs(9215)
    drawn = coarse.loc[coarse["name"] == "Lang Son", "geometry"].iloc[0]
    shares = []
    for accuracy_m in (50.0, 1_000.0):
        count = len(Course.of(drawn))
        tolerance = Tolerance(np.full(count, math.hypot(43.0, accuracy_m)), np.full(count, 43.0 + accuracy_m))
        stretches = displacement(city, drawn, drawn.difference(city), city.difference(drawn), tolerance, "EPSG:9215")
        shares.append(stretches.loc[stretches["kind"] == "redrawn", "length_m"].sum() / drawn.length)
    assert shares[0] < 0.15
    assert shares[1] > 0.6


def _filled(communes: geopandas.GeoDataFrame) -> Any:
    """Return the outline of all communes without the gaps between them."""
    area = shapely.union_all(communes.to_crs(9215).geometry.values)
    return shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(area)])


def test_the_layers_that_nobody_has_are_no_data(answer: Mapping[str, Any]) -> None:
    """No parcels, yards, gates … of the real zone were found, and the answer says so."""
    assert answer["no_data"] == ["functional_areas", "parcels", "constraints", "yards", "gates"]
