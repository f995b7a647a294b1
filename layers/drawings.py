"""Drawings of a land office: which levels hold what, and the rows that they become."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from geopandas import GeoDataFrame

from gis.language import Text
from gis.linework import (
    Areas,
    Leftover,
    Levels,
    areas_of_lines,
    areas_of_shapes,
    closed_to_areas,
    has_texts,
    is_linework,
)
from gis.pattern import Pattern
from layers.errors import DrawingLeftovers, LevelUnknown, PatternNotMatched
from layers.schema import LayerSchema, TableSchema
from layers.wishes import Note, Wishes

DRAWINGS = ("DXF", "DGN")
# Where boundaries and labels of parcels stand by the standard, which exports follow.
BOUNDARY_LEVEL, LABEL_LEVEL = "10", "11"
_ROLES = ("boundary", "label")


@cache
def cadastral_levels() -> Levels:
    """Return the levels of the cadastral standard of 2014."""
    table = files("layers") / "data" / "drawing_levels.csv"
    with table.open(encoding="utf-8") as file:
        return _levels([(row["role"], row["level"]) for row in csv.DictReader(file)])


def parse_levels(words: Sequence[str], schema: TableSchema) -> Levels | None:
    """Return what ``--level ROLE=LEVEL`` says, None where it says nothing.

    Raises
    ------
    LevelUnknown
        Not of that form, or neither a role nor a field of the layer.
    """
    pairs = [tuple(part.strip() for part in word.partition("=")[::2]) for word in words]
    for role, level in pairs:
        if not level or (role not in _ROLES and schema.field(role) is None):
            raise LevelUnknown(level=f"{role}={level}", layer=schema.name)
    return _levels([(role, level) for role, level in pairs]) if pairs else None


def rows_of_drawing(
    frame: GeoDataFrame, path: Path, schema: LayerSchema, wishes: Wishes
) -> tuple[GeoDataFrame, list[Note]]:
    """Return the features of a drawing, and what it left over.

    Raises
    ------
    DrawingLeftovers, PatternNotMatched
    """
    if schema.geometry != "polygon":
        return frame, []
    levels = wishes.levels or cadastral_levels()
    labelled = schema.field("parcel_no") is not None or wishes.label is not None
    if is_linework(frame, levels):
        areas = areas_of_lines(frame, levels)
    elif labelled and has_texts(frame):
        areas = areas_of_shapes(frame, wishes.levels or Levels())
    else:
        return _closed(frame)
    notes = [_left(one) for one in areas.leftovers]
    if areas.leftovers and not wishes.quarantine:
        told = Text(vi="; ".join(one.text.vi for one in notes), en="; ".join(one.text.en for one in notes))
        raise DrawingLeftovers(path=path, rows=len(areas.frame), leftovers=told)
    return _with_labels(areas, schema, wishes.label), notes


def _levels(pairs: Sequence[tuple[str, str]]) -> Levels:
    by_role: dict[str, tuple[str, ...]] = {}
    for role, level in pairs:
        by_role[role] = (*by_role.get(role, ()), level)
    fields: Mapping[str, tuple[str, ...]] = {role: one for role, one in by_role.items() if role not in _ROLES}
    return Levels(by_role.get("boundary", ()), by_role.get("label", ()), fields)


def _closed(frame: GeoDataFrame) -> tuple[GeoDataFrame, list[Note]]:
    """Return the closed shapes of a drawing without labels; its texts are told, other lines are for the check."""
    shapes = closed_to_areas(np.asarray(frame.geometry.values, dtype=object))
    rows = frame.set_geometry(shapes, crs=frame.crs)
    texts = rows["Text"].notna() & (rows.geom_type == "Point") if "Text" in rows else np.zeros(len(rows), dtype=bool)
    count = int(texts.sum())
    notes = [Note("text-left-out", _TEXTS.filled(count=count), count)] if count else []
    return rows[~texts], notes


def _with_labels(areas: Areas, schema: TableSchema, pattern: Pattern | None) -> GeoDataFrame:
    """Spread the labels over the fields that the pattern names; a label that is a number is the parcel's."""
    frame = areas.frame
    if pattern is None:
        plain = frame["label"].str.strip()
        return frame.assign(parcel_no=plain) if schema.field("parcel_no") and plain.str.isdecimal().all() else frame
    found = [pattern.fields_of(label) for label in frame["label"]]
    wrong = next((label for label, one in zip(frame["label"], found, strict=True) if one is None), None)
    if wrong is not None:
        raise PatternNotMatched(text=wrong, pattern=pattern.text, option="--label")
    return frame.assign(**{name: [one[name] for one in found if one] for name in pattern.fields})


def _left(one: Leftover) -> Note:
    places = ", ".join(f"E {easting:.2f} N {northing:.2f}" for easting, northing in one.places)
    return Note(one.kind, _LEFTOVERS[one.kind].filled(count=one.count, places=places), one.count)


_TEXTS = Text(vi="{count} chữ của bản vẽ không được dùng", en="{count} texts of the drawing were left out")
_LEFTOVERS = {
    "area-without-label": Text(
        vi="{count} vùng không có nhãn ({places})", en="{count} areas without a label ({places})"
    ),
    "area-with-several-labels": Text(
        vi="{count} vùng có nhiều nhãn ({places})", en="{count} areas with several labels ({places})"
    ),
    "label-outside": Text(
        vi="{count} nhãn nằm ngoài mọi vùng ({places})", en="{count} labels outside every area ({places})"
    ),
    "label-on-a-boundary": Text(
        vi="{count} nhãn nằm trên ranh giới ({places})", en="{count} labels on a boundary ({places})"
    ),
    "line-that-bounds-nothing": Text(
        vi="{count} đường không khép vùng ({places})", en="{count} lines that bound no area ({places})"
    ),
}
