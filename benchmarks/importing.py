"""`import`: parcels from a GeoPackage into a project, keys and attributes checked; seconds and memory of ours."""

import tempfile
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from geopandas import GeoDataFrame

from benchmarks.child import peak_memory_mb
from layers.intake import import_files
from layers.wishes import Wishes
from layers.workspace import Workspace

_SIDE_M = 12.0
_EAST, _NORTH = 436_000.0, 2_404_000.0


def run(options: Namespace) -> dict[str, Any]:
    """Import synthetic parcels of 8 vertices and return what it took.

    Returns
    -------
    seconds of the import and of the peer, their ratio, rows, peak memory of this process, and whether the keys and the
    area came through
    """
    with tempfile.TemporaryDirectory(prefix="mocgioi-bench-") as folder:
        source = Path(folder) / "thua.gpkg"
        frame = _parcels(options.parcels)
        pyogrio.write_dataframe(frame, source, driver="GPKG", use_arrow=True)
        area_m2, keys = float(frame.area.sum()), frame["SHTHUA"].to_numpy(dtype=str)
        del frame
        workspace = Workspace.create(Path(folder) / "du-an", "Bench", "EPSG:9215")
        start = time.perf_counter()
        after, report = import_files(workspace, [source], "parcels", Wishes(vintage="2025-07-01"))
        ours = time.perf_counter() - start
        peak = peak_memory_mb()
        back = after.read("parcels")
        whole = bool((np.sort(back["parcel_no"].to_numpy(dtype=str)) == np.sort(keys)).all())
        difference = abs(float(back.area.sum()) - area_m2)
        del back
        start = time.perf_counter()
        peer = pyogrio.read_dataframe(source, use_arrow=True)
        pyogrio.write_dataframe(peer, Path(folder) / "peer.gpkg", driver="GPKG", use_arrow=True)
        geopandas_s = time.perf_counter() - start
    return {
        "benchmark": "import",
        "parcels": report.rows,
        "seconds": ours,
        "peers": {
            "geopandas": {
                "seconds": geopandas_s,
                "asked": "to read and to write, without any check",
                "ratio": round(geopandas_s / ours, 2),
            }
        },
        "largest_difference_m2": difference,
        "keys_equal": whole,
        "peak_memory_mb": peak,
    }


def _parcels(count: int) -> GeoDataFrame:
    """Return squares with a vertex in the middle of each side, in rows of a thousand, under the names of ViLIS."""
    number = np.arange(count)
    east, north = _EAST + (number % 1000) * _SIDE_M, _NORTH + (number // 1000) * _SIDE_M
    steps = np.array([(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1), (0, 0)]) * (_SIDE_M / 2)
    corners = np.stack([east, north], axis=1)[:, None, :] + steps[None, :, :]
    uses = np.array(["ONT", "LUC", "CLN", "RSX", "TMD"])
    return GeoDataFrame(
        {
            "MaXa": np.char.add("06", np.char.zfill((number // 100_000).astype(str), 3)),
            "SHBANDO": (number // 1000).astype(str),
            "SHTHUA": number.astype(str),
            "DIENTICH": np.full(count, _SIDE_M**2),
            "MALOAIDAT": uses[number % 5],
            "TENCHU": "Người minh họa",
        },
        geometry=shapely.polygons(corners),
        crs="EPSG:9215",
    )
