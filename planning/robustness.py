"""How wrong the line of the zone may be before a verdict flips.

A verdict compares a figure with a threshold; the figure has an interval that comes of the accuracy of the line. To
first order the interval grows with the error, so the verdict flips where the error is the accuracy times what the
threshold leaves, over half the interval. Figures that do not hang on the line, counts, which jump, and what lies a
hundred accuracies away have none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pandas import DataFrame

from planning.law.finding import MET, NOT_MET
from planning.record import Column, Fact, Record, Table

ROBUSTNESS = "robustness"
# Figures that grow evenly with the error of the line.
_EVEN = ("m2", "ha", "share", "m", "ratio")
# Farther than so many accuracies the first order says nothing.
_FAR = 100.0
_TABLES = ("criteria", "criteria.readings")

COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "id of the criterion, or of its reading"),
    "title": Column("words", "what the criterion demands"),
    "verdict": Column("state", "verdict of the criterion"),
    "value": Column("row", "figure of the criterion"),
    "threshold": Column("row", "threshold of the rule set"),
    "margin": Column("row", "distance of the figure from the threshold"),
    "unit": Column("text", "unit of figure, threshold and margin"),
    "line_error_m": Column(
        "m",
        "error of the line at which the verdict flips, to first order: accuracy · margin / half the interval",
    ),
}


def robustness(tables: Mapping[str, Table], accuracy_m: float | None) -> Table:
    """Return the decided criteria that hang on the line, the one that flips first on top.

    Parameters
    ----------
    tables : those of the law
    accuracy_m : stated accuracy of the line; None: nothing can be told
    """
    rows = [row for name in _TABLES if name in tables for row in _rows(tables[name].frame, accuracy_m)]
    frame = DataFrame(sorted(rows, key=lambda row: row["line_error_m"]), columns=list(COLUMNS))
    return Table(frame, COLUMNS)


def first_flip(table: Table) -> Fact:
    """Return the error of the line at which the first verdict flips, as a fact; None where none hangs on it."""
    errors = table.frame["line_error_m"]
    least = float(errors.min()) if len(errors) else None
    return Fact("law.first_flip_m", least, "m", "least error of the line at which a decided verdict flips")


def _rows(criteria: DataFrame, accuracy_m: float | None) -> Iterator[dict[str, Any]]:
    if not accuracy_m:
        return
    decided = criteria[
        criteria["verdict"].isin((MET, NOT_MET))
        & criteria["unit"].isin(_EVEN)
        & criteria[["value", "threshold", "value_min", "value_max"]].notna().all(axis=1)
    ]
    half = (decided["value_max"] - decided["value_min"]).astype(float) / 2
    for row, wide in zip(decided.to_dict("records"), half, strict=True):
        if wide > 0:
            margin = abs(float(row["value"]) - float(row["threshold"]))
            told = {name: row[name] for name in ("key", "title", "verdict", "value", "threshold", "unit")}
            if margin <= _FAR * wide:
                yield {**told, "margin": margin, "line_error_m": round(accuracy_m * margin / wide, 1)}


def flips_within(record: Record, error_m: float) -> tuple[str, ...]:
    """Return the criteria of which the verdict flips if the line is wrong by that much."""
    frame = record.tables[ROBUSTNESS].frame
    return tuple(frame["key"][frame["line_error_m"] <= error_m])
