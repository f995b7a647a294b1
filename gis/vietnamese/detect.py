"""How a column of text is encoded: every encoding is tried, scored by Vietnamese syllables, and shown with samples."""

from collections.abc import Iterable
from dataclasses import dataclass

from gis.errors import TextNotOfEncoding, TextUnicodeAlready
from gis.vietnamese.legacy import ENCODINGS, Encoding, bytes_of, decoded
from gis.vietnamese.syllable import is_syllable, words

# Enough values to be sure, few enough for columns of a million rows.
SAMPLED_VALUES = 400
SHOWN_SAMPLES = 3
# Below this share of Vietnamese syllables, or this near to the next best, a person decides.
SURE_SCORE = 0.8
SURE_MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class Reading:
    """A column read as one encoding.

    Attributes
    ----------
    score : share of words with marks that are Vietnamese syllables, 0 to 1
    samples : the first values as they would come in
    """

    encoding: Encoding
    score: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may be.

    Attributes
    ----------
    readings : best first; empty where all values are plain ASCII
    sure : the best is good, and clearly better than the next
    """

    readings: tuple[Reading, ...]
    sure: bool

    @property
    def best(self) -> Encoding:
        """The encoding with the highest score; Unicode where there is nothing to tell."""
        return self.readings[0].encoding if self.readings else "unicode"


@dataclass(frozen=True, slots=True)
class Converted:
    """The values of a column in Unicode.

    Attributes
    ----------
    values : Unicode by original value, of those that changed
    capitals_lost : no value holds a capital: it may have been shown by the capitals of .VnTimeH, which no byte tells
    """

    values: dict[str, str]
    capitals_lost: bool


def guess(values: Iterable[str]) -> Guess:
    """Guess the encoding of a column from its distinct values.

    Examples
    --------
    >>> guess(["§ång §¨ng", "T©n Thanh"]).best
    'tcvn3'
    >>> guess(["Đồng Đăng", "06184"]).best
    'unicode'
    """
    marked = [value for value in values if not value.isascii()][:SAMPLED_VALUES]
    if not marked:
        return Guess((), sure=True)
    readings = [one for encoding in ENCODINGS if (one := _reading(marked, encoding)) is not None]
    ranked = sorted(readings, key=lambda one: -one.score)  # stable: Unicode comes first among equals
    others = [one for one in ranked[1:] if one.samples != ranked[0].samples]
    margin = ranked[0].score - max((one.score for one in others), default=0.0)
    # A column that has characters beyond any byte is Unicode, whatever language it is in.
    unicode_only = all(bytes_of(value) is None for value in marked)
    return Guess(tuple(ranked), sure=unicode_only or (ranked[0].score >= SURE_SCORE and margin >= SURE_MARGIN))


def to_unicode(values: Iterable[str], encoding: Encoding, column: str) -> Converted:
    """Convert the distinct values of a column, once.

    Parameters
    ----------
    values : distinct values
    column : how the column is called in messages

    Raises
    ------
    TextUnicodeAlready
        The column holds Unicode Vietnamese: converting it would spoil it.
    TextNotOfEncoding
        A value cannot be of that encoding.
    """
    marked = [value for value in values if not value.isascii()]
    if encoding != "unicode" and marked:
        _require_legacy(marked, encoding, column)
    changed = {}
    for value in marked:
        whole = decoded(value, encoding)
        if whole is None:
            raise TextNotOfEncoding(column=column, encoding=encoding, example=value)
        if whole != value:
            changed[value] = whole
    return Converted(changed, encoding == "tcvn3" and bool(changed) and not _has_capital(changed.values()))


def _require_legacy(marked: list[str], encoding: Encoding, column: str) -> None:
    unicode_value = next((value for value in marked if bytes_of(value) is None), None)
    if unicode_value is None:
        sampled = marked[:SAMPLED_VALUES]
        as_it_is, converted = _reading(sampled, "unicode"), _reading(sampled, encoding)
        if as_it_is is not None and as_it_is.score >= max(converted.score if converted else 0.0, SURE_SCORE):
            unicode_value = marked[0]
    if unicode_value is not None:
        raise TextUnicodeAlready(column=column, encoding=encoding, example=unicode_value)


def _reading(marked: list[str], encoding: Encoding) -> Reading | None:
    """Return the column read as `encoding`; None where a value cannot be that."""
    wholes = [decoded(value, encoding) for value in marked]
    if any(whole is None for whole in wholes):
        return None
    read = [whole for whole in wholes if whole is not None]
    telling = [word for whole, value in zip(read, marked, strict=True) for word in _marked_words(whole, value)]
    score = sum(map(is_syllable, telling)) / len(telling) if telling else 0.0
    # A sign in the middle of a word ("§ång", "Ä‘") splits it: such a text is not Vietnamese as it stands.
    spoilt = sum(any(not (one.isalnum() or one.isascii() or one in _SIGNS) for one in whole) for whole in read)
    return Reading(encoding, score * (1 - spoilt / len(read)), tuple(read[:SHOWN_SAMPLES]))


# What Vietnamese texts hold besides letters: combining marks are gone after NFC; quotes, dashes, degrees, squares stay.
_SIGNS = frozenset("–—‘’“”…°²³·\u00a0")


def _marked_words(whole: str, value: str) -> list[str]:
    """Return the words that marks can be judged by; all of them where the marks stood outside words."""
    found = words(whole)
    return [word for word in found if not word.isascii()] or (found if not value.isascii() else [])


def _has_capital(values: Iterable[str]) -> bool:
    return any(letter.isupper() for value in values for letter in value)
