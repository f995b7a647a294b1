"""Repairs of a layer: proposed for the layer as it stands, written as a new version when a person takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.measure import areas_mm2, to_mm2
from gis.repair.balance import FAIR_SHARE
from gis.repair.limits import Limits
from gis.repair.listing import KINDS, NO_SHAPE, OVERLAP, REPEATED_ROW, SLIVER, SPIKE, VALIDITY, Changes, Exceptions
from gis.repair.plan import Repair, proposed
from gis.topology.defects import GAP as OPEN
from gis.topology.defects import GAPS, Defects
from layers.catalog import schema_of
from layers.errors import LayerChanged, NothingToMend
from layers.project import LayerEntry
from layers.rules.asked import Asked
from layers.rules.fitting import COVERAGES, Coverage, groups_of, shapeless
from layers.schema import LayerSchema
from layers.validate import asked_of
from layers.withheld import withheld
from layers.workspace import Workspace, key_fields

# A row without a shape gets the ground that others left open, where that has the area of its papers.
LOST_SHAPE = "lost_shape"
MEND_KINDS = (*KINDS, LOST_SHAPE)
_ONE_BY_ONE = (REPEATED_ROW, VALIDITY, SPIKE)
# Nothing is closed between the units of a layer that is not complete.
_NOT_COMPLETE = (*_ONE_BY_ONE, SLIVER, OVERLAP)
# Layers whose rows state an area that was measured from the survey: it tells whose the contested ground is.
_MEASURED: Mapping[str, str] = {"parcels": "measured_area_m2"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What to repair and how far to go; None: as the accuracy of the layer says.

    Attributes
    ----------
    kinds : of `MEND_KINDS`; none for all
    tolerance_m : accuracy of every outline, before what the data state
    gap_width_m, overlap_width_m : what is wider anywhere is left to people
    """

    kinds: tuple[str, ...] = ()
    tolerance_m: float | None = None
    gap_width_m: float | None = None
    overlap_width_m: float | None = None


@dataclass(frozen=True, eq=False)
class Proposal:
    """What is proposed for a layer; nothing is written.

    Attributes
    ----------
    planned : rows and identity of the layer that this was planned for
    limits : how far was gone, a value of each row
    changes : ``feature``, ``kind``, ``other``, ``before_mm2``, ``after_mm2``, ``even_odd_mm2`` (-1: no such reading),
        ``easting``, ``northing`` and the ground ``shape``; one row a change, in the order in which they are made
    units : ``feature``, ``before_mm2``, ``after_mm2``, ``stated_mm2`` (-1: not known) and ``far`` (its area changes by
        more than 0.5 %, and not to what is stated); one row a unit that changes
    exceptions : ``feature``, ``other``, ``kind``, ``reason``, ``area_mm2``, ``width_m``, ``easting``, ``northing`` and
        ``shape`` of what stays as it is
    repaired : ``feature`` and the ``shape`` that it would have, one row a unit that changes and stays
    rows : the layer as it would be
    """

    layer: str
    planned: LayerEntry
    limits: Limits
    changes: GeoDataFrame
    units: DataFrame
    exceptions: GeoDataFrame
    repaired: GeoDataFrame
    rows: GeoDataFrame


def propose(workspace: Workspace, layer: str, scope: Scope | None = None) -> Proposal:
    """Plan the repair of a layer of areas; nothing is written. Legal and measured areas stay what they are.

    Raises
    ------
    LayerUnknown, LayerMissing, FileDamaged
    NothingToMend
        The layer is a table, or one of points.
    """
    schema, wanted = schema_of(layer), scope or Scope()
    if not isinstance(schema, LayerSchema) or schema.geometry not in ("polygon", "any"):
        raise NothingToMend(layer=layer)
    planned = workspace.identity(layer)
    before = workspace.read(layer)
    asked, _ = asked_of(workspace, {layer: before}, accuracy_m=wanted.tolerance_m)
    work = _Work(asked, layer, before, wanted)
    repairs = [(rows, work.repair(rows, coverage)) for rows, coverage in work.groups()]
    changes = Changes.joined(one.changes.renumbered(rows) for rows, one in repairs)
    left = Exceptions.joined(one.exceptions.renumbered(rows) for rows, one in repairs)
    shapes = np.array(before.geometry.values, dtype=object)
    for rows, one in repairs:
        shapes[rows[one.unit]] = one.shape
    if LOST_SHAPE in work.kinds and (left.reason == NO_SHAPE).any():
        found, left = _found_again(asked, layer, left)
        shapes[found.unit] = found.shape
        changes = Changes.joined([changes, found])
    dropped = changes.unit[changes.kind == REPEATED_ROW]
    after = before.set_geometry(shapes, crs=before.crs).drop(index=before.index[dropped]).reset_index(drop=True)
    return Proposal(
        layer=layer,
        planned=planned,
        limits=work.limits,
        changes=work.told(changes),
        units=work.units(changes),
        exceptions=work.told(left),
        repaired=work.repaired(np.setdiff1d(changes.unit, dropped), shapes),
        rows=after,
    )


def apply(workspace: Workspace, proposal: Proposal) -> Workspace:
    """Write the layer as proposed, as a new version; the old one stays. Nothing is written where nothing changes.

    Raises
    ------
    LayerChanged
        The layer is not the one any more that the repair was planned for.
    """
    if workspace.identity(proposal.layer).sha256 != proposal.planned.sha256:
        raise LayerChanged(layer=proposal.layer)
    if not len(proposal.changes):
        return workspace
    counts = proposal.changes["kind"].value_counts(sort=False)
    detail = ", ".join(f"{kind} {count}" for kind, count in counts.items())
    return workspace.write({proposal.layer: proposal.rows}, why="repair", detail=detail)


@dataclass(frozen=True, eq=False)
class _Work:
    """A layer and what is asked about it."""

    asked: Asked
    layer: str
    rows: GeoDataFrame
    scope: Scope

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.scope.kinds or MEND_KINDS

    @cached_property
    def limits(self) -> Limits:
        """How far to go, for every row."""
        widths = self.scope.gap_width_m, self.scope.overlap_width_m
        return Limits.of(len(self.rows), self.asked.tolerance_m(self.layer), *widths)

    @cached_property
    def stated_m2(self) -> npt.NDArray[np.float64]:
        """Area that was measured from the survey, NaN where it is not known."""
        name = _MEASURED.get(self.layer, "")
        if name not in self.rows:
            return np.full(len(self.rows), np.nan)
        stated = self.rows[name].to_numpy(dtype=np.float64, na_value=np.nan)
        return np.where(stated > 0, stated, np.nan)

    @cached_property
    def likeness(self) -> npt.NDArray[np.int64]:
        """A number for each row, the same for rows of the same values."""
        return _likeness(self.rows, key_fields(schema_of(self.layer)))

    def groups(self) -> list[tuple[npt.NDArray[np.int64], Coverage | None]]:
        """Return the rows that fit together, with the coverage that they are; None where they may overlap."""
        coverage = next((one for one in COVERAGES if one.layer == self.layer), None)
        if coverage is not None:
            return [(rows, coverage) for rows in groups_of(self.asked, coverage)]
        shapes = self.asked.shapes(self.layer)
        areal = shapely.is_missing(shapes) | (shapely.get_dimensions(shapes) == 2)
        return [(np.flatnonzero(areal), None)]

    def repair(self, rows: npt.NDArray[np.int64], coverage: Coverage | None) -> Repair:
        """Return what is proposed for some rows."""
        may = _ONE_BY_ONE if coverage is None else KINDS if coverage.complete else _NOT_COMPLETE
        return proposed(
            self.asked.shapes(self.layer)[rows],
            self.asked.crs,
            self.limits.take(rows),
            kinds=tuple(kind for kind in self.kinds if kind in may),
            ground=self.asked.ground(self.layer),
            stated_m2=self.stated_m2[rows],
            likeness=self.likeness[rows],
            complete=coverage is not None and coverage.complete,
            holes=coverage is not None and not coverage.holes,
        )

    def told(self, listed: "Changes | Exceptions") -> GeoDataFrame:
        """Return changes or exceptions as rows that name features; defence and security land has no place."""
        columns = {name: values for name, values in vars(listed).items() if name not in ("unit", "other", "shape")}
        keys = np.append(self.asked.keys(self.layer), "")
        hidden = np.append(withheld(self.rows), False)
        held = hidden[listed.unit] | hidden[listed.other]
        columns |= {name: np.where(held, np.nan, columns[name]) for name in ("easting", "northing")}
        shape = listed.shape.copy()
        shape[held] = None
        named = {"feature": keys[listed.unit], "other": keys[listed.other]}
        return GeoDataFrame({**named, **columns, "shape": shape}, geometry="shape", crs=self.asked.crs)

    def repaired(self, rows: npt.NDArray[np.int64], shapes: npt.NDArray[np.object_]) -> GeoDataFrame:
        """Return rows with the shapes that they would have; defence and security land is not drawn."""
        open_rows = rows[~withheld(self.rows)[rows]]
        named = {"feature": self.asked.keys(self.layer)[open_rows], "shape": shapes[open_rows]}
        return GeoDataFrame(named, geometry="shape", crs=self.asked.crs)

    def units(self, changes: Changes) -> DataFrame:
        """Return what every unit that changes gains or loses in all."""
        row, first = np.unique(changes.unit, return_index=True)
        last = len(changes) - 1 - np.unique(changes.unit[::-1], return_index=True)[1]
        before, after = changes.before_mm2[first], changes.after_mm2[last]
        stated = self.stated_m2[row]
        known = np.where(np.isnan(stated), -1, to_mm2(np.nan_to_num(stated)))
        nearer = (known >= 0) & (np.abs(after - known) <= np.abs(before - known))
        gone = np.isin(row, changes.unit[changes.kind == REPEATED_ROW])
        far = (np.abs(after - before) > FAIR_SHARE * before) & ~nearer & ~gone
        keys = self.asked.keys(self.layer)[row]
        return DataFrame({"feature": keys, "before_mm2": before, "after_mm2": after, "stated_mm2": known, "far": far})


def _likeness(rows: GeoDataFrame, key: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return a number for each row, the same for rows of the same values; only a repeated key can be a repeated row."""
    values = DataFrame(rows.drop(columns=rows.geometry.name))
    number = np.arange(len(rows))
    suspects = np.flatnonzero(values.duplicated(list(key), keep=False))
    if len(suspects):
        some = values.iloc[suspects].astype(object).astype(str)
        number[suspects] = len(rows) + some.groupby(list(some.columns), sort=False, dropna=False).ngroup().to_numpy()
    return number


def _found_again(asked: Asked, layer: str, left: Exceptions) -> tuple[Changes, Exceptions]:
    """Return the shapes of rows that have none and whose ground lies open, and the exceptions without those."""
    is_gap = np.isin(left.kind.astype(str), GAPS)
    between = left.take(is_gap)
    beside = [np.array([one for one in pair if one >= 0]) for pair in zip(between.unit, between.other, strict=True)]
    rows, _, filled = shapeless(asked, layer, Defects.areal(OPEN, beside, between.shape))
    none = np.full(len(rows), -1)
    found = Changes(
        unit=rows,
        kind=np.full(len(rows), LOST_SHAPE, dtype=object),
        other=none,
        before_mm2=np.zeros(len(rows), dtype=np.int64),
        after_mm2=areas_mm2(filled.shape),
        even_odd_mm2=none,
        easting=filled.easting,
        northing=filled.northing,
        shape=filled.shape,
    )
    is_filled = np.isin(shapely.to_wkb(left.shape), shapely.to_wkb(filled.shape)) & is_gap
    return found, left.take(~(is_filled | np.isin(left.unit, rows) & ~is_gap))
