"""Publishing: every scenario has its files and a place on the front page; what is up to date is not redone."""

import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from layers import room
from layers.workspace import Workspace
from maps.formatter import show
from maps.publish import publish
from maps.scenario_files import ScenarioFiles
from planning import scenario as scenarios
from planning.current import kept_record
from planning.edits import AddUnits, RemoveUnits
from planning.record import Record
from planning.scenario import Scenario

DAY = "2009-04-01"
REASON = "{{7*7}} <script>alert(1)</script> & “lý do”"


@pytest.fixture
def planned(project: Workspace) -> Workspace:
    scenarios.add(project, Scenario("mở-rộng", (AddUnits(("d",), DAY),), reason=REASON))
    scenarios.add(project, Scenario("thu-hẹp", (RemoveUnits(("a",), DAY),)))
    return project


class Page(HTMLParser):
    """Collect links, facts and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.facts: list[tuple[str, str]] = []
        self.text = ""
        self._fact: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._fact = values.get("data-fact")
        if tag == "a":
            self.links.append(str(values["href"]))
        assert tag != "script"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._fact:
            self.facts.append((self._fact, data))
            self._fact = None


def test_every_scenario_has_its_files_and_its_place(planned: Workspace) -> None:
    """Links lead to files that are there; every figure is a fact of the Record; user text is text."""
    done = publish(planned, "vi")
    page = Page(done.index.read_text(encoding="utf-8"))
    assert page.links == ["mở-rộng.html", "mở-rộng.xlsx", "thu-hẹp.html", "thu-hẹp.xlsx"]
    assert all((done.index.parent / link).stat().st_size > 0 for link in page.links)
    record = kept_record(planned, "mở-rộng")
    assert ("area_m2.added", show(record, "area_m2.added", "vi").text) in page.facts
    assert REASON in page.text
    assert planned.project.notice in page.text


@pytest.mark.slow
def test_what_is_up_to_date_is_not_redone(planned: Workspace) -> None:
    """Twice is once; a changed layer renews the analysis, a spoilt file only itself, a language all files."""
    first = publish(planned, "vi")
    assert (first.analysed, len(first.written)) == (("mở-rộng", "thu-hẹp"), 4)
    again = publish(planned, "vi")
    assert (again.analysed, again.written) == ((), ())
    (first.index.parent / "mở-rộng.html").write_text("x", encoding="utf-8")
    assert publish(planned, "vi").written == ("mở-rộng.html",)
    assert len(publish(planned, "en").written) == 4
    moved = planned.write({"gates": planned.read("gates").iloc[:1]})
    assert publish(moved, "en").analysed == ("mở-rộng", "thu-hẹp")


@pytest.mark.slow
def test_files_of_a_dropped_scenario_go(planned: Workspace) -> None:
    """Only what was published is removed, and only from the folder itself."""
    out = publish(planned, "vi").index.parent
    (out / "cua-toi.html").write_text("x", encoding="utf-8")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (out / "manifest.json").write_text(json.dumps({**manifest, "../project.toml": {}}), encoding="utf-8")
    scenarios.drop(planned, "thu-hẹp")
    publish(planned, "vi")
    assert sorted(path.name for path in out.iterdir()) == [
        "cua-toi.html",
        "index.html",
        "manifest.json",
        "mở-rộng.html",
        "mở-rộng.xlsx",
    ]
    assert (planned.path / "project.toml").is_file()


def test_a_project_without_scenarios_says_so(project: Workspace) -> None:
    """An empty front page is a page."""
    assert "chưa có phương án" in publish(project, "vi").index.read_text(encoding="utf-8")


@pytest.fixture
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give even a small project a second process, and tell which files this one writes."""
    written: list[str] = []
    write = ScenarioFiles._write

    def noted(files: ScenarioFiles, record: Record, path: Path) -> None:
        written.append(path.name)
        write(files, record, path)

    monkeypatch.setattr(ScenarioFiles, "_write", noted)
    monkeypatch.setattr(room, "PARCELS_LEAST", 0)
    monkeypatch.setattr(room.os, "cpu_count", lambda: 2)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return written


@pytest.mark.slow
def test_a_second_process_does_the_other_half(planned: Workspace, drawn_here: list[str]) -> None:
    """What it analysed and drew is told like one's own, and is not redone."""
    done = publish(planned, "vi")
    assert drawn_here == ["mở-rộng.html", "mở-rộng.xlsx"]
    assert done.analysed == ("mở-rộng", "thu-hẹp")
    assert done.written == ("mở-rộng.html", "mở-rộng.xlsx", "thu-hẹp.html", "thu-hẹp.xlsx")
    assert publish(planned, "vi").written == ()


@pytest.mark.slow
def test_the_next_time_each_of_the_two_redoes_what_is_old(planned: Workspace, drawn_here: list[str]) -> None:
    """And no more than that."""
    done = publish(planned, "vi")
    for name in ("mở-rộng.xlsx", "thu-hẹp.xlsx"):
        (done.index.parent / name).write_bytes(b"changed")
    assert publish(planned, "vi").written == ("mở-rộng.xlsx", "thu-hẹp.xlsx")
    assert drawn_here == ["mở-rộng.html", "mở-rộng.xlsx", "mở-rộng.xlsx"]


@pytest.mark.slow
def test_without_a_second_process_one_does_it_all(
    planned: Workspace, drawn_here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only ever saves time."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert len(publish(planned, "vi").written) == len(drawn_here) == 4
