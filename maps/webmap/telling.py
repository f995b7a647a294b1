"""What a click tells of a feature: the words of its layer and the facts of its row, each with its key."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame, Series

from gis.language import Lang
from maps.formatter import column_texts, fact_text
from maps.labels import VINTAGES, column_title, fact_title
from maps.style import land_use_title
from planning.proposal import REGIONS
from planning.record import Fact, Record

_AREAS = ("base_m2", "proposed_m2", "added_m2", "removed_m2")
_STATES = ("state_base", "state_proposed")
_SHARES = ("share_proposed", "share_proposed_min", "share_proposed_max")
# Columns of the shape, then of the row in the table.
_TOLD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "functional_areas": (("kind", "planned_use", "document"), ("unit_m2", *_AREAS, *_STATES)),
    "yards": (
        ("kind", "dossier", "document"),
        ("operator", "unit_m2", *_STATES, "share_proposed", "nearest_gate", "gate_distance_m"),
    ),
    "gates": (("document",), ("kind", *_STATES)),
    "constraints": (("kind", "document"), ()),
    "projects.idle": (
        (),
        (
            "condition",
            "met_on",
            "next_on",
            "extended_until",
            "investor",
            "area_m2",
            "idle_since",
            "seen_on",
            "seen",
            "idle_condition",
            "milestone",
            "due_on",
            "late_months",
            "late_condition",
            "missing",
            "document",
            "finding",
        ),
    ),
    "infrastructure": (("kind", "document"), ()),
    "movement": (
        (),
        ("kind", "length_m", "base_length_m", "displacement_max_m", "displacement_mean_m", "added_m2", "removed_m2"),
    ),
    "parcels": (
        (),
        ("land_use", "legal_use", "planned_use", "measured_area_m2", "legal_area_m2", "unit_m2", *_STATES, *_SHARES),
    ),
}
_UNITS_TOLD: tuple[tuple[str, ...], tuple[str, ...]] = ((), ("unit_m2", *_AREAS, "share_proposed", *_STATES))
_LAND_USES = ("land_use", "legal_use", "planned_use")
# From so many rows on, equal cells are written once.
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class Telling:
    """The fields that a click shows and their texts.

    Attributes
    ----------
    fields : ``(title, key before, key after)``; key before + key of the feature + key after is the key of the fact;
        without *after*, *before* is the whole key; without both the field is no fact but a word of the layer
    texts : of every feature, one list a field
    """

    fields: tuple[tuple[str, str, str], ...]
    texts: tuple[Sequence[str], ...]


def telling(record: Record, layer: str, frame: DataFrame, lang: Lang) -> Telling:
    """Return what a click tells of the features `frame`, which carry ``key``."""
    if layer in REGIONS:
        key = f"area_m2.{layer}"
        return Telling(((fact_title(key, lang), key, ""),), ([fact_text(record.fact(key), lang)] * len(frame),))
    table = table_of(layer)
    own, cells = _columns(record, layer, table)
    fields = [(column_title(name, lang, table), "", "") for name in own if name in frame]
    texts: list[Sequence[str]] = [_own_texts(frame, name, lang) for name in own if name in frame]
    if table in record.tables:
        rows = record.tables[table].frame.set_index("key").reindex(frame["key"])
        for name in (name for name in cells if name in rows):
            fields.append((column_title(name, lang, table), f"{table}[", f"].{name}"))
            texts.append(_cell_texts(record, table, rows[name], lang))
    return Telling(tuple(fields), tuple(texts))


def table_of(layer: str) -> str:
    """Return the table whose rows are the features of a layer."""
    if is_units(layer) or layer == "functional_areas":
        return f"by.{layer}"
    return "parcels" if layer == "crossed_parcels" else layer


def is_units(layer: str) -> bool:
    """Tell whether a layer is a vintage of administrative units."""
    return f"by.{layer}".startswith(VINTAGES)


def _columns(record: Record, layer: str, table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which columns are told: those listed above, of any other layer all that its table has."""
    if is_units(layer):
        return _UNITS_TOLD
    if layer == "crossed_parcels":
        return _TOLD["parcels"]
    if layer in _TOLD:
        return _TOLD[layer]
    told = tuple(record.tables[table].columns) if table in record.tables else ()
    return (("kind", "document"), tuple(name for name in told if name not in ("key", "name")))


def _own_texts(frame: DataFrame, name: str, lang: Lang) -> list[str]:
    return [fact_text(Fact(f".{name}", None if pd.isna(value) else value, "text", ""), lang) for value in frame[name]]


def _cell_texts(record: Record, table: str, cells: Series, lang: Lang) -> Sequence[str]:
    name, unit = str(cells.name), record.tables[table].columns[str(cells.name)].unit
    if name in _LAND_USES:
        titles = {code: land_use_title(code, lang) for code in cells.dropna().unique()}
        cells = cells.map(titles, na_action="ignore")
    if len(cells) < _MANY:
        return column_texts([f"{table}[{key}].{name}" for key in cells.index], cells, unit, lang)
    # The key of a cell decides how it is written by its table and column alone.
    places, values = pd.factorize(cells, use_na_sentinel=False)
    texts = Series(column_texts([f"{table}[].{name}"] * len(values), values, unit, lang), dtype=object)
    return list(texts.to_numpy()[places])
