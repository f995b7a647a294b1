"""Edits as values: what moves, in which layer, and why. Applying one returns new rows; nothing is changed in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from gis.fabric import require_valid
from gis.language import Text
from layers.catalog import schema_of
from layers.errors import KeyRepeated
from planning.errors import EditTargetWrong, FeatureUnknown, UnitUnknown, UnitWithoutShape

Target = Literal["zone", "functional_areas", "yards"]
TARGETS: tuple[Target, ...] = ("zone", "functional_areas", "yards")

UnitsOfVintage = Callable[[str], GeoDataFrame]


@dataclass(frozen=True)
class Feature:
    """A drawn shape with what its file said of it; `key` None for a shape of the zone, which needs no name."""

    geometry: Any
    key: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AddUnits:
    """The zone takes in whole administrative units, named by their codes in one vintage."""

    units: tuple[str, ...]
    vintage: str
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class RemoveUnits:
    """The zone gives up whole administrative units, named by their codes in one vintage."""

    units: tuple[str, ...]
    vintage: str
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class AddPolygon:
    """The zone takes in the shapes; another layer gets them as new features."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class CutPolygon:
    """The shapes are cut out of the zone, or out of every feature of another layer."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


@dataclass(frozen=True)
class ReplaceBoundary:
    """The shapes become the zone; in another layer they replace the features that have their keys."""

    features: tuple[Feature, ...]
    reason: str = ""
    target: Target = "zone"


Edit = AddUnits | RemoveUnits | AddPolygon | CutPolygon | ReplaceBoundary
KINDS: dict[str, type[Edit]] = {
    "add_units": AddUnits,
    "remove_units": RemoveUnits,
    "add_polygon": AddPolygon,
    "cut_polygon": CutPolygon,
    "replace_boundary": ReplaceBoundary,
}
TITLES: dict[type[Edit], Text] = {
    AddUnits: Text(vi="Thêm đơn vị hành chính", en="Add administrative units"),
    RemoveUnits: Text(vi="Bớt đơn vị hành chính", en="Remove administrative units"),
    AddPolygon: Text(vi="Thêm vùng", en="Add polygon"),
    CutPolygon: Text(vi="Cắt vùng", en="Cut polygon"),
    ReplaceBoundary: Text(vi="Thay ranh giới", en="Replace boundary"),
}


def kind_of(edit: Edit) -> str:
    """Return the name under which this kind of edit is stored."""
    return next(name for name, kind in KINDS.items() if isinstance(edit, kind))


def apply_to_zone(edit: Edit, zone: Any, units_of: UnitsOfVintage) -> Any:
    """Return the area of the zone after one edit.

    Parameters
    ----------
    edit : with target ``zone``
    zone : shapely (multi)polygon
    units_of : returns the administrative units of a vintage

    Raises
    ------
    UnitUnknown
    """
    match edit:
        case AddUnits():
            return shapely.union(zone, _area_of_units(edit, units_of))
        case RemoveUnits():
            return shapely.difference(zone, _area_of_units(edit, units_of))
        case AddPolygon():
            return shapely.union(zone, _area(edit.features))
        case CutPolygon():
            return shapely.difference(zone, _area(edit.features))
        case ReplaceBoundary():
            return _area(edit.features)


def apply_to_features(edit: Edit, rows: GeoDataFrame) -> GeoDataFrame:
    """Return the rows of a layer of features (key ``code``) after one edit.

    Raises
    ------
    EditTargetWrong
        Whole administrative units are a matter of the zone.
    KeyRepeated, FeatureUnknown
    """
    match edit:
        case AddPolygon():
            return _with_new(rows, edit)
        case CutPolygon():
            return rows.set_geometry(rows.geometry.difference(_area(edit.features)))
        case ReplaceBoundary():
            return _with_replaced(rows, edit)
    raise EditTargetWrong(edit=TITLES[type(edit)], target=edit.target)


def _area_of_units(edit: AddUnits | RemoveUnits, units_of: UnitsOfVintage) -> Any:
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
    return shapely.union_all([feature.geometry for feature in features])


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
    return GeoDataFrame(pd.concat([rows, new], ignore_index=True), crs=rows.crs)


def _with_replaced(rows: GeoDataFrame, edit: ReplaceBoundary) -> GeoDataFrame:
    geometry = np.asarray(rows.geometry.values, dtype=object)
    for key in dict.fromkeys(feature.key for feature in edit.features):
        place = np.flatnonzero(rows["code"] == key)
        if not len(place):
            raise FeatureUnknown(layer=edit.target, key=key)
        geometry[place] = _area(tuple(feature for feature in edit.features if feature.key == key))
    return rows.set_geometry(GeoDataFrame(geometry=geometry, crs=rows.crs).geometry)
