"""read_back(): a text held against the facts; a sentence that says otherwise is found, with what the fact says.

Each sentence of ours is recognised by its wording. Its wording is a claim ("no land is removed"), and so is what
stands in each of its places. What is no sentence of ours belongs to the authors, and is only counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gis.language import Lang
from gis.text import nfc
from maps.sentences.chapters import PATTERNS
from maps.sentences.pattern import Pattern
from planning.record import Record


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence that does not say what the facts say.

    Attributes
    ----------
    pattern : id of the sentence's pattern
    said : the sentence as it stands
    place : place of the sentence that is not so; empty where its wording itself is not
    found : what stands in that place
    wanted : the sentence as the facts have it
    """

    pattern: str
    said: str
    place: str
    found: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of the facts.

    Attributes
    ----------
    agreeing : ids of the sentences that say what is so, in the order of the text
    contradictions : sentences that do not
    own_words : what is no sentence of ours
    """

    agreeing: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    own_words: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Patterns of which the text has no sentence."""
        told = {*self.agreeing, *(one.pattern for one in self.contradictions)}
        return tuple(pattern.id for pattern in PATTERNS if pattern.id not in told)


def read_back(text: str, record: Record, lang: Lang = "vi") -> Reading:
    """Read a text, one paragraph or many, and hold every sentence of ours against the facts."""
    agreeing: list[str] = []
    wrong: list[Contradiction] = []
    others: list[str] = []
    for paragraph in text.splitlines():
        for said, found in _sentences(nfc(paragraph), record, lang):
            if found is None:
                others.append(said)
            elif found.wrong is None:
                agreeing.append(found.pattern.id)
            else:
                wrong.append(_contradiction(said, found, record, lang))
    return Reading(tuple(agreeing), tuple(wrong), tuple(others))


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence recognised by one wording of a pattern; `wrong` is the first place that is not so, "" its wording."""

    pattern: Pattern
    match: re.Match[str]
    wrong: str | None


_END = re.compile(r"[.\]](?=\s|$)|$")


def _sentences(paragraph: str, record: Record, lang: Lang) -> Iterator[tuple[str, _Found | None]]:
    place = 0
    while place < len(paragraph):
        found = _best(paragraph, place, record, lang)
        ending = _END.search(paragraph, place)
        end = found.match.end() if found else ending.end() if ending else len(paragraph)
        yield paragraph[place:end].strip(), found
        place = end + 1


def _best(paragraph: str, place: int, record: Record, lang: Lang) -> _Found | None:
    """Return the wording that a sentence has: one that says what is so, else the one with most words of ours."""
    found = [one for pattern in PATTERNS for one in _readings(pattern, paragraph, place, record, lang)]
    return min(found, key=lambda one: (one.wrong is not None, _placed(one.match)), default=None)


def _readings(pattern: Pattern, paragraph: str, place: int, record: Record, lang: Lang) -> Iterator[_Found]:
    for case in pattern.wordings:
        expression = pattern.expression(case, lang)
        if expression.match(paragraph, place) is None:
            continue
        # A text may hold full stops of its own: any of them may be the end of the sentence.
        for end in (one.end() for one in _END.finditer(paragraph, place)):
            match = expression.fullmatch(paragraph, place, end)
            if match is not None:
                yield _Found(pattern, match, _wrong(pattern, case, match, record, lang))


def _wrong(pattern: Pattern, case: str, match: re.Match[str], record: Record, lang: Lang) -> str | None:
    """Return the first place that does not agree, "" where the wording itself does not, None where all is so."""
    for name, said in match.groupdict().items():
        if said is not None and not pattern.places[name].agrees(said, record, lang):
            return name
    return None if case == pattern.case(record) else ""


def _placed(match: re.Match[str]) -> int:
    return sum(len(said) for said in match.groups() if said)


def _contradiction(said: str, found: _Found, record: Record, lang: Lang) -> Contradiction:
    wanted = "".join(run.text for run in found.pattern.runs(record, lang))
    place = found.wrong or ""
    return Contradiction(found.pattern.id, said, place, found.match[place] if place else said, wanted)
