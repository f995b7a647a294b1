"""Yards: the layout of 25 ha with obstacles, rectangles beside a layout by hand, the register of 300 yards."""

import tempfile
import time
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
import shapely.affinity
from geopandas import GeoDataFrame

from layers.demo.build import build
from layers.workspace import Workspace
from planning.yard_layout import DesignVehicle, YardGround, lay_out
from planning.yard_register import yard_register

_YARDS, _PARCELS = 300, 5_000
_EAST, _NORTH = 445_000.0, 2_425_000.0
_RECTANGLES = ((200, 100), (150, 120), (320, 75), (95, 95), (400, 260))


def run(options: Namespace) -> dict[str, Any]:
    """Return processor seconds of layout and register, and slots beside those of a layout by hand."""
    with tempfile.TemporaryDirectory() as name:
        workspace = _port(Path(name) / "demo", options.seed)
        register, taken = _timed(lambda: yard_register(workspace, date(2026, 1, 1)))
    ground = large_yard(options.seed)
    layout, laid = _timed(lambda: lay_out(ground))
    return {
        "benchmark": "yards",
        "layout": {
            "area_ha": round(shapely.area(ground.outline) / 10_000, 2),
            "obstacles": len(ground.obstacles),
            "slots": len(layout),
            **laid,
        },
        "by_hand": [_beside_hand(*sides) for sides in _RECTANGLES],
        "register": {"yards": register.value("yards.count"), "parcels": _PARCELS, **taken},
    }


def large_yard(seed: int) -> YardGround:
    """Return a yard of 25 ha with six corners, twelve buildings, a lane that stays free and two entries."""
    chance = np.random.default_rng(seed)
    outline = shapely.Polygon([(0, 0), (600, 20), (630, 300), (420, 460), (200, 450), (40, 420)])
    outline = shapely.affinity.scale(outline, *[np.sqrt(250_000 / outline.area)] * 2, origin=(0, 0))
    places = chance.uniform([60, 60, 10, 10], [480, 360, 60, 40], (12, 4))
    obstacles = [shapely.box(x, y, x + width, y + height) for x, y, width, height in places]
    lane = shapely.intersection(shapely.box(300, 0, 312, 500), outline)
    entries = [outline.exterior.interpolate(share, normalized=True) for share in (0.1, 0.6)]
    here = [shapely.affinity.translate(one, _EAST, _NORTH) for one in (outline, lane, *obstacles, *entries)]
    return YardGround(here[0], here[2 : 2 + len(obstacles)], [here[1]], here[2 + len(obstacles) :])


def _beside_hand(length_m: float, width_m: float) -> dict[str, Any]:
    yard = shapely.box(_EAST, _NORTH, _EAST + length_m, _NORTH + width_m)
    slots, hand = len(lay_out(YardGround(yard))), max(by_hand(length_m, width_m), by_hand(width_m, length_m))
    return {"size_m": f"{length_m} × {width_m}", "slots": slots, "by_hand": hand, "share": round(slots / hand, 3)}


def by_hand(along_m: float, across_m: float) -> int:
    """Return the slots that a person draws: full rows, an aisle to every two, one lane at the end of the rows."""
    vehicle = DesignVehicle()
    pattern, gap = vehicle.pattern, 2 * vehicle.edge_gap_m
    counts = [0]
    for rows in range(1, 40):
        aisles = (rows + 1) // 2
        if rows * pattern.slot_length_m + aisles * pattern.aisle_m <= across_m - gap:
            lane = pattern.lane_m if aisles > 1 else 0.0
            counts.append(rows * int((along_m - gap - lane) // pattern.slot_width_m))
    return max(counts)


def _port(folder: Path, seed: int) -> Workspace:
    """Return a demo project with ten times its yards, a few metres beside each other, and their papers."""
    workspace = build(folder, _PARCELS, seed)
    yards, papers = workspace.read("yards"), workspace.read("papers")
    every, filed = [], []
    for turn in range(_YARDS // len(yards)):
        codes = yards["code"] + (f"-{turn}" if turn else "")
        every.append(yards.assign(code=codes).set_geometry(yards.translate(turn * 3.0, turn * 2.0)))
        filed.append(papers.assign(feature=papers["feature"] + (f"-{turn}" if turn else "")))
    rows = GeoDataFrame(pd.concat(every, ignore_index=True), crs=yards.crs)
    return workspace.write({"yards": rows, "papers": pd.concat(filed, ignore_index=True)})


def _timed(work: Any) -> tuple[Any, dict[str, float]]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return done, {"seconds": round(wall, 2), "processor_seconds": round(processor, 2)}
