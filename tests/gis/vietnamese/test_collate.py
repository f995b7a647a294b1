"""Vietnamese names sort as in a dictionary, which Python's own order does not do."""

from gis.vietnamese.collate import dictionary_key


def ordered(words: list[str]) -> list[str]:
    """Return the words as a dictionary has them."""
    return sorted(words, key=dictionary_key)


def test_letters_then_tones() -> None:
    """A ă â … d đ e ê …; ngang huyền hỏi ngã sắc nặng."""
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert ordered(tones[::-1]) == tones
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert ordered(letters[::-1]) == letters


def test_syllable_by_syllable() -> None:
    """The tone of a first syllable weighs more than the letters of a second."""
    names = [
        "Ba Xã",
        "Bà Cả",
        "Bảo Lâm",
        "Cao Lộc",
        "Chi Lăng",
        "Đào Viên",
        "Đồng Đăng",
        "Đồng Giáp",
        "Tam Thanh",
        "Tân Mỹ",
    ]
    assert ordered(names[::-1]) == names


def test_small_before_capital_and_digits_first() -> None:
    """Equal words keep an order of their own, so that lists come out the same each time."""
    assert sorted(["An", "an", "7", "Ân", "-"], key=dictionary_key) == ["-", "7", "an", "An", "Ân"]
