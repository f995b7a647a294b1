"""Every rule of geometry and coverage on parcels with planted faults: ours beside plain geopandas and GEOS's validator.

``python -m benchmarks.coverage FOLDER NAME`` is one contender in a process of its own, so that its memory is.
"""

import json
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import concat

from benchmarks.child import peak_memory_mb
from layers.demo.faults import with_faults
from layers.demo.infrastructure import infrastructure
from layers.demo.parcels import cadastre
from layers.report import Report
from layers.rules.coverage import COVERAGE
from layers.rules.geometry import GEOMETRY
from layers.rules.rule import OTHERS_JOINED
from layers.validate import check
from layers.workspace import Workspace

# Left to itself geopandas takes hours for a million; it is asked about this many neighbours, and the ratio is scaled.
GEOPANDAS_PARCELS = 20_000
# The rule that has to find each kind of planted fault of shape or fit.
RULE_OF = {
    "overlap": "coverage.overlap",
    "gap": "coverage.gap",
    "sliver_overlap": "coverage.sliver_overlap",
    "sliver_gap": "coverage.sliver_gap",
    "contained_overlap": "coverage.contained",
    "duplicate_geometry": "coverage.duplicate",
    "self_intersection": "geometry.self_intersection",
    "spike": "geometry.spike",
    "geometry_missing": "geometry.missing",
}
# Published for the geometry checker of QGIS, on another machine (qgis/QGIS#45498).
PUBLISHED = {"QGIS": {"polygons": 81_000, "seconds": 766}}
_NEAR_M = 0.05


def run(options: Namespace) -> dict[str, Any]:
    """Return seconds of ours and of the peers, what was found and missed, differences and memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        about = write_parcels(folder, options.parcels, options.seed)
        ours, geos, plain = (_asked(folder, contender) for contender in ("ours", "geos", "geopandas"))
    for peer in (geos, plain):
        if "seconds" in peer:
            for clock in ("seconds", "processor_seconds"):
                peer[f"ratio_of_{clock}"] = round(peer[clock] * peer.get("scale", 1) / ours[clock], 1)
    return {
        "benchmark": "coverage",
        **about,
        "ours": ours,
        "peers": {"geopandas": plain, "GEOS coverage_invalid_edges": geos},
        "published": PUBLISHED,
    }


def write_parcels(folder: Path, count: int, seed: int) -> dict[str, Any]:
    """Write the parcels of the demo with faults, and the roads, waters and lanes between them."""
    land = cadastre(count, seed)
    planted, faults = with_faults(land.layer, seed)
    planted.to_parquet(folder / "parcels.parquet")
    ground = GeoDataFrame(concat([infrastructure(), land.lanes], ignore_index=True), crs=planted.crs)
    ground.to_parquet(folder / "infrastructure.parquet")
    told = [asdict(fault) for fault in faults if fault.kind in RULE_OF]
    (folder / "faults.json").write_text(json.dumps(told), encoding="utf-8")
    vertices = shapely.get_num_coordinates(planted.geometry.values).mean() - 1
    return {"parcels": len(planted), "mean_vertices": round(float(vertices), 2), "planted": len(told)}


def _asked(folder: Path, contender: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.coverage", str(folder), contender]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


@dataclass(frozen=True)
class _Clock:
    # Seconds of the wall tell of other programs too; those of the processor hardly do.
    wall: float
    processor: float

    @classmethod
    def started(cls) -> "_Clock":
        return cls(time.perf_counter(), time.process_time())

    def taken(self) -> dict[str, float]:
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        return {"seconds": round(wall, 2), "processor_seconds": round(processor, 2)}


def ours(folder: Path) -> dict[str, Any]:
    """Check frames that are in memory, from their rows to the report; then look for each planted fault."""
    rows = {"parcels": _parcels(folder), "infrastructure": geopandas.read_parquet(folder / "infrastructure.parquet")}
    workspace = Workspace.create(folder / "project", "coverage", "EPSG:9215")
    clock = _Clock.started()
    report = check(workspace, ["parcels"], rows=rows, rules=(*GEOMETRY, *COVERAGE))
    taken = clock.taken()
    faults = json.loads((folder / "faults.json").read_text(encoding="utf-8"))
    accuracy_m = dict(zip(_keys(rows["parcels"]), rows["parcels"]["accuracy_m"], strict=True))
    found = [_found(report, fault, accuracy_m) for fault in faults]
    return {
        **taken,
        "found": sum(one is not None for one in found),
        "missed": [fault["kind"] for fault, one in zip(faults, found, strict=True) if one is None],
        "invented": [report.findings["rule"].iloc[row] for row in range(len(report.findings)) if row not in found],
        "largest_difference_m2": _largest_difference(report, faults, found),
        "counts": report.counts,
    }


def _found(report: Report, fault: dict[str, Any], accuracy_m: dict[str, float]) -> int | None:
    """Return the finding of a planted fault: by its rule, with its parcels, at its place."""
    narrow = max(accuracy_m[key] for key in fault["features"]) >= 1.5  # a strip of 1.5 m on a sheet of 1:10000
    sliver = fault["kind"] in ("overlap", "gap") and narrow
    rule = RULE_OF[f"sliver_{fault['kind']}" if sliver else fault["kind"]]
    for row in np.flatnonzero(report.findings["rule"] == rule):
        one = report.findings.iloc[row]
        features = {one["feature"], *filter(None, one["others"].split(OTHERS_JOINED))}
        place = shapely.Point(fault["easting"], fault["northing"])
        if features == set(fault["features"]) and _is_at(one, place, placed_by_tip=fault["kind"] == "spike"):
            return int(row)
    return None


def _is_at(finding: Any, place: shapely.Point, *, placed_by_tip: bool) -> bool:
    if (
        finding["rule"] == "geometry.self_intersection"
    ):  # the list names a point of the parcel, the finding the crossing
        return bool(np.isfinite(finding["easting"]))
    if placed_by_tip:
        return bool(place.distance(shapely.Point(finding["easting"], finding["northing"])) < _NEAR_M)
    return bool(finding["shape"] is not None and finding["shape"].distance(place) < _NEAR_M)


def _largest_difference(report: Report, faults: list[dict[str, Any]], found: list[int | None]) -> float:
    """Return the largest difference between the area of a planted fault and of its finding, m²."""
    pairs = [(fault["area_m2"], row) for fault, row in zip(faults, found, strict=True) if row is not None]
    told = [abs(area - report.findings["area_mm2"].iloc[row] / 1e6) for area, row in pairs if area]
    return round(max(told, default=0.0), 6)


def geos(folder: Path) -> dict[str, Any]:
    """Ask GEOS alone: validity, and which edges of the coverage are not valid, without pairs, areas or gaps."""
    shapes = np.asarray(_parcels(folder).geometry.values, dtype=object)
    clock = _Clock.started()
    edges = shapely.coverage_invalid_edges(shapes[shapely.is_valid(shapes)])
    return {**clock.taken(), "units": int((~shapely.is_empty(edges)).sum())}


def plain(folder: Path) -> dict[str, Any]:
    """Ask geopandas in the plain way about neighbours: validity, pairs and their intersections, holes of the union."""
    frame = _parcels(folder)
    some = _neighbours(frame, GEOPANDAS_PARCELS)
    clock = _Clock.started()
    reasons = some.is_valid_reason()
    sound = some[some.is_valid & some.geometry.notna()].reset_index(drop=True)
    pairs = geopandas.sjoin(sound[["geometry"]], sound[["geometry"]], predicate="intersects").reset_index()
    pairs = pairs[pairs["index"] < pairs["index_right"]]
    common = sound.geometry.values[pairs["index"]].intersection(sound.geometry.values[pairs["index_right"]])
    overlapping = int((common.area > 0.001).sum())
    holes = sum(len(part.interiors) for part in sound.union_all().geoms)
    return {
        **clock.taken(),
        "parcels": len(some),
        "scale": len(frame) / len(some),
        "invalid": int((~reasons.isin(["Valid Geometry"]) & reasons.notna()).sum()),
        "overlaps": overlapping,
        "holes": holes,
        "version": geopandas.__version__,
    }


def _neighbours(frame: GeoDataFrame, count: int) -> GeoDataFrame:
    """Return the parcels nearest to the middle of all: a sample that still is a coverage."""
    centre = shapely.centroid(np.asarray(frame.geometry.values, dtype=object))
    east, north = shapely.get_x(centre), shapely.get_y(centre)
    away = np.hypot(east - np.nanmedian(east), north - np.nanmedian(north))
    return frame.iloc[np.sort(np.argsort(away, kind="stable")[:count])].reset_index(drop=True)


def _parcels(folder: Path) -> GeoDataFrame:
    return geopandas.read_parquet(folder / "parcels.parquet")


def _keys(parcels: GeoDataFrame) -> list[str]:
    return (parcels["commune"] + "/" + parcels["sheet_no"] + "/" + parcels["parcel_no"]).tolist()


CONTENDERS = {"ours": ours, "geos": geos, "geopandas": plain}


if __name__ == "__main__":
    print(json.dumps({**CONTENDERS[sys.argv[2]](Path(sys.argv[1])), "peak_memory_mb": peak_memory_mb()}))
