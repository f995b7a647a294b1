"""The command line: bad input is one sentence and exit code 1, wrong usage is 2, good input does the work."""

import json
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from shapely import box

import desk.cli.opening
from desk.cli.app import COMMANDS, main
from gis.testing import drawn
from layers.versions import history
from layers.workspace import Workspace
from maps.guard.reading import read_page


class Called:
    """What one call printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        try:
            main([str(word) for word in words])
            self.code = 0
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = capsys.readouterr()


@pytest.fixture
def mocgioi(capsys: pytest.CaptureFixture[str]):
    """Return a function that calls the command."""
    return lambda *words: Called(capsys, *words)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file that matters, to see that nothing was written."""
    return {
        str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }


def test_a_whole_round(mocgioi, tmp_path: Path) -> None:
    """new, import, scenario, analyse: the JSON of the contract comes out."""
    folder = tmp_path / "p"
    drawn("zz.\nzz.", cell_m=100).to_file(tmp_path / "zone.gpkg")
    drawn("aab\naab", key="code", cell_m=100).assign(name=["A", "B"]).to_file(tmp_path / "xa.gpkg")
    assert mocgioi("new", folder, "--name", "Khu thử", "--crs", "EPSG:9215").code == 0
    assert mocgioi("import", tmp_path / "zone.gpkg", "--as", "zone", "--accuracy", "2", "-p", folder).code == 0
    units = mocgioi("import", tmp_path / "xa.gpkg", "--as", "admin_units", "--vintage", "2025-07-01", "-p", folder)
    assert "code ← code" in units.out
    assert mocgioi("-p", folder, "scenario", "add", "mo-rong", "--add-units", "B", "--reason", "thử").code == 0
    listed = json.loads(mocgioi("scenario", "list", "--json", "-p", folder).out)
    assert listed["scenarios"][0]["name"] == "mo-rong"
    assert listed["scenarios"][0]["reason"] == "thử"
    answer = json.loads(mocgioi("analyse", "mo-rong", "--json", f"--project={folder}").out)
    assert list(answer["by"]) == ["admin_units@2025-07-01", "functional_areas", "land_use", "constraints"]
    assert answer["area_m2"]["added"] == 20_000.0
    assert answer["zone"]["accuracy_m"] == 2.0
    assert [one["layer"] for one in answer["record"]["inputs"]] == ["zone", "admin_units", "scenario/mo-rong"]
    kept = next((folder / "records" / "mo-rong").glob("*/record.json"))
    assert json.loads(kept.read_text(encoding="utf-8"))["id"] == answer["record"]["id"]
    assert "Bổ sung vào khu" in mocgioi("analyse", "mo-rong", "-p", folder).out
    for command, name in (("map", "x.html"), ("workbook", "x.xlsx")):
        assert mocgioi(command, "mo-rong", "--out", tmp_path / "ra" / name, "-p", folder).code == 0
        assert (tmp_path / "ra" / name).stat().st_size > 1000
    assert "1 phương án" in mocgioi("publish", "-p", folder).out


def bad_files(folder: Path) -> dict[str, Path]:
    """Write the files of the bad cases."""
    folder.mkdir()
    degrees = GeoDataFrame({"name": ["z"]}, geometry=[box(106.7, 21.9, 106.8, 22.0)], crs="EPSG:9215")
    degrees.to_file(folder / "degrees.gpkg")
    drawn("z").to_file(folder / "no-crs.shp")
    (folder / "no-crs.prj").unlink()
    (folder / "empty.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    drawn("z").to_file(folder / "good.gpkg")
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (["import", "khong-co.gpkg", "--as", "yards"], "Không tìm thấy tệp", "There is no file"),
        (["import", "good.gpkg", "--as", "thua"], "Không có lớp nào tên “thua”", "There is no layer called “thua”"),
        (["import", "good.gpkg", "--as", "yards", "--layer", "x"], "không có lớp “x”", "has no layer “x”"),
        (["import", "no-crs.shp", "--as", "yards"], "không ghi hệ tọa độ", "does not state its coordinate system"),
        (["import", "empty.geojson", "--as", "yards"], "không có đối tượng nào", "has no feature"),
        (["scenario", "add", "s", "--add-units", "99999", "--vintage", "2009-04-01"], "“99999”", "“99999”"),
        (["scenario", "add", "s", "--boundary", "degrees.gpkg"], "là độ", "are degrees"),
        (
            ["scenario", "add", "s", "--boundary", "no-crs.shp"],
            "không ghi hệ tọa độ",
            "does not state its coordinate system",
        ),
        (["scenario", "add", "s", "--boundary", "empty.geojson"], "không có đối tượng nào", "has no feature"),
        (["scenario", "add", "s"], "chưa có thay đổi nào", "has no edit"),
        (["analyse", "khong-co"], "không có phương án “khong-co”", "has no scenario “khong-co”"),
    ],
)
def test_bad_input_is_one_clear_sentence(
    mocgioi, project: Workspace, tmp_path: Path, words: list[str], vi: str, en: str
) -> None:
    """Vietnamese by default, English when asked; exit 1, one line, nothing written."""
    files = bad_files(tmp_path / "files")
    before = content(project.path)
    line = [files.get(word, word) for word in words]
    for lang, expected in (((), vi), (("--lang", "en"), en)):
        called = mocgioi("-p", project.path, *line, *lang)
        assert called.code == 1
        assert expected in called.err
        assert called.err.count("\n") == 1
        assert "Traceback" not in called.err
    assert content(project.path) == before


def test_the_doctor_proposes_a_system(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """In a project its communes are the evidence; without one, --crs says where the place is."""
    source = tmp_path / "sai.gpkg"
    drawn("z", cell_m=100).to_crs(5898).set_crs(9215, allow_override=True).to_file(source)
    told = mocgioi("-p", project.path, "doctor", source)
    assert "sai kinh tuyến trục" in told.out
    assert "--crs EPSG:5898" in told.out
    answer = json.loads(mocgioi("-p", project.path, "doctor", source, "--json").out)
    assert (answer["problem"], answer["best"][0]["epsg"]) == ("meridian", 5898)
    assert "--crs" in mocgioi("-p", tmp_path, "doctor", source).err
    assert mocgioi("-p", tmp_path, "doctor", source, "--crs", "EPSG:9215", "--lang", "en").code == 0


def test_the_doctor_lists_the_systems(mocgioi) -> None:
    """Codes, meridians and provinces as the registry has them; without a file there is nothing else to tell."""
    assert "Lang Son" in mocgioi("doctor", "--zones").out
    zones = json.loads(mocgioi("doctor", "--zones", "--json").out)["zones"]
    (lang_son,) = (zone for zone in zones if zone["epsg"] == 9215)
    assert (lang_son["meridian"], lang_son["provinces"]) == (107.25, ["Lang Son"])
    assert mocgioi("doctor").code == 2


def test_inspect_and_export_tell_what_to_do_next(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """Inspect ends with the import command; export names what stays out."""
    out = tmp_path / "thua.shp"
    told = mocgioi("-p", project.path, "export", "parcels", "--out", out)
    assert "Không kèm dữ liệu cá nhân: owner" in told.out
    assert f"mocgioi import {out} --as parcels" in mocgioi("inspect", out).out
    answer = json.loads(mocgioi("inspect", out, "--json").out)["layers"][0]
    assert (answer["suspected"], answer["crs"], answer["rows"]) == ("parcels", "EPSG:9215", 6)
    assert ".gpkg" in mocgioi("-p", project.path, "export", "parcels", "--out", tmp_path / "x.pdf").err


def test_an_edit_in_qgis_is_told_and_can_be_undone(mocgioi, project: Workspace) -> None:
    """The next command says what changed; restore brings the version before."""
    rows = project.read("yards")
    rows.assign(name="Tên khác").to_file(project.file_of("yards"), layer="yards", driver="GPKG")
    told = mocgioi("-p", project.path, "history", "yards")
    assert "đã được sửa bên ngoài (thêm 0, bớt 0, đổi 1)" in told.err
    versions = json.loads(mocgioi("-p", project.path, "history", "yards", "--json").out)["versions"]
    assert [one["why"] for one in versions] == ["write", "edited outside"]
    assert mocgioi("-p", project.path, "restore", "yards", "--version", "1").code == 0
    assert Workspace.open(project.path).read("yards")["name"].tolist() == rows["name"].tolist()
    assert "1, 2, 3" in mocgioi("-p", project.path, "restore", "yards", "--version", "9").err


@pytest.mark.parametrize(
    "words",
    [
        ["layers"],
        ["scenario", "list"],
        ["scenario", "add", "s", "--add-units", "An Bình", "--vintage", "2025-07-01"],
        ["history", "yards"],
        ["export", "yards", "--out", "x.gpkg"],
        ["zone", "--from-units", "An Bình", "--vintage", "2025-07-01", "--set", "name=Khu", "--replace"],
    ],
)
def test_every_command_notices_an_edit_outside(
    mocgioi, project: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """It is validated, told and recorded before the command does its work."""
    monkeypatch.chdir(tmp_path)
    project.read("yards").assign(name="Khác").to_file(project.file_of("yards"), layer="yards", driver="GPKG")
    called = mocgioi("-p", project.path, *words)
    assert "đã được sửa bên ngoài (thêm 0, bớt 0, đổi 1)" in called.err
    assert called.code == 0, called.err
    assert [one.why for one in history(project.path, "yards")] == ["write", "edited outside"]


def test_commands_open_projects_in_one_way() -> None:
    """No command passes by what notices edits."""
    commands = Path(desk.cli.opening.__file__).parent.glob("*.py")
    assert [one.name for one in commands if "Workspace.open(" in one.read_text(encoding="utf-8")] == ["opening.py"]


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (["nonsense"], "không có lệnh “nonsense”.", "there is no command “nonsense”."),
        (["scenario", "nonsense"], "không có lệnh “nonsense”.", "there is no command “nonsense”."),
        ([], "chưa có tên lệnh.", "the command is missing."),
        (["analyse"], "thiếu NAME.", "NAME is missing."),
        (["analyse", "x", "--wrong"], "không có tùy chọn “--wrong”.", "there is no option “--wrong”."),
        (["analyse", "x", "y", "z"], "thừa “y z”.", "“y z” is too much."),
        (["import", "x"], "thiếu tùy chọn bắt buộc --as.", "the required option --as is missing."),
        (["import", "x", "--as"], "tùy chọn --as cần một giá trị.", "the option --as needs a value."),
        (["import", "x", "--as", "zone", "--join=1"], "--join không nhận giá trị.", "--join takes no value."),
        (["import", "x", "--as", "zone", "--replac"], "Có phải --replace?", "Did you mean --replace?"),
        (["import", "x", "--as", "zone", "--append", "--replace"], "chỉ chọn một trong", "choose one of --append"),
        (["import", "x", "--as", "zone", "--set", "a"], "TRƯỜNG=GIÁ_TRỊ", "FIELD=VALUE"),
        (["import", "x", "--as", "zone", "--coordinates", "X"], "BẮC,ĐÔNG", "NORTHING,EASTING"),
        (["import", "x", "--as", "zone", "--accuracy", "a"], "“a” của --accuracy không dùng được: cần một số.", "a number is needed"),
        (["import", "x", "--as", "zone", "--accuracy", "-1"], "không được nhỏ hơn 0", "must not be less than 0"),
        (["demo", "x", "--parcels", "1.5"], "cần một số nguyên", "a whole number is needed"),
        (["scenario", "add", "x", "--target", "y"], "hãy chọn một trong zone, functional_areas", "choose one of zone, functional_areas"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_the_language_of_the_user(
    mocgioi, project: Workspace, words: list[str], vi: str, en: str
) -> None:
    """Exit 2; what was wrong, how the command is called, where to read more, and nothing in the other language."""
    for lang, expected, wrong, usage in (
        ("vi", vi, "Sai cách dùng: ", "Cách dùng: "),
        ("en", en, "Wrong usage: ", "Usage: "),
    ):
        called = mocgioi("-p", project.path, "--lang", lang, *words)
        assert called.code == 2
        assert expected in called.err
        assert called.err.startswith(wrong)
        lines = called.err.splitlines()
        assert all(one.startswith((wrong, usage, "Xem thêm: ", "More: ")) for one in lines)
        assert ("OPTIONS" in called.err or "COMMAND" in called.err) is (lang == "en" and len(lines) == 3)


def test_every_page_of_help_is_in_one_language(mocgioi) -> None:
    """The words that the parser puts around the texts of a command too."""
    for entry in COMMANDS:
        page = mocgioi(entry.name, "--help").out
        assert page.startswith(f"Cách dùng: mocgioi {entry.name}")
        for word in ("Usage", "Options", "OPTIONS", "Arguments", "Commands", "required", "default:", "Show this"):
            assert word not in page
        assert "Options:" in mocgioi(entry.name, "--help", "--lang", "en").out


def test_help_speaks_both_languages(mocgioi) -> None:
    """Every command says what it is for, in the language of the user."""
    for entry in COMMANDS:
        assert entry.purpose.vi in mocgioi("--help").out
        assert entry.purpose.en in mocgioi("--lang", "en", "--help").out
        assert entry.purpose.en in mocgioi(entry.name, "--help", "--lang", "en").out


def test_check_tells_counts_and_places(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """Exit 1 with findings, 0 without; JSON of the contract; files by suffix; the second run is compared."""
    overlapping = drawn("aab\naab", key="parcel_no", cell_m=100).assign(
        commune="a", sheet_no="1", valid_from="2009-04-01"
    )
    overlapping.loc[1, "geometry"] = box(440_190, 2_420_000, 440_300, 2_420_200)
    project = project.write({"parcels": overlapping})
    told = mocgioi("check", "parcels", "-p", project.path)
    assert told.code == 1
    assert "chồng lên nhau 2.000,0 m²" in told.out
    assert "(X 2.420.150,0, Y 440.195,0)" in told.out
    answer = json.loads(mocgioi("check", "parcels", "--json", "-p", project.path, "--out", tmp_path / "x.gpkg").out)
    assert answer["counts"]["coverage.overlap"] == 1
    assert answer["compared"]["new"] == 0
    assert (tmp_path / "x.gpkg").is_file()
    english = mocgioi("check", "parcels", "-p", project.path, "--lang", "en", "--out", tmp_path / "x.xlsx")
    assert "overlap by 2,000.0 m²" in english.out
    assert mocgioi("check", "gates", "-p", project.path).code == 0
    before = content(project.path)
    assert "findings" not in (refused := mocgioi("check", "-p", project.path, "--out", tmp_path / "x.pdf")).out
    assert (refused.code, ".xlsx, .gpkg, .json" in refused.err) == (1, True)
    assert content(project.path) == before
    assert mocgioi("check", "thua", "-p", project.path).code == 1


def test_the_map_shows_findings_on_request(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """Only when asked for, and only what a check found."""
    assert (
        mocgioi("scenario", "add", "mo-rong", "--add-units", "d", "--vintage", "2009-04-01", "-p", project.path).code
        == 0
    )
    project = Workspace.open(project.path)
    project.write({"yards": project.read("yards").assign(licensed_area_m2=-1.0)})
    assert mocgioi("check", "yards", "-p", project.path).code == 1
    for words, shown in (((), False), (("--findings",), True)):
        assert mocgioi("map", "mo-rong", "--out", tmp_path / "m.html", "-p", project.path, *words).code == 0
        assert ("diện tích phải lớn hơn 0" in (tmp_path / "m.html").read_text(encoding="utf-8")) == shown


@pytest.mark.slow
def test_the_map_needs_a_name_only_where_there_is_a_choice(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """No scenario: the layers as they stand; one: that one; several: they are named."""

    def drawn(*words: object) -> tuple[int, str]:
        called = mocgioi("map", "--out", tmp_path / "m.html", "-p", project.path, *words)
        page = tmp_path / "m.html"
        told = read_page(page.read_text(encoding="utf-8")).panel["scenario"] if called.code == 0 else called.err
        return called.code, told

    def add(name: str) -> None:
        mocgioi("scenario", "add", name, "--add-units", "d", "--vintage", "2009-04-01", "-p", project.path)

    assert drawn() == (0, "")
    add("mot")
    assert drawn() == (0, "mot")
    assert drawn("--layers", "parcels") == (0, "")
    add("hai")
    code, told = drawn()
    assert code == 2
    assert "hai, mot" in told
    assert drawn("--layers", "all", "--idle") == (0, "")


def test_a_repair_is_proposed_then_made(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """Nothing is written before --apply; afterwards there is nothing to mend; wrong usage is told."""
    rows = project.read("parcels")
    shapes = rows.geometry.tolist()
    shapes[0] = shapes[0].union(box(440_200, 2_420_200, 440_201, 2_420_400))
    project.write({"parcels": rows.set_geometry(shapes, crs=rows.crs)})
    before = content(project.path)
    told = mocgioi("-p", project.path, "repair", "parcels", "--only", "overlap", "--out", tmp_path / "x.xlsx")
    assert "Chưa có gì được ghi" in told.out
    assert "a/1/a: bớt 200,0 m², phần này thuộc về a/1/b" in told.out
    assert (tmp_path / "x.xlsx").stat().st_size > 1000
    assert content(project.path) == before
    answer = json.loads(mocgioi("-p", project.path, "repair", "parcels", "--json").out)
    assert [one["kind"] for one in answer["changes"]] == ["overlap"]
    assert answer["totals"]["overlap"] == {"changes": 1, "gained_m2": 0.0, "lost_m2": 200.0}
    assert "mocgioi restore parcels --version 2" in mocgioi("-p", project.path, "repair", "parcels", "--apply").out
    again = mocgioi("-p", project.path, "--lang", "en", "repair", "parcels", "--apply")
    assert (again.code, "There is nothing to mend." in again.out) == (0, True)
    assert mocgioi("-p", project.path, "repair", "parcels", "--only", "nonsense").code == 2
    assert mocgioi("-p", project.path, "repair", "gates").code == 1
    assert ".gpkg" in mocgioi("-p", project.path, "repair", "parcels", "--out", tmp_path / "x.pdf").err
