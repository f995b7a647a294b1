"""Repair of parcels with planted faults, beside the check that finds them and GEOS's coverage_clean.

``python -m benchmarks.repair FOLDER NAME`` is one contender in a process of its own, so that its memory is.
"""

import json
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

from benchmarks.child import peak_memory_mb
from benchmarks.coverage import write_parcels
from gis.measure import areas_mm2
from gis.repair.limits import Limits
from gis.repair.plan import proposed
from layers.rules.coverage import COVERAGE
from layers.rules.geometry import GEOMETRY
from layers.validate import check
from layers.workspace import Workspace

# GEOS closes gaps up to this width, which ours does by default where accuracy is high.
_GAP_WIDTH_M = 2.0


def run(options: Namespace) -> dict[str, Any]:
    """Return seconds of the check, of the repair, of a second repair and of the peer, and what each of them changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        about = write_parcels(folder, options.parcels, options.seed)
        checked, ours, geos = (_asked(folder, contender) for contender in ("check", "ours", "geos"))
    return {
        "benchmark": "repair",
        **about,
        "check": checked,
        "ours": ours,
        "ratio_to_check": round(ours["processor_seconds"] / checked["processor_seconds"], 2),
        "peers": {"GEOS coverage_clean": geos},
    }


def _asked(folder: Path, contender: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.repair", str(folder), contender]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return done, {"seconds": round(wall, 2), "processor_seconds": round(processor, 2)}


def checked(folder: Path) -> dict[str, Any]:
    """Ask every rule of geometry and coverage."""
    rows = {name: geopandas.read_parquet(folder / f"{name}.parquet") for name in ("parcels", "infrastructure")}
    workspace = Workspace.create(folder / "project", "repair", "EPSG:9215")
    report, taken = _timed(lambda: check(workspace, ["parcels"], rows=rows, rules=(*GEOMETRY, *COVERAGE)))
    return {**taken, "counts": report.counts}


def ours(folder: Path) -> dict[str, Any]:
    """Propose the repair; then that of the repaired parcels, which has nothing to do."""
    rows = geopandas.read_parquet(folder / "parcels.parquet")
    ground = geopandas.read_parquet(folder / "infrastructure.parquet").geometry
    shapes = np.asarray(rows.geometry.values, dtype=object)
    known = {
        "limits": Limits.of(len(rows), rows["accuracy_m"].to_numpy()),
        "ground": np.asarray(ground[ground.geom_type.isin(["Polygon", "MultiPolygon"])].values, dtype=object),
        "stated_m2": rows["measured_area_m2"].to_numpy(dtype=np.float64),
        "holes": False,
    }
    repair, taken = _timed(lambda: proposed(shapes, rows.crs, **known))
    after = repair.applied(shapes)
    again = proposed(after, rows.crs, **known)
    kinds, counts = np.unique(repair.changes.kind.astype(str), return_counts=True)
    return {
        **taken,
        "changes": dict(zip(kinds.tolist(), counts.tolist(), strict=True)),
        "left": len(repair.exceptions),
        "again": len(again.unit),
        **_changed(shapes, after),
    }


def geos(folder: Path) -> dict[str, Any]:
    """Let GEOS clean the valid parcels as one coverage."""
    shapes = np.asarray(geopandas.read_parquet(folder / "parcels.parquet").geometry.values, dtype=object)
    valid = shapes[shapely.is_valid(shapes)]
    after, taken = _timed(lambda: shapely.coverage_clean(valid, gap_width=_GAP_WIDTH_M))
    return {**taken, **_changed(valid, after)}


def _changed(before: Any, after: Any) -> dict[str, Any]:
    """Return how many parcels are drawn otherwise, and how many have lost most of themselves."""
    redrawn = shapely.to_wkb(shapely.normalize(before)) != shapely.to_wkb(shapely.normalize(after))
    lost = areas_mm2(after) < areas_mm2(before) // 2
    return {"redrawn": int(redrawn.sum()), "lost_most": int(lost.sum())}


CONTENDERS = {"check": checked, "ours": ours, "geos": geos}


if __name__ == "__main__":
    print(json.dumps({**CONTENDERS[sys.argv[2]](Path(sys.argv[1])), "peak_memory_mb": peak_memory_mb()}))
