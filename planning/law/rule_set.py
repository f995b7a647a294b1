"""A rule set: what instruments say, as values. Every clause and threshold says where it stands and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from gis.language import Text
from planning.record import Unit

Confidence = Literal[
    "quoted-primary", "quoted-secondary", "calculated", "inference", "background-unverified", "not-found"
]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
NO_ARTICLE = Text(vi="–", en="–")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular … with the days between which it is in force; None: not found, or still in force."""

    key: str
    title: Text
    in_force_from: str | None
    in_force_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number, or a day, that a clause sets; its source and confidence are the clause's unless it has its own."""

    value: Fraction | str
    unit: Unit
    article: Text
    source: str
    confidence: Confidence

    @property
    def number(self) -> Fraction:
        """The value of a threshold that is a number."""
        return Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Clause:
    """What an instrument says in one place, and which rule asks the layers about it.

    Attributes
    ----------
    asks : name of the rule
    needs : what a person has to supply where layers do not answer
    words : words of sources that the rule looks for, by the name that the rule gives them
    """

    id: str
    asks: str
    instrument: Instrument
    article: Text
    title: Text
    source: str
    confidence: Confidence
    needs: Text
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def limit(self, name: str) -> Fraction:
        """Return a threshold that is a number, in its own unit."""
        return self.thresholds[name].number

    @property
    def citation(self) -> Text:
        """Instrument and article."""
        title, article = self.instrument.title, self.article
        if article == NO_ARTICLE:
            return title
        return Text(vi=f"{title.vi}, {article.vi}", en=f"{title.en}, {article.en}")


@dataclass(frozen=True, slots=True)
class Demands:
    """What a rule takes from its clause: thresholds with their units, and lists of words."""

    thresholds: Mapping[str, Unit] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    any_threshold: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A dated set of clauses.

    Attributes
    ----------
    in_force_from, in_force_to : days; `in_force_to` None while it is in force
    checked_on : the day on which somebody last compared it with the instruments
    sha256 : of its content, whatever the line ends and comments of the file
    """

    id: str
    title: Text
    in_force_from: str
    in_force_to: str | None
    checked_on: str
    clauses: tuple[Clause, ...]
    sha256: str

    def in_force_on(self, day: str) -> bool:
        """Tell whether the set is in force on an ISO day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


def in_unit_of(threshold: Threshold, unit: Unit) -> Fraction:
    """Return a threshold in hectares as m², any other as it is.

    Examples
    --------
    >>> in_unit_of(Threshold(Fraction(200), "ha", NO_ARTICLE, "", "inference"), "m2")
    Fraction(2000000, 1)
    """
    return threshold.number * 10_000 if (threshold.unit, unit) == ("ha", "m2") else threshold.number
