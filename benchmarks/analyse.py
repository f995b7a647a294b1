"""The analysis of a scenario over all parcels and covers, from the start of the program to its JSON, cold and warm."""

import json
import os
import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np

from benchmarks.command import demo_of, mocgioi
from layers.workspace import Workspace
from planning.context import parcel_units
from planning.current import kept_record

SCENARIO = "mo-rong-chi-ma"
# Left to itself the overlay of geopandas takes minutes; it is asked about this many parcels and scaled.
GEOPANDAS_PARCELS = 20_000
REPEATS = 3


def run(options: Namespace) -> dict[str, Any]:
    """Return the figures for the demo with that many parcels, or for the project that is named."""
    with demo_of(options) as folder:
        cold = _analysed(folder)
        warm = [_analysed(folder) for _ in range(REPEATS)]
        answer = warm[-1].answer
        seconds = float(np.median([one.seconds for one in warm]))
        peer = _geopandas(Workspace.open(folder))
        return {
            "benchmark": "analyse",
            "parcels": answer["parcels"]["count"],
            "covers": [name for name in answer["by"] if answer["by"][name]["rows"]],
            "seconds": {"cold": cold.seconds, "warm": seconds, "warm_all": [one.seconds for one in warm]},
            # Without what other programs on the machine took; of all threads together.
            "processor_seconds": {"cold": cold.processor_s, "warm": [one.processor_s for one in warm]},
            "peak_memory_mb": {"cold": cold.peak_mb, "warm": warm[-1].peak_mb},
            "peers": {"geopandas": {**peer, "ratio": round(peer["seconds"] * peer["scale"] / seconds, 1)}},
        }


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis in a process of its own: what it answered and what it took; None where the system does not tell."""

    answer: dict[str, Any]
    seconds: float
    processor_s: float | None
    peak_mb: int | None


def _analysed(folder: Path) -> Run:
    begin = time.perf_counter()
    with mocgioi("-p", folder, "analyse", SCENARIO, "--json") as process:
        assert process.stdout is not None
        text = process.stdout.read()
        usage = os.wait4(process.pid, 0)[2] if hasattr(os, "wait4") else None
    seconds = time.perf_counter() - begin
    answer: dict[str, Any] = json.loads(text)
    if usage is None:
        return Run(answer, seconds, None, None)
    return Run(answer, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def _geopandas(workspace: Workspace) -> dict[str, Any]:
    """Overlay a sample of the parcels with what the scenario keeps and adds: one of the six covers."""
    record, parcels, units = kept_record(workspace, SCENARIO), workspace.read("parcels"), parcel_units(workspace)
    assert units is not None
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
    # Defence and security land has no row in the table.
    told = record.tables["parcels"].frame.set_index("key")["proposed_m2"]
    ours = told.reindex(units.before["key"].to_numpy()[sample.index]).to_numpy()
    return {
        "seconds": seconds,
        "scale": len(parcels) / len(sample),
        "asked": "overlay of a sample with kept and added alone, scaled to all parcels",
        "largest_difference_m2": float(np.nanmax(np.abs(ours - theirs))),
    }
