"""Which units have lines near them, and how often each lies in the classes: most are told in blocks, by one corner."""

from dataclasses import dataclass, replace

import numpy as np

from gis.blocks import BLOCK_UNITS
from gis.cores import threads
from gis.fabric import Fabric
from gis.gridded import GriddedLines
from gis.near import Asked, windings
from gis.outlines import Edges
from gis.ragged import Array
from gis.slices import Slices, are_sparse
from gis.windings import Windings, quantum_m2

_CHUNK = 2048


@dataclass(frozen=True, eq=False)
class Wound:
    """How often units lie in classes.

    Attributes
    ----------
    apart : units without a line near them: as a whole in the classes of one corner
    near : units with lines near them
    """

    apart: Windings
    near: Windings


def wound(fabric: Fabric, edges: Edges) -> Wound:
    """Return how often every unit lies in the classes that `edges` bound; linear in the edges."""
    return wound_in(fabric, GriddedLines.on(fabric.grid, edges))


def wound_in(fabric: Fabric, lines: GriddedLines | None) -> Wound:
    """Return the same for edges that lie ready on the grid of the fabric; None where they reach nothing."""
    nothing = Windings.nothing()
    if lines is None:
        return Wound(nothing, nothing)
    blocks = np.flatnonzero(lines.grid.meets(fabric.blocks.bounds))
    mixed = lines.lie_near(fabric.blocks.bounds[blocks])
    whole = _of_blocks(fabric, lines, blocks[~mixed])
    near, alone = _told_apart(lines, fabric.bounds, fabric.blocks.units_of(blocks[mixed]))
    cell = lines.corner_of(fabric.bounds[alone])
    apart = _at_corners(lines, alone, lines.corners.runs_of(cell))
    return Wound(Windings.joined([whole, apart]), _near(fabric, lines, np.sort(near)))


def _told_apart(lines: GriddedLines, bounds: Array, units: Array) -> tuple[Array, Array]:
    """Return the `units` with lines near them, and those that the lines reach but leave alone."""
    boxes = bounds[units]
    met = lines.grid.meets(boxes)
    units, boxes = units[met], boxes[met]
    near = lines.lie_near(boxes)
    return units[near], units[~near]


def _of_blocks(fabric: Fabric, lines: GriddedLines, blocks: Array) -> Windings:
    run = lines.corners.runs_of(lines.corner_of(fabric.blocks.bounds[blocks]))
    classes = lines.corners.starts[run + 1] - lines.corners.starts[run]
    inside = classes > 0
    blocks, run = blocks[inside], run[inside]
    units = fabric.blocks.units_of(blocks)
    if classes.max(initial=0) > 1:
        return _at_corners(lines, units, np.repeat(run, BLOCK_UNITS)[: len(units)])
    # The usual case: a block lies in one class, which is read once for all of its units.
    entry = lines.corners.starts[run]
    cover, times = (
        np.repeat(values[entry], BLOCK_UNITS)[: len(units)] for values in (lines.corners.unit, lines.corners.winding)
    )
    return Windings(units, cover, times, np.zeros_like(times))


def _at_corners(lines: GriddedLines, units: Array, runs: Array) -> Windings:
    owner, entry = lines.corners.listed(runs)
    times = lines.corners.winding[entry]
    return Windings(units[owner], lines.corners.unit[entry], times, np.zeros_like(times))


def _near(fabric: Fabric, lines: GriddedLines, units: Array) -> Windings:
    def ask(chunk: Array) -> Windings:
        outlines, bounds = fabric.outlines(chunk), fabric.bounds[chunk]
        sparse = are_sparse(outlines, bounds, fabric.area_m2[chunk])
        if not sparse.any():
            return windings(Asked(chunk, bounds, outlines.edges(), quantum_m2(bounds)), lines)
        found = _sliced(Slices.of(outlines.take(np.flatnonzero(sparse)), bounds[sparse]), lines)
        sliced = replace(found, unit=chunk[sparse][found.unit])
        return sliced if sparse.all() else Windings.joined([sliced, ask(chunk[~sparse])])

    chunks = [units[start : start + _CHUNK] for start in range(0, len(units), _CHUNK)]
    with threads(len(units)) as beside:
        return Windings.joined(list(beside.map(ask, chunks)))


def _sliced(slices: Slices, lines: GriddedLines) -> Windings:
    near, alone = _told_apart(lines, slices.bounds, np.arange(len(slices)))
    cell = lines.corner_of(slices.bounds[alone])
    apart = _at_corners(lines, alone, lines.corners.runs_of(cell))
    return slices.together(Windings.joined([windings(slices.asked(near), lines), apart]))
