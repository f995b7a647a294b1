"""What one place in a sentence claims: a number, a count, words; how it is written, and how it is read back.

Reading takes no help of writing: a number is parsed and held against the value of the fact to the decimals that stand
there, so that a digit, a unit, an "about" or a "less than" that is not so does not agree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from babel.numbers import parse_decimal

from gis.language import Lang, Text
from gis.measure import M2_PER_HA
from gis.text import nfc
from maps.formatter import (
    NO_DATA,
    PATTERNS,
    SYMBOLS,
    fact_text,
    in_unit,
    reading_unit,
    value_text,
    with_symbol,
)
from maps.sentences.facts import fact_of, is_approximate
from planning.record import Fact, Record, Unit

# The cases of what a fact says; each has a wording of its own.
NOTHING_KNOWN, ZERO, ONE, MANY, SOME, UP, DOWN = "no_data", "zero", "one", "many", "some", "up", "down"
APPROXIMATE = "approximate"
# What every sentence has to have a way for, or a reason why it cannot come to that.
CASES = (ONE, MANY, ZERO, NOTHING_KNOWN, APPROXIMATE)

ABOUT = Text(vi="khoảng ", en="about ")
LESS_THAN = Text(vi="dưới ", en="less than ")
_NUMBER = r"[−+]?\d+(?:[.,]\d+)*"
_SYMBOL = "|".join(re.escape(symbol) for symbol in SYMBOLS.values())


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence: words of ours where `key` is empty, else what is written of the fact of that key."""

    text: str
    key: str = ""


class Claim(Protocol):
    """One place of a sentence."""

    def case(self, record: Record) -> str:
        """Return which wording fits what the Record says."""

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return what is written in the place."""

    def shape(self, lang: Lang) -> str:
        """Return the regular expression of anything that could stand in the place."""

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether what stands in the place is what the Record says."""

    def never(self) -> Mapping[str, str]:
        """Return those of `CASES` that it cannot come to, each with the reason."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured number with its unit.

    Attributes
    ----------
    key : of the fact
    along_line : it depends on the line of the zone, so that it is "about" where that is approximate
    directed : the words of the sentence say more or less; the number stands without its sign
    """

    key: str
    along_line: bool = True
    directed: bool = False

    def case(self, record: Record) -> str:
        """Return no_data, zero, and some, or up and down where the words say the direction."""
        value: Any = fact_of(record, self.key).value
        if value is None:
            return NOTHING_KNOWN
        if value == 0:
            return ZERO
        return SOME if not self.directed else UP if value > 0 else DOWN

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return the number in the unit in which people read it."""
        fact = fact_of(record, self.key)
        about = self.along_line and is_approximate(record)
        return (Run(amount_text(fact, lang, about=about, directed=self.directed), fact.key),)

    def shape(self, lang: Lang) -> str:
        """Return the expression of a number with unit, or of no data."""
        return amount_shape(lang)

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether the number is that of the fact, to its last digit."""
        about = self.along_line and is_approximate(record)
        return amount_agrees(text, fact_of(record, self.key), lang, about=about, directed=self.directed)

    def never(self) -> Mapping[str, str]:
        """Return what an amount cannot be."""
        measured = dict.fromkeys((ONE, MANY), "an amount is measured, not counted")
        return (
            measured if self.along_line else measured | {APPROXIMATE: "stated by a document, not measured along a line"}
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things."""

    key: str

    def case(self, record: Record) -> str:
        """Return no_data, zero, one or many."""
        value: Any = fact_of(record, self.key).value
        return NOTHING_KNOWN if value is None else {0: ZERO, 1: ONE}.get(value, MANY)

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return the count in the digits of the language."""
        fact = fact_of(record, self.key)
        return (Run(value_text(fact.value, "count", lang), fact.key),)

    def shape(self, lang: Lang) -> str:
        """Return the expression of a whole number, or of no data."""
        return rf"(?:{re.escape(NO_DATA.to(lang))}|{_NUMBER})"

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether it is the count."""
        value: Any = fact_of(record, self.key).value
        return text == NO_DATA.to(lang) if value is None else _number(text, lang) == value

    def never(self) -> Mapping[str, str]:
        """Return what a count cannot be."""
        return {APPROXIMATE: "what the accuracy of a line leaves open is counted on its own, as undecidable"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text, a day or a state.

    Attributes
    ----------
    cases : values that have a wording of their own; any other is "some"
    """

    key: str
    cases: tuple[str, ...] = ()

    def case(self, record: Record) -> str:
        """Return no_data, one of `cases`, or some."""
        value = fact_of(record, self.key).value
        return NOTHING_KNOWN if value is None else str(value) if value in self.cases else SOME

    def write(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return the text on one line, without a full stop of its own."""
        fact = fact_of(record, self.key)
        return (Run(_on_one_line(fact, lang), fact.key),)

    def shape(self, lang: Lang) -> str:  # noqa: ARG002 -- every claim is asked for its language
        """Return the expression of any text."""
        return ".+?"

    def agrees(self, text: str, record: Record, lang: Lang) -> bool:
        """Tell whether it is the text, letter by letter."""
        return nfc(text) == nfc(_on_one_line(fact_of(record, self.key), lang))

    def never(self) -> Mapping[str, str]:
        """Return what words cannot be."""
        return dict.fromkeys((ONE, MANY, ZERO, APPROXIMATE), "words are there or not: they count and measure nothing")


def amount_text(fact: Fact, lang: Lang, *, about: bool = False, directed: bool = False) -> str:
    """Return an amount as it stands in a sentence.

    Examples
    --------
    >>> area = Fact("area_m2.added", 81_200.0, "m2", "")
    >>> amount_text(area, "vi", about=True), amount_text(Fact("area_m2.added", 3.0, "m2", ""), "en")
    ('khoảng 8,12 ha', 'less than 0.01 ha')
    """
    if fact.value is None:
        return NO_DATA.to(lang)
    unit = reading_unit(fact.key, fact.unit)
    value: Any = in_unit(fact.value, fact.unit, unit)
    written = value_text(abs(value), unit, lang) if directed else fact_text(fact, lang, symbol=False)
    # The fact itself, for what underflows to nothing in a larger unit.
    if fact.value and not any(digit in "123456789" for digit in written):
        return LESS_THAN.to(lang) + with_symbol(value_text(_smallest(unit), unit, lang), unit)
    return (ABOUT.to(lang) if about and value else "") + with_symbol(written, unit)


def amount_shape(lang: Lang) -> str:
    """Return the expression of an amount as it may stand in a sentence."""
    nothing, about, less = (re.escape(one.to(lang)) for one in (NO_DATA, ABOUT, LESS_THAN))
    return rf"(?:{nothing}|(?:{about})?(?:{less})?{_NUMBER}(?: ?(?:{_SYMBOL}))?)"


def amount_agrees(text: str, fact: Fact, lang: Lang, *, about: bool = False, directed: bool = False) -> bool:
    """Tell whether an amount in a sentence is that of the fact, to the decimals that are written."""
    value: Any = fact.value
    if value is None or text == NO_DATA.to(lang):
        return value is None and text == NO_DATA.to(lang)
    read = _read_amount(text, lang)
    if read is None:
        return False
    in_its_unit = _in_symbol(Decimal(repr(float(value))), fact.unit, read.symbol)
    if in_its_unit is None:
        return False
    size = abs(in_its_unit) if directed else in_its_unit
    if read.less_than:
        return 0 < abs(in_its_unit) < read.number and not read.about
    half = Decimal(1).scaleb(_exponent(read.number)) / 2
    return abs(size - read.number) <= half and read.about == (about and value != 0)


@dataclass(frozen=True, slots=True)
class _Read:
    number: Decimal
    symbol: str
    about: bool
    less_than: bool


def _read_amount(text: str, lang: Lang) -> _Read | None:
    about, less = (re.escape(one.to(lang)) for one in (ABOUT, LESS_THAN))
    parts = re.fullmatch(rf"(?P<about>{about})?(?P<less>{less})?(?P<number>{_NUMBER}) ?(?P<symbol>{_SYMBOL})?", text)
    number = None if parts is None else _number(parts["number"], lang)
    if parts is None or number is None:
        return None
    return _Read(number, parts["symbol"] or "", bool(parts["about"]), bool(parts["less"]))


def _number(text: str, lang: Lang) -> Decimal | None:
    """Return a written number with the decimals that it has; None where it is none in that language."""
    group, point = (re.escape(one) for one in ((".", ",") if lang == "vi" else (",", ".")))
    if re.fullmatch(rf"[−+]?(?:\d{{1,3}}(?:{group}\d{{3}})*|\d+)(?:{point}\d+)?", text) is None:
        return None
    return parse_decimal(text.replace("−", "-"), locale=lang)


def _in_symbol(value: Decimal, unit: Unit, symbol: str) -> Decimal | None:
    """Return a value of `unit` in the unit of a symbol; None where the two do not measure the same."""
    factors: dict[tuple[str, str], Decimal] = {
        ("m2", "m²"): Decimal(1),
        ("m2", "ha"): 1 / Decimal(M2_PER_HA),
        ("m", "m"): Decimal(1),
        ("share", "%"): Decimal(100),
    }
    factor = factors.get((unit, symbol), Decimal(1) if not symbol and unit not in SYMBOLS else None)
    return None if factor is None else value * factor


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _smallest(unit: Unit) -> float:
    """Return the smallest amount that is written in a unit and is not zero."""
    decimals = PATTERNS[unit].rstrip("%").partition(".")[2]
    return 10.0 ** -(len(decimals) + (2 if unit == "share" else 0))


def _on_one_line(fact: Fact, lang: Lang) -> str:
    return nfc(fact_text(fact, lang)).rstrip(". ")
