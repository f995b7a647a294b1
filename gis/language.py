"""The two languages of the product, and text that exists in both.

Both wordings stand side by side where they are used, so that a reader sees them together, the type checker
sees a missing one, and no catalogue has to be compiled before the program runs.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
# Between the two wordings of a text that is kept as one string, Vietnamese first.
BETWEEN = " ∥ "


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Vietnamese and English; ``{name}`` marks a value that is filled in by `to`.

    A number comes in as people read it (`maps.numerals`), or as `str` where it is a name: a version, a code, a row.

    Examples
    --------
    >>> Text(vi="{rows} thửa đất", en="{rows} parcels").to("vi", rows="3.000")
    '3.000 thửa đất'
    """

    vi: str
    en: str

    def to(self, lang: Lang, **values: str | PurePath | Exception) -> str:
        """Return the wording in `lang` with the values filled in (values are never read as templates)."""
        wording = self.vi if lang == "vi" else self.en
        return wording.format(**values) if values else wording

    def filled(self, **values: object) -> "Text":
        """Return the text with the values filled in, in both languages."""
        return Text(vi=self.vi.format(**values), en=self.en.format(**values))

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
