"""Scenarios and units on the command line: edit, undo, redo, branch, diff, history, look up; in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest
from geopandas import GeoDataFrame
from shapely import LineString, box

from desk.cli.app import main
from gis.testing import ORIGIN_EASTING, ORIGIN_NORTHING
from layers.workspace import Workspace
from planning.analysis_json import as_json
from planning.current import kept_record

DAY = "2009-04-01"


class Called:
    """What one call printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        try:
            main([str(word) for word in words])
            self.code = 0
        except SystemExit as end:
            self.code = int(end.code or 0)
        self.out, self.err = capsys.readouterr()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def mocgioi(capsys: pytest.CaptureFixture[str], project: Workspace):
    """Return a function that calls the command on the small project."""
    return lambda *words: Called(capsys, "-p", project.path, *words)


def place(east: float, north: float) -> tuple[float, float]:
    return ORIGIN_EASTING + 100 * east, ORIGIN_NORTHING + 100 * north


def file(folder: Path, name: str, *shapes: Any, **values: Any) -> Path:
    path = folder / f"{name}.gpkg"
    GeoDataFrame({"name": [name] * len(shapes), **values}, geometry=list(shapes), crs="EPSG:9215").to_file(path)
    return path


def test_a_plan_from_first_edit_to_difference(mocgioi, tmp_path: Path) -> None:
    """add, edit, undo, redo, branch, diff, history, show: what people and programs read."""
    stretch = file(tmp_path, "doan", LineString([place(4, 2), place(5, 2), place(5, 4), place(4, 4)]), accuracy_m=[2.0])
    added = mocgioi("scenario", "add", "x", "--stretch", stretch, "--reason", "theo suối", "--document", "QĐ 9", "--dated", "2024-09-19", "--author", "An")  # fmt: skip
    assert "Đã thêm phương án x" in added.out
    assert "theo suối; QĐ 9 (19/09/2024); An; ± 2 m" in added.out
    corner = file(tmp_path, "dinh", LineString([place(0, 1), place(-1, 1)]))
    assert mocgioi("scenario", "edit", "x", "--move", corner).code == 0
    told = mocgioi("scenario", "edit", "x", "--add-units", "An Bình", "--vintage", "2025-07-01", "--json").json
    assert told["edits"][2] == {
        "kind": "add_units", "target": "zone", "reason": "", "units": ["a"], "vintage": "2025-07-01"
    }  # fmt: skip
    assert "hoàn tác thay đổi số 3" in mocgioi("scenario", "undo", "x").out
    assert "Redid edit 3" in mocgioi("scenario", "redo", "x", "--lang", "en").out
    assert mocgioi("scenario", "undo", "x", "--edit", "2", "--author", "Bình", "--json").json["edit"] == 2
    assert "Đã tách phương án y từ x (2 thay đổi)" in mocgioi("scenario", "branch", "y", "--from", "x").out
    assert mocgioi("scenario", "edit", "y", "--remove", "y", "--target", "yards").code == 0
    history = mocgioi("scenario", "history", "x", "--json").json
    assert history["in_force"] == [1, 3]
    assert [(one["did"], one["number"]) for one in history["log"]][-2:] == [("redo", 3), ("undo", 2)]
    assert history["log"][0]["made_on"].keys() == {"zone"}
    assert "đã hoàn tác" in mocgioi("scenario", "history", "x").out
    answer = mocgioi("scenario", "diff", "x", "y", "--json").json
    assert [one["key"] for one in answer["edits"]["only_second"]] == ["y/3"]
    assert answer["area_m2"]["only_first"] == 0.0
    assert answer["features"]["yards"][0]["second_m2"] is None
    said = mocgioi("scenario", "diff", "x", "y").out
    assert "Chỉ có trong y" in said
    assert "Bến bãi" in said
    shown = mocgioi("scenario", "show", "y").out
    assert "Tách từ phương án x" in shown
    assert "a An Bình (danh mục từ 01/07/2025)" in shown
    assert {one["name"]: len(one["edits"]) for one in mocgioi("scenario", "list", "--json").json["scenarios"]} == {
        "x": 2,
        "y": 3,
    }


@pytest.mark.slow
def test_functional_areas_are_replanned_from_the_command_line(mocgioi, project: Workspace, tmp_path: Path) -> None:
    """Retype, merge, reshape by key; the analysis tells the yards that were given up."""
    assert (
        mocgioi("scenario", "add", "x", "--retype", "f,g", "--set", "kind=transit", "--target", "functional_areas").code
        == 0
    )
    assert mocgioi("scenario", "edit", "x", "--merge", "f,g", "--into", "fg", "--target", "functional_areas").code == 0
    shape = file(tmp_path, "bai", box(*place(2, 2), *place(3, 3)), code=["y"])
    assert mocgioi("scenario", "edit", "x", "--boundary", shape, "--target", "yards").code == 0
    said = mocgioi("analyse", "x").out
    assert "Bến bãi sắp xếp lại" in said
    assert "đổi hình" in said
    answer = as_json(kept_record(Workspace.open(project.path), "x"))
    assert [one["edit_kind"] for one in answer["edits"]] == ["retype_features", "merge_features", "replace_boundary"]
    assert answer["yards_replanned"][0]["difference_m2"] == -10_000.0
    assert answer["movement"]["verdict"] == "unchanged"
    assert list(answer["crosswalk"]) == ["2009-04-01.2025-07-01"]
    assert list(answer["whole_or_cut"]) == ["2009-04-01", "2025-07-01"]
    assert "districts@2009-04-01" in answer["by"]


WRONG = (
    (["undo", "x", "--edit", "9"], "không có thay đổi số 9 đang có hiệu lực", "no edit 9 in force"),
    (["redo", "x"], "không có thay đổi nào vừa hoàn tác", "no edit to redo"),
    (["edit", "x", "--add-units", "d", "--vintage", DAY], "không làm lớp zone thay đổi gì: d", "changes nothing"),
    (["edit", "x", "--add-units", "Cao Lộc"], "tùy ngày của danh mục", "depending on the vintage"),
    (["edit", "x", "--remove-units", "a,b,c,d", "--vintage", DAY], "không còn diện tích nào", "without any area"),
    (["edit", "x", "--retype", "f", "--target", "functional_areas"], "--set TRƯỜNG=GIÁ TRỊ", "--set FIELD=VALUE"),
    (["edit", "x", "--remove", "y"], "Hãy kiểm tra --target", "Check --target"),
    (["edit", "x"], "chưa có thay đổi nào", "has no edit"),
    (["branch", "x", "--from", "x"], "đã có", "exists"),
    (["diff", "x", "không"], "không có phương án “không”", "has no scenario “không”"),
)


def test_what_cannot_be_done_is_one_clear_sentence(mocgioi, project: Workspace) -> None:
    """Exit 1, one line in the language that was asked for, and the scenario as it was."""
    assert mocgioi("scenario", "add", "x", "--add-units", "d", "--vintage", DAY).code == 0
    before = (project.path / "scenarios" / "x.toml").read_bytes()
    for words, vi, en in WRONG:
        for lang, expected in (("vi", vi), ("en", en)):
            called = mocgioi("scenario", *words, "--lang", lang)
            assert called.code == 1, words
            assert expected in called.err
            assert called.err.count("\n") == 1
    assert (project.path / "scenarios" / "x.toml").read_bytes() == before


def test_lines_that_are_not_tied_to_the_boundary_are_told(mocgioi, tmp_path: Path) -> None:
    """With the place and how far it is off; polygons where lines belong are refused."""
    far = file(tmp_path, "xa", LineString([place(5, 2), place(5, 3)]))
    assert "100.00 m" in mocgioi("scenario", "add", "x", "--stretch", far).err
    assert "100.00 m" in mocgioi("scenario", "add", "x", "--move", far).err
    area = file(tmp_path, "vung", box(*place(0, 0), *place(1, 1)))
    assert mocgioi("scenario", "add", "x", "--stretch", area).code == 1


def test_wrong_usage_is_exit_2(mocgioi) -> None:
    """A day that is none, a value without a field, a base where a scenario goes on."""
    assert mocgioi("scenario", "add", "x", "--add-units", "d", "--dated", "19/9/2024").code == 2
    assert mocgioi("scenario", "add", "x", "--retype", "f", "--set", "kind").code == 2
    assert mocgioi("scenario", "add", "x", "--add-units", "d", "--vintage", DAY).code == 0
    assert mocgioi("scenario", "edit", "x", "--add-units", "c", "--vintage", DAY, "--base", "x").code == 2


def test_a_changed_base_is_told_wherever_the_scenario_is_used(mocgioi, project: Workspace) -> None:
    """On stderr, in words, beside the answer."""
    assert mocgioi("scenario", "add", "x", "--add-units", "d", "--vintage", DAY).code == 0
    units = project.read("admin_units")
    project.write({"admin_units": units.set_geometry(units.geometry.buffer(0.5))})
    shown, analysed = mocgioi("scenario", "show", "x"), mocgioi("analyse", "x")
    for called in (shown, analysed):
        assert "x/1 được lập trên dữ liệu nay đã khác (admin_units@2009-04-01)" in called.err
    assert "Thay đổi lập trên dữ liệu nay đã khác" in analysed.out


def test_units_are_looked_up_and_never_guessed(mocgioi) -> None:
    """Every hit of every vintage; one vintage on request; nothing is said to be nothing."""
    hits = mocgioi("units", "Cao Lộc", "--json").json["units"]
    assert [(one["code"], one["vintage"]) for one in hits] == [("c", DAY), ("c", "2025-07-01")]
    assert "Huyện Cao Lộc" in mocgioi("units", "c", "--vintage", DAY).out
    assert "Không danh mục nào có “Tân Thanh”" in mocgioi("units", "Tân Thanh").out


@pytest.mark.slow
def test_scenarios_are_compared_for_people_and_programs(mocgioi) -> None:
    """The contract of `compare --json`; figures and verdicts abreast, many scenarios under each other."""
    for name, code in (("x", "d"), ("y", "c"), ("z", "b"), ("w", "a")):
        way = "--remove-units" if name in "yw" else "--add-units"
        assert mocgioi("scenario", "add", name, way, code, "--vintage", DAY).code == 0
    found = mocgioi("compare", "x", "y", "--json").json
    assert [one["scenario"] for one in found["scenarios"]] == ["x", "y"]
    added = next(one for one in found["differences"] if one["key"] == "area_m2.added")
    assert added == {"key": "area_m2.added", "unit": "m2", "values": [50_000.0, 0.0], "difference": -50_000.0}
    told = mocgioi("compare", "x", "y", "--lang", "en").out
    assert "Added" in told
    assert "5.00 ha" in told
    assert max(len(line) for line in mocgioi("compare", "x", "y", "z", "w").out.splitlines()) <= 120
    for words in (("x",), ("x", "x")):
        assert mocgioi("compare", *words).code == 2
    assert "nope" in mocgioi("compare", "x", "nope").err


@pytest.mark.slow
def test_a_record_is_replayed_and_what_differs_is_told(mocgioi, project: Workspace) -> None:
    """Exit code 0 and *same*; 1 and the value that was changed, in both languages and as JSON."""
    mocgioi("scenario", "add", "x", "--add-units", "d", "--vintage", DAY)
    assert mocgioi("analyse", "x", "--json").code == 0
    same = mocgioi("replay", "x")
    assert (same.code, same.out.startswith("GIỐNG")) == (0, True)
    rows = project.read("parcels")
    rows.loc[1, "land_use"] = "CLN"
    project.write({"parcels": rows})
    told = mocgioi("replay", "x", "--lang", "en")
    assert (told.code, told.out.startswith("NOT THE SAME")) == (1, True)
    assert "a/1/b" in told.out
    found = mocgioi("replay", "x", "--json")
    assert found.code == 1
    change = {"feature": "a/1/b", "field": "land_use", "before": "LUC", "after": "CLN"}
    assert [(one["layer"], one["changes"]) for one in found.json["inputs"]] == [("parcels", [change])]
    assert mocgioi("replay", "nope").code == 1


def test_a_number_tells_where_it_comes_from(mocgioi) -> None:
    """As a tree for people, as JSON for programs; a wrong key and a missing scenario are told."""
    for name, code in (("x", "d"), ("y", "b")):
        mocgioi("scenario", "add", name, "--add-units", code, "--vintage", DAY)
    told = mocgioi("why", "area_m2.net", "--scenario", "x").out
    assert "area_m2.added" in told
    assert "edits[x/1].added_m2" in told
    found = mocgioi("why", "area_m2.net", "--scenario", "x", "--json").json
    assert (found["key"], found["value"], found["kind"]) == ("area_m2.net", 50_000.0, "formula")
    assert [one["key"] for one in found["parts"]] == ["area_m2.added", "area_m2.removed"]
    assert {one["layer"] for one in found["layers"]} == {"zone", "scenario/x"}
    law = mocgioi("why", "criteria[ZB-02].verdict", "--scenario", "x", "--lang", "en").out
    assert "Decree 35/2022" in law
    assert mocgioi("why", "area_m2.net").code == 2
    wrong = mocgioi("why", "area_m2.nett", "--scenario", "x")
    assert (wrong.code, "area_m2.net" in wrong.err) == (1, True)
