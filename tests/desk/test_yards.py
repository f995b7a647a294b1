"""The commands of yards: register, layout, plan, flow; bad questions; JSON for programs."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from pandas import DataFrame

from desk.cli.app import main
from layers.workspace import Workspace
from planning import scenario as scenarios
from planning.edits import CutPolygon, Feature
from planning.scenario import Scenario

REASON = "Minh họa: sắp xếp lại bến bãi: bỏ bãi nhỏ sát cửa khẩu, lập bãi tập trung trong khu trung chuyển"


@pytest.fixture
def desk(project: Workspace) -> Workspace:
    """Return the small project with one paper of its yard, and a scenario that cuts the yard in two halves."""
    paper = {"layer": "yards", "feature": "y", "kind": "thuê đất", "number": "1", "expires_on": "2020-01-01"}
    workspace = project.write({"papers": DataFrame([paper])})
    west = workspace.read("yards").geometry.iloc[0].bounds
    cut = Feature(workspace.read("yards").geometry.iloc[0].buffer(0).intersection(_left(west)))
    scenarios.add(workspace, Scenario("nua-bai", (CutPolygon((cut,), target="yards"),), reason=REASON))
    return workspace


def _left(bounds: tuple[float, ...]) -> Any:
    from shapely import box  # noqa: PLC0415

    return box(bounds[0], bounds[1], (bounds[0] + bounds[2]) / 2, bounds[3])


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], desk: Workspace):
    """Return a function that calls the command and returns exit code, output and errors."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["-p", str(desk.path), *(str(word) for word in words)])
        return int(end.value.code or 0), *capsys.readouterr()

    return call


def test_the_register(ask, tmp_path: Path) -> None:
    """A page for people, JSON for programs, files; a wrong day and a wrong format are wrong usage and an error."""
    code, out, _ = ask("yards", "--on", "2026-01-01", "--lang", "en")
    assert code == 0
    assert "y  land lease: expired 1 January 2020, no. 1 → to be renewed" in out
    told = json.loads(ask("yards", "--on", "2026-01-01", "--json")[1])
    assert told["facts"]["yards.papers.expired"] == 1
    assert {one["key"] for one in told["papers"]} >= {"y/lease", "y/customs"}
    assert told["ground"][0]["area_m2"] == 20_000.0
    assert ask("yards", "--out", tmp_path / "so.xlsx")[0] == 0
    assert ask("yards", "--out", tmp_path / "so.doc")[0] == 1
    assert ask("yards", "--on", "hôm qua")[0] == 2
    assert ask("yards", "--scenario", "khong-co")[0] == 1


def test_layouts(ask, tmp_path: Path) -> None:
    """One yard or all, another vehicle, another scenario; sheet and workbook."""
    told = json.loads(ask("yards", "layout", "y", "--json")[1])
    half = json.loads(ask("yards", "layout", "--scenario", "nua-bai", "--json")[1])
    assert told["capacity"][0]["slots"] > 2 * half["capacity"][0]["slots"] > 0
    assert told["facts"]["yards.vehicle.length_m"] == 16.5
    assert "12,000" in ask("yards", "layout", "--vehicle", "12x2.5")[1]
    assert ask("yards", "layout", "--out", tmp_path / "a.pdf")[0] == 0
    assert (tmp_path / "a.pdf").read_bytes()[:4] == b"%PDF"
    assert ask("yards", "layout", "w")[0] == 1
    assert ask("yards", "layout", "--vehicle", "dài")[0] == 2
    assert ask("yards", "layout", "--turning", "5,9")[0] == 2


@pytest.mark.slow
def test_plan_and_flow(ask, tmp_path: Path) -> None:
    """Before beside after; a model that says that it is one."""
    told = json.loads(ask("yards", "plan", "nua-bai", "--on", "2026-01-01", "--json")[1])
    assert told["plan"][0]["change"] == "reshaped"
    assert told["plan"][0]["slots_before"] > told["plan"][0]["slots_after"]
    assert ask("yards", "plan", "nua-bai", "--out", tmp_path / "p.xlsx")[0] == 0
    code, out, _ = ask("yards", "flow", "--runs", "1", "--lang", "en")
    assert code == 0
    assert out.startswith("A MODEL for comparison, no forecast.")
    assert json.loads(ask("yards", "flow", "--runs", "1", "--json")[1])["model"] is True
    (tmp_path / "x.toml").write_text("hourly = 3", encoding="utf-8")
    assert ask("yards", "flow", "--inputs", tmp_path / "x.toml")[0] == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("yards",),
        ("yards", "plan", "nua-bai"),
        ("yards", "layout"),
        ("yards", "flow", "--runs", "1"),
        ("scenario", "show", "nua-bai"),
        ("rules",),
    ],
    ids=" ".join,
)
def test_a_terminal_of_eighty_columns_holds_every_line(
    ask, desk: Workspace, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lang: str
) -> None:
    """Long names of yards, gates and operators are folded between figures, in both languages."""
    long = "Đường chuyên dụng vận chuyển hàng hóa khu vực mốc giới số 1088/2 – 1089 (minh họa)"
    yards, gates = desk.read("yards"), desk.read("gates").assign(name=long)
    served = [long, *(f"{long}, lối {n}" for n in range(1, len(yards)))]  # all but the first are not known
    named = yards.assign(name=f"Bãi của {long}", operator=f"Công ty {long}", gate=served)
    desk.write({"yards": named, "gates": gates})
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, _ = ask(*words, "--lang", lang)
    lines = out.splitlines()
    assert code == 0
    assert len(lines) > 2
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line.endswith(("→", "≤"))] == []
