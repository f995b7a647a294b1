"""TCVN3 and VNI become Unicode: the whole table agrees with iconv, every syllable goes there and back."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.vietnamese.legacy import TCVN3, VNI, decoded

# Every letter of the alphabet with every tone, small and capital.
VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
NAMES = ["Đồng Đăng", "Tân Thanh", "Thụy Hùng", "Bảo Lâm", "Mẫu Sơn", "Tú Mịch", "Nguyễn Thị Hường", "Chợ Kỳ Lừa"]


def as_vni(text: str) -> str:
    """Write `text` in VNI, as Latin-1 shows it."""
    codes = {whole: code for code, whole in reversed(VNI.items())}
    return "".join(codes.get(letter, letter) for letter in text)


def as_tcvn3(text: str) -> str:
    """Write `text` in TCVN3, as Latin-1 shows it."""
    codes = {whole: chr(byte) for byte, whole in TCVN3.items()}
    return "".join(codes[letter] for letter in text)


def test_the_whole_table_of_tcvn3_agrees_with_iconv(iconv: str) -> None:
    """All 256 bytes."""
    for byte, letter in TCVN3.items():
        done = subprocess.run(
            [iconv, "-f", "TCVN", "-t", "UTF-8"], input=bytes([byte]), capture_output=True, check=True
        )
        assert done.stdout.decode() == letter, hex(byte)
    assert len(TCVN3) == 256


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back(name: str) -> None:
    """Both encodings hold a name of the zone whole."""
    assert decoded(as_tcvn3(name), "tcvn3") == name
    assert decoded(as_vni(name), "vni") == name


@given(st.text(alphabet=VOWELS + VOWELS.upper() + "đĐbcdghklmnpqrstvx 0123-/", max_size=40))
def test_every_text_goes_through_vni(text: str) -> None:
    """Longest code first: no two letters of a text are taken for one."""
    assert decoded(as_vni(text), "vni") == text


@given(st.text(alphabet=VOWELS + "ăâêôơưđbcdghklmn 0123-/", max_size=40))
def test_every_text_goes_through_tcvn3(text: str) -> None:
    """One byte, one letter."""
    assert decoded(as_tcvn3(text), "tcvn3") == text


def test_text_of_windows_1252_is_taken_for_its_bytes() -> None:
    """A driver that read Windows-1252 shows the bytes 80 to 9F as other characters; they are the same bytes."""
    assert decoded("Đồng Đăng".encode().decode("latin-1"), "utf-8") == "Đồng Đăng"
    assert decoded("Đồng Đăng".encode().decode("cp1252", "surrogateescape"), "utf-8") is None
    assert decoded("bằng".encode().decode("cp1252"), "utf-8") == "bằng"


def test_capitals_typed_into_a_font_without_them_come_back() -> None:
    """A text like "NGUYÔN V¡N" has small tones only for want of capital ones; "Tæ" may be either and stays."""
    assert decoded("NGUYÔN V¡N HïNG", "tcvn3") == "NGUYỄN VĂN HÙNG"
    assert decoded("Tæ", "tcvn3") == "Tổ"
