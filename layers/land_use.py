"""Land-use codes of both regimes (circulars of 2014/2018 and of 2024) with names, colours and confidence, as data."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gis.language import Text

# The main groups, in the order of the list: agricultural, non-agricultural, unused, and sea that is no land.
HEADS = ("NNP", "PNN", "CSD", "MVB")
# What a register writes behind a code: main and secondary use, residential land of a village.
_MARKS = ("-C", "-P", "*")
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
    overlay : an overlay total (KKT, KDT, DNT, KBT, KĐD) that is never summed with the others
    head : the main group under which the list has it, one of `HEADS`; empty for an overlay total
    """

    code: str
    title: Text
    group: str
    colour: tuple[int, int, int] | None
    regime: str
    source: str
    confidence: str
    overlay: bool
    head: str


@cache
def land_uses() -> dict[str, LandUse]:
    """Return every known code, in the order of the list."""
    table = files("layers") / "data" / "land_use_codes.csv"
    found, head = {}, ""
    with table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            head = row["code"] if row["code"] in HEADS else head  # what follows a group's total belongs to it
            found[row["code"]] = _land_use(row, head)
    return found


def written_codes(written: str) -> tuple[str, ...]:
    """Return the codes in a written land use, as they are written: main (-C) and secondary (-P) uses, stars left aside.

    Examples
    --------
    >>> written_codes("ONT-C+CLN-P"), written_codes("LUC*"), written_codes("odt")
    (('ONT', 'CLN'), ('LUC',), ('odt',))
    """
    return tuple(_ROLE.sub("", part) for part in re.split(r"\s*\+\s*", written.strip()) if part)


# What follows a code in the books: its role among several uses, and a star.
_ROLE = re.compile(r"(?:-[CP])?\s*\**$")


def codes_of(written: str) -> tuple[str, ...]:
    """Return the codes of a written land use, the main one first; what is no known code stays as it is.

    Examples
    --------
    >>> codes_of("CLN-P+ONT-C"), codes_of("ont*"), codes_of("17")
    (('ONT', 'CLN'), ('ONT',), ('17',))
    """
    parts = [part.strip() for part in written.split("+") if part.strip()]
    ordered = sorted(parts, key=lambda part: not part.upper().endswith("-C"))
    return tuple(dict.fromkeys(_bare(part) for part in ordered))


def _bare(part: str) -> str:
    code = part.upper()
    for mark in _MARKS:
        code = code.removesuffix(mark)
    return code if code in land_uses() else part


def _land_use(row: dict[str, str], head: str) -> LandUse:
    overlay = row["note"].startswith("overlay total") or row["name_en"].endswith("(overlay)")
    rgb = tuple(int(row[channel]) for channel in ("r", "g", "b") if row[channel])
    return LandUse(
        code=row["code"],
        title=Text(vi=row["name_vi"], en=row["name_en"]),
        group=row["group"],
        colour=(rgb[0], rgb[1], rgb[2]) if len(rgb) == 3 else None,
        regime=row["regime"],
        source=row["source"],
        confidence=row["confidence"],
        overlay=overlay,
        head="" if overlay else head,
    )
