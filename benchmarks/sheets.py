"""Sheets: an A3 with 5,000 parcels, an A1 with 50,000, a table of 20,000 corners, 500 extracts; each read back.

The peer draws the same parcels with the same codes through geopandas and matplotlib, without frame, legend or ledger.
"""

import tempfile
import time
from argparse import Namespace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from benchmarks import fabric_data
from layers.demo.build import build
from layers.land_use import land_uses
from maps.parcel_sheet.batch import write_extracts
from maps.parcel_sheet.book import ExtractWishes
from maps.sheet.book import Book, Wishes, book_of
from maps.sheet.page import TitleBlock
from maps.sheet.paper import PaperName
from planning.markers import COLUMNS, PROPOSED
from planning.parcel_desk import ParcelDesk
from planning.parcel_key import hit_at
from planning.record import Fact, Record, Stamp, Table

# Parcels of each map; `--parcels` below the second replaces it, for a quick look.
MAPS: tuple[tuple[PaperName, int], ...] = (("A3", 5_000), ("A1", 50_000))
CORNERS = 20_000
EXTRACTS = 500
_BLOCK = TitleBlock(office="Dữ liệu tổng hợp", drawn="benchmarks")


def run(options: Namespace) -> dict[str, Any]:
    """Return seconds of each kind of page, of the peer, and what the ledger counted."""
    most = min(options.parcels, MAPS[-1][1])
    book_of(_record(100, options.seed), Wishes(only=("land-use-before",)), _BLOCK)  # typefaces are read once
    maps = {f"{paper} {count}": _map(paper, min(count, most), options) for paper, count in MAPS}
    table = _table(min(CORNERS, most), options)
    with tempfile.TemporaryDirectory() as folder:
        extracts = _extracts(Path(folder), min(EXTRACTS, max(most // 20, 1)), options.seed)
    return {"benchmark": "sheets", "maps": maps, "table": table, "extracts": extracts}


def _map(paper: PaperName, count: int, options: Namespace) -> dict[str, Any]:
    record = _record(count, options.seed)
    seconds, book = _timed(record, Wishes(paper=paper, only=("land-use-before",), markers=False))
    return {
        "parcels": len(record.geometry["parcels"]),
        "seconds": seconds,
        "labels": len(book.pages[0].labels),
        "left_out": len(book.pages[0].left_out),
        "megabytes": len(book.pdf) / 1e6,
        "peers": {"matplotlib": _matplotlib(record.geometry["parcels"], seconds)},
    }


def _table(corners: int, options: Namespace) -> dict[str, Any]:
    record = _record(100, options.seed, corners)
    seconds, book = _timed(record, Wishes(only=("markers",)))
    return {"corners": corners, "pages": len(book.pages), "seconds": seconds}


def _extracts(folder: Path, count: int, seed: int) -> dict[str, Any]:
    """Return the time of a batch of extracts of the demo, a file each, opened once."""
    desk = ParcelDesk.open(build(folder / "demo"))
    chosen = np.random.default_rng(seed).choice(len(desk.cadastre), min(count, len(desk.cadastre)), replace=False)
    hits = [hit_at(desk.cadastre, desk.communes, int(position)) for position in chosen]
    begin = time.perf_counter()
    batch = write_extracts(desk, hits, folder / "out", ExtractWishes(with_defence=True))
    seconds = time.perf_counter() - begin
    return {
        "extracts": len(batch.written),
        "refused": len(batch.refused),
        "seconds": seconds,
        "megabytes": sum(path.stat().st_size for path in batch.written) / 1e6,
    }


def _timed(record: Record, wishes: Wishes) -> tuple[float, Book]:
    begin = time.perf_counter()
    book = book_of(record, wishes, _BLOCK)
    return time.perf_counter() - begin, book


def _matplotlib(parcels: GeoDataFrame, ours: float) -> dict[str, Any]:
    """Return seconds of the peer and how often ours fit into them."""
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415 -- a peer, not a part
    except ImportError as error:
        return {"missing": str(error)}
    begin = time.perf_counter()
    figure, axes = plt.subplots(figsize=(16.5, 11.7))
    parcels.plot(ax=axes, column="land_use", edgecolor="#555", linewidth=0.1)
    middles = shapely.get_coordinates(shapely.point_on_surface(parcels.geometry.values))
    for (east, north), code in zip(middles, parcels["land_use"], strict=True):
        axes.text(east, north, code, fontsize=2, ha="center")
    figure.savefig(BytesIO(), format="pdf")
    plt.close(figure)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "ratio": round(seconds / ours, 1)}


def _record(count: int, seed: int, corners: int = 4) -> Record:
    parcels = fabric_data.parcels(count, seed)
    codes = [code for code, use in land_uses().items() if use.colour and not use.overlay][:30]
    picked = np.random.default_rng(seed).choice(codes, len(parcels))
    shapes = parcels.geometry
    drawn = GeoDataFrame({"key": parcels.index.astype(str), "land_use": picked}, geometry=shapes, crs=parcels.crs)
    zone = GeoDataFrame({"key": ["zone"]}, geometry=[shapely.box(*parcels.total_bounds)], crs=parcels.crs)
    nothing = zone.iloc[:0]
    stated = {f"zone.{name}": Fact(f"zone.{name}", None, "text", "") for name in ("status", "document", "source_scale")}
    return Record(
        project="Dữ liệu tổng hợp",
        scenario="benchmarks",
        reason="",
        crs=str(parcels.crs),
        notice="",
        facts={**stated, "zone.accuracy_m": Fact("zone.accuracy_m", None, "m", "")},
        tables={PROPOSED: Table(_corners(corners), COLUMNS)},
        geometry={"parcels": drawn, "base": zone, "proposed": zone, "added": nothing, "removed": nothing},
        inputs=(),
        stamp=Stamp("2026-01-01T00:00:00+07:00", "benchmarks"),
    )


def _corners(count: int) -> pd.DataFrame:
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    columns = {
        "key": np.arange(1, count + 1).astype(str),
        "ring": 1,
        "northing_m": np.round(2_420_000 + 9_000 * np.sin(turn), 3),
        "easting_m": np.round(445_000 + 9_000 * np.cos(turn), 3),
        "edge_m": 2.827,
        "azimuth_deg": np.round(np.degrees(turn), 6),
        "unit_inside": "Xã Đồng Đăng",
        "unit_outside": None,
        "change": "kept",
    }
    return pd.DataFrame(columns)
