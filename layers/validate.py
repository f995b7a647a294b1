"""check(): the rules asked of one layer, of all, or of what an edit touched; a rule that fails hides no other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.errors import DataError
from layers.catalog import LAYERS, TABLES, schema_of
from layers.errors import LayerMissing
from layers.project import LayerEntry
from layers.report import Report, Run, frame_of, last_findings, record, runs
from layers.rules.asked import Asked
from layers.rules.naming import feature_keys
from layers.rules.reading import Reading, try_read
from layers.rules.registry import FAILED, RULES, UNREADABLE
from layers.rules.rule import COLUMNS, OTHERS_JOINED, Rule, found
from layers.rules.thresholds import thresholds
from layers.withheld import withheld
from layers.workspace import Workspace

_NAMES = tuple(schema.name for schema in (*LAYERS, *TABLES))
# How far from what an edit touched its neighbours are looked at: across any gap between them.
_REACH_M = 20.0


@dataclass(frozen=True)
class Touched:
    """What an edit touched in one layer.

    Attributes
    ----------
    layer : which
    keys : features, named as findings name them
    region : area in the project's CRS; what meets it counts as touched too
    """

    layer: str
    keys: tuple[str, ...] = ()
    region: Any = None


def check(
    workspace: Workspace,
    layers: Iterable[str] = (),
    *,
    rows: Mapping[str, DataFrame] | None = None,
    today: str = "",
    accuracy_m: float | None = None,
    personal: bool = False,
    rules: tuple[Rule, ...] = RULES,
) -> Report:
    """Ask every rule of the layers, and set the findings against those of the run before; changes nothing.

    Bad data are findings and never raise: neither values that do not fit their field nor a layer that cannot be read.

    Parameters
    ----------
    layers : names; none for all that the project has
    rows : layers as they would be written, in place of those on the disk
    today : ISO day against which days are judged; empty for the day of the call
    accuracy_m : accuracy of every outline, before what the data state
    personal : tell the values of personal fields too; what is recorded never has them

    Raises
    ------
    LayerUnknown
        No such layer is in the layer model.
    LayerMissing
        A layer was named that the project does not have.
    """
    given = rows or {}
    names = tuple(dict.fromkeys(schema_of(name).name for name in layers)) or _present(workspace, given)
    lost = [name for name in names if not (workspace.has(name) or name in given)]
    if lost:
        raise LayerMissing(layer=lost[0])
    asked, unreadable = asked_of(workspace, given, _day(today), accuracy_m)
    asked.personal = personal
    parts = [part for name in names for part in _findings(asked, name, unreadable, rules)]
    run = _run(asked, workspace, names, given, rules)
    before = last_findings(workspace.path)
    return Report.of(frame_of(parts, workspace.crs), run, _of_same_layers(before, runs(workspace.path), names))


def check_and_keep(workspace: Workspace, layers: Iterable[str] = (), **options: Any) -> Report:
    """Do the same and record the run in the project."""
    report = check(workspace, layers, **options)
    record(workspace.path, report)
    return report


def check_touched(
    workspace: Workspace, touched: Touched, rows: Mapping[str, DataFrame] | None = None, today: str = ""
) -> Report:
    """Ask the rules of one layer about what an edit touched and its neighbours; rules that need all rows are left out.

    Parameters
    ----------
    rows : the layers as they stand in the edit; only those that it changes need to be given
    """
    given = dict(rows or {})
    schema, whole = schema_of(touched.layer), given.get(touched.layer)
    whole = workspace.read(touched.layer) if whole is None else whole
    is_touched, near, within = _near(whole, touched)
    asked, _ = asked_of(workspace, {**given, touched.layer: whole.take(np.flatnonzero(near))}, _day(today), None)
    asked.within = within
    some = tuple(rule for rule in RULES if not rule.whole)
    parts = _findings(asked, touched.layer, {}, some)
    names = {*feature_keys(whole, schema, np.flatnonzero(is_touched))}
    mine = [part[_naming(part, names) | part["rule"].eq(FAILED.code).to_numpy()] for part in parts]
    run = _run(asked, workspace, (touched.layer,), given, some)
    return replace(Report.of(frame_of(mine, workspace.crs), run, None), whole=False)


def _day(today: str) -> str:
    return today or date.today().isoformat()  # noqa: DTZ011 -- the day of the desk


def _present(workspace: Workspace, given: Mapping[str, DataFrame]) -> tuple[str, ...]:
    return tuple(name for name in _NAMES if workspace.has(name) or name in given)


def asked_of(
    workspace: Workspace, given: Mapping[str, DataFrame], today: str = "", accuracy_m: float | None = None
) -> tuple[Asked, dict[str, DataError]]:
    """Return a project as rules see it, with `given` rows in place of layers; and why layers could not be read."""
    unreadable: dict[str, DataError] = {}

    def reading_of(layer: str) -> Reading | None:
        if layer in given:
            return Reading.of(given[layer], schema_of(layer))
        reading = try_read(workspace, layer)
        if isinstance(reading, DataError):
            unreadable[layer] = reading
            return None
        return reading

    stated = {name: _accuracy_of_imports(entry) for name, entry in workspace.project.layers.items()}
    return Asked(workspace.crs, reading_of, today, stated, accuracy_m), unreadable


def _accuracy_of_imports(entry: LayerEntry) -> float:
    """Return the coarsest accuracy that the sources of a layer state; NaN where none does."""
    stated = [source.accuracy_m for source in entry.sources if source.accuracy_m]
    return max(stated, default=float("nan"))


def _findings(
    asked: Asked, layer: str, unreadable: Mapping[str, DataError], rules: tuple[Rule, ...]
) -> list[DataFrame]:
    if asked.reading(layer) is None:
        reason = unreadable[layer].to("vi") if layer in unreadable else ""
        return [_of_rule(found(value=np.array([reason], dtype=object)), UNREADABLE, layer)]
    told = (_asked_rule(asked, rule, layer) for rule in rules if layer in rule.layers)
    return [one for one in told if len(one)]


def _asked_rule(asked: Asked, rule: Rule, layer: str) -> DataFrame:
    try:
        told = rule.find(asked, layer)
        return _public(_of_rule(told, rule, layer), asked, layer) if len(told) else told
    except Exception as error:  # noqa: BLE001 -- whatever a rule meets in the data, the others are asked, and it is told
        reason = f"{type(error).__name__}: {error}".partition("\n")[0]
        told = found(field=np.array([rule.code], dtype=object), value=np.array([reason], dtype=object))
        return _of_rule(told, FAILED, layer)


def _of_rule(findings: DataFrame, rule: Rule, layer: str) -> DataFrame:
    return findings.assign(rule=rule.code, severity=rule.severity, layer=layer)


def _public(findings: DataFrame, asked: Asked, layer: str) -> DataFrame:
    """Return the findings without values of personal fields, and without places of defence and security land."""
    personal = [field.name for field in schema_of(layer).fields if field.personal and not asked.personal]
    held = asked.once(("withheld", layer), lambda: {*asked.keys(layer, np.flatnonzero(withheld(asked.rows(layer))))})
    findings = findings.assign(value=findings["value"].mask(findings["field"].isin(personal), ""))
    return _unplaced(findings, _naming(findings, held)) if held else findings


def _unplaced(findings: DataFrame, hidden: npt.NDArray[np.bool_]) -> DataFrame:
    places = {name: findings[name].mask(hidden, COLUMNS[name]) for name in ("easting", "northing", "shape")}
    return findings.assign(**places)


def _naming(findings: DataFrame, names: set[str]) -> npt.NDArray[np.bool_]:
    """Tell which findings have one of the features in them."""
    others = (any(one in names for one in told.split(OTHERS_JOINED)) for told in findings["others"])
    named: npt.NDArray[np.bool_] = findings["feature"].isin(names).to_numpy()
    return named | np.fromiter(others, dtype=np.bool_, count=len(findings))


def _run(
    asked: Asked, workspace: Workspace, names: tuple[str, ...], given: Mapping[str, Any], rules: tuple[Rule, ...]
) -> Run:
    entries = {name: _entry(workspace, name, asked, given) for name in names}
    return Run(
        checked=datetime.now().astimezone().isoformat(timespec="seconds"),
        today=asked.today,
        layers=entries,
        rules={rule.code: rule.version for rule in rules if set(rule.layers) & set(names)},
        accuracy_m=asked.accuracy_m,
        tolerances_m={name: asked.tolerance_range_m(name) for name in names if len(asked.shapes(name))},
        thresholds={one.name: one.value for one in thresholds().values()},
        counts={},
    )


def _entry(workspace: Workspace, name: str, asked: Asked, given: Mapping[str, Any]) -> LayerEntry:
    """Return rows and identity of a layer; no identity of what stands on no disk or cannot be read as its schema."""
    count = len(asked.rows(name))
    if name in given:
        return LayerEntry(count, "")
    try:
        return LayerEntry(count, workspace.identity(name).sha256)
    except DataError:
        return LayerEntry(count, "")


def _of_same_layers(
    before: GeoDataFrame | None, recorded: tuple[Run, ...], names: tuple[str, ...]
) -> GeoDataFrame | None:
    """Return what was found before in the layers; None where one of them was never checked."""
    checked = {name for run in recorded for name in run.layers}
    if before is None or not set(names) <= checked:
        return None
    return before[before["layer"].isin(names)].reset_index(drop=True)


def _near(rows: DataFrame, touched: Touched) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Any]:
    """Return which rows an edit touched, which are looked at (those, their neighbours, those of their keys), and where.

    The last is the area in which all rows are looked at, None for a table.
    """
    keys = feature_keys(rows, schema_of(touched.layer)).astype(str)
    is_touched: npt.NDArray[np.bool_] = np.isin(keys, np.array(touched.keys, dtype=str))
    if not isinstance(rows, GeoDataFrame):
        return is_touched, np.isin(keys, keys[is_touched]), None
    bounds = shapely.bounds(np.asarray(rows.geometry.values, dtype=object))
    if touched.region is not None:
        is_touched |= _meets(bounds, shapely.bounds(touched.region)[np.newaxis])
    around = bounds[is_touched] + np.array([-_REACH_M, -_REACH_M, _REACH_M, _REACH_M])
    around = around[np.isfinite(around).all(axis=1)]
    near = is_touched | _meets(bounds, around) | np.isin(keys, keys[is_touched])
    return is_touched, near, shapely.union_all(shapely.box(*around.T))


def _meets(bounds: Any, others: Any) -> npt.NDArray[np.bool_]:
    """Tell which boxes meet any of the few others."""
    meets = np.zeros(len(bounds), dtype=np.bool_)
    for west, south, east, north in others:
        apart = (bounds[:, 0] > east) | (bounds[:, 2] < west) | (bounds[:, 1] > north) | (bounds[:, 3] < south)
        meets |= ~apart & np.isfinite(bounds[:, 0])
    return meets
