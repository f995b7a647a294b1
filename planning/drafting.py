"""From what a planner asks for to edits: files become shapes, names of units become codes, grounds go with each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyproj import CRS

from gis.language import Text
from layers.workspace import Workspace
from planning.drawn_file import features_of, lines_of
from planning.edits import (
    REACH_M,
    AddPolygon,
    AddUnits,
    CutPolygon,
    Edit,
    Feature,
    MergeFeatures,
    MoveVertices,
    RemoveFeatures,
    RemoveUnits,
    ReplaceBoundary,
    ReplaceStretch,
    RetypeFeatures,
    Target,
)
from planning.errors import EditIncomplete
from planning.units import named_units


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is asked for, as it was said; None and empty for what was not.

    Attributes
    ----------
    boundary, stretch, move, add, cut : files with shapes
    add_units, remove_units : codes or names, by commas
    vintage : ISO day of those
    remove, merge, retype : keys of features, by commas
    into : key of the feature that the merged ones become
    values : fields of the retyped features and their new values
    crs : of files that state none, or the wrong one
    reach_m : how far ends of stretches and corners may lie off
    document, dated, author, accuracy_m : the grounds: see `planning.edits.Grounds`
    """

    target: Target = "zone"
    boundary: Path | None = None
    stretch: Path | None = None
    move: Path | None = None
    add_units: str | None = None
    remove_units: str | None = None
    vintage: str | None = None
    add: Path | None = None
    cut: Path | None = None
    remove: str | None = None
    merge: str | None = None
    into: str | None = None
    retype: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    crs: CRS | None = None
    reach_m: float = REACH_M
    reason: str = ""
    document: str = ""
    dated: str = ""
    author: str = ""
    accuracy_m: float | None = None


def edits_of(workspace: Workspace, draft: Draft) -> tuple[Edit, ...]:
    """Return the edits of a draft, in the order of its attributes.

    Raises
    ------
    EditIncomplete
        Values without features to retype, or the like.
    UnitUnknown, VintageUnknown, UnitOfWhichVintage and their like, and those of `planning.drawn_file`
    """
    _require_complete(draft)
    return tuple(_edits(workspace, draft))


def _edits(workspace: Workspace, draft: Draft) -> Iterator[Edit]:
    target, grounds = draft.target, _grounds(draft)
    if draft.boundary is not None:
        shapes = features_of(draft.boundary, workspace, target, keyed=True, crs=draft.crs)
        yield ReplaceBoundary(shapes, target=target, **_stated(grounds, shapes))
    if draft.stretch is not None:
        lines = lines_of(draft.stretch, workspace, target, keyed=True, crs=draft.crs)
        yield ReplaceStretch(lines, target=target, reach_m=draft.reach_m, **_stated(grounds, lines))
    if draft.move is not None:
        lines = lines_of(draft.move, workspace, target, keyed=False, crs=draft.crs)
        yield MoveVertices(lines, target=target, reach_m=draft.reach_m, **_stated(grounds, lines))
    for kind, units in ((AddUnits, draft.add_units), (RemoveUnits, draft.remove_units)):
        if units is not None:
            day, codes = named_units(workspace, _parted(units), draft.vintage)
            yield kind(codes, day, target=target, **grounds)
    if draft.add is not None:
        shapes = features_of(draft.add, workspace, target, keyed=True, crs=draft.crs)
        yield AddPolygon(shapes, target=target, **_stated(grounds, shapes))
    if draft.cut is not None:
        shapes = features_of(draft.cut, workspace, target, keyed=False, crs=draft.crs)
        yield CutPolygon(shapes, target=target, **_stated(grounds, shapes))
    if draft.remove is not None:
        yield RemoveFeatures(_parted(draft.remove), target=target, **grounds)
    if draft.merge is not None:
        keys = _parted(draft.merge)
        yield MergeFeatures(keys, draft.into or keys[0], target=target, **grounds)
    if draft.retype is not None:
        yield RetypeFeatures(_parted(draft.retype), draft.values, target=target, **grounds)


def _grounds(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("reason", "document", "dated", "author", "accuracy_m")}


def _stated(grounds: dict[str, Any], shapes: tuple[Feature, ...]) -> dict[str, Any]:
    """Return the grounds with the accuracy that the file states of all its shapes, unless one was given."""
    stated = [dict(one.attributes).get("accuracy_m") for one in shapes]
    if grounds["accuracy_m"] is not None or None in stated:
        return grounds
    return {**grounds, "accuracy_m": max(float(str(one)) for one in stated)}


def _parted(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _require_complete(draft: Draft) -> None:
    checks = (
        (bool(draft.values) != (draft.retype is not None), _RETYPE),
        (draft.into is not None and draft.merge is None, _INTO),
        (draft.merge is not None and len(_parted(draft.merge)) < 2, _MERGE),
    )
    for missing, what in checks:
        if missing:
            raise EditIncomplete(missing=what)


_RETYPE = Text(vi="--retype KHÓA đi cùng --set TRƯỜNG=GIÁ TRỊ", en="--retype KEYS goes with --set FIELD=VALUE")
_INTO = Text(vi="--into KHÓA đi cùng --merge KHÓA,KHÓA", en="--into KEY goes with --merge KEYS")
_MERGE = Text(
    vi="--merge cần ít nhất hai khóa, cách nhau bằng dấu phẩy", en="--merge wants two keys at least, by commas"
)
