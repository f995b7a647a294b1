"""Heights, slopes and hazards of the zone before and after, of what is added and removed, of areas and yards.

Every ground closes: its classes and what is missing sum to its area in whole mm². Ground of which a raster says
nothing is *no data*: it is in no class, and in no share.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pandas import DataFrame
from shapely import GeometryType

from gis.language import Text
from gis.measure import MM2_PER_M2, areas_mm2
from gis.terrain import Answer
from layers.rasters import ELEVATION, RasterLayer
from layers.withheld import withheld
from layers.workspace import Workspace
from planning.context import Context, Units
from planning.record import Column, Fact, Table
from planning.terrain_answers import asked, asked_for_all, class_edges, class_rows
from planning.terrain_names import CLASSES, TERRAIN, Terrain

# Below this slope ground can be built on without terraces; a reading of practice, like the classes.
GENTLE_PERCENT = 15.0
_MISSING = "no_data"
_AREAL = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
Columns = dict[str, npt.NDArray[Any]]

_REGIONS: Mapping[str, Text] = {
    "base": Text(vi="Khu hiện hành", en="Established zone"),
    "proposed": Text(vi="Khu đề xuất", en="Proposed zone"),
    "added": Text(vi="Phần bổ sung", en="Added"),
    "removed": Text(vi="Phần đưa ra", en="Removed"),
}
_WEIGHED = "cells of the raster, each by the part of it that lies in the ground"
_SLOPE = "slope of Horn over the eight neighbours; " + _WEIGHED
COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "region of the zone, or layer/key"),
    "name": Column("words", "name as in the layer"),
    "unit_m2": Column("m2", "planar grid area of the ground"),
    "lowest_m": Column("m", "lowest cell that the ground touches"),
    "mean_m": Column("m", "mean height; " + _WEIGHED),
    "highest_m": Column("m", "highest cell that the ground touches"),
    "mean_slope": Column("share", _SLOPE),
    "gentle_m2": Column("m2", "ground with a slope under 15 %; " + _SLOPE),
    "gentle_share": Column("share", "gentle_m2 / ground of which the slope is known"),
    "without_height_m2": Column("m2", "ground without a height: no data"),
    "without_slope_m2": Column("m2", "ground without a slope: no data"),
}
CLASS_COLUMNS: Mapping[str, Column] = {
    "key": Column("text", "ground/raster/class"),
    "ground": Column("text", "region of the zone, or layer/key"),
    "raster": Column("words", "name of the raster"),
    "class": Column("words", "class of the raster, or no data"),
    "area_m2": Column("m2", _WEIGHED),
    "share": Column("share", "area_m2 / planar grid area of the ground"),
}


@dataclass(frozen=True, eq=False)
class _Grounds:
    """The grounds that are asked about."""

    keys: list[str]
    names: list[str]
    shapes: Any

    def only(self, *, stays: bool) -> "_Grounds":
        """Return those that a change of the boundary leaves as they are, or those that it makes."""
        rows = [row for row, key in enumerate(self.keys) if (key in _REGIONS and key != "base") != stays]
        return _Grounds([self.keys[row] for row in rows], [self.names[row] for row in rows], self.shapes[rows])


def terrain(context: Context, rasters: tuple[RasterLayer, ...]) -> Terrain:
    """Return tables and facts of the rasters that a project holds.

    Raises
    ------
    RasterUnreadable
    """
    grounds = _grounds(context)
    heights: list[Columns] = []
    classes: list[Columns] = []
    facts: list[Fact] = []
    for layer in rasters:
        staying, made = grounds.only(stays=True), grounds.only(stays=False)
        told, about = asked(context.workspace, layer, made.shapes)
        ask_stays = asked_for_all if _leaves_units(context) else _asked_here
        for some, answers in ((staying, ask_stays(context.workspace, layer, staying.shapes)), (made, told)):
            sizes = areas_mm2(some.shapes)
            heights += [_heights(some, sizes, answers)] if layer is ELEVATION else []
            classes += [_class_rows(some, sizes, layer, name, answer) for name, answer in answers.items()]
        facts += about
    tables = {CLASSES: Table(_in_order(classes, "ground", grounds.keys), CLASS_COLUMNS)}
    if heights:
        tables[TERRAIN] = Table(_in_order(heights, "key", grounds.keys), COLUMNS)
    return Terrain(tables, tuple(facts))


def _leaves_units(context: Context) -> bool:
    return all(units is None or units.changes_nothing for units in (context.functional_areas, context.yards))


def _asked_here(workspace: Workspace, layer: RasterLayer, shapes: Any) -> dict[str, Answer]:
    return asked(workspace, layer, shapes)[0]


def _in_order(parts: list[Columns], column: str, keys: list[str]) -> DataFrame:
    """Return the rows of all parts in the order of the grounds; those of one ground as they stood."""
    place = {key: position for position, key in enumerate(keys)}
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort([place[ground] for ground in columns[column]], kind="stable")
    return DataFrame({name: values[order] for name, values in columns.items()})


def _grounds(context: Context) -> _Grounds:
    regions = context.proposal.regions
    keys, names = list(_REGIONS), [name.both() for name in _REGIONS.values()]
    shapes = [getattr(regions, key) for key in keys]
    for units in (context.functional_areas, context.yards):
        for key, name, shape in _shapes(units):
            keys.append(key)
            names.append(name)
            shapes.append(shape)
    return _Grounds(keys, names, np.array(shapes, dtype=object))


def _shapes(units: Units | None) -> Iterator[tuple[str, str, Any]]:
    """Yield key, name and shape of every area after the scenario that has one; defence land is not placed."""
    if units is None:
        return
    rows = units.after
    shapes = np.asarray(rows.geometry.values, dtype=object)
    told = np.isin(shapely.get_type_id(shapes), _AREAL) & ~shapely.is_empty(shapes) & ~withheld(rows)
    for key, name, shape in zip(rows["key"][told], rows["name"][told], shapes[told], strict=True):
        yield f"{units.layer}/{key}", str(name), shape


def _heights(grounds: _Grounds, sizes: Any, answers: Mapping[str, Answer]) -> Columns:
    heights, slopes = answers["elevation"], answers["slope"]
    gentle = slopes.area_mm2[:, [edge <= GENTLE_PERCENT for edge in (*class_edges("slope"), np.inf)]].sum(axis=1)
    known = sizes - slopes.missing_mm2
    # As the rasters hold them they are of single precision, where no tenth of a metre is a whole number of tenths.
    lowest, mean, highest = (
        heights.statistics[of].to_numpy(dtype=np.float64).round(1) for of in ("least", "mean", "most")
    )
    return {
        "key": np.array(grounds.keys, dtype=object),
        "name": np.array(grounds.names, dtype=object),
        "unit_m2": sizes / 1e6,
        "lowest_m": lowest,
        "mean_m": mean,
        "highest_m": highest,
        "mean_slope": (slopes.statistics["mean"].to_numpy() / 100).round(4),
        "gentle_m2": np.where(known > 0, gentle / 1e6, np.nan),
        "gentle_share": np.where(known > 0, gentle / np.maximum(known, 1), np.nan),
        "without_height_m2": heights.missing_mm2 / 1e6,
        "without_slope_m2": slopes.missing_mm2 / 1e6,
    }


def _class_rows(grounds: _Grounds, sizes: Any, layer: RasterLayer, name: str, answer: Answer) -> Columns:
    """Return the classes that each ground has, the missing part as one of them."""
    title = _SLOPE_TITLE if name == "slope" else layer.title
    numbers = answer.classes.tolist()
    labels = np.array([*(_label(name, number).both() for number in numbers), _NO_DATA.both()], dtype=object)
    classes = [*map(str, numbers), _MISSING]
    areas = np.column_stack([answer.area_mm2, answer.missing_mm2])
    ground, place = np.nonzero(areas)
    keys = [f"{grounds.keys[g]}/{name}/{classes[c]}" for g, c in zip(ground.tolist(), place.tolist(), strict=True)]
    return {
        "key": np.array(keys, dtype=object),
        "ground": np.array(grounds.keys, dtype=object)[ground],
        "raster": np.full(len(ground), title.both(), dtype=object),
        "class": labels[place],
        "area_m2": areas[ground, place] / MM2_PER_M2,
        "share": areas[ground, place] / np.maximum(sizes[ground], 1),
    }


def _label(name: str, number: int) -> Text:
    rows = class_rows(name)
    if not rows:
        return Text(vi=f"cấp {number}", en=f"class {number}")
    row = rows[number]
    low, high, unit = *(_edge(row[side], row["unit"]) for side in ("low", "high")), row["unit"].replace("share", "%")
    if not low:
        return Text(vi=f"dưới {high} {unit}", en=f"below {high} {unit}")
    return Text(vi=f"từ {low} {unit}", en=f"from {low} {unit}") if not high else Text(*[f"{low}–{high} {unit}"] * 2)


def _edge(value: str, unit: str) -> str:
    return value and f"{float(value) * (100 if unit == 'share' else 1):g}"


_SLOPE_TITLE = Text(vi="Độ dốc", en="Slope")
_NO_DATA = Text(vi="không có số liệu", en="no data")
