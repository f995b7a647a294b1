"""Did the boundary move, or was it drawn again? Stretch by stretch, against the stated accuracies of both lines.

With `a` the accuracy of the established line and `b` that of the source of the new one, two drawings of one line may
lie √(a² + b²) apart where their errors are independent, and a + b where they are not: the law of propagation of
uncertainty (JCGM 100:2008, 5.1.2 and 5.2.2). Up to the first the line was redrawn, beyond the second it moved, between
them nobody can tell. An area alone says nothing of this: a line that gives on one side what it takes on the other has
moved, and one that was drawn again with more corners has another area and has not.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.displacement import CANNOT_TELL, KINDS, MOVED, REDRAWN, UNCHANGED, displacement
from gis.graded_side import Tolerance
from gis.line import Course, Floats
from gis.measure import MM2_PER_M2, to_m2
from planning.context import Context
from planning.edits import AddUnits, RemoveUnits
from planning.proposal import Change
from planning.record import Column, Fact, Table
from planning.units import vintage_accuracy_m

NAME = "movement"
# A corner that is nearer than this to a line lies on it.
_ON_M = 1e-6

_ALONG = "along the proposed boundary, rings one after the other; none where the new line has no part in it"
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "number of the stretch, in the order along the proposed boundary"),
    "kind": Column("text", "displacement against the accuracies of both lines"),
    "begin_m": Column("m", _ALONG),
    "length_m": Column("m", "length of the stretch on the proposed boundary"),
    "base_length_m": Column("m", "length of the stretch on the established boundary"),
    "displacement_max_m": Column("m", "largest distance between the two lines along the stretch"),
    "displacement_mean_m": Column("m", "mean distance between the two lines along the stretch"),
    "area_m2": Column("m2", "added_m2 + removed_m2"),
    "added_m2": Column("m2", "land between the two lines that comes into the zone"),
    "removed_m2": Column("m2", "land between the two lines that leaves the zone"),
    "easting_m": Column("m", "middle of the stretch"),
    "northing_m": Column("m", "middle of the stretch"),
}


@dataclass(frozen=True, eq=False)
class Movement:
    """The stretches of the boundary, and the accuracies that they are judged by.

    Attributes
    ----------
    stretches : as from `gis.displacement.displacement`
    base_accuracy_m, proposed_accuracy_m : stated accuracies; the worst of the new line's sources; None: not stated
    """

    stretches: GeoDataFrame
    base_accuracy_m: float | None
    proposed_accuracy_m: float | None

    def table(self) -> Table:
        """Return the stretches as a table of the Record."""
        rows = self.stretches
        middle = shapely.get_coordinates(shapely.line_interpolate_point(_longest(rows), 0.5, normalized=True))
        told = DataFrame(
            {
                "key": _keys(rows),
                **{name: rows[name].to_numpy() for name in ("kind", "begin_m", "length_m", "base_length_m")},
                **{name: rows[name].to_numpy() for name in ("displacement_max_m", "displacement_mean_m")},
                "area_m2": (rows["added_mm2"] + rows["removed_mm2"]).to_numpy() / MM2_PER_M2,
                "added_m2": rows["added_mm2"].to_numpy() / MM2_PER_M2,
                "removed_m2": rows["removed_mm2"].to_numpy() / MM2_PER_M2,
                "easting_m": middle[:, 0],
                "northing_m": middle[:, 1],
            }
        )
        lengths = [name for name, column in _COLUMNS.items() if column.unit == "m"]
        told[lengths] = told[lengths].round(3)
        return Table(told[list(_COLUMNS)], _COLUMNS)

    def drawn(self) -> GeoDataFrame:
        """Return the stretches to be drawn."""
        rows = self.stretches
        keys = _keys(rows)
        return GeoDataFrame({"key": keys, "name": keys, "kind": rows["kind"]}, geometry=rows.geometry, crs=rows.crs)

    def facts(self, areas_mm2: Mapping[str, int]) -> Iterator[Fact]:
        """Yield the verdict, the accuracies, and lengths and areas by kind, with what they leave of the change."""
        rows, kinds = self.stretches, set(self.stretches["kind"])
        verdict = next(kind for kind in (MOVED, CANNOT_TELL, REDRAWN, UNCHANGED) if kind in kinds)
        yield Fact(f"{NAME}.verdict", verdict, "text", "moved if any stretch is; open if any of the others is")
        yield Fact(f"{NAME}.accuracy_base_m", self.base_accuracy_m, "m", "as stated in the zone layer")
        how = "the worst that is stated of the edits' sources; no data where one states none"
        yield Fact(f"{NAME}.accuracy_proposed_m", self.proposed_accuracy_m, "m", how)
        both = [one for one in (self.base_accuracy_m, self.proposed_accuracy_m) if one is not None]
        agree, differ = (math.hypot(*both), sum(both)) if len(both) == 2 else (None, None)
        yield Fact(f"{NAME}.agree_m", agree, "m", "√(accuracy_base_m² + accuracy_proposed_m²)")
        yield Fact(f"{NAME}.differ_m", differ, "m", "accuracy_base_m + accuracy_proposed_m")
        largest = float(rows["displacement_max_m"].max())
        yield Fact(f"{NAME}.displacement_max_m", round(largest, 3), "m", _COLUMNS["displacement_max_m"].how)
        for kind in KINDS[::-1]:
            yield from _sums(kind, rows[rows["kind"] == kind])
        for part in ("added", "removed"):
            left = areas_mm2[part] - int(rows[f"{part}_mm2"].sum())
            yield Fact(f"{NAME}.residual_m2.{part}", to_m2(left), "m2", f"area_m2.{part} less the sum of the stretches")


def movement(context: Context) -> Movement:
    """Return how the proposed boundary lies against the established one."""
    regions = context.proposal.regions
    changes = [change for change in context.proposal.changes if change.applied.edit.target == "zone"]
    stated = [_accuracy_m(context, change) for change in changes]
    base_m = context.stated_accuracy_m
    source_m = _source_accuracy_m(Course.of(regions.proposed), changes, stated)
    known = np.array([np.nan if base_m is None else base_m])
    either = np.hypot(np.nan_to_num(known), np.nan_to_num(source_m))
    both = np.where(np.isnan(known + source_m), np.inf, known + source_m)
    rows = displacement(
        regions.base, regions.proposed, regions.added, regions.removed, Tolerance(either, both), context.workspace.crs
    )
    worst = None if not stated or None in stated else max(one for one in stated if one is not None)
    return Movement(rows, base_m, worst)


def _accuracy_m(context: Context, change: Change) -> float | None:
    """Return the stated accuracy of what an edit draws, of whole units that of their vintage; None: not stated."""
    edit = change.applied.edit
    if edit.accuracy_m is None and isinstance(edit, AddUnits | RemoveUnits):
        return vintage_accuracy_m(context.workspace, edit.vintage)
    return edit.accuracy_m


def _source_accuracy_m(line: Course, changes: Sequence[Change], stated: Sequence[float | None]) -> Floats:
    """Return for each segment of the new line the accuracy of the edit that drew it, NaN where none is stated.

    An edit has drawn what lies on the boundary after it and not before. What no edit drew is as good as the worst of
    them: it is asked where a part of the old line went without leaving a new one.
    """
    known = np.array([np.nan if one is None else one for one in stated])
    found = np.full(len(line), known.max(initial=0.0))
    if len(set(stated)) <= 1:
        return found
    open_ = np.arange(len(line))
    middle = shapely.points((line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2)
    for change, accuracy_m in zip(reversed(changes), reversed(known), strict=True):
        before = Course.of(change.before)
        (here, _), _ = before.tree.query_nearest(
            middle[open_], max_distance=_ON_M, all_matches=False, return_distance=True
        )
        drawn = np.setdiff1d(np.arange(len(open_)), here)
        found[open_[drawn]] = accuracy_m
        open_ = open_[here]
    return found


def _sums(kind: str, rows: DataFrame) -> Iterator[Fact]:
    for name, line in (("length_m", "proposed"), ("base_length_m", "established")):
        how = f"sum of the stretches, on the {line} boundary"
        yield Fact(f"{NAME}.{kind}.{name}", round(float(rows[name].sum()), 3), "m", how)
    if kind != UNCHANGED:
        for part in ("added", "removed"):
            area = to_m2(int(rows[f"{part}_mm2"].sum()))
            yield Fact(f"{NAME}.{kind}.{part}_m2", area, "m2", "sum of the stretches")


def _keys(rows: GeoDataFrame) -> list[str]:
    return [str(number) for number in range(1, len(rows) + 1)]


def _longest(rows: GeoDataFrame) -> GeoDataFrame:
    """Return the longest line of each stretch."""
    lines, stretch = shapely.get_parts(rows.geometry.values, return_index=True)
    order = np.lexsort([-shapely.length(lines), stretch])
    _, first = np.unique(stretch[order], return_index=True)
    return lines[order[first]]
