"""The analysis of a scenario over all parcels and covers, from the start of the program to its JSON, cold and warm."""

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

from layers.workspace import Workspace
from planning.effect import kept_record

SCENARIO = "mo-rong-chi-ma"
# Left to itself the overlay of geopandas takes minutes; it is asked about this many parcels and scaled.
GEOPANDAS_PARCELS = 20_000
REPEATS = 3


def run(options: Namespace) -> dict[str, Any]:
    """Return the figures for the demo with that many parcels, or for the project that is named."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(options.project or Path(made) / "demo")
        if not options.project:
            _mocgioi("demo", folder, "--parcels", options.parcels, "--no-analyse", "--quiet")
        cold, _ = _analysed(folder)
        warm = [_analysed(folder) for _ in range(REPEATS)]
        answer = warm[-1][1]
        seconds = float(np.median([one for one, _ in warm]))
        peer = _geopandas(Workspace.open(folder))
        return {
            "benchmark": "analyse",
            "parcels": answer["parcels"]["count"],
            "covers": [name for name in answer["by"] if answer["by"][name]["rows"]],
            "seconds": {"cold": cold, "warm": seconds},
            "peers": {"geopandas": {**peer, "ratio": round(peer["seconds"] * peer["scale"] / seconds, 1)}},
        }


def _mocgioi(*words: object) -> str:
    done = subprocess.run([sys.executable, "-m", "desk", *map(str, words)], capture_output=True, text=True, check=True)
    return done.stdout


def _analysed(folder: Path) -> tuple[float, dict[str, Any]]:
    begin = time.perf_counter()
    text = _mocgioi("-p", folder, "analyse", SCENARIO, "--json")
    seconds = time.perf_counter() - begin
    answer: dict[str, Any] = json.loads(text)
    return seconds, answer


def _geopandas(workspace: Workspace) -> dict[str, Any]:
    """Overlay a sample of the parcels with what the scenario keeps and adds: one of the six covers."""
    record = kept_record(workspace, SCENARIO)
    parcels = workspace.read("parcels")
    sample = parcels.sample(min(GEOPANDAS_PARCELS, len(parcels)), random_state=1).sort_index()
    sample["row"] = np.arange(len(sample))
    regions = geopandas.GeoDataFrame(
        {"region": ["kept", "added"]},
        geometry=[record.geometry[name].geometry[0] for name in ("kept", "added")],
        crs=parcels.crs,
    )
    begin = time.perf_counter()
    found = geopandas.overlay(sample[["row", "geometry"]], regions, keep_geom_type=True)
    seconds = time.perf_counter() - begin
    theirs = found.area.groupby(found["row"]).sum().reindex(sample["row"], fill_value=0.0).to_numpy()
    ours = record.tables["parcels"].frame["proposed_m2"].to_numpy()[sample.index]
    return {
        "seconds": seconds,
        "scale": len(parcels) / len(sample),
        "asked": "overlay of a sample with kept and added alone, scaled to all parcels",
        "largest_difference_m2": float(np.abs(ours - theirs).max()),
    }
