"""What the map draws: each layer of the Record with its looks, its shapes, and the facts that a click shows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.language import Lang
from maps.formatter import column_texts, fact_text
from maps.labels import VINTAGES, column_title, fact_title
from maps.style import LayerStyle, classes, land_use_title, layer_styles
from maps.webmap.shapes import encoded, label_places, thinned
from planning.proposal import REGIONS
from planning.record import Fact, Record

# A coordinate of a parcel is good to 0.1 m on screen, of a boundary to 1 cm.
PARCEL_DECIMALS, DECIMALS = 6, 7

_AREAS = ("base_m2", "proposed_m2", "added_m2", "removed_m2")
_STATES = ("state_base", "state_proposed")
_SHARES = ("share_proposed", "share_proposed_min", "share_proposed_max")
# What a click shows of a feature: columns of its shape, then of its row in the table.
_TOLD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "functional_areas": (("kind", "planned_use", "document"), ("unit_m2", *_AREAS, *_STATES)),
    "yards": (
        ("kind", "dossier", "document"),
        ("operator", "unit_m2", *_STATES, "share_proposed", "nearest_gate", "gate_distance_m"),
    ),
    "gates": (("document",), ("kind", *_STATES)),
    "constraints": (("kind", "document"), ()),
    "infrastructure": (("kind",), ()),
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


@dataclass(frozen=True)
class DrawnLayer:
    """One layer as the page gets it.

    Attributes
    ----------
    style : how it looks
    content : plain values for the page's own script
    tolerance_m : how far its lines were simplified for the screen
    """

    style: LayerStyle
    content: dict[str, Any]
    tolerance_m: float = 0.0


def drawn_layers(record: Record, lang: Lang) -> tuple[DrawnLayer, ...]:
    """Return every layer of the Record that has something to draw, in drawing order."""
    styles = layer_styles(record.geometry, lang)
    return tuple(_drawn(record, style, lang) for style in styles if _has_shape(record, style.layer))


def _has_shape(record: Record, layer: str) -> bool:
    """Tell whether a layer has something to draw; less than 1 m² of a zone is what rounding leaves along its line."""
    if layer in REGIONS and record.value(f"area_m2.{layer}") < 1:
        return False
    return len(record.geometry[layer]) > 0


def _drawn(record: Record, style: LayerStyle, lang: Lang) -> DrawnLayer:
    frame = record.geometry[style.layer]
    by_value = classes(style, _class_values(frame, style), lang)
    looks = list(dict.fromkeys(by_value.values()))
    shapes, tolerance_m = thinned(frame.geometry) if _is_units(style.layer) else (frame.geometry, 0.0)
    decimals = PARCEL_DECIMALS if "parcels" in style.layer else DECIMALS
    titles, tellings = _told(record, style.layer, frame, lang)
    content = {
        "id": style.layer,
        "title": style.title,
        "group": style.group.to(lang),
        "order": style.order,
        "visible": style.visible,
        "minZoom": style.minimum_zoom,
        "scale": 10**decimals,
        "labels": _label_style(style.layer) if style.labelled else "",
        "looks": [asdict(look) for look in looks],
        "fields": titles,
        "features": [
            {"k": key, "n": name, "l": label, "c": looks.index(by_value[value]), "p": place, **shape, "v": values}
            for key, name, label, value, place, shape, values in zip(
                frame["key"], _names(frame, style, lang), _labels(frame, style.layer), _class_values(frame, style),
                label_places(shapes, decimals), encoded(shapes, decimals), tellings, strict=True,
            )
            if shape is not None
        ],
    }  # fmt: skip
    return DrawnLayer(style, content, tolerance_m)


def _class_values(frame: GeoDataFrame, style: LayerStyle) -> list[str | None]:
    if not style.class_field or style.class_field not in frame:
        return [None] * len(frame)
    return [None if pd.isna(value) else str(value) for value in frame[style.class_field]]


def _names(frame: GeoDataFrame, style: LayerStyle, lang: Lang) -> Iterator[str]:
    """Yield the heading of what a click shows."""
    if style.layer in (*REGIONS, "crossed_parcels"):
        return (f"{style.title}: {key}" if style.layer == "crossed_parcels" else style.title for key in frame["key"])
    if style.layer == "parcels":
        return (f"{column_title('parcel_no', lang)} {key}" for key in frame["key"])
    return (str(key if pd.isna(name) else name) for key, name in zip(frame["key"], frame["name"], strict=True))


def _labels(frame: GeoDataFrame, layer: str) -> list[str]:
    """Return what stands on the map at each feature: its name, and on a parcel its land-use code."""
    shown = frame.get("land_use") if layer == "parcels" else frame.get("name")
    if shown is None or layer == "crossed_parcels":
        return [""] * len(frame)
    return ["" if pd.isna(one) else str(one) for one in shown]


def _label_style(layer: str) -> str:
    return "units" if _is_units(layer) else layer


def _is_units(layer: str) -> bool:
    return f"by.{layer}".startswith(VINTAGES)


Titles = list[tuple[str, str, str]]


def _told(record: Record, layer: str, frame: GeoDataFrame, lang: Lang) -> tuple[Titles, list[list[str]]]:
    """Return the fields that a click shows, ``(title, key before, key after)``, and their texts for each feature.

    Key before + key of the feature + key after is the key of the fact; without *after*, *before* is the whole key;
    without both the field is no fact but a word of the layer.
    """
    if layer in REGIONS:
        key = f"area_m2.{layer}"
        return [(fact_title(key, lang), key, "")], [[fact_text(record.fact(key), lang)]] * len(frame)
    table, (own, cells) = _table_of(layer), _UNITS_TOLD if _is_units(layer) else _TOLD.get(layer, _TOLD["parcels"])
    columns = [(column_title(name, lang), "", "") for name in own if name in frame]
    texts = [_own_texts(frame, name, lang) for name in own if name in frame]
    if table in record.tables:
        rows = record.tables[table].frame.set_index("key").reindex(frame["key"])
        for name in (name for name in cells if name in rows):
            columns.append((column_title(name, lang, table), f"{table}[", f"].{name}"))
            texts.append(_cell_texts(record, table, rows, name, lang))
    return columns, [list(values) for values in zip(*texts, strict=True)] or [[]] * len(frame)


def _table_of(layer: str) -> str:
    if _is_units(layer) or layer == "functional_areas":
        return f"by.{layer}"
    return "parcels" if layer == "crossed_parcels" else layer


def _own_texts(frame: GeoDataFrame, name: str, lang: Lang) -> list[str]:
    return [fact_text(Fact(f".{name}", None if pd.isna(value) else value, "text", ""), lang) for value in frame[name]]


def _cell_texts(record: Record, table: str, rows: DataFrame, name: str, lang: Lang) -> list[str]:
    keys: Sequence[str] = [f"{table}[{key}].{name}" for key in rows.index]
    values = rows[name]
    if name in _LAND_USES:
        values = values.map(lambda code: land_use_title(code, lang), na_action="ignore")
    return column_texts(keys, values, record.tables[table].columns[name].unit, lang)
