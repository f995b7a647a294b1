"""Layers of shapes that stand in a Record beside each other: its own, and those that are alike in several Records."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
from geopandas import GeoDataFrame

from gis.formats.write import write_layers
from planning.parts import StoredParts, described


@dataclass(frozen=True, eq=False)
class Alike:
    """Layers as several Records have them.

    Attributes
    ----------
    described : rows and SHA-256 of each
    file : all of them, as a GeoPackage; empty where there are none
    """

    described: Mapping[str, Mapping[str, Any]]
    file: bytes

    def read(self, name: str) -> GeoDataFrame:
        """Return one layer."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "shapes.gpkg"  # GDAL warns of a package in memory, which has no name
            path.write_bytes(self.file)
            return pyogrio.read_dataframe(path, layer=name, use_arrow=True)


class Shapes(Mapping[str, GeoDataFrame]):
    """All layers of a Record by name; those that are alike in others are read when they are first asked for.

    Parameters
    ----------
    names : of all layers, in their order
    own : layers of this Record alone
    alike : the others
    """

    def __init__(self, names: Iterable[str], own: Mapping[str, GeoDataFrame], alike: Alike) -> None:
        self._names, self._own, self._alike = tuple(names), own, alike
        self._read = StoredParts(alike.described, alike.read)

    def __getitem__(self, name: str) -> GeoDataFrame:
        """Return the layer of that name."""
        return self._own[name] if name in self._own else self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names; nothing is read."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of layers."""
        return len(self._names)

    def described(self) -> dict[str, Mapping[str, Any]]:
        """Return rows and SHA-256 of every layer."""
        return {name: described(self._own[name]) if name in self._own else self._alike.described[name] for name in self}

    def save(self, path: Path) -> None:
        """Write all layers as a GeoPackage; raise NotWritten."""
        if self._alike.described:
            path.write_bytes(self._alike.file)
        write_layers(self._own, path, append=path.exists(), indexed=False)


def described_shapes(shapes: Mapping[str, GeoDataFrame]) -> dict[str, Mapping[str, Any]]:
    """Return rows and SHA-256 of every layer."""
    if isinstance(shapes, Shapes):
        return shapes.described()
    return {name: described(frame) for name, frame in shapes.items()}


def save_shapes(shapes: Mapping[str, GeoDataFrame], path: Path) -> None:
    """Write layers as a GeoPackage; raise NotWritten."""
    if isinstance(shapes, Shapes):
        shapes.save(path)
    else:
        write_layers(shapes, path)
