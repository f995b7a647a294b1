"""The map page: every value that its script shows or draws, fact by fact, and everything else letter by letter."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from gis.language import Lang
from maps.read_back import agrees
from maps.verify.difference import Difference, told
from maps.webmap.payload import PAYLOAD, payloads
from planning.errors import FactUnknown
from planning.record import Record

# Text and fact key of a piece of the panel.
_TEXT, _FACT = "t", "f"
_AROUND = 60


@dataclass(frozen=True, eq=False)
class WebExpected:
    """The page that a Record gives."""

    page: str

    @cached_property
    def values(self) -> list[Any]:
        """Every value that its script shows or draws."""
        return payloads(self.page)

    @cached_property
    def around(self) -> str:
        """Everything else."""
        return PAYLOAD.sub("", self.page)


def page_differences(file: str, page: str, expected: WebExpected) -> Iterator[Difference]:
    """Yield every place of the finished page that is not as the page of the Record is."""
    if page == expected.page:
        return
    try:
        values = payloads(page)
    except (ValueError, OSError, EOFError, zlib.error) as error:
        yield Difference(file, "JSON", "", str(error), "JSON")
        return
    walked = [
        one
        for number, (found, wanted) in enumerate(zip_longest(values, expected.values), start=1)
        for one in _walked(file, f"JSON {number}", found, wanted, "")
    ]
    around = list(_around(file, PAYLOAD.sub("", page), expected.around))
    # The same values, written otherwise, are another file all the same.
    yield from [*walked, *around] or [Difference(file, "JSON", "", "other bytes", "")]


def page_misread(file: str, expected: WebExpected, record: Record, lang: Lang) -> Iterator[Difference]:
    """Yield the texts that do not say their fact, read by their digits: what composed them has no say here."""
    for number, value in enumerate(expected.values, start=1):
        yield from _facts(file, f"JSON {number}", value, record, lang)


def _walked(file: str, place: str, found: Any, wanted: Any, fact: str) -> Iterator[Difference]:
    if found == wanted and type(found) is type(wanted):
        return
    if isinstance(found, dict) and isinstance(wanted, dict):
        key = str(wanted.get(_FACT, fact))
        for name in {**wanted, **found}:
            yield from _walked(file, f"{place}.{name}", found.get(name), wanted.get(name), key)
    elif isinstance(found, list) and isinstance(wanted, list):
        for position, (one, other) in enumerate(zip_longest(found, wanted)):
            yield from _walked(file, f"{place}[{position}]", one, other, fact)
    else:
        yield Difference(file, place, fact, told(found)[:200], told(wanted)[:200])


def _around(file: str, page: str, expected: str) -> Iterator[Difference]:
    if page != expected:
        pairs = enumerate(zip_longest(page, expected))
        at = next(position for position, (one, other) in pairs if one != other)
        start = max(0, at - _AROUND)
        yield Difference(file, f"character {at}", "", page[start : at + _AROUND], expected[start : at + _AROUND])


def _facts(file: str, place: str, value: Any, record: Record, lang: Lang) -> Iterator[Difference]:
    """Hold each text that carries the key of a fact against the Record by its digits."""
    if isinstance(value, Mapping):
        if isinstance(value.get(_TEXT), str) and isinstance(value.get(_FACT), str) and "missing" not in value:
            yield from _fact(file, place, value[_TEXT], value[_FACT], record, lang)
        for name, one in value.items():
            yield from _facts(file, f"{place}.{name}", one, record, lang)
    elif isinstance(value, list) and value and not isinstance(value[0], int | float):
        for position, one in enumerate(value):
            yield from _facts(file, f"{place}[{position}]", one, record, lang)


def _fact(file: str, place: str, text: str, key: str, record: Record, lang: Lang) -> Iterator[Difference]:
    try:
        fact = record.fact(key)
    except FactUnknown:
        return
    if not agrees(fact, text, lang):
        yield Difference(file, place, key, text, told(fact.value))
