"""Vietnamese dictionary order: syllable by syllable, letters a ă â … y, then the tone, then small before capital."""

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# ngang, huyền, hỏi, ngã, sắc, nặng
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_RANKS = {letter: rank for rank, letter in enumerate(LETTERS)}

Key = tuple[tuple[tuple[tuple[int, int], ...], tuple[int, ...]], ...]


def dictionary_key(text: str) -> tuple[Key, str]:
    """Return a key that sorts as a Vietnamese dictionary does.

    Signs and digits come before letters, letters of other languages after them; equal words sort small first.

    Examples
    --------
    >>> sorted(["Đồng", "dồng", "Bả", "bà", "ba", "ăn", "an", "ân", "bạ"], key=dictionary_key)
    ['an', 'ăn', 'ân', 'ba', 'bà', 'Bả', 'bạ', 'dồng', 'Đồng']
    """
    composed = unicodedata.normalize("NFC", text)
    return tuple(_syllable(word) for word in composed.casefold().split()), composed.swapcase()


def _syllable(word: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    marks = unicodedata.normalize("NFD", word)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    return tuple(map(_rank, letters)), tuple(TONES.index(mark) for mark in marks if mark in TONES)


def _rank(letter: str) -> tuple[int, int]:
    if letter in _RANKS:
        return 1, _RANKS[letter]
    return (2 if letter.isalpha() else 0), ord(letter)
