"""inventory(): what a project holds, layer by layer, as a Record without a scenario: the facts of a map of layers."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from gis.measure import MM2_PER_M2, area_mm2, to_m2, to_mm2
from layers import admin_units, parcels, zone
from layers.catalog import LAYERS, schema_of
from layers.conform import as_multi
from layers.errors import LayerMissing
from layers.schema import Field
from layers.withheld import withheld
from layers.workspace import Workspace
from planning.breakdown import COLUMNS
from planning.context import parcel_units
from planning.drawing import PARCELS_DRAWN_MAX
from planning.effect import software
from planning.proposal import established_zone
from planning.record import Column, Fact, Input, Record, Stamp, Table, Unit
from planning.zone_facts import declared_facts, stated_facts

_UNITS: tuple[tuple[str, Unit], ...] = (("_m2", "m2"), ("_ha", "ha"), ("_m", "m"))


def inventory(workspace: Workspace, layers: tuple[str, ...] = ()) -> Record:
    """Return the zone and the chosen layers as they stand; all that the project holds where none is chosen.

    Personal fields and defence land stay behind.

    Raises
    ------
    LayerUnknown
    LayerMissing
        A layer that was chosen is not there.
    """
    chosen = _chosen(workspace, layers)
    drawn = {name: rows for layer in chosen for name, rows in _rows(workspace, layer)}
    facts = {fact.key: fact for fact in _facts(workspace, drawn)}
    many = len(drawn.get(parcels.SCHEMA.name, ())) > PARCELS_DRAWN_MAX
    geometry = dict(_shapes(workspace, drawn, without=(parcels.SCHEMA.name,) if many else ()))
    return Record(
        project=workspace.project.name,
        scenario="",
        reason="",
        crs=workspace.project.crs,
        notice=workspace.project.notice,
        facts=facts,
        tables={_table_name(name): _table(name, rows) for name, rows in drawn.items()},
        geometry=geometry,
        inputs=tuple(Input(layer, (one := workspace.identity(layer)).rows, one.sha256) for layer in chosen),
        not_drawn=(parcels.SCHEMA.name,) if many else (),
        stamp=Stamp(datetime.now(UTC).astimezone().isoformat(timespec="seconds"), software()),
    )


def _chosen(workspace: Workspace, layers: tuple[str, ...]) -> tuple[str, ...]:
    for layer in layers:
        schema_of(layer)
        if not workspace.has(layer):
            raise LayerMissing(layer=layer)
    wanted = layers or tuple(schema.name for schema in LAYERS if workspace.has(schema.name))
    # Whatever is asked, the zone says where it is.
    always = (zone.SCHEMA.name,) if workspace.has(zone.SCHEMA.name) else ()
    return tuple(dict.fromkeys((*always, *wanted)))


def _rows(workspace: Workspace, layer: str) -> Iterator[tuple[str, DataFrame]]:
    """Yield the rows of a layer that may be shown, with ``key`` and ``name``, by the name that they are drawn under."""
    if layer == zone.SCHEMA.name:
        return
    if layer == parcels.SCHEMA.name:
        units = parcel_units(workspace)
        if units is not None:
            rows = units.before.assign(unit_m2=units.fabric_before.area_m2)
            yield layer, rows[~withheld(rows)].reset_index(drop=True)
        return
    rows = workspace.read(layer)
    rows = rows[~withheld(rows)]
    personal = [field.name for field in schema_of(layer).fields if field.personal]
    rows = rows.drop(columns=personal, errors="ignore").reset_index(drop=True)
    named = rows.assign(
        key=_keys(rows, layer), name=rows["name"].fillna(rows["code"]) if "name" in rows else rows["code"]
    )
    if layer == admin_units.SCHEMA.name:
        for day, units in named.groupby("valid_from", sort=True):
            yield admin_units.layer_of_vintage(str(day)), units.reset_index(drop=True)
        return
    yield layer, named


def _keys(rows: DataFrame, layer: str) -> pd.Series:
    """Return one key a row: a repeated or missing code must not hide a feature."""
    key = rows["code"].fillna("–").astype("str")
    if layer == admin_units.SCHEMA.name or not key.duplicated().any():
        return key
    repeats = key.groupby(key).cumcount()
    return key.where(repeats == 0, key + "#" + (repeats + 1).astype("str"))


def _table_name(name: str) -> str:
    return f"by.{name}" if name.startswith(f"{admin_units.SCHEMA.name}@") or name == "functional_areas" else name


def _table(name: str, rows: DataFrame) -> Table:
    columns: dict[str, Column] = {"key": COLUMNS["key"], "name": COLUMNS["name"]}
    for field in schema_of(name.partition("@")[0]).fields:
        if field.name in rows and field.name not in ("code", "name") and not field.personal:
            columns[field.name] = Column(_unit(field), "as in the layer")
    frame = DataFrame(rows).drop(columns="geometry", errors="ignore")
    if "unit_m2" in rows or _has_areas(rows):
        areas = rows["unit_m2"] if "unit_m2" in rows else rows.geometry.area  # noqa: SIM401 -- a table has no geometry
        frame = frame.assign(unit_m2=np.where(areas > 0, to_mm2(areas.fillna(0)) / MM2_PER_M2, np.nan))
        columns["unit_m2"] = COLUMNS["unit_m2"]
    for column, meaning in columns.items():
        if meaning.unit in ("text", "date") and column in frame:
            frame[column] = frame[column].astype("str").where(frame[column].notna(), None)
    return Table(frame[list(columns)], columns)


def _unit(field: Field) -> Unit:
    if field.type == "date":
        return "date"
    if field.type != "number":
        return "text"
    return next((unit for suffix, unit in _UNITS if field.name.endswith(suffix)), "count")


def _has_areas(rows: DataFrame) -> bool:
    return "geometry" in rows and bool((shapely.get_dimensions(rows["geometry"].values) == 2).any())


def _facts(workspace: Workspace, drawn: Mapping[str, DataFrame]) -> Iterator[Fact]:
    if workspace.has(zone.SCHEMA.name):
        rows = workspace.read(zone.SCHEMA.name)
        accuracy_m = rows["accuracy_m"].max(skipna=False) if "accuracy_m" in rows else np.nan
        yield from stated_facts(rows, None if pd.isna(accuracy_m) else float(accuracy_m))
        base_mm2 = area_mm2(established_zone(workspace))
        yield from declared_facts(rows, base_mm2)
        yield Fact("area_m2.base", to_m2(base_mm2), "m2", "planar grid area in the project's CRS, to 1 mm²")
    for name in drawn:
        yield Fact(f"rows.{name}", len(drawn[name]), "count", "rows of the layer that may be shown")


def _shapes(
    workspace: Workspace, drawn: Mapping[str, DataFrame], without: tuple[str, ...]
) -> Iterator[tuple[str, GeoDataFrame]]:
    if workspace.has(zone.SCHEMA.name):
        shape = established_zone(workspace)
        yield "base", GeoDataFrame({"key": ["base"]}, geometry=[shape], crs=workspace.crs)
    for name, rows in drawn.items():
        if name not in without:
            placed = rows if "geometry" in rows else _with_shapes(workspace, rows)
            there = placed[~(placed.geometry.isna() | placed.geometry.is_empty)].reset_index(drop=True)
            shown = [
                "key",
                *(one for one in ("name", "kind", "land_use", "dossier", "status", "document") if one in there),
            ]
            frame = GeoDataFrame(there[shown], geometry=as_multi(there.geometry.values), crs=workspace.crs)
            yield name, frame


def _with_shapes(workspace: Workspace, rows: DataFrame) -> GeoDataFrame:
    units = parcel_units(workspace)
    if units is None:
        raise LayerMissing(layer=parcels.SCHEMA.name)
    chosen = np.flatnonzero(units.before["key"].isin(rows["key"]).to_numpy())
    return GeoDataFrame(rows, geometry=units.fabric_before.drawn(chosen), crs=workspace.crs)
