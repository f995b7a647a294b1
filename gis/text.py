"""Vietnamese text: comparing names whatever their tone placement, case, spaces or accents."""

import unicodedata
from functools import lru_cache

# Combining marks that are tones; the others (breve, circumflex, horn) belong to the letter.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def nfc(text: str) -> str:
    """Return `text` in composed Unicode (NFC) with runs of white space as one space.

    Examples
    --------
    >>> nfc("Đồng  Đăng ") == "Đồng Đăng"
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_key(name: str) -> str:
    """Return a key under which two spellings of one name are equal, and two names are not.

    Tones are moved to the end of their syllable, so that Thụy and Thuỵ meet; case and spaces are folded.
    Accents still count: Tân Thanh is not Tân Thành.

    Examples
    --------
    >>> name_key("Thụy Hùng") == name_key("thuỵ  hùng")
    True
    >>> name_key("Tân Thanh") == name_key("Tân Thành")
    False
    """
    return " ".join(_syllable_key(syllable) for syllable in nfc(name).casefold().split())


def _syllable_key(syllable: str) -> str:
    marks = unicodedata.normalize("NFD", syllable)
    letters = "".join(mark for mark in marks if mark not in TONES)
    tones = "".join(sorted(mark for mark in marks if mark in TONES))
    return unicodedata.normalize("NFC", letters) + tones


@lru_cache(maxsize=1 << 15)  # a table repeats its texts, and several rules ask of each
def search_key(text: str) -> str:
    """Return `text` without accents, case or repeated spaces, for search.

    Examples
    --------
    >>> search_key("Đồng Đăng")
    'dong dang'
    """
    if text.isascii():
        return " ".join(text.split()).casefold()
    bare = "".join(mark for mark in unicodedata.normalize("NFD", nfc(text)) if not unicodedata.combining(mark))
    return bare.replace("đ", "d").replace("Đ", "D").casefold()
