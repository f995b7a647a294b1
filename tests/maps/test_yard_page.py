"""The register of yards on the terminal and in files: words, digits, keys."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pandas import DataFrame

from layers.workspace import Workspace
from maps.errors import ListFormatUnknown
from maps.labels import column_title, fact_title, how_text, table_title
from maps.yard_files import write_yards
from maps.yard_page import page
from planning.record import Fact, Record
from planning.yard_register import yard_register


@pytest.fixture
def register(project: Workspace) -> Record:
    papers = [
        {"layer": "yards", "feature": "y", "kind": kind, "number": "=1+1", "expires_on": day}
        for kind, day in (("thuê đất", "2020-01-01"), ("hải quan", "2030-01-01"))
    ]
    return yard_register(project.write({"papers": DataFrame(papers)}), date(2026, 1, 1))


def test_the_page_names_operator_paper_and_what_to_do(register: Record) -> None:
    """In both languages, with the day in the digits of the language."""
    told = "\n".join(page(register, "vi"))
    assert "Công ty Y: 1 bãi, đủ 16,67%" in told
    assert "y  thuê đất: đã hết hạn 01/01/2020, số =1+1 → gia hạn hoặc cấp lại" in told
    assert "y  môi trường: thiếu → nộp bổ sung" in told
    assert "land lease: expired 1 January 2020, no. =1+1 → to be renewed" in "\n".join(page(register, "en"))


def test_everything_has_a_name_in_both_languages(register: Record) -> None:
    """No key, column, table or making stands for itself."""
    for name, table in register.tables.items():
        assert table_title(name, "vi") != name
        for column, meaning in table.columns.items():
            assert column_title(column, "vi", name) != column
            assert how_text(Fact("", None, "text", meaning.how), "vi") != meaning.how
    for key, fact in register.facts.items():
        assert fact_title(key, "vi") != key
        assert how_text(fact, "vi") != fact.how


def test_the_workbook_holds_text_as_text(register: Record, tmp_path: Path) -> None:
    """A number that looks like a formula stays a text."""
    (file,) = write_yards(register, tmp_path / "so.xlsx")
    book = openpyxl.load_workbook(file)
    assert {"Sổ bến bãi", "Giấy tờ cần đôn đốc", "Hiện trạng đất so với giấy tờ"} <= set(book.sheetnames)
    cells = {cell.value: cell.data_type for row in book["Giấy tờ của từng bãi"].iter_rows() for cell in row}
    assert cells["=1+1"] == "s"
    with pytest.raises(ListFormatUnknown):
        write_yards(register, tmp_path / "so.pdf")
