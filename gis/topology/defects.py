"""Defects: what is wrong, between which units, how large, how wide and where; columns, never objects."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gis.measure import IntArray, areas_mm2
from gis.ragged import Array, expand, starts_of

# Kinds of places where a coverage is not one.
OVERLAP, SLIVER_OVERLAP, CONTAINED, DUPLICATE = OVERLAPS = ("overlap", "sliver_overlap", "contained", "duplicate")
GAP, SLIVER_GAP, HOLE = GAPS = ("gap", "sliver_gap", "hole")
MISMATCH = "mismatch"
SPIKE = "spike"
# Kinds of shapes that are none (OGC Simple Features), and of rows without one.
MISSING, EMPTY = "missing", "empty"
INVALID = (
    "self_intersection",
    "ring_self_intersection",
    "hole_outside_shell",
    "nested_holes",
    "nested_shells",
    "disconnected_interior",
    "too_few_points",
    "duplicate_rings",
    "unclosed_ring",
    "invalid_coordinate",
    "otherwise_invalid",
)
KINDS = (*OVERLAPS, *GAPS, MISMATCH, SPIKE, MISSING, EMPTY, *INVALID)


@dataclass(frozen=True, eq=False)
class Defects:
    """Places of n defects, largest concern of each column: shape (n,).

    Attributes
    ----------
    kind : one of `KINDS`
    starts : where the units of each defect start in `unit`, and the end, shape (n + 1,)
    unit : row positions of the units that have a part in it, in ascending order within a defect
    area_mm2 : of the overlap or gap, planar; 0 where it has none
    width_m : its mean width (twice the area by the outline), metres; NaN where it has none
    easting, northing : a place in it, metres; NaN where nobody can tell
    shape : its area as shapely geometry, else its point, else None
    """

    kind: npt.NDArray[np.object_]
    starts: npt.NDArray[np.int64]
    unit: npt.NDArray[np.int64]
    area_mm2: IntArray
    width_m: npt.NDArray[np.float64]
    easting: npt.NDArray[np.float64]
    northing: npt.NDArray[np.float64]
    shape: npt.NDArray[np.object_]

    @classmethod
    def areal(cls, kind: Any, units: Iterable[Array], shapes: Any, area_mm2: Any = None) -> Self:
        """Return defects that are areas; `units` are the row positions of each, `shapes` shapely areas, shape (n,)."""
        shapes = np.asarray(shapes, dtype=object)
        points = shapely.get_coordinates(shapely.point_on_surface(shapes))
        starts, unit = _laid(units)
        whole = areas_mm2(shapes) if area_mm2 is None else np.asarray(area_mm2, dtype=np.int64)
        return cls(
            _kinds(kind, len(shapes)), starts, unit, whole, mean_width_m(shapes), points[:, 0], points[:, 1], shapes
        )

    @classmethod
    def at(cls, kind: Any, unit: Any, easting: Any, northing: Any, shapes: Any = None) -> Self:
        """Return defects of one unit each at a point; NaN where nobody can tell the place."""
        unit = np.asarray(unit, dtype=np.int64)
        easting, northing = np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)
        if shapes is None:
            shapes = np.full(len(unit), None, dtype=object)
            there = np.isfinite(easting) & np.isfinite(northing)
            shapes[there] = shapely.points(easting[there], northing[there])
        nothing = np.zeros(len(unit), dtype=np.int64)
        width_m = np.full(len(unit), np.nan)
        starts = np.arange(len(unit) + 1)
        return cls(_kinds(kind, len(unit)), starts, unit, nothing, width_m, easting, northing, shapes)

    @classmethod
    def none(cls) -> Self:
        """Return no defects."""
        return cls.at("", [], [], [])

    @classmethod
    def joined(cls, parts: "Iterable[Defects]") -> Self:
        """Return the defects of all `parts`, one after the other."""
        every = [*parts] or [cls.none()]
        counts = np.concatenate([np.diff(one.starts) for one in every])
        names = ("kind", "unit", "area_mm2", "width_m", "easting", "northing", "shape")
        columns = {name: np.concatenate([getattr(one, name) for one in every]) for name in names}
        return cls(starts=starts_of(counts), **columns)

    def __len__(self) -> int:
        """Return the number of defects."""
        return len(self.kind)

    def take(self, chosen: Array) -> "Defects":
        """Return the defects of a mask or of positions."""
        rows = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        counts = np.diff(self.starts)[rows]
        _, places = expand(self.starts[rows], counts)
        columns = {name: getattr(self, name)[rows] for name in _OF_EACH}
        return Defects(starts=starts_of(counts), unit=self.unit[places], **columns)

    def of(self, *kinds: str) -> "Defects":
        """Return the defects of these kinds."""
        return self.take(np.isin(self.kind.astype(str), kinds))

    def named(self, kind: Any) -> "Defects":
        """Return the defects with other kinds, one for all or one each."""
        return replace(self, kind=_kinds(kind, len(self)))

    def units_of(self, defect: int) -> Array:
        """Return the row positions of the units of one defect."""
        return self.unit[self.starts[defect] : self.starts[defect + 1]]


_OF_EACH = ("kind", "area_mm2", "width_m", "easting", "northing", "shape")


def mean_width_m(shapes: Any) -> npt.NDArray[np.float64]:
    """Return twice the area by the length of the outline, metres: of a long strip its width, of a needle half of it."""
    length = shapely.length(shapes)
    with np.errstate(divide="ignore", invalid="ignore"):
        width: npt.NDArray[np.float64] = np.where(length > 0, 2.0 * shapely.area(shapes) / length, 0.0)
    return width


def _kinds(kind: Any, count: int) -> npt.NDArray[np.object_]:
    return np.full(count, kind, dtype=object) if isinstance(kind, str) else np.asarray(kind, dtype=object)


def _laid(units: Iterable[Array]) -> tuple[Array, Array]:
    units = [*units]
    counts = np.array([len(one) for one in units], dtype=np.int64)
    return starts_of(counts), np.concatenate([np.zeros(0, dtype=np.int64), *map(np.sort, units)])
