"""Land uses: which code a lot has, by where it lies and under which regime its sheet was measured."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.demo.noise import FloatArray, IntArray
from layers.demo.settlement import settlement
from layers.demo.terrain import elevation, steepness, valleys

Texts = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]
HOME = "nhà ở"  # becomes ODT in a ward or town, ONT in a commune

# Code since 2024, code of 2014 and 2018, share in a thousand.
_Uses = tuple[tuple[str, str, int], ...]
_TOWN: _Uses = (
    (HOME, HOME, 640), ("TMD", "TMD", 90), ("SKC", "SKC", 25), ("CLN", "CLN", 60), ("HNK", "BHK", 45), ("DGD", "DGD", 18),
    ("TSC", "TSC", 16), ("DSK", "DTS", 8), ("DYT", "DYT", 6), ("DVH", "DVH", 6), ("DTT", "DTT", 6), ("DCH", "DCH", 6),
    ("DKV", "DSH", 10), ("DDD", "DDT", 4), ("DCT", "DTL", 6), ("DNL", "DNL", 5), ("DBV", "DBV", 5), ("TON", "TON", 4),
    ("TIN", "TIN", 6), ("CAN", "CAN", 4), ("DMT", "DRA", 3), ("MNC", "MNC", 10), ("BCS", "BCS", 17),
)  # fmt: skip
_VILLAGE: _Uses = (
    (HOME, HOME, 520), ("CLN", "CLN", 150), ("HNK", "BHK", 120), ("LUC", "LUC", 80), ("NTS", "NTS", 25), ("CNT", "NKH", 12),
    ("DGD", "DGD", 10), ("DKV", "DSH", 14), ("DYT", "DYT", 4), ("TIN", "TIN", 8), ("TMD", "TMD", 20), ("SKC", "SKC", 10), ("BCS", "BCS", 27),
)  # fmt: skip
_VALLEY: _Uses = (
    ("LUC", "LUC", 380), ("LUK", "LUK", 120), ("HNK", "BHK", 210), ("CLN", "CLN", 120), ("NTS", "NTS", 40), (HOME, HOME, 55),
    ("DTL", "DTL", 12), ("DPC", "DTL", 6), ("NTD", "NTD", 10), ("SKX", "SKX", 6), ("CNT", "NKH", 10), ("TMD", "TMD", 8), ("BCS", "BCS", 23),
)  # fmt: skip
_SLOPE: _Uses = (
    ("RSX", "RSX", 430), ("CLN", "CLN", 170), ("HNK", "NHK", 190), ("LUK", "LUN", 30), ("RPH", "RPH", 60), ("NTD", "NTD", 14),
    ("SKS", "SKS", 6), ("DCS", "DCS", 90), (HOME, HOME, 10),
)  # fmt: skip
_FOREST: _Uses = (
    ("RSX", "RSX", 520), ("RPH", "RPH", 300), ("HNK", "NHK", 25), ("CLN", "CLN", 30), ("DCS", "DCS", 80), ("NCS", "NCS", 40), ("CQP", "CQP", 5),
)  # fmt: skip
_SETTINGS = (_TOWN, _VILLAGE, _VALLEY, _SLOPE, _FOREST)
TOWN, VILLAGE, VALLEY, SLOPE, FOREST = range(5)


@dataclass(frozen=True, eq=False)
class Where:
    """What the codes depend on, shape (n,) each: setting, whether in a ward or town, whether the sheet is of the new regime."""

    setting: IntArray
    in_ward: Flags
    new_regime: Flags


def settings(easting: FloatArray, northing: FloatArray, seed: int) -> IntArray:
    """Return for each place whether it is town, village, valley floor, slope or forest."""
    built = settlement(seed)
    urban, rural, away = built.urban(easting, northing), built.rural(easting, northing), valleys()(easting, northing)
    steep, high = steepness()(easting, northing), elevation(easting, northing)
    flat = (away < 650.0) & (steep < 0.16)
    return np.asarray(
        np.select(
            [urban > 0.09, rural > 0.05, flat, (high < 430.0) & (steep < 0.35)], [TOWN, VILLAGE, VALLEY, SLOPE], FOREST
        )
    )


def codes(where: Where, chance: FloatArray) -> Texts:
    """Return a code for each lot, drawn from the shares of its setting."""
    found = np.empty(len(chance), dtype=object)
    for setting, uses in enumerate(_SETTINGS):
        here = where.setting == setting
        limits = np.cumsum([share for *_, share in uses]) / sum(share for *_, share in uses)
        drawn = np.searchsorted(limits, chance[here], side="right").clip(0, len(uses) - 1)
        new, old = (np.array([use[column] for use in uses], dtype=object) for column in (0, 1))
        found[here] = np.where(where.new_regime[here], new[drawn], old[drawn])
    found[found == HOME] = np.where(where.in_ward, "ODT", "ONT")[found == HOME]
    return found
