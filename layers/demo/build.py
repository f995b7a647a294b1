"""Build the demo: a complete project in an empty folder, everything in it marked as invented."""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from geopandas import GeoDataFrame

from layers.demo.constraints import constraints
from layers.demo.functional_areas import functional_areas
from layers.demo.gates import gates
from layers.demo.infrastructure import infrastructure
from layers.demo.parcels import cadastre
from layers.demo.place import CRS, admin_units, place, zone
from layers.demo.projects import events, projects
from layers.demo.yards import papers, yards
from layers.project import Source
from layers.workspace import Workspace

NAME = "Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn (minh họa)"
NOTICE = "Dữ liệu minh họa, không có giá trị pháp lý"


def build(path: Path | str, parcels: int = 5_000, seed: int = 2018) -> Workspace:
    """Write the demo project into a new or empty folder, in one commit.

    Parameters
    ----------
    path : folder
    parcels : exactly so many parcels
    seed : another seed is another invention; the communes and the roads stay where they are

    Raises
    ------
    ProjectExists
    """
    workspace = Workspace.create(path, NAME, CRS, notice=NOTICE)
    land = cadastre(parcels, seed)
    layers = {
        "zone": zone(),
        "admin_units": admin_units(place()),
        "functional_areas": functional_areas(),
        "parcels": land.layer,
        "parcel_uses": land.uses,
        "yards": yards(seed),
        "papers": papers(seed),
        "gates": gates(),
        "constraints": constraints(seed),
        "projects": projects(seed),
        "events": events(seed),
        "infrastructure": GeoDataFrame(pd.concat([infrastructure(), land.lanes], ignore_index=True), crs=CRS),
    }
    return workspace.write(layers, (_source(len(land.layer), seed),))


def _source(rows: int, seed: int) -> Source:
    day = datetime.now(tz=UTC).date().isoformat()
    return Source(file=f"dữ liệu minh họa (seed {seed})", layer="", sha256="", imported=day, rows=rows, crs=CRS)
