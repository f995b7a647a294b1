"""Lines on a terminal: folded at its width, whole words, no number apart from its unit."""

import json
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from inspect import get_annotations
from io import StringIO
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.cli import show
from desk.cli.show import as_json, folded
from gis.language import Text

_WORDS = st.lists(
    st.sampled_from(
        [
            "đất",
            "ở",
            "6.815,7 m²",
            "39.400,00 ha",
            "100,00%",
            "Văn",
            "bản:",
            "–",
            "ô đỗ 4.409 → ≤ 15.519;",
            "nhiều nhất (xấu nhất 0),",
            "đi mocgioi rules MÃ",
        ]
    ),
    max_size=40,
)
_GAPS = st.sampled_from(["", "  ", "      ", "  Hiện trạng                     "])


@given(start=_GAPS, words=_WORDS, width=st.integers(40, 120))
def test_a_folded_line_says_the_same_within_its_width(start: str, words: list[str], width: int) -> None:
    """Nothing is lost, doubled or cut, nothing reaches over the edge, and each number keeps its unit."""
    told = start + " ".join(words)
    parts = folded(told, width)
    assert " ".join(" ".join(parts).split()) == " ".join(told.split())
    assert all(len(part) <= width for part in parts)
    assert not any(re.search(r"[\d→≤]$", part) for part in parts[:-1])


def test_what_follows_stands_under_its_text() -> None:
    """The value of a named line is folded under the value."""
    assert folded("  Văn bản        QĐ 138/2008/QĐ-TTg, QĐ 1009/QĐ-TTg", 40) == [
        "  Văn bản        QĐ 138/2008/QĐ-TTg, QĐ",
        "                 1009/QĐ-TTg",
    ]


def test_a_value_behind_a_long_name_moves_to_the_edge() -> None:
    """A name of many words and its value stay on one line where both have room."""
    assert folded("  Đất quốc phòng, an ninh" + " " * 30 + "không kèm", 44) == [
        "  Đất quốc phòng, an ninh          không kèm",
    ]


def test_figures_of_one_line_are_not_torn() -> None:
    """A short clause goes to the next line as a whole, so that before and after stand together."""
    assert folded("  Hữu Nghị: bãi 2 → 1; 47.447,6 m² → 35.966,8 m²; ô đỗ 375 → 289", 60) == [
        "  Hữu Nghị: bãi 2 → 1; 47.447,6 m² → 35.966,8 m²;",
        "    ô đỗ 375 → 289",
    ]


def test_a_command_and_a_path_stay_whole() -> None:
    """What is to be copied stands on one line, where it has room there."""
    told = "Đã xuất phiếu; nhận lại bằng: mocgioi sheet import phieu.xlsx"
    assert folded(told, 44)[-1].strip() == "mocgioi sheet import phieu.xlsx"
    path = "ho so/Thửa đất số 12.pdf"
    assert any(path in part for part in folded(f"Đã ghi trích lục của thửa vào tệp {path}, đã đọc lại", 44, [path]))


def test_json_says_null_where_there_is_no_number(capfd: pytest.CaptureFixture[str]) -> None:
    """NaN is no JSON; numbers of arrays, days and letters beyond ASCII come as they are."""
    as_json(
        {"a": [np.nan, np.inf, np.float64(0.1), np.int64(2)], "b": "Đồng Đăng", 3: (True, None), "c": date(2025, 7, 1)}
    )
    text = capfd.readouterr().out
    assert "Đồng Đăng" in text
    with redirect_stdout(StringIO()) as caught:  # as a notebook does
        as_json({"b": "Đồng Đăng"})
    assert json.loads(caught.getvalue()) == {"b": "Đồng Đăng"}
    assert json.loads(text) == {
        "a": [None, None, 0.1, 2],
        "b": "Đồng Đăng",
        "3": [True, None],
        "c": "2025-07-01",
    }


@pytest.mark.parametrize("said", [Text.to, show.line, show.working], ids=lambda one: one.__qualname__)
def test_a_sentence_takes_no_raw_number(said: Callable[..., Any]) -> None:
    """Whoever puts a count into a sentence without the one way of writing numbers is named by mypy."""
    taken = get_annotations(said, eval_str=True)["values"]
    assert str in get_args(taken)
    assert not any(issubclass(one, int | float) or one is object for one in get_args(taken))
