"""What comes of an edit: the area of the zone, or the rows of another layer, after it. Nothing is changed in place."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import Series

from gis.errors import CornerUnknown
from gis.fabric import require_valid
from gis.reshape import has_corner, move_corners, replace_stretch
from layers.catalog import schema_of
from layers.conform import as_multi, conform
from layers.errors import KeyRepeated
from planning.edits import (
    AddPolygon,
    AddUnits,
    CutPolygon,
    Edit,
    Feature,
    MergeFeatures,
    MoveVertices,
    RemoveFeatures,
    RemoveUnits,
    ReplaceBoundary,
    ReplaceStretch,
    RetypeFeatures,
    title_of,
)
from planning.errors import EditTargetWrong, FeatureUnknown, FieldUnknown, UnitUnknown, UnitWithoutShape

UnitsOfVintage = Callable[[str], GeoDataFrame]


def apply_to_zone(edit: Edit, zone: Any, units_of: UnitsOfVintage) -> Any:  # noqa: PLR0911 -- one a kind
    """Return the area of the zone after one edit.

    Parameters
    ----------
    edit : with target ``zone``
    zone : shapely (multi)polygon
    units_of : returns the administrative units of a vintage

    Raises
    ------
    UnitUnknown, UnitWithoutShape, GeometryInvalid, OutlineError
    EditTargetWrong
        The zone has no features to remove, merge or retype.
    """
    match edit:
        case AddUnits():
            return shapely.union(zone, area_of_units(edit, units_of))
        case RemoveUnits():
            return shapely.difference(zone, area_of_units(edit, units_of))
        case AddPolygon():
            return shapely.union(zone, _area(edit.features))
        case CutPolygon():
            return shapely.difference(zone, _area(edit.features))
        case ReplaceBoundary():
            return _area(edit.features)
        case ReplaceStretch():
            for line in _lines(edit.features):
                zone = replace_stretch(zone, line, edit.reach_m)
            return zone
        case MoveVertices():
            starts, ends = _ways(edit.features)
            return move_corners(zone, starts, ends, edit.reach_m)
    raise EditTargetWrong(edit=title_of(edit), target=edit.target)


def apply_to_features(edit: Edit, rows: GeoDataFrame) -> GeoDataFrame:  # noqa: PLR0911 -- one a kind
    """Return the rows of a layer of features (key ``code``) after one edit.

    Raises
    ------
    EditTargetWrong
        Whole administrative units are a matter of the zone.
    KeyRepeated, FeatureUnknown, FieldUnknown, ValueRefused, OutlineError
    """
    match edit:
        case AddPolygon():
            return _with_new(rows, edit)
        case CutPolygon():
            return _with_cuts(rows, _area(edit.features))
        case ReplaceBoundary():
            return _with_replaced(rows, edit)
        case ReplaceStretch():
            return _with_stretches(rows, edit)
        case MoveVertices():
            return _with_moved_corners(rows, edit)
        case RemoveFeatures():
            return _without(rows, edit.keys, edit.target)
        case MergeFeatures():
            return _merged(rows, edit)
        case RetypeFeatures():
            return _retyped(rows, edit)
    raise EditTargetWrong(edit=title_of(edit), target=edit.target)


def area_of_units(edit: AddUnits | RemoveUnits, units_of: UnitsOfVintage) -> Any:
    """Return the area of the units that an edit names.

    Raises
    ------
    UnitUnknown, UnitWithoutShape, GeometryInvalid
    """
    units = units_of(edit.vintage)
    missing = sorted(set(edit.units) - set(units["code"]))
    if missing:
        raise UnitUnknown(unit=", ".join(missing), vintage=edit.vintage)
    chosen = units[units["code"].isin(edit.units)]
    shapes = np.asarray(chosen.geometry.values, dtype=object)
    lost = chosen["code"][shapely.is_missing(shapes) | shapely.is_empty(shapes)]
    if len(lost):
        raise UnitWithoutShape(unit=", ".join(lost), vintage=edit.vintage)
    require_valid(shapes, chosen["code"].to_numpy(), layer="admin_units")
    return shapely.union_all(shapes)


def _area(features: tuple[Feature, ...]) -> Any:
    shapes = np.array([feature.geometry for feature in features], dtype=object)
    require_valid(shapes, [feature.key or number for number, feature in enumerate(features, 1)], layer="edits")
    return shapely.union_all(shapes)


def _lines(features: tuple[Feature, ...]) -> Any:
    return shapely.get_parts([feature.geometry for feature in features])


def _ways(features: tuple[Feature, ...]) -> tuple[Any, Any]:
    """Return where each line starts and ends, shape (n, 2) each."""
    lines = _lines(features)
    starts, ends = (shapely.get_coordinates(shapely.get_point(lines, end)) for end in (0, -1))
    return starts, ends


def _with_new(rows: GeoDataFrame, edit: AddPolygon) -> GeoDataFrame:
    known = {field.name for field in schema_of(edit.target).fields}
    new = GeoDataFrame(
        [
            {"code": one.key, **{name: value for name, value in one.attributes if name in known}}
            for one in edit.features
        ],
        geometry=[one.geometry for one in edit.features],
        crs=rows.crs,
    )
    repeated = sorted((set(new["code"]) & set(rows["code"])) | set(new["code"][new["code"].duplicated()]))
    if repeated:
        raise KeyRepeated(layer=edit.target, example=repeated[0], rows=len(repeated))
    new = conform(new, schema_of(edit.target))
    return GeoDataFrame(pd.concat([rows, new], ignore_index=True), crs=rows.crs)


def _with_cuts(rows: GeoDataFrame, area: Any) -> GeoDataFrame:
    geometry = _shapes(rows)
    met = np.flatnonzero(shapely.intersects(geometry, area))
    geometry[met] = as_multi(shapely.difference(geometry[met], area))
    return _reshaped(rows, geometry)


def _with_replaced(rows: GeoDataFrame, edit: ReplaceBoundary) -> GeoDataFrame:
    geometry = _shapes(rows)
    for key in dict.fromkeys(feature.key for feature in edit.features):
        place = _places(rows, (key,), edit.target)
        geometry[place] = _area(tuple(feature for feature in edit.features if feature.key == key))
    return _reshaped(rows, geometry)


def _with_stretches(rows: GeoDataFrame, edit: ReplaceStretch) -> GeoDataFrame:
    geometry = _shapes(rows)
    for feature in edit.features:
        place = _places(rows, (feature.key,), edit.target)
        for line in shapely.get_parts(feature.geometry):
            geometry[place] = replace_stretch(geometry[place][0], line, edit.reach_m)
    return _reshaped(rows, geometry)


def _with_moved_corners(rows: GeoDataFrame, edit: MoveVertices) -> GeoDataFrame:
    geometry = _shapes(rows)
    starts, ends = _ways(edit.features)
    lines = shapely.get_num_geometries([feature.geometry for feature in edit.features])
    keys = np.repeat([feature.key for feature in edit.features], lines)
    moves = np.stack([_having(rows, start, key, edit) for start, key in zip(starts, keys, strict=True)])
    for place in np.flatnonzero(moves.any(axis=0)):
        geometry[place] = move_corners(geometry[place], starts[moves[:, place]], ends[moves[:, place]], edit.reach_m)
    return _reshaped(rows, geometry)


def _having(rows: GeoDataFrame, start: Any, key: str | None, edit: MoveVertices) -> Any:
    """Tell which features have the corner that a line picks up, shape (n,)."""
    if key is not None:
        _places(rows, (key,), edit.target)
    found = has_corner(_shapes(rows), start, edit.reach_m) & (True if key is None else (rows["code"] == key).to_numpy())
    if not found.any():
        place = f"E {start[0]:.3f}, N {start[1]:.3f}"
        raise CornerUnknown(place=place, distance="–", reach=f"{edit.reach_m:g}")
    return found


def _without(rows: GeoDataFrame, keys: tuple[str, ...], layer: str) -> GeoDataFrame:
    _places(rows, keys, layer)
    return rows[~rows["code"].isin(keys)].reset_index(drop=True)


def _merged(rows: GeoDataFrame, edit: MergeFeatures) -> GeoDataFrame:
    places = _places(rows, edit.keys, edit.target)
    others = set(rows["code"].drop(rows.index[places]))
    if edit.into in others:
        raise KeyRepeated(layer=edit.target, example=edit.into, rows=1)
    first = next((place for place in places if rows["code"].iloc[place] == edit.into), places[0])
    geometry = _shapes(rows)
    geometry[first] = shapely.union_all(geometry[places])
    merged = _reshaped(rows, geometry)
    merged["code"] = merged["code"].where(merged.index != merged.index[first], edit.into)
    gone = [place for place in places if place != first]
    return merged.drop(index=merged.index[gone]).reset_index(drop=True)


def _retyped(rows: GeoDataFrame, edit: RetypeFeatures) -> GeoDataFrame:
    schema = schema_of(edit.target)
    open_fields = [field.name for field in schema.fields if field.name not in schema.key]
    places = _places(rows, edit.keys, edit.target)
    changed = rows.copy()
    for name, value in edit.values:
        if name not in open_fields:
            raise FieldUnknown(layer=edit.target, field=name, fields=", ".join(open_fields))
        typed = conform(GeoDataFrame({name: [value]}, geometry=[None], crs=rows.crs), schema)[name].iloc[0]
        column = changed[name] if name in changed else Series([None] * len(rows), index=rows.index, dtype=object)
        changed[name] = column.astype(object).mask(np.isin(np.arange(len(rows)), places), typed)
    return conform(changed, schema)


def _places(rows: GeoDataFrame, keys: tuple[str | None, ...], layer: str) -> Any:
    """Return the positions of the features of those keys; raise FeatureUnknown, naming the first that is not there."""
    unknown = [key for key in keys if key not in set(rows["code"])]
    if unknown:
        raise FeatureUnknown(layer=layer, key=unknown[0] if unknown[0] is not None else "–")
    return np.flatnonzero(rows["code"].isin(keys))


def _shapes(rows: GeoDataFrame) -> Any:
    return np.array(rows.geometry.values, dtype=object)


def _reshaped(rows: GeoDataFrame, geometry: Any) -> GeoDataFrame:
    return rows.set_geometry(GeoDataFrame(geometry=geometry, crs=rows.crs, index=rows.index).geometry)
