"""Printed balance tables: the hectare that Decision 1055 lacks, and what else paper gets wrong."""

from decimal import Decimal

import pytest

from planning.balance.printed import check, check_decision, check_file
from planning.errors import BalanceTableWrong


def test_the_missing_hectare_of_decision_1055_is_found():
    """The lines of 2020 sum to 39,399 ha of 39,400; those of 2030 close."""
    found = {column.title: (column.sum, column.stated, column.missing, column.closes) for column in check_decision()}
    assert found == {"ha_2020": (39_399, 39_400, 1, False), "ha_2030": (39_400, 39_400, 0, True)}


TABLE = """Loại đất;Hiện trạng (ha);Tỷ lệ (%)
Khu phi thuế quan;{first};3,43
Đất khác;38.050,00;{percent}
Tổng cộng;39.400,00;100
"""


@pytest.mark.parametrize(
    ("first", "percent", "missing"),
    [
        ("1.350,00", "96,57", (0, 0)),
        ("1.349,99", "96,57", ("0.01", 0)),
        ("1.350,01", "96,57", ("-0.01", 0)),
        ("1.350,00", "96,56", (0, "0.01")),
    ],
)
def test_columns_and_percentages_at_and_beside_their_total(first, percent, missing):
    """To the last printed digit, in the way Vietnamese writes numbers."""
    columns = check(TABLE.format(first=first, percent=percent), "bảng")
    assert [column.missing for column in columns] == [Decimal(one) for one in missing]
    assert [column.closes for column in columns] == [one == 0 for one in missing]


def test_numbers_are_read_in_the_way_in_which_the_table_closes():
    """39,400 is thousands in English and a fraction in Vietnamese; the table itself says which."""
    english = 'Use,ha\nA,810\nB,"38,590"\nTotal,"39,400"\n'
    assert check(english, "x")[0].stated == 39_400
    assert check(english.replace("38,590", "38,589"), "x", lang="en")[0].missing == 1


def test_a_table_without_a_total_takes_the_one_that_is_given():
    """Columns of words are passed over; a dash is nothing."""
    text = "Mục,Nguồn,ha\nA,báo,10\nB,báo,–\nC,báo,5\n"
    (column,) = check(text, "x", Decimal(15))
    assert (column.title, column.closes) == ("ha", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a heading"),
        ("a,b\n1,2\n", "a heading"),
        ("mục,nguồn\nA,x\nB,y\n", "no column holds numbers"),
        ("mục,ha\nA,1\nB,2\n", "no line “Total”"),
    ],
)
def test_what_is_no_balance_is_said(tmp_path, text, said):
    """One message with the file and what it needs."""
    path = tmp_path / "bang.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BalanceTableWrong, match=said) as caught:
        check_file(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path):
    """Not a crash."""
    with pytest.raises(BalanceTableWrong):
        check_file(tmp_path / "khong-co.csv")
