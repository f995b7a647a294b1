"""The elevation model of a project: one GeoTIFF in its coordinate system, kept as it came."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from gis.crs import crs_name
from gis.errors import CrsMissing
from gis.formats.reader import elevation_of
from gis.language import Text
from layers.commit import committing
from layers.errors import LayerPresent, RasterWrong
from layers.workspace import Workspace

NAME = "elevation"


@dataclass(frozen=True, slots=True)
class ElevationReport:
    """What came in: width × height, data type and system."""

    file: str
    size: str
    kind: str
    crs: str


def import_elevation(workspace: Workspace, path: Path, *, replace: bool = False) -> ElevationReport:
    """Bring a GeoTIFF with one band into the project as ``layers/elevation.tif``.

    Raises
    ------
    FileError
        What the safe door refuses.
    CrsMissing, RasterWrong, LayerPresent
    """
    target = workspace.path / "layers" / f"{NAME}.tif"
    found = elevation_of(path)
    if target.exists() and not replace:
        raise LayerPresent(layer=NAME, rows=1)
    if len(found["fields"]) != 1 or not found["geometry"].startswith("Raster"):
        raise RasterWrong(path=path, reason=_ONE_BAND)
    if found["crs"] is None:
        raise CrsMissing(path=path)
    crs = CRS.from_wkt(found["crs"])
    if not crs.equals(workspace.crs, ignore_axis_order=True):
        raise RasterWrong(path=path, reason=_SYSTEM.filled(found=crs_name(crs), working=crs_name(workspace.crs)))
    with committing(workspace.path) as staged:
        (staged / "layers").mkdir()
        shutil.copyfile(path, staged / "layers" / target.name)
    return ElevationReport(path.name, found["geometry"], found["fields"][0][1], crs_name(crs))


_ONE_BAND = Text(vi="cần đúng một kênh độ cao.", en="it needs exactly one band, of heights.")
_SYSTEM = Text(
    vi="hệ tọa độ {found} khác hệ của dự án {working}; hãy chuyển bằng QGIS (Warp) trước.",
    en="its system {found} is not the project's {working}; warp it in QGIS first.",
)
