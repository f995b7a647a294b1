"""Land uses: which code a lot has, by where it lies and under which regime its sheet was measured."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.demo.noise import FloatArray, IntArray
from layers.demo.settlement import settlement
from layers.demo.tables import demo_table
from layers.demo.terrain import elevation, steepness, valleys

Texts = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]
HOME = "HOME"  # becomes ODT in a ward or town, ONT in a commune
SETTINGS = ("town", "village", "valley", "slope", "forest")
TOWN, VILLAGE, VALLEY, SLOPE, FOREST = range(len(SETTINGS))


@dataclass(frozen=True, eq=False)
class Where:
    """What the codes depend on, shape (n,) each.

    Attributes
    ----------
    setting : one of TOWN to FOREST
    in_ward : whether the commune is a ward or a town
    new_regime : whether the sheet was made under the code list of 2024 rather than that of 2014
    """

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
    table = demo_table("demo_land_uses")
    for setting, name in enumerate(SETTINGS):
        here, uses = where.setting == setting, table[table["setting"] == name]
        limits = uses["share"].astype(int).cumsum().to_numpy() / uses["share"].astype(int).sum()
        drawn = np.searchsorted(limits, chance[here], side="right").clip(0, len(uses) - 1)
        new, old = (uses[regime].to_numpy(dtype=object)[drawn] for regime in ("code_2024", "code_2014"))
        found[here] = np.where(where.new_regime[here], new, old)
    found[found == HOME] = np.where(where.in_ward, "ODT", "ONT")[found == HOME]
    return found
