"""Two scenarios side by side: which edits they share and which they do not, and what that makes of the land."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, isna

from gis.measure import area_mm2, to_m2
from layers.workspace import Workspace
from planning.breakdown import by_unit
from planning.context import Context
from planning.footing import edits_sha256
from planning.proposal import Proposal, Regions, propose
from planning.record import Fact
from planning.scenario import Applied, all_applied

_HOW = "planar grid area in the project's CRS, to 1 mm²"


@dataclass(frozen=True, eq=False)
class Difference:
    """What one scenario has and the other has not.

    Attributes
    ----------
    only_first, only_second, in_both : edits, those of the scenarios below included; the same edit made twice is one
    areas : ``area_m2.first``, ``.second``, ``.both``, ``.only_first``, ``.only_second``
    units : units of the newest vintage that lie in one of them only: ``key``, ``name``, ``only_first_m2``,
        ``only_second_m2``
    features : for each re-planned layer the features that are not the same: ``key``, ``name``, ``first_m2``,
        ``second_m2`` (NaN: not there), ``differs`` (fields, by commas; ``feature`` where one of them lacks it)
    """

    only_first: tuple[Applied, ...]
    only_second: tuple[Applied, ...]
    in_both: tuple[Applied, ...]
    areas: tuple[Fact, ...]
    units: DataFrame
    features: Mapping[str, DataFrame]


def difference(workspace: Workspace, first: str, second: str) -> Difference:
    """Return what is different between two scenarios of a project.

    Raises
    ------
    ScenarioUnknown, and those of `planning.proposal.propose`
    """
    edits = all_applied(workspace, first), all_applied(workspace, second)
    proposals = propose(workspace, first), propose(workspace, second)
    regions = Regions(*(one.regions.proposed for one in proposals))
    known = [{edits_sha256((one.edit,)) for one in some} for some in edits]
    return Difference(
        only_first=_without(edits[0], known[1]),
        only_second=_without(edits[1], known[0]),
        in_both=tuple(one for one in edits[0] if edits_sha256((one.edit,)) in known[1]),
        areas=tuple(_areas(regions)),
        units=_units(Context(workspace, proposals[0]), regions),
        features=_features(*proposals),
    )


def _without(edits: Sequence[Applied], known: set[str]) -> tuple[Applied, ...]:
    return tuple(one for one in edits if edits_sha256((one.edit,)) not in known)


def _areas(regions: Regions) -> Iterator[Fact]:
    named = {
        "first": regions.base, "second": regions.proposed, "both": regions.kept,
        "only_first": regions.removed, "only_second": regions.added,
    }  # fmt: skip
    for name, area in named.items():
        yield Fact(f"area_m2.{name}", to_m2(area_mm2(area)), "m2", _HOW)


def _units(context: Context, regions: Regions) -> DataFrame:
    columns = {"key": "key", "name": "name", "removed_m2": "only_first_m2", "added_m2": "only_second_m2"}
    if not context.vintages:
        return DataFrame(columns=list(columns.values()))
    rows = by_unit(context.vintages[-1], regions, 0.0)
    changed = (rows["added_m2"] > 0) | (rows["removed_m2"] > 0)
    return rows.loc[changed, list(columns)].rename(columns=columns).reset_index(drop=True)


def _features(first: Proposal, second: Proposal) -> dict[str, DataFrame]:
    layers = dict.fromkeys([*first.after, *second.after])
    found = {layer: _unlike(first.after[layer], second.after[layer]) for layer in layers if layer in second.after}
    return {layer: rows for layer, rows in found.items() if len(rows)}


def _unlike(first: GeoDataFrame, second: GeoDataFrame) -> DataFrame:
    """Return the features that are not the same in two states of a layer."""
    one, other = first.set_index("code"), second.set_index("code")
    keys = one.index.union(other.index, sort=True)
    rows = []
    for key in keys:
        fields = _fields_that_differ(one, other, str(key))
        if fields:
            some = (other if key in other.index else one).loc[key]
            areas = [_area_m2(layer, key) for layer in (one, other)]
            rows.append([key, some.get("name"), *areas, ", ".join(fields)])
    return DataFrame(rows, columns=["key", "name", "first_m2", "second_m2", "differs"])


def _area_m2(layer: GeoDataFrame, key: str) -> float:
    return to_m2(area_mm2(layer.geometry[key])) if key in layer.index else np.nan


def _fields_that_differ(one: GeoDataFrame, other: GeoDataFrame, key: str) -> tuple[str, ...]:
    if key not in one.index or key not in other.index:
        return ("feature",)
    before, after = one.loc[key], other.loc[key]
    shape = () if shapely.equals(before["geometry"], after["geometry"]) else ("geometry",)
    names = dict.fromkeys([*one.columns, *other.columns])
    values = [name for name in names if name != "geometry" and not _same(before.get(name), after.get(name))]
    return (*shape, *values)


def _same(one: object, other: object) -> bool:
    missing = [bool(isna(value)) for value in (one, other)]
    return all(missing) if any(missing) else one == other
