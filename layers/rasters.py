"""The rasters that a project may hold beside its layers: heights, and maps of hazards whose numbers name classes."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from gis.language import Text
from layers.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RasterLayer:
    """One raster: ``layers/NAME.tif`` of a project.

    Attributes
    ----------
    is_classes : its numbers name classes; otherwise they measure
    """

    name: str
    title: Text
    is_classes: bool = False


ELEVATION = RasterLayer("elevation", Text(vi="Độ cao", en="Elevation"))
RASTERS = (
    ELEVATION,
    RasterLayer("flood", Text(vi="Ngập lụt", en="Flood"), is_classes=True),
    RasterLayer("landslide", Text(vi="Sạt lở", en="Landslide"), is_classes=True),
)


def raster_path(workspace: Workspace, raster: RasterLayer) -> Path:
    """Return where the raster lies, or would."""
    return workspace.path / "layers" / f"{raster.name}.tif"


def rasters_of(workspace: Workspace) -> tuple[RasterLayer, ...]:
    """Return the rasters that a project holds."""
    return tuple(one for one in RASTERS if raster_path(workspace, one).is_file())


def raster_sha256(workspace: Workspace, raster: RasterLayer) -> str:
    """Return the identity of a raster's file; what was hashed and has not been written since is not read again."""
    path = raster_path(workspace, raster)
    about = path.stat()
    return _sha256(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=16)
def _sha256(path: Path, size: int, written_ns: int) -> str:  # noqa: ARG001 -- of the file as it was then
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
