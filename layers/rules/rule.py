"""A rule and what it finds: columns, one row a finding."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
import shapely
from pandas import DataFrame, Series

from gis.language import Text

if TYPE_CHECKING:
    from layers.rules.asked import Asked

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# What a rule tells of a finding, with the value of what does not apply to it.
COLUMNS: dict[str, Any] = {
    "feature": "",  # its key, parts joined by /
    "others": "",  # keys of the others that have a part in it, joined by "; "
    "field": "",
    "value": "",  # the wrong value as it is written
    "stated": np.nan,  # numbers that are compared: what is stated, what was expected, what may lie between them
    "expected": np.nan,
    "allowed": np.nan,
    "area_mm2": 0,
    "width_m": np.nan,
    "easting": np.nan,
    "northing": np.nan,
    "shape": None,
}
OTHERS_JOINED = "; "


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    code : ``family.name``, stable
    severity : error: the data cannot be right; warning: they hardly are; note: worth knowing
    layers : layers and tables that it is asked of
    title : what is wrong, in a few words
    message : the sentence about one finding; ``{feature}``, ``{others}``, ``{field}``, ``{value}``, ``{stated}``,
        ``{expected}``, ``{allowed}``, ``{difference}``, ``{area}``, ``{width}`` stand for what the finding tells
    find : returns rows of `COLUMNS` of one layer; what applies to none of them may be missing
    version : raised when the rule finds otherwise than before
    whole : needs all rows of a layer, so that it cannot be asked of a part
    placed : the sentence where it can say more because the place is known; None: the same
    """

    code: str
    severity: Severity
    layers: tuple[str, ...]
    title: Text
    message: Text
    find: "Callable[[Asked, str], DataFrame]"
    version: int = 1
    whole: bool = False
    placed: Text | None = None


def found(**columns: Any) -> DataFrame:
    """Return findings of the given columns; a single value stands for all rows."""
    length = max((len(one) for one in columns.values() if _is_column(one)), default=1)
    return DataFrame({name: _column(columns.get(name, nothing), length) for name, nothing in COLUMNS.items()})


def nothing() -> DataFrame:
    """Return no findings."""
    return found(feature=[])


def _is_column(value: Any) -> bool:
    return isinstance(value, list | np.ndarray | Series | pd.api.extensions.ExtensionArray)


def _column(value: Any, length: int) -> Any:
    if isinstance(value, Series):
        value = value.to_numpy()
    if _is_column(value):
        return value
    column = np.empty(length, dtype=object if value is None or isinstance(value, str) else type(value))
    column[:] = value
    return column


def places_of(shapes: Any) -> dict[str, Any]:
    """Return a place on each shape as the columns ``easting`` and ``northing``; NaN where there is none."""
    shapes = np.asarray(shapes, dtype=object)
    easting, northing = np.full((2, len(shapes)), np.nan)
    told = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    points = shapely.point_on_surface(shapes[told])
    easting[told], northing[told] = shapely.get_x(points), shapely.get_y(points)
    return {"easting": easting, "northing": northing}
