"""Layers too large for a page: tiles, a picture from afar, cells in blocks; chunks that load when they are seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import CRS

from gis.fabric import Fabric
from layers.workspace import Workspace
from maps.style import Look
from maps.tiles.archive import Archive, archive
from maps.tiles.encoding import Attributes
from maps.tiles.flat import AREA, Flat, flat_areas, flat_layers, to_degrees
from maps.tiles.overview import Overview, overview
from maps.tiles.rows import BOX_SCALE, ROWS, row_blocks
from maps.tiles.side import CHUNK, chunks
from planning.record import Record
from planning.undrawn import UndrawnParcels

_PICTURED_FROM = 10_000


@dataclass(frozen=True)
class Theme:
    """One way to colour a layer.

    Attributes
    ----------
    field : whose values are the classes
    looks : in the order of the legend
    codes : place in `looks` of every feature
    """

    field: str
    title: str
    looks: tuple[Look, ...]
    codes: Sequence[int]


@dataclass(frozen=True)
class Classes:
    """The themes of a layer, as tiles carry them: one list of values for all."""

    themes: tuple[Theme, ...]

    @property
    def starts(self) -> list[int]:
        """Where the classes of each theme start in the list of all."""
        return [sum(len(theme.looks) for theme in self.themes[:place]) for place in range(len(self.themes))]

    def attributes(self, order: npt.NDArray[np.int64]) -> Attributes:
        """Return what tiles say of the features, taken in `order`."""
        values = tuple(look.key or look.title for theme in self.themes for look in theme.looks)
        codes = [
            np.asarray(theme.codes, np.int64) + start for theme, start in zip(self.themes, self.starts, strict=True)
        ]
        names = tuple(theme.field or "class" for theme in self.themes)
        return Attributes(names, values, np.column_stack(codes)[order])


@dataclass(frozen=True, eq=False)
class Large:
    """Many shapes and their keys.

    Attributes
    ----------
    keys : of the features, unique
    shapes : geometry of every feature
    flats : the same, laid flat; their rows are positions in `keys`
    rows : what is known of each feature besides its table; None for nothing
    """

    keys: Sequence[str]
    shapes: npt.NDArray[np.object_]
    flats: tuple[Flat, ...]
    crs: CRS
    rows: DataFrame | None = None


def large_of(frame: GeoDataFrame) -> Large:
    """Return the features of a layer of the Record."""
    shapes = np.asarray(frame.geometry.values, dtype=object)
    return Large(
        list(frame["key"]), shapes, flat_layers(shapes, frame.crs), frame.crs, DataFrame(frame.drop(columns="geometry"))
    )


def undrawn(workspace: Workspace, record: Record) -> dict[str, Large]:
    """Return the shapes that a Record leaves in the project; raise RecordOutdated where they are others by now."""
    return large_parcels(UndrawnParcels.of(record, workspace), record)


def large_parcels(found: UndrawnParcels | None, record: Record) -> dict[str, Large]:
    """Return the parcels that a Record does not draw as a large layer; nothing where it draws them."""
    if found is None:
        return {}
    # The table has the rows that may be shown, and no others.
    keys = found.rows["key"]
    chosen = np.flatnonzero(keys.isin(record.tables["parcels"].frame["key"]).to_numpy())
    return {"parcels": _of_fabric(found.fabric, chosen, list(keys.to_numpy()[chosen]))}


def _of_fabric(fabric: Fabric, chosen: npt.NDArray[np.int64], keys: list[str]) -> Large:
    flat = flat_areas(fabric.outlines(chosen), fabric.crs)
    return Large(keys, fabric.drawn(chosen), (flat,) if len(flat) else (), fabric.crs)


def tiled(
    layer: str, large: Large, classes: Classes, texts: Sequence[Sequence[str]], names: Sequence[str]
) -> tuple[dict[str, Any], tuple[tuple[str, bytes], ...]]:
    """Return what the page must know of a large layer, and its chunks by name.

    Parameters
    ----------
    texts : of every feature, one list a field
    names : headings; empty where they are made from the key
    """
    order = _by_key(large.keys)
    position = np.empty(len(order), np.int64)
    position[order] = np.arange(len(order))
    flats = tuple(flat.renumbered(position) for flat in large.flats)
    tiles = archive(layer, flats, classes.attributes(order))
    columns = [*texts, names] if names else texts
    blocks = row_blocks(
        [large.keys[row] for row in order],
        _boxes(flats, len(order)),
        [[column[row] for row in order] for column in columns],
    )
    picture = _picture(large, classes.themes[0])
    content = {
        "tiles": _told(tiles),
        "kind": "PLA"[flats[0].kind - 1],
        "starts": classes.starts,
        "rows": {"count": len(order), "block": ROWS, "scale": BOX_SCALE, "named": bool(names),
                 "first": [large.keys[row] for row in order[::ROWS]]},
        "overview": list(picture.box) if picture else None,
        "extent": _extent(flats),
    }  # fmt: skip
    parts = [*chunks(f"{layer}.tiles", tiles.content)]
    parts += [(f"{layer}.rows.{place}", block) for place, block in enumerate(blocks)]
    parts += [(f"{layer}.overview", picture.png)] if picture else []
    return content, tuple(parts)


def _told(tiles: Archive) -> dict[str, int]:
    return {"first": tiles.first_zoom, "last": tiles.last_zoom, "size": len(tiles.content), "chunk": CHUNK}


def _by_key(keys: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the order of the keys by their characters, as the page compares them."""
    return np.asarray(pc.sort_indices(pa.array(keys, pa.large_string())).to_numpy(), dtype=np.int64)


def _boxes(flats: tuple[Flat, ...], count: int) -> npt.NDArray[np.float64]:
    boxes = np.full((count, 4), np.nan)
    for flat in flats:
        northwest, southeast = to_degrees(flat.boxes[:, :2]), to_degrees(flat.boxes[:, 2:])
        boxes[flat.row] = np.column_stack([northwest[:, 0], southeast[:, 1], southeast[:, 0], northwest[:, 1]])
    return boxes


def _extent(flats: tuple[Flat, ...]) -> list[float]:
    corners = np.vstack([[flat.boxes[:, :2].min(axis=0), flat.boxes[:, 2:].max(axis=0)] for flat in flats])
    (west, north), (east, south) = to_degrees(np.array([corners.min(axis=0), corners.max(axis=0)])).round(6).tolist()
    return [west, south, east, north]


def _picture(large: Large, theme: Theme) -> Overview | None:
    """Return the picture from afar of many areas; a few large ones can be drawn themselves."""
    areas = sum(len(flat) for flat in large.flats if flat.kind == AREA)
    if areas < _PICTURED_FROM:
        return None
    return overview(large.shapes, large.crs, np.asarray(theme.codes, np.int64), _colours(theme))


def _colours(theme: Theme) -> list[str]:
    return [look.fill or look.line or "#888888" for look in theme.looks]
