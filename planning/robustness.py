"""How wrong the line of the zone may be before a verdict flips.

A verdict compares a figure with a threshold; the figure has an interval that comes of the accuracy of the line. To
first order the interval grows with the error, so the verdict flips where the error is the accuracy times what the
threshold leaves, over half the interval. Figures that do not hang on the line, counts, which jump, and what lies a
hundred accuracies away have none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
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
    texts = zip(*(criteria[name].tolist() for name in ("key", "title", "verdict", "unit")), strict=True)
    figures = criteria[["value", "threshold", "value_min", "value_max"]].to_numpy(dtype=np.float64).tolist()
    for (key, title, verdict, unit), (value, threshold, least, most) in zip(texts, figures, strict=True):
        half, margin = (most - least) / 2, abs(value - threshold)
        if verdict in (MET, NOT_MET) and unit in _EVEN and half > 0 and margin <= _FAR * half:
            told = {"key": key, "title": title, "verdict": verdict, "value": value, "threshold": threshold}
            yield {**told, "unit": unit, "margin": margin, "line_error_m": round(accuracy_m * margin / half, 1)}


def flips_within(record: Record, error_m: float) -> tuple[str, ...]:
    """Return the criteria of which the verdict flips if the line is wrong by that much."""
    frame = record.tables[ROBUSTNESS].frame
    return tuple(frame["key"][frame["line_error_m"] <= error_m])
