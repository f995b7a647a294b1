"""What a check found: findings as columns, the run that found them, and how they stand against the run before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import geopandas
import numpy as np
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from layers.catalog import LAYERS, TABLES
from layers.commit import committing
from layers.project import LayerEntry
from layers.rules.registry import ALL
from layers.rules.rule import COLUMNS, SEVERITIES

FOLDER = Path("checks")
_FINDINGS, _RUNS = "findings.parquet", "runs.json"
# What makes two findings of two runs the same one; where several are alike, their order does.
_IDENTITY = ["rule", "layer", "feature", "others", "field"]


@dataclass(frozen=True, slots=True)
class Run:
    """One check of layers.

    Attributes
    ----------
    checked : ISO time
    today : the day against which days were judged
    layers : rows and identity of each layer that was checked
    rules : version by code of every rule that was asked
    accuracy_m : what a person stated for all layers, None where the data said it
    tolerances_m : the finest and the coarsest accuracy to which the features of each layer were held
    thresholds : the other numbers that rules compared with, by name
    counts : findings by rule
    new, gone, still : against the run of the same layers before; None where there was none
    """

    checked: str
    today: str
    layers: Mapping[str, LayerEntry]
    rules: Mapping[str, int]
    accuracy_m: float | None
    tolerances_m: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]
    counts: Mapping[str, int]
    new: int | None = None
    gone: int | None = None
    still: int | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """Findings, worst first, and the run that found them.

    Attributes
    ----------
    findings : the columns of `layers.rules.rule.COLUMNS`, and ``rule``, ``severity``, ``layer``, ``since`` (time of the
        run that found it first); the geometry ``shape`` is the area of a fault, its point, or missing
    gone : findings of the run before that are not there any more
    whole : all rows of the layers were checked, not only what an edit touched
    """

    findings: GeoDataFrame
    run: Run
    gone: GeoDataFrame
    whole: bool = True

    @property
    def counts(self) -> dict[str, int]:
        """Findings by rule, in the order of the findings."""
        return dict(self.run.counts)

    @classmethod
    def of(cls, findings: GeoDataFrame, run: Run, before: GeoDataFrame | None) -> Self:
        """Set the findings against those `before` (None: nobody looked before)."""
        ordered = _worst_first(findings)
        counts = {str(rule): int(count) for rule, count in ordered["rule"].value_counts(sort=False).items()}
        run = replace(run, counts=counts)
        if before is None:
            return cls(ordered.assign(since=run.checked), run, ordered.iloc[:0].assign(since=""))
        now, then = _told_apart(ordered), _told_apart(before)
        since = now.map(dict(zip(then, before["since"], strict=True)))
        gone = before[~then.isin(now).to_numpy()]
        still = int(since.notna().sum())
        run = replace(run, new=len(ordered) - still, gone=len(gone), still=still)
        return cls(ordered.assign(since=since.fillna(run.checked).to_numpy(dtype=object)), run, gone)


def frame_of(parts: list[DataFrame], crs: CRS) -> GeoDataFrame:
    """Return findings of several rules as one frame; each part has ``rule``, ``severity`` and ``layer`` too."""
    names = ["rule", "severity", "layer", *COLUMNS]
    filled = [part for part in parts if len(part)]
    joined = pd.concat(filled, ignore_index=True) if filled else DataFrame({name: [] for name in names}, dtype=object)
    numbers = {name: np.float64 for name, nothing in COLUMNS.items() if isinstance(nothing, float)}
    joined = joined.astype({**numbers, "area_mm2": np.int64})
    return GeoDataFrame(joined[names], geometry="shape", crs=crs)


def runs(root: Path) -> tuple[Run, ...]:
    """Return the recorded runs of a project, oldest first."""
    path = root / FOLDER / _RUNS
    if not path.is_file():
        return ()
    try:
        return tuple(_run(one) for one in json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, KeyError):  # what was recorded is told again by the next run
        return ()


def last_findings(root: Path) -> GeoDataFrame | None:
    """Return the findings of the last run of each layer; None where nobody looked or nobody can read what was found."""
    path = root / FOLDER / _FINDINGS
    if not path.is_file():
        return None
    try:
        return geopandas.read_parquet(path)
    except (OSError, ValueError):
        return None


def record(root: Path, report: Report) -> None:
    """Record a run in the project: its findings take the place of those of the same layers, and it joins the runs."""
    found, before = _impersonal(report.findings), last_findings(root)
    parts = [found] if before is None else [before[~before["layer"].isin(report.run.layers)], found]
    kept = GeoDataFrame(
        pd.concat([one for one in parts if len(one)] or parts[-1:], ignore_index=True), geometry="shape"
    )
    with committing(root) as staged:
        (staged / FOLDER).mkdir()
        kept.set_crs(report.findings.crs, allow_override=True).to_parquet(
            staged / FOLDER / _FINDINGS, compression="zstd"
        )
        told = [_plain(one) for one in (*runs(root), report.run)]
        (staged / FOLDER / _RUNS).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _impersonal(findings: GeoDataFrame) -> GeoDataFrame:
    """Return the findings without the values of personal fields, which a person asked for once and not for good."""
    personal = {(schema.name, field.name) for schema in (*LAYERS, *TABLES) for field in schema.fields if field.personal}
    where = [pair in personal for pair in zip(findings["layer"], findings["field"], strict=True)]
    return findings.assign(value=findings["value"].mask(np.array(where, dtype=np.bool_), ""))


def _worst_first(findings: GeoDataFrame) -> GeoDataFrame:
    severity, rule = (findings[name].map({one: place for place, one in enumerate(order)}) for name, order in _ORDER)
    order = np.lexsort((findings["feature"].astype(str), -findings["area_mm2"], rule, severity))
    return findings.iloc[order].reset_index(drop=True)


_ORDER = (("severity", SEVERITIES), ("rule", tuple(rule.code for rule in ALL)))


def _told_apart(findings: DataFrame) -> "pd.Series[str]":
    """Return what names each finding: its identity, and its number among those that are alike."""
    joined = findings["rule"].astype(str)
    for name in _IDENTITY[1:]:
        joined = joined + "\x1f" + findings[name].astype(str)
    number = joined.groupby(joined).cumcount().astype(str)
    return (joined + "\x1f" + number).reset_index(drop=True)


def _plain(run: Run) -> dict[str, Any]:
    told = {name: getattr(run, name) for name in Run.__slots__}
    return {**told, "layers": {name: {"rows": one.rows, "sha256": one.sha256} for name, one in run.layers.items()}}


def _run(told: Mapping[str, Any]) -> Run:
    layers = {name: LayerEntry(**one) for name, one in told["layers"].items()}
    tolerances_m = {name: (finest, coarsest) for name, (finest, coarsest) in told["tolerances_m"].items()}
    return Run(**{**told, "layers": layers, "tolerances_m": tolerances_m})
