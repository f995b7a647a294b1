"""One place of one finished file that says something else than its Record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands where, and what should.

    Attributes
    ----------
    file : name within the folder
    place : within the file: a cell, a paragraph, a page, a feature and its field
    fact : key of the Record's fact; empty where the place shows none
    printed, expected : as read; empty for nothing
    """

    file: str
    place: str
    fact: str
    printed: str
    expected: str


def compared(
    file: str, printed: Mapping[str, Any], expected: Mapping[str, Any], facts: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield every place where two readings of a file differ.

    Parameters
    ----------
    printed, expected : what stands at each place
    facts : key of the fact at a place, where there is one
    """
    if printed == expected:
        return
    for place in {**expected, **printed}:
        found, wanted = printed.get(place), expected.get(place)
        if found != wanted:
            yield Difference(file, place, facts.get(place, ""), told(found), told(wanted))


def told(value: Any) -> str:
    """Return what stands at a place as text; nothing is empty."""
    return "" if value is None else str(value)
