"""Current, legal and planned use held against each other: what differs *needs checking by an officer*, never a verdict.

Compared are what the parcel is used for, what its papers say and what is planned, as attributes of the parcel; and its
current use with the functional areas whose planned use is a land-use code, and with restrictions that are called like
one (rice land, protective forest). Codes of both regimes are brought to the newer one first, so that a renamed code is
no difference. Ranked by evidence: how far apart the uses are, how much of the parcel is surely concerned, how accurate
the line is, how new the paper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas import DataFrame

from gis.measure import MM2_PER_M2
from gis.states import STATES, UNDECIDABLE
from layers.land_use import land_uses
from layers.written_use import codes_of
from planning import marks
from planning.balance.land_use import successors
from planning.findings import Finding
from planning.parcel_check import Touched
from planning.parcel_desk import ParcelDesk
from planning.planned_features import NO_USE
from planning.record import Column

# How far apart two uses are: other group of land, other use of the same group, only a part of several uses.
Gap = Literal["group", "use", "part"]
GAPS: tuple[Gap, ...] = ("group", "use", "part")
RULE = "USE-PLAN"
_FIELDS = ("land_use", "legal_use", "planned_use")
_PAIRS = (("land_use", "legal_use"), ("land_use", "planned_use"), ("legal_use", "planned_use"))
_GROUP_LETTERS = 3
_NONE = ""
_STATES = np.array(STATES, dtype=object)
Ints = npt.NDArray[np.int64]
Columns = Mapping[str, npt.NDArray[Any]]

COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the layer"),
    "rank": Column("count", "order of the evidence: gap, sure share, area, accuracy, date"),
    "first": Column("text", "what is compared"),
    "first_use": Column("text", "code as written"),
    "second": Column("text", "what it is compared with"),
    "second_use": Column("text", "code as written"),
    "gap": Column("text", "other group of land, other use, or only a part of several uses"),
    "state": Column("state", "four states against the line, by its stated accuracy"),
    "area_m2": Column("m2", "area of the parcel that is concerned"),
    "share": Column("share", "area_m2 / area of the parcel"),
    "share_min": Column("share", "share that is concerned whatever the error of the line"),
    "accuracy_m": Column("m", "stated accuracy of the line"),
    "date": Column("date", "newest paper of what is compared"),
    "document": Column("text", "as in the layer"),
    "finding": Column("text", "name of the finding, for a word of an officer"),
    **marks.COLUMNS,
}


@dataclass(frozen=True, eq=False)
class Differences:
    """What needs checking, best evidence first.

    Attributes
    ----------
    rows : columns `COLUMNS` without the key, and ``unit`` (row position of the parcel)
    not_compared : parcels by reason why a pair of uses could not be compared
    """

    rows: DataFrame
    not_compared: Mapping[str, int]


def differences(desk: ParcelDesk, units: Ints | None, touched: Touched) -> Differences:
    """Return what needs checking of `units` (None for all parcels), whose layers `touched` tells of."""
    positions = np.arange(len(desk.cadastre)) if units is None else units
    written = _uses_as_written(desk, units)
    found = [*_of_attributes(desk, positions, written), *_of_layers(desk, positions, written, touched)]
    columns = {name: np.concatenate([empty, *(part[name] for part in found)]) for name, empty in _EMPTY.items()}
    order = _by_evidence(columns)
    rows = DataFrame({name: values[order] for name, values in columns.items()}, copy=False)
    return Differences(rows.assign(rank=np.arange(1.0, len(rows) + 1)), _not_compared(written))


def finding_of(feature: str, row: Mapping[str, Any]) -> Finding:
    """Return one difference as a finding that an officer can speak on; `feature` is the key of the parcel."""
    second = f"{row['second']}={row['second_use']}" if row["second"] not in _FIELDS else row["second"]
    value = f"{row['first_use']} ≠ {row['second_use']}"
    return Finding(RULE, "parcels", feature, f"{row['first']}-{second}", value=value)


def _by_evidence(columns: Columns) -> Ints:
    """Return the order of the rows, best evidence first."""
    day = np.array([int(str(one).replace("-", "")) if one else 0 for one in columns["date"]], dtype=np.int64)
    order: Ints = np.lexsort(
        (
            columns["unit"],
            -day,
            np.nan_to_num(columns["accuracy_m"], nan=np.inf),
            -np.nan_to_num(columns["area_m2"]),
            -np.nan_to_num(columns["share_min"]),
            columns["state"] == UNDECIDABLE,
            np.array([GAPS.index(one) for one in columns["gap"]], dtype=np.int64),
        )
    )
    return order


@cache
def gap_between(first: str, second: str) -> Gap | None:
    """Return how far apart two written uses are; None where they agree, or where one is no known code.

    Examples
    --------
    >>> gap_between("ONT", "CLN"), gap_between("LUC", "CLN"), gap_between("ONT-C+CLN-P", "ONT")
    ('group', 'use', 'part')
    >>> gap_between("BHK", "HNK") is None
    True
    """
    one, other = _codes(first), _codes(second)
    if not one or not other or set(one) == set(other):
        return None
    if one[0] == other[0] or set(one) < set(other) or set(other) < set(one):
        return "part"
    return "use" if _group(one[0]) == _group(other[0]) else "group"


@cache
def _codes(written: str) -> tuple[str, ...]:
    """Return the codes of a written use in the newer regime, the main one first; empty where one is not known."""
    codes = codes_of(written)
    if not all(code in land_uses() for code in codes):
        return ()
    return tuple(dict.fromkeys(successors().get(code, code) for code in codes))


def _group(code: str) -> str:
    return land_uses()[code].group[:_GROUP_LETTERS]


def _uses_as_written(desk: ParcelDesk, units: Ints | None) -> Columns:
    if units is None:
        fields = desk.cadastre.fields((*_FIELDS, "accuracy_m"))
        return {name: fields[name].to_numpy(dtype=object, na_value=None) for name in fields}
    rows = [desk.cadastre.row(int(unit)) for unit in units]
    return {name: np.array([row.get(name) for row in rows], dtype=object) for name in (*_FIELDS, "accuracy_m")}


def _gaps(first: Any, second: Any) -> npt.NDArray[np.object_]:
    """Return the gap of each pair of written uses, shape (n,), `_NONE` for none; distinct pairs are compared once."""
    one, ones = pd.factorize(np.asarray(first, dtype=object))
    other, others = pd.factorize(np.asarray(second, dtype=object))
    both = (one >= 0) & (other >= 0)
    pair = np.where(both, one * (len(others) + 1) + other, -1)
    distinct, number = np.unique(pair, return_inverse=True)
    told = [
        _NONE if code < 0 else gap_between(str(ones[code // (len(others) + 1)]), str(others[code % (len(others) + 1)]))
        for code in distinct
    ]
    found: npt.NDArray[np.object_] = np.array([one or _NONE for one in told], dtype=object)[number]
    return found


def _of_attributes(desk: ParcelDesk, positions: Ints, written: Columns) -> Iterator[Columns]:
    """Yield what differs among the attributes of parcels, whatever the layers say."""
    for first, second in _PAIRS:
        gap = _gaps(written[first], written[second])
        differs = np.flatnonzero(gap != _NONE)
        if len(differs):
            units, one, other = positions[differs], written[first][differs], written[second][differs]
            share = _shares(desk, units, one, other, divided=first == "land_use")
            drawn = desk.cadastre.fabric.area_mm2[units]
            dates = [desk.newest_papers.get(key) for key in desk.cadastre.written_keys.iloc[units]]
            yield _rows(
                unit=units,
                first=first,
                first_use=one,
                second=second,
                second_use=other,
                gap=gap[differs],
                area_m2=np.round(np.where(drawn > 0, drawn / MM2_PER_M2, np.nan) * share, 1),
                share=share,
                share_min=share,
                accuracy_m=written["accuracy_m"][differs].astype(np.float64),
                date=np.array(dates, dtype=object),
            )


def _of_layers(desk: ParcelDesk, positions: Ints, written: Columns, touched: Touched) -> Iterator[Columns]:
    """Yield where the current use differs from what a functional area or a restriction is for."""
    features, planned = desk.check.features, desk.planned_uses
    pairs = touched.pairs.taken(~np.isnan(touched.pairs.area_m2) & (planned[touched.pairs.feature] != NO_USE))
    use = planned[pairs.feature]
    current = written["land_use"][np.searchsorted(positions, pairs.unit)]
    gap = _gaps(current, use)
    differs = gap != _NONE
    pairs, current, use, gap = pairs.taken(differs), current[differs], use[differs], gap[differs]
    yield _rows(
        unit=pairs.unit,
        first="land_use",
        first_use=current,
        second=features.layer[pairs.feature],
        second_use=use,
        gap=gap,
        state=_STATES[pairs.state],
        **{name: getattr(pairs, name) for name in ("area_m2", "share", "share_min")},
        accuracy_m=features.accuracy_m[pairs.feature].astype(np.float64),
        document=features.document[pairs.feature],
    )


def _rows(**values: Any) -> Columns:
    """Return columns of one length; what is not given is no data."""
    count = len(values["unit"])
    every: dict[str, npt.NDArray[Any]] = {}
    for name, empty in _EMPTY.items():
        missing = np.nan if empty.dtype.kind == "f" else None
        value = values.get(name, missing)
        every[name] = value if isinstance(value, np.ndarray) else np.full(count, value, dtype=empty.dtype)
    return every


def _shares(desk: ParcelDesk, units: Ints, first: Any, second: Any, *, divided: bool) -> npt.NDArray[np.float64]:
    """Return how much of each parcel is concerned: all of it, or what its lines of use say; NaN where nobody says.

    Parameters
    ----------
    divided : `first` is the current use, which the lines of use divide
    """
    apart = [not set(_codes(str(one))) & set(_codes(str(other))) for one, other in zip(first, second, strict=True)]
    share = np.where(np.array(apart, dtype=np.bool_), 1.0, np.nan)
    lines = desk.uses.frame
    if not divided or np.isfinite(share).all() or "measured_area_m2" not in lines:
        return share
    asked = np.flatnonzero(np.isnan(share))
    place, row = desk.uses.rows_of(desk.cadastre.written_keys.iloc[units[asked]].to_numpy(dtype=object))
    found = lines.iloc[row][["land_use", "measured_area_m2"]].assign(place=asked[place], plan=second[asked[place]])
    other = [
        not set(_codes(str(use))) <= set(_codes(str(plan))) for use, plan in found[["land_use", "plan"]].to_numpy()
    ]
    found["other"] = found["measured_area_m2"].where(np.array(other, dtype=np.bool_), 0.0)
    sums = found.groupby("place")[["other", "measured_area_m2"]].sum()
    share[sums.index] = (sums["other"] / sums["measured_area_m2"]).to_numpy()
    return share


def _not_compared(written: Columns) -> Mapping[str, int]:
    """Count the parcels that say nothing of a use, or write no known code."""
    counts = {}
    for name in _FIELDS:
        number, codes = pd.factorize(written[name])
        unknown = np.array([not _codes(str(one)) for one in codes], dtype=np.bool_)
        counts[f"{name}.missing"] = int((number < 0).sum())
        counts[f"{name}.unknown"] = int(unknown[number[number >= 0]].sum())
    return {name: count for name, count in counts.items() if count}


_TEXTS = ("first", "first_use", "second", "second_use", "gap", "state", "date", "document")
_EMPTY: Columns = {
    "unit": np.zeros(0, dtype=np.int64),
    **{name: np.zeros(0, dtype=object) for name in _TEXTS},
    **{name: np.zeros(0) for name in ("area_m2", "share", "share_min", "accuracy_m")},
}
