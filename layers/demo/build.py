"""Build the demo: a complete project in an empty folder, everything in it marked as invented."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from layers.demo.constraints import constraints
from layers.demo.faults import FILE, with_faults, write_faults
from layers.demo.functional_areas import functional_areas
from layers.demo.gates import gates
from layers.demo.infrastructure import infrastructure
from layers.demo.parcels import cadastre
from layers.demo.place import CRS, admin_units, place, zone, zone_units
from layers.demo.projects import events, projects
from layers.demo.relief import write_relief
from layers.demo.yard_parts import yard_parts
from layers.demo.yards import papers, yards
from layers.project import Source
from layers.workspace import Workspace

NAME = "Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn (minh họa)"
# The invented elevation, among the layers.
RELIEF = Path("layers") / "elevation.tif"
NOTICE = "Dữ liệu minh họa, không có giá trị pháp lý"


def build(path: Path | str, parcels: int = 5_000, seed: int = 2018, *, faults: bool = False) -> Workspace:
    """Write the demo project into a new or empty folder, in one commit.

    Parameters
    ----------
    path : folder
    parcels : exactly so many parcels
    seed : another seed is another invention; the communes and the roads stay where they are
    faults : plant known faults among the parcels and list them in ``faults.json``

    Raises
    ------
    ProjectExists
    """
    workspace = Workspace.create(path, NAME, CRS, notice=NOTICE)
    land = cadastre(parcels, seed)
    layer, planted = with_faults(land.layer, seed) if faults else (land.layer, ())
    layers = {
        "zone": zone(),
        "admin_units": admin_units(place()),
        "zone_units": zone_units(place()),
        "functional_areas": functional_areas(),
        "parcels": layer,
        "parcel_uses": land.uses,
        "yards": yards(seed),
        "yard_parts": yard_parts(seed),
        "papers": papers(seed),
        "gates": gates(),
        "constraints": constraints(seed),
        "projects": projects(seed),
        "events": events(seed),
        "infrastructure": GeoDataFrame(pd.concat([infrastructure(), land.lanes], ignore_index=True), crs=CRS),
    }
    written = workspace.write(layers, (_source(len(layer), seed),))
    write_relief(written.path / RELIEF)
    if faults:
        write_faults(written.path / FILE, planted)
    return written


def _source(rows: int, seed: int) -> Source:
    day = datetime.now(tz=UTC).date().isoformat()
    return Source(file=f"dữ liệu minh họa (seed {seed})", layer="", sha256="", imported=day, rows=rows, crs=CRS)
