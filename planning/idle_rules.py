"""Terms of the law for unused and late land, as data: which law holds on a day, and how its words are read."""

import calendar
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gis.language import Text
from gis.text import nfc
from layers.written_use import codes_of

Seen = Literal["unused", "used", "building", "unclear"]
Crop = Literal["annual", "perennial", "forest"]


@dataclass(frozen=True, slots=True)
class Regime:
    """The terms of one law.

    Attributes
    ----------
    valid_from, valid_to : first and last day on which it holds; None for still
    rules : ids of the rules that it takes them from
    idle_months, late_months : unused since the handover, behind the schedule
    extension_months : the most that can be granted
    crop_months : unused agricultural land, by crop
    """

    id: str
    instrument: Text
    valid_from: date
    valid_to: date | None
    rules: tuple[str, ...]
    idle_months: int
    late_months: int
    extension_months: int
    crop_months: Mapping[Crop, int]
    source: str
    confidence: str


@cache
def regimes() -> tuple[Regime, ...]:
    """Return the laws, oldest first."""
    return tuple(_regime(one) for one in _content()["regime"])


@cache
def transition_note() -> Text:
    """Return what is to be said where two laws could hold."""
    return Text(vi=_content()["note_vi"], en=_content()["note_en"])


def regime_on(day: date) -> Regime | None:
    """Return the law in force on a day; None before the first that is known."""
    return next(
        (one for one in regimes() if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)), None
    )


@cache
def seen_as(text: str) -> Seen:
    """Return how an observation is to be read; a text without a known word is unclear.

    Examples
    --------
    >>> seen_as("Để trống, không có công trình"), seen_as("đang xây dựng dở dang"), seen_as("có tường rào")
    ('unused', 'building', 'unclear')
    >>> seen_as("không để trống")
    'unclear'
    """
    plain = f" {nfc(text).casefold()} "
    for negation in ("không để trống", "không bỏ hoang", "not unused"):
        plain = plain.replace(negation, " ")
    words = sorted(
        ((word, seen) for seen, every in _content()["seen"].items() for word in every), key=lambda one: -len(one[0])
    )
    found: set[Seen] = {seen for word, seen in words if word in plain}
    if len(found) > 1:
        found -= {"used"} if "building" in found else set()
    return found.pop() if len(found) == 1 else "unclear"


@cache
def crop_of(written: str | None) -> Crop | None:
    """Return the crop whose term holds for a written land use, that of its main code; None for other land."""
    if not written:
        return None
    main = codes_of(written)[:1]
    return next((crop for crop, codes in _content()["crops"].items() if set(main) & set(codes)), None)


def months_later(day: date, months: int) -> date:
    """Return the day that many calendar months later; the last of a shorter month stands for its missing days.

    Examples
    --------
    >>> months_later(date(2024, 1, 31), 1).isoformat(), months_later(date(2023, 8, 15), 24).isoformat()
    ('2024-02-29', '2025-08-15')
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def whole_months(start: date, end: date) -> int:
    """Return how many calendar months have passed from `start` to `end`; below zero before it.

    Examples
    --------
    >>> whole_months(date(2024, 1, 31), date(2024, 2, 28)), whole_months(date(2024, 1, 31), date(2024, 2, 29))
    (0, 1)
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


@cache
def rules_sha256() -> str:
    """Return the identity of the terms."""
    return hashlib.sha256(_text().encode()).hexdigest()


@cache
def _content() -> Any:
    return tomllib.loads(_text())


def _text() -> str:
    return (files("planning") / "data" / "idle_land.toml").read_text(encoding="utf-8")


def _regime(values: Mapping[str, Any]) -> Regime:
    plain = ("id", "valid_from", "idle_months", "late_months", "extension_months", "source", "confidence")
    return Regime(
        **{name: values[name] for name in plain},
        instrument=Text(vi=values["instrument_vi"], en=values["instrument_en"]),
        valid_to=values.get("valid_to"),
        rules=tuple(values["rules"]),
        crop_months={
            "annual": values["annual_months"],
            "perennial": values["perennial_months"],
            "forest": values["forest_months"],
        },
    )
