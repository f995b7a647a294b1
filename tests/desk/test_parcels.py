"""The officer's commands: one parcel, several hits, bad questions, personal data only when asked."""

import json
from pathlib import Path

import openpyxl
import pytest

from desk.cli.app import main
from layers.workspace import Workspace


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
def ask(capsys: pytest.CaptureFixture[str], land_office: Workspace):
    """Return a function that calls the command on the land office's project."""
    return lambda *words: Called(capsys, "-p", land_office.path, *words)


def test_one_parcel(ask) -> None:
    """A page for people, JSON for programs."""
    assert "Thửa đất số 1, tờ bản đồ số 1" in ask("parcel", "tt Đồng Đăng/1/1").out
    told = json.loads(ask("parcel", "06184/1/1", "--json").out)
    assert told["key"] == "06184@2009-04-01/1/1"
    assert [one["key"] for one in told["other_readings"]] == ["06208@2009-04-01/1/1"]
    assert "could also be: 06208@2009-04-01/1/1" in ask("parcel", "06184/1/1", "--lang", "en").out


def test_several_hits_are_listed_and_are_no_answer(ask) -> None:
    """Exit code 1, full keys to ask again with."""
    called = ask("parcel", "Đồng Đăng/1/1")
    assert called.code == 1
    assert "06208@2009-04-01/1/1" in called.out
    told = json.loads(ask("parcel", "Đồng Đăng/1/1", "--json").out)
    assert [one["key"] for one in told["hits"]] == ["06184@2009-04-01/1/1", "06208@2009-04-01/1/1"]


def test_by_place_and_by_owner(ask) -> None:
    """Northing first; owners only with --personal."""
    assert "Thửa đất số 1" in ask("parcel", "--at", "2420450,440050").out
    refused = ask("parcel", "--owner", "Trần Thử")
    assert (refused.code, "--personal" in refused.err) == (1, True)
    assert "Bà Trần Thử" in ask("parcel", "--owner", "tran thu", "--personal", "--with-defence").out
    several = ask("parcel", "--owner", "Nguyễn", "--personal")
    assert (several.code, several.out.count("@2009-04-01"), several.out.count("Nguyễn")) == (0, 7, 7)
    assert "1 thửa đất quốc phòng, an ninh không được nêu" in several.err
    every = ask("parcel", "--owner", "Nguyễn", "--personal", "--with-defence")
    assert (every.code, every.out.count("@2009-04-01"), every.out.count("Nguyễn"), every.err) == (0, 8, 8, "")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["parcel"], 2, "KEY"),
        (["parcel", "a/1/1", "--at", "1,2"], 2, "KEY"),
        (["parcel", "--at", "here"], 2, "NORTHING,EASTING"),
        (["parcel", "--at", "440050,2420450"], 1, "đổi chỗ"),
        (["parcel", "Không Có/1/1"], 1, "Không có xã nào"),
        (["parcel", "Tân Thanh/1/9"], 1, "Không có thửa 9"),
        (["parcel", "06184/1/1", "--scenario", "không"], 1, "không có phương án"),
        (["parcel", "06208/1/3"], 1, "--with-defence"),
    ],
)
def test_bad_questions_are_one_clear_sentence(ask, words: list[str], code: int, told: str) -> None:
    """What, where, what to do; no traceback."""
    called = ask(*words)
    assert called.code == code
    assert told in called.err
    assert "Traceback" not in called.err


def test_a_project_without_parcels_says_what_to_import(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One sentence with the command."""
    Workspace.create(tmp_path / "x", "X", "EPSG:9215")
    called = Called(capsys, "-p", tmp_path / "x", "parcel", "a/1/1")
    assert called.code == 1
    assert "mocgioi import" in called.err


def test_all_parcels_and_those_that_a_scenario_affects(ask, tmp_path: Path) -> None:
    """A summary for people, JSON for programs, files on request."""
    told = ask("parcels", "--out", tmp_path / "t.xlsx")
    assert "Thửa theo từng lớp" in told.out
    assert (tmp_path / "t.xlsx").is_file()
    assert json.loads(ask("parcels", "--json").out)["by_layer"][0]["layer"] == "zone"
    assert ask("scenario", "add", "x", "--add-units", "06136", "--vintage", "2009-04-01").code == 0
    assert "Toàn bộ thay đổi của khu" in ask("parcels", "--affected", "--scenario", "x").out
    rows = json.loads(ask("parcels", "--affected", "--scenario", "x", "--json").out)["rows"]
    assert {row["key"]: row["effect"] for row in rows}["06136@2009-04-01/1/1"] == "added"
    assert "USE-PLAN:parcels/" in ask("parcels", "--uses").out
    for words in (["--affected"], ["--affected", "--uses", "--scenario", "x"]):
        assert ask("parcels", *words).code == 2
    assert ".gpkg" in ask("parcels", "--out", tmp_path / "x.pdf").err


def test_idle_land_of_a_day(ask, land_office: Workspace, tmp_path: Path) -> None:
    """A page, JSON with the law and its confidence, a file; a wrong day is wrong usage."""
    land = land_office.read("constraints")[["code", "geometry"]].assign(investor="I", handover_date="2023-01-01")
    land_office.write({"projects": land})
    told = ask("idle", "--on", "2025-01-01")
    assert "Chưa thể kết luận" in told.out
    assert "LD-01:projects/k" in told.out
    answer = json.loads(ask("idle", "--on", "2025-01-01", "--json").out)
    assert (answer["on"], answer["rows"][0]["condition"]) == ("2025-01-01", "cannot_tell")
    assert answer["rows"][0]["missing"] == ["handover_paper", "schedule", "observation"]
    assert {law["confidence"] for law in answer["laws"]} == {"background-unverified", "quoted-secondary"}
    assert ask("idle", "--out", tmp_path / "i.gpkg", "--lang", "en").code == 0
    assert ask("idle", "--on", "hôm qua").code == 2
    assert "thu hồi" not in told.out


def test_an_officers_word(ask, land_office: Workspace) -> None:
    """Said, shown beside the finding, listed; a broken ledger is exit code 1."""
    ref = "USE-PLAN:parcels/06184/1/1:land_use-legal_use"
    assert ask("mark", ref, "--settled", "--reason", "đã cấp đổi", "--by", "A").code == 0
    assert "đã cấp đổi" in ask("parcel", "tt Đồng Đăng/1/1").out
    assert "còn nguyên vẹn" in ask("marks").out
    assert json.loads(ask("marks", "--json").out)["lines"][0]["said"]["answer"] == "ONT-C+CLN-P ≠ ONT"
    for words in (
        [ref, "--reason", "x"],
        [ref, "--wrong", "--settled", "--reason", "x"],
        [ref, "--wrong", "--reason", " "],
    ):
        assert ask("mark", *words).code == 2
    assert ask("mark", "x", "--wrong", "--reason", "y").code == 1
    path = land_office.path / "ledger" / "words.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("đổi", "sửa"), encoding="utf-8")
    broken = ask("marks")
    assert (broken.code, "dòng 1 đã bị sửa" in broken.out) == (1, True)


def test_a_correction_sheet_goes_out_and_comes_back(ask, land_office: Workspace, tmp_path: Path) -> None:
    """Export, edit, look, import; what was not taken is told with its place."""
    path = tmp_path / "giay-to.xlsx"
    assert "phiên bản 1" in ask("sheet", "export", "papers", "--out", path).out
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    page.cell(3, heads["issuer"]).value, page.cell(3, heads["expires_on"]).value = "Sở", "mai"
    book.save(path)
    looked = ask("sheet", "import", path, "--dry-run")
    assert "sẽ nhận 1 ô" in looked.out
    assert "Giấy tờ!H3" in looked.out
    assert land_office.read("papers").get("issuer") is None
    answer = json.loads(ask("sheet", "import", path, "--json").out)
    assert (len(answer["changed"]), len(answer["refused"]), answer["written"]) == (1, 1, True)
    assert "Sở" in Workspace.open(land_office.path).read("papers")["issuer"].tolist()
    assert ask("sheet", "export", "papers", "--out", path, "--only", "x").code == 2


def test_a_correction_sheet_tells_values_as_people_write_them(ask, land_office: Workspace, tmp_path: Path) -> None:
    """Numbers in the digits of the language with their unit and all decimals, days and dashes; on all three sides."""
    path = tmp_path / "thua.xlsx"
    ask("sheet", "export", "parcels", "--out", path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    page.cell(3, heads["measured_area_m2"]).value, page.cell(4, heads["measured_area_m2"]).value = 41234.5678, 12.5
    page.cell(3, heads["handover_date"]).value = "2024-12-31"
    book.save(path)
    rows = land_office.read("parcels")
    rows.loc[1, "measured_area_m2"] = 20_000.25
    land_office.write({"parcels": rows})
    told = ask("sheet", "import", path, "--dry-run").out
    assert "Diện tích đo đạc: 40.000 m² → 41.234,5678 m²" in told
    assert ": – → 31/12/2024" in told
    assert "lúc xuất 40.000 m²; phiếu 12,5 m²; dự án 20.000,25 m²" in told
    assert "40,000 m² → 41,234.5678 m²" in ask("sheet", "import", path, "--dry-run", "--lang", "en").out
    (changed, *_) = json.loads(ask("sheet", "import", path, "--dry-run", "--json").out)["changed"]
    assert (changed["exported"], changed["sheet"]) == ("40000", "41234.5678")


@pytest.mark.slow
def test_extracts_on_paper(ask, tmp_path: Path) -> None:
    """One parcel, a list, what a scenario affects; lines that name no parcel are told and are exit code 1."""
    one = ask("parcel", "tt Đồng Đăng/1/1", "--pdf", tmp_path / "mot.pdf", "--office", "Phòng Đăng ký")
    assert (one.code, (tmp_path / "mot.pdf").read_bytes()[:5]) == (0, b"%PDF-")
    assert "đã đọc lại và khớp" in one.out
    wanted = tmp_path / "thua.csv"
    wanted.write_text("# thửa;ghi chú\n06184/1/1;gấp\n\n06208/1/2\nxã Không Có/1/1\n", encoding="utf-8-sig")
    called = ask("parcels", "--pdf-dir", tmp_path / "nhieu", "--list", wanted)
    assert (called.code, len(list((tmp_path / "nhieu").glob("*.pdf")))) == (1, 2)
    assert "xã Không Có/1/1" in called.out
    told = json.loads(ask("parcels", "--pdf-dir", tmp_path / "lech", "--uses", "--json").out)
    assert len(told["extracts"]["files"]) == len(list((tmp_path / "lech").iterdir())) > 0
    assert told["extracts"]["refused"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("parcels", "--pdf-dir", "x"),
        ("parcels", "--list", "x"),
        ("parcels", "--list", "x", "--pdf-dir", "y", "--uses"),
    ],
)
def test_extracts_need_a_list(ask, words: tuple[str, ...]) -> None:
    """Nobody prints a whole cadastre by a slip of the hand."""
    assert ask(*words).code == 2
