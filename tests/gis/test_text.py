"""Names are the same name whatever their tone placement, case, spaces and Unicode form; accents still count."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.text import name_key, nfc, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thụy Hùng", "Thuỵ Hùng"),
        ("Hòa Bình", "Hoà Bình"),
        ("ĐỒNG ĐĂNG", "Đồng  Đăng"),
        ("Khánh Khê", unicodedata.normalize("NFD", "Khánh Khê")),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    """Old and new tone placement, case, spaces and decomposed Unicode do not make another name."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Tân Thanh", "Tân Thành"), ("Đông Kinh", "Đồng Kinh"), ("Tú Mịch", "Tu Mich")]
)
def test_accents_make_another_name(one: str, other: str) -> None:
    """Tân Thanh (Văn Lãng) is not Tân Thành (Cao Lộc)."""
    assert name_key(one) != name_key(other)


def test_search_goes_without_accents() -> None:
    """What is typed without accents finds the name."""
    assert search_key("Đồng Đăng") == search_key("dong dang") == "dong dang"


@given(st.text())
def test_keys_are_stable(text: str) -> None:
    """A key of a key is the key; NFC of NFC is NFC."""
    assert nfc(nfc(text)) == nfc(text)
    assert search_key(search_key(text)) == search_key(text)
