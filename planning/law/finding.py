"""What a rule finds: met, not met, cannot tell or needs input, with value, threshold, and why.

*Cannot tell*: the data are there and do not decide; *needs input*: what decides is not in the project. Notes are
words: every number stands in a figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from gis.language import Text
from planning.law.figure import Figure
from planning.record import Unit

Verdict = Literal["met", "not_met", "cannot_tell", "needs_input"]
VERDICTS: tuple[Verdict, ...] = ("met", "not_met", "cannot_tell", "needs_input")
MET, NOT_MET, CANNOT_TELL, NEEDS_INPUT = VERDICTS
Relation = Literal["≤", "≥", "=", ""]

NOTHING = Text(vi="", en="")
STRADDLES = Text(
    vi="Khoảng sai số của giá trị vắt qua ngưỡng nên chưa kết luận được.",
    en="The interval in which the value is known straddles the threshold.",
)
UNBOUNDED = Text(
    vi="Không rõ sai số của ranh giới nên chưa kết luận được.",
    en="Nobody states how far the line may be wrong.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes
    ----------
    figure : what was compared; None where there is no number
    relation, threshold : what was demanded of it, in the unit of the figure
    note : why, and what would decide it
    drawn : the figure rests on the drawn line of the zone
    readings : the parts and readings that make up the verdict
    unit : of the threshold, where there is no figure
    """

    verdict: Verdict
    note: Text = NOTHING
    figure: Figure | None = None
    relation: Relation = ""
    threshold: Fraction | None = None
    drawn: bool = False
    readings: "tuple[Reading, ...]" = ()
    unit: Unit = "text"

    def noting(self, *notes: Text) -> "Finding":
        """Return the finding with more to say."""
        return replace(self, note=joined(self.note, *notes))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a rule, or one part of what it demands.

    Attributes
    ----------
    key : short name within the rule, ``net``
    title : what it is
    finding : its own; without readings
    of_declared, of_drawn : the figure as a share of the declared and of the drawn area, where it is an area
    """

    key: str
    title: Text
    finding: Finding
    of_declared: Figure | None = None
    of_drawn: Figure | None = None


def at_most(figure: Figure, threshold: Fraction, *, drawn: bool = False) -> Finding:
    """Compare a figure with what it may not exceed; at the threshold itself the demand is met."""
    surely = figure.high is not None and figure.high <= threshold
    surely_not = figure.low is not None and figure.low > threshold
    return _compared(figure, "≤", threshold, surely, surely_not, drawn)


def at_least(figure: Figure, threshold: Fraction, *, drawn: bool = False) -> Finding:
    """Compare a figure with what it must reach; at the threshold itself the demand is met."""
    surely = figure.low is not None and figure.low >= threshold
    surely_not = figure.high is not None and figure.high < threshold
    return _compared(figure, "≥", threshold, surely, surely_not, drawn)


def none_of(figure: Figure, *, drawn: bool = False) -> Finding:
    """Compare a count or an area with nothing at all."""
    return replace(at_most(figure, Fraction(0), drawn=drawn), relation="=")


def needs(what: Text, figure: Figure | None = None) -> Finding:
    """Return that something is missing which a person has to supply."""
    return Finding(NEEDS_INPUT, what, figure)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of demands that must all be met."""
    found = set(verdicts)
    return next((one for one in (NOT_MET, NEEDS_INPUT, CANNOT_TELL) if one in found), MET)


def agreed(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that all readings share; where they differ nobody decides silently."""
    found = set(verdicts)
    if len(found) == 1:
        return found.pop()
    return NEEDS_INPUT if NEEDS_INPUT in found else CANNOT_TELL


def joined(*texts: Text) -> Text:
    """Return texts one after the other."""
    said = [text for text in texts if text.vi]
    return Text(vi=" ".join(text.vi for text in said), en=" ".join(text.en for text in said))


def _compared(
    figure: Figure,
    relation: Relation,
    threshold: Fraction,
    surely: bool,  # noqa: FBT001 -- two halves of one answer
    surely_not: bool,  # noqa: FBT001
    drawn: bool,  # noqa: FBT001
) -> Finding:
    if surely or surely_not:
        return Finding(MET if surely else NOT_MET, NOTHING, figure, relation, threshold, drawn)
    why = UNBOUNDED if figure.low is None or figure.high is None else STRADDLES
    return Finding(CANNOT_TELL, why, figure, relation, threshold, drawn)
