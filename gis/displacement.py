"""How far a boundary lies from where it was, stretch by stretch: the same line drawn again, or another line.

The land between the two boundaries falls into pieces, each with a stretch of the old and a stretch of the new line for
its sides. Along both sides the distance to the other line is told against what the stated accuracies allow:

- up to ``agree_m`` the two drawings agree: the line was *redrawn*;
- beyond ``differ_m`` they cannot be drawings of one line: it was *moved*;
- between the two, or where an accuracy is not stated, nobody *can tell*.

Pieces are cut across where the answer changes along their sides, so that every square metre of the change belongs to
one stretch. A change beyond the limit that is nowhere wider than ``agree_m`` (a spike) lies within the accuracy of the
drawing after all, and nobody can tell; a hole or a part that came or went whole is judged by its width alone.

The measure is the distance of every point of one line to the other, for which Goodchild and Hunter (1997,
doi:10.1080/136588197242419) use buffers; here it is computed without them, exactly, and in both directions, so that a
bay that was cut off counts as much as a spur that was added. Mozas-Calvache (2021, doi:10.35424/rcarto.i103.911)
compares the methods.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pyproj import CRS

from gis.between import Shapes, pieces_of, sides_along
from gis.gates import cut_across
from gis.graded_side import DIFFERS, FLANK, OPEN, TOUCH_M, GradedSide, Tolerance, graded_side, tolerance_at
from gis.line import Course, Floats, Ints
from gis.measure import IntArray, to_mm2
from gis.nearness import Nearness
from gis.ragged import components, expand

UNCHANGED, REDRAWN, CANNOT_TELL, MOVED = KINDS = ("unchanged", "redrawn", "cannot_tell", "moved")
_UNCHANGED, _REDRAWN, _CANNOT_TELL, _MOVED = range(4)

# An edge of a moved stretch is sampled at no more points than this.
_SAMPLES = 64

Mask = npt.NDArray[np.bool_]


def displacement(base: Any, proposed: Any, added: Any, removed: Any, tolerance: Tolerance, crs: CRS) -> GeoDataFrame:
    """Return the stretches of the boundary of `proposed` against that of `base`, in their order along it.

    Parameters
    ----------
    base, proposed : valid (multi)polygons, planar metres
    added, removed : ``proposed - base`` and ``base - proposed``
    tolerance : of the segments of ``Course.of(proposed)``

    Returns
    -------
    GeoDataFrame with the columns ``kind`` (of `KINDS`), ``begin_m`` (along the rings of `proposed`; NaN where the new
    line has no part in it), ``length_m`` (of the new line), ``base_length_m`` (of the old line), ``added_mm2``,
    ``removed_mm2``, ``displacement_max_m`` and ``displacement_mean_m`` (at all corners of both lines, on moved
    stretches also between them), and the stretch as a multiline: of the new line, or of the old one where the new one
    has no part in it. The lengths sum to those of the boundaries, the areas to those of the change.
    """
    old, new = Course.of(base), Course.of(proposed)
    gained, lost = pieces_of(added), pieces_of(removed)
    whole, sign = np.concatenate([gained, lost]), np.repeat([1, -1], [len(gained), len(lost)])
    from_old, from_new = Nearness(old, new), Nearness(new, old)
    along_old, along_new = sides_along(whole, sign > 0, from_old, from_new)
    sides = (
        graded_side(from_old, from_new, tolerance_at(from_old, tolerance), along_old),
        graded_side(from_new, from_old, tolerance, along_new),
    )
    pieces, owner = cut_across(whole, sides)
    if len(pieces) > len(whole):
        along_old, along_new = sides_along(pieces, sign[owner] > 0, from_old, from_new)
        sides = sides[0].with_edges(along_old), sides[1].with_edges(along_new)
    alone = _without_counterpart(sides, owner)
    land = _Land(pieces, _areas_m2(whole, pieces, owner), sign[owner], _kinds(pieces, sides, alone), alone)
    return _stretches(land, sides, crs)


@dataclass(frozen=True, eq=False)
class _Land:
    # Pieces of land between the lines: 1 for added or -1 for removed, kind as its place in KINDS, without a
    # counterpart of their line.
    pieces: Shapes
    area_m2: Floats
    sign: Ints
    kind: Ints
    alone: Mask


Both = tuple[GradedSide, GradedSide]


def _areas_m2(whole: Shapes, pieces: Shapes, owner: Ints) -> Floats:
    """Return the areas of the pieces; the last one of a whole takes what rounding along the cuts left over."""
    area_m2 = shapely.area(pieces)
    left_m2 = shapely.area(whole) - np.bincount(owner, weights=area_m2, minlength=len(whole))
    last = len(owner) - 1 - np.unique(owner[::-1], return_index=True)[1]
    area_m2[last] += left_m2
    areas: Floats = area_m2
    return areas


def _without_counterpart(sides: Both, owner: Ints) -> Mask:
    """Tell which pieces have one line only on their sides, as a whole: holes and parts that came or went."""
    lines = np.zeros(len(owner), dtype=np.int64)
    for side in sides:
        lines += np.bincount(side.edges.piece, minlength=len(owner)) > 0
    alone: Mask = (lines == 1) & (np.bincount(owner, minlength=len(owner))[owner] == 1)
    return alone


def _kinds(pieces: Shapes, sides: Both, alone: Mask) -> Ints:
    """Return the kind of each piece, as its place in `KINDS`."""
    metres, agree_m, differ_m = np.zeros((3, len(pieces))), np.zeros(len(pieces)), np.zeros(len(pieces))
    for side in sides:
        np.add.at(metres, (side.grade, side.edges.piece), side.length_m)
        np.maximum.at(agree_m, side.edges.piece, side.agree_m)
        np.maximum.at(differ_m, side.edges.piece, side.tolerance.differ_m[side.segment])
    kind = np.select([metres[DIFFERS] > TOUCH_M, metres[OPEN] > TOUCH_M], [_MOVED, _CANNOT_TELL], _REDRAWN)
    thin, open_ = (_narrower(pieces, width_m, alone | (kind == _MOVED)) for width_m in (agree_m, differ_m))
    by_width = np.select([thin, open_], [_REDRAWN, _CANNOT_TELL], _MOVED)
    return np.where(alone, by_width, np.where((kind == _MOVED) & thin, _CANNOT_TELL, kind))


def _narrower(pieces: Shapes, width_m: Floats, asked: Mask) -> Mask:
    """Tell which of the polygons that are asked are nowhere wider than `width_m`.

    The largest circle within an area is no smaller than its area over its perimeter, which decides most.
    """
    radius_m = width_m / 2
    narrow: Mask = asked & (shapely.area(pieces) <= radius_m * shapely.length(pieces))
    tried = np.flatnonzero(narrow & np.isfinite(radius_m))
    narrow[tried] = shapely.is_empty(shapely.buffer(pieces[tried], -radius_m[tried]))
    return narrow


def _stretches(land: _Land, sides: Both, crs: CRS) -> GeoDataFrame:
    groups = _grouped(land, sides)
    parts = [_changed(land, sides, groups), _unchanged(sides[1], groups)]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    # Land of no width between edges that coincide is a side of neither line, and no stretch.
    drawn = np.flatnonzero(~shapely.is_missing(found["geometry"]))
    order = drawn[np.argsort(found["begin_m"][drawn], kind="stable")]  # what has no begin comes last
    found["kind"] = np.array(KINDS, dtype=object)[found["kind"]]
    return GeoDataFrame({name: values[order] for name, values in found.items()}, geometry="geometry", crs=crs)


@dataclass(frozen=True, eq=False)
class _Groups:
    # Stretch of each piece of land; and along the new line the gap after each edge: where it begins and ends, whether
    # both its ends belong to one stretch.
    stretch: Ints
    before: Ints
    after: Ints
    gap_m: Floats
    linked: Mask

    @property
    def count(self) -> int:
        return int(self.stretch.max(initial=-1)) + 1


def _grouped(land: _Land, sides: Both) -> _Groups:
    """Join pieces of one kind that follow each other along the new line, or along the old one if they lack the new."""
    old, new = sides
    one, other, gap_m = new.followers()
    first, second = new.edges.piece[one], new.edges.piece[other]
    near = gap_m < np.maximum(TOUCH_M, FLANK * new.agree_m)
    linked = (land.kind[first] == land.kind[second]) & near
    before, after, between_m = old.followers()
    third, fourth = old.edges.piece[before], old.edges.piece[after]
    on_new = np.bincount(new.edges.piece, minlength=len(land.kind)) > 0
    also = (land.kind[third] == land.kind[fourth]) & (between_m < TOUCH_M) & ~(on_new[third] & on_new[fourth])
    pairs = [np.concatenate([new_[linked], old_[also]]) for new_, old_ in ((first, third), (second, fourth))]
    return _Groups(components(len(land.kind), *pairs), one, other, gap_m, linked)


Columns = dict[str, npt.NDArray[Any]]


def _changed(land: _Land, sides: Both, groups: _Groups) -> Columns:
    old, new = sides
    stretch, count = groups.stretch, groups.count
    kind = np.zeros(count, dtype=np.int64)
    kind[stretch] = land.kind
    bridged = groups.linked | (groups.gap_m < TOUCH_M)
    owner = stretch[new.edges.piece[groups.before]]
    bridge_m = np.bincount(owner[bridged], weights=groups.gap_m[bridged], minlength=count)
    length_m, base_length_m = (
        bridge_m + np.bincount(stretch[side.edges.piece], weights=side.length_m, minlength=count) for side in (new, old)
    )
    added, removed = (_sums_mm2(np.where(land.sign == sign, land.area_m2, 0.0), stretch, count) for sign in (1, -1))
    largest_m, mean_m = _displaced(land, sides, stretch, count)
    return {
        "kind": kind,
        "begin_m": _begins(new, groups),
        "length_m": length_m,
        "base_length_m": base_length_m,
        "added_mm2": added,
        "removed_mm2": removed,
        "displacement_max_m": largest_m,
        "displacement_mean_m": mean_m,
        "geometry": _drawn(sides, groups, bridged),
    }


def _sums_mm2(area_m2: Floats, stretch: Ints, count: int) -> IntArray:
    """Return the area of each stretch, rounded by a running total: the areas sum to the rounded sum."""
    return np.diff(to_mm2(np.cumsum(np.bincount(stretch, weights=area_m2, minlength=count))), prepend=0)


def _begins(new: GradedSide, groups: _Groups) -> Floats:
    """Return where on the new line each stretch begins, NaN where it has no part in it."""
    since_m = new.course.travelled(new.edges.begin)
    stretch = groups.stretch[new.edges.piece]
    first_m = np.full(groups.count, np.inf)
    opens = groups.after[~groups.linked]
    np.minimum.at(first_m, stretch[opens], since_m[opens])
    around_m = np.full(groups.count, np.inf)  # a whole ring begins nowhere
    np.minimum.at(around_m, stretch, since_m)
    first_m = np.where(np.isinf(first_m), around_m, first_m)
    return np.where(np.isinf(first_m), np.nan, first_m)


def _drawn(sides: Both, groups: _Groups, bridged: Mask) -> Shapes:
    """Return each stretch as a multiline of the new line, or of the old one where the new one has no part in it."""
    old, new = sides
    found: Shapes = np.full(groups.count, None, dtype=object)
    bridges = np.flatnonzero(bridged & (groups.gap_m > TOUCH_M))
    begin, end, gap = _gaps(new, groups, bridges)
    _put(
        found,
        new.course,
        np.concatenate([new.edges.begin, begin]),
        np.concatenate([new.edges.end, end]),
        groups.stretch[np.concatenate([new.edges.piece, new.edges.piece[groups.before[gap]]])],
    )
    left = shapely.is_missing(found)[groups.stretch[old.edges.piece]]
    _put(found, old.course, old.edges.begin[left], old.edges.end[left], groups.stretch[old.edges.piece[left]])
    return found


def _put(found: Shapes, course: Course, begins: Floats, ends: Floats, stretch: Ints) -> None:
    """Draw the edges of each stretch into `found`, those that go on from each other as one line."""
    order = np.lexsort([begins, stretch])
    begins, ends, stretch = begins[order], ends[order], stretch[order]
    opens = np.append(True, (stretch[1:] != stretch[:-1]) | (begins[1:] != ends[:-1]))[: len(order)]
    opens[1:] |= np.isin(begins[1:], course.ring_starts)
    closes = np.append(opens[1:], True)[: len(order)]
    if len(order):
        shapely.multilinestrings(course.stretches(begins[opens], ends[closes]), indices=stretch[opens], out=found)
        some = np.unique(stretch)
        found[some] = _multilines(shapely.line_merge(found[some]))


def _multilines(lines: Any) -> Shapes:
    single = shapely.get_type_id(lines) == shapely.GeometryType.LINESTRING
    lines[single] = shapely.multilinestrings(lines[single].reshape(-1, 1))
    drawn: Shapes = lines
    return drawn


def _gaps(new: GradedSide, groups: _Groups, wanted: Ints) -> tuple[Floats, Floats, Ints]:
    """Return the gaps after edges as intervals of places, with their edges; one around the start of a ring is two."""
    begin, end = new.edges.end[groups.before[wanted]], new.edges.begin[groups.after[wanted]]
    around = groups.after[wanted] <= groups.before[wanted]
    ring = new.course.ring[new.segment[groups.before[wanted]]]
    starts, stops = new.course.ring_starts[ring].astype(np.float64), new.course.ring_starts[ring + 1].astype(np.float64)
    begins = np.concatenate([begin, starts[around]])
    ends = np.concatenate([np.where(around, stops, end), end[around]])
    gap = np.concatenate([wanted, wanted[around]])
    some = ends > begins
    return begins[some], ends[some], gap[some]


def _unchanged(new: GradedSide, groups: _Groups) -> Columns:
    """Return the stretches where the lines coincide: gaps between the changed ones, and rings that nothing touches."""
    gaps = np.flatnonzero(~groups.linked & (groups.gap_m >= TOUCH_M))
    begin, end, gap = _gaps(new, groups, gaps)
    rings = np.setdiff1d(np.arange(len(new.course.ring_starts) - 1), new.course.ring[new.segment])
    whole = new.course.ring_starts.astype(np.float64)
    stretch = np.concatenate([np.searchsorted(gaps, gap), len(gaps) + np.arange(len(rings))])
    begins = np.concatenate([begin, whole[rings]])
    drawn: Shapes = np.full(len(gaps) + len(rings), None, dtype=object)
    _put(drawn, new.course, begins, np.concatenate([end, whole[rings + 1]]), stretch)
    since = np.concatenate([new.edges.end[groups.before[gaps]], whole[rings]])
    length_m = np.concatenate([groups.gap_m[gaps], np.diff(new.course.travelled(whole))[rings]])
    nothing, no_metres = np.zeros(len(drawn), dtype=np.int64), np.zeros(len(drawn))
    return {
        "kind": np.full(len(drawn), _UNCHANGED),
        "begin_m": new.course.travelled(since),
        "length_m": length_m,
        "base_length_m": length_m,
        "added_mm2": nothing,
        "removed_mm2": nothing,
        "displacement_max_m": no_metres,
        "displacement_mean_m": no_metres,
        "geometry": drawn,
    }


def _displaced(land: _Land, sides: Both, stretch: Ints, count: int) -> tuple[Floats, Floats]:
    """Return the largest and the mean distance between the lines along each stretch, m."""
    largest, total, metres = np.zeros(count), np.zeros(count), np.zeros(count)
    for side in sides:
        piece = side.edges.piece
        far = np.flatnonzero((land.kind[piece] != _REDRAWN) & ~land.alone[piece])
        near = np.flatnonzero((land.kind[piece] == _REDRAWN) & ~land.alone[piece])
        for edges, sampled in ((near, _at_corners(side, near)), (far, _along(side, far))):
            largest_m, mean_m = sampled
            np.maximum.at(largest, stretch[piece[edges]], largest_m)
            np.add.at(total, stretch[piece[edges]], mean_m * side.length_m[edges])
            np.add.at(metres, stretch[piece[edges]], side.length_m[edges])
    alone = np.flatnonzero(land.alone)
    width_m = 2 * shapely.length(shapely.maximum_inscribed_circle(land.pieces[alone]))
    np.maximum.at(largest, stretch[alone], width_m)
    np.add.at(total, stretch[alone], 2 * land.area_m2[alone])
    np.add.at(metres, stretch[alone], shapely.length(land.pieces[alone]))
    return largest, np.divide(total, metres, out=np.zeros(count), where=metres > 0)


def _at_corners(side: GradedSide, edges: Ints) -> tuple[Floats, Floats]:
    """Return the largest and the mean of the distances at the ends of edges; an end that is no corner is a crossing."""
    apart_m, _ = side.near.corners
    segment, begin, end = side.segment[edges], side.edges.begin[edges], side.edges.end[edges]
    first = np.where(begin == segment, apart_m[segment], 0.0)
    second = np.where(end == segment + 1, apart_m[side.course.following[segment]], 0.0)
    return np.maximum(first, second), (first + second) / 2


def _along(side: GradedSide, edges: Ints) -> tuple[Floats, Floats]:
    """Return the largest and the mean distance along edges, sampled a tolerance apart and at both ends."""
    if not len(edges):
        return np.zeros(0), np.zeros(0)
    segment, begin, end = side.segment[edges], side.edges.begin[edges], side.edges.end[edges]
    with np.errstate(divide="ignore"):
        steps = np.clip(np.ceil(side.length_m[edges] / side.agree_m[edges]), 1, _SAMPLES).astype(np.int64)
    edge, step = expand(np.zeros(len(edges), dtype=np.int64), steps + 1)
    part = begin[edge] - segment[edge] + (end - begin)[edge] * step / steps[edge]
    apart_m = _apart_m(side, segment[edge], part)
    opens = np.cumsum(steps + 1) - steps - 1
    weight = np.where((step == 0) | (step == steps[edge]), 0.5, 1.0)
    return np.maximum.reduceat(apart_m, opens), np.add.reduceat(apart_m * weight, opens) / steps


def _apart_m(side: GradedSide, segment: Ints, part: Floats) -> Floats:
    """Return the distance to the other line at parts of segments; that of corners is known."""
    corners, _ = side.near.corners
    apart_m = np.where(part == 0.0, corners[segment], corners[side.course.following[segment]])
    between = np.flatnonzero((part > 0.0) & (part < 1.0))
    apart_m[between], _ = side.near.of(side.course.points(segment[between], part[between]))
    return apart_m
