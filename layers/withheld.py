"""Which features are defence or security land: counted, and neither drawn nor placed unless a person asks."""

import numpy as np
import numpy.typing as npt
from pandas import DataFrame

from layers.constraints import WITHHELD_KINDS
from layers.land_use import WITHHELD_CODES


def withheld(rows: DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows are defence or security land, by their kind or their current land use."""
    held = np.zeros(len(rows), dtype=np.bool_)
    if "kind" in rows:
        held |= rows["kind"].isin(WITHHELD_KINDS).to_numpy()
    if "land_use" in rows:
        # A written code begins with a known one: CQP, CQP*, CQP-C+CLN-P.
        written = [code for code in rows["land_use"].dropna().unique() if code.startswith(WITHHELD_CODES)]
        held |= rows["land_use"].isin(written).to_numpy()
    return held
