"""Planted faults: known mistakes in the data, each listed with its place, so that checks can be held to the answers."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely import LinearRing, Point, Polygon

from layers.demo.adjacency import neighbours
from layers.demo.noise import uniform

FILE = "faults.json"
_TIMES = 4
_NARROW_M = 0.04

# “Hộ ông Minh Họa” in the encoding TCVN3, read as Latin-1.
_TCVN3_OWNER = "Hé «ng Minh Häa"


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault.

    Attributes
    ----------
    kind : what is wrong
    layer, features : where; the key of each feature that has a part in it
    easting, northing : a place in it
    area_m2 : of the overlap, gap or sliver; 0 where none
    field, value : the wrong value, where it is one
    """

    kind: str
    layer: str
    features: tuple[str, ...]
    easting: float
    northing: float
    area_m2: float = 0.0
    field: str = ""
    value: str = ""


def with_faults(parcels: GeoDataFrame, seed: int) -> tuple[GeoDataFrame, tuple[Fault, ...]]:
    """Return the parcels with faults of every kind planted, no parcel in two of them, and the list of the faults."""
    ground = _Ground.of(parcels, seed)
    faults = [plant(ground) for plant in _PLANTS for _ in range(_TIMES)]
    planted = GeoDataFrame(DataFrame(ground.columns), geometry=np.array(ground.shapes, dtype=object), crs=parcels.crs)
    return planted, tuple(faults)


def write_faults(path: Path, faults: tuple[Fault, ...]) -> None:
    """Write the list beside the project."""
    content = {"faults": [asdict(fault) for fault in faults]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@dataclass(eq=False)
class _Ground:
    """The parcels while faults are planted: rows that change, and rows that are still free."""

    columns: dict[str, list[Any]]
    shapes: list[Any]
    order: list[int]
    beside: Any

    @classmethod
    def of(cls, parcels: GeoDataFrame, seed: int) -> "_Ground":
        shapes = np.asarray(parcels.geometry.values, dtype=object)
        area = shapely.area(shapes)
        plain = (shapely.get_num_interior_rings(shapes) == 0) & (shapely.get_type_id(shapes) == 3) & (area > 200.0)
        order = np.argsort(uniform(seed + 300, np.arange(len(parcels))), kind="stable")
        near = np.sort(order[plain[order]][: 60 * len(_PLANTS)])  # enough for every kind; far fewer than all
        columns = {str(name): parcels[name].tolist() for name in parcels.columns if name != "geometry"}
        every = _Neighbourhood.of(shapes, near)
        return cls(columns, list(shapes), [one for one in order[plain[order]].tolist() if one in every.pairs], every)

    def key(self, row: int) -> str:
        return "/".join(self.columns[name][row] for name in ("commune", "sheet_no", "parcel_no"))

    def take(self) -> int:
        """Return a row that no fault has touched; its neighbours are then taken too."""
        row = self.order.pop(0)
        touched = {row, *self.beside.pairs[row]}
        self.order = [one for one in self.order if one not in touched and not touched & set(self.beside.pairs[one])]
        return row

    def neighbour(self, row: int) -> int:
        return int(self.beside.pairs[row][0])

    def add(self, row: int, shape: Any, **changed: Any) -> None:
        """Add a row like `row`, of another shape."""
        for name, values in self.columns.items():
            values.append(changed.get(name, values[row]))
        self.shapes.append(shape)

    def next_number(self, row: int) -> str:
        sheet = (self.columns["commune"][row], self.columns["sheet_no"][row])
        numbers = zip(self.columns["commune"], self.columns["sheet_no"], self.columns["parcel_no"], strict=True)
        return str(1 + max(int(number) for commune, sheet_no, number in numbers if (commune, sheet_no) == sheet))

    def fault(self, kind: str, rows: tuple[int, ...], where: Any, area_m2: float = 0.0, field: str = "") -> Fault:
        inner = shapely.point_on_surface(where)
        value = str(self.columns[field][rows[0]]) if field else ""
        keys = tuple(self.key(row) for row in rows)
        return Fault(kind, "parcels", keys, round(inner.x, 3), round(inner.y, 3), round(area_m2, 3), field, value)


@dataclass(frozen=True, eq=False)
class _Neighbourhood:
    pairs: dict[int, list[int]]

    @classmethod
    def of(cls, shapes: Any, chosen: Any) -> "_Neighbourhood":
        """Return the neighbours of the chosen shapes that have any."""
        around = np.unique(shapely.STRtree(shapes).query(shapes[chosen])[1])
        found = neighbours(shapes[around])
        pairs = {int(row): around[found.of(int(np.searchsorted(around, row)))].tolist() for row in chosen}
        return cls({row: others for row, others in pairs.items() if others})


def _moved_edge(ground: _Ground, kind: str, into_m: float) -> Fault:
    """Move one vertex of a common edge: into the neighbour (an overlap) or away from it (a gap)."""
    row = ground.take()
    other = ground.neighbour(row)
    shape, beside = ground.shapes[row], ground.shapes[other]
    shared = shapely.line_merge(shapely.intersection(shapely.boundary(shape), shapely.boundary(beside)))
    edge = max(shapely.get_parts(shared), key=lambda part: float(part.length))
    start, end = (np.array(point) for point in max(zip(edge.coords, list(edge.coords)[1:], strict=False), key=_length))
    middle, along = (start + end) / 2.0, (end - start) / np.hypot(*(end - start))
    side = np.array([-along[1], along[0]])
    outward = side if beside.contains(Point(middle + 0.05 * side)) else -side
    apex = np.round(middle + into_m * outward, 3)
    ground.shapes[row] = _with_vertex(shape, start, end, apex)
    triangle = Polygon([start, apex, end])
    return ground.fault(kind, (row, other), triangle, triangle.area)


def _length(pair: Any) -> float:
    (east, north), (other_east, other_north) = pair
    return float(np.hypot(other_east - east, other_north - north))


def _with_vertex(shape: Any, start: Any, end: Any, apex: Any) -> Any:
    ring = shapely.get_coordinates(shapely.get_exterior_ring(shape))
    for position in range(len(ring) - 1):
        here = {tuple(ring[position]), tuple(ring[position + 1])}
        if here == {tuple(start), tuple(end)}:
            return Polygon(np.insert(ring, position + 1, apex, axis=0))
    msg = "the edge is not part of the shape"
    raise ValueError(msg)


def _overlap(ground: _Ground) -> Fault:
    return _moved_edge(ground, "overlap", 1.5)


def _gap(ground: _Ground) -> Fault:
    return _moved_edge(ground, "gap", -1.5)


def _sliver_overlap(ground: _Ground) -> Fault:
    return _moved_edge(ground, "sliver_overlap", _NARROW_M)


def _sliver_gap(ground: _Ground) -> Fault:
    return _moved_edge(ground, "sliver_gap", -_NARROW_M)


def _contained(ground: _Ground) -> Fault:
    row = ground.take()
    shape = ground.shapes[row]
    inner = Polygon(np.round(shapely.get_coordinates(_inscribed(shape)), 3))
    ground.add(row, inner, parcel_no=ground.next_number(row), measured_area_m2=round(inner.area, 1))
    return ground.fault("contained_overlap", (row, len(ground.shapes) - 1), inner, inner.area)


def _inscribed(shape: Any) -> Any:
    line = shapely.maximum_inscribed_circle(shape, tolerance=0.5)
    return shapely.buffer(Point(line.coords[0]), 0.4 * line.length, quad_segs=2)


def _duplicate_geometry(ground: _Ground) -> Fault:
    row = ground.take()
    ground.add(row, ground.shapes[row], parcel_no=ground.next_number(row))
    shape = ground.shapes[row]
    return ground.fault("duplicate_geometry", (row, len(ground.shapes) - 1), shape, shape.area)


def _duplicate_key(ground: _Ground) -> Fault:
    row = ground.take()
    commune = ground.columns["commune"]
    ground.order.sort(key=lambda one: commune[one] != commune[row])  # stable: a parcel of the same commune comes first
    other = ground.take()
    for name in ("commune", "sheet_no", "parcel_no"):
        ground.columns[name][other] = ground.columns[name][row]
    return ground.fault("duplicate_key", (row, other), ground.shapes[other])


def _bow_tie(ground: _Ground) -> Fault:
    row = ground.take()
    ring = shapely.get_coordinates(shapely.get_exterior_ring(ground.shapes[row]))
    count = len(ring) - 1
    crossed = ring.copy()
    # Two opposite vertices change places with their followers' sides: the outline now crosses itself.
    crossed[[count // 4, count // 4 + count // 2]] = ring[[count // 4 + count // 2, count // 4]]
    shape = ground.shapes[row]
    ground.shapes[row] = Polygon(LinearRing(crossed))
    return ground.fault("self_intersection", (row,), shape)


def _spike(ground: _Ground) -> Fault:
    """Let a needle of two metres stick out of the middle of a side: valid, and wrong."""
    row = ground.take()
    ring = shapely.get_coordinates(shapely.get_exterior_ring(ground.shapes[row]))
    for position in np.argsort(-np.hypot(*np.diff(ring, axis=0).T), kind="stable"):
        start, end = ring[position], ring[position + 1]
        along = (end - start) / np.hypot(*(end - start))
        middle = (start + end) / 2.0
        for side in ((along[1], -along[0]), (-along[1], along[0])):
            needle = np.round([middle, middle + 2.0 * np.array(side), middle + 0.02 * along], 3)
            shape = Polygon(np.insert(ring, position + 1, needle, axis=0))
            if shape.is_valid and shape.area > ground.shapes[row].area:
                ground.shapes[row] = shape
                return ground.fault("spike", (row,), Point(needle[1]))
    msg = "no side has room for a needle"
    raise ValueError(msg)


def _wrong(kind: str, field: str, value: Any) -> Callable[[_Ground], Fault]:
    def plant(ground: _Ground) -> Fault:
        row = ground.take()
        ground.columns[field][row] = value(row) if callable(value) else value
        return ground.fault(kind, (row,), ground.shapes[row], field=field)

    return plant


def _wrong_area(ground: _Ground) -> Fault:
    row = ground.take()
    ground.columns["measured_area_m2"][row] = round(1.35 * ground.columns["measured_area_m2"][row], 1)
    return ground.fault("measured_area_differs", (row,), ground.shapes[row], field="measured_area_m2")


def _empty(ground: _Ground) -> Fault:
    row = ground.take()
    shape = ground.shapes[row]
    ground.shapes[row] = None
    return ground.fault("geometry_missing", (row,), shape, shape.area)


_PLANTS: tuple[Callable[[_Ground], Fault], ...] = (
    _overlap,
    _gap,
    _sliver_overlap,
    _sliver_gap,
    _contained,
    _duplicate_geometry,
    _duplicate_key,
    _bow_tie,
    _spike,
    _empty,
    _wrong_area,
    _wrong("unknown_code", "land_use", "XYZ"),
    _wrong("lower_case_code", "land_use", "odt"),
    _wrong("unknown_commune", "commune", lambda row: f"99{row}"),
    _wrong("negative_area", "legal_area_m2", -100.0),
    _wrong("date_in_future", "handover_date", "2099-01-01"),
    _wrong("mixed_encoding", "owner", _TCVN3_OWNER),
)
