"""What lies around a parcel, for the map of its extract: neighbours, layers, and the corners of its own line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from geopandas.array import GeometryArray
from pandas import DataFrame

from layers import admin_units, zone
from layers.withheld import withheld
from planning.markers import corners
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import Hit
from planning.parcel_layers import ESTABLISHED, PROPOSED, Version
from planning.record import Column, Record, Table

Bounds = tuple[float, float, float, float]

ASKED, NEIGHBOURS, CORNERS = "asked", "neighbours", "parcels.corners"
CORNER_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "key of the parcel and number of the corner"),
    "number": Column("count", "clockwise from the north-western corner, parts from large to small, then holes"),
    "northing_m": Column("coordinate", "grid coordinate X of VN-2000, to 1 mm"),
    "easting_m": Column("coordinate", "grid coordinate Y of VN-2000, to 1 mm"),
    "edge_m": Column("coordinate", "straight distance on the grid to the next corner"),
}
# What the zone is called among the shapes of a Record, by version.
_ZONES: Mapping[Version, str] = {ESTABLISHED: "base", PROPOSED: "proposed"}


def with_surroundings(record: Record, desk: ParcelDesk, hit: Hit, bounds: Bounds, *, with_defence: bool) -> Record:
    """Return the extract of a parcel with what its map shows and the coordinates of its corners.

    Parameters
    ----------
    record : extract of `hit`
    bounds : west, south, east, north of the map, m; shapes are cut there
    with_defence : with defence land, among neighbours and layers
    """
    around = {NEIGHBOURS: _neighbours(desk, hit, bounds, with_defence=with_defence)}
    around |= dict(_layers(desk, bounds, with_defence=with_defence))
    asked = record.geometry["parcels"].assign(name=record.tables["parcels"].frame["parcel_no"].to_numpy())
    around = {ASKED: asked, **around}
    geometry = {**record.geometry, **{name: frame for name, frame in around.items() if len(frame)}}
    table = corner_table(hit.key, record.geometry["parcels"].geometry.values)
    return replace(record, geometry=geometry, tables={**record.tables, CORNERS: table})


def corner_table(key: str, shapes: Any) -> Table:
    """Return the corners of the one shape of a parcel, with the length of the edge that follows each."""
    line = corners(shapes[0])
    places, following = line.places, line.places[line.next]
    number = np.arange(1, len(places) + 1)
    told = {
        "key": [f"{key}|{one}" for one in number],
        "number": number.astype(np.float64),
        "northing_m": np.round(places[:, 1], 3),
        "easting_m": np.round(places[:, 0], 3),
        "edge_m": np.round(np.hypot(*(following - places).T), 3),
    }
    return Table(DataFrame(told), CORNER_COLUMNS)


def _neighbours(desk: ParcelDesk, hit: Hit, bounds: Bounds, *, with_defence: bool) -> GeoDataFrame:
    """Return the other parcels that the map shows, each named by its number."""
    cadastre = desk.cadastre
    west, south, east, north = cadastre.fabric.bounds.T
    near = np.flatnonzero((west <= bounds[2]) & (east >= bounds[0]) & (south <= bounds[3]) & (north >= bounds[1]))
    near = near[near != hit.position]
    near = near[cadastre.fabric.area_mm2[near] > 0]
    rows = cadastre.rows_at(near, ("parcel_no", "land_use", "legal_use", "planned_use"))
    if not with_defence:
        told = ~withheld(rows)
        near, rows = near[told], rows[told]
    shapes = shapely.clip_by_rect(cadastre.fabric.drawn(near), *bounds)
    names = {"key": cadastre.keys.iloc[near].to_numpy(dtype=object), "name": rows["parcel_no"].to_numpy(dtype=object)}
    return _frame(desk, names, shapes)


def _layers(desk: ParcelDesk, bounds: Bounds, *, with_defence: bool) -> Iterator[tuple[str, GeoDataFrame]]:
    """Yield what of each layer the map shows: the newest administrative units, and of what is re-planned the zone."""
    units = [one.name for one in desk.asked.layers if one.name.startswith(f"{admin_units.SCHEMA.name}@")]
    box = shapely.box(*bounds)
    for layer in desk.asked.layers:
        replanned = layer.version == PROPOSED and layer.name != zone.SCHEMA.name
        if replanned or (layer.name in units and layer.name != max(units)):
            continue
        near = np.flatnonzero(shapely.intersects(layer.shapes, box) & (with_defence | ~layer.withheld))
        if len(near):
            told = {name: layer.told[name][near] for name in ("key", "name", "kind")}
            shapes = shapely.clip_by_rect(layer.shapes[near], *bounds)
            yield _ZONES[layer.version] if layer.name == zone.SCHEMA.name else layer.name, _frame(desk, told, shapes)


def _frame(desk: ParcelDesk, told: Mapping[str, Any], shapes: Any) -> GeoDataFrame:
    there = ~shapely.is_empty(shapes)
    columns = {name: values[there] for name, values in told.items()}
    shown = GeometryArray(shapes[there], crs=desk.cadastre.fabric.crs)
    return GeoDataFrame({**columns, "geometry": shown})
