"""Sentences that count the rows of a tally and name them: one shape for communes, yards and gates."""

from gis.language import Text
from maps.sentences.claims import Claim, Count
from maps.sentences.lists import Names, tallied
from maps.sentences.pattern import Pattern


def counted(
    subject: str,
    tally: str,
    table: str,
    *,
    one: Text,
    many: Text,
    zero: Text,
    no_data: Text,
    amounts: tuple[str, ...] = (),
) -> Pattern:
    """Return the sentence on a tally.

    Parameters
    ----------
    subject : what is counted, the first part of the pattern's id
    tally : of `planning.tallies`, its second part
    table : whose rows are named; the row of the tallies is called alike, without ``by.``
    amounts : columns told in brackets behind each name
    """
    places: dict[str, Claim] = {
        "n": Count(f"tallies[{table.removeprefix('by.')}].{tally}"),
        "names": Names(table, tallied(tally), amounts=amounts),
    }
    return Pattern(f"{subject}.{tally}", "n", places, {"one": one, "many": many, "zero": zero, "no_data": no_data})
