"""The commands of law and balance: what an appraiser reads, and what a table on paper lacks."""

import json
from pathlib import Path

import pytest

from desk.cli.app import main
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddUnits
from planning.scenario import Scenario


@pytest.fixture
def mocgioi(capsys: pytest.CaptureFixture[str]):
    """Return a function that calls the command: exit code, output, errors."""

    def call(*words: object) -> tuple[int, str, str]:
        code = 0
        try:
            main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def planned(project: Workspace) -> Workspace:
    scenarios.add(project, Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),)))
    return project


def test_rules_are_listed_without_a_project(mocgioi, tmp_path: Path) -> None:
    """Instrument, article, thresholds and confidence of the set in force, in both languages."""
    code, out, _ = mocgioi("-p", tmp_path, "rules")
    assert code == 0
    for told in ("Nghị định 35/2022/NĐ-CP", "Điều 18", "trích qua nguồn thứ cấp", "10%", "200 ha", "15/07/2022"):
        assert told in out
    assert "Decree 35/2022" in mocgioi("-p", tmp_path, "--lang", "en", "rules")[1]
    answer = json.loads(mocgioi("-p", tmp_path, "rules", "--json")[1])
    assert (answer["id"], len(answer["clauses"])) == ("nd-35-2022", 63)
    limit = next(one for one in answer["clauses"] if one["id"] == "ZB-03")["thresholds"][0]
    assert (limit["name"], limit["value"], limit["unit"]) == ("share_max", 0.1, "share")


def test_one_rule_is_told_whole(mocgioi, tmp_path: Path) -> None:
    """With its source, and what a person has to supply."""
    out = mocgioi("-p", tmp_path, "rules", "ZB-11")[1]
    assert "chưa tìm thấy" in out
    assert "Điều 19" in out
    code, _, err = mocgioi("-p", tmp_path, "rules", "ZB-99")
    assert (code, err.count("\n"), "ZB-99" in err) == (1, 1, True)


def test_a_rule_set_file_is_checked(mocgioi, tmp_path: Path) -> None:
    """One clear message, exit 1."""
    path = tmp_path / "moi.toml"
    path.write_text("id = 1", encoding="utf-8")
    code, _, err = mocgioi("rules", "--file", path)
    assert (code, err.count("\n"), str(path) in err) == (1, 1, True)


def test_an_analysis_tells_verdicts(mocgioi, planned: Workspace) -> None:
    """Title, verdict, value against the threshold, why; what needs input by its ids; the readings that differ."""
    out = mocgioi("-p", planned.path, "analyse", "mo-rong")[1]
    assert "Tiêu chí pháp lý" in out
    assert "→ không đạt: 5,00 ha; yêu cầu ≤ 0,15 ha" in out
    assert "ZB-01" in out
    answer = json.loads(mocgioi("-p", planned.path, "analyse", "mo-rong", "--json")[1])
    assert (answer["record"]["rules"]["id"], answer["procedure"]) == ("nd-35-2022", "expansion")


def test_the_balance_of_a_scenario_and_of_the_zone(mocgioi, planned: Workspace) -> None:
    """Both sides for a scenario, one for the established zone; one table on request; JSON with the closing facts."""
    out = mocgioi("-p", planned.path, "balance", "mo-rong")[1]
    assert "Cơ cấu theo nhóm đất" in out
    assert "Đề xuất" in out
    assert "Đề xuất" not in mocgioi("-p", planned.path, "balance")[1]
    only = mocgioi("-p", planned.path, "balance", "mo-rong", "--only", "transition")[1]
    assert "Hiện trạng sang quy hoạch" in only
    assert "Cơ cấu theo nhóm đất" not in only
    answer = json.loads(mocgioi("-p", planned.path, "balance", "mo-rong", "--json")[1])
    assert sum(row["base_percent"] for row in answer["balance"]["groups"]) == pytest.approx(1.0)
    assert answer["facts"]["balance.groups.total.base_m2"] == 160_000.0
    assert mocgioi("-p", planned.path, "balance", "--only", "x")[0] == 2


def test_the_printed_table_of_2010_lacks_a_hectare(mocgioi, tmp_path: Path) -> None:
    """Exit 1 and the column; a table that closes is exit 0; an own table is checked the same way."""
    code, out, _ = mocgioi("balance", "--decision-1055")
    assert (code, "không khép" in out, "39.399" in out) == (1, True, True)
    path = tmp_path / "bang.csv"
    path.write_text("Mục,ha\nA,1.350\nB,38.050\nTổng,39.400\n", encoding="utf-8")
    assert mocgioi("balance", "--table", path)[0] == 0
    path.write_text("Mục,ha\nA,1.350\nB,38.049\n", encoding="utf-8")
    code, out, _ = mocgioi("balance", "--table", path, "--total", "39400", "--json")
    assert (code, json.loads(out)["columns"][0]["missing"]) == (1, 1.0)
    assert mocgioi("balance", "--table", path, "--total", "x")[0] == 2
    assert mocgioi("balance", "--table", tmp_path / "khong-co.csv")[0] == 1
