"""The map of 5,000, 50,000 and 500,000 parcels: how long it takes to write, and how it behaves in a browser.

The page is opened from ``file://`` with the network off, in Chromium without a graphics card, at a place among the
parcels; then a hand drags the map and zooms. A stall is the longest time between two frames; on a machine that others
use too, the longest task by processor time says what the page itself is to blame for. Tiles of up to 50,000 of the
parcels are cut by ours and by GDAL's PMTiles driver, from the same zoom to the same.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from geopandas import GeoDataFrame
from playwright.sync_api import CDPSession, Page, sync_playwright

from layers.workspace import Workspace
from maps.tiles.archive import FINEST, archive, first_zoom
from maps.tiles.encoding import Attributes
from maps.tiles.flat import flat_layers
from planning.context import parcel_units

SIZES = (5_000, 50_000, 500_000)
TILED_MOST = 50_000
SCENARIO = "mo-rong-chi-ma"
# In the town of the demo, where parcels are small and many.
PLACES = {"home": "", "district": "#14.5/21.945/106.705", "street": "#17/21.945/106.705"}
# Of fewer parcels than the smallest size it is a trial of the benchmark: one place.
_TRIAL = {"district": PLACES["district"]}
_VIEW = {"width": 1400, "height": 850}
_FRAMES = """() => {
    window.mgFrames = [];
    let last = performance.now();
    const step = (now) => { window.mgFrames.push(now - last); last = now; requestAnimationFrame(step); };
    requestAnimationFrame(step);
}"""
# Every tile that the view needs is drawn, and the picture from afar stands.
_PAINTED = """() => {
    const layer = map_record.mg.layers.find((one) => one.data.id === 'parcels');
    if (!layer || !layer.data.tiles) return map_record.mg.layers.length > 0;
    return layer.screen.isWhole() && Boolean(layer.picture);
}"""


def run(options: Namespace) -> dict[str, Any]:
    """Return the figures of each size, or of the one that is asked for, or of a project that is there."""
    asked = getattr(options, "project", None)
    sizes = SIZES if options.parcels == 1_000_000 else (options.parcels,)
    with tempfile.TemporaryDirectory() as made:
        if asked:
            return {"benchmark": "webmap", "sizes": [_measured(Path(asked), Path(made), PLACES)]}
        places = PLACES if min(sizes) >= min(SIZES) else _TRIAL
        told = [_measured(_project(Path(made), size), Path(made), places) for size in sizes]
        return {"benchmark": "webmap", "sizes": told}


def _project(folder: Path, parcels: int) -> Path:
    project = folder / f"demo-{parcels}"
    _mocgioi("demo", project, "--parcels", parcels, "--no-analyse", "--quiet")
    return project


def _mocgioi(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "desk", *map(str, words)], capture_output=True, text=True, check=True)


def _measured(project: Path, folder: Path, places: Mapping[str, str]) -> dict[str, Any]:
    _mocgioi("-p", project, "analyse", SCENARIO, "--json")
    page = folder / "map" / "map.html"
    begin = time.perf_counter()
    _mocgioi("-p", project, "map", SCENARIO, "--out", page)
    seconds = time.perf_counter() - begin
    side = [one for one in page.with_suffix(".files").rglob("*") if one.is_file()]
    told = {
        "write_seconds": seconds,
        "page_bytes": page.stat().st_size,
        "side_bytes": sum(one.stat().st_size for one in side),
        "side_files": len(side),
        "tiles": _tiles(project, folder),
        "places": _watched(page, places),
    }
    shutil.rmtree(page.parent)
    return told


def _tiles(project: Path, folder: Path) -> dict[str, Any]:
    """Cut the tiles of the first parcels, with their land use, twice; processor seconds and sizes."""
    units = parcel_units(Workspace.open(project))
    if units is None:
        return {}
    count = min(TILED_MOST, len(units.before))
    shapes = units.fabric_before.drawn(np.arange(count))
    use = units.before["land_use"].iloc[:count].fillna("").astype(str)
    codes, values = use.factorize()
    begin = time.process_time()
    flats = flat_layers(shapes, units.fabric_before.crs)
    ours = archive("parcels", flats, Attributes(("land_use",), tuple(values), codes.reshape(-1, 1).astype(np.int64)))
    seconds = time.process_time() - begin
    frame = GeoDataFrame({"land_use": use.to_numpy()}, geometry=shapes, crs=units.fabric_before.crs)
    begin, path = time.process_time(), folder / "gdal.pmtiles"
    zooms = {"MINZOOM": min(map(first_zoom, flats)), "MAXZOOM": FINEST}
    pyogrio.write_dataframe(frame.to_crs(3857), path, driver="PMTiles", dataset_options={"NAME": "parcels", **zooms})
    gdal = time.process_time() - begin
    return {
        "parcels": count, "zooms": [*zooms.values()], "ours": {"cpu_seconds": seconds, "bytes": len(ours.content)},
        "peers": {"gdal": {"cpu_seconds": gdal, "bytes": path.stat().st_size, "ratio": gdal / seconds}},
    }  # fmt: skip


def _watched(page: Path, places: Mapping[str, str]) -> dict[str, Any]:
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        told = {name: _visit(browser, page.as_uri() + place) for name, place in places.items()}
        browser.close()
    return told


def _visit(browser: Any, address: str) -> dict[str, Any]:
    context = browser.new_context(viewport=_VIEW, offline=True)
    page, requests, complaints = context.new_page(), [], []
    page.on("request", lambda one: requests.append(one.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    devtools = context.new_cdp_session(page)
    trace = _traced(devtools)
    begin = time.perf_counter()
    page.goto(address)
    _until(page, "() => document.body.hasAttribute('data-ready')")
    _until(page, _PAINTED)
    painted = time.perf_counter() - begin
    opening = _tasks(devtools, trace)
    page.wait_for_timeout(1_500)
    trace = _traced(devtools)
    stall = _dragged(page)
    dragging = _tasks(devtools, trace)
    heap = _heap_mb(devtools)
    parcels = page.evaluate(
        "() => (map_record.mg.layers.find((one) => one.data.id === 'parcels') || {data: {}}).data.rows?.count ?? null"
    )
    context.close()
    return {
        "painted_seconds": round(painted, 2), "painted_cpu_seconds": round(sum(opening) / 1000, 2),
        "longest_stall_ms": round(stall), "longest_task_cpu_ms": round(max(dragging, default=0)), "heap_mb": heap,
        "tiled_parcels": parcels, "errors": complaints,
        "outside_requests": [one for one in requests if not one.startswith("file:")],
    }  # fmt: skip


def _traced(devtools: CDPSession) -> list[dict[str, Any]]:
    """Start to trace the tasks of the browser; return the list that the events come into."""
    events: list[dict[str, Any]] = []
    devtools.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    devtools.send(
        "Tracing.start", {"traceConfig": {"includedCategories": ["toplevel"]}, "transferMode": "ReportEvents"}
    )
    return events


def _tasks(devtools: CDPSession, events: list[dict[str, Any]]) -> list[float]:
    """Stop to trace; return the processor time of each task of the page's own thread, in ms."""
    done: list[bool] = []
    devtools.once("Tracing.tracingComplete", lambda _: done.append(True))
    devtools.send("Tracing.end")
    while not done:
        devtools.send("Runtime.evaluate", {"expression": "0"})
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [one for one in events if one["name"].endswith("RunTask") and (one["pid"], one["tid"]) in mains]
    return [one.get("tdur", one.get("dur", 0)) / 1000 for one in tasks]


def _until(page: Page, true: str) -> None:
    deadline = time.perf_counter() + 60
    while not page.evaluate(true):
        if time.perf_counter() > deadline:
            raise TimeoutError(true)
        time.sleep(0.02)


def _dragged(page: Page) -> float:
    """Drag the map to and fro and zoom in and out; return the longest time between two frames, in ms."""
    page.evaluate(_FRAMES)
    for step in range(4):
        page.mouse.move(800, 450)
        page.mouse.down()
        for way in range(12):
            page.mouse.move(800 + (-1) ** step * 28 * way, 450 + 14 * way, steps=2)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(250)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(900)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(900)
    return float(page.evaluate("() => Math.max(...window.mgFrames.slice(2))"))


def _heap_mb(devtools: CDPSession) -> int:
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return int(metrics["JSHeapUsedSize"] / 1024**2)
