"""What the map draws: each layer of the Record with its looks, its shapes, and the facts that a click shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame, Series

from gis.language import Lang
from maps.errors import NothingToDraw
from maps.labels import column_title
from maps.style import LayerStyle, classes, layer_styles
from maps.webmap.shapes import encoded, label_places, thinned
from maps.webmap.telling import Telling, is_units, table_of, telling
from maps.webmap.tiled import Classes, Large, Theme, large_of, tiled
from planning.proposal import REGIONS
from planning.record import Record

# A coordinate of a parcel is good to 0.1 m on screen, of a boundary to 1 cm.
PARCEL_DECIMALS, DECIMALS = 6, 7
# Above either, a layer becomes tiles.
FEATURES_MAX, VERTICES_MAX = 10_000, 150_000


@dataclass(frozen=True)
class DrawnLayer:
    """One layer as the page gets it.

    Attributes
    ----------
    style : how it looks
    content : plain values for the page's own script
    tolerance_m : how far its lines were simplified for the screen
    chunks : what its script loads when it is looked at, by name
    """

    style: LayerStyle
    content: dict[str, Any]
    tolerance_m: float = 0.0
    chunks: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Shown:
    """What features say: the cells of a click, the ways to colour them, and their headings."""

    told: Telling
    themes: tuple[Theme, ...]
    names: Sequence[str]


def drawn_layers(record: Record, lang: Lang, large: Mapping[str, Large] | None = None) -> tuple[DrawnLayer, ...]:
    """Return every layer of the Record that has something to draw, in drawing order.

    Parameters
    ----------
    large : shapes that the Record leaves in the project, because they are too many, by layer
    """
    kept = large or {}
    styles = layer_styles((*record.geometry, *kept), lang)
    if not record.scenario:  # without a change to look at, the land itself is the map
        styles = tuple(replace(style, minimum_zoom=0) for style in styles)
    return tuple(
        _drawn(record, style, lang, kept) for style in styles if style.layer in kept or _has_shape(record, style.layer)
    )


def chosen(drawn: tuple[DrawnLayer, ...], layers: tuple[str, ...]) -> tuple[DrawnLayer, ...]:
    """Return the layers that are asked for, by the name of the layer of the project; the zone's lines are always there.

    Raises
    ------
    NothingToDraw
        A layer that is asked for is not among them.
    """
    if not layers:
        return drawn
    there = {_layer_of(one.style.layer) for one in drawn}
    missing = [layer for layer in layers if layer not in there]
    if missing:
        raise NothingToDraw(layer=", ".join(missing), layers=", ".join(sorted(there)))
    return tuple(one for one in drawn if _layer_of(one.style.layer) in {*layers, "zone"})


def _layer_of(name: str) -> str:
    """Return the layer of the project that a drawn one belongs to."""
    if name in REGIONS:
        return "zone"
    return "parcels" if name == "crossed_parcels" else name.partition("@")[0]


def _has_shape(record: Record, layer: str) -> bool:
    """Tell whether a layer has something to draw; less than 1 m² of a zone is what rounding leaves along its line."""
    if layer in REGIONS and record.value(f"area_m2.{layer}") < 1:
        return False
    return len(record.geometry[layer]) > 0


def _drawn(record: Record, style: LayerStyle, lang: Lang, kept: Mapping[str, Large]) -> DrawnLayer:
    if style.layer in kept:
        large = kept[style.layer]
        rows = DataFrame({"key": large.keys}) if large.rows is None else large.rows
        return _tiled(style, large, _shown(record, style, rows, lang), lang)
    frame = record.geometry[style.layer]
    shapes, tolerance_m = thinned(frame.geometry) if is_units(style.layer) else (frame.geometry, 0.0)
    return drawn_frame(style, frame.set_geometry(shapes), _shown(record, style, frame, lang), lang, tolerance_m)


def drawn_frame(
    style: LayerStyle, frame: GeoDataFrame, shown: Shown, lang: Lang, tolerance_m: float = 0.0
) -> DrawnLayer:
    """Return features, which carry ``key``, as a layer: plain values while they are few, tiles above that."""
    shapes = frame.geometry
    if len(frame) > FEATURES_MAX or shapely.get_num_coordinates(shapes.values).sum() > VERTICES_MAX:
        return _tiled(style, large_of(frame), shown, lang)
    decimals = PARCEL_DECIMALS if "parcels" in style.layer else DECIMALS
    content = {
        **_common(style, shown.told.fields, shown.themes, lang),
        "scale": 10**decimals,
        "features": [
            {"k": key, "n": name, "l": label, "c": list(codes), "p": place, **shape, "v": values}
            for key, name, label, codes, place, shape, values in zip(
                frame["key"], shown.names, labels(frame, style.layer),
                zip(*(theme.codes for theme in shown.themes), strict=True), label_places(shapes, decimals),
                encoded(shapes, decimals), _rows(shown.told.texts, len(frame)), strict=True,
            )
            if shape is not None
        ],
    }  # fmt: skip
    return DrawnLayer(style, content, tolerance_m)


def _shown(record: Record, style: LayerStyle, rows: DataFrame, lang: Lang) -> Shown:
    told = telling(record, style.layer, rows, lang)
    return Shown(told, tuple(_themes(record, style, rows, lang)), tuple(_names(rows, style, lang)))


def _tiled(style: LayerStyle, large: Large, shown: Shown, lang: Lang) -> DrawnLayer:
    # Words that a tile cannot hold stand with the cells.
    names = [] if style.layer == "parcels" else shown.names
    content, chunks = tiled(style.layer, large, Classes(shown.themes), shown.told.texts, names)
    common = _common(style, shown.told.fields, shown.themes, lang)
    named = {"nameBefore": f"{column_title('parcel_no', lang)} "} if style.layer == "parcels" else {}
    return DrawnLayer(replace(style, minimum_zoom=0), {**common, "minZoom": 0, **named, **content}, 0.0, chunks)


def _common(
    style: LayerStyle, fields: Sequence[tuple[str, str, str]], themes: Sequence[Theme], lang: Lang
) -> dict[str, Any]:
    return {
        "id": style.layer,
        "title": style.title,
        "group": style.group.to(lang),
        "order": style.order,
        "visible": style.visible,
        "minZoom": style.minimum_zoom,
        "labels": ("units" if is_units(style.layer) else style.layer) if style.labelled else "",
        "themes": [{"title": theme.title, "looks": [asdict(look) for look in theme.looks]} for theme in themes],
        "fields": fields,
    }


def _rows(columns: Sequence[Sequence[str]], count: int) -> Iterator[Sequence[str]]:
    return zip(*columns, strict=True) if columns else iter([()] * count)


def _themes(record: Record, style: LayerStyle, frame: DataFrame, lang: Lang) -> Iterator[Theme]:
    """Yield the ways in which a layer can be coloured; one whose every value is missing is none, but for the first."""
    for place, field in enumerate(style.class_fields):
        values = _class_values(record, style.layer, field, frame)
        places, found = pd.factorize(values, use_na_sentinel=False)
        named = [None if pd.isna(value) else str(value) for value in found]
        if place and not any(named):
            continue
        by_value = classes(style, named, lang, field)
        looks = list(dict.fromkeys(by_value.values()))
        look_of = np.array([looks.index(by_value[value]) for value in named], dtype=np.int64)
        title = column_title(field, lang, table_of(style.layer)) if field else ""
        yield Theme(field, title, tuple(looks), look_of[places].tolist() if len(places) else [])


def _class_values(record: Record, layer: str, field: str, frame: DataFrame) -> Series:
    if field in frame:
        return frame[field].astype(object)
    table = record.tables.get(table_of(layer))
    if not field or table is None or field not in table.frame:
        return Series([None] * len(frame), dtype=object)
    return table.frame.set_index("key")[field].reindex(frame["key"]).astype(object)


def _names(frame: DataFrame, style: LayerStyle, lang: Lang) -> Iterator[str]:
    """Yield the heading of what a click shows."""
    if style.layer in (*REGIONS, "crossed_parcels"):
        return (f"{style.title}: {key}" if style.layer == "crossed_parcels" else style.title for key in frame["key"])
    if style.layer == "parcels":
        return (f"{column_title('parcel_no', lang)} {key}" for key in frame["key"])
    names = frame["name"] if "name" in frame else frame["key"]
    return (str(key if pd.isna(name) else name) for key, name in zip(frame["key"], names, strict=True))


def labels(frame: GeoDataFrame, layer: str) -> list[str]:
    """Return what stands on the map at each feature: its name, and on a parcel its land-use code."""
    shown = frame.get("land_use") if layer == "parcels" else frame.get("name")
    if shown is None or layer == "crossed_parcels":
        return [""] * len(frame)
    return ["" if pd.isna(one) else str(one) for one in shown]
