"""Layers that many questions in a row ask for, read once for all of them; never to be changed by who reads them."""

from functools import lru_cache
from pathlib import Path

from geopandas import GeoDataFrame

from layers.workspace import Workspace


def rows_once(workspace: Workspace, layer: str) -> GeoDataFrame:
    """Return what `workspace.read` returns; as long as nobody writes the layer, it is the same object.

    For layers of the size of a zone: parcels stand in `layers.warm`.

    Raises
    ------
    LayerUnknown, LayerMissing, FileDamaged, CrsMixed
    """
    if not workspace.has(layer):
        return workspace.read(layer)
    stat = workspace.file_of(layer).stat()
    return _rows(workspace.path, layer, workspace.identity(layer).sha256, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=24)
def _rows(project: Path, layer: str, _identity: str, _stamp: tuple[int, int]) -> GeoDataFrame:
    return Workspace.open(project).read(layer)
