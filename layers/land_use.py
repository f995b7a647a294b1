"""Land-use codes of both regimes (circulars of 2014/2018 and of 2024) with names, colours and confidence, as data."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gis.language import Text

# The main groups, in the order of the list: agricultural, non-agricultural, unused, and sea that is no land.
HEADS = ("NNP", "PNN", "CSD", "MVB")
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
