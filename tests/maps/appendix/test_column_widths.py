"""Columns as wide as what stands in them."""

import pytest

from maps.appendix.column_widths import fitting_widths
from maps.appendix.word_form import TEXT_WIDTH_MM

HEADS = (
    "Số hiệu mốc",
    "X (Bắc) (m)",
    "Y (Đông) (m)",
    "Chiều dài cạnh (m)",
    "Góc phương vị",
    "Trong",
    "Ngoài",
    "Thay đổi",
)
ROW = ("M1-4000", "2439109,936", "438300,322", "1123,526", "133°15′13″", "Hoàng Văn Thụ", "–", "giữ nguyên")
NAMES = (5, 6)


def test_a_marker_takes_one_line() -> None:
    """At ten points nothing in a row is wider than its column; the names have what is left, together the page."""
    widths = fitting_widths(HEADS, [[one] for one in ROW], NAMES)
    assert sum(widths) == pytest.approx(TEXT_WIDTH_MM)
    # A digit of Times New Roman is half as wide as its type is high.
    assert widths[1] > 10.25 * 10 * 25.4 / 72 / 2
    assert widths[5] > 26


@pytest.mark.parametrize("name", ["Xã Hoàng Văn Thụ " * 4, "Đường" * 80])
def test_a_long_name_takes_two_and_no_number_does(name: str) -> None:
    """What is too long for the page shortens the columns of names alone."""
    short, long = (
        fitting_widths(HEADS, [[one] for one in (*ROW[:5], told, "–", ROW[7])], NAMES) for told in ("–", name)
    )
    assert sum(long) == pytest.approx(TEXT_WIDTH_MM)
    assert [long[place] for place in range(8) if place not in NAMES] == [
        short[place] for place in range(8) if place not in NAMES
    ]


def test_what_is_too_much_for_any_page_is_narrowed_alike() -> None:
    """Columns keep their proportions; none has no width."""
    widths = fitting_widths(("a", "b"), [["0" * 200], ["0" * 100]], ())
    assert sum(widths) == pytest.approx(TEXT_WIDTH_MM)
    assert min(widths) > TEXT_WIDTH_MM / 4
