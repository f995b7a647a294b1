"""Which sheets a file has: one for each subject that the Record can show, then the atlas of what changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import shapely

from gis.language import Lang, Text
from layers import parcels
from maps.labels import table_title
from maps.sheet.drawing import newest_units
from maps.sheet.paper import Bounds, PaperName, Sheet, Window, sheet_for
from maps.sheet.subjects import SUBJECTS, UNITS, Extent, Subject
from planning.record import Record
from planning.undrawn import UndrawnParcels

# Atlas sheets show parcels up to this scale; beyond it they would be a carpet of colours without a code.
_PARCELS_UP_TO = 50_000
# A sheet on which more parcels than this stand on a square millimetre of its map shows none of them.
_PARCELS_PER_MM2 = 0.5
# Around a changed stretch there is this much room, and a window is never smaller than this, m.
_AROUND, _SMALLEST_M = 0.25, 400.0
_STRETCH = Text(vi="Đoạn ranh giới thay đổi số {number}", en="Changed stretch {number}")
_COMMUNE = Text(vi="Biến động tại {name}", en="Changes in {name}")
_CHANGED = (UNITS, "parcels", "infrastructure", "added", "removed", "yards", "base", "proposed", "gates")

# The sheet and the window for an extent, and for a scale where one is asked for.
Laid = Callable[..., tuple[Sheet, Window]]


@dataclass(frozen=True, eq=False)
class PlannedSheet:
    """One sheet before it is drawn.

    Attributes
    ----------
    key : unique within the file, ``boundary``, ``stretch-1``, ``unit-06184``
    title : heading
    sheet, window : the paper and what it shows
    layers, class_fields : as in `Subject`
    facts : keys of the Record that stand on the sheet
    neighbours : keys of the atlas sheets whose windows meet this one's
    """

    key: str
    title: str
    sheet: Sheet
    window: Window
    layers: tuple[str, ...]
    class_fields: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The sheets of a file, and the subjects that have none: for want of data, or because parcels are too many."""

    sheets: tuple[PlannedSheet, ...]
    without: tuple[Subject, ...]
    crowded: tuple[Subject, ...] = ()


def plan(
    record: Record,
    paper: PaperName,
    lang: Lang,
    scale: int | None = None,
    undrawn: UndrawnParcels | None = None,
    *,
    across: bool = False,
) -> Plan:
    """Return the sheets of a Record: all subjects, one per changed stretch, one per commune that changes.

    Parameters
    ----------
    scale : denominator of the sheets of the whole zone; None: the largest round one that fits each
    undrawn : the parcels, where the Record does not draw them itself
    across : all sheets lie
    """
    laid = partial(sheet_for, paper, across=across)
    can = [subject for subject in SUBJECTS if not subject.asks or _has(record, subject.asks, undrawn)]
    sheets = [(subject, _subject_sheet(record, subject, laid, lang, scale)) for subject in can]
    crowded = tuple(subject for subject, sheet in sheets if _is_crowded(sheet, undrawn))
    atlas = with_neighbours(tuple(_atlas(record, laid, lang)))
    shown = (sheet for subject, sheet in sheets if subject not in crowded)
    return Plan((*shown, *atlas), tuple(subject for subject in SUBJECTS if subject not in can), crowded)


def with_neighbours(sheets: tuple[PlannedSheet, ...]) -> tuple[PlannedSheet, ...]:
    """Return the sheets of an atlas, each with the others whose windows meet its own."""
    windows = shapely.box(*zip(*(sheet.window.bounds for sheet in sheets), strict=True)) if sheets else []
    return tuple(
        replace(sheet, neighbours=tuple(sheets[other].key for other in _meeting(windows, place)))
        for place, sheet in enumerate(sheets)
    )


def stretches(record: Record) -> list[Any]:
    """Return the connected parts of what is added or removed, the largest first."""
    shapes = [shape for name in ("added", "removed") for shape in record.geometry[name].geometry.values]
    parts = shapely.get_parts(shapely.union_all(shapes)) if shapes else []
    return sorted(parts, key=lambda part: -part.area)


def _subject_sheet(record: Record, subject: Subject, laid: Laid, lang: Lang, scale: int | None) -> PlannedSheet:
    sheet, window = laid(_extent(record, subject.extent), scale if subject.extent == "zone" else None)
    title = subject.title.to(lang)
    return PlannedSheet(subject.key, title, sheet, window, subject.layers, subject.class_fields, subject.facts)


def _atlas(record: Record, laid: Laid, lang: Lang) -> Iterator[PlannedSheet]:
    for number, shape in enumerate(stretches(record), start=1):
        sheet, window = laid(_with_room(shape.bounds))
        title = _STRETCH.to(lang, number=str(number))
        yield PlannedSheet(f"stretch-{number}", title, sheet, window, (*_changed_layers(window), "markers"))
    units = newest_units(record)
    table = f"by.{units}"
    if table not in record.tables:
        return
    rows = record.tables[table].frame
    outlines = record.geometry[units].set_index("key").geometry
    for row in rows[(rows["added_m2"] > 0) | (rows["removed_m2"] > 0)].itertuples():
        sheet, window = laid(_with_room(outlines[row.key].bounds))
        facts = tuple(f"{table}[{row.key}].{column}" for column in ("base_m2", "proposed_m2", "added_m2", "removed_m2"))
        title = f"{_COMMUNE.to(lang, name=row.name)} ({table_title(table, lang)})"
        yield PlannedSheet(f"unit-{row.key}", title, sheet, window, _changed_layers(window), facts=facts)


def _changed_layers(window: Window) -> tuple[str, ...]:
    return tuple(layer for layer in _CHANGED if layer != "parcels" or window.scale <= _PARCELS_UP_TO)


def _has(record: Record, layer: str, undrawn: UndrawnParcels | None) -> bool:
    if layer == parcels.SCHEMA.name and undrawn is not None:
        return True
    return layer in record.geometry and not record.geometry[layer].empty


def _is_crowded(sheet: PlannedSheet, undrawn: UndrawnParcels | None) -> bool:
    """Tell whether a sheet would be a carpet of parcels too small to see."""
    if undrawn is None or parcels.SCHEMA.name not in sheet.layers:
        return False
    width, height = sheet.sheet.map_mm
    return undrawn.count(sheet.window.bounds) > width * height * _PARCELS_PER_MM2


def _extent(record: Record, extent: Extent) -> Bounds:
    units = newest_units(record)
    names = [units] if extent == "units" and units else ["base", "proposed"]
    return _bounds([shape for name in names for shape in record.geometry[name].geometry.values])


def _bounds(shapes: list[Any]) -> Bounds:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _with_room(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    room = max((_SMALLEST_M - max(east - west, north - south)) / 2, _AROUND * max(east - west, north - south))
    return west - room, south - room, east + room, north + room


def _meeting(windows: Any, place: int) -> list[int]:
    met = shapely.intersects(windows, windows[place])
    met[place] = False
    return [int(other) for other in met.nonzero()[0]]
