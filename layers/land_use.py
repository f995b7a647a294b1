"""Land-use codes of both regimes (circulars of 2014/2018 and of 2024) with names, colours and confidence, as data."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gis.language import Text

# Defence and security land: parcels of these codes stay out of what is drawn and published.
WITHHELD_CODES = ("CQP", "CAN")


@dataclass(frozen=True, slots=True)
class LandUse:
    """One code of the land-use list.

    Attributes
    ----------
    code : ``LUC``, ``ONT`` …
    title : name in both languages
    group : the land group, as the source heads it
    colour : red, green, blue 0 to 255; None where no source gives one
    regime : ``both``, ``2014/2018`` or ``2024``
    source, confidence : where name and colour come from, and how sure that is
    overlay : an overlay total (KKT, KDT, DNT, KBT …) that is never summed with the others
    """

    code: str
    title: Text
    group: str
    colour: tuple[int, int, int] | None
    regime: str
    source: str
    confidence: str
    overlay: bool


@cache
def land_uses() -> dict[str, LandUse]:
    """Return every known code, in the order of the list."""
    table = files("layers") / "data" / "land_use_codes.csv"
    with table.open(encoding="utf-8") as file:
        return {row["code"]: _land_use(row) for row in csv.DictReader(file)}


def codes_of(written: str) -> tuple[str, ...]:
    """Return the codes in a written land use, as they are written: main (-C) and secondary (-P) uses, stars left aside.

    Examples
    --------
    >>> codes_of("ONT-C+CLN-P"), codes_of("LUC*"), codes_of("odt")
    (('ONT', 'CLN'), ('LUC',), ('odt',))
    """
    return tuple(_ROLE.sub("", part) for part in re.split(r"\s*\+\s*", written.strip()) if part)


# What follows a code in the books: its role among several uses, and a star.
_ROLE = re.compile(r"(?:-[CP])?\s*\**$")


def _land_use(row: dict[str, str]) -> LandUse:
    rgb = tuple(int(row[channel]) for channel in ("r", "g", "b") if row[channel])
    return LandUse(
        code=row["code"],
        title=Text(vi=row["name_vi"], en=row["name_en"]),
        group=row["group"],
        colour=(rgb[0], rgb[1], rgb[2]) if len(rgb) == 3 else None,
        regime=row["regime"],
        source=row["source"],
        confidence=row["confidence"],
        overlay=row["note"].startswith("overlay total"),
    )
