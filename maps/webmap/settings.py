"""settings(): what the page must know before its layers come: extent, words, coordinates, what can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from gis.crs import parse_crs
from gis.language import Lang
from maps.formatter import fact_text
from maps.islands import ARCHIPELAGOS, Box, names_required
from maps.labels import AREAS, fact_title
from maps.relief import RELIEF_COLOUR, Relief
from maps.style import GROUPS
from maps.webmap.backdrop import Backdrop
from maps.webmap.coordinates import Grid, grid_of
from maps.webmap.drawing import DrawnLayer, drawn_layers
from maps.webmap.officer import Extra
from maps.webmap.overrides import Override
from maps.webmap.shapes import bounds
from maps.webmap.words import words
from planning.proposal import REGIONS
from planning.record import Record

_COMPARED = (
    "area_m2.proposed",
    "area_m2.added",
    "area_m2.removed",
    "area_m2.net",
    "area_m2.gross",
    "share_of_declared.net",
    "share_of_declared.gross",
    "parcels.inside",
    "parcels.outside",
    "parcels.crossed",
    "parcels.undecidable",
)
# What a variant may change, besides the zone.
_REPLANNED = ("functional_areas", "yards", "crossed_parcels")


@dataclass(frozen=True)
class Wishes:
    """What is asked of a map besides its Record.

    Attributes
    ----------
    layers : names of the layers to draw, of `Record.geometry` or of the project; empty for all
    beside : another variant, to be compared
    backdrop, relief : lie under the map
    extras : what is told over the Record: findings of a check, idle land
    served : the page will be opened from a web server: large layers are one archive each, read in ranges of bytes
    overrides : rules of the guard that are set aside, told on the map
    """

    layers: tuple[str, ...] = ()
    beside: Record | None = None
    backdrop: Backdrop | None = None
    relief: Relief | None = None
    extras: tuple[Extra, ...] = ()
    served: bool = False
    overrides: tuple[Override, ...] = ()


def settings(
    record: Record,
    drawn: Sequence[DrawnLayer],
    wishes: Wishes,
    pictures: Mapping[str, Backdrop],
    chunk_folder: str,
    lang: Lang,
) -> dict[str, Any]:
    """Return the settings as plain values; `pictures` are those that lie under the map, by name."""
    extent = _extent(record, drawn)
    whole = _union(extent) if extent else (102.0, 8.0, 110.0, 23.5)
    return {
        "extent": extent or [list(whole)],
        "lang": lang,
        "words": words(lang),
        "groups": [group.to(lang) for group in GROUPS],
        "chunks": chunk_folder,
        # The rule of the facts on holes: narrower than twice the accuracy of the line.
        "sliverWidth": 2 * (record.value("zone.accuracy_m") or 0) if "zone.accuracy_m" in record.facts else 0,
        "grid": _plain(grid_of(parse_crs(record.crs), whole)),
        "islands": [[one.label.to(lang), *one.place] for one in ARCHIPELAGOS] if names_required(whole) else [],
        **{name: {"title": one.title, "box": list(one.box)} for name, one in pictures.items()},
        "reliefColour": RELIEF_COLOUR,
        "name": record.scenario,
        "figures": {
            region: _cell(record, f"area_m2.{region}", lang)
            for region in ("base", "proposed")
            if f"area_m2.{region}" in record.facts
        },
        "compared": list(_compared(record, wishes.beside, lang)),
    }


def beside(record: Record, other: Record | None, lang: Lang) -> dict[str, Any] | None:
    """Return what a page knows of the other variant: its name, its figures, and the layers that are not the same."""
    if other is None:
        return None
    changed = (*REGIONS, *_REPLANNED)
    layers = [
        one.content
        for one in drawn_layers(other, lang)
        if one.style.layer in changed and not one.chunks and not _same(record, other, one.style.layer)
    ]
    return {
        "id": other.id,
        "name": other.scenario,
        "figures": {"proposed": _cell(other, "area_m2.proposed", lang)},
        "layers": layers,
    }


def _same(record: Record, other: Record, layer: str) -> bool:
    """Tell whether a layer is drawn alike in both; the zone never is, so that each map has its own."""
    if layer in REGIONS or layer not in record.geometry:
        return False
    return bool(record.geometry[layer].equals(other.geometry[layer]))


def _compared(record: Record, other: Record | None, lang: Lang) -> Iterable[list[Any]]:
    if "area_m2.proposed" not in record.facts:
        return
    if other is None:
        yield [
            AREAS.to(lang),
            _cell(record, "area_m2.base", lang),
            _cell(record, "area_m2.proposed", lang),
        ]
        return
    for key in (key for key in _COMPARED if key in record.facts and key in other.facts):
        yield [fact_title(key, lang), _cell(record, key, lang), _cell(other, key, lang)]


def _cell(record: Record, key: str, lang: Lang) -> dict[str, str]:
    return {"t": fact_text(record.fact(key), lang), "f": key}


def _extent(record: Record, drawn: Sequence[DrawnLayer]) -> list[list[float]]:
    zone = [name for name in ("base", "proposed") if name in record.geometry and len(record.geometry[name])]
    if "proposed" in zone:
        return [bounds(record.geometry[name].geometry) for name in zone]
    placed = [name for name in record.geometry if len(record.geometry[name])]
    return [*(bounds(record.geometry[name].geometry) for name in placed),
            *(one.content["extent"] for one in drawn if "extent" in one.content)]  # fmt: skip


def _union(boxes: Sequence[Sequence[float]]) -> Box:
    edges = np.array(boxes)
    west, south = edges[:, :2].min(axis=0)
    east, north = edges[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _plain(grid: Grid) -> Mapping[str, Any]:
    return asdict(grid)
