"""One contender in a process of its own, so that its memory is: ``python -m benchmarks.child NAME FOLDER WORKLOAD``."""

import importlib
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import geopandas
import numpy as np

from benchmarks import postgis
from gis.cover import Cover
from gis.fabric import Fabric
from gis.overlay import shares

REPEATS = 3
# Left to itself geopandas takes minutes to an hour; it is asked about this many parcels, and the ratio is scaled.
GEOPANDAS_PARCELS = 20_000
Answer = tuple[Any, Any, Any]
# Asking is timed; handing the answer over is not.
Ask = Callable[[], Callable[[], Answer]]

_SHARES = """
    SELECT p.id AS unit, t.name AS cover,
           sum(CASE {shortcut} WHEN ST_CoveredBy(p.geometry, t.geometry) THEN p.area
                    ELSE ST_Area(ST_Intersection(p.geometry, t.geometry)) END) AS area
    FROM parcels p JOIN tiles t ON ST_Intersects(p.geometry, t.geometry)
    GROUP BY p.id, t.name
"""
# Many parcels lie in a tile that is a whole rectangle: boxes then decide. Which of the two is faster depends on the
# cover; each peer is asked both ways and keeps the better.
_BOXES = """WHEN t.whole AND p.minx >= t.minx AND p.miny >= t.miny AND p.maxx <= t.maxx AND p.maxy <= t.maxy
                    THEN p.area"""
QUERIES = {"covered_by": _SHARES.format(shortcut=""), "boxes_and_covered_by": _SHARES.format(shortcut=_BOXES)}


def ours(folder: Path, workload: str) -> tuple[dict[str, Ask], dict[str, Any]]:
    """Ask an open fabric; the cover is checked and asked within the time."""
    frame, cover = geopandas.read_parquet(folder / "parcels.parquet"), _cover(folder, workload)
    begin = time.perf_counter()
    fabric = Fabric.from_frame(frame)
    build = time.perf_counter() - begin

    def ask() -> Callable[[], Answer]:
        found = shares(fabric, Cover.from_frame(cover))
        return lambda: (found["unit"], found["cover"], found["area_m2"])

    return {"shares": ask}, {"build_seconds": build, **_warm(fabric, folder)}


def _warm(fabric: Any, folder: Path) -> dict[str, Any]:
    begin = time.perf_counter()
    fabric.save(folder / "fabric")
    saved = time.perf_counter()
    type(fabric).open(folder / "fabric", fabric.crs)
    return {"save_seconds": saved - begin, "open_seconds": time.perf_counter() - saved}


def duckdb(folder: Path, workload: str) -> tuple[dict[str, Ask], dict[str, Any]]:
    """Ask tables in memory: tiles of at most 64 vertices, areas at hand, the covered-by shortcut, its spatial join."""
    engine, spatial = importlib.import_module("duckdb"), importlib.import_module("duckdb_extension_spatial")

    connection = engine.connect(config={"allow_unsigned_extensions": "true"})
    extension = next(Path(spatial.__file__).parent.rglob("spatial.duckdb_extension"))
    connection.execute(f"LOAD '{extension}'")
    for table, source in (("parcels", "parcels"), ("tiles", f"{workload}_tiles")):
        area = ", ST_Area(geometry) AS area" if table == "parcels" else ""
        connection.execute(f"CREATE TABLE {table} AS SELECT *{area} FROM read_parquet('{folder}/{source}.parquet')")

    def ask(query: str) -> Callable[[], Answer]:
        found = connection.execute(query).fetchnumpy()
        return lambda: (found["unit"], found["cover"], found["area"])

    return {name: partial(ask, query) for name, query in QUERIES.items()}, {"version": engine.__version__}


def sedonadb(folder: Path, workload: str) -> tuple[dict[str, Ask], dict[str, Any]]:
    """Ask views in memory: tiles of at most 64 vertices, areas at hand, the covered-by shortcut, its spatial join."""
    engine = importlib.import_module("sedonadb")

    connection = engine.connect()
    parcels = connection.read_parquet(str(folder / "parcels.parquet"))
    parcels.to_view("raw", overwrite=True)
    held = connection.sql("SELECT *, ST_Area(geometry) AS area FROM raw")
    held.to_memtable().to_view("parcels", overwrite=True)
    connection.read_parquet(str(folder / f"{workload}_tiles.parquet")).to_memtable().to_view("tiles", overwrite=True)

    def ask(query: str) -> Callable[[], Answer]:
        found = connection.sql(query).to_arrow_table()
        return lambda: (found["unit"].to_numpy(), found["cover"].to_numpy(), found["area"].to_numpy())

    return {name: partial(ask, query) for name, query in QUERIES.items()}, {"version": engine.__version__}


def geopandas_overlay(folder: Path, workload: str) -> tuple[dict[str, Ask], dict[str, Any]]:
    """Ask in the plain way, about parcels drawn at random where there are many."""
    frame, cover = geopandas.read_parquet(folder / "parcels.parquet"), _cover(folder, workload)
    total = len(frame)
    if total > GEOPANDAS_PARCELS:
        frame = frame.iloc[np.sort(np.random.default_rng(0).choice(total, GEOPANDAS_PARCELS, replace=False))]

    def ask() -> Callable[[], Answer]:
        found = geopandas.overlay(
            frame, cover[["name", "geometry"]].rename(columns={"name": "cover"}), keep_geom_type=True
        )
        area = found.area
        return lambda: (found["id"], found["cover"], area)

    return {"overlay": ask}, {"version": geopandas.__version__, "parcels": len(frame), "scale": total / len(frame)}


def _cover(folder: Path, workload: str) -> Any:
    return geopandas.read_parquet(folder / f"{workload}.parquet")


CONTENDERS = {
    "ours": ours,
    "duckdb": duckdb,
    "sedonadb": sedonadb,
    "postgis": postgis.asked,
    "geopandas": geopandas_overlay,
}


def main(name: str, folder: Path, workload: str) -> None:
    """Prepare, ask a few times, keep the best time and the answer."""
    ways, about = CONTENDERS[name](folder, workload)
    seconds: dict[str, list[float]] = {}
    for way, ask in ways.items():
        seconds[way] = []
        for _ in range(1 if name == "geopandas" else REPEATS):
            begin = time.perf_counter()
            answer = ask()
            seconds[way].append(time.perf_counter() - begin)
    unit, cover, area = answer()
    cover_names = list(_cover(folder, workload)["name"])
    position = {key: number for number, key in enumerate(cover_names)}
    classes = np.array([position[key] for key in np.asarray(cover, dtype=object)], dtype=np.int64)
    np.savez(folder / f"{workload}_{name}.npz", unit=np.asarray(unit), cover=classes, area=np.asarray(area))
    about = {"peak_memory_mb": peak_memory_mb(), **about}
    print(json.dumps({"seconds": min(min(one) for one in seconds.values()), "all_seconds": seconds, **about}))


def peak_memory_mb() -> int | None:
    """Return the most memory that this process has held; getrusage would count the parent's too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(fields["VmHWM"].split()[0]) // 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
