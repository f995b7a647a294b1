"""Zonal statistics of a large raster: ours, with slopes and classes, beside exactextract on the plain file.

``python -m benchmarks.terrain FOLDER NAME`` is one contender in a process of its own, so that its memory is.
"""

import json
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import rasterio
import shapely
from exactextract import exact_extract
from geopandas import GeoDataFrame
from pyproj import CRS
from rasterio import Affine

from benchmarks.child import peak_memory_mb
from gis.raster import opened
from gis.terrain import Question, zonal

CELLS, ZONES, CELL_M = 10_000, 1_000, 5.0
_WEST, _NORTH = 430_000.0, 2_440_000.0
_EDGES = (200.0, 400.0, 600.0, 800.0)


def run(options: Namespace) -> dict[str, Any]:
    """Return seconds and memory of both, and how far they differ; ``--parcels`` under 100,000 shrinks it all."""
    zones = min(max(options.parcels // 100, 10), ZONES)
    cells = int(CELLS * (zones / ZONES) ** 0.5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, cells, zones, options.seed)
        ours, plain, peer = (_asked(folder, contender) for contender in ("slopes", "heights", "exactextract"))
        difference = _difference(folder)
    return {
        "benchmark": "terrain",
        "cells": cells * cells,
        "zones": zones,
        "ours": ours,
        "ours_heights_only": plain,
        "peers": {"exactextract": peer},
        "ratio_to_exactextract": round(plain["processor_seconds"] / peer["processor_seconds"], 2),
        "max_difference": difference,
        "bar": {"seconds": 10, "memory_mb": 1024},
    }


def write(folder: Path, cells: int, zones: int, seed: int) -> None:
    """Write a raster with hills and missing cells, and star-shaped zones of 24 corners all over it."""
    generator = np.random.default_rng(seed)
    profile = {"driver": "GTiff", "width": cells, "height": cells, "count": 1, "dtype": "float32", "nodata": -9999.0}
    place = {"crs": "EPSG:9215", "transform": Affine(CELL_M, 0, _WEST, 0, -CELL_M, _NORTH)}
    with rasterio.open(folder / "heights.tif", "w", **profile, **place, tiled=True) as raster:
        across = np.sin(np.arange(cells) / 97.0)[None, :]
        for row in range(0, cells, 256):
            down = np.cos(np.arange(row, min(row + 256, cells)) / 131.0)[:, None]
            heights = (500 + 300 * across * down).astype(np.float32)
            heights[generator.random(heights.shape) < 1e-4] = -9999.0
            raster.write(heights, 1, window=rasterio.windows.Window(0, row, cells, len(down)))
    side = cells * CELL_M
    centre = generator.uniform(0.03 * side, 0.97 * side, (zones, 1, 2)) + np.array([_WEST, _NORTH - side])
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = side / zones**0.5 * generator.uniform(0.3, 0.8, (zones, 24))
    corners = centre + reach[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    GeoDataFrame({"zone": range(zones)}, geometry=shapely.polygons(corners), crs="EPSG:9215").to_parquet(
        folder / "zones.parquet"
    )


def _asked(folder: Path, contender: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.terrain", str(folder), contender]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def ours(folder: Path, *, slopes: bool) -> np.ndarray[Any, Any]:
    """Ask heights and their classes, and slopes and theirs where wanted; shape (zones, 4): least, mean, most, count."""
    zones = geopandas.read_parquet(folder / "zones.parquet").geometry.values
    questions = [Question("height", "value", _EDGES), *([Question("slope", "slope", (5.0, 10.0, 15.0, 30.0))] * slopes)]
    with opened(folder / "heights.tif", CRS("EPSG:9215")) as raster:
        answer = zonal(raster, zones, questions)["height"]
    return np.column_stack([answer.statistics, answer.area_mm2.sum(axis=1) / 1e6 / CELL_M**2])


def exactextract(folder: Path) -> np.ndarray[Any, Any]:
    """Ask exactextract itself of the file."""
    zones = geopandas.read_parquet(folder / "zones.parquet")
    found = exact_extract(str(folder / "heights.tif"), zones, ["min", "mean", "max", "count"], output="pandas")
    return found[["min", "mean", "max", "count"]].to_numpy(dtype=np.float64)


def _difference(folder: Path) -> dict[str, float]:
    """Return the largest difference in metres, and in the number of cells as a part of it."""
    mine, theirs = (np.load(folder / f"{name}.npy") for name in ("heights", "exactextract"))
    return {
        "metres": float(np.abs(mine[:, :3] - theirs[:, :3]).max()),
        "of_area": float(np.abs(mine[:, 3] / theirs[:, 3] - 1).max()),
    }


def main() -> None:
    """Run one contender and print its figures."""
    folder, contender = Path(sys.argv[1]), sys.argv[2]
    wall, processor = time.perf_counter(), time.process_time()
    found = exactextract(folder) if contender == "exactextract" else ours(folder, slopes=contender == "slopes")
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    np.save(folder / f"{contender}.npy", found)
    figures = {"seconds": round(wall, 2), "processor_seconds": round(processor, 2), "memory_mb": peak_memory_mb()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
