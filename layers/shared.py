"""Layers that many questions in a row ask for, read once for all of them; never to be changed by who reads them."""

from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class Same:
    """Rows that are the same as long as they are the same object: a key for what follows from them alone."""

    frame: GeoDataFrame

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold one object."""
        return isinstance(other, Same) and self.frame is other.frame

    def __hash__(self) -> int:
        """Return the number of the object, which is its own as long as it is held here."""
        return id(self.frame)


@lru_cache(maxsize=24)
def _rows(project: Path, layer: str, _identity: str, _stamp: tuple[int, int]) -> GeoDataFrame:
    return Workspace.open(project).read(layer)
