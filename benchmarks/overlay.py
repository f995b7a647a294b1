"""Areas of parcels in a boundary and in communes: ours beside DuckDB spatial, SedonaDB, PostGIS and geopandas."""

import importlib.util
import json
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import fabric_data, postgis

PEERS = ("duckdb", "sedonadb", "postgis", "geopandas")
_MODULES = {"duckdb": "duckdb_extension_spatial", "sedonadb": "sedonadb"}
WORKLOADS = ("boundary", "communes", "communes_along_parcels")


def run(options: Namespace) -> dict[str, Any]:
    """Return the figures of every workload."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        about = _write(folder, options.parcels, options.seed)
        workloads = {workload: _compared(folder, workload) for workload in WORKLOADS}
    return {"benchmark": "overlay", **about, "workloads": workloads}


def _write(folder: Path, count: int, seed: int) -> dict[str, Any]:
    frame = fabric_data.parcels(count, seed)
    frame["id"] = np.arange(len(frame))
    frame.drop(columns="name").join(frame.bounds).to_parquet(folder / "parcels.parquet")
    covers = {
        "boundary": fabric_data.boundary(frame, seed),
        "communes": fabric_data.communes(frame, seed),
        "communes_along_parcels": fabric_data.communes_along_parcels(frame),
    }
    about: dict[str, Any] = {"parcels": len(frame), "covers": {}}
    for workload, cover in covers.items():
        cover.to_parquet(folder / f"{workload}.parquet")
        tiles = fabric_data.tiles(cover)
        tiles.to_parquet(folder / f"{workload}_tiles.parquet")
        vertices = int(cover.geometry.count_coordinates().sum())
        about["covers"][workload] = {"classes": len(cover), "vertices": vertices, "tiles": len(tiles)}
    return about


def _compared(folder: Path, workload: str) -> dict[str, Any]:
    ours = _asked("ours", folder, workload)
    peers = {}
    for peer in PEERS:
        missing = _missing(peer)
        if missing is not None:
            peers[peer] = {"missing": missing}
            continue
        figures = _asked(peer, folder, workload)
        if "seconds" in figures:
            figures["ratio"] = round(figures["seconds"] * figures.get("scale", 1) / ours["seconds"], 1)
            figures["largest_difference_m2"] = _difference(folder, workload, peer)
        peers[peer] = figures
    return {"ours": ours, "peers": peers}


def _missing(peer: str) -> str | None:
    """Return what is not installed, None where the peer can be asked."""
    if peer == "postgis":
        return postgis.missing()
    module = _MODULES.get(peer)
    return None if module is None or importlib.util.find_spec(module) else f"the module {module} is not installed"


def _asked(name: str, folder: Path, workload: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.child", name, str(folder), workload]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _difference(folder: Path, workload: str, peer: str) -> float:
    """Return the largest difference of a unit in a class, over the units that the peer was asked about."""
    first, second = (np.load(folder / f"{workload}_{name}.npz") for name in ("ours", peer))
    asked = np.unique(second["unit"])
    kept = np.isin(first["unit"], asked) if peer == "geopandas" else np.ones(len(first["unit"]), dtype=np.bool_)
    keys = np.concatenate([one["unit"] * 1000 + one["cover"] for one in (first, second)])
    signed = np.concatenate([np.where(kept, first["area"], 0.0), -second["area"]])
    _, pair = np.unique(keys, return_inverse=True)
    return float(np.abs(np.bincount(pair, weights=signed)).max())
