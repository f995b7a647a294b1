"""Numbers, angles, days and moments as a language writes them: the digits of facts, and of what is no fact."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, get_decimal_symbol, get_group_symbol, parse_pattern

from gis.language import Lang

_DAYS = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}


def number_text(value: float, pattern: str, lang: Lang, *, signed: bool = False) -> str:
    """Return a number in the digits of `lang`; what rounds to zero has no sign."""
    least, most, percent = _decimals(pattern)
    number = Decimal(str(abs(value)))
    number = number.scaleb(2) if percent else number
    shape = f",.{most}f" if "," in pattern else f".{most}f"
    whole, _, tail = format(number, shape).partition(".")  # rounds half to even, as babel does, in half of its time
    tail = tail[:least] + tail[least:].rstrip("0")
    point, comma = _separators(lang)
    written = whole.replace(",", comma) + (point + tail if tail else "") + ("%" if percent else "")
    if not any(digit in "123456789" for digit in written):
        return written
    return f"−{written}" if value < 0 else f"+{written}" if signed else written


def count_text(count: int, lang: Lang) -> str:
    """Return how many there are.

    Examples
    --------
    >>> count_text(195_152, "vi"), count_text(7, "en")
    ('195.152', '7')
    """
    return number_text(count, "#,##0", lang)


def azimuth_text(degrees: float) -> str:
    """Return an angle in degrees, minutes and whole seconds.

    Examples
    --------
    >>> azimuth_text(359.99999), azimuth_text(45.5)
    ('0°00′00″', '45°30′00″')
    """
    minutes, seconds = divmod(round(degrees * 3600) % (360 * 3600), 60)
    return f"{minutes // 60}°{minutes % 60:02d}′{seconds:02d}″"


def day_text(day: str, lang: Lang) -> str:
    """Return an ISO day as people write it; what is no day stays as it is.

    Examples
    --------
    >>> day_text("2025-07-01", "vi")
    '01/07/2025'
    """
    try:
        return format_date(date.fromisoformat(day), format=_DAYS[lang], locale=_locale(lang))
    except ValueError:
        return day


def moment_text(moment: str, lang: Lang) -> str:
    """Return an ISO moment as day and minute in its own time zone; what is no moment stays as it is."""
    try:
        return format_datetime(
            datetime.fromisoformat(moment), format=f"{_DAYS[lang]} HH:mm (ZZZZ)", locale=_locale(lang)
        )
    except ValueError:
        return moment


def clock_text(moment: str, lang: Lang) -> str:
    """Return an ISO moment as day and minute by the clock of this machine; what is no moment stays as it is.

    For a terminal: what is kept in a file has to read alike on every machine (`moment_text`).
    """
    try:
        return format_datetime(
            datetime.fromisoformat(moment).astimezone(), f"{_DAYS[lang]} HH:mm", locale=_locale(lang)
        )
    except ValueError:
        return moment


@cache
def _decimals(pattern: str) -> tuple[int, int, bool]:
    """Return the least and most decimals of a pattern, and whether it is a percentage."""
    parsed: NumberPattern = parse_pattern(pattern)
    return (*parsed.frac_prec, "%" in pattern)


@cache
def _separators(lang: Lang) -> tuple[str, str]:
    """Return the decimal point of a language, and what stands between its thousands."""
    return get_decimal_symbol(_locale(lang)), get_group_symbol(_locale(lang))


@cache
def _locale(lang: Lang) -> Locale:
    return Locale.parse(lang)
