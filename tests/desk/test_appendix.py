"""appendix and verify on the command line: a folder that is the same, then one digit that is not."""

import json
from pathlib import Path

import pytest

from desk.cli.app import main
from layers.workspace import Workspace
from planning import scenario
from planning.edits import AddUnits


def call(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Call the command; return its exit code and what it printed."""
    try:
        main([str(word) for word in words])
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.slow
def test_an_appendix_is_the_same_until_somebody_changes_it(capsys, project: Workspace, tmp_path: Path):
    """Exit code 0 and the seal; then exit code 1, and the file is named; a folder of others is not replaced."""
    scenario.add(project, scenario.Scenario("mo-rong", (AddUnits(("d",), "2009-04-01"),), reason="Thử"))
    out = tmp_path / "phu-luc"
    code, told, err = call(capsys, "appendix", "mo-rong", "--out", out, "-p", project.path)
    assert (code, "phu-luc.docx" in told) == (0, True), err
    code, told, _ = call(capsys, "verify", out)
    assert code == 0
    assert "Khớp" in told
    answer = json.loads(call(capsys, "verify", out, "--json")[1])
    assert (answer["same"], answer["differences"]) == (True, [])
    (out / "du-an.qgz").write_bytes(b"x")
    code, told, _ = call(capsys, "verify", out, "--lang", "en")
    assert code == 1
    assert "du-an.qgz" in told
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac" / "a.txt").write_text("x", encoding="utf-8")
    code, _, err = call(capsys, "appendix", "mo-rong", "--out", tmp_path / "khac", "-p", project.path)
    assert (code, "a.txt" in err) == (1, True)


def test_a_folder_that_is_no_appendix_is_one_sentence(capsys, tmp_path: Path):
    """Verify of anything else tells what it needs."""
    code, _, err = call(capsys, "verify", tmp_path)
    assert code == 1
    assert "mocgioi appendix" in err
