"""How an appendix is wanted; it stands in the manifest, so that whoever verifies the files knows what was asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from gis.language import LANGUAGES, Lang
from maps.sheet.book import Wishes
from maps.sheet.page import TitleBlock
from maps.sheet.paper import PAPERS, PaperName


@dataclass(frozen=True, slots=True)
class AppendixWishes:
    """Language, paper, and what people fill in.

    Attributes
    ----------
    lang : of every file
    paper, scale : of the map sheets, as in `maps.sheet.book.Wishes`
    block : names and dates of the title blocks
    dossier : code of the dossier, as the authority gave it; empty for none yet
    place : where the appendix is signed; empty for a dotted line
    """

    lang: Lang = "vi"
    paper: PaperName = "A3"
    scale: int | None = None
    block: TitleBlock = field(default=TitleBlock())
    dossier: str = ""
    place: str = ""

    @property
    def sheets(self) -> Wishes:
        """The same for the file of sheets; its maps lie, as sheets do that are folded into a bound file."""
        return Wishes(self.paper, self.scale, across=True)

    def as_plain(self) -> dict[str, Any]:
        """Return the wishes as plain values."""
        return asdict(self)

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> Self:
        """Return the wishes that plain values stand for; raise ValueError, KeyError or TypeError."""
        wishes = cls(**{**told, "block": TitleBlock(**told["block"])})
        if wishes.lang not in LANGUAGES or wishes.paper not in PAPERS:
            raise ValueError(f"{wishes.lang} {wishes.paper}")
        return wishes
