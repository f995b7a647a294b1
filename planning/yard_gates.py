"""The gate that a yard serves: the one that its layer states, else the nearest; the same for plan, layout and flow."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from gis.text import name_key
from layers.gates import gates_by_word
from planning.affected import nearest_gates
from planning.context import Units
from planning.record import Column

SERVED = Column(
    "text",
    "gate stated in the layer, no data where the gates lack it; else that nearest to the outline of the yard",
)
DISTANCE = Column("m", "straight distance on the grid from the outline of the yard to that gate")


def served_gates(yards: GeoDataFrame, gates: Units | None) -> tuple[Any, Any]:
    """Return name of and distance (m, to the mm) to the gate that each yard serves, shape (n,) each.

    A gate is stated by its name or its code. One that the layer of gates does not have is no data, and so is its
    distance: it is no gate of its own, nor the nearest. Without gates in the project what is stated is all that is
    known. A yard without a shape has neither.

    Parameters
    ----------
    yards : ``gate`` where the layer has it; a missing shape is a yard that is not there
    """
    names, distances_m = nearest_gates(GeoSeries(yards.geometry.values), gates)
    stated = yards["gate"].to_numpy(dtype=object) if "gate" in yards else np.full(len(yards), None, dtype=object)
    is_stated = np.array([not pd.isna(one) and bool(str(one).strip()) for one in stated], dtype=np.bool_)
    told = np.flatnonzero(is_stated & ~shapely.is_missing(yards.geometry.values))
    if gates is None or not len(gates.before):
        names[told] = stated[told]
        return names, distances_m
    known = gates_by_word(gates.before["name"], gates.before["key"])
    for row in told:
        place = known.get(name_key(str(stated[row])))
        if place is None:
            names[row], distances_m[row] = None, np.nan
            continue
        names[row] = gates.before["name"].iloc[place]
        distances_m[row] = round(shapely.distance(gates.before.geometry.iloc[place], yards.geometry.iloc[row]), 3)
    return names, distances_m
