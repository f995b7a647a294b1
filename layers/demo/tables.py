"""The tables of facts and inventions that the demo is made from, each row with its source or confidence."""

from functools import cache
from importlib.resources import files

import pandas as pd
from pandas import DataFrame


@cache
def demo_table(name: str) -> DataFrame:
    """Return ``layers/data/NAME.csv`` as text, empty where there is no value. Not to be changed by the caller.

    A line that begins with ``#`` says where the table is from.
    """
    with (files("layers") / "data" / f"{name}.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False, comment="#")
