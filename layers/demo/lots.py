"""Lots: the mesh cut at communes, roads and waters, its slivers given to a neighbour; a true coverage."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.demo import mesh
from layers.demo.adjacency import Neighbours, neighbours
from layers.demo.noise import IntArray
from layers.demo.place import place
from layers.demo.settlement import settlement, with_parcels
from layers.demo.sites import corridors, sites

Shapes = npt.NDArray[np.object_]
MM = 0.001
NOWHERE, OPEN = -1, -1
# Pieces smaller than this share of the lot that they were cut from, or this narrow, go to a neighbour.
_LEAST_SHARE, _LEAST_M2, _LEAST_COMPACTNESS = 0.12, 20.0, 0.011
# Of n lots of the mesh about `_STAYING` n + `_CUT` √n are there after cutting (found by trying 1,000 to 1,000,000).
_STAYING, _CUT = 0.96, 14.0


@dataclass(frozen=True, eq=False)
class Lots:
    """Pieces of land.

    Attributes
    ----------
    shapes : polygons, shape (n,), a coverage
    commune : position in the table of communes
    site : position among the sites, OPEN where there is none
    lane : whether the piece is a lane, which belongs to everybody
    """

    shapes: Shapes
    commune: IntArray
    site: IntArray
    lane: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.shapes)

    def taken(self, chosen: Any) -> "Lots":
        """Return some of the pieces."""
        return Lots(self.shapes[chosen], self.commune[chosen], self.site[chosen], self.lane[chosen])


def lots(count: int, seed: int) -> Lots:
    """Return exactly `count` lots, and the lanes between them.

    Parameters
    ----------
    count : lots that are no lane
    """
    first = _to_begin_with(1.03 * count + 20)
    while True:
        cut = _cut(first, seed)
        merged = _without_crumbs(cut, _merged(cut, count), count)
        if int((~merged.lane).sum()) == count:
            return merged
        first = int(1.06 * first) + 20


def _without_crumbs(cut: "_Cut", merged: Lots, count: int) -> Lots:
    """Leave to the lanes what is tiny even when joined to all its neighbours, and join fewer others instead."""
    if not _crumbs(merged).any():
        return merged
    again = _merged(cut, count + int(_crumbs(merged).sum()))
    return replace(again, lane=again.lane | _crumbs(again))


def _crumbs(every: Lots) -> npt.NDArray[np.bool_]:
    return np.asarray(~every.lane & (shapely.area(every.shapes) < _LEAST_M2))


def _to_begin_with(count: float) -> int:
    """Return how many lots the mesh needs: some are lost to roads and beyond the border, others are cut in two."""
    root = (np.sqrt(_CUT**2 + 4.0 * _STAYING * count) - _CUT) / (2.0 * _STAYING)
    return int(root**2)


@dataclass(frozen=True, eq=False)
class _Cut:
    """Pieces after cutting.

    Attributes
    ----------
    lots : whole lots first, then the pieces of those that were cut
    small : which are too small to stay, shape (n,)
    near : which were cut or lie beside one that was, shape (n,)
    """

    lots: Lots
    small: npt.NDArray[np.bool_]
    near: npt.NDArray[np.bool_]


def _cut(count: int, seed: int) -> _Cut:
    built = settlement(seed)
    rectangles = mesh.divided(built.density, built.urban, count, seed)
    outlines = mesh.rings(rectangles, seed)
    cells = shapely.polygons(shapely.linearrings(outlines.coordinates, indices=outlines.ring))
    starts = np.searchsorted(outlines.ring, np.arange(len(cells)))
    tree = shapely.STRtree(cells)
    lines = _cutting_lines(seed)
    crossed = np.unique(tree.query(_short(lines), predicate="intersects")[1])
    whole = np.ones(len(cells), dtype=bool)
    whole[crossed] = False
    kept = _placed(cells, outlines.coordinates[starts], rectangles.lane, seed).taken(whole)
    pieces, source = _pieces(cells[crossed], lines)
    inner = shapely.get_coordinates(shapely.point_on_surface(pieces))
    cut = _placed(pieces, inner, rectangles.lane[crossed][source], seed)
    small = np.concatenate([np.zeros(len(kept), dtype=bool), _too_small(pieces, shapely.area(cells[crossed])[source])])
    beside = np.zeros(len(cells), dtype=bool)
    beside[tree.query(cells[crossed])[1]] = True
    near = np.concatenate([beside[whole], np.ones(len(cut), dtype=bool)])
    every = _joined(kept, cut)
    on_land = every.commune != NOWHERE
    return _Cut(every.taken(on_land), small[on_land], near[on_land])


def _joined(first: Lots, second: Lots) -> Lots:
    return Lots(
        *(
            np.concatenate([getattr(one, part) for one in (first, second)])
            for part in ("shapes", "commune", "site", "lane")
        )
    )


def _cutting_lines(seed: int) -> Shapes:
    land = place().shapes[with_parcels()]
    outlines = [one.shape for one in sites(seed)]
    return np.asarray(shapely.get_parts(shapely.boundary([*land, *shapely.get_parts(corridors()), *outlines])))


def _short(lines: Shapes) -> Shapes:
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    within = np.flatnonzero(np.diff(line) == 0)
    return np.asarray(shapely.linestrings(np.stack([coordinates[within], coordinates[within + 1]], axis=1)))


def _pieces(cells: Shapes, lines: Shapes) -> tuple[Shapes, IntArray]:
    """Return the pieces of cells between the lines, every crossing a vertex of all who meet there, and their cells."""
    noded = shapely.union_all([*shapely.boundary(cells), *lines], grid_size=MM)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    found, cell = shapely.STRtree(cells).query(shapely.point_on_surface(faces), predicate="within")
    return faces[found], cell


def _placed(shapes: Shapes, inner: Any, lane: npt.NDArray[np.bool_], seed: int) -> Lots:
    """Tell where each shape lies from a point in it; shapes do not cross the lines."""
    tree = shapely.STRtree(shapely.points(inner))
    commune, site = np.full(len(shapes), NOWHERE), np.full(len(shapes), OPEN)
    for number in np.flatnonzero(with_parcels()):
        commune[tree.query(place().shapes[number], predicate="contains")] = number
    commune[tree.query(shapely.get_parts(corridors()), predicate="contains")[1]] = NOWHERE
    for position, one in enumerate(sites(seed)):
        site[tree.query(one.shape, predicate="contains")] = position
    return Lots(shapes, commune, site, lane & (site == OPEN))


def _too_small(pieces: Shapes, lot_m2: Any) -> npt.NDArray[np.bool_]:
    area, length = shapely.area(pieces), shapely.length(pieces)
    return np.asarray((area < _LEAST_SHARE * lot_m2) | (area < _LEAST_M2) | (area < _LEAST_COMPACTNESS * length**2))


def _merged(cut: _Cut, count: int) -> Lots:
    """Give what is too small to a neighbour, make one lot of each site, and go on until `count` lots are left."""
    asked = np.flatnonzero(cut.near | (cut.lots.site != OPEN))
    rest = np.ones(len(cut.lots), dtype=bool)
    rest[asked] = False
    part = _without_orphans(cut.lots.taken(asked), cut.small[asked])
    kept = cut.lots.taken(rest)
    surplus = int((~part.lane).sum() + (~kept.lane).sum()) - count
    return _joined(kept, _united(part, _groups(part, cut.small[asked], surplus)))


def _without_orphans(part: Lots, small: npt.NDArray[np.bool_]) -> Lots:
    """Leave to the lanes what no neighbour can take, between a road and the line of a commune, say."""
    beside = neighbours(part.shapes)
    alike = (
        (part.commune[beside.first] == part.commune[beside.second])
        & (part.site[beside.second] == OPEN)
        & ~part.lane[beside.second]
    )
    takers = np.bincount(beside.first[alike], minlength=len(part))
    return replace(part, lane=part.lane | (small & (takers == 0) & (part.site == OPEN)))


def _groups(part: Lots, small: npt.NDArray[np.bool_], surplus: int) -> IntArray:
    """Return for each piece the piece that it becomes part of."""
    root = np.arange(len(part))
    for site in np.unique(part.site[part.site != OPEN]):
        own = np.flatnonzero(part.site == site)
        root[own] = own[0]
        surplus -= len(own) - 1
    beside = neighbours(part.shapes)
    order = np.lexsort((shapely.area(part.shapes), ~small))
    open_lots = (part.site == OPEN) & ~part.lane
    for one in order[open_lots[order]]:
        if not small[one] and surplus <= 0:
            break
        surplus -= _join(int(one), root, part, beside)
    return np.array([_find(root, one) for one in range(len(part))])


def _join(one: int, root: IntArray, part: Lots, beside: Neighbours) -> int:
    """Join a piece to the neighbour of its commune with which it shares most; return how many pieces go."""
    for other in beside.of(one):
        alike = part.commune[other] == part.commune[one] and part.site[other] == OPEN and not part.lane[other]
        first, second = _find(root, one), _find(root, int(other))
        if alike and first != second:
            root[max(first, second)] = min(first, second)
            return 1
    return 0


def _find(root: IntArray, one: int) -> int:
    while root[one] != one:
        root[one] = root[root[one]]
        one = int(root[one])
    return one


def _united(part: Lots, group: IntArray) -> Lots:
    members = np.bincount(group, minlength=len(part))
    alone = members[group] == 1
    order = np.argsort(group[~alone], kind="stable")
    several = np.flatnonzero(~alone)[order]
    starts = (
        np.flatnonzero(np.append(True, np.diff(group[several]) != 0)) if len(several) else np.zeros(0, dtype=np.int64)
    )
    shapes = (
        [shapely.coverage_union_all(part.shapes[own]) for own in np.split(several, starts[1:])] if len(several) else []
    )
    joined = part.taken(group[several[starts]])
    return _joined(part.taken(alone), Lots(np.array(shapes, dtype=object), joined.commune, joined.site, joined.lane))
