"""mocgioi proposal: the paragraphs, and reading them back."""

import json
import shutil
from pathlib import Path

import pytest

from desk.cli.app import main
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import AddUnits
from planning.scenario import Scenario


@pytest.fixture(scope="module")
def project(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a project with one scenario; what is asked of it here is analysed once and changes nothing else."""
    workspace = Workspace.open(shutil.copytree(project_template, tmp_path_factory.mktemp("de-an") / "du-an"))
    scenarios.add(workspace, Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),), reason="Minh họa"))
    return workspace


@pytest.fixture
def mocgioi(capsys: pytest.CaptureFixture[str], project: Workspace):
    """Return a function that calls the command on the small project: exit code, output, errors."""

    def call(*words: object) -> tuple[int, str, str]:
        code = 0
        try:
            main(["-p", str(project.path), *map(str, words)])
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return call


@pytest.mark.slow
def test_a_text_is_written_and_read_back(mocgioi, tmp_path: Path) -> None:
    """What was written agrees; one changed number is found, shown with what is so, and ends with 1."""
    path = tmp_path / "de-an.txt"
    assert mocgioi("proposal", "mo-rong", "--out", path)[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "*" not in text
    assert "Dữ liệu minh họa" in text
    code, out, _ = mocgioi("proposal", "mo-rong", "--read", path)
    assert (code, "trái số liệu: 0" in out) == (0, True)
    wrong = text.replace("Phương án không đưa đất ra khỏi khu.", "Diện tích đưa ra khỏi khu là khoảng 5,00 ha.")
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    code, out, _ = mocgioi("proposal", "mo-rong", "--read", path)
    assert (code, "Phương án không đưa đất ra khỏi khu." in out) == (1, True)
    answer = json.loads(mocgioi("proposal", "mo-rong", "--read", path, "--json")[1])
    assert [one["pattern"] for one in answer["contradictions"]] == ["size.removed"]


def test_every_sentence_carries_its_facts(mocgioi) -> None:
    """The JSON leads each number back to its fact, in English too."""
    answer = json.loads(mocgioi("proposal", "mo-rong", "--json", "--lang", "en")[1])
    size = next(one for one in answer["chapters"] if one["id"] == "size")
    added = next(one for one in size["sentences"] if one["pattern"] == "size.added")
    assert added["facts"][0]["key"] == "area_m2.added"
    assert added["text"].startswith("The area added to the zone is about ")


def test_a_file_that_is_no_text_is_one_message(mocgioi, tmp_path: Path) -> None:
    """Exit 1, one line."""
    path = tmp_path / "de-an.docx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    code, _, err = mocgioi("proposal", "mo-rong", "--read", path)
    assert (code, err.count("\n"), "de-an.docx" in err) == (1, 1, True)
