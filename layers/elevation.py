"""The rasters of a project come in: heights, flood, landslide, from one GeoTIFF or several tiles.

One that is in the system of the project is kept as it came. Others are moved by the registered transformation, whose
name and accuracy stay in the file.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyproj import CRS
from shapely import box

from gis.crs import area_of_use, crs_name, placed_bounds
from gis.errors import CrsMissing
from gis.formats.reader import elevation_of
from gis.language import Text
from gis.warp import Origin, warp
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
    size, kind, crs : width × height, data type, system, as they stand in the project
    cell_m : width and height of a cell
    least_m, most_m : lowest and highest cell; None where no cell has a height
    without : cells without a height
    sha256 : identity of the heights, their place and what marks a cell without one; any change shows here
    origin : system and cell of what came, and the transformation; None: it stands as it came
    """

    file: str
    size: str
    kind: str
    crs: str
    cell_m: tuple[float, float]
    least_m: float | None
    most_m: float | None
    without: int
    sha256: str
    origin: Origin | None = None


def import_raster(
    workspace: Workspace, paths: Path | Sequence[Path], raster: RasterLayer = ELEVATION, *, replace: bool = False
) -> ElevationReport:
    """Bring GeoTIFFs with one band into the project as ``layers/NAME.tif``; where tiles overlap the first one counts.

    Raises
    ------
    FileError
        What the safe door refuses.
    CrsMissing, CrsUnrelated, RasterWrong, LayerPresent
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    target = raster_path(workspace, raster)
    found = [elevation_of(path) for path in files]
    if target.exists() and not replace:
        raise LayerPresent(layer=raster.name, rows=1)
    systems = [_system(path, about, workspace.crs) for path, about in zip(files, found, strict=True)]
    for path, crs in zip(files, systems, strict=True):
        if not crs.equals(systems[0], ignore_axis_order=True):
            raise RasterWrong(path=path, reason=_MIXED.filled(found=crs_name(crs), first=crs_name(systems[0])))
    name = ", ".join(path.name for path in files)
    as_it_came = len(files) == 1 and systems[0].equals(workspace.crs, ignore_axis_order=True)
    with committing(workspace.path) as staged:
        (staged / "layers").mkdir()
        into = staged / "layers" / target.name
        if as_it_came:
            shutil.copyfile(files[0], into)
            return _report(name, found[0], workspace.crs, None)
        origin = _warped(files, workspace.crs, into, raster)
        return _report(name, elevation_of(into), workspace.crs, origin)


def _warped(files: Sequence[Path], crs: CRS, into: Path, raster: RasterLayer) -> Origin:
    """Write files in the system of the project; what lies beside them is no part of them, so copies are read."""
    copies = [into.with_name(f"came-{number}.tif") for number in range(len(files))]
    for path, copy in zip(files, copies, strict=True):
        shutil.copyfile(path, copy)
    origin = warp(copies, crs, into, classes=raster.is_classes)
    for copy in copies:
        copy.unlink()
    return origin


def _system(path: Path, found: dict[str, Any], working: CRS) -> CRS:
    """Return the system of a raster that can come in; refuse the others."""
    if len(found["fields"]) != 1 or not found["geometry"].startswith("Raster"):
        raise RasterWrong(path=path, reason=_ONE_BAND)
    if found["crs"] is None:
        raise CrsMissing(path=path)
    crs = CRS.from_wkt(found["crs"])
    allowed = area_of_use(working)
    if allowed is not None and not box(*placed_bounds(tuple(found["bounds"]), crs, working)).intersects(box(*allowed)):
        raise RasterWrong(path=path, reason=_ELSEWHERE)
    return crs


def _report(name: str, found: dict[str, Any], crs: CRS, origin: Origin | None) -> ElevationReport:
    width, height = found["cell"]
    about = (name, found["geometry"], found["fields"][0][1], crs_name(crs), (width, height))
    return ElevationReport(*about, **found["heights"], origin=origin)


_ONE_BAND = Text(vi="cần đúng một kênh độ cao.", en="it needs exactly one band, of heights.")
_MIXED = Text(
    vi="hệ tọa độ {found} khác hệ của tệp đầu {first}; các mảnh nhập cùng lúc phải cùng hệ.",
    en="its system {found} is not that of the first file, {first}; tiles that come in together need one system.",
)
_ELSEWHERE = Text(
    vi="nó nằm ngoài phạm vi sử dụng của hệ tọa độ, hoặc không ghi vị trí trong chính tệp.",
    en="it lies outside the area of use of its system, or its place is not in the file itself.",
)
