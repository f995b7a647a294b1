"""One sentence that a proposal needs, in each wording that its facts may call for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from gis.language import Lang, Text
from maps.sentences.claims import APPROXIMATE, Claim, Run
from planning.record import Record


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with places for facts.

    Attributes
    ----------
    id : stable name, ``size.added``
    on : the place whose fact decides the wording
    places : claim by name of the place
    wordings : by case of that fact; a wording of its own makes a claim of its own ("nothing is added")
    """

    id: str
    on: str
    places: Mapping[str, Claim]
    wordings: Mapping[str, Text]

    def never(self) -> Mapping[str, str]:
        """Return the cases that the sentence cannot come to, each with the reason; "about" may stand in any place."""
        told = dict(self.places[self.on].never())
        if not all(APPROXIMATE in claim.never() for claim in self.places.values()):
            told.pop(APPROXIMATE, None)
        return told

    def case(self, record: Record) -> str:
        """Return the case of the deciding fact."""
        return self.places[self.on].case(record)

    def runs(self, record: Record, lang: Lang) -> tuple[Run, ...]:
        """Return the sentence, piece by piece."""
        runs: list[Run] = []
        for words, place, _, _ in Formatter().parse(self.wordings[self.case(record)].to(lang)):
            runs += [Run(words)] if words else []
            runs += self.places[place].write(record, lang) if place else ()
        return tuple(runs)

    def expression(self, case: str, lang: Lang) -> re.Pattern[str]:
        """Return what a sentence of that wording looks like, with a group for each place."""
        shapes = tuple((name, claim.shape(lang)) for name, claim in self.places.items())
        return _expression(self.wordings[case].to(lang), shapes)


@lru_cache(maxsize=2000)
def _expression(wording: str, shapes: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    shape = dict(shapes)
    parts = [
        re.escape(words) + (f"(?P<{place}>{shape[place]})" if place else "")
        for words, place, _, _ in Formatter().parse(wording)
    ]
    return re.compile("".join(parts) + r"(?=\s|$)")
