"""The dossier of yards: present, expiring, expired, unclear, missing; by yard, operator and in letters."""

from datetime import date, timedelta

import pandas as pd
import pytest
from pandas import DataFrame

from gis.testing import drawn
from layers.correction_sheet import write_sheet
from layers.corrections import apply_corrections, read_corrections
from layers.workspace import Workspace
from planning.law.choice import rule_set_named
from planning.law.yards import PAPERS
from planning.yard_papers import dossier
from planning.yard_register import paper_words, yard_register

ON = date(2026, 1, 1)
KINDS = dict(
    zip(PAPERS, ("đăng ký đầu tư", "Thuê đất", "GPXD: xây dựng", "PCCC", "môi trường", "hải quan"), strict=True)
)
YARD = DataFrame({"key": ["Y1"], "name": ["Bãi một"], "operator": ["Công ty A"]})
WORDS = paper_words(rule_set_named("nd-35-2022"))


def paper(kind: str = "lease", issued: str | None = "2020-05-01", expires: str | None = None, **own: object) -> dict:
    plain = {"layer": "yards", "feature": "Y1", "number": "12/A", "issuer": "Sở", "issued_on": issued}
    return {**plain, "kind": KINDS.get(kind, kind), "expires_on": expires, **own}


def lease(*papers: dict, within: int = 90) -> dict:
    rows = dossier(YARD, DataFrame(papers, columns=list(paper())), WORDS, ON, within).set_index("key")
    return rows.loc["Y1/lease"].to_dict()


@pytest.mark.parametrize(
    ("expires", "state"),
    [
        ("2025-12-31", "expired"),
        ("2026-01-01", "expiring"),  # its last day
        ("2026-04-01", "expiring"),  # 90 days
        ("2026-04-02", "present"),
        (None, "present"),
        ("30/6/2030", "unclear"),
    ],
)
def test_a_paper_by_its_last_day(expires: str | None, state: str) -> None:
    """The last day still counts; a day that cannot be read is no day that holds."""
    assert lease(paper(expires=expires))["paper_state"] == state


def test_the_newest_paper_of_a_kind_counts() -> None:
    """A renewal replaces; what is issued later is not there yet; without a day of issue it is the oldest."""
    old, renewed = paper(issued="2010-01-01", expires="2020-01-01"), paper(issued="2020-01-01", expires="2040-01-01")
    assert (lease(old, renewed)["paper_state"], lease(old, renewed)["copies"]) == ("present", 2)
    assert lease(old, paper(issued="2026-01-02"))["paper_state"] == "expired"
    assert lease(paper(issued=None), old)["paper_state"] == "expired"
    assert lease(paper(issued="2026-01-02"))["paper_state"] == "missing"


def test_one_paper_may_stand_for_two_kinds_and_says_what_it_lacks() -> None:
    """Words decide; number, issuer and day that are not stated are named."""
    both = paper("Giấy phép môi trường và PCCC", issued=None, number=None)
    rows = dossier(YARD, DataFrame([both]), WORDS, ON, 90).set_index("paper")
    assert rows.loc[["fire", "environment", "lease"], "paper_state"].tolist() == ["present", "present", "missing"]
    assert rows.loc["fire", "unsaid"] == "number, issued_on"
    assert rows.loc["lease", "asked"] == "submit"


def test_a_project_without_papers_has_no_data() -> None:
    """Nobody's papers are missing where the project holds no papers table."""
    rows = dossier(YARD, None, WORDS, ON, 90)
    assert rows["paper_state"].isna().all()
    assert rows["copies"].isna().all()
    assert (rows["asked"] == "").all()


@pytest.fixture
def port(project: Workspace) -> Workspace:
    """Return the small project with three yards of two operators."""
    yards = drawn("......\n......\nxx.yzz\n......\n......", key="code", cell_m=100.0)
    yards = yards.assign(name=["X", "Y", "Z"], operator=["Công ty A", "Công ty A", None])
    full = [paper(kind, feature="x") for kind in PAPERS]
    some = [paper("lease", feature="y", expires="2026-02-01"), paper("customs", feature="y", expires="2020-01-01")]
    stray = [paper("lease", feature="w"), paper("giấy khác", feature="x")]
    return project.write({"yards": yards, "papers": DataFrame([*full, *some, *stray])})


def test_the_register_sums_by_yard_and_operator(port: Workspace) -> None:
    """Six of six, one of six, none; the operator has seven of twelve; what is stray is counted."""
    record = yard_register(port, ON)
    value = record.value
    assert [value(f"yards.register[{key}].complete") for key in "xyz"] == [1.0, 1 / 6, 0.0]
    assert value("yards.by_operator[Công ty A].complete") == 7 / 12
    assert value("yards.register[y].next_on") == "2026-02-01"
    assert (value("yards.complete"), value("yards.papers.missing"), value("yards.papers.expired")) == (1, 10, 1)
    assert (value("yards.papers.other_kind"), value("yards.papers.no_yard")) == (1, 1)
    asked = record.tables["yards.reminders"].frame
    assert asked["yard"].tolist() == ["y"] * 6 + ["z"] * 6
    assert asked.set_index("key").loc["y/customs", "asked"] == "renew"
    assert asked.set_index("key").loc["y/lease", "asked"] == "renew_in_time"
    assert record.id == yard_register(port, ON).id


def test_without_yards_or_papers_it_says_so(project: Workspace) -> None:
    """No papers table: nothing is counted as missing."""
    record = yard_register(project, ON)
    assert record.no_data == ("papers", "infrastructure", "yards.accuracy_m")
    assert record.value("yards.papers.missing") is None
    assert record.value("yards.register[y].complete") is None
    assert len(record.tables["yards.reminders"].frame) == 0


def test_papers_come_back_from_excel(port: Workspace, tmp_path) -> None:
    """What is missing is filled in as a new row of the sheet, and the register knows it."""
    import openpyxl  # noqa: PLC0415

    file = tmp_path / "giay-to.xlsx"
    write_sheet(port, "papers", file, only={"layer": "yards"})
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in range(3, 60) if not sheet.cell(row, 2).value)
    new = paper("thuê đất", feature="z", issued="2025-03-04", expires="2050-01-01")
    for name, value in new.items():
        sheet.cell(row, names.index(name) + 1).value = value
    book.save(file)
    changed = apply_corrections(port, read_corrections(port, file), file.name)
    assert yard_register(changed, ON).value("yards.papers[z/lease].paper_state") == "present"
    assert yard_register(changed, ON).value("yards.papers[z/lease].issued_on") == "2025-03-04"


def test_reminders_lie_within_the_days_that_are_asked(port: Workspace) -> None:
    """30 days ahead a paper of 31 days is no matter yet."""
    assert yard_register(port, ON, 31).value("yards.papers.expiring") == 1
    assert yard_register(port, ON, 30).value("yards.papers.expiring") == 0
    assert yard_register(port, ON + timedelta(days=365), 30).value("yards.papers.expired") == 2
    assert pd.isna(yard_register(port, ON).tables["yards.papers"].frame["expires_on"]).any()
