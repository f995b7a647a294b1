"""The encoding of a column: guessed with a score and samples, converted once, never twice."""

import pytest

from gis.errors import TextNotOfEncoding, TextUnicodeAlready
from gis.vietnamese.detect import guess, to_unicode
from gis.vietnamese.legacy import TCVN3, VNI, Encoding
from gis.vietnamese.syllable import is_syllable, words

NAMES = ["Đồng Đăng", "Tân Thanh", "Thụy Hùng", "Bảo Lâm", "Hồng Phong", "Phú Xá", "Thạch Đạn", "Lộc Bình", "Yên Khoái"]


def written(encoding: Encoding) -> list[str]:
    """Return the names as a driver shows them that took their bytes for Latin-1."""
    if encoding == "tcvn3":
        codes = {whole: chr(byte) for byte, whole in TCVN3.items()}
        return ["".join(codes[one] for one in name) for name in NAMES]
    if encoding == "vni":
        codes = {whole: code for code, whole in reversed(VNI.items())}
        return ["".join(codes.get(one, one) for one in name) for name in NAMES]
    return [name.encode("utf-8").decode("latin-1") for name in NAMES] if encoding == "utf-8" else NAMES


@pytest.mark.parametrize("encoding", ["unicode", "tcvn3", "vni", "utf-8"])
def test_the_encoding_is_told(encoding: Encoding) -> None:
    """With nine names of communes the guess is right, sure, and shows what it would give."""
    found = guess(written(encoding))
    assert (found.best, found.sure) == (encoding, True)
    assert found.readings[0].samples[0] == "Đồng Đăng"
    assert found.readings[0].score == 1.0
    converted = to_unicode(written(encoding), encoding, "ten")
    assert [converted.values.get(one, one) for one in written(encoding)] == NAMES


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "utf-8", "cp1258"])
def test_converting_twice_is_refused(encoding: Encoding) -> None:
    """What is Unicode already is not spoilt, not even where all its letters exist in Latin-1."""
    with pytest.raises(TextUnicodeAlready, match="ten"):
        to_unicode(NAMES, encoding, "ten")
    with pytest.raises(TextUnicodeAlready):
        to_unicode(["Cô Tâm", "Hoà Bình", "Thanh Hà"], encoding, "ten")


def test_what_an_encoding_cannot_hold_is_told() -> None:
    """TCVN3 is not UTF-8; the value is in the message."""
    with pytest.raises(TextNotOfEncoding, match="§ång §¨ng"):
        to_unicode(["§ång §¨ng"], "utf-8", "ten")


def test_plain_and_foreign_text_stay_as_they_are() -> None:
    """ASCII says nothing; French is no Vietnamese, and nobody claims to be sure."""
    assert guess(["06184", "LUC"]).best == "unicode"
    assert guess(["06184"]).sure
    assert not guess(["Béziers", "Orléans", "Besançon"]).sure


def test_capitals_that_no_byte_tells_are_noted() -> None:
    """A column in small letters only may have been shown in the capitals of .VnTimeH."""
    assert to_unicode(["®ång ®¨ng"], "tcvn3", "ten").capitals_lost
    assert not to_unicode(["§ång §¨ng"], "tcvn3", "ten").capitals_lost


def test_syllables_of_place_names() -> None:
    """Every syllable of the names is one; what mojibake leaves is not."""
    assert all(is_syllable(word) for name in NAMES for word in name.casefold().split())
    assert all(is_syllable(word) for word in words("quốc quỳnh giếng gì nghĩa khuỷu thuở xoong ý yến oanh"))
    assert not any(is_syllable(word) for word in ["ñoàng", "ång", "äng", "béziers", "orléans"])
