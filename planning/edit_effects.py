"""What each edit of a plan does, a row each: its grounds, its effect, and whether it still stands as it was made."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import shapely
from pandas import DataFrame

from gis.measure import areas_mm2, to_m2
from layers.shared import Same
from planning.edits import Edit, Feature, kind_of
from planning.proposal import Change
from planning.record import Column, Fact, Table

NAME = "edits"

_STATED = Column("text", "as stated with the edit")
_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "scenario and number of the edit"),
    "edit_kind": Column("text", "kind of the edit"),
    "edit_target": Column("text", "layer that the edit changes"),
    "named": Column("text", "codes and keys that the edit names"),
    "shapes": Column("count", "shapes that the edit draws"),
    "reason": _STATED,
    "document": _STATED,
    "dated": Column("date", "as stated with the edit"),
    "author": _STATED,
    "accuracy_m": Column("m", "as stated with the edit"),
    "added_m2": Column("m2", "land that the edit brings into its layer"),
    "removed_m2": Column("m2", "land that the edit takes out of its layer"),
    "overlap_m2": Column("m2", "land that later edits change again, or that features of the layer now have twice"),
    "changed_since": Column("text", "what is not as it was when the edit was made"),
}


def edit_table(changes: Sequence[Change], changed_since: Mapping[str, Sequence[str]]) -> Table:
    """Return the edits of a plan as a table of the Record.

    Parameters
    ----------
    changes : what each edit makes of its layer, in the order of applying
    changed_since : as from `planning.scenario.changed_footings`
    """
    rows = [_row(change, changes[place + 1 :], changed_since) for place, change in enumerate(changes)]
    return Table(DataFrame(rows, columns=list(_COLUMNS)), _COLUMNS)


def edit_facts(table: Table) -> Iterator[Fact]:
    """Yield how many edits there are, how many do nothing any more or stand on changed data, and what they do twice."""
    rows = table.frame
    idle = (rows["added_m2"] == 0) & (rows["removed_m2"] == 0) & ~rows["edit_kind"].isin(_WITHOUT_AREA)
    yield Fact(f"{NAME}.count", len(rows), "count", "edits in force, those of the scenarios below included")
    yield Fact(f"{NAME}.without_effect", int(idle.sum()), "count", "edits that neither add nor remove land")
    how = "edits whose layer, units or base scenario are not as they were when the edit was made"
    yield Fact(f"{NAME}.changed_since", int(rows["changed_since"].notna().sum()), "count", how)
    overlap_m2 = to_m2(int(np.rint(rows["overlap_m2"].to_numpy(dtype=float) * 1e6).sum()))
    yield Fact(f"{NAME}.overlap_m2", overlap_m2, "m2", "sum of the rows")


_WITHOUT_AREA = ("merge_features", "retype_features")


def _row(change: Change, later: Sequence[Change], changed_since: Mapping[str, Sequence[str]]) -> list[object]:
    applied = change.applied
    edit = applied.edit
    named = getattr(edit, "units", ()) or getattr(edit, "keys", ()) or [one.key for one in _features(edit) if one.key]
    areas = [to_m2(int(one)) for one in areas_mm2([change.added, change.removed])]
    return [
        applied.key, kind_of(edit), edit.target, ", ".join(named) or None, len(_features(edit)),
        edit.reason or None, edit.document or None, edit.dated or None, edit.author or None, _number(edit.accuracy_m),
        *areas, to_m2(_overlap_mm2(change, later)), ", ".join(changed_since.get(applied.key, ())) or None,
    ]  # fmt: skip


def _features(edit: Edit) -> tuple[Feature, ...]:
    return getattr(edit, "features", ())


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _overlap_mm2(change: Change, later: Sequence[Change]) -> int:
    """Return the land that a later edit of the same layer changes again, and what its features now have twice."""
    target = change.applied.edit.target
    others = [one for one in later if one.applied.edit.target == target]
    again = [
        shapely.intersection(mine, theirs)
        for one in others
        for mine, theirs in ((change.added, one.removed), (change.removed, one.added))
    ]
    overlap = int(areas_mm2([shapely.union_all(again)])[0]) if again else 0
    return (
        overlap
        if target == "zone"
        else overlap + max(0, _double_mm2(Same(change.after)) - _double_mm2(Same(change.before)))
    )


@lru_cache(maxsize=16)  # what one edit leaves is what the next one finds
def _double_mm2(rows: Same) -> int:
    """Return by how much the features of a layer are more than the land that they lie on."""
    shapes = rows.frame.geometry.values
    return int(areas_mm2(shapes).sum() - areas_mm2([shapely.union_all(shapes)])[0])
