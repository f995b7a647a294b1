"""Widths of the columns of a table in Word: wide enough for what stands in them, so that a row takes one line."""

from collections.abc import Iterator, Sequence
from heapq import nlargest

from maps.appendix.word_form import CELL_MARGIN_MM, CELL_PT, TEXT_WIDTH_MM
from maps.sheet.typeface import TEXT_FONT, text_width

_CELL_MM = CELL_PT * 25.4 / 72
# What programs set a little wider than the typeface says.
_SLACK_MM = 0.6
# Narrower no name can be read.
_LEAST_NAME_MM = 15.0
# Of so many of the longest texts of a column the widest is measured.
_MEASURED = 50


def fitting_widths(
    heads: Sequence[str], columns: Sequence[Sequence[str]], names: Sequence[int], total_mm: float = TEXT_WIDTH_MM
) -> tuple[float, ...]:
    """Return the width of each column, mm, which together are `total_mm`.

    Parameters
    ----------
    heads : headings, which may be broken between words
    columns : the texts of each column
    names : places of the columns of names: they share what is left, and take a second line where that is too little;
        where nothing is left that a name could be read in, all columns are narrowed alike
    """
    needed = [_needed(head, texts) for head, texts in zip(heads, columns, strict=True)]
    wanted = sum(needed[place] for place in names)
    left = total_mm - (sum(needed) - wanted)
    if not names or left < min(wanted, _LEAST_NAME_MM * len(names)):
        return tuple(width * total_mm / sum(needed) for width in needed)
    return tuple(width * left / wanted if place in names else width for place, width in enumerate(needed))


def _needed(head: str, texts: Sequence[str]) -> float:
    longest = nlargest(_MEASURED, set(texts), key=len)
    widths = (*_widths(longest, bold=False), *_widths(head.split(), bold=True))
    return max(widths, default=0.0) + 2 * CELL_MARGIN_MM + _SLACK_MM


def _widths(texts: Sequence[str], *, bold: bool) -> Iterator[float]:
    for text in texts:
        yield text_width(text, _CELL_MM, bold=bold, family=TEXT_FONT)
