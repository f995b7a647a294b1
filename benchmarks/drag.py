"""A boundary of 20,000 vertices moves over the parcels, one vertex at a time."""

import time
from argparse import Namespace
from typing import Any

import numpy as np
import shapely

from benchmarks import fabric_data
from benchmarks.child import peak_memory_mb
from gis.cover import Cover
from gis.drag import BoundaryDrag
from gis.errors import GeometryInvalid
from gis.fabric import Fabric

COMPARED_EVERY = 100


def run(options: Namespace) -> dict[str, Any]:
    """Return the times of random moves, and how often the totals were not those of a fresh start."""
    frame = fabric_data.parcels(options.parcels, options.seed)
    zone = fabric_data.boundary(frame, options.seed).geometry[0]
    fabric, cover = Fabric.from_frame(frame), Cover.from_frame(fabric_data.communes(frame, options.seed))
    begin = time.perf_counter()
    drag = BoundaryDrag(fabric, zone, [cover])
    start = time.perf_counter() - begin
    seconds, refused, differences, compared = _moved(drag, options.moves, np.random.default_rng(options.seed))
    milliseconds, processor = np.array(seconds).T * 1000
    fresh = BoundaryDrag(fabric, drag.boundary, [cover])
    return {
        "benchmark": "drag",
        "parcels": len(frame),
        "vertices": int(shapely.get_num_coordinates(zone)) - 1,
        "moves": len(seconds),
        "refused": refused,
        "start_seconds": start,
        "median_ms": float(np.median(milliseconds)),
        "p99_ms": float(np.percentile(milliseconds, 99)),
        "max_ms": float(milliseconds.max()),
        # Without what other programs on the machine took.
        "median_processor_ms": float(np.median(processor)),
        "p99_processor_ms": float(np.percentile(processor, 99)),
        "compared": compared + 1,
        "differences": differences + int(fresh.totals != drag.totals),
        "peak_memory_mb": peak_memory_mb(),
    }


def _moved(drag: BoundaryDrag, moves: int, rng: np.random.Generator) -> tuple[list[tuple[float, float]], int, int, int]:
    seconds: list[tuple[float, float]] = []
    refused = differences = compared = 0
    ring = shapely.get_coordinates(drag.boundary)[:-1]
    while len(seconds) < moves:
        at = int(rng.integers(len(ring)))
        wanted = ring.copy()
        wanted[at] += rng.normal(size=2) * rng.choice([0.5, 5.0])
        area = shapely.Polygon(wanted)
        begin, busy = time.perf_counter(), time.process_time()
        try:
            drag.move(area)
        except GeometryInvalid:
            refused += 1
            continue
        seconds.append((time.perf_counter() - begin, time.process_time() - busy))
        ring = wanted
        if len(seconds) % COMPARED_EVERY == 0:
            compared += 1
            differences += int(drag.restarted(area).totals != drag.totals)
    return seconds, refused, differences, compared
