"""The dossier of every yard: each kind of paper present, expiring, expired, unclear or missing on a day.

Of several papers of one kind the newest counts: a renewal takes the place of what it renews. A paper issued after the
day that is asked is not there yet. A day that cannot be read makes the paper *unclear*: nobody guesses that it holds.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from layers import yards as yards_layer
from planning.law.wording import that_speak_of
from planning.law.yards import PAPERS
from planning.record import Column

PaperState = Literal["present", "expiring", "expired", "unclear", "missing"]
STATES: tuple[PaperState, ...] = get_args(PaperState)
PRESENT, EXPIRING, EXPIRED, UNCLEAR, MISSING = STATES
# What is asked of the operator, by state.
ASKED: Mapping[str, str] = {EXPIRED: "renew", EXPIRING: "renew_in_time", UNCLEAR: "clarify", MISSING: "submit"}
# What a paper on file should say of itself.
_SAID = ("number", "issuer", "issued_on")
_SEPARATOR = ", "

_NEWEST = "newest paper of that kind, as in the papers table"
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "yard and kind of paper"),
    "yard": Column("text", "key of the yard"),
    "name": Column("text", "name as in the layer"),
    "operator": Column("text", "as in the layer"),
    "paper": Column("text", "kind of paper, by the words of the rule set"),
    "paper_state": Column("text", "newest paper of that kind, against the day that is asked"),
    "number": Column("text", _NEWEST),
    "issuer": Column("text", _NEWEST),
    "issued_on": Column("date", _NEWEST),
    "expires_on": Column("date", _NEWEST),
    "days_left": Column("count", "days from the day that is asked to the last day of the paper"),
    "unsaid": Column("text", "what the paper on file does not say of itself"),
    "copies": Column("count", "papers of that kind on file"),
    "asked": Column("text", "what the operator is asked for"),
}


def dossier(
    yards: DataFrame, papers: DataFrame | None, words: Mapping[str, Sequence[str]], on: date, within_days: int
) -> DataFrame:
    """Return one row per yard and kind of paper, with the columns `COLUMNS`.

    Parameters
    ----------
    yards : ``key``, ``name`` and, where there is one, ``operator``; shape (n,)
    papers : the papers table; None where the project has none, which is *no data* and not *missing*
    words : words of sources by kind of paper (`planning.law.yards.PAPERS`)
    on : the day that is asked
    within_days : a paper whose last day is so near is *expiring*
    """
    wanted = DataFrame(
        {
            "yard": np.repeat(yards["key"].to_numpy(dtype=object), len(PAPERS)),
            "paper": np.tile(np.array(PAPERS, dtype=object), len(yards)),
            "name": np.repeat(yards["name"].to_numpy(dtype=object), len(PAPERS)),
            "operator": np.repeat(_texts(yards, "operator"), len(PAPERS)),
        }
    )
    found = _newest(_of_yards(papers, words, on), on)
    rows = wanted.merge(found, how="left", on=["yard", "paper"], sort=False)
    rows["copies"] = rows["copies"].fillna(0).astype(np.float64) if papers is not None else np.nan
    rows["paper_state"] = _states(rows, within_days) if papers is not None else None
    rows["unsaid"] = _unsaid(rows)
    rows["asked"] = [ASKED.get(state, "") for state in rows["paper_state"]]
    rows["key"] = rows["yard"] + "/" + rows["paper"]
    for name in ("number", "issuer", "issued_on", "expires_on"):
        rows[name] = rows[name].astype(object).where(rows[name].notna(), None)
    return rows[list(COLUMNS)].reset_index(drop=True)


def unplaced(papers: DataFrame, keys: Sequence[str], words: Mapping[str, Sequence[str]]) -> tuple[int, int]:
    """Return how many papers of yards are of no kind that is asked for, and how many name a yard that is not there."""
    own = papers[papers["layer"] == yards_layer.SCHEMA.name]
    asked = np.zeros(len(own), dtype=np.bool_)
    for kind in PAPERS:
        asked |= that_speak_of(own["kind"], words[kind])
    return int((~asked).sum()), int((~own["feature"].isin(list(keys))).sum())


def _of_yards(papers: DataFrame | None, words: Mapping[str, Sequence[str]], on: date) -> DataFrame:
    """Return the papers of yards that are there on the day, a row for each kind that a paper speaks of."""
    plain = ("feature", "kind", "number", "issuer", "issued_on", "expires_on")
    if papers is None:
        return DataFrame({name: Series(dtype=object) for name in (*plain, "paper", "issued", "expires")})
    own = papers[papers["layer"] == yards_layer.SCHEMA.name].reindex(columns=[*plain])
    own = own.assign(issued=_days(own["issued_on"]), expires=_days(own["expires_on"]))
    own = own[~(own["issued"] > pd.Timestamp(on))]
    return pd.concat([own[that_speak_of(own["kind"], words[kind])].assign(paper=kind) for kind in PAPERS])


def _newest(own: DataFrame, on: date) -> DataFrame:
    """Return the newest paper of each yard and kind, and how many there are."""
    told = own.rename(columns={"feature": "yard"})
    # A day of issue that is not known stands for the oldest; of one day's papers the one that ends first counts.
    ordered = told.sort_values(["issued", "expires"], ascending=[True, False], na_position="first", kind="stable")
    copies = ordered.groupby(["yard", "paper"]).size().rename("copies").reset_index()
    newest = ordered.drop_duplicates(["yard", "paper"], keep="last").merge(copies, on=["yard", "paper"])
    left = (pd.to_datetime(newest["expires"]) - pd.Timestamp(on)).dt.days
    unreadable = (newest["expires_on"].notna() & newest["expires"].isna()) | (
        newest["issued_on"].notna() & newest["issued"].isna()
    )
    return newest.assign(days_left=left, unreadable=unreadable)[
        ["yard", "paper", "number", "issuer", "issued_on", "expires_on", "days_left", "unreadable", "copies"]
    ]


def _states(rows: DataFrame, within_days: int) -> Any:
    left = rows["days_left"].to_numpy(dtype=np.float64)
    unreadable = rows["unreadable"].fillna(value=False).to_numpy(dtype=np.bool_)
    tests = [rows["copies"] == 0, unreadable, left < 0, left <= within_days]
    return np.select(tests, [MISSING, UNCLEAR, EXPIRED, EXPIRING], PRESENT).astype(object)


def _unsaid(rows: DataFrame) -> Any:
    """Return what each paper on file does not say, in one text; empty where it says everything or is not there."""
    on_file = rows["copies"] > 0
    lacking = [np.where(rows[name].isna() & on_file, f"{name}{_SEPARATOR}", "").astype(object) for name in _SAID]
    return [text.removesuffix(_SEPARATOR) for text in lacking[0] + lacking[1] + lacking[2]]


def _days(values: Series) -> Series:
    return pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")


def _texts(rows: DataFrame, name: str) -> Any:
    return rows[name].to_numpy(dtype=object) if name in rows else np.full(len(rows), None, dtype=object)
