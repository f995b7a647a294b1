"""The order in which the rows of a table are read."""

import pandas as pd
from pandas import DataFrame

from planning.record import Table


def in_zone(table: Table) -> DataFrame:
    """Return the rows of a breakdown that meet the zone before or after, the largest proposed area first."""
    frame = table.frame
    met = frame[(frame["base_m2"] > 0) | (frame["proposed_m2"] > 0)]
    return met.sort_values("proposed_m2", ascending=False, kind="stable")


def in_zone_first(table: Table) -> DataFrame:
    """Return all rows of a breakdown: those that meet the zone, then the others in their own order."""
    met = in_zone(table)
    return pd.concat([met, table.frame.drop(met.index)])
