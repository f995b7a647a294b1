"""archive(): a layer of any size as one PMTiles archive, from a zoom at which its features can be seen to the finest.

Why not a library: on 50,000 parcels, zooms 13 to 16, GDAL's PMTiles driver takes 18.5 s of processor time and 4.3 MB,
this 2.5 s and 3.6 MB (``python -m benchmarks webmap``). GDAL cuts every feature at the edges of tiles, so that seams
show and a click knows half a parcel. The archive itself is written and read by the ``pmtiles`` packages.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from maps.tiles.cutting import EXTENT, MARGIN, Pieces, cut
from maps.tiles.encoding import Attributes, encoded
from maps.tiles.flat import AREA, Flat, Ints, Kind, to_degrees
from maps.tiles.tidying import tidy

# 0.14 m on the ground at 22° north: a screen at its closest shows no step.
FINEST = 16
_COARSEST = 9
# A tile is shown on this many pixels.
TILE_PIXELS = 512
_UNITS_OF_PIXEL = EXTENT // TILE_PIXELS
# At zooms above the finest: a feature is drawn from this many square pixels on, and the largest of a tile first.
_LEAST_PIXELS2 = 4.0
_MOST_FEATURES = 6_000
# The typical feature of the first zoom with features is this many pixels across.
_TYPICAL_PIXELS = 1.5
_HALF_PIXEL = _UNITS_OF_PIXEL // 2
# The margin of a tile, as a share of it.
_EDGE = MARGIN / EXTENT


@dataclass(frozen=True, slots=True)
class Archive:
    """A PMTiles archive and what the page must know of it."""

    content: bytes
    first_zoom: int
    last_zoom: int


def archive(name: str, layers: tuple[Flat, ...], attributes: Attributes) -> Archive:
    """Return the tiles of a layer; its areas, lines and points are layers of their own, ``NAME``, ``NAME.2`` …."""
    first = min(first_zoom(flat) for flat in layers)
    out = BytesIO()
    writer: Any = Writer(out)  # type: ignore[no-untyped-call]  # ships no types
    tiles = (tile for region in _regions(layers, first) for tile in _region(name, layers, attributes, region, first))
    for tile_id, content in sorted(tiles):
        writer.write_tile(tile_id, content)
    writer.finalize(
        _header(layers, first), {"name": name, "vector_layers": _described(name, layers, attributes, first)}
    )
    return Archive(out.getvalue(), first, FINEST)


def first_zoom(flat: Flat) -> int:
    """Return the coarsest zoom at which the typical feature can be seen."""
    width, height = (flat.boxes[:, 2:] - flat.boxes[:, :2]).T
    across = float(np.median(np.sqrt(width * height)))
    if across <= 0:
        return FINEST - 4
    return int(np.clip(np.ceil(np.log2(_TYPICAL_PIXELS / (across * TILE_PIXELS))), _COARSEST, FINEST))


def _region(
    name: str, layers: tuple[Flat, ...], attributes: Attributes, region: tuple[int, int], first: int
) -> Iterator[tuple[int, bytes]]:
    """Yield id and content of every tile of every zoom in a region, a tile of the first zoom."""
    near = tuple(_near(flat, region, first) for flat in layers)
    for zoom in range(first, FINEST + 1):
        found: dict[int, bytes] = defaultdict(bytes)
        for flat in (flat for flat in near if len(flat)):
            pieces = tidy(flat.kind, _chosen(flat, zoom, region, first), 1 if zoom == FINEST else _HALF_PIXEL)
            own = name_of(name, flat.kind)
            for tile, content in encoded(own, flat.kind, pieces, flat.row[pieces.unit], attributes):
                found[zxy_to_tileid(zoom, *tile.tolist())] += content
        yield from ((tile_id, gzip.compress(content, 6, mtime=0)) for tile_id, content in found.items())


def _near(flat: Flat, region: tuple[int, int], zoom: int) -> Flat:
    """Return the features whose boxes meet a region."""
    corner = np.array(region)
    least, most = flat.boxes[:, :2] * (1 << zoom), flat.boxes[:, 2:] * (1 << zoom)
    return flat.take(np.flatnonzero(((most > corner - _EDGE) & (least < corner + 1 + _EDGE)).all(axis=1)))


def name_of(name: str, kind: Kind) -> str:
    """Return the name of the areas, lines or points of a layer within a tile."""
    return name if kind == AREA else f"{name}.{kind}"


def _regions(layers: tuple[Flat, ...], zoom: int) -> list[tuple[int, int]]:
    """Return the tiles of a zoom that any feature may meet, in the order of the archive."""
    found: set[tuple[int, int]] = set()
    for flat in layers:
        boxes = np.clip(np.floor(flat.boxes * (1 << zoom) + np.array([-1, -1, 1, 1]) * _EDGE), 0, (1 << zoom) - 1)
        for west, north, east, south in np.unique(boxes.astype(np.int64), axis=0).tolist():
            found |= {(column, line) for column in range(west, east + 1) for line in range(north, south + 1)}
    return sorted(found, key=lambda tile: zxy_to_tileid(zoom, *tile))


def _chosen(flat: Flat, zoom: int, region: tuple[int, int], first: int) -> Pieces:
    """Return the pieces of what a zoom shows in a region: everything at the finest, else the largest that are seen."""
    chosen = np.ones(len(flat), bool)
    thinned = zoom < FINEST and flat.kind == AREA
    if thinned:
        chosen &= flat.areas * float(TILE_PIXELS << zoom) ** 2 >= _LEAST_PIXELS2
    pieces = cut(flat, zoom, np.flatnonzero(chosen))
    own = np.flatnonzero((pieces.tile >> (zoom - first) == np.array(region)).all(axis=1))
    if thinned:
        own = _largest(pieces, own, flat.areas)
    return pieces.take(own)


def _largest(pieces: Pieces, own: Ints, areas: npt.NDArray[np.float64]) -> Ints:
    """Return which of the pieces are among the largest of their tile."""
    tile = pieces.tile[own]
    order = np.lexsort((-areas[pieces.unit[own]], tile[:, 0], tile[:, 1]))
    starts = np.flatnonzero((np.diff(tile[order], axis=0, prepend=-1) != 0).any(axis=1))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    return own[np.sort(order[rank < _MOST_FEATURES])]


def _header(layers: tuple[Flat, ...], first: int) -> dict[str, object]:
    corners = np.vstack([[flat.world.min(axis=0), flat.world.max(axis=0)] for flat in layers])
    (west, north), (east, south) = to_degrees(np.array([corners.min(axis=0), corners.max(axis=0)]))
    edges = {"min_lon": west, "min_lat": south, "max_lon": east, "max_lat": north}
    middle = {"center_lon": (west + east) / 2, "center_lat": (south + north) / 2}
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "center_zoom": first,
        **{f"{name}_e7": round(degrees * 1e7) for name, degrees in (edges | middle).items()},
    }


def _described(name: str, layers: tuple[Flat, ...], attributes: Attributes, first: int) -> list[dict[str, object]]:
    fields = dict.fromkeys(attributes.names, "String")
    return [
        {
            "id": name_of(name, flat.kind),
            "fields": fields, "minzoom": first, "maxzoom": FINEST,
        }
        for flat in layers
    ]  # fmt: skip
