"""The two languages of the product, and text that exists in both.

Both wordings stand side by side where they are used, so that a reader sees them together, the type checker
sees a missing one, and no catalogue has to be compiled before the program runs.
"""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Vietnamese and English; ``{name}`` marks a value that is filled in by `to`.

    Examples
    --------
    >>> Text(vi="{rows} thửa đất", en="{rows} parcels").to("vi", rows=3)
    '3 thửa đất'
    """

    vi: str
    en: str

    def to(self, lang: Lang, **values: object) -> str:
        """Return the wording in `lang` with the values filled in (values are never read as templates)."""
        wording = self.vi if lang == "vi" else self.en
        return wording.format(**values) if values else wording

    def filled(self, **values: object) -> "Text":
        """Return the text with the values filled in, in both languages."""
        return Text(vi=self.vi.format(**values), en=self.en.format(**values))
