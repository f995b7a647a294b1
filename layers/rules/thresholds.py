"""Thresholds of the rules and the accuracy of cadastral maps by their scale: data, with source and confidence."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from pandas import Series

_SCALE = re.compile(r"^(?:1\s*[:/]\s*)?(\d{1,3}(?:[.,\s]?\d{3})*)$")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule compares with; the unit stands in its name."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str
    confidence: str


@cache
def thresholds() -> dict[str, Threshold]:
    """Return every threshold by its name."""
    rows = _rows("check_thresholds.csv")
    return {row["name"]: Threshold(**{**row, "value": float(row["value"])}) for row in rows}  # type: ignore[arg-type]


def threshold(name: str) -> float:
    """Return the value of one threshold."""
    return thresholds()[name].value


@cache
def point_errors_m() -> dict[int, float]:
    """Return the error of a boundary point in metres by the denominator of the map scale."""
    return {int(row["denominator"]): float(row["point_error_m"]) for row in _rows("source_scales.csv")}


def accuracy_of_scale_m(scales: Series) -> npt.NDArray[np.float64]:
    """Return the error of a point on maps of the written scales, metres; NaN where no class is stated for a scale.

    Examples
    --------
    >>> accuracy_of_scale_m(Series(["1:500", "1/2.000", "10000", "1:25.000", None])).tolist()
    [0.07, 0.3, 3.0, nan, nan]
    """
    known = {scale: _of_scale(str(scale)) for scale in scales.dropna().unique()}
    told: npt.NDArray[np.float64] = scales.map(known).to_numpy(dtype=np.float64, na_value=np.nan)
    return told


def _of_scale(written: str) -> float:
    found: Any = _SCALE.match(written.strip())
    return point_errors_m().get(int(re.sub(r"\D", "", found[1])), np.nan) if found else np.nan


def _rows(name: str) -> list[dict[str, str]]:
    with (files("layers") / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
