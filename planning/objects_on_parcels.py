"""Lines and points that lie on parcels: roads, power lines, masts, gates; how long a line runs inside each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.bound import SNAP_M
from gis.fabric import Fabric
from gis.states import CROSSED, STATES, UNDECIDABLE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lying:
    """Pairs of a parcel and an object on it, ordered by parcel and object, shape (r,) each.

    Attributes
    ----------
    unit, item : position of the parcel in its fabric, and of the object
    length_m : how long the object runs inside the parcel, metres to the mm; 0 for a point
    state : position in `gis.states.STATES`: crossed, or undecidable where it only comes within its accuracy
    """

    unit: Ints
    item: Ints
    length_m: Floats
    state: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Objects:
    """Lines cut into steps, and points.

    Attributes
    ----------
    item : object that each piece belongs to, shape (p,)
    pieces : the steps and points
    accuracy_m : of the object of each piece; 0 takes it as exact
    tree : index of the boxes of the pieces, each grown by its accuracy
    """

    item: Ints
    pieces: npt.NDArray[np.object_]
    accuracy_m: Floats
    tree: shapely.STRtree

    @classmethod
    def of(cls, shapes: npt.NDArray[np.object_], accuracy_m: Floats) -> "Objects":
        """Take lines and points, shape (k,), with their accuracies."""
        parts, owner = shapely.get_parts(shapes, return_index=True)
        points = shapely.get_dimensions(parts) == 0
        coordinates, line = shapely.get_coordinates(parts[~points], return_index=True)
        inner = line[:-1] == line[1:]
        ends = np.stack([coordinates[:-1][inner], coordinates[1:][inner]], axis=1)
        pieces = np.concatenate([np.asarray(shapely.linestrings(ends), dtype=object).reshape(-1), parts[points]])
        item = np.concatenate([owner[~points][line[:-1][inner]], owner[points]])
        accuracy = accuracy_m[item]
        reach = accuracy[:, np.newaxis] * np.array([-1.0, -1.0, 1.0, 1.0])
        boxes = shapely.box(*(shapely.bounds(pieces).reshape(-1, 4) + reach).T)
        return cls(item, pieces, accuracy, shapely.STRtree(boxes))

    def on(self, part: Fabric) -> Lying:
        """Return the objects that lie on the parcels of `part`, or within their own accuracy of them."""
        near = self._near(part)
        shapes = part.drawn(near)
        one, piece = self.tree.query(shapes)
        kept = shapely.dwithin(shapes[one], self.pieces[piece], self.accuracy_m[piece])
        unit, shapes, piece = near[one[kept]], shapes[one[kept]], piece[kept]
        within = shapely.intersection(shapes, self.pieces[piece])
        along = shapely.length(shapely.intersection(within, shapely.boundary(shapes)))
        on = (shapely.get_dimensions(self.pieces[piece]) == 0) & ~shapely.is_empty(within)
        return _summed(unit, self.item[piece], shapely.length(within) - along, on)

    def _near(self, part: Fabric) -> Ints:
        """Return the parcels whose boxes a piece reaches, asked block by block first."""
        units = part.blocks.units_of(self._reached(part.blocks.bounds))
        near: Ints = np.sort(units[self._reached(part.bounds[units])])
        return near

    def _reached(self, boxes: Floats) -> Ints:
        if not len(boxes) or not len(self.pieces):
            return np.zeros(0, dtype=np.int64)
        return np.unique(self.tree.query(shapely.box(*boxes.T))[0])


def _summed(unit: Ints, item: Ints, length_m: Floats, on: npt.NDArray[np.bool_]) -> Lying:
    """Return one pair for all pieces of an object; a line that only touches an edge is open."""
    order = np.lexsort((item, unit))
    unit, item = unit[order], item[order]
    opens = np.flatnonzero((np.diff(unit, prepend=-1) != 0) | (np.diff(item, prepend=-1) != 0))
    length: Floats = np.add.reduceat(length_m[order], opens) if len(opens) else np.zeros(0)
    lies = np.logical_or.reduceat(on[order], opens) if len(opens) else np.zeros(0, dtype=np.bool_)
    state = np.where(lies | (length > SNAP_M), STATES.index(CROSSED), STATES.index(UNDECIDABLE)).astype(np.int8)
    return Lying(unit[opens], item[opens], np.maximum(length, 0.0).round(3), state)
