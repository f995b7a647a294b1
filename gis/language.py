"""The two languages of the product, and text that exists in both.

Both wordings stand side by side where they are used, so that a reader sees them together, the type checker
sees a missing one, and no catalogue has to be compiled before the program runs.
"""

from dataclasses import dataclass
from pathlib import PurePath
from string import Formatter
from typing import Any, Literal

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
# Between the two wordings of a text that is kept as one string, Vietnamese first.
BETWEEN = " ∥ "


class _Counting(Formatter):
    # ``{rows:parcel|parcels}``: the count with the word that English puts after it.
    def format_field(self, value: Any, format_spec: str) -> Any:
        one, counted, many = format_spec.partition("|")
        if not counted:
            return super().format_field(value, format_spec)
        return f"{value} {one if str(value) == '1' else many}"


_COUNTING = _Counting()


def _filled(wording: str, values: dict[str, Any]) -> str:
    return _COUNTING.format(wording, **values) if "|" in wording else wording.format(**values)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Vietnamese and English; ``{name}`` marks a value that is filled in by `to`.

    A number comes in as people read it (`maps.numerals`), or as `str` where it is a name: a version, a code, a row.
    ``{name:one|many}`` is a count with what is said of one and of others; Vietnamese needs none.

    Examples
    --------
    >>> Text(vi="{rows} thửa đất", en="{rows} parcels").to("vi", rows="3.000")
    '3.000 thửa đất'
    >>> has = Text(vi="{rows} hình lỗi", en="{rows:shape is|shapes are} invalid")
    >>> has.to("en", rows="1"), has.to("en", rows="1,000"), has.to("vi", rows="1")
    ('1 shape is invalid', '1,000 shapes are invalid', '1 hình lỗi')
    """

    vi: str
    en: str

    def to(self, lang: Lang, **values: str | PurePath | Exception) -> str:
        """Return the wording in `lang` with the values filled in (values are never read as templates)."""
        wording = self.vi if lang == "vi" else self.en
        return _filled(wording, values) if values else wording

    def filled(self, **values: object) -> "Text":
        """Return the text with the values filled in, in both languages."""
        return Text(vi=_filled(self.vi, values), en=_filled(self.en, values))

    def both(self) -> str:
        """Return both wordings as one string, for `in_language`; the one wording where they are the same."""
        return self.vi if self.vi == self.en else f"{self.vi}{BETWEEN}{self.en}"


def in_language(both: str, lang: Lang) -> str:
    """Return one wording of a string that holds both; a string that holds one stays as it is.

    Examples
    --------
    >>> in_language(Text(vi="thửa đất", en="parcel").both(), "en")
    'parcel'
    """
    vi, _, en = both.partition(BETWEEN)
    return en if lang == "en" and en else vi
