"""The rasters of a project come in: heights, flood, landslide; a GeoTIFF in its coordinate system, kept as it came."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS
from shapely import box

from gis.crs import area_of_use, crs_name
from gis.errors import CrsMissing
from gis.formats.reader import elevation_of
from gis.language import Text
from layers.commit import committing
from layers.errors import LayerPresent, RasterWrong
from layers.rasters import ELEVATION, RasterLayer, raster_path
from layers.workspace import Workspace

NAME = ELEVATION.name


@dataclass(frozen=True, slots=True)
class ElevationReport:
    """What came in.

    Attributes
    ----------
    size, kind, crs : width × height, data type, system
    least_m, most_m : lowest and highest cell; None where no cell has a height
    without : cells without a height
    sha256 : identity of the heights, their place and what marks a cell without one; any change shows here
    """

    file: str
    size: str
    kind: str
    crs: str
    least_m: float | None
    most_m: float | None
    without: int
    sha256: str


def import_raster(
    workspace: Workspace, path: Path, raster: RasterLayer = ELEVATION, *, replace: bool = False
) -> ElevationReport:
    """Bring a GeoTIFF with one band into the project as ``layers/NAME.tif``.

    Raises
    ------
    FileError
        What the safe door refuses.
    CrsMissing, RasterWrong, LayerPresent
    """
    target = raster_path(workspace, raster)
    found = elevation_of(path)
    if target.exists() and not replace:
        raise LayerPresent(layer=raster.name, rows=1)
    if len(found["fields"]) != 1 or not found["geometry"].startswith("Raster"):
        raise RasterWrong(path=path, reason=_ONE_BAND)
    if found["crs"] is None:
        raise CrsMissing(path=path)
    crs = CRS.from_wkt(found["crs"])
    if not crs.equals(workspace.crs, ignore_axis_order=True):
        raise RasterWrong(path=path, reason=_SYSTEM.filled(found=crs_name(crs), working=crs_name(workspace.crs)))
    if not _is_near(found["bounds"], workspace.crs):
        raise RasterWrong(path=path, reason=_ELSEWHERE)
    with committing(workspace.path) as staged:
        (staged / "layers").mkdir()
        shutil.copyfile(path, staged / "layers" / target.name)
    return ElevationReport(path.name, found["geometry"], found["fields"][0][1], crs_name(crs), **found["heights"])


def _is_near(bounds: list[float], crs: CRS) -> bool:
    """Tell whether a raster meets the area in which its system may be used."""
    allowed = area_of_use(crs)
    return allowed is None or box(*bounds).intersects(box(*allowed))


_ONE_BAND = Text(vi="cần đúng một kênh độ cao.", en="it needs exactly one band, of heights.")
_SYSTEM = Text(
    vi="hệ tọa độ {found} khác hệ của dự án {working}; hãy chuyển bằng QGIS (Warp) trước.",
    en="its system {found} is not the project's {working}; warp it in QGIS first.",
)
_ELSEWHERE = Text(
    vi="nó nằm ngoài phạm vi sử dụng của hệ tọa độ, hoặc không ghi vị trí trong chính tệp.",
    en="it lies outside the area of use of its system, or its place is not in the file itself.",
)
