"""What a Record draws: the regions of the change, and the layers that they are seen with.

Layers that a scenario leaves alone are drawn alike in every Record of a project: taken in, hashed and written once, and
kept in its cache.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyogrio
from geopandas import GeoDataFrame
from pandas import Series

from gis.formats.write import write_layers
from gis.ragged import Array
from layers import admin_units, constraints, functional_areas, gates, infrastructure, parcels, yards
from layers.conform import as_multi
from layers.derived import derived
from layers.withheld import withheld
from planning.context import Context
from planning.parts import described
from planning.proposal import REGIONS
from planning.record import Input
from planning.shapes import Alike, Shapes

# Above this many, parcels are facts of the Record but not drawn as its shapes.
PARCELS_DRAWN_MAX = 10_000

# What a shape carries besides its key, for labels and legends; never a personal field.
_SHOWN = ("key", "name", "kind", "planned_use", "operator", "dossier", "land_use", "document")

# Layers that no scenario edits, and two that most leave alone.
_FIXED = tuple(
    one.SCHEMA.name for one in (admin_units, constraints, infrastructure, gates, parcels, functional_areas, yards)
)


def draws_parcels(context: Context) -> bool:
    """Tell whether the parcels are few enough to be drawn, or not there at all."""
    return context.parcels is None or len(context.parcels.after) <= PARCELS_DRAWN_MAX


def shapes(
    context: Context,
    read: Sequence[Input],
    crossed: npt.NDArray[np.bool_] | None,
    more: Mapping[str, GeoDataFrame],
) -> Shapes:
    """Return the layers of a Record in the order in which they are told.

    Parameters
    ----------
    read : what stood there before anything was read
    crossed : which parcels the proposed line crosses; None where there are no parcels
    more : what else it draws
    """
    own = {**dict(_regions(context)), **dict(_edited(context)), **dict(_crossed(context, crossed)), **more}
    alike = _alike(context, {one.layer: one.sha256 for one in read if one.layer in _FIXED and one.layer not in own})
    order = (
        *REGIONS,
        *(units.layer for units in context.vintages),
        *("functional_areas", "constraints", "infrastructure", "yards", "gates", "crossed_parcels", "parcels"),
        *more,
    )
    return Shapes([name for name in order if name in own or name in alike.described], own, alike)


def _regions(context: Context) -> Iterator[tuple[str, GeoDataFrame]]:
    for region in REGIONS:
        shape = getattr(context.proposal.regions, region)
        drawn = as_multi(np.array([] if shape.is_empty else [shape], dtype=object))
        keys = Series([region] * len(drawn), dtype="str")  # of nothing, pandas would make numbers
        yield region, GeoDataFrame({"key": keys}, geometry=drawn, crs=context.workspace.crs)


def _edited(context: Context) -> Iterator[tuple[str, GeoDataFrame]]:
    """Yield the layers that the scenario edits, as it leaves them."""
    for units in (context.functional_areas, context.yards):
        if units is not None and not units.changes_nothing:
            yield units.layer, _shown(units.after)


def _crossed(context: Context, crossed: npt.NDArray[np.bool_] | None) -> Iterator[tuple[str, GeoDataFrame]]:
    if context.parcels is not None and crossed is not None:
        yield "crossed_parcels", _shown(context.parcels.shapes_after(crossed))


def _alike(context: Context, identities: Mapping[str, str]) -> Alike:
    """Return the layers that the scenario leaves alone, from the cache of the project where they have not changed."""

    def make() -> Mapping[str, Array]:
        drawn = dict(_left_alone(context))
        told = json.dumps({name: described(frame) for name, frame in drawn.items()})
        return {"described": _bytes(told.encode()), "file": _bytes(_package(drawn))}

    def is_still() -> bool:
        if context.parcels is not None and context.parcels.identity != identities.get(parcels.SCHEMA.name):
            return False
        return all(context.workspace.identity(name).sha256 == sha256 for name, sha256 in identities.items())

    made_from = {
        **identities,
        "crs": context.workspace.project.crs,
        "parcels_drawn_max": str(PARCELS_DRAWN_MAX),
        "gdal": str(pyogrio.__gdal_version__),
    }
    edited = [layer for layer in _FIXED if layer not in identities and context.workspace.has(layer)]
    found = derived(context.workspace, "-".join(["drawn", *edited]), made_from, make, is_still)
    return Alike(json.loads(found["described"].tobytes()), found["file"].tobytes())


def _left_alone(context: Context) -> Iterator[tuple[str, GeoDataFrame]]:
    planned = (context.functional_areas, context.yards)
    for units in (*context.vintages, context.constraints, context.infrastructure, context.gates, *planned):
        if units is not None and units.changes_nothing:
            yield units.layer, _shown(units.after)
    if context.parcels is not None and draws_parcels(context):
        yield "parcels", _shown(context.parcels.shapes_after(np.ones(len(context.parcels.after), dtype=np.bool_)))


def _package(drawn: Mapping[str, GeoDataFrame]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.gpkg"
        write_layers(drawn, path)
        return path.read_bytes() if drawn else b""


def _bytes(content: bytes) -> Array:
    return np.frombuffer(content, dtype=np.uint8)


def _shown(rows: GeoDataFrame) -> GeoDataFrame:
    """Return what is drawn of rows that have a shape, as multi-geometries: a file of both kinds would change them."""
    rows = rows[~withheld(rows) & ~(rows.geometry.isna() | rows.geometry.is_empty)]
    drawn = rows[[*(column for column in _SHOWN if column in rows), "geometry"]].reset_index(drop=True)
    return drawn.set_geometry(as_multi(drawn.geometry.values))
