"""Edits as values: what changes in which layer, on what grounds. `planning.applying` says what comes of them."""

from dataclasses import dataclass, fields
from typing import Any, Literal

from gis.language import Text

Target = Literal["zone", "functional_areas", "yards"]
TARGETS: tuple[Target, ...] = ("zone", "functional_areas", "yards")

# Ends of a drawn stretch and corners that are picked up may lie so far off the line, unless the edit says otherwise.
REACH_M = 1.0


@dataclass(frozen=True)
class Feature:
    """A drawn shape with what its file said of it; `key` None for a shape of the zone, which needs no name."""

    geometry: Any
    key: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What an edit rests on, besides its reason.

    Attributes
    ----------
    document, dated : the paper that asks for it, and its ISO day
    author : who made the edit
    accuracy_m : stated accuracy of the shapes; None where nobody stated it
    """

    document: str = ""
    dated: str = ""
    author: str = ""
    accuracy_m: float | None = None


@dataclass(frozen=True)
class AddUnits(Grounds):
    """The zone takes in whole administrative units, named by their codes in one vintage."""

    units: tuple[str, ...]
    vintage: str
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class RemoveUnits(Grounds):
    """The zone gives up whole administrative units, named by their codes in one vintage."""

    units: tuple[str, ...]
    vintage: str
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class AddPolygon(Grounds):
    """The zone takes in the shapes; another layer gets them as new features."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class CutPolygon(Grounds):
    """The shapes are cut out of the zone, or out of every feature of another layer."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class ReplaceBoundary(Grounds):
    """The shapes become the zone; in another layer they reshape the features that have their keys."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class ReplaceStretch(Grounds):
    """Drawn lines take the place of stretches of the boundary, or of the outline of the features with their keys.

    The ends of a line lie on the boundary, within `reach_m`, or the line crosses it; what is replaced is the stretch
    between them that encloses less with the line.
    """

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"
    reach_m: float = REACH_M


@dataclass(frozen=True)
class MoveVertices(Grounds):
    """Corners move: each line starts at the corner, within `reach_m`, and ends at its new place.

    In a layer of features a corner that neighbours share moves in all of them, unless the line names one by its key.
    """

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"
    reach_m: float = REACH_M


@dataclass(frozen=True)
class RemoveFeatures(Grounds):
    """Features are given up, named by their keys."""

    keys: tuple[str, ...]
    reason: str = ""
    target: Target = "yards"


@dataclass(frozen=True)
class MergeFeatures(Grounds):
    """Features become one, which has the key `into`: what is known of it comes from the feature of that key."""

    keys: tuple[str, ...]
    into: str
    reason: str = ""
    target: Target = "functional_areas"


@dataclass(frozen=True)
class RetypeFeatures(Grounds):
    """Features get other values in some fields: kind, planned use, phase, operator …; their shapes stay."""

    keys: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    reason: str = ""
    target: Target = "functional_areas"


DrawnEdit = AddPolygon | CutPolygon | ReplaceBoundary | ReplaceStretch | MoveVertices
Edit = AddUnits | RemoveUnits | DrawnEdit | RemoveFeatures | MergeFeatures | RetypeFeatures
KINDS: dict[str, type[Edit]] = {
    "add_units": AddUnits,
    "remove_units": RemoveUnits,
    "add_polygon": AddPolygon,
    "cut_polygon": CutPolygon,
    "replace_boundary": ReplaceBoundary,
    "replace_stretch": ReplaceStretch,
    "move_vertices": MoveVertices,
    "remove_features": RemoveFeatures,
    "merge_features": MergeFeatures,
    "retype_features": RetypeFeatures,
}
TITLES: dict[str, Text] = {
    "add_units": Text(vi="Thêm đơn vị hành chính", en="Add administrative units"),
    "remove_units": Text(vi="Bớt đơn vị hành chính", en="Remove administrative units"),
    "add_polygon": Text(vi="Thêm vùng", en="Add polygon"),
    "cut_polygon": Text(vi="Cắt vùng", en="Cut polygon"),
    "replace_boundary": Text(vi="Thay ranh giới", en="Replace boundary"),
    "replace_stretch": Text(vi="Thay một đoạn ranh giới", en="Replace a stretch"),
    "move_vertices": Text(vi="Dời đỉnh", en="Move vertices"),
    "remove_features": Text(vi="Bỏ đối tượng", en="Remove features"),
    "merge_features": Text(vi="Gộp đối tượng", en="Merge features"),
    "retype_features": Text(vi="Đổi thuộc tính", en="Change attributes"),
}


def kind_of(edit: Edit) -> str:
    """Return the name under which this kind of edit is stored."""
    return next(name for name, kind in KINDS.items() if isinstance(edit, kind))


def title_of(edit: Edit) -> Text:
    """Return what people call this kind of edit."""
    return TITLES[kind_of(edit)]


def values_of(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain values, without its shapes and without what nobody stated."""
    said = {one.name: getattr(edit, one.name) for one in fields(edit) if one.name not in _ALWAYS}
    stated = {name: _plain(value) for name, value in said.items() if value not in ("", None)}
    return {"kind": kind_of(edit), "target": edit.target, "reason": edit.reason, **stated}


def edit_of(values: dict[str, Any], features: tuple[Feature, ...]) -> Edit:
    """Return the edit of plain values and shapes; raise ValueError, TypeError or KeyError where they make none."""
    kind = KINDS[values["kind"]]
    wanted = {one.name for one in fields(kind)}
    given = {name: _frozen(value) for name, value in values.items() if name in wanted}
    if "features" in wanted:
        if not features:
            raise ValueError("edits.gpkg")
        given["features"] = features
    return kind(**given)


# Told first, or kept beside the text.
_ALWAYS = ("target", "reason", "features")


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list | tuple) else value
