"""The way back from what people read to a number: the inverse of `maps.formatter`, by the digits alone.

It shares no code with the way out. A number agrees with its fact when it is the fact's value rounded to the decimals
that are printed, and has as many decimals as its unit is written with.
"""

import re
from decimal import Decimal
from fractions import Fraction

from gis.language import Lang
from gis.measure import M2_PER_HA
from maps.formatter import PATTERNS, fact_text, reading_unit
from planning.record import Fact

_MARKS: dict[Lang, tuple[str, str]] = {"vi": (".", ","), "en": (",", ".")}
_NUMBER = re.compile(r"[+−-]?\d[\d.,]*")
_ANGLE = re.compile(r"(\d+)°(\d\d)′(\d\d)″")
_SECONDS = 3600
_FULL_CIRCLE_S = 360 * _SECONDS
# A value that stands half-way between two printed ones, to the last bits of a double, may have been rounded either way.
_HALF = Fraction(1, 2) + Fraction(1, 1_000_000)


def number_in(text: str, lang: Lang) -> Decimal | None:
    """Return the number that a text begins with, with the decimals that are printed; None where there is none.

    Examples
    --------
    >>> number_in("−1.234,50 ha", "vi"), number_in("1,234.5 m²", "en"), number_in("1.23,4", "vi")
    (Decimal('-1234.50'), Decimal('1234.5'), None)
    """
    found = _NUMBER.match(text)
    if found is None:
        return None
    group, point = _MARKS[lang]
    sign = -1 if found[0][0] in "−-" else 1
    whole, _, decimals = found[0].lstrip("+−-").partition(point)
    groups = whole.split(group)
    grouped = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:]))
    if not grouped or not all(one.isdigit() for one in (*groups, decimals or "0")):
        return None
    written = whole.replace(group, "") + (f".{decimals}" if decimals else "")
    return sign * Decimal(written)


def agrees(fact: Fact, text: str, lang: Lang) -> bool:
    """Tell whether a text says the fact: numbers by their digits, everything else by its words."""
    unit = reading_unit(fact.key, fact.unit)
    if fact.value is None or not isinstance(fact.value, int | float):
        return text in (fact_text(fact, lang), fact_text(fact, lang, symbol=False))
    value = Fraction(fact.value) / (M2_PER_HA if (fact.unit, unit) == ("m2", "ha") else 1)
    if unit == "azimuth":
        return _same_angle(text, value)
    printed = number_in(text, lang)
    if printed is None or unit not in PATTERNS:
        return printed is not None and text == fact_text(fact, lang)
    return _is_rounded(printed, value * (100 if unit == "share" else 1), PATTERNS[unit])


def _is_rounded(printed: Decimal, value: Fraction, pattern: str) -> bool:
    least, most = decimals_of(pattern)
    decimals = -int(printed.as_tuple().exponent)
    if not least <= decimals <= most:
        return False
    steps = (value - Fraction(printed)) * 10**most if decimals < most else (value - Fraction(printed)) * 10**decimals
    return bool(abs(steps) <= _HALF)


def decimals_of(pattern: str) -> tuple[int, int]:
    """Return how many decimals a pattern of `maps.formatter` writes at least and at most.

    Examples
    --------
    >>> decimals_of("#,##0.00"), decimals_of("#,##0.00%"), decimals_of("#,##0.##"), decimals_of("#,##0")
    ((2, 2), (2, 2), (0, 2), (0, 0))
    """
    decimals = pattern.rstrip("%").partition(".")[2]
    return decimals.count("0"), len(decimals)


def _same_angle(text: str, degrees: Fraction) -> bool:
    found = _ANGLE.fullmatch(text)
    if found is None:
        return False
    hours, minutes, seconds = (int(part) for part in found.groups())
    off = (degrees * _SECONDS - (hours * _SECONDS + minutes * 60 + seconds)) % _FULL_CIRCLE_S
    return min(off, _FULL_CIRCLE_S - off) <= _HALF
